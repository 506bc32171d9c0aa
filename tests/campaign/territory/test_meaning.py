import pytest

from campaign.territory.cells import HouseKind
from campaign.territory.meaning import DwellingRow, HouseRow, RawRow, RowError, parse_row

pytestmark = pytest.mark.usefixtures("in_english")

HOUSE = {"precinct": "61", "street": "ул. Абая", "house": "5"}
BLOCK = HOUSE | {"kind": "многоквартирный", "entrances": "2", "floors": "5", "flats_per_landing": "3"}
FLAT = HOUSE | {"entrance": "1", "floor": "2", "flat": "7"}


def parse(values):
    return parse_row(RawRow("Лист1", 12, values))


def fields_in_error(values):
    parsed = parse(values)
    assert not isinstance(parsed, HouseRow | DwellingRow), parsed
    return [error.field for error in parsed]


def message_at(values, field):
    return next(str(error.message) for error in parse(values) if error.field == field)


# --- houses


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("многоквартирный", HouseKind.BLOCK),
        ("Многоквартирный  дом", HouseKind.BLOCK),
        ("МКД", HouseKind.BLOCK),
        ("көппәтерлі үй", HouseKind.BLOCK),
        ("block", HouseKind.BLOCK),
        ("частный", HouseKind.PRIVATE),
        ("Жеке үй", HouseKind.PRIVATE),
        ("private house", HouseKind.PRIVATE),
        ("другое", HouseKind.OTHER),
        ("нежилое", HouseKind.OTHER),
        ("басқа", HouseKind.OTHER),
    ],
)
def test_the_kind_of_a_house_is_understood_in_three_languages(written, kind):
    assert parse(HOUSE | {"kind": written}).kind is kind


def test_four_numbers_make_a_block_without_a_word():
    row = parse(HOUSE | {"entrances": "2", "floors": "5", "flats_per_landing": "3"})
    assert (row.kind, row.plan.total, row.plan.first_flat) == (HouseKind.BLOCK, 30, 1)


def test_a_block_without_numbers_is_one_that_nobody_has_described_yet():
    row = parse(HOUSE | {"kind": "многоквартирный"})
    assert (row.kind, row.plan) == (HouseKind.BLOCK, None)


def test_a_house_of_which_nothing_is_said_must_say_its_kind():
    assert message_at(HOUSE, "kind") == "Write the kind of the house: block, private or other."


def test_a_kind_that_is_unknown_is_asked_for_again():
    assert fields_in_error(HOUSE | {"kind": "дворец"}) == ["kind"]


def test_a_block_half_described_says_which_numbers_lack():
    values = HOUSE | {"entrances": "2"}
    assert fields_in_error(values) == ["floors", "flats_per_landing"]
    assert message_at(values, "floors") == "Write how many floors the block has: from 1 to 40."


@pytest.mark.parametrize(("field", "text"), [("entrances", "31"), ("floors", "0"), ("first_flat", "сорок")])
def test_a_number_outside_its_limits_is_an_error_of_its_own_cell(field, text):
    assert fields_in_error(BLOCK | {field: text}) == [field]


def test_numbers_too_large_together_are_an_error():
    values = BLOCK | {"entrances": "30", "floors": "40", "flats_per_landing": "30"}
    assert fields_in_error(values) == ["entrances"]
    assert "36000" in message_at(values, "entrances")


def test_flats_of_a_private_house_are_questioned_but_its_storeys_are_not():
    assert fields_in_error(HOUSE | {"kind": "частный", "entrances": "2"}) == ["entrances"]
    assert parse(HOUSE | {"kind": "частный", "entrances": "1", "floors": "2"}).plan is None


def test_every_error_of_a_row_is_told_at_once_with_its_place():
    errors = parse({"precinct": "шесть", "street": "", "house": "б/н", "kind": "замок"})
    assert [error.field for error in errors] == ["precinct", "street", "house", "kind"]
    assert all((error.sheet, error.number) == ("Лист1", 12) and isinstance(error, RowError) for error in errors)


@pytest.mark.parametrize(("written", "number"), [("61", 61), ("№ 61", 61), ("УИК 61", 61), ("", None)])
def test_a_precinct_is_its_number(written, number):
    assert parse(BLOCK | {"precinct": written}).precinct == number


