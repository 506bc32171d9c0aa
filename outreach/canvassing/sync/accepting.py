"""What the coordinator accepts after all: each kind taken as if it had been in order, or refused with a sentence."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from campaign.inbox import CannotAccept, Sender, digest
from campaign.profile.models import Campaign
from campaign.territory.addresses import AddressError, FlatNumber
from campaign.territory.models import Building, BuildingKind, Dwelling
from campaign.territory.services import add_dwelling, add_entrance, describe_block, mark_not_dwelling, vanishing_flats
from outreach.canvassing.models import Round, Visit
from outreach.canvassing.recording import NewVisit, record_visits
from outreach.canvassing.sync import blocks, opinions, visits
from outreach.canvassing.sync.permits import Place
from outreach.canvassing.sync.reading import Problem, SentBlock, SentOpinion, SentReport, SentVisit, Unreadable
from volunteers.roster.models import Person

NOWHERE = UUID(int=0)
A_MOMENT = timedelta(microseconds=1)


def sender_of(review: Any) -> Sender:
    """The sender as they were when the item came in."""
    device = review.device
    return Sender(
        device=device, user=device.user if device else None, now=review.received_at, clock_error=review.clock_error
    )


def read(reader: Any, *arguments: Any) -> Any:
    try:
        return reader(*arguments)
    except Unreadable:
        raise CannotAccept(_("The app cannot read this item: it can only be rejected.")) from None


def accept_visit(review: Any, user: Any) -> None:
    """Outside the assignment or the window: recorded all the same. Other content: recorded as a correction."""
    sender = sender_of(review)
    visit = read(SentVisit.read, review.payload, sender)
    (found,) = visits.find([visit])
    if found.place is None:
        raise CannotAccept(_("There is no such flat. Describe its block first, then accept the visit."))
    row = visits.row_of(visit, sender, digest(review.payload), None)
    campaign = Campaign.current()
    record_visits(
        [_of_person(_beside_first(row), sender)], zone=campaign.time_zone if campaign else "UTC", at=sender.now
    )


def _has_round(round_id: int) -> bool:
    return Round.objects.filter(pk=round_id).exists()


def _beside_first(row: NewVisit) -> NewVisit:
    """A second content under one id becomes a correction of the first, with an id of its own, and just after it."""
    first = Visit.objects.filter(pk=row.id).first()
    if first is None or first.digest == row.digest:
        return row
    ordered_at = max(row.ordered_at, first.ordered_at + A_MOMENT)
    return replace(row, id=uuid5(row.id, row.digest), corrects=row.id, ordered_at=ordered_at)


def _of_person(row: NewVisit, sender: Sender) -> NewVisit:
    person = Person.objects.filter(user=sender.user).first() if sender.user else None
    return replace(row, person_id=person.pk if person else None)


def accept_opinion(review: Any, user: Any) -> None:
    """A small entrance was left out of the item already: then its precinct is there instead."""
    item = review.payload
    of_precinct = item.get("entrance") is None and "precinct" in item
    opinion = read(SentOpinion.read, item | {"entrance": str(NOWHERE)} if of_precinct else item, sender_of(review))
    home = (
        opinions.Home(Place(NOWHERE, NOWHERE), item["precinct"], 0)
        if of_precinct
        else opinions.homes_of([opinion.entrance_id]).get(opinion.entrance_id)
    )
    if home is None or not _has_round(opinion.round_id):
        raise CannotAccept(_("There is no such entrance. Describe its block first, then accept the opinion."))
    opinions.accept(opinion, home, item)


def accept_block(review: Any, user: Any) -> None:
    """The description as sent replaces what stands; flats that it lacks count no longer, none is deleted."""
    sender = sender_of(review)
    block = read(SentBlock.read, review.payload, sender)
    building = Building.objects.filter(pk=block.building_id).first()
    plan = blocks.plan_of(block)
    if building is None:
        raise CannotAccept(_("There is no such building any more: reject the description."))
    if plan is None or building.kind != BuildingKind.BLOCK:
        raise CannotAccept(_("No block can be like this: describe the building at the desk, and reject this one."))
    describe_block(building=building, plan=plan, vanishing=len(vanishing_flats(building, plan)))
    blocks.keep_description(block, review.payload, building, sender.user)


def accept_report(review: Any, user: Any) -> None:
    """A missing flat is added; what is no dwelling is marked so and keeps its row."""
    report = read(SentReport.read, review.payload)
    building = Building.objects.filter(pk=report.building_id).first()
    if building is None:
        raise CannotAccept(_("There is no such building any more: reject the report."))
    if report.problem == Problem.MISSING:
        _add_flat(building, report)
    else:
        mark_not_dwelling(dwelling=_reported(building, report))


def _add_flat(building: Building, report: SentReport) -> None:
    if building.kind != BuildingKind.BLOCK:
        raise CannotAccept(_("Only an apartment block has entrances and floors: change the kind of the house first."))
    entrance = add_entrance(building=building, number=report.entrance)
    add_dwelling(entrance=entrance, flat=_flat_key(report), floor=report.floor)


def _reported(building: Building, report: SentReport) -> Dwelling:
    flats = building.dwellings.filter(entrance__number=report.entrance, flat__in={report.flat, _flat_key(report)})
    dwelling: Dwelling | None = flats.first()
    if dwelling is None:
        raise CannotAccept(_("There is no such flat in this building: reject the report."))
    return dwelling


def _flat_key(report: SentReport) -> str:
    try:
        return FlatNumber.parse(report.flat).key
    except AddressError as error:
        raise CannotAccept(str(error)) from None
