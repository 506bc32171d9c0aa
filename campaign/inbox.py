"""What phones send: one queue, one endpoint, one answer per item.

This module is the registry of kinds only. The view that takes the bearer token stands in `volunteers.accounts`;
apps register their kinds in `ready()`.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

Status = Literal["accepted", "known", "review"]


@dataclass(frozen=True)
class Sender:
    """Who sends, and how wrong their clock is.

    `clock_error` is server's now − phone's now at sync: corrected time = phone's time + clock_error.
    """

    device: Any
    user: Any
    now: datetime
    clock_error: timedelta = timedelta(0)

    def corrected(self, phone_at: datetime) -> datetime:
        return phone_at + self.clock_error


@dataclass(frozen=True)
class Answer:
    """What the phone is told about one item. All three mean "received": the item may leave the phone."""

    id: UUID
    status: Status
    reason: str = ""


@dataclass(frozen=True)
class Kind:
    """How items of one kind are received in bulk, and how a reviewed one is accepted after all.

    `receive` gets items in the order sent and returns one answer each, and puts what it cannot accept into review.
    `describe` says in a sentence each what they are; an empty one for what makes no sense.
    `accept` raises `CannotAccept` with a sentence when the item makes no sense even to the coordinator.
    `shed`, where there is one, says what of such items and of their sender may be kept for review.
    """

    name: str
    receive: Callable[[Sender, list[dict[str, Any]]], list[Answer]]
    accept: Callable[[Any, Any], None]
    describe: Callable[[list[dict[str, Any]]], list[str]]
    shed: Callable[[Sender, list[dict[str, Any]]], tuple[Sender, list[dict[str, Any]]]] | None = None


class CannotAccept(Exception):
    """The item cannot be accepted as it stands; the message says why and what to do."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind. Kinds are received in the order of their registration (a block before its visits)."""
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    return _kinds


Reply = Callable[[Sender, str | None], dict[str, Any]]
_replies: list[Reply] = []


def register_reply(reply: Reply) -> None:
    """Add what the answer tells the phone beside its items; `reply` gets the sender and the phone's `since`."""
    _replies.append(reply)


def reply_to(sender: Sender, since: str | None) -> dict[str, Any]:
    """The answer's fields from all apps, asked for after the items were received."""
    return {name: value for reply in _replies for name, value in reply(sender, since).items()}


_plain = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(item: dict[str, Any]) -> str:
    """SHA-256 of an item's content, whatever the order of its keys."""
    return hashlib.sha256(_plain.encode(item).encode()).hexdigest()
