import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from campaign.territory.blocks import BlockPlan
from outreach.canvassing.models import Turf
from outreach.canvassing.services import CannotHandOut, addresses_of, change_turf, make_turf
from tests import factories

pytestmark = pytest.mark.django_db

NEW = reverse("canvassing:turf-new")
PLAN = BlockPlan(entrances=3, floors=2, flats_per_landing=2)


def block(street: str = "Төле би көшесі", **fields: Any) -> Any:
    return factories.make_building(factories.make_street(street), plan=PLAN, **fields)


def test_turfs_of_a_round_are_numbered_on() -> None:
    round, other = factories.make_round(), factories.make_round()
    entrances = list(block().entrances.all())

    numbers = [make_turf(round=each, entrances=entrances).number for each in (round, round, other)]

    assert numbers == [1, 2, 1]


def test_a_turf_without_a_name_is_called_by_its_addresses() -> None:
    street = factories.make_street("Төле би көшесі")
    first, second = (factories.make_building(street, plan=PLAN, house=house) for house in ("13/12", "9"))

    turf = make_turf(round=factories.make_round(), entrances=[*first.entrances.all(), *second.entrances.all()])

    assert turf.name == "Төле би көшесі, 9, 13/12"


def test_an_address_too_long_for_a_name_is_cut_at_a_comma() -> None:
    street = factories.make_street("Бауыржан Момышұлы даңғылы")
    houses = [factories.make_building(street, house=str(number)) for number in range(100, 150)]

    name = addresses_of([], houses)

    assert len(name) <= 120
    assert name.startswith("Бауыржан Момышұлы даңғылы, 100, 101")
    assert name.endswith("…")


def test_a_turf_needs_an_entrance_or_a_block() -> None:
    with pytest.raises(CannotHandOut):
        make_turf(round=factories.make_round(), entrances=[])

    assert not Turf.objects.exists()


def test_changing_a_turf_replaces_what_it_holds() -> None:
    first, second, third = block().entrances.all()
    turf = make_turf(round=factories.make_round(), entrances=[first, second], name="Двор")

    change_turf(turf=turf, entrances=[third], name="Двор")

    assert list(turf.entrances.all()) == [third]


def test_the_page_finds_houses_whatever_kazakh_letters_are_typed(coordinator: Any) -> None:
    factories.make_round()
    found, other = block(house="13/12"), block("Абая", house="2")

    page = coordinator.post(NEW, {"q": "толе би 13", "search": "1"})

    assert page.status_code == 200
    assert [house.building for house in page.context["ground"].offered] == [found]
    assert str(other.entrances.first().pk) not in page.text


def test_what_is_chosen_stays_while_another_house_is_looked_for(coordinator: Any) -> None:
    factories.make_round()
    chosen, looked_for = block().entrances.first(), block("Абая")

    page = coordinator.post(NEW, {"q": "абая", "search": "1", "entrances": [str(chosen.pk)]})

    ground = page.context["ground"]
    assert [house.building for house in ground.chosen] == [chosen.building]
    assert [house.building for house in ground.offered] == [looked_for]
    assert (ground.entrance_count, ground.flat_count) == (1, 4)
    assert re.findall(r"data-count>(\d+)</b>.*data-sum>(\d+)<", page.text) == [("1", "4")] * 2
    assert not Turf.objects.exists()


def test_searching_with_nothing_chosen_is_no_error(coordinator: Any) -> None:
    factories.make_round()

    page = coordinator.post(NEW, {"q": "абая", "search": "1"})

    assert (page.status_code, page.context["form"].errors) == (200, {})


def test_houses_can_be_listed_by_precinct(coordinator: Any) -> None:
    factories.make_round()
    precinct = factories.make_precinct()
    mine, _other = block(precinct=precinct), block("Абая", precinct=factories.make_precinct())

    page = coordinator.post(NEW, {"precinct": str(precinct.pk), "search": "1"})

    assert [house.building for house in page.context["ground"].offered] == [mine]


def test_chosen_entrances_and_an_undescribed_block_become_a_turf(coordinator: Any) -> None:
    round = factories.make_round()
    entrance, undescribed = block().entrances.first(), factories.make_building()

    answer = coordinator.post(NEW, {"entrances": [str(entrance.pk)], "buildings": [str(undescribed.pk)]})

    turf = Turf.objects.get()
    assert answer.url == turf.get_absolute_url()
    assert turf.round == round
    assert (list(turf.entrances.all()), list(turf.buildings.all())) == ([entrance], [undescribed])


