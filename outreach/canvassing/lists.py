"""The lists of canvassing: turfs, and how far the houses and people of a round are."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.lists import Column, List
from campaign.territory.models import Precinct
from outreach.canvassing.models import Round, Visit
from outreach.canvassing.progress import house_progress
from outreach.canvassing.turf_pages import TurfRow, turf_rows

FREE, OUT = "free", "out"


class TurfFilters(forms.Form):
    round = forms.ModelChoiceField(
        Round.objects.all(), label=_("Round"), required=False, empty_label=_("The round that runs")
    )
    given = forms.ChoiceField(
        label=_("Who has it"),
        required=False,
        choices=[("", _("All turfs")), (FREE, _("not handed out")), (OUT, _("out now"))],
    )


def _people(row: TurfRow) -> str:
    return ", ".join(map(str, row.latest.people)) if row.latest else ""


class TurfList(List):
    """The view gives the turfs of one round; the rows are `TurfRow`s."""

    name = "turfs"
    columns = (
        Column("number", pgettext_lazy("number", "No"), "turf.number", ("number",), "r"),
        Column("turf", _("Turf"), "turf", ("name", "number")),
        Column("people", _("Who has it"), _people),
        Column("passed", _("Passed"), "progress.passed", css="w-bar"),
        Column("flats", _("Flats"), "progress.total", css="r"),
    )
    filters = TurfFilters
    row_template = "canvassing/turf_row.html"
    default_sort = "number"
    search_label = _("Address, person or number")

    def __init__(self, request: HttpRequest, queryset: QuerySet[Any], *, now: datetime) -> None:
        super().__init__(request, queryset)
        self.now = now

    def filtered(self, queryset: QuerySet[Any], chosen: dict[str, Any]) -> QuerySet[Any]:
        turfs: Any = queryset
        if chosen.get("given") == FREE:
            turfs = turfs.never_assigned()
        if chosen.get("given") == OUT:
            turfs = turfs.running_at(self.now)
        return turfs  # type: ignore[no-any-return]

    @cached_property
    def page(self) -> Page[Any]:
        page = super().page
        page.object_list = turf_rows(page.object_list, self.now)
        return page

    def _exported(self) -> Iterable[list[Any]]:
        for row in turf_rows(self.rows, self.now):
            yield [column.cell(row) for column in self.columns]


class PrecinctFilter(forms.Form):
    precinct = forms.ModelChoiceField(
        Precinct.objects.all(), label=_("Precinct"), required=False, empty_label=_("All precincts")
    )


def _precinct(row: Any) -> int | None:
    return row.precinct.number if row.precinct else None


class HouseProgressList(List):
    """Rows of `progress.houses_in`."""

    name = "round-houses"
    columns = (
        Column("address", _("Street, house"), "__str__", ("street__sort", "house_sort")),
        Column(
            "precinct",
            _("Precinct"),
            _precinct,
            ("precinct__number", "street__sort", "house_sort"),
            "r",
        ),
        Column("passed", _("Passed"), lambda row: house_progress(row).passed, ("passed",), "w-bar"),
        Column("flats", _("Flats"), lambda row: house_progress(row).total, ("dwelling_count",), "r"),
        Column("again", _("Again"), "again", ("again",), "r"),
        Column("rest", _("Not yet"), lambda row: house_progress(row).rest, css="r"),
        Column("never", _("Do not visit"), "never", ("never",), "r"),
    )
    filters = PrecinctFilter
    row_template = "canvassing/round_house_row.html"
    default_sort = "address"
    search_label = _("Street or house")

    @cached_property
    def page(self) -> Page[Any]:
        page = super().page
        page.object_list = [(row, house_progress(row)) for row in page.object_list]
        return page


class PersonProgressList(List):
    """Rows of `progress.people_in`."""

    name = "round-people"
    columns = (
        Column("person", _("Person"), "__str__", ("sort",)),
        Column("visits", _("Visits"), "visit_total", ("visit_total",), "r"),
        Column("passed", _("Of them done"), "passed_total", ("passed_total",), "r"),
        Column("last", _("Last visit"), "last_visit", ("last_visit",)),
    )
    row_template = "canvassing/round_person_row.html"
    default_sort = "-visits"
    search_label = _("Name or phone")


def _flat(visit: Visit) -> str:
    building = str(visit.dwelling.building)
    return f"{building}, {visit.dwelling.flat}" if visit.dwelling.flat else building


class CrossedVisitList(List):
    """Visits of one flat by two phones that could not know of each other; rows are pairs, the counting one last."""

    name = "crossed-visits"
    columns = (
        Column("flat", _("Flat"), _flat, ("dwelling__building__street__sort", "dwelling__building__house_sort")),
        Column("earlier", _("The earlier visit"), lambda visit: visit.other.acted_at),
        Column("earlier_by", _("Who was there"), lambda visit: str(visit.other.person or "")),
        Column("later", _("The later visit, it counts"), "acted_at", ("ordered_at",)),
        Column("later_by", _("Who was there"), lambda visit: str(visit.person or "")),
    )
    row_template = "canvassing/round_crossed_row.html"
    default_sort = "-later"
    search_label = _("Street or house")

    @cached_property
    def page(self) -> Page[Any]:
        page = super().page
        page.object_list = with_other(page.object_list)
        return page

    def _exported(self) -> Iterable[list[Any]]:
        for visit in with_other(self.rows):
            yield [column.cell(visit) for column in self.columns]


def with_other(visits: QuerySet[Visit]) -> list[Visit]:
    """The visits of `crossed()` with `other` set, in one more query."""
    shown = list(visits.select_related("dwelling__building__street", "person"))
    others = Visit.objects.select_related("person").in_bulk([visit.other_id for visit in shown])  # type: ignore[attr-defined]
    for visit in shown:
        visit.other = others[visit.other_id]  # type: ignore[attr-defined]
    return shown
