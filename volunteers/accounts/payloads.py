"""What a phone sent, as lines that people can read: words for the fields, local times, no braces."""

from collections.abc import Iterator
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.formatting import moment

LABELS: dict[str, str | Promise] = {
    "acted_at": _("time of the act"),
    "again_at": _("come back at"),
    "at": _("time of the tap"),
    "building": _("building"),
    "corrects": _("corrects"),
    "day": _("day"),
    "dwelling": _("flat"),
    "entrance": _("entrance"),
    "entrances": _("entrances"),
    "first_flat": _("first flat"),
    "flat": _("flat"),
    "flats_per_landing": _("flats a landing"),
    "floor": _("floor"),
    "floors": _("floors"),
    "id": _("number of the item"),
    "kind": _("kind"),
    "outcome": _("outcome"),
    "plan": _("description"),
    "problem": _("problem"),
    "replaces": _("replaces"),
    "round": _("round"),
    "skip": _("left out"),
    "state": _("state"),
    "support": _("support"),
    "topics": _("topics"),
}
DEEPEST = 3
UUID_LENGTH = 36

# What only the app understands: codes, and ids of its own.
CODES = {"id", "kind", "outcome", "problem", "replaces", "round", "support", "topics"}
STATES: dict[Any, str | Promise] = {
    "again": _("again"),
    "done": _("done"),
    "never": _("do not visit"),
    "nodw": _("not a dwelling"),
}


def readable(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """(word, value) for each field that tells people something; what is nested is named with its field before it."""
    return [(word, _value(value)) for name, word, value in _lines(payload) if not _is_code(name, value)]


def numbers(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """The rest: to be read out to whoever looks after the app."""
    return [(word, _value(value)) for name, word, value in _lines(payload) if _is_code(name, value)]


def _is_code(name: str, value: Any) -> bool:
    return name in CODES or (isinstance(value, str) and len(value) == UUID_LENGTH and value.count("-") == 4)


def _lines(payload: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str, Any]]:
    for name, value in payload.items():
        word = f"{before}{LABELS.get(name, name)}"
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _lines(value, f"{word}: ", depth + 1)
        elif value not in (None, "", [], {}):
            yield name, word, STATES.get(value, value) if name == "state" and isinstance(value, str) else value


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, str) and "T" in value:
        return _time(value)
    return str(value)


def _time(text: str) -> str:
    try:
        at = parse_datetime(text)
        return moment(at) if at and at.tzinfo else text
    except (ValueError, OverflowError):
        return text
