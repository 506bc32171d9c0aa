"""Rounds and how far they are; one dwelling's states over time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.access import Permission, allow, may
from campaign.profile.models import Campaign
from outreach.canvassing import progress
from outreach.canvassing.forms import RoundForm
from outreach.canvassing.lists import CrossedVisitList, HouseProgressList, PersonProgressList
from outreach.canvassing.models import Door, Round, Visit
from outreach.canvassing.plan import plan_at


@allow(Permission.SEE_ROUNDS)
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    rows = progress.rounds_progress(Round.objects.all())
    return render(
        request, "canvassing/round_list.html", {"rows": rows, "may_edit": may(request.user, Permission.EDIT_ROUNDS)}
    )


@allow(Permission.EDIT_ROUNDS)
def round_new(request: HttpRequest) -> HttpResponse:
    return _edit_round(request, Round())


@allow(Permission.EDIT_ROUNDS)
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_round(request, get_object_or_404(Round, pk=pk))


def _edit_round(request: HttpRequest, round: Round) -> HttpResponse:
    campaign: Campaign | None = request.campaign  # type: ignore[attr-defined]
    if campaign is None:
        return redirect("profile:campaign")  # the law cannot judge days before it knows the election's dates
    form = RoundForm(request.POST or None, instance=round, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The round is saved."))
        for warning in form.warnings:
            messages.warning(request, warning.sentence)
        return redirect(round)
    return render(request, "canvassing/round_form.html", {"form": form}, status=422 if form.errors else 200)


@allow(Permission.SEE_ROUNDS)
@require_safe
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """By precinct, with the plan of today on each bar."""
    round = get_object_or_404(Round, pk=pk)
    days = {"first": round.starts_on, "last": round.ends_on}
    rows = [
        (row, row.progress.bar(plan_at(timezone.localdate(), total=row.progress.total, **days)))
        for row in progress.round_progress(round, until=round.ends_on).precincts
    ]
    return render(request, "canvassing/round_detail.html", _round_context(request, round) | {"rows": rows})


@allow(Permission.SEE_ROUNDS)
@require_safe
def round_buildings(request: HttpRequest, pk: int) -> HttpResponseBase:
    round = get_object_or_404(Round, pk=pk)
    houses = HouseProgressList(request, progress.houses_in(round))
    return houses.respond("canvassing/round_buildings.html", _round_context(request, round))


@allow(Permission.SEE_ROUNDS)
@require_safe
def round_people(request: HttpRequest, pk: int) -> HttpResponseBase:
    round = get_object_or_404(Round, pk=pk)
    people = PersonProgressList(request, progress.people_in(round, Visit.objects.visible_to(request.user)))
    return people.respond("canvassing/round_people.html", _round_context(request, round))


@allow(Permission.SEE_ROUNDS)
@require_safe
def round_crossed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Two phones at one door, neither knowing of the other."""
    round = get_object_or_404(Round, pk=pk)
    visits = CrossedVisitList(request, Visit.objects.visible_to(request.user).in_round(round).crossed())
    return visits.respond("canvassing/round_crossed.html", _round_context(request, round))


def _round_context(request: HttpRequest, round: Round) -> dict[str, Any]:
    return {
        "round": round,
        "whole": progress.rounds_progress([round])[0][1],
        "may_edit": may(request.user, Permission.EDIT_ROUNDS),
        "may_see_people": may(request.user, Permission.SEE_PEOPLE),
    }


@allow(Permission.SEE_ROUNDS)
@require_safe
def door_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the flat keeps of each visit: never what was said."""
    door = get_object_or_404(Door.objects.select_related("entrance", "building__street"), pk=pk)
    visits = Visit.objects.visible_to(request.user).filter(dwelling=door).newest_first()
    context = {
        "door": door,
        "visits": visits.select_related("round", "person"),
        "may_see_people": may(request.user, Permission.SEE_PEOPLE),
    }
    return render(request, "canvassing/door_detail.html", context)
