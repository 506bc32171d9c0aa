"""Files for a spreadsheet: nothing in them runs, and what went out comes back."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from campaign.export import csv_response, defused, restored, write_xlsx

DANGEROUS = ["=1+1", "+7 701 123 45 67", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']


def read_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def read_xlsx(head, rows):
    file = BytesIO()
    write_xlsx(file, head, rows)
    return CalamineWorkbook.from_filelike(BytesIO(file.getvalue())).get_sheet_by_index(0).to_python(), file.getvalue()


@pytest.mark.parametrize("cell", DANGEROUS)
def test_cell_of_a_csv_that_looks_like_a_formula_gets_an_apostrophe(cell):
    _head, row = read_csv(csv_response("people", ["name"], [[cell]]))

    assert row == [f"'{cell}"]
    assert restored(row[0]) == cell


@pytest.mark.parametrize("cell", ["Әсел", "12", "'quoted'", "", "7=7"])
def test_harmless_cell_goes_out_and_comes_back_as_it_is(cell):
    assert defused(cell) == restored(cell) == cell


@pytest.mark.parametrize("cell", DANGEROUS)
def test_cell_of_a_workbook_that_looks_like_a_formula_is_text_unchanged(cell):
    rows, file = read_xlsx(["name"], [[cell]])

    assert rows[1] == [cell]
    assert b"<f>" not in file


def test_csv_is_opened_by_excel_with_kazakh_letters_whole():
    response = csv_response("streets", ["Көше"], [["Қабанбай батыр"]])

    assert b"".join(response.streaming_content).startswith("\ufeffКөше".encode())
    assert response["Content-Disposition"] == 'attachment; filename="streets.csv"'


def test_numbers_and_days_stay_numbers_and_days_in_a_workbook():
    at = datetime(2026, 3, 8, 18, 42, tzinfo=UTC)

    rows, _file = read_xlsx(["n", "day", "at"], [[4600, date(2026, 3, 8), at]])

    assert rows[1] == [4600, date(2026, 3, 8), at.replace(tzinfo=None)]


def test_moments_are_written_in_the_campaigns_time_zone():
    with timezone.override("Asia/Almaty"):
        rows = read_csv(csv_response("visits", ["at"], [[datetime(2026, 3, 8, 20, 30, tzinfo=UTC)]]))

    assert rows[1] == ["2026-03-09 01:30"]


def test_nothing_is_an_empty_cell_in_both():
    assert read_csv(csv_response("x", ["a", "b"], [[None, 1]]))[1] == ["", "1"]
    assert read_xlsx(["a", "b"], [[None, 1]])[0][1] == ["", 1]
