"""The acts of handing out: a turf is made, given to persons, taken back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from campaign.territory.models import Building, Entrance
from outreach.canvassing.models import Assignment, Round, Turf
from volunteers.roster.models import Person

NAME_LENGTH = 120


class CannotHandOut(Exception):
    """The turf cannot be made or given as asked; the message says what to do."""


@transaction.atomic
def make_turf(
    *, round: Round, entrances: Sequence[Entrance], buildings: Sequence[Building] = (), name: str = ""
) -> Turf:
    """A turf with the next free number of its round. Without a name it is called by its addresses."""
    Round.objects.select_for_update().get(pk=round.pk)  # two at once must not take the same number
    highest = Turf.objects.in_round(round).aggregate(highest=Max("number"))["highest"] or 0
    turf = Turf.objects.create(round=round, number=highest + 1)
    return change_turf(turf=turf, entrances=entrances, buildings=buildings, name=name)


@transaction.atomic
def change_turf(
    *, turf: Turf, entrances: Sequence[Entrance], buildings: Sequence[Building] = (), name: str = ""
) -> Turf:
    """Set what the turf holds. Blocks that are described by now are taken by their entrances."""
    if not entrances and not buildings:
        raise CannotHandOut(_("Choose at least one entrance."))
    turf.name = name.strip() or addresses_of(entrances, buildings)
    turf.save(update_fields=["name"])
    turf.entrances.set(entrances)
    turf.buildings.set(buildings)
    return turf


@transaction.atomic
def assign_turf(
    *, turf: Turf, persons: Sequence[Person], starts_at: datetime, ends_at: datetime, by: Any
) -> Assignment:
    """Give the turf to the persons, from one time to another."""
    if not persons:
        raise CannotHandOut(_("Choose at least one person."))
    if starts_at >= ends_at:
        raise CannotHandOut(_("The end must come after the beginning."))
    assignment = Assignment.objects.create(turf=turf, starts_at=starts_at, ends_at=ends_at, made_by=by)
    assignment.persons.set(persons)
    return assignment


@transaction.atomic
def hand_out(
    *,
    round: Round,
    entrances: Sequence[Entrance],
    buildings: Sequence[Building] = (),
    persons: Sequence[Person],
    starts_at: datetime,
    ends_at: datetime,
    by: Any,
) -> Assignment:
    """From entrances chosen on a page to a running assignment, in one go."""
    turf = make_turf(round=round, entrances=entrances, buildings=buildings)
    return assign_turf(turf=turf, persons=persons, starts_at=starts_at, ends_at=ends_at, by=by)


def end_assignment(*, assignment: Assignment, at: datetime) -> None:
    """Take the turf back now. What has not begun is gone altogether; what ran keeps its beginning."""
    if assignment.starts_at >= at:
        assignment.delete()
        return
    assignment.ends_at = min(assignment.ends_at, max(at, assignment.starts_at + timedelta(seconds=1)))
    assignment.save(update_fields=["ends_at"])


def addresses_of(entrances: Iterable[Entrance], buildings: Iterable[Building] = ()) -> str:
    """«Толе би, 13/12, 15; Абая, 17А»: streets with their houses, cut after what a line can hold."""
    houses = {entrance.building_id: entrance.building for entrance in entrances}
    houses |= {building.pk: building for building in buildings}
    ordered = sorted(houses.values(), key=lambda building: (building.street.sort, building.house_sort))
    streets = [
        f"{street}, {', '.join(building.house for building in group)}"
        for street, group in groupby(ordered, key=lambda building: building.street.name)
    ]
    text = "; ".join(streets)
    return text if len(text) <= NAME_LENGTH else text[: NAME_LENGTH - 1].rstrip(" ,;") + "…"
