from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.territory import rows
from campaign.territory.headings import LABELS
from campaign.territory.rows import DwellingRow, FileRefused, HouseRow, parse_row, read_rows
from tests.campaign.territory.tables import DWELLINGS, HOUSES, csv, xlsx

pytestmark = pytest.mark.usefixtures("in_english")


def read(data, name="district.xlsx"):
    sheet = read_rows(BytesIO(data), name)
    return [parse_row(raw) for raw in sheet.rows]


def test_a_table_of_houses_is_read_from_xlsx_and_csv_alike():
    from_xlsx, from_csv = read(xlsx(HOUSES)), read(csv(HOUSES), "district.csv")
    assert [row._replace(sheet="") for row in from_xlsx] == from_csv
    assert [(row.number, row.precinct, row.street.key, row.house.key, row.kind) for row in from_csv] == [
        (2, 61, "street:абая", "1", "private"),
        (3, 62, "microdistrict:арман", "4/1", "block"),
        (4, 62, "microdistrict:арман", "9", "other"),
    ]


def test_a_block_has_the_plan_of_its_four_numbers():
    block = read(xlsx(HOUSES))[1]
    assert isinstance(block, HouseRow)
    assert block.plan is not None
    assert (block.plan.total, block.plan.first_flat, block.plan.last_flat) == (40, 41, 80)


def test_a_table_of_dwellings_is_read_by_its_kazakh_headings():
    first, second = read(xlsx(DWELLINGS))
    assert isinstance(second, DwellingRow)
    assert (second.street.key, second.house.key, second.entrance, second.floor, second.flat.key) == (
        "street:толе би", "7", 1, 1, "2а",
    )  # fmt: skip
    assert first.precinct == 61


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "kz1048"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_understood_by_trying_its_delimiters(encoding, delimiter):
    assert [row.flat.key for row in read(csv(DWELLINGS, delimiter, encoding), "d.csv")] == ["1", "2а"]


def test_headings_are_told_back_with_those_that_mean_nothing():
    table = [["Жильцов", "Улица", "Дом", "Улица"], [3, "Абая", 1, "Крылова"]]
    sheet = read_rows(BytesIO(xlsx(table)), "d.xlsx")
    assert sheet.format == "xlsx"
    assert sheet.headings == {"street": "Улица", "house": "Дом"}
    assert sheet.ignored == ("Жильцов",)
    assert [raw.values for raw in sheet.rows] == [{"street": "Абая", "house": "1"}]


def test_headings_may_stand_below_a_title_and_rows_keep_their_numbers():
    table = [["Округ № 5"], [], ["Улица", "Дом", "Тип"], [], ["Абая", 1, "частный"]]
    sheet = read_rows(BytesIO(xlsx(table)), "d.xlsx")
    assert [raw.number for raw in sheet.rows] == [5]


def test_each_sheet_of_a_workbook_is_read_and_one_without_headings_is_named():
    sheet = read_rows(BytesIO(xlsx(HOUSES, [["заметки"]], HOUSES)), "d.xlsx")
    assert sheet.skipped == ("Sheet2",)
    assert [(raw.sheet, raw.number) for raw in sheet.rows] == [
        ("Sheet1", 2), ("Sheet1", 3), ("Sheet1", 4), ("Sheet3", 2), ("Sheet3", 3), ("Sheet3", 4),
    ]  # fmt: skip


def test_the_first_filled_of_two_columns_of_one_meaning_counts():
    table = [["Улица", "Микрорайон", "Дом"], [None, "Талас", 1], ["ул. Абая", "Талас", 2]]
    table[0].append("Тип")
    table = [table[0], *[[*row, "частный"] for row in table[1:]]]
    assert [row.street.key for row in read(xlsx(table))] == ["microdistrict:талас", "street:абая"]


@pytest.mark.parametrize(
    ("table", "missing"),
    [
        ([["Участок", "Улица"], [61, "Абая"]], "No column is headed «House»"),
        ([["Участок", "Дом"], [61, 1]], "No column is headed «Street»"),
        ([[61, "Абая", 1]], "No columns are headed «Street», «House»"),
    ],
)
def test_a_table_without_needed_headings_is_refused_and_they_are_named(table, missing):
    for data, name in ((xlsx(table), "d.xlsx"), (csv(table), "d.csv")):
        with pytest.raises(FileRefused, match=f"{missing}.*at least «Street», «House»"):
            read_rows(BytesIO(data), name)


def test_a_table_of_headings_alone_is_refused():
    for data, name in ((xlsx(HOUSES[:1]), "d.xlsx"), (csv(HOUSES[:1]), "d.csv")):
        with pytest.raises(FileRefused, match="headings but no rows"):
            read_rows(BytesIO(data), name)


def test_more_rows_than_a_district_has_are_refused(monkeypatch):
    monkeypatch.setattr(rows, "MAX_ROWS", 2)
    with pytest.raises(FileRefused, match="more than 2 rows"):
        read(csv(HOUSES), "d.csv")


CELLS = st.text(st.characters(exclude_characters="\r\n;\"'\x00", exclude_categories=["Cs"]), max_size=12)
COLUMNS = ["Улица", "Дом", "Мкр", "Участок", "Тип", "Подъезд", "Этаж", "Квартира", "Этажей", "Широта", "Долгота"]
FIELDS = {*LABELS} - {"first_flat", "note"}


@given(st.lists(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=8))
def test_whatever_stands_in_the_cells_every_row_is_read_or_explained(table):
    data = csv([COLUMNS, ["Абая", "1"], *table])
    for parsed in read(data, "d.csv"):
        if not isinstance(parsed, HouseRow | DwellingRow):
            assert {error.field for error in parsed} <= FIELDS
            assert all(str(error.message) for error in parsed)
