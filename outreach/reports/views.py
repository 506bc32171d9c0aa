"""The dashboard: where the round stands, what is behind, what waits. And the reports that were printed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign.access import Permission, allow, may
from campaign.profile.models import Campaign
from campaign.territory.models import Building
from outreach.canvassing.models import Round
from outreach.reports import figures, wording
from outreach.reports.drawing import pace_drawing
from outreach.reports.first_steps import first_step
from outreach.reports.forms import ReportForm
from outreach.reports.lists import ReportList
from outreach.reports.models import Report
from outreach.reports.needs import waiting
from outreach.reports.services import order_report
from outreach.reports.weeks import Week, choices, usual

SHOWN_NEEDS, SHOWN_OUT = 5, 5


@allow(Permission.SEE_DASHBOARD)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    campaign: Campaign | None = request.campaign  # type: ignore[attr-defined]
    today = timezone.localdate()
    round = Round.objects.current_on(today) if campaign else None
    if campaign is None or round is None:
        step = first_step(request.user, campaign=campaign, has_houses=campaign and Building.objects.exists())
        return render(request, "reports/dashboard_empty.html", step)
    calendar = campaign.calendar()
    district = figures.district_figures(round, calendar, as_of=today, is_over=False)
    if not district.progress.houses:
        step = first_step(request.user, campaign=campaign, has_houses=False)
        return render(request, "reports/dashboard_empty.html", step)
    return render(request, "reports/dashboard.html", _board(request, district, calendar))


def _board(request: HttpRequest, district: figures.DistrictFigures, calendar: Any) -> dict[str, Any]:
    now = timezone.now()
    running = figures.out_now(request.user, now)
    needs = waiting(request.user, district, calendar, running, now)
    return {
        "figures": district,
        "sentence": wording.sentence(district),
        "strip": wording.day_strip(calendar, district.as_of),
        "outlook": wording.outlook(district),
        "chart": pace_drawing(district, now=_("today")).screen,
        "needs": needs[:SHOWN_NEEDS],
        "need_count": len(needs),
        "running": [(out, out.silent_for(now)) for out in running[:SHOWN_OUT]],
        "running_count": len(running),
        "now": now,
        "may_see_people": may(request.user, Permission.SEE_PEOPLE),
        "may_edit": may(request.user, Permission.EDIT_ROUNDS),
        "week": usual(today=district.as_of) if may(request.user, Permission.MAKE_REPORTS) else None,
    }


@allow(Permission.SEE_REPORTS)
@require_safe
def report_list(request: HttpRequest) -> HttpResponseBase:
    reports = ReportList(request, Report.objects.with_file())
    return reports.respond("reports/report_list.html", {"may_make": may(request.user, Permission.MAKE_REPORTS)})


@allow(Permission.MAKE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    round = Round.objects.current_on(today)
    if request.campaign is None or round is None:  # type: ignore[attr-defined]
        return redirect("reports:dashboard")  # it says what to do first
    weeks = choices(first=round.starts_on, today=today)
    form = ReportForm(request.POST or None, weeks=weeks, initial=_usual(request, usual(today=today)))
    if request.method == "POST" and form.is_valid():
        report = order_report(by=request.user, **form.cleaned_data)
        return redirect(report.job)
    return render(request, "reports/report_form.html", {"form": form}, status=422 if form.errors else 200)


def _usual(request: HttpRequest, week: Week) -> dict[str, str]:
    language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    return {"week": week.starts_on.isoformat(), "language": "kk" if language == "kk" else "ru"}


@allow(Permission.SEE_REPORTS)
@require_safe
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(Report.objects.with_file(), pk=pk)
    return render(request, "reports/report_detail.html", {"report": report})


@allow(Permission.SEE_REPORTS)
@require_safe
def report_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF under the report's own access, so that the candidate may read what the coordinator made."""
    report = get_object_or_404(Report.objects.printed(), pk=pk)
    return HttpResponse(
        bytes(report.file.content),
        content_type=report.file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{report.file.name}"', "Cache-Control": "no-store"},
    )
