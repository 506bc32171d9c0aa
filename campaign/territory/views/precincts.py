from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from campaign.access import Permission, allow
from campaign.territory.forms import PrecinctForm
from campaign.territory.lists import PrecinctList
from campaign.territory.models import Building, Precinct
from campaign.territory.searching import street_and_number
from campaign.territory.views.parts import form_page, may_edit, panels

ANSWERS, NEIGHBOURS = 20, 5


@allow(Permission.SEE_TERRITORY)
def precinct_list(request: HttpRequest) -> HttpResponseBase:
    """All precincts, and the answer to «where do I vote?» for an address."""
    where = where_to_vote(request.GET.get("where", ""))
    if request.htmx.target == "where":
        return render(request, "territory/precinct_list.html#answers", where)
    precincts = PrecinctList(request, Precinct.objects.with_totals())
    return precincts.respond("territory/precinct_list.html", where | {"may_edit": may_edit(request)})


def where_to_vote(address: str) -> dict[str, Any]:
    """The houses that this address may mean, each with its precinct."""
    asked = address.replace("\0", "").strip()[:100]
    houses = Building.objects.matching(asked).with_address() if asked else Building.objects.none()
    found = list(houses[: ANSWERS + 1])
    near = [] if found else nearest_houses(asked)
    return {"where": asked, "houses": found[:ANSWERS], "more": len(found) > ANSWERS, "near": near}


def nearest_houses(address: str) -> list[Building]:
    """Of a street that is known, the houses next to a number that is not."""
    asked = street_and_number(address)
    if asked is None:
        return []
    street, number = asked
    return list(Building.objects.matching(street).with_address().nearest_to(number)[:NEIGHBOURS])


@allow(Permission.SEE_TERRITORY)
def precinct_detail(request: HttpRequest, pk: int) -> HttpResponse:
    precinct = get_object_or_404(Precinct.objects.with_totals(), pk=pk)
    context = {
        "precinct": precinct,
        "streets": precinct.streets(),
        "undescribed": precinct.buildings.not_described().count(),
        "panels": panels("precinct.panels", request, precinct),
        "may_edit": may_edit(request),
    }
    return render(request, "territory/precinct_detail.html", context)


@allow(Permission.EDIT_TERRITORY)
def precinct_new(request: HttpRequest) -> HttpResponse:
    return _saved(request, PrecinctForm(request.POST or None), _("New precinct"))


@allow(Permission.EDIT_TERRITORY)
def precinct_edit(request: HttpRequest, pk: int) -> HttpResponse:
    precinct = get_object_or_404(Precinct, pk=pk)
    return _saved(request, PrecinctForm(request.POST or None, instance=precinct), str(precinct))


def _saved(request: HttpRequest, form: PrecinctForm, title: str) -> HttpResponse:
    if form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(form.save())
    return form_page(request, form, title=title)
