"""Rows as a file that a spreadsheet opens: CSV and XLSX.

A cell that begins like a formula is text here (CWE-1236): XLSX cells are written as strings, CSV cells get an
apostrophe in front, which `restored` takes away again when such a file is imported.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

FORMULA = ("=", "+", "-", "@", "\t", "\r")
APOSTROPHE = "'"
BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = Sequence[Any]


def defused(cell: str) -> str:
    """The cell with an apostrophe in front if a spreadsheet would take it for a formula."""
    return APOSTROPHE + cell if cell.startswith(FORMULA) else cell


def restored(cell: str) -> str:
    """The cell as it was before `defused`: «'+7 701 …» is «+7 701 …» again."""
    return cell[1:] if cell.startswith(APOSTROPHE) and cell[1:].startswith(FORMULA) else cell


def csv_response(name: str, head: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """A stream of lines, with the mark and the semicolons by which Excel here knows its own."""
    lines = _lines([head], rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(head: list[Row], rows: Iterable[Row]) -> Iterator[str]:
    yield BOM
    for part in (head, rows):
        for row in part:
            line = StringIO()
            csv.writer(line, delimiter=";").writerow([defused(_plain(cell)) for cell in row])
            yield line.getvalue()


def xlsx_response(name: str, head: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """A workbook of one sheet, written through a temporary file so that its size costs no memory."""
    file = TemporaryFile()  # noqa: SIM115 — the response closes it
    write_xlsx(file, head, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def write_xlsx(file: IO[bytes], head: Row, rows: Iterable[Row]) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd.mm.yyyy",
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [_plain(cell) for cell in head], book.add_format({"bold": True}))
        moments = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, at, column, cell, moments)


def _write(sheet: Any, row: int, column: int, cell: Any, moments: Any) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, _local(cell).replace(tzinfo=None), moments)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    elif _plain(cell):
        sheet.write_string(row, column, _plain(cell))


def _plain(cell: Any) -> str:
    """A cell's text; days and times in an order that sorts."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{_local(cell):%Y-%m-%d %H:%M}"
    return str(cell)


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