@pytest.mark.parametrize("written", ["61, 62", "0", "центр", "100000", "9" * 5000])
def test_a_precinct_without_one_number_is_refused(written):
    assert fields_in_error(BLOCK | {"precinct": written}) == ["precinct"]


@pytest.mark.parametrize(
    "written", ["2026-01-04", "04.01.2026", "04.янв", "4-Jan", "янв.04", "04.қаң", "2026-01-04 00:00:00", "10:30"]
)
def test_a_house_number_that_became_a_date_is_explained(written):
    assert "took this number for a date" in message_at(BLOCK | {"house": written}, "house")


@pytest.mark.parametrize("written", ["4/1", "14-1", "12 к2", "5 м", "4.1А"])
def test_a_house_number_that_is_none_is_not_taken_for_a_date(written):
    assert parse(BLOCK | {"house": written}).house.written == written


def test_a_street_that_lost_its_kazakh_letters_is_explained():
    assert "Letters of this street were lost" in message_at(BLOCK | {"street": "Т?ле би"}, "street")


@pytest.mark.parametrize(("written", "key"), [("Талас", "microdistrict:талас"), ("ул. Абая", "street:абая")])
def test_a_column_of_microdistricts_needs_no_word_for_them(written, key):
    values = {name: text for name, text in BLOCK.items() if name != "street"}
    assert parse(values | {"microdistrict": written}).street.key == key


@pytest.mark.parametrize("written", ["—", "а" * 121, "Т?лас"])
def test_a_microdistrict_that_names_nothing_is_an_error_of_the_street(written):
    values = {name: text for name, text in BLOCK.items() if name != "street"}
    assert fields_in_error(values | {"microdistrict": written}) == ["street"]


def test_a_point_is_read_with_a_point_or_a_comma():
    row = parse(BLOCK | {"lat": "42,9012", "lon": "71.3655"})
    assert (row.lat, row.lon) == (42.9012, 71.3655)


@pytest.mark.parametrize(
    ("point", "field"),
    [
        ({"lat": "42.9"}, "lon"),
        ({"lon": "71.3"}, "lat"),
        ({"lat": "142", "lon": "71"}, "lat"),
        ({"lat": "42", "lon": "восток"}, "lon"),
        ({"lat": "nan", "lon": "71"}, "lat"),
    ],
)
def test_half_a_point_or_one_off_the_globe_is_refused(point, field):
    assert fields_in_error(BLOCK | point) == [field]


def test_a_note_longer_than_is_kept_is_refused():
    assert parse(BLOCK | {"note": "а" * 300}).note == "а" * 300
    assert fields_in_error(BLOCK | {"note": "а" * 301}) == ["note"]


# --- dwellings


def test_a_row_with_a_flat_is_a_dwelling():
    row = parse(FLAT | {"flat": "кв. 7А", "note": "домофон"})
    assert isinstance(row, DwellingRow)
    assert (row.entrance, row.floor, row.flat.key, row.note) == (1, 2, "7а", "домофон")


@pytest.mark.parametrize(("field", "text"), [("entrance", ""), ("entrance", "31"), ("floor", "-1"), ("floor", "41")])
def test_a_dwelling_needs_its_entrance_and_floor(field, text):
    assert fields_in_error(FLAT | {field: text}) == [field]


@pytest.mark.parametrize("flat", ["нет", "05.май", "№"])
def test_a_flat_without_a_number_is_refused(flat):
    assert fields_in_error(FLAT | {"flat": flat}) == ["flat"]


def test_a_private_house_in_a_list_of_dwellings_is_a_house():
    row = parse(HOUSE | {"kind": "частный", "entrance": "1", "flat": "1"})
    assert isinstance(row, HouseRow)
    assert row.kind is HouseKind.PRIVATE


def test_a_second_flat_of_a_private_house_is_questioned():
    assert fields_in_error(HOUSE | {"kind": "частный", "flat": "2"}) == ["flat"]


def test_a_wrong_row_does_not_spoil_the_next_one_of_the_same_house():
    assert fields_in_error(FLAT | {"floor": "?"}) == ["floor"]
    assert isinstance(parse(FLAT), DwellingRow)