def test_a_described_block_is_taken_by_its_entrances_only(coordinator: Any) -> None:
    factories.make_round()
    described = block()

    answer = coordinator.post(NEW, {"buildings": [str(described.pk)]})

    assert answer.status_code == 422
    assert not Turf.objects.exists()


@pytest.mark.parametrize("entrances", [[], [str(uuid4())], ["not-an-id"]])
def test_nothing_or_unknown_entrances_make_no_turf(coordinator: Any, entrances: list[str]) -> None:
    factories.make_round()

    answer = coordinator.post(NEW, {"entrances": entrances})

    assert answer.status_code == 422
    assert not Turf.objects.exists()


def test_an_entrance_of_another_turf_says_so(coordinator: Any) -> None:
    round = factories.make_round()
    house = block()
    turf = factories.make_turf(round, entrances=house.entrances.all()[:1])

    page = coordinator.post(NEW, {"q": "толе", "search": "1"})

    (offered,) = page.context["ground"].offered
    assert [each.held_by for each in offered.entrances] == [turf, None, None]


def test_editing_shows_what_the_turf_holds_and_not_itself_as_its_holder(coordinator: Any) -> None:
    house = block()
    turf = factories.make_turf(entrances=house.entrances.all()[:2])

    ground = coordinator.get(reverse("canvassing:turf-edit", args=[turf.pk])).context["ground"]

    (shown,) = ground.chosen
    assert [(each.chosen, each.held_by) for each in shown.entrances] == [(True, None), (True, None), (False, None)]


def test_a_block_described_after_it_was_given_opens_with_all_entrances_chosen(coordinator: Any) -> None:
    house = block()
    turf = factories.make_turf(buildings=[house])

    ground = coordinator.get(reverse("canvassing:turf-edit", args=[turf.pk])).context["ground"]

    assert ground.entrance_count == 3


def test_without_a_round_a_turf_leads_to_planning_one(coordinator: Any) -> None:
    assert coordinator.get(NEW).url == reverse("canvassing:round-new")
    page = coordinator.get(reverse("canvassing:turf-list")).text
    assert page.count("btn main") == 1
    assert reverse("canvassing:round-new") in page


def test_the_list_finds_turfs_by_address_person_and_number(coordinator: Any) -> None:
    round = factories.make_round()
    mine = factories.make_turf(round, number=41, entrances=block().entrances.all()[:1])
    factories.make_turf(round, number=42, entrances=block("Абая").entrances.all()[:1])
    factories.make_assignment(mine, factories.make_person(family_name="Қуанышев"))

    for text in ("төле би", "куанышев", "41"):
        page = coordinator.get(reverse("canvassing:turf-list"), {"q": text})
        assert [row.turf for row in page.context["list"].page.object_list] == [mine]


def test_the_list_can_be_narrowed_to_turfs_that_nobody_has(coordinator: Any) -> None:
    round = factories.make_round()
    free, given = factories.make_turf(round), factories.make_turf(round)
    factories.make_assignment(given)

    def shown(which: str) -> list[Turf]:
        page = coordinator.get(reverse("canvassing:turf-list"), {"given": which})
        return [row.turf for row in page.context["list"].page.object_list]

    assert shown("free") == [free]
    assert shown("out") == [given]


def test_the_list_costs_the_same_queries_at_1_and_30_rows(
    coordinator: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    round = factories.make_round()
    address = reverse("canvassing:turf-list")
    entrances = list(block().entrances.all())
    factories.make_assignment(factories.make_turf(round, entrances=entrances))
    with django_assert_max_num_queries(16) as first:
        coordinator.get(address)
    for _ in range(29):
        factories.make_assignment(factories.make_turf(round, entrances=entrances))

    with django_assert_num_queries(len(first)):
        assert len(coordinator.get(address).context["list"].page.object_list) == 30


def test_a_turfs_page_names_houses_entrances_and_progress(coordinator: Any) -> None:
    house = block(house="24а/1")
    turf = factories.make_turf(entrances=house.entrances.all()[:2])

    page = coordinator.get(turf.get_absolute_url())

    assert "24а/1" in page.text
    assert page.context["progress"].flats == 8


def test_a_volunteer_has_no_page_of_turfs(volunteer: Any) -> None:
    turf = factories.make_turf()

    assert volunteer.get(turf.get_absolute_url()).status_code == 403
