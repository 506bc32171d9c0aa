import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.territory.addresses import (
    AddressError,
    FlatNumber,
    HouseNumber,
    StreetKind,
    StreetName,
    flat_list,
)

pytestmark = pytest.mark.usefixtures("in_english")

# --- streets


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("ул. Толе би", StreetKind.STREET, "Толе би"),
        ("ул.Абая", StreetKind.STREET, "Абая"),
        ("улица Академика Королёва", StreetKind.STREET, "Академика Королёва"),
        ("Анненская улица", StreetKind.STREET, "Анненская"),
        ("Абай көшесі", StreetKind.STREET, "Абай"),
        ("Абая", StreetKind.STREET, "Абая"),
        ("мкр. «Талас»", StreetKind.MICRODISTRICT, "Талас"),
        ("микрорайона «Жайлау»", StreetKind.MICRODISTRICT, "Жайлау"),
        ("Жайлау м-н", StreetKind.MICRODISTRICT, "Жайлау"),
        ("Талас ықшам ауданы", StreetKind.MICRODISTRICT, "Талас"),
        ("Талас мөлтек ауданы", StreetKind.MICRODISTRICT, "Талас"),
        ("«Арай» шағын ауданы", StreetKind.MICRODISTRICT, "Арай"),
        ("ш/а Арай", StreetKind.MICRODISTRICT, "Арай"),
        ("пр. Абая", StreetKind.AVENUE, "Абая"),
        ("Абай даңғылы", StreetKind.AVENUE, "Абай"),
        ("переулок Добролюбова", StreetKind.LANE, "Добролюбова"),
        ("Абай тұйық көшесі", StreetKind.LANE, "Абай"),
        ("2-й пер. Абая", StreetKind.LANE, "2-й Абая"),
        ("14-й проезд Марьиной Рощи", StreetKind.PASSAGE, "14-й Марьиной Рощи"),
        ("Звёздный бульвар", StreetKind.BOULEVARD, "Звёздный"),
        ("Старомарьинское шоссе", StreetKind.HIGHWAY, "Старомарьинское"),
        ("ул. М.Х.Дулати", StreetKind.STREET, "М.Х.Дулати"),
        ("Элеваторная-2", StreetKind.STREET, "Элеваторная-2"),
        ("Abay avenue", StreetKind.AVENUE, "Abay"),
        ("улица", StreetKind.STREET, "улица"),
    ],
)
def test_a_street_has_a_kind_and_a_name(written, kind, name):
    street = StreetName.parse(written)
    assert (street.kind, street.name) == (kind, name)
    assert street.written == written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ул. Абая", "улица Абая"),
        ("ул. Абая", "  УЛ.  абая,"),
        ("ул. Толе би", "Төле би көшесі"),
        ("мкр. Талас", "Талас ықшам ауданы"),
        ("ул. М.Х.Дулати", "М. Х. Дулати көшесі"),
        ("ул. Королёва", "ул. Королева"),
        ("ул. Aбая", "ул. Абая"),
    ],
)
def test_two_writings_of_one_street_share_a_key(one, other):
    assert StreetName.parse(one).key == StreetName.parse(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ул. Ташкент", "ул. Ташкентская"),
        ("ул. Абая", "пр. Абая"),
        ("ул. Талас", "мкр. Талас"),
        ("ул. Элеваторная", "ул. Элеваторная-2"),
        ("1-й пер. Абая", "2-й пер. Абая"),
    ],
)
def test_different_streets_have_different_keys(one, other):
    assert StreetName.parse(one).key != StreetName.parse(other).key


def test_streets_sort_by_name_whatever_their_kind():
    written = ["улица Яблочкова", "мкр. Жайлау", "10-я линия", "Қаратау көшесі", "пер. Крылова", "2-я линия"]
    assert sorted(written, key=lambda text: StreetName.parse(text).sort_key) == [
        "2-я линия", "10-я линия", "мкр. Жайлау", "пер. Крылова", "Қаратау көшесі", "улица Яблочкова",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "  ", "—", "«»"])
def test_a_street_without_a_name_is_refused(text):
    with pytest.raises(AddressError):
        StreetName.parse(text)


def test_a_street_longer_than_any_is_refused():
    with pytest.raises(AddressError, match="100"):
        StreetName.parse("ул. " + "а" * 120)


@given(st.text(max_size=60))
def test_parsing_what_was_written_gives_the_same_street(text):
    try:
        street = StreetName.parse(text)
    except AddressError:
        return
    assert StreetName.parse(street.written) == street
    assert StreetName.parse(street.written).key == street.key


# --- houses

