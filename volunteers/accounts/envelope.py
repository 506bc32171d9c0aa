"""The body of what a phone sends, read strictly: either of the protocol's form, or refused whole."""

import json
import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NoReturn
from uuid import UUID

from django.utils.dateparse import parse_datetime

PROTOCOLS: Final = (1,)
MOST_ITEMS: Final = 500
LARGEST_BODY: Final = 5 * 1024 * 1024


class NotAnEnvelope(Exception):
    """Nothing of the body can be kept; the text says for the phone's log what is wrong."""


class TooLarge(NotAnEnvelope):
    """The phone should send less at once."""


@dataclass(frozen=True)
class Envelope:
    """`now` is the phone's clock; `since` the cursor it got last; every item has an id that is a UUID."""

    now: datetime
    since: str | None
    items: list[dict[str, Any]]


def read_envelope(body: bytes) -> Envelope:
    if len(body) > LARGEST_BODY:
        raise TooLarge("body")
    data = _json(body)
    if not isinstance(data, dict) or data.get("v") not in PROTOCOLS:
        raise NotAnEnvelope("v")
    since = data.get("since")
    if since is not None and not isinstance(since, str):
        raise NotAnEnvelope("since")
    return Envelope(now=_instant(data.get("now")), since=since, items=_items(data.get("items")))


def _json(body: bytes) -> Any:
    try:
        text = body.decode()
        data = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        return storable(data) if "\\u" in text else data
    except (ValueError, RecursionError) as error:
        raise NotAnEnvelope("json") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _finite(number: str) -> float:
    value = float(number)
    if math.isinf(value):
        raise ValueError(number)
    return value


def storable(value: Any) -> Any:
    """Without the two things that JSON can say and PostgreSQL cannot store: NUL, and half a letter."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [storable(each) for each in value]
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    return value


def _instant(text: Any) -> datetime:
    try:
        now = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        now = None
    if now is None or now.tzinfo is None:
        raise NotAnEnvelope("now")
    return now


def _items(items: Any) -> list[dict[str, Any]]:
    if not isinstance(items, list):
        raise NotAnEnvelope("items")
    if len(items) > MOST_ITEMS:
        raise TooLarge("items")
    if not all(isinstance(item, dict) and _is_uuid(item.get("id")) for item in items):
        raise NotAnEnvelope("id")
    return items


def _is_uuid(text: Any) -> bool:
    try:
        return isinstance(text, str) and str(UUID(text)) == text
    except ValueError:
        return False
