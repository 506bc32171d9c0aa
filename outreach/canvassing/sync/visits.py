"""Visits from phones: read, judged by the law and by the assignments, recorded or put into review."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from campaign.inbox import Answer, Sender, digest
from campaign.profile.models import Campaign
from campaign.territory.models import Dwelling
from outreach.canvassing.models import Round, Visit
from outreach.canvassing.recording import NewVisit, record_visits
from outreach.canvassing.sync.permits import Permit, Place, Window, permits_of, span
from outreach.canvassing.sync.reading import Item, SentVisit
from outreach.canvassing.sync.sorting import Accepted, Batch, Known
from volunteers.accounts.models import ReviewReason

CLOCK_TOLERANCE = timedelta(minutes=5)
"""A phone's clock that is further off than this is flagged on the visit."""


@dataclass(frozen=True)
class Grounds:
    """What visits are judged by, fetched once a batch."""

    places: dict[UUID, Place]
    rounds: set[int]
    permits: list[Permit]
    window: Window

    @classmethod
    def of(cls, visits: list[SentVisit], user: Any, campaign: Campaign | None) -> "Grounds":
        since, until = span(visit.acted_at for visit in visits)
        return cls(
            places=places_of({visit.dwelling_id for visit in visits}),
            rounds=set(Round.objects.in_bulk({visit.round_id for visit in visits})),
            permits=permits_of(user, since=since, until=until),
            window=Window(campaign.calendar() if campaign else None),
        )

    def permit_for(self, visit: SentVisit) -> Permit | None:
        place = self.places[visit.dwelling_id]
        fitting = (
            each for each in self.permits if each.holds_at(visit.acted_at) and each.covers(visit.round_id, place)
        )
        return next(fitting, None)


def places_of(dwelling_ids: set[UUID]) -> dict[UUID, Place]:
    rows = Dwelling.objects.filter(pk__in=dwelling_ids).values_list("pk", "entrance_id", "building_id")
    return {pk: Place(entrance_id, building_id) for pk, entrance_id, building_id in rows}


@transaction.atomic(savepoint=False)
def receive(sender: Sender, items: list[Item]) -> list[Answer]:
    batch = Batch(sender, items)
    campaign = Campaign.current()
    readable = dict(batch.read(lambda item: SentVisit.read(item, sender)))
    new = _without_known(batch, readable)
    if new:
        grounds = Grounds.of(list(new.values()), sender.user, campaign)
        _record(batch, dict(_judged(batch, new, grounds)), campaign)
    return batch.close()


def _without_known(batch: Batch, visits: dict[int, SentVisit]) -> dict[int, SentVisit]:
    """Those whose id was not seen before, in the database or further up in the same batch."""
    seen = digests_of(visit.id for visit in visits.values())
    new = {}
    for place, visit in visits.items():
        if visit.id in seen:
            _answer_known(batch, place, seen[visit.id])
        else:
            new[place] = visit
            seen[visit.id] = digest(batch.items[place])
    return new


def digests_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Visit.objects.filter(pk__in=list(ids)).values_list("pk", "digest"))


def _answer_known(batch: Batch, place: int, kept: str) -> None:
    """The same again is known. With other content it goes to review, and the first stays untouched."""
    if kept == digest(batch.items[place]):
        batch.answer(place, Known)
    else:
        batch.review(place, ReviewReason.OTHER_CONTENT)


def _judged(batch: Batch, visits: dict[int, SentVisit], grounds: Grounds) -> Iterator[tuple[int, NewVisit]]:
    """The places of visits that are in order, each with the row to record."""
    for place, visit in visits.items():
        if reason := unknown_to(grounds, visit) or outside_window(grounds, visit):
            batch.review(place, reason)
        elif permit := grounds.permit_for(visit):
            yield place, row_of(visit, batch.sender, digest(batch.items[place]), permit)
        else:
            batch.review(place, ReviewReason.OUTSIDE_ASSIGNMENT)


def unknown_to(grounds: Grounds, visit: SentVisit) -> str | None:
    known = visit.dwelling_id in grounds.places and visit.round_id in grounds.rounds
    return None if known else ReviewReason.UNKNOWN_ID


def outside_window(grounds: Grounds, visit: SentVisit) -> str | None:
    return None if grounds.window.is_open_at(visit.acted_at) else ReviewReason.OUTSIDE_WINDOW


def row_of(visit: SentVisit, sender: Sender, content: str, permit: Permit | None) -> NewVisit:
    """Nobody taps in the future: a time far ahead of ours would outlast every later visit, so it is brought back."""
    return NewVisit(
        id=visit.id,
        round_id=visit.round_id,
        dwelling_id=visit.dwelling_id,
        state=visit.state,
        phone_at=visit.phone_at,
        acted_at=visit.acted_at,
        ordered_at=min(visit.ordered_at, sender.now + CLOCK_TOLERANCE),
        again_at=visit.again_at,
        corrects=visit.corrects,
        person_id=permit.person_id if permit else None,
        device_id=sender.device.pk if sender.device else None,
        assignment_id=permit.assignment_id if permit else None,
        clock_off=abs(sender.clock_error) > CLOCK_TOLERANCE,
        digest=content,
    )


def _record(batch: Batch, rows: dict[int, NewVisit], campaign: Campaign | None) -> None:
    """What another request brought in the meantime, under the same id, is compared like anything known."""
    zone = campaign.time_zone if campaign else "UTC"
    added = record_visits(list(rows.values()), zone=zone, at=batch.sender.now)
    meanwhile = digests_of(row.id for row in rows.values() if row.id not in added)
    for place, row in rows.items():
        if row.id in added:
            batch.answer(place, Accepted)
        else:
            _answer_known(batch, place, meanwhile[row.id])
