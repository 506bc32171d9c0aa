"""An address is found in whatever letters it is typed, and lists stand in the order of the alphabet."""

import pytest

from campaign.territory.models import Building, Street
from campaign.territory.searching import search_text, search_words, street_and_number
from campaign.territory.services import add_building, add_street

STREETS = {"Төле би көшесі": ["13/12 к2", "24а"], "ул. Абая": ["2", "10", "17А к3"], "мкр. Әйгерім": ["5"]}


@pytest.fixture
def district(db):
    for name, houses in STREETS.items():
        street = add_street(name=name)
        for house in houses:
            add_building(street=street, house=house)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("толе би", ["Төле би көшесі, 13/12 к2", "Төле би көшесі, 24а"]),
        ("Толе  би, 24A", ["Төле би көшесі, 24а"]),
        ("ул. ТӨЛЕ 13/12 к2", ["Төле би көшесі, 13/12 к2"]),
        ("абая 17ак3", ["ул. Абая, 17А к3"]),
        ("улица абая", ["ул. Абая, 2", "ул. Абая, 10", "ул. Абая, 17А к3"]),
        ("айгерим", ["мкр. Әйгерім, 5"]),
        ("аигерим", ["мкр. Әйгерім, 5"]),
        ("Tole bi 24a", ["Төле би көшесі, 24а"]),
        ("гоголя", []),
    ],
)
def test_houses_are_found_in_any_letters(district, typed, found):
    assert [str(house) for house in Building.objects.matching(typed).with_address()] == found


def test_streets_stand_in_the_kazakh_and_russian_order(district):
    assert [street.name for street in Street.objects.all()] == ["ул. Абая", "мкр. Әйгерім", "Төле би көшесі"]


def test_a_street_is_found_by_an_old_name_with_its_houses_counted_once(district):
    add_street(name="пр. Абая", aliases=["пр. Ленина", "пр. Лениногорский"])
    street = Street.objects.get(key="avenue:абая")
    add_building(street=street, house="1")

    found = Street.objects.matching("ленин").with_totals().get()

    assert (found, found.building_total, found.dwelling_total) == (street, 1, 0)


def test_the_kind_of_a_street_does_not_count_unless_nothing_else_is_typed():
    assert search_words("ул. Абая, 2") == ["абая", "2"]
    assert search_words("улица") == ["улица"]


def test_a_street_is_found_in_latin_letters(district):
    assert [str(street) for street in Street.objects.matching("tole bi")] == ["Төле би көшесі"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ул. Абая, 24а", ("абая", 24)),
        ("мкр Жайлау 5 а", ("жаилау", 5)),
        ("28 апреля 13/12 к2", ("28 апреля", 13)),
        ("28 апреля 7", ("28 апреля", 7)),
        ("24 абая", ("абая", 24)),
        ("абая", None),
        ("24", None),
        ("", None),
    ],
)
def test_the_number_of_a_house_is_told_from_its_street(typed, meant):
    assert street_and_number(typed) == meant


def test_a_house_is_stored_as_written_and_as_compared():
    assert search_text(["ул. Абая", "ул. Садовая"], "17A к3") == "ул. абая ул. садовая 17a к3 17ак3"
