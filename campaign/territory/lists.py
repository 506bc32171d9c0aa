"""The lists of the territory: what they show, how they are narrowed and sorted, what a file of them holds."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaign.lists import Column, List
from campaign.territory.models import BuildingKind, Precinct

NOT_DESCRIBED = "undescribed"


class BuildingFilters(forms.Form):
    precinct = forms.ModelChoiceField(
        Precinct.objects.all(), label=_("Precinct"), required=False, empty_label=_("All precincts")
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *BuildingKind.choices, (NOT_DESCRIBED, _("blocks not described yet"))],
    )


class BuildingList(List):
    name = "houses"
    columns = (
        Column("address", _("Street, house"), "__str__", ("street__sort", "house_sort")),
        Column("street", _("Street"), "street.name", export_only=True),
        Column("house", _("House"), "house", export_only=True),
        Column("kind", _("Kind"), "get_kind_display", ("kind", "street__sort", "house_sort")),
        Column("precinct", _("Precinct"), lambda row: row.precinct and row.precinct.number,
               ("precinct__number", "street__sort", "house_sort"), "r"),
        Column("entrances", _("Entrances"), "entrance_count", ("entrance_count",), "r"),
        Column("flats", _("Flats"), "dwelling_count", ("dwelling_count",), "r"),
        Column("note", _("Note"), "note"),
    )  # fmt: skip
    filters = BuildingFilters
    row_template = "territory/building_row.html"
    default_sort = "address"
    search_label = _("Street or house")

    def filtered(self, queryset: QuerySet[Any], chosen: dict[str, Any]) -> QuerySet[Any]:
        if chosen.get("kind") == NOT_DESCRIBED:
            queryset, chosen = queryset.not_described(), {**chosen, "kind": None}  # type: ignore[attr-defined]
        return queryset.filter(**{name: value for name, value in chosen.items() if value is not None})


class StreetList(List):
    name = "streets"
    columns = (
        Column("name", _("Street"), "name", ("sort",)),
        Column("aliases", _("Other names"), lambda row: "; ".join(alias.name for alias in row.aliases.all())),
        Column("houses", _("Houses"), "building_total", ("building_total",), "r"),
        Column("flats", _("Flats"), "dwelling_total", ("dwelling_total",), "r"),
    )
    row_template = "territory/street_row.html"
    default_sort = "name"
    search_label = _("Street, also an old name")


class PrecinctList(List):
    name = "precincts"
    columns = (
        Column("number", _("Precinct"), "number", ("number",)),
        Column("place", _("Polling place"), "polling_place"),
        Column("address", _("Address"), "polling_address"),
        Column("phone", _("Phone"), "phone", export_only=True),
        Column("hours", _("Hours"), "hours", export_only=True),
        Column("houses", _("Houses"), "building_total", ("building_total",), "r"),
        Column("flats", _("Flats"), "dwelling_total", ("dwelling_total",), "r"),
    )
    row_template = "territory/precinct_row.html"
    default_sort = "number"
