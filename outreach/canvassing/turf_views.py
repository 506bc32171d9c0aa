"""Turfs: which ground, who has it, whose phone is missing. From entrances to a phone in a minute."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.access import Permission, allow, may
from campaign.territory.models import Building, Precinct
from outreach.canvassing import services
from outreach.canvassing.forms import AssignmentForm, GroundForm
from outreach.canvassing.ground import house_ground, survey
from outreach.canvassing.lists import TurfList
from outreach.canvassing.models import Assignment, Round, Turf
from outreach.canvassing.progress import turf_progress
from outreach.canvassing.turf_pages import handed_out


def current_round(request: HttpRequest) -> Round | None:
    """The round that is asked for, else the one that runs today."""
    wished = request.GET.get("round", "")
    if wished.isdecimal():
        return get_object_or_404(Round, pk=int(wished))
    return Round.objects.current_on(timezone.localdate())


@allow(Permission.SEE_ROUNDS)
@require_safe
def turf_list(request: HttpRequest) -> HttpResponseBase:
    round = current_round(request)
    now = timezone.now()
    turfs = Turf.objects.visible_to(request.user, now)
    found = TurfList(request, turfs.in_round(round) if round else turfs.none(), now=now)
    context = {"round": round, "may_edit": may(request.user, Permission.EDIT_ROUNDS)}
    return found.respond("canvassing/turf_list.html", context)


@allow(Permission.EDIT_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def turf_new(request: HttpRequest) -> HttpResponse:
    round = current_round(request)
    if round is None:
        return redirect("canvassing:round-new")
    return _edit_turf(request, round, None)


@allow(Permission.EDIT_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def turf_edit(request: HttpRequest, pk: int) -> HttpResponse:
    turf = get_object_or_404(Turf.objects.select_related("round"), pk=pk)
    return _edit_turf(request, turf.round, turf)


def _edit_turf(request: HttpRequest, round: Round, turf: Turf | None) -> HttpResponse:
    """One form: its search button shows other houses and keeps what is chosen, its main button saves."""
    form = GroundForm(request.POST) if request.method == "POST" else GroundForm(initial=_held(turf))
    searching = "search" in request.POST
    if request.method == "POST" and form.is_valid() and not searching:
        return _save_turf(request, form.cleaned_data, round, turf)
    context = {"form": form, "round": round, "turf": turf, "ground": _ground(request, form, round, turf)}
    context |= {"precincts": Precinct.objects.all(), "asked": request.POST}
    wrong = form.is_bound and bool(form.errors) and not searching
    if not wrong:
        form.errors.clear()
    return render(request, "canvassing/turf_form.html", context, status=422 if wrong else 200)


def _held(turf: Turf | None) -> dict[str, Any]:
    if turf is None:
        return {}
    return {
        "entrances": list(turf.entrances.with_address()),
        "buildings": list(turf.buildings.with_address()),
        "name": turf.name,
    }


def _ground(request: HttpRequest, form: GroundForm, round: Round, turf: Turf | None) -> Any:
    chosen = getattr(form, "cleaned_data", None) or form.initial
    precinct = request.POST.get("precinct", "")
    return survey(
        round=round,
        text=request.POST.get("q", ""),
        precinct=precinct if precinct.isdecimal() else None,
        entrances=list(chosen.get("entrances", ())),
        buildings=list(chosen.get("buildings", ())),
        turf=turf,
    )


def _save_turf(request: HttpRequest, chosen: dict[str, Any], round: Round, turf: Turf | None) -> HttpResponse:
    if turf is None:
        turf = services.make_turf(round=round, **chosen)
        messages.success(request, _("The turf is made. Now give it to somebody."))
    else:
        services.change_turf(turf=turf, **chosen)
        messages.success(request, _("The turf is saved."))
    return redirect(turf)


@allow(Permission.SEE_ROUNDS)
@require_safe
def turf_detail(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    turf = get_object_or_404(Turf.objects.visible_to(request.user, now).select_related("round"), pk=pk)
    return render(request, "canvassing/turf_detail.html", _turf_context(request, turf, _assigning(request, turf)))


def _assigning(request: HttpRequest, turf: Turf, data: Any = None) -> AssignmentForm:
    campaign = request.campaign  # type: ignore[attr-defined]
    action = reverse("canvassing:turf-assign", args=[turf.pk])
    return AssignmentForm(data, user=request.user, campaign=campaign, action=action)


def _turf_context(request: HttpRequest, turf: Turf, form: AssignmentForm) -> dict[str, Any]:
    return {
        "turf": turf,
        "form": form,
        "progress": turf_progress([turf])[turf.pk],
        "entrances": turf.entrances.with_address().order_by("building__street__sort", "building__house_sort", "number"),
        "blocks": turf.buildings.with_address(),
        "assignments": handed_out(turf, timezone.now()),
        "may_edit": may(request.user, Permission.EDIT_ROUNDS),
    }


@allow(Permission.EDIT_ROUNDS)
@require_POST
def turf_assign(request: HttpRequest, pk: int) -> HttpResponse:
    turf = get_object_or_404(Turf.objects.select_related("round"), pk=pk)
    form = _assigning(request, turf, request.POST)
    if not form.is_valid():
        return render(request, "canvassing/turf_detail.html", _turf_context(request, turf, form), status=422)
    assignment = services.assign_turf(turf=turf, by=request.user, **form.cleaned_data)
    return _given(request, assignment, form)


@allow(Permission.EDIT_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: HttpRequest, building_id: UUID) -> HttpResponse:
    """The quick way from a building's page: entrances and people in, a running assignment out."""
    building = get_object_or_404(Building.objects.with_address(), pk=building_id)
    round = current_round(request)
    if round is None:
        return redirect("canvassing:round-new")
    ground = GroundForm(request.POST or None)
    form = AssignmentForm(request.POST or None, user=request.user, campaign=request.campaign)  # type: ignore[attr-defined]
    if request.method == "POST" and ground.is_valid() and form.is_valid():
        chosen = {key: ground.cleaned_data[key] for key in ("entrances", "buildings")}
        assignment = services.hand_out(round=round, by=request.user, **chosen, **form.cleaned_data)
        return _given(request, assignment, form)
    marked = request.POST.getlist("entrances") + request.POST.getlist("buildings")
    house = house_ground(building, round, chosen=[UUID(each) for each in marked if _is_uuid(each)])
    context = {"building": building, "round": round, "house": house, "form": form, "ground": ground}
    return render(request, "canvassing/hand_out.html", context, status=422 if request.method == "POST" else 200)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _given(request: HttpRequest, assignment: Assignment, form: AssignmentForm) -> HttpResponse:
    messages.success(request, _("The turf is handed out."))
    for warning in form.warnings:
        messages.warning(request, warning.sentence)
    return redirect(assignment.turf)


@allow(Permission.EDIT_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what is lost, then takes the turf back."""
    running = Assignment.objects.visible_to(request.user).not_over_at(timezone.now())
    assignment = get_object_or_404(running.select_related("turf__round"), pk=pk)
    if request.method == "POST":
        services.end_assignment(assignment=assignment, at=timezone.now())
        messages.success(request, _("The turf is taken back."))
        return redirect(assignment.turf)
    left = turf_progress([assignment.turf])[assignment.turf_id].left
    context = {
        "title": _("Take the turf back"),
        "loses": [
            ngettext(
                "%(left)s flat of the turf is not passed yet.", "%(left)s flats of the turf are not passed yet.", left
            )
            % {"left": left},
            _("What the phones still deliver from it afterwards goes to review."),
        ],
        "verb": ngettext("Take back %(left)s flat", "Take back %(left)s flats", left) % {"left": left},
        "cancel": assignment.turf.get_absolute_url(),
    }
    return render(request, "parts/confirm.html", context)
