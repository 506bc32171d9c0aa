from uuid import UUID

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from campaign.access import Permission, allow
from campaign.territory import services
from campaign.territory.block_forms import DescribeForm, FlatForm
from campaign.territory.drawing import draw_building, draw_plan
from campaign.territory.forms import BuildingForm
from campaign.territory.lists import BuildingList
from campaign.territory.models import Building, BuildingKind, Street
from campaign.territory.plans import plan_of
from campaign.territory.views.parts import cells, form_page, may_edit, panels, refuse


def _building(pk: UUID) -> Building:
    return get_object_or_404(Building.objects.with_address(), pk=pk)


@allow(Permission.SEE_TERRITORY)
def building_list(request: HttpRequest) -> HttpResponseBase:
    buildings = BuildingList(request, Building.objects.with_address())
    totals = buildings.rows.aggregate(flats=Sum("dwelling_count", default=0))
    return buildings.respond("territory/building_list.html", totals | {"may_edit": may_edit(request)})


@allow(Permission.SEE_TERRITORY)
def building_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One house: the шахматка of a block, with what the apps above know of each flat."""
    building = _building(pk)
    dwellings = building.dwellings.select_related("entrance").order_by("floor", "flat_sort")
    context = {
        "building": building,
        "entrances": draw_building(dwellings, cells(request, building)),
        "panels": panels("building.panels", request, building),
        "may_edit": may_edit(request),
    }
    return render(request, "territory/building_detail.html", context)


@allow(Permission.EDIT_TERRITORY)
def building_new(request: HttpRequest) -> HttpResponse:
    """A block goes on to its description at once."""
    given = {"street": request.GET.get("street", ""), "precinct": request.GET.get("precinct")}
    form = BuildingForm(request.POST or None, initial=given)
    if form.is_valid():
        try:
            building = services.add_building(**form.building())
        except services.TerritoryError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(house)s is added.") % {"house": building})
            is_block = building.kind == BuildingKind.BLOCK
            return redirect("territory:building-describe" if is_block else "territory:building-detail", building.pk)
    return form_page(request, form, title=_("New house"), streets=Street.objects.all())


@allow(Permission.EDIT_TERRITORY)
def building_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    building, question = _building(pk), None
    form = BuildingForm(request.POST or None, building=building)
    if form.is_valid():
        try:
            services.edit_building(building=building, **form.building(), vanishing=form.confirmed())
        except services.WouldVanish as would:
            question = would
        except services.TerritoryError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(building)
    return form_page(
        request,
        form,
        title=_("Edit the house"),
        building=_building(pk),
        question=question,
        streets=Street.objects.all(),
    )


@allow(Permission.EDIT_TERRITORY)
def building_describe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A block by its four numbers. What they make is drawn while they are typed."""
    building, question = _building(pk), None
    if request.htmx and request.method == "GET":
        return _preview(request, building)
    form = DescribeForm(request.POST or None, building=building, standing=plan_of(building))
    if form.is_valid():
        try:
            return _described(request, building, form)
        except services.WouldVanish as would:
            question = would
        except services.TerritoryError as error:
            refuse(form, error)
    template, drawn = "territory/building_describe.html", draw_plan(form.plan) if form.plan else []
    return form_page(
        request, form, template=template, building=building, question=question, plan=form.plan, entrances=drawn
    )


def _described(request: HttpRequest, building: Building, form: DescribeForm) -> HttpResponse:
    described = services.describe_block(building=building, plan=form.plan, vanishing=form.confirmed())
    messages.success(request, _told(described, building))
    return redirect(building)


def _preview(request: HttpRequest, building: Building) -> HttpResponse:
    form = DescribeForm(request.GET, building=building)
    plan = form.plan if form.is_valid() else None
    context = {"plan": plan, "entrances": draw_plan(plan) if plan else [], "wrong": form.wrong_number()}
    return render(request, "territory/building_describe.html#preview", context)


def _told(described: services.Described, building: Building) -> str:
    if not described.changed:
        return _("The description is as it was.")
    return _("Described: %(dwellings)s flats in %(entrances)s entrances.") % {
        "dwellings": building.dwelling_count,
        "entrances": building.entrance_count,
    }


@allow(Permission.EDIT_TERRITORY)
def building_flat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One flat that the description got wrong."""
    building = _building(pk)
    form = FlatForm(request.POST or None, building=building)
    if form.is_valid():
        form.act()
        messages.success(request, _("Saved."))
        return redirect(building)
    return form_page(request, form, title=_("Correct a flat"), building=building)