IN_ORDER = [
    "1", "1 с1", "1 с17", "1/2", "1 «А»", "1АБ", "2к1", "4", "4/1", "4А", "5", "5А", "5А с1", "5А с8",
    "9", "10", "10 к1", "10/16 c1", "12А", "12А с1", "13/12 к2", "14-1", "17", "17 к1", "17/1", "17А",
    "17А к3", "24a/1", "25 к1 с2", "25 к2 с1", "86Б с2", "86Б с11", "100",
]  # fmt: skip


def test_house_numbers_sort_as_one_walks_past_them():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=lambda text: HouseNumber.parse(text).sort_key.encode()) == IN_ORDER


def test_different_houses_have_different_keys():
    assert len({HouseNumber.parse(text).key for text in IN_ORDER}) == len(IN_ORDER)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("1 «А»", "1а"),
        ('1"А"', "1а"),
        ("1-А", "1а"),
        ("1 а", "1а"),
        ("24a/1", "24а/1"),
        ("10/16 c1", "10/16с1"),
        ("13/12 к2", "13/12к2"),
        ("13/12К2", "13/12к2"),
        ("17А корп. 3", "17ак3"),
        ("20 стр5", "20с5"),
        ("5а стр.8", "5ас8"),
        ("д. 1, к. 1", "1к1"),
        ("дом № 5/1", "5/1"),
        ("12 литера Б", "12б"),
        ("21А кА", "21ака"),
        ("14-1", "14-1"),
        ("007", "7"),
        ("вл.4", "вл4"),
        ("в27А", "вл27а"),
        ("12C", "12с"),
        ("15Д", "15д"),
    ],
)
def test_a_house_number_has_one_key_whatever_its_spelling(written, key):
    house = HouseNumber.parse(written)
    assert house.key == key
    assert house.written == written


@pytest.mark.parametrize("text", ["", "б/н", "школа", "—", "/1", "№"])
def test_a_house_without_a_number_is_refused(text):
    with pytest.raises(AddressError, match="12А"):
        HouseNumber.parse(text)


def test_a_flat_written_into_the_house_is_sent_to_its_own_column():
    with pytest.raises(AddressError, match="column of its own"):
        HouseNumber.parse("д. 12 кв. 5")


def test_a_house_number_longer_than_any_is_refused():
    with pytest.raises(AddressError, match="30"):
        HouseNumber.parse("1" * 31)


@pytest.mark.parametrize(("written", "number"), [("13/12 к2", 13), ("24a/1", 24), ("вл.4", 4)])
def test_a_house_knows_the_number_that_tells_its_side(written, number):
    assert HouseNumber.parse(written).number == number


@given(st.from_regex(r"[1-9][0-9]{0,3}[А-Яа-яA-Za-z]?(/[0-9]{1,3})?( ?[кс][0-9]{1,2})?", fullmatch=True))
def test_a_key_is_the_same_house_again(text):
    key = HouseNumber.parse(text).key
    assert HouseNumber.parse(key).key == key
    assert HouseNumber.parse(f" {text.upper()} ").key == key


def test_keys_fit_the_columns_they_are_kept_in():
    strange = HouseNumber.parse("1ү" * 15)
    assert len(strange.sort_key) == 80
    assert len(StreetName.parse("мкр. " + "1ү" * 47).key) <= 120
    assert len(FlatNumber.parse("1ү1ү1ү1ү").sort_key) <= 40


# --- flats


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("12", "12"),
        ("кв. 12", "12"),
        ("кв.12А", "12а"),
        ("№ 7", "7"),
        ("012", "12"),
        ("12a", "12а"),
        ("12/1", "12/1"),
    ],
)
def test_a_flat_has_one_key_whatever_its_spelling(written, key):
    assert FlatNumber.parse(written).key == key


def test_flats_sort_as_numbers():
    assert sorted(["10", "9", "12а", "12", "100"], key=lambda flat: FlatNumber.parse(flat).sort_key) == [
        "9", "10", "12", "12а", "100",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "кв.", "нет", "1; 2", "1" * 9])
def test_what_names_no_flat_is_refused(text):
    with pytest.raises(AddressError):
        FlatNumber.parse(text)


def test_a_list_of_flats_names_each_once():
    assert flat_list("1–4, кв. 7; 3, 25А") == ("1", "2", "3", "4", "7", "25а")
    assert flat_list("кв. 5-6") == ("5", "6")
    assert flat_list(" ") == ()


def test_a_list_of_flats_backwards_or_endless_is_refused():
    with pytest.raises(AddressError, match="smaller flat first"):
        flat_list("20-1")
    with pytest.raises(AddressError, match="2000"):
        flat_list("1-900000")
    with pytest.raises(AddressError, match="at most 3"):
        flat_list("1, 2, 3, 4", limit=3)
