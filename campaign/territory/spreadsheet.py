"""A spreadsheet as rows of text: XLSX, or CSV in UTF-8, UTF-16 or Windows-1251, with any usual delimiter.

Whatever is no such file is refused in a sentence that says what to do, before it costs anything.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from campaign.export import restored
from campaign.territory.zipguard import Damaged, TooLarge, check_archive

MAX_BYTES = 20_000_000
DELIMITERS = ";,\t"
TEXT_ENDINGS = (".csv", ".tsv", ".txt")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
# cp1251 with the Kazakh letters in the places of Serbian and Ukrainian ones
_WINDOWS = "kz1048"


class FileRefused(Exception):
    """This file can't be read; `sentence` says what to do about it."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Table(NamedTuple):
    """One sheet; the number of a row is the one that the spreadsheet program shows."""

    name: str
    rows: Iterator[tuple[int, list[str]]]


class Spreadsheet(NamedTuple):
    """`format` is "xlsx" or "csv"; `tables` are the ways to read it, of a CSV one for each delimiter."""

    format: str
    tables: list[Callable[[], Table]]


def open_spreadsheet(stream: BinaryIO, filename: str) -> Spreadsheet:
    name = PurePath(filename).name
    data = _bytes_of(stream)
    ending = PurePath(name).suffix.lower()
    if ending == ".xlsx":
        return _open_xlsx(data, name)
    if ending in TEXT_ENDINGS:
        return _open_csv(data, name)
    raise FileRefused(
        format_lazy(
            _("«{name}» is neither XLSX nor CSV. In Excel choose File → Save as → Excel Workbook (.xlsx)."),
            name=name,
        )
    )


def _bytes_of(stream: BinaryIO) -> bytes:
    size = stream.seek(0, 2) if stream.seekable() else 0
    if size <= MAX_BYTES:
        if stream.seekable():
            stream.seek(0)
        data = stream.read(MAX_BYTES + 1)
        size = max(size, len(data))
    if size > MAX_BYTES:
        sentence = _("The file is larger than {limit} MB. Split it, for example by precincts.")
        raise FileRefused(format_lazy(sentence, limit=MAX_BYTES // 1_000_000))
    if not data.strip():
        raise FileRefused(_("The file is empty. Choose one with a row of headings and at least one house."))
    return data


# --- XLSX


def _open_xlsx(data: bytes, name: str) -> Spreadsheet:
    if data.startswith(_OLD_EXCEL):
        sentence = _("«{name}» is locked by a password or of an old kind. Save it as XLSX without a password.")
        raise FileRefused(format_lazy(sentence, name=name))
    try:
        check_archive(data)
        book = _decoded(data)
    except TooLarge as error:
        sentence = _("«{name}» unpacks to far more than a list of houses. Copy its rows into a new file.")
        raise FileRefused(format_lazy(sentence, name=name)) from error
    except (Damaged, CalamineError, ValueError, OSError) as error:
        raise _not_xlsx(name) from error
    sheets = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    return Spreadsheet("xlsx", [lambda sheet=sheet: _sheet(book, sheet, name) for sheet in sheets])  # type: ignore[misc]


def _decoded(data: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(data))


def _not_xlsx(name: str) -> FileRefused:
    sentence = _("«{name}» is not a whole XLSX file. Open it in Excel or LibreOffice and save it as XLSX again.")
    return FileRefused(format_lazy(sentence, name=name))


def _sheet(book: CalamineWorkbook, sheet: str, name: str) -> Table:
    try:
        rows = book.get_sheet_by_name(sheet).iter_rows()
    except (CalamineError, ValueError, OSError) as error:
        raise _not_xlsx(name) from error
    return Table(sheet, ((number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1)))


def _text(cell: object) -> str:
    if type(cell) is str:
        return _printable(cell)
    if type(cell) is float:
        return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell)


def _printable(text: str) -> str:
    return text.strip() if text.isprintable() else " ".join(text.replace("\x00", "").split())


# --- CSV


def _open_csv(data: bytes, name: str) -> Spreadsheet:
    encoding = _encoding(data)
    if data.startswith((_ZIP, _OLD_EXCEL, b"%PDF")) or encoding is None:
        sentence = _("«{name}» is not a text table. Save it as XLSX, or as CSV in UTF-8.")
        raise FileRefused(format_lazy(sentence, name=name))
    return Spreadsheet("csv", [lambda mark=mark: _csv_table(data, encoding, mark) for mark in DELIMITERS])  # type: ignore[misc]


def _encoding(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(data, "utf-16") else None
    if b"\x00" in data:
        return None
    return next((name for name in ("utf-8-sig", _WINDOWS) if _decodes(data, name)), None)


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_table(data: bytes, encoding: str, delimiter: str) -> Table:
    lines = TextIOWrapper(BytesIO(data), encoding=encoding, newline="")
    return Table("", _csv_rows(csv.reader(lines, delimiter=delimiter)))


def _csv_rows(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            yield number, [_printable(restored(cell)) for cell in row]
    except csv.Error as error:
        sentence = _("Row {row} can't be read: close the quotation mark that it opens.")
        raise FileRefused(format_lazy(sentence, row=number + 1)) from error
