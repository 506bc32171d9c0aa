"""A coordinator's table of houses or dwellings, read as rows of text by field; no database.

Two kinds of tables are understood, and may be mixed: one row a house (a block by its four numbers) and one row a
dwelling. `read_rows` finds the headings, `parse_row` makes sense of one row.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaign.territory.headings import LABELS, NEEDED, columns_of
from campaign.territory.meaning import DwellingRow, HouseKind, HouseRow, RawRow, RowError, parse_row
from campaign.territory.spreadsheet import FileRefused, Table, open_spreadsheet

__all__ = [
    "DwellingRow", "FileRefused", "HouseKind", "HouseRow", "RawRow", "RowError", "Sheet", "parse_row", "read_rows",
]  # fmt: skip

SEARCHED_FOR_HEADINGS = 20
MAX_ROWS = 150_000


class Sheet(NamedTuple):
    """A file with its headings understood. `rows` is read as it is asked for, and may still raise FileRefused."""

    format: str
    headings: dict[str, str]  # field: the heading as written
    ignored: tuple[str, ...]  # headings that mean nothing here
    skipped: tuple[str, ...]  # sheets without headings
    rows: Iterator[RawRow]


class _Headed(NamedTuple):
    table: Table
    cells: list[str]
    columns: list[tuple[int, str]]
    found: set[str]


def read_rows(stream: BinaryIO, filename: str) -> Sheet:
    book = open_spreadsheet(stream, filename)
    tables = [_headed(open_table()) for open_table in book.tables]
    if book.format == "csv":
        tables = [max(tables, key=lambda table: len(table.found))]
    understood = [table for table in tables if table.found.issuperset(NEEDED)]
    if not understood:
        raise _no_headings(tables)
    first = understood[0]
    known = dict(first.columns)
    headings: dict[str, str] = {}
    for place, field in first.columns:
        headings.setdefault(field, first.cells[place])
    return Sheet(
        format=book.format,
        headings=headings,
        ignored=tuple(text for place, text in enumerate(first.cells) if text and place not in known),
        skipped=tuple(table.table.name for table in tables if table not in understood),
        rows=_not_empty(chain.from_iterable(map(_raw_rows, understood))),
    )


def _headed(table: Table) -> _Headed:
    """The table, read up to its headings: the first row that names what is needed, else the likeliest."""
    best = _Headed(table, [], [], set())
    for _number, cells in islice(table.rows, SEARCHED_FOR_HEADINGS):
        columns = columns_of(cells)
        found = {"street" if field == "microdistrict" else field for _place, field in columns}
        if len(found) > len(best.found):
            best = _Headed(table, cells, columns, found)
        if found.issuperset(NEEDED):
            break
    return best


def _no_headings(tables: list[_Headed]) -> FileRefused:
    found = max((table.found for table in tables), key=len, default=set())
    missing = [LABELS[field] for field in NEEDED if field not in found]
    sentence = ngettext_lazy(
        "No column is headed {missing}. Name the columns in the first row, at least {needed}.",
        "No columns are headed {missing}. Name the columns in the first row, at least {needed}.",
        len(missing),
    )
    return FileRefused(
        format_lazy(sentence, missing=_listed(missing), needed=_listed([LABELS[field] for field in NEEDED]))
    )


def _listed(labels: list[str | Promise]) -> str | Promise:
    return format_lazy(", ".join(["«{}»"] * len(labels)), *labels)


def _raw_rows(headed: _Headed) -> Iterator[RawRow]:
    sheet, columns = headed.table.name, headed.columns
    width = max(place for place, _field in columns) + 1
    for number, cells in headed.table.rows:
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        values: dict[str, str] = {}
        for place, field in columns:
            if cells[place] and field not in values:
                values[field] = cells[place]
        if values:
            yield RawRow(sheet, number, values)


def _not_empty(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    first = next(rows, None)
    if first is None:
        raise FileRefused(_("The table has headings but no rows. Add at least one house below them."))
    return _bounded(chain([first], rows))


def _bounded(rows: Iterable[RawRow]) -> Iterator[RawRow]:
    for count, row in enumerate(rows, 1):
        if count > MAX_ROWS:
            sentence = _("The table has more than {limit} rows. Split it, for example by precincts.")
            raise FileRefused(format_lazy(sentence, limit=MAX_ROWS))
        yield row
