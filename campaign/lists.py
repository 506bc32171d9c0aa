"""The one list: search, filters, sorting, pages, export. Its whole state is in the address, so Back restores it.

    class StreetList(List):
        name = "streets"
        columns = (
            Column("name", _("Street"), "name", order=("sort",)),
            Column("buildings", _("Buildings"), "building_total", order=("building_total",), css="r"),
        )
        filters = StreetFilters              # a Form; every field may be empty
        row_template = "territory/street_row.html"

        def filtered(self, queryset, chosen): ...   # what the filters' values mean

    @allow(Permission.SEE_TERRITORY)
    def street_list(request):
        streets = StreetList(request, Street.objects.with_totals())
        return streets.respond("territory/street_list.html")

The page includes `parts/list.html`; its queryset answers the search by `matching(text)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise

from campaign.export import Row, csv_response, xlsx_response

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}


@dataclass(frozen=True)
class Column:
    """`value` is what the export writes: an attribute's name, dots allowed, or a function of the row.

    `order` is what sorting by the column means (empty: it is not sortable).
    """

    name: str
    label: str | Promise
    value: str | Callable[[Any], Any]
    order: tuple[str, ...] = ()
    css: str = ""
    export_only: bool = False

    def cell(self, row: Any) -> Any:
        found = attrgetter(self.value)(row) if isinstance(self.value, str) else self.value(row)
        return found() if callable(found) else found


@dataclass(frozen=True)
class Head:
    """A column's head as one request sees it: where a click sorts, and how it is sorted now."""

    column: Column
    sort: str
    direction: str


class List:
    """A list of one kind of thing. Subclasses say what it holds; see the module's text."""

    name = "list"
    columns: tuple[Column, ...] = ()
    filters: type[forms.Form] | None = None
    row_template = ""
    bulk = False
    default_sort = ""
    search_label: str | Promise = ""
    per_page = 50
    can_export = True

    def __init__(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.request = request
        self.everything = queryset

    # what a subclass may change

    def filtered(self, queryset: QuerySet[Any], chosen: dict[str, Any]) -> QuerySet[Any]:
        """The rows that the filters leave; by default a field's name is the lookup."""
        return queryset.filter(**chosen)

    def matching(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.matching(text)  # type: ignore[attr-defined,no-any-return]

    # what the address says

    @property
    def q(self) -> str:
        return self.request.GET.get("q", "").replace("\0", "").strip()[:100]

    @cached_property
    def filter_form(self) -> forms.Form | None:
        if self.filters is None:
            return None
        form = self.filters(self.request.GET)
        for name, field in form.fields.items():
            field.widget.attrs["class"] = "in on" if self.request.GET.get(name) else "in"
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        if self.filter_form is None:
            return {}
        self.filter_form.is_valid()
        return {name: value for name, value in self.filter_form.cleaned_data.items() if value not in (None, "")}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.chosen)

    @cached_property
    def sort(self) -> str:
        """The column that sorts, with a minus when downward; what is unknown is the default."""
        wished = self.request.GET.get("sort", "")
        return wished if wished.removeprefix("-") in self._sortable else self.default_sort

    @cached_property
    def _sortable(self) -> dict[str, tuple[str, ...]]:
        return {column.name: column.order for column in self.columns if column.order}

    # what the page shows

    @cached_property
    def rows(self) -> QuerySet[Any]:
        found = self.filtered(self.everything, self.chosen) if self.chosen else self.everything
        found = self.matching(found, self.q) if self.q else found
        return found.order_by(*self._order, "pk") if self._order else found

    @property
    def _order(self) -> list[str]:
        fields = self._sortable.get(self.sort.removeprefix("-"), ())
        return [_turned(field) for field in fields] if self.sort.startswith("-") else list(fields)

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.rows, self.per_page).get_page(self.request.GET.get("page"))

    @cached_property
    def is_empty(self) -> bool:
        """Nothing at all, however it is filtered: the page says what to do first."""
        return not self.is_narrowed and not self.page.paginator.count

    @property
    def heads(self) -> Iterable[Head]:
        for column in self.columns:
            if not column.export_only:
                yield self._head(column)

    def _head(self, column: Column) -> Head:
        if self.sort == column.name:
            return Head(column, f"-{column.name}", "ascending")
        return Head(column, column.name if column.order else "", "descending" if self.sort == f"-{column.name}" else "")

    @property
    def id(self) -> str:
        return f"list-{self.name}"

    # what the view returns

    def respond(self, template: str, context: dict[str, Any] | None = None) -> HttpResponseBase:
        """The page; the list alone when htmx asks for it; or the file that `?export=` names."""
        export = EXPORTS.get(self.request.GET.get("export", ""))
        if export and self.can_export:
            head = [str(column.label) for column in self.columns]
            return export(self.name, head, self._exported())
        if self.request.headers.get("HX-Target") == self.id:
            template = "parts/list_rows.html"
        response = render(self.request, template, {"list": self, **(context or {})})
        patch_vary_headers(response, ("HX-Target",))
        return response

    def _exported(self) -> Iterable[Row]:
        for row in self.rows.iterator(chunk_size=2000):
            yield [column.cell(row) for column in self.columns]


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"
