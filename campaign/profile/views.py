from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.access import Permission, allow
from campaign.profile.forms import CampaignForm, LawyerCheckForm
from campaign.profile.models import Campaign
from campaign.profile.services import record_check, save_campaign
from campaign.profile.zones import KAZAKHSTAN

EDIT = ["GET", "HEAD", "POST"]


@allow(Permission.SET_UP_CAMPAIGN)
@require_http_methods(EDIT)
def campaign(request: HttpRequest) -> HttpResponse:
    """The campaign as it is; before set-up the form that makes it."""
    current = Campaign.current()
    if current is None:
        return _edit(request, None)
    if request.method == "POST":
        return redirect("profile:campaign-edit")
    context = {
        "campaign": current,
        "name": current.candidate(get_language() or ""),
        "city": current.city(get_language() or ""),
        "zone": KAZAKHSTAN.get(current.time_zone, current.time_zone),
        "calendar": current.calendar(),
        "checks": current.checks.select_related("scan"),
    }
    return render(request, "profile/campaign.html", context)


@allow(Permission.SET_UP_CAMPAIGN)
@require_http_methods(EDIT)
def campaign_edit(request: HttpRequest) -> HttpResponse:
    current = Campaign.current()
    return _edit(request, current) if current else redirect("profile:campaign")


def _edit(request: HttpRequest, current: Campaign | None) -> HttpResponse:
    form = CampaignForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        save_campaign(campaign=form.instance)
        messages.success(request, _("The campaign is saved."))
        return redirect("profile:campaign" if current else "profile:lawyer-check")
    context = {"form": form, "first": current is None}
    return render(request, "profile/campaign_form.html", context, status=422 if form.errors else 200)


@allow(Permission.SET_UP_CAMPAIGN)
@require_http_methods(EDIT)
def lawyer_check(request: HttpRequest) -> HttpResponse:
    """Who checked the rules for this election, when, and a scan; until then the app only warns."""
    current = Campaign.current()
    if current is None:
        return redirect("profile:campaign")
    form = LawyerCheckForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        record_check(campaign=current, recorded_by=request.user, **form.cleaned_data)
        messages.success(request, _("The check is recorded: from now on the rules of law refuse as well as warn."))
        return redirect("profile:campaign")
    context = {"form": form, "campaign": current}
    return render(request, "profile/lawyer_check.html", context, status=422 if form.errors else 200)
