"""Rounds and how far they are; one dwelling's states over time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.access import Permission, allow, may
from campaign.profile.models import Campaign
from campaign.territory.models import Building
from outreach.canvassing import progress
from outreach.canvassing.forms import RoundForm
from outreach.canvassing.models import Door, Round, Visit

HOUSES_A_PAGE = 50
TABS = ("precinct", "building", "person")


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
    round = get_object_or_404(Round, pk=pk)
    tab = request.GET.get("by", "")
    tab = tab if tab in TABS else TABS[0]
    campaign: Campaign | None = request.campaign  # type: ignore[attr-defined]
    context = {
        "round": round,
        "tab": tab,
        "whole": progress.rounds_progress([round])[0][1],
        "may_edit": may(request.user, Permission.EDIT_ROUNDS),
        "may_see_people": may(request.user, Permission.SEE_PEOPLE),
        "campaign": campaign,
    }
    rows: dict[str, Any] = {"precinct": _by_precinct, "building": _by_building, "person": _by_person}
    return render(request, "canvassing/round_detail.html", context | rows[tab](request, round))


def _by_precinct(request: HttpRequest, round: Round) -> dict[str, Any]:
    return {"rows": progress.round_progress(round, until=round.ends_on).precincts}


def _by_building(request: HttpRequest, round: Round) -> dict[str, Any]:
    text = request.GET.get("q", "")
    found = Building.objects.matching(text).with_address()
    page = Paginator(found, HOUSES_A_PAGE).get_page(request.GET.get("page"))
    made = progress.building_progress(round, page.object_list)
    return {"rows": [(building, made[building.pk]) for building in page.object_list], "page": page, "q": text}


def _by_person(request: HttpRequest, round: Round) -> dict[str, Any]:
    return {"rows": progress.person_progress(round, Visit.objects.visible_to(request.user))}


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
