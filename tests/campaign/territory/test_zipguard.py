import re
import struct
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from campaign.territory import zipguard
from campaign.territory.zipguard import Damaged, TooLarge, check_archive
from tests.campaign.territory.tables import HOUSES, part_of, with_part, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def with_cells(cells, book=None):
    """A workbook whose only sheet holds these cells, as written in its XML."""
    book = book or xlsx(HOUSES)
    text = part_of(book, SHEET).decode()
    return with_part(book, SHEET, re.sub("<sheetData>.*</sheetData>", f"<sheetData>{cells}</sheetData>", text))


def cell(reference):
    return f'<c r="{reference}"><v>1</v></c>'


def corners(far):
    row = re.sub("[A-Z]", "", far)
    return f'<row r="1">{cell("A1")}</row><row r="{row}">{cell(far)}</row>'


def test_an_ordinary_workbook_may_be_decoded():
    check_archive(xlsx(HOUSES, HOUSES))


def test_a_million_bytes_that_claim_a_thousand_millions_are_refused_unread():
    bomb = with_part(xlsx(HOUSES), "xl/media/picture.png", b"0" * 300_000_000)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    with pytest.raises(TooLarge):
        check_archive(bomb)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_a_part_that_claims_less_than_it_holds_is_found_out_in_little_memory():
    bomb = with_part(xlsx(HOUSES), "xl/sharedStrings.xml", b"<t>" * 30_000_000)
    lying = claiming(bomb, "xl/sharedStrings.xml", 1_000)
    assert ZipFile(BytesIO(lying)).getinfo("xl/sharedStrings.xml").file_size == 1_000
    tracemalloc.start()
    with pytest.raises(Damaged):
        check_archive(lying)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def claiming(data, name, size):
    """The archive with another size in the central directory."""
    entry = data.rindex(name.encode()) - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    return data[: entry + 24] + struct.pack("<I", size) + data[entry + 28 :]


def test_a_file_that_unpacks_to_fifty_times_its_size_is_no_table():
    with pytest.raises(TooLarge):
        check_archive(with_part(xlsx(HOUSES), "xl/sharedStrings.xml", b"<t>" * 4_000_000))


@pytest.mark.parametrize("far", ["XFD1048576", "XFD20000", "ZZ90000", "AA130000", "A9999999"])
def test_two_cells_in_opposite_corners_are_refused_before_the_decoder_lays_out_the_rectangle(far):
    with pytest.raises(TooLarge):
        check_archive(with_cells(corners(far)))


@pytest.mark.parametrize("far", ["XFD20", "Z119999", "AZ60000"])
def test_a_wide_or_a_long_table_is_read(far):
    check_archive(with_cells(corners(far)))


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c\nr = "XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="xfd1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1048576" t="inlineStr"><is><t>а</t></is></c></row>',
        '<row spans="1:1" r="9999999"><c><v>1</v></c></row>',
        '<row r="9999999"><c><v>1</v></c></row>',
        '<x:row r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_a_far_cell_is_found_however_it_is_written(cells):
    with pytest.raises(TooLarge):
        check_archive(with_cells(cells))


def test_a_far_cell_without_a_value_costs_nothing_and_is_let_through():
    check_archive(with_cells('<row r="1"><c r="XFD1" s="3"/><c r="A1048576" s="3"/></row>'))


def test_a_far_cell_is_found_across_the_seam_of_two_pieces(monkeypatch):
    book = with_cells(f'<row r="1">{cell("A1")}</row><row r="2">{cell("XFD1048576")}</row>')
    for piece in range(40, 80):
        monkeypatch.setattr(zipguard, "PIECE", piece)
        with pytest.raises(TooLarge):
            check_archive(book)


def test_more_parts_or_tags_than_any_table_has_are_refused(monkeypatch):
    monkeypatch.setattr(zipguard, "MAX_TAGS", 100)
    with pytest.raises(TooLarge):
        check_archive(xlsx(HOUSES))
    monkeypatch.setattr(zipguard, "MAX_TAGS", 10**6)
    monkeypatch.setattr(zipguard, "MAX_PARTS", 5)
    with pytest.raises(TooLarge):
        check_archive(xlsx(HOUSES))


def test_a_document_type_in_a_strange_sheet_is_refused():
    sheet = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(Damaged):
        check_archive(with_part(xlsx(HOUSES), SHEET, sheet))


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"just text", xlsx(HOUSES)[:-30], xlsx(HOUSES)[200:]],
    ids=["nothing", "magic only", "text", "cut off", "no beginning"],
)
def test_what_is_no_archive_is_damaged(data):
    with pytest.raises(Damaged):
        check_archive(data)


def test_an_archive_without_a_workbook_is_damaged():
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(Damaged):
        check_archive(content.getvalue())
