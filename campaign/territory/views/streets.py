from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from campaign.access import Permission, allow
from campaign.territory import services
from campaign.territory.forms import StreetForm
from campaign.territory.lists import StreetList
from campaign.territory.models import Street
from campaign.territory.views.parts import form_page, may_edit, refuse


@allow(Permission.SEE_TERRITORY)
def street_list(request: HttpRequest) -> HttpResponseBase:
    streets = StreetList(request, Street.objects.with_totals().prefetch_related("aliases"))
    return streets.respond("territory/street_list.html", {"may_edit": may_edit(request)})


@allow(Permission.SEE_TERRITORY)
def street_detail(request: HttpRequest, pk: int) -> HttpResponse:
    street = get_object_or_404(Street.objects.with_totals().prefetch_related("aliases"), pk=pk)
    context = {
        "street": street,
        "buildings": street.buildings.select_related("precinct").order_by("house_sort"),
        "may_edit": may_edit(request),
    }
    return render(request, "territory/street_detail.html", context)


@allow(Permission.EDIT_TERRITORY)
def street_new(request: HttpRequest) -> HttpResponse:
    form = StreetForm(request.POST or None)
    if form.is_valid():
        try:
            street = services.add_street(**form.cleaned_data)
        except services.TerritoryError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(street)
    return form_page(request, form, title=_("New street"), among_streets=True)


@allow(Permission.EDIT_TERRITORY)
def street_edit(request: HttpRequest, pk: int) -> HttpResponse:
    street = get_object_or_404(Street, pk=pk)
    form = StreetForm(request.POST or None, street=street)
    if form.is_valid():
        try:
            services.edit_street(street=street, **form.cleaned_data)
        except services.TerritoryError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(street)
    return form_page(request, form, title=_("Edit the street"), street=get_object_or_404(Street, pk=pk))
