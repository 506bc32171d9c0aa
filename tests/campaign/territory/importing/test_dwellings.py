"""Importing a table with one row a dwelling."""

import pytest

from campaign.territory.blocks import dwelling_id
from campaign.territory.models import Building, Dwelling
from campaign.territory.services import mark_not_dwelling
from tests.campaign.territory.importing.files import apply, block, flats, houses, statuses, told
from tests.campaign.territory.tables import csv
from tests.factories import make_precinct

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def flat(entrance, floor, number, precinct=62, house="7"):
    return [precinct, "мкр. Арман", house, entrance, floor, number]


THREE = (flat(1, 1, "1"), flat(1, 1, "1а"), flat(2, 3, "2"))


def counted():
    return [*Building.objects.values_list("house", "entrance_count", "dwelling_count")]


def test_a_house_is_made_of_its_flats():
    plan = apply(flats(*THREE))

    building = Building.objects.with_address().get()
    assert statuses(plan) == ["new", "new", "new"]
    assert (building.kind, building.precinct.number, counted()) == ("block", 62, [("7", 2, 3)])
    assert [*Dwelling.objects.order_by("flat_sort").values_list("pk", "entrance__number", "floor", "flat")] == [
        (dwelling_id(building.pk, 1, "1"), 1, 1, "1"),
        (dwelling_id(building.pk, 1, "1а"), 1, 1, "1а"),
        (dwelling_id(building.pk, 2, "2"), 2, 3, "2"),
    ]


def test_the_same_flats_twice_change_nothing():
    apply(flats(*THREE))

    plan = apply(flats(*THREE))

    assert (statuses(plan), plan.changes) == (["same", "same", "same"], [])


def test_a_flat_that_is_new_is_added_to_those_that_stand():
    apply(flats(*THREE))

    plan = apply(flats(*THREE, flat(2, 4, "3")))

    assert statuses(plan) == ["same", "same", "same", "new"]
    assert counted() == [("7", 2, 4)]


def test_a_flat_that_the_file_lacks_is_a_question_at_a_row_that_has_nothing_else_to_tell():
    apply(flats(*THREE))

    plan = apply(flats(flat(2, 4, "3"), *THREE[:2]))

    assert [told(line) for line in plan.lines] == [
        (2, "new", "", ""),
        (3, "question", "flat",
         "Flats that the file lacks: 1 (entrance 2: 2). They stay. If they are gone, describe the house anew."),
        (4, "same", "", ""),
    ]  # fmt: skip
    assert counted() == [("7", 2, 4)]


def test_a_question_about_missing_flats_keeps_no_row_from_being_written():
    apply(flats(*THREE))

    first, again = (apply(flats(flat(1, 2, "9"))) for _time in range(2))

    assert (statuses(first), first.sums()["dwellings_added"]) == (["question"], 1)
    assert (statuses(again), again.sums()["dwellings_added"]) == (["question"], 0)
    assert counted() == [("7", 2, 4)]


def test_a_flat_on_another_floor_is_moved():
    apply(flats(*THREE))

    plan = apply(flats(*THREE[:2], flat(2, 5, "2")))

    assert told(plan.lines[2]) == (4, "changed", "floor", "Floor: 3 → 5.")
    assert Dwelling.objects.get(flat="2").floor == 5


def test_a_flat_that_stands_in_another_entrance_is_left_there():
    apply(flats(*THREE))

    plan = apply(flats(*THREE[:2], flat(1, 3, "2")))

    assert told(plan.lines[2]) == (
        4, "question", "entrance",
        "This flat stands in entrance 2. It is left there: correct the file, or the house.",
    )  # fmt: skip
    assert statuses(plan) == ["same", "same", "question"]
    assert counted() == [("7", 2, 3)]


def test_a_flat_repeated_in_the_file_is_passed_over():
    plan = apply(flats(*THREE, flat(1, 1, "кв. 01")))

    assert told(plan.lines[3]) == (5, "skipped", "flat", "The same flat as in row 2.")
    assert counted() == [("7", 2, 3)]


def test_a_flat_found_to_be_no_dwelling_is_a_question_and_stays_so():
    apply(flats(*THREE))
    mark_not_dwelling(dwelling=Dwelling.objects.get(flat="2"))

    plan = apply(flats(*THREE))

    assert told(plan.lines[2])[1:3] == ("question", "flat")
    assert counted() == [("7", 1, 2)]


def test_a_row_that_puts_the_house_into_another_precinct_is_asked_about():
    plan = apply(flats(THREE[0], flat(1, 1, "5", precinct=63), THREE[2]))

    assert told(plan.lines[1]) == (
        3, "question", "precinct", "Row 2 puts this house into precinct 62. Leave one precinct in the file.",
    )  # fmt: skip
    assert counted() == [("7", 2, 2)]


def test_another_precinct_for_the_whole_house_is_told_once():
    apply(flats(*THREE))
    make_precinct(number=63)

    plan = apply(flats(*(flat(*row[3:], precinct=63) for row in THREE)))

    assert [told(line) for line in plan.lines] == [
        (2, "changed", "precinct", "Precinct: 62 → 63."), (3, "same", "", ""), (4, "same", "", ""),
    ]  # fmt: skip
    assert Building.objects.with_address().get().precinct.number == 63


def test_flats_of_a_precinct_that_is_not_in_the_list_are_asked_about_and_stay_where_they_are():
    apply(flats(*THREE))

    plan = apply(flats(*THREE[:2], flat(*THREE[2][3:], precinct=99)))

    assert statuses(plan) == ["same", "same", "question"]
    assert Building.objects.with_address().get().precinct.number == 62
    assert Dwelling.objects.lived_in().count() == 3


def test_flats_of_what_is_no_block_are_asked_about():
    apply(houses([62, "мкр. Арман", "7", "частный", None, None, None, None, None]))

    plan = apply(flats(THREE[0]))

    assert told(plan.lines[0]) == (
        2, "question", "flat", "This is no apartment block. If it has flats, change its kind first.",
    )  # fmt: skip
    assert counted() == [("7", 1, 1)]


def test_flats_may_follow_the_row_of_their_house():
    head = ["Улица", "Дом", "Тип", "Подъездов", "Этажей", "Квартир на площадке", "Подъезд", "Этаж", "Квартира"]
    rows = [
        ["мкр. Арман", "7", "многоквартирный", 1, 2, 2, None, None, None],
        ["мкр. Арман", "7", None, None, None, None, 1, 1, "1"],
        ["мкр. Арман", "7", None, None, None, None, 1, 2, "4а"],
    ]

    plan = apply(csv([head, *rows]))

    assert statuses(plan) == ["new", "skipped", "new"]
    assert counted() == [("7", 1, 5)]
    assert statuses(apply(csv([head, *rows]))) == ["same", "skipped", "same"]


def test_a_described_block_takes_exceptions_from_a_list_of_its_flats():
    apply(houses(block(entrances=1, floors=1, landing=2, first=1, house="7")))

    plan = apply(flats(flat(1, 1, "1"), flat(1, 1, "2"), flat(1, 1, "2а")))

    assert statuses(plan) == ["same", "same", "new"]
    assert counted() == [("7", 1, 3)]
