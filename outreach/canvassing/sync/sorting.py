"""The answers to a batch: what is accepted or known, and what is put into review, in one go at the end."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from campaign.inbox import Answer, Sender, Status, digest
from outreach.canvassing.sync.reading import Unreadable
from volunteers.accounts.models import ReviewReason
from volunteers.accounts.services import put_many_in_review

Item = dict[str, Any]
Sent = TypeVar("Sent")
Accepted: Status = "accepted"
Known: Status = "known"


class Batch:
    """Items of one kind on their way to an answer. Each gets exactly one; answers keep the order of the items."""

    def __init__(self, sender: Sender, items: list[Item]) -> None:
        self.sender = sender
        self.items = items
        self._answers: dict[int, Answer] = {}
        self._digests: dict[int, str] = {}
        self._reviews: list[tuple[int, Item, str]] = []

    def read(self, read: Callable[[Item], Sent]) -> Iterator[tuple[int, Sent]]:
        """The items that can be read, with their places; the others go to review."""
        for place, item in enumerate(self.items):
            try:
                yield place, read(item)
            except Unreadable:
                self.review(place, ReviewReason.UNREADABLE)

    def digest(self, place: int) -> str:
        """Asked for again and again, reckoned once."""
        if place not in self._digests:
            self._digests[place] = digest(self.items[place])
        return self._digests[place]

    def answer(self, place: int, status: Status) -> None:
        self._answers[place] = Answer(UUID(self.items[place]["id"]), status)

    def review(self, place: int, reason: str) -> None:
        self._reviews.append((place, self.items[place], reason))

    def close(self) -> list[Answer]:
        """Put the reviews away and give the answers."""
        if self._reviews:
            answers = put_many_in_review(self.sender, [(item, reason) for _, item, reason in self._reviews])
            self._answers |= {place: answer for (place, _, _), answer in zip(self._reviews, answers, strict=True)}
        return [self._answers[place] for place in range(len(self.items))]
