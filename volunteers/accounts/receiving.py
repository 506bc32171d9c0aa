"""What happens to the items of one request: to their kinds, or to review; one answer each."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from campaign import inbox
from campaign.inbox import Answer, Sender
from volunteers.accounts.envelope import Envelope
from volunteers.accounts.models import Device, ReviewItem, ReviewReason
from volunteers.accounts.reviewing import put_many_in_review
from volunteers.accounts.secret import digest_of

Item = dict[str, Any]
Unique = dict[tuple[UUID, str], Item]


def device_of(bearer: str) -> Device | None:
    """The phone that holds this token, revoked ones included: they may still deliver."""
    return Device.objects.select_related("user").filter(digest=digest_of(bearer)).first()


def is_revoked(device: Device) -> bool:
    return device.revoked_at is not None or not device.user.is_active


@transaction.atomic
def receive(*, device: Device, envelope: Envelope, at: datetime) -> list[Answer]:
    """Keep every item or, when a kind breaks down, none: the phone then keeps all and tries again."""
    # The row's lock makes the batches of one phone wait for each other, so that a doubled one finds the first whole.
    Device.objects.filter(pk=device.pk).update(last_seen_at=at)
    sender = Sender(device=device, user=device.user, now=at, clock_error=at - envelope.now)
    items = unique(envelope.items)
    known = ReviewItem.objects.keys_among(item_id for item_id, _ in items)
    answers = [Answer(item_id, "known") for item_id, _ in items.keys() & known.keys()]
    fresh = [item for key, item in items.items() if key not in known]
    if is_revoked(device):
        return answers + _keep(sender, fresh, ReviewReason.REVOKED_DEVICE)
    return answers + list(_sort_out(sender, fresh))


def unique(items: list[Item]) -> Unique:
    """The items without exact doubles, in the order sent."""
    found: Unique = {}
    for item in items:
        found.setdefault((UUID(item["id"]), inbox.digest(item)), item)
    return found


def _sort_out(sender: Sender, items: list[Item]) -> Iterator[Answer]:
    """Kind by kind in the order of the registry; a second content under one id never reaches its kind."""
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item["id"], item)
    for name, kind in inbox.kinds().items():
        of_kind = [item for item in first.values() if _kind_of(item) == name]
        if of_kind:
            yield from kind.receive(sender, of_kind)
    yield from _keep(sender, [item for item in first.values() if not _kind_of(item)], ReviewReason.UNREADABLE)
    others = [item for item in items if first[item["id"]] is not item]
    yield from _keep(sender, others, ReviewReason.OTHER_CONTENT)


def _keep(sender: Sender, items: list[Item], reason: str) -> list[Answer]:
    return put_many_in_review(sender, [(item, reason) for item in items])


def _kind_of(item: Item) -> str:
    """The item's kind, or nothing when the app knows none of that name."""
    kind = item.get("kind")
    return kind if isinstance(kind, str) and kind in inbox.kinds() else ""
