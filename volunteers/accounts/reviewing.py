"""What a phone sent and the server could not accept: kept whole until somebody decides.

`services` offers these acts; they stand in a file of their own, since receiving phones is a subject of its own.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from campaign import inbox
from campaign.inbox import Answer, CannotAccept, Sender, digest
from volunteers.accounts.models import ReviewItem, ReviewState, User

Kept = tuple[dict[str, Any], str]

UNKNOWN_KIND = "unknown"


def put_in_review(sender: Sender, item: dict[str, Any], reason: str) -> Answer:
    """Keep one item with the reason. The same one again is known."""
    return put_many_in_review(sender, [(item, reason)])[0]


def put_many_in_review(sender: Sender, kept: Iterable[Kept]) -> list[Answer]:
    """Keep items, each with its reason, in one statement; one answer each, in the order given."""
    rows = [_row(*each) for each in _as_may_be_kept(sender, list(kept))]
    # Always in the same order, so that two phones with the same items never wait for each other.
    ReviewItem.objects.bulk_create(sorted(rows, key=lambda row: (row.item_id, row.digest)), ignore_conflicts=True)
    stored = ReviewItem.objects.keys_among(row.item_id for row in rows)
    return [
        Answer(row.item_id, "review" if stored[row.item_id, row.digest] == row.pk else "known", row.reason)
        for row in rows
    ]


def _as_may_be_kept(sender: Sender, kept: list[Kept]) -> list[tuple[Sender, dict[str, Any], str]]:
    """Some kinds may not be kept as sent, nor with their sender: an opinion is kept without the phone."""
    rows = [(sender, item, reason) for item, reason in kept]
    for name, kind in inbox.kinds().items():
        places = [place for place, (item, _reason) in enumerate(kept) if item.get("kind") == name]
        if kind.shed and places:
            shed_sender, items = kind.shed(sender, [kept[place][0] for place in places])
            for place, item in zip(places, items, strict=True):
                rows[place] = (shed_sender, item, kept[place][1])
    return rows


def _row(sender: Sender, item: dict[str, Any], reason: str) -> ReviewItem:
    kind = item.get("kind")
    return ReviewItem(
        id=uuid4(),
        item_id=UUID(item["id"]),
        kind=kind if isinstance(kind, str) and kind in inbox.kinds() else UNKNOWN_KIND,
        payload=item,
        digest=digest(item),
        reason=reason,
        device=sender.device,
        received_at=sender.now,
        clock_error=sender.clock_error,
    )


@transaction.atomic
def accept_item(*, item: ReviewItem, user: User, why: str, at: datetime) -> None:
    """Take the item as if it had been in order. What its kind cannot take stays open, with the reason."""
    item = _open(item)
    kind = inbox.kinds().get(item.kind)
    if kind is None:
        raise CannotAccept(_("The app cannot read this item: it can only be rejected."))
    kind.accept(item, user)
    _decide(item, ReviewState.ACCEPTED, user=user, why=why, at=at)


@transaction.atomic
def reject_item(*, item: ReviewItem, user: User, why: str, at: datetime) -> None:
    """Leave the item out. It is kept, and can be opened again."""
    _decide(_open(item), ReviewState.REJECTED, user=user, why=why, at=at)


def reopen_item(*, item: ReviewItem) -> bool:
    """Take a rejection back; what was accepted stays accepted."""
    rejected = ReviewItem.objects.filter(pk=item.pk, state=ReviewState.REJECTED)
    return bool(rejected.update(state=ReviewState.OPEN, decided_by=None, decided_at=None, decision_reason=""))


def _open(item: ReviewItem) -> ReviewItem:
    locked: ReviewItem = ReviewItem.objects.select_for_update().get(pk=item.pk)
    if locked.state != ReviewState.OPEN:
        raise CannotAccept(_("Somebody has decided this already: look at it once more."))
    return locked


def _decide(item: ReviewItem, state: ReviewState, *, user: User, why: str, at: datetime) -> None:
    item.state, item.decided_by, item.decided_at, item.decision_reason = state, user, at, why
    item.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
