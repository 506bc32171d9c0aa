"""Eighteen days of door visits with a believable rhythm. Pure: random numbers in, plain visits out."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from uuid import UUID

WEEKEND = (5, 6)
PAIRS_ON_A_WEEKDAY, PAIRS_ON_A_WEEKEND = (5, 6), (8, 11)
DOORS_OF_A_WEEKDAY, DOORS_OF_A_WEEKEND = (30, 46), (40, 58)
SECONDS_AT_A_DOOR = {"talked": (120, 380), "no_answer": (25, 60)}
OTHERWISE = (30, 90)
RUNNING_FOR = timedelta(minutes=100)

# How a door ends, when people are hard to find (a weekday before six) and when they are at home.
FIRST_TIME = {
    "talked": 45, "no_answer": 36, "come_back": 3, "refused": 8, "children": 2, "language": 1,
    "no_voters": 3, "never": 2, "moved": 1, "not_dwelling": 0.4,
}  # fmt: skip
SUPPORT = {"for": 24, "lean_for": 27, "undecided": 31, "lean_against": 10, "against": 8}
VOTERS = {1: 68, 2: 26, 3: 5, 4: 1}


class Walk(NamedTuple):
    """One pair on one turf in one shift."""

    turf: int
    pair: tuple[int, int]
    starts: datetime
    ends: datetime
    running: bool


class DoorVisit(NamedTuple):
    """One door: `walk` is the index of its walk; `voters` the support of each voter talked to."""

    walk: int
    dwelling: UUID
    at: datetime
    outcome: str
    voters: tuple[str, ...]


@dataclass
class Rhythm:
    """Lets pairs walk turf after turf; what they did not find open waits for a second pass."""

    rng: random.Random
    turfs: list[list[UUID]]
    people: int
    zone: tzinfo
    now: datetime
    walks: list[Walk] = field(default_factory=list)
    waiting: dict[int, list[UUID]] = field(default_factory=dict)
    next_turf: int = 0

    def __post_init__(self) -> None:
        self.waiting = {number: list(doors) for number, doors in enumerate(self.turfs)}

    def days(self, days: list[date]) -> Iterator[DoorVisit]:
        for day in days[:-1]:
            yield from self.past_day(day)
        yield from self.today()

    def past_day(self, day: date) -> Iterator[DoorVisit]:
        weekend = day.weekday() in WEEKEND
        pairs = self.rng.randint(*(PAIRS_ON_A_WEEKEND if weekend else PAIRS_ON_A_WEEKDAY))
        for pair in self.pairs(pairs):
            starts = self.start_of_shift(day, weekend=weekend)
            doors = self.rng.randint(*(DOORS_OF_A_WEEKEND if weekend else DOORS_OF_A_WEEKDAY))
            yield from self.shift(pair, starts, starts + timedelta(hours=3.5), doors)

    def today(self) -> Iterator[DoorVisit]:
        """Five pairs are out right now."""
        for pair in self.pairs(5):
            starts = self.now - RUNNING_FOR + timedelta(minutes=self.rng.randint(0, 55))
            yield from self.shift(pair, starts, self.now + timedelta(hours=2), 200)

    def start_of_shift(self, day: date, *, weekend: bool) -> datetime:
        hour = self.rng.choice((11, 11, 15)) if weekend else 17
        return datetime.combine(day, time(hour, self.rng.randint(0, 40)), self.zone)

    def pairs(self, count: int) -> list[tuple[int, int]]:
        out = self.rng.sample(range(self.people), 2 * count)
        return list(zip(out[::2], out[1::2], strict=True))

    def shift(self, pair: tuple[int, int], starts: datetime, ends: datetime, most: int) -> Iterator[DoorVisit]:
        turf = self.take_turf()
        running = ends > self.now
        self.walks.append(Walk(turf, pair, starts, ends, running))
        at, still, left = starts, min(ends, self.now), list(self.waiting[turf])
        for dwelling in left[:most]:
            visit = self.at_door(len(self.walks) - 1, dwelling, at)
            at = visit.at + timedelta(seconds=self.rng.randint(8, 25))
            if at >= still:
                return
            self.settle(turf, visit)
            yield visit

    def take_turf(self) -> int:
        """The next one with enough doors waiting; after the last, those waiting longest come again."""
        for _ in self.turfs:
            turf = self.next_turf % len(self.turfs)
            self.next_turf += 1
            if len(self.waiting[turf]) >= min(12, len(self.turfs[turf])):
                return turf
        return self.rng.randrange(len(self.turfs))

    def at_door(self, walk: int, dwelling: UUID, at: datetime) -> DoorVisit:
        outcome = self.one_of(FIRST_TIME)
        seconds = self.rng.randint(*SECONDS_AT_A_DOOR.get(outcome, OTHERWISE))
        voters = self.rng.choices(*weighted(SUPPORT), k=self.one_of(VOTERS)) if outcome == "talked" else []
        return DoorVisit(walk, dwelling, at + timedelta(seconds=seconds), outcome, tuple(voters))

    def settle(self, turf: int, visit: DoorVisit) -> None:
        """A door that nobody opened goes to the end of its turf, any other is off it."""
        self.waiting[turf].remove(visit.dwelling)
        if visit.outcome in ("no_answer", "come_back", "children", "language"):
            self.waiting[turf].append(visit.dwelling)

    def one_of(self, weights: dict) -> object:
        return self.rng.choices(*weighted(weights))[0]


def weighted(weights: dict) -> tuple[list, list]:
    return list(weights), list(weights.values())
