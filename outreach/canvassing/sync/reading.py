"""Items as they come from a phone, read strictly into values; whatever does not fit is `Unreadable`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self, TypeVar
from uuid import UUID

from campaign.inbox import Sender
from outreach.canvassing.outcomes import STATE_OF, State, Support

Item = dict[str, Any]
T = TypeVar("T")

YEARS = range(2000, 2101)
MOST_TOPICS = 30
MOST_REPLACED = 60
LARGEST_ID = 2**31 - 1
KEPT = tuple(state.value for state in State if state != State.NONE)


class Unreadable(ValueError):
    """The item is not of the protocol's form; the text names the field."""


def _value(item: Item, field: str) -> Any:
    return item.get(field)


def _is(condition: bool, field: str) -> None:
    if not condition:
        raise Unreadable(field)


def _uuid(item: Item, field: str) -> UUID:
    text = _value(item, field)
    _is(isinstance(text, str) and len(text) == 36, field)
    try:
        return UUID(text)
    except ValueError:
        raise Unreadable(field) from None


def _number(item: Item, field: str, *, least: int = 1, most: int = LARGEST_ID) -> int:
    value = _value(item, field)
    if type(value) is not int or not least <= value <= most:  # True is an int in Python, and no number here
        raise Unreadable(field)
    return value


def instant(item: Item, field: str) -> datetime:
    text = _value(item, field)
    _is(isinstance(text, str) and "T" in text, field)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(field) from None
    _is(at.tzinfo is not None and at.year in YEARS, field)
    return at


def _day(item: Item, field: str) -> date:
    text = _value(item, field)
    _is(isinstance(text, str) and len(text) == 10, field)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unreadable(field) from None
    _is(day.year in YEARS, field)
    return day


def _if_there(read: Callable[[Item, str], T], item: Item, field: str) -> T | None:
    return None if item.get(field) is None else read(item, field)


def _word(item: Item, field: str, words: Sequence[str]) -> str:
    word = item.get(field) or ""
    _is(word == "" or word in words, field)
    return str(word)


def _list(item: Item, field: str, most: int) -> list[Any]:
    values = item.get(field, [])
    if not isinstance(values, list) or len(values) > most:
        raise Unreadable(field)
    return values


def corrected(sender: Sender, at: datetime, field: str) -> datetime:
    """The time without the phone's clock error; a clock so wrong that no date is left is unreadable."""
    try:
        right = sender.corrected(at)
    except OverflowError:
        raise Unreadable(field) from None
    _is(right.year in YEARS, field)
    return right


@dataclass(frozen=True, slots=True)
class SentVisit:
    """Times corrected; `phone_at` as the phone said."""

    id: UUID
    round_id: int
    dwelling_id: UUID
    state: str
    again_at: datetime | None
    corrects: UUID | None
    phone_at: datetime
    acted_at: datetime
    ordered_at: datetime

    @classmethod
    def read(cls, item: Item, sender: Sender) -> Self:
        _is(item.get("state") in KEPT, "state")
        phone_at, acted_at = instant(item, "at"), instant(item, "acted_at")
        corrects = _if_there(_uuid, item, "corrects")
        # Only a correction speaks of an earlier act than its own tap: nobody moves a visit into the window.
        _is(acted_at == phone_at if corrects is None else acted_at <= phone_at, "acted_at")
        again_at = _if_there(instant, item, "again_at")
        return cls(
            id=_uuid(item, "id"),
            round_id=_number(item, "round"),
            dwelling_id=_uuid(item, "dwelling"),
            state=item["state"],
            again_at=again_at if item["state"] == State.AGAIN else None,
            corrects=corrects,
            phone_at=phone_at,
            acted_at=corrected(sender, acted_at, "acted_at"),
            ordered_at=corrected(sender, phone_at, "at"),
        )


@dataclass(frozen=True, slots=True)
class SentOpinion:
    """`day` is corrected by whole days: an opinion has no time of day that could be corrected more finely."""

    id: UUID
    round_id: int
    entrance_id: UUID
    day: date
    outcome: str
    support: str
    topics: tuple[int, ...]
    replaces: frozenset[UUID]

    @classmethod
    def read(cls, item: Item, sender: Sender) -> Self:
        outcome, support = _word(item, "outcome", tuple(STATE_OF)), _word(item, "support", Support.values)
        _is(bool(outcome) != bool(support), "outcome")
        topics = [_number({"topics": each}, "topics") for each in _list(item, "topics", MOST_TOPICS)]
        _is(bool(support) or not topics, "topics")
        replaces = frozenset(_uuid({"replaces": each}, "replaces") for each in _list(item, "replaces", MOST_REPLACED))
        opinion_id = _uuid(item, "id")
        _is(opinion_id not in replaces, "replaces")
        return cls(
            id=opinion_id,
            round_id=_number(item, "round"),
            entrance_id=_uuid(item, "entrance"),
            day=_corrected_day(sender, _day(item, "day")),
            outcome=outcome,
            support=support,
            topics=tuple(sorted(set(topics))),
            replaces=replaces,
        )


def whole_days(error: timedelta) -> timedelta:
    """A clock's error as far as it moves a day that has no time."""
    return timedelta(days=round(error / timedelta(days=1)))


def _corrected_day(sender: Sender, day: date) -> date:
    try:
        return day + whole_days(sender.clock_error)
    except OverflowError:
        raise Unreadable("day") from None


class Problem:
    MISSING = "missing"
    NOT_DWELLING = "not_dwelling"


@dataclass(frozen=True, slots=True)
class SentReport:
    """A flat that the plan lacks, or that is none."""

    id: UUID
    building_id: UUID
    entrance: int
    floor: int
    flat: str
    problem: str

    @classmethod
    def read(cls, item: Item) -> Self:
        flat = _value(item, "flat")
        _is(isinstance(flat, str) and 0 < len(flat.strip()) <= 12, "flat")
        _is(item.get("problem") in (Problem.MISSING, Problem.NOT_DWELLING), "problem")
        instant(item, "at")
        return cls(
            id=_uuid(item, "id"),
            building_id=_uuid(item, "building"),
            entrance=_number(item, "entrance", most=30),
            floor=_number(item, "floor", least=-2, most=60),
            flat=flat.strip(),
            problem=item["problem"],
        )


@dataclass(frozen=True, slots=True)
class SentBlock:
    """A block described at its door; `plan` is not judged here: `territory.blocks.BlockPlan` knows what can be."""

    id: UUID
    building_id: UUID
    at: datetime
    plan: dict[str, Any]

    @classmethod
    def read(cls, item: Item, sender: Sender) -> Self:
        at = corrected(sender, instant(item, "at"), "at")
        plan = _value(item, "plan")
        _is(isinstance(plan, dict), "plan")
        numbers = {name: _number(plan, name) for name in ("entrances", "floors", "flats_per_landing", "first_flat")}
        skip = _list(plan, "skip", 2000)
        _is(all(isinstance(flat, str) for flat in skip), "skip")
        return cls(_uuid(item, "id"), _uuid(item, "building"), at, {**numbers, "skip": sorted(set(skip))})
