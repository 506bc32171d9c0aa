"""Visits from phones: read, judged by the law and by the assignments, recorded or put into review."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from campaign.arrays import array
from campaign.inbox import Answer, Sender
from campaign.profile.models import Campaign
from outreach.canvassing.models import Visit
from outreach.canvassing.recording import NewVisit, record_visits
from outreach.canvassing.sync.permits import Permit, Place, Window, permits_of
from outreach.canvassing.sync.reading import Item, SentVisit
from outreach.canvassing.sync.sorting import Accepted, Batch, Known
from volunteers.accounts.models import ReviewReason

CLOCK_TOLERANCE = timedelta(minutes=5)
"""A phone's clock that is further off than this is flagged on the visit."""

FIND = """
SELECT visit.digest, dwelling.entrance_id, dwelling.building_id, round.id
FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[]) WITH ORDINALITY AS sent (id, dwelling_id, round_id, place)
LEFT JOIN canvassing_visit visit ON visit.id = sent.id
LEFT JOIN territory_dwelling dwelling ON dwelling.id = sent.dwelling_id
LEFT JOIN canvassing_round round ON round.id = sent.round_id
ORDER BY sent.place
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What the database knows of a sent visit: the content kept under its id, and where its flat is."""

    digest: str | None
    place: Place | None


def find(visits: list[SentVisit]) -> list[Found]:
    """One for each visit; no place if the flat or the round is unknown."""
    ids, flats, rounds = (array(getattr(visit, name) for visit in visits) for name in ("id", "dwelling_id", "round_id"))
    with connection.cursor() as cursor:
        cursor.execute(FIND, [ids, flats, rounds])
        return [
            Found(digest, Place(entrance_id, building_id) if building_id and round_id else None)
            for digest, entrance_id, building_id, round_id in cursor.fetchall()
        ]


@dataclass(frozen=True)
class Grounds:
    """What visits are judged by, fetched once a batch."""

    permits: list[Permit]
    window: Window

    @classmethod
    def of(cls, visits: Iterable[SentVisit], user: Any, campaign: Campaign | None) -> "Grounds":
        times = sorted(visit.acted_at for visit in visits)
        return cls(
            permits=permits_of(user, since=times[0], until=times[-1]),
            window=Window(campaign.calendar() if campaign else None),
        )

    def permit_for(self, visit: SentVisit, place: Place) -> Permit | None:
        fitting = (
            each for each in self.permits if each.holds_at(visit.acted_at) and each.covers(visit.round_id, place)
        )
        return next(fitting, None)


@transaction.atomic(savepoint=False)
def receive(sender: Sender, items: list[Item]) -> list[Answer]:
    batch = Batch(sender, items)
    campaign = Campaign.current()
    readable = dict(batch.read(lambda item: SentVisit.read(item, sender)))
    new = _with_times_of_acts(_without_known(batch, readable))
    if new:
        grounds = Grounds.of((visit for visit, _ in new.values()), sender.user, campaign)
        _record(batch, dict(_judged(batch, new, grounds)), campaign)
    return batch.close()


def _without_known(batch: Batch, visits: dict[int, SentVisit]) -> dict[int, tuple[SentVisit, Place | None]]:
    """Those whose id was not seen before, in the database or further up in the same batch; each with its place."""
    new: dict[int, tuple[SentVisit, Place | None]] = {}
    seen: dict[UUID, str] = {}
    for (place, visit), found in zip(visits.items(), find(list(visits.values())), strict=True):
        before = found.digest if found.digest is not None else seen.get(visit.id)
        if before is not None:
            _answer_known(batch, place, before)
        else:
            new[place] = visit, found.place
            seen[visit.id] = batch.digest(place)
    return new


def _with_times_of_acts(
    visits: dict[int, tuple[SentVisit, Place | None]],
) -> dict[int, tuple[SentVisit, Place | None]]:
    """Corrections with the time of the act they correct, as headquarters has it, not as the phone says.

    Else a visit of the silence could name an earlier one, and be judged by a time that it made up. What corrects
    nothing that is known here is an act of its own time.
    """
    if not any(visit.corrects for visit, _ in visits.values()):
        return visits
    acts = _acts([visit.corrects for visit, _ in visits.values() if visit.corrects])
    told: dict[int, tuple[SentVisit, Place | None]] = {}
    for place, (visit, where) in sorted(visits.items(), key=lambda each: (each[1][0].ordered_at, each[0])):
        if visit.corrects:
            named = acts.get((visit.corrects, visit.dwelling_id, visit.round_id), visit.ordered_at)
            visit = replace(visit, acted_at=min(named, visit.ordered_at))
        acts[visit.id, visit.dwelling_id, visit.round_id] = visit.acted_at
        told[place] = visit, where
    return told


def _acts(ids: list[UUID]) -> dict[tuple[UUID, UUID, int], datetime]:
    """When the visits with these ids were made; by id, flat and round."""
    found = Visit.objects.filter(pk__in=ids).values_list("pk", "dwelling", "round", "acted_at")
    return {(pk, dwelling, round): acted_at for pk, dwelling, round, acted_at in found}


def _answer_known(batch: Batch, place: int, kept: str) -> None:
    """The same again is known. With other content it goes to review, and the first stays untouched."""
    if kept == batch.digest(place):
        batch.answer(place, Known)
    else:
        batch.review(place, ReviewReason.OTHER_CONTENT)


def _judged(
    batch: Batch, visits: dict[int, tuple[SentVisit, Place | None]], grounds: Grounds
) -> Iterator[tuple[int, NewVisit]]:
    """The places of visits that are in order, each with the row to record."""
    for place, (visit, where) in visits.items():
        if where is None:
            batch.review(place, ReviewReason.UNKNOWN_ID)
        elif not grounds.window.is_open_at(visit.acted_at):
            batch.review(place, ReviewReason.OUTSIDE_WINDOW)
        elif permit := grounds.permit_for(visit, where):
            yield place, row_of(visit, batch.sender, batch.digest(place), permit)
        else:
            batch.review(place, ReviewReason.OUTSIDE_ASSIGNMENT)


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
    late = [row.id for row in rows.values() if row.id not in added]
    meanwhile = dict(Visit.objects.filter(pk__in=late).values_list("pk", "digest")) if late else {}
    for place, row in rows.items():
        if row.id in added:
            batch.answer(place, Accepted)
        else:
            _answer_known(batch, place, meanwhile[row.id])
