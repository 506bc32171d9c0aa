"""What canvassing adds to pages below: states on a building, handing out its entrances, work of a person."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from campaign import panels
from campaign.access import Permission, may
from outreach.canvassing.forms import AssignmentForm
from outreach.canvassing.ground import house_ground
from outreach.canvassing.models import Assignment, Door, Round
from outreach.canvassing.outcomes import State
from outreach.canvassing.progress import house_progress, houses_in, round_progress

Panel = tuple[str, dict[str, Any]]


def register() -> None:
    panels.register("building.cells", states_of_flats)
    panels.register("building.panels", hand_out_entrances)
    panels.register("person.panels", turfs_of_person)
    panels.register("precinct.panels", progress_of_precinct)


def _current_round(request: HttpRequest, permission: Permission = Permission.SEE_ROUNDS) -> Round | None:
    """The running round, for whoever may know of it. A page asks for several panels, the database once."""
    if not may(request.user, permission):
        return None
    if not hasattr(request, "current_round"):
        request.current_round = Round.objects.current_on(timezone.localdate())  # type: ignore[attr-defined]
    return request.current_round  # type: ignore[attr-defined, no-any-return]


def states_of_flats(request: HttpRequest, building: Any) -> dict[UUID, dict[str, str]]:
    """The state of every flat in the running round, and where its history stands."""
    round = _current_round(request)
    if round is None:
        return {}
    doors = Door.objects.filter(building=building).with_state_in(round)
    return {door.pk: _cell(door) for door in doors}


def _cell(door: Any) -> dict[str, str]:
    state = State(door.kept or State.NONE) if door.is_dwelling else State.NODW
    return {
        "state": state.value,
        "label": str(state.label),
        "url": reverse("canvassing:door-detail", args=[door.pk]),
    }


def hand_out_entrances(request: HttpRequest, building: Any) -> Panel | None:
    round = _current_round(request, Permission.EDIT_ROUNDS)
    if round is None:
        return None
    campaign = request.campaign  # type: ignore[attr-defined]
    return "canvassing/panel_hand_out.html", {
        "building": building,
        "round": round,
        "house": house_ground(building, round),
        "progress": house_progress(houses_in(round).get(pk=building.pk)),
        "form": AssignmentForm(user=request.user, campaign=campaign),
    }


def turfs_of_person(request: HttpRequest, person: Any) -> Panel | None:
    if not may(request.user, Permission.SEE_ROUNDS):
        return None
    now = timezone.now()
    assignments = Assignment.objects.visible_to(request.user).of_person(person).not_over_at(now)
    return "canvassing/panel_person.html", {
        "assignments": assignments.select_related("turf__round"),
        "person": person,
        "visits": person.visits.standing().count(),
    }


def progress_of_precinct(request: HttpRequest, precinct: Any) -> Panel | None:
    round = _current_round(request)
    if round is None:
        return None
    rows = round_progress(round, until=round.ends_on).precincts
    row = next((row for row in rows if row.precinct == precinct), None)
    return ("canvassing/panel_precinct.html", {"round": round, "row": row}) if row else None
