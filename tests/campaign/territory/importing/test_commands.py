"""`bin/manage import_territory` and `bin/manage search_address`: what they print, line by line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaign.territory.models import Building
from tests.campaign.territory.importing.files import BLOCK, OTHER, PRIVATE, block, houses
from tests.campaign.territory.tables import xlsx
from tests.factories import make_building, make_precinct, make_street

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def printed(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "district.csv"
    path.write_bytes(houses(BLOCK, PRIVATE, block(house="")))
    return path


def test_json_is_a_line_for_each_row_and_a_last_one_with_the_sums(table):
    *rows, last = [json.loads(line) for line in printed("import_territory", str(table), "--json")]

    assert rows[0] == {
        "sheet": "", "row": 2, "status": "new", "precinct": 62, "street": "мкр. Арман", "house": "4/1",
        "entrances": 2, "floors": 5, "flats": 40, "entrance": None, "floor": None, "flat": None,
        "field": "", "message": "",
    }  # fmt: skip
    assert [(row["row"], row["status"], row["field"]) for row in rows] == [
        (2, "new", ""), (3, "new", ""), (4, "error", "house"),
    ]  # fmt: skip
    assert last == {
        "sums": {
            "rows": 3, "new": 2, "changed": 0, "same": 0, "skipped": 0, "question": 0, "error": 1,
            "precincts_added": 2, "streets_added": 2, "houses_added": 2, "dwellings_added": 41,
            "houses_not_in_file": 0, "written": True,
        }
    }  # fmt: skip


def test_a_preview_prints_the_same_rows_and_writes_nothing(table):
    preview = printed("import_territory", str(table), "--preview", "--json")
    written = Building.objects.count()

    assert written == 0
    assert preview[:-1] == printed("import_territory", str(table), "--json")[:-1]
    assert json.loads(preview[-1])["sums"]["written"] is False


def test_without_json_only_what_wants_a_look_is_printed(table):
    printed("import_territory", str(table))

    what_to_do = "Write a house number that begins with a digit, for example 12А or 13/12 к2."
    assert printed("import_territory", str(table))[:-1] == [f"row 4 · error · мкр. Арман, — · House: {what_to_do}"]


def test_the_sheet_is_named_where_there_are_sheets(tmp_path):
    path = tmp_path / "district.xlsx"
    path.write_bytes(xlsx([["Улица", "Дом", "Тип"], ["ул. Абая", "х", "частный"]]))

    first, _sums = printed("import_territory", str(path))

    assert first.startswith("Sheet1!2 · error · ул. Абая, х · House: ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. Choose one with a row of headings and at least one house."),
        (b"a;b\n1;2\n", "No columns are headed «Street», «House»."),
    ],
)
def test_a_file_that_is_no_table_of_houses_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        call_command("import_territory", str(path))

    assert str(refused.value).startswith(sentence)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv: No such file or directory"):
        call_command("import_territory", str(tmp_path / "nowhere.csv"))


def test_an_address_is_found_in_any_letters_with_its_polling_place():
    precinct = make_precinct(number=61, polling_place="школа № 16", polling_address="ул. Мира 1")
    building = make_building(make_street("Төле би көшесі"), house="24а", precinct=precinct)
    make_building(make_street("ул. Абая"), house="24а")

    (line,) = printed("search_address", "толе би 24A", "--json")

    assert json.loads(line) == {
        "id": str(building.pk), "street": "Төле би көшесі", "house": "24а", "kind": "block",
        "entrances": 0, "dwellings": 0, "precinct": 61,
        "polling_place": "школа № 16", "polling_address": "ул. Мира 1",
    }  # fmt: skip
    assert printed("search_address", "толе би") == ["Төле би көшесі, 24а · Precinct 61 · школа № 16"]
    assert printed("search_address", "гоголя", "--json") == []


def test_a_house_without_a_precinct_is_found_too():
    make_building(make_street("ул. Абая"), house="2", kind="other")

    assert printed("search_address", "абая 2") == ["ул. Абая, 2 · —"]


def test_houses_of_every_kind_are_listed_by_what_they_are(tmp_path):
    path = tmp_path / "district.csv"
    path.write_bytes(houses(BLOCK, PRIVATE, OTHER))
    printed("import_territory", str(path))

    found = [json.loads(line) for line in printed("search_address", "абая", "--json")]

    assert [(each["house"], each["kind"], each["dwellings"]) for each in found] == [
        ("1", "private", 1),
        ("2", "other", 0),
    ]
