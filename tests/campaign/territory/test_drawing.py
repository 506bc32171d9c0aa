"""A block as it is drawn, and the four numbers found again from what stands."""

import pytest

from campaign.territory.blocks import BlockPlan
from campaign.territory.drawing import Cell, Storey, draw_building, draw_plan, name_flats
from campaign.territory.plans import plan_of
from campaign.territory.services import add_dwelling, mark_not_dwelling
from tests.factories import make_building


def test_a_plan_is_drawn_entrance_by_entrance_from_the_top_floor_down():
    first, second = draw_plan(BlockPlan(2, 2, 2, first_flat=9))

    assert (first.number, first.dwellings) == (1, 4)
    assert first.storeys == [Storey(2, [Cell("11"), Cell("12")]), Storey(1, [Cell("9"), Cell("10")])]
    assert [[cell.flat for cell in storey.cells] for storey in second.storeys] == [["15", "16"], ["13", "14"]]


@pytest.mark.django_db
def test_a_building_is_drawn_with_the_states_that_are_known():
    building = make_building(plan=BlockPlan(1, 1, 3))
    _one, two, three = building.dwellings.order_by("flat_sort")
    mark_not_dwelling(dwelling=three)
    known = {two.pk: {"state": "done", "label": "done", "url": "/doors/2/"}, three.pk: {"state": "again"}}

    (entrance,) = draw_building(building.dwellings.select_related("entrance").order_by("flat_sort"), known)

    assert entrance.dwellings == 2
    assert entrance.storeys == [Storey(1, [Cell("1"), Cell("2", "done", "done", "/doors/2/"), Cell("3", "nodw")])]
    assert [cell.sign for cell in entrance.storeys[0].cells] == ["s-none", "s-done", "s-nodw"]


@pytest.mark.usefixtures("in_english")
def test_flats_are_named_by_entrance_with_what_follows_drawn_together():
    flats = [(2, "37"), (1, "9"), (1, "10"), (1, "11"), (1, "11а"), (2, "39"), (2, "40")]

    assert name_flats(flats) == "entrance 1: 9–11, 11а; entrance 2: 37, 39–40"


NUMBERS = {"entrances": 2, "floors": 5, "flats_per_landing": 4, "first_flat": 41, "first_floor": 2}


@pytest.mark.django_db
@pytest.mark.parametrize("skip", [frozenset(), frozenset({"42", "50"})])
def test_the_numbers_of_a_block_are_found_again_from_its_flats(skip):
    building = make_building(plan=BlockPlan(**NUMBERS, skip=skip))

    assert plan_of(building) == BlockPlan(**NUMBERS, skip=skip)


@pytest.mark.django_db
def test_what_is_no_dwelling_is_among_the_skipped():
    building = make_building(plan=BlockPlan(**NUMBERS))
    mark_not_dwelling(dwelling=building.dwellings.get(flat="44"))

    assert plan_of(building) == BlockPlan(**NUMBERS, skip=frozenset({"44"}))


@pytest.mark.django_db
def test_a_block_that_four_numbers_do_not_describe_has_none():
    building = make_building(plan=BlockPlan(1, 2, 2))
    add_dwelling(entrance=building.entrances.get(), flat="2а", floor=1)

    assert plan_of(building) is None
    assert plan_of(make_building()) is None
