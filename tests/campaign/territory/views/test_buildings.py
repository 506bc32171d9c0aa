"""The pages of houses: the list, one house as its drawing, a block described, a flat corrected."""

import pytest
from django.urls import reverse

from campaign import panels
from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Building, Street
from campaign.territory.services import add_building, add_street, mark_not_dwelling
from tests.factories import make_building, make_precinct, make_street

pytestmark = pytest.mark.usefixtures("in_english")
LIST, NEW = "/buildings/", "/buildings/new/"
HTMX = {"HX-Request": "true"}
NUMBERS = {"entrances": 2, "floors": 2, "flats_per_landing": 2, "first_flat": 1, "first_floor": 1, "skip": ""}


def describe(building):
    return reverse("territory:building-describe", args=[building.pk])


def shown(response):
    return [str(row) for row in response.context["list"].page.object_list]


def add_houses(count):
    precinct = make_precinct()
    for _house in range(count):
        make_building(precinct=precinct)


# the list


@pytest.fixture
def district(db):
    abay, arman = add_street(name="ул. Абая"), add_street(name="мкр. Арман", aliases=["мкр. Южный"])
    precincts = {number: make_precinct(number=number) for number in (61, 62)}
    add_building(street=abay, house="10", kind="private", precinct=precincts[61])
    add_building(street=abay, house="2", kind="other", precinct=precincts[61])
    add_building(street=arman, house="1", precinct=precincts[62])
    make_building(arman, house="2", precinct=precincts[62], plan=BlockPlan(1, 2, 2))
    return precincts


def test_houses_stand_by_street_and_number_with_what_they_hold(district, coordinator):
    response = coordinator.get(LIST)

    assert shown(response) == ["ул. Абая, 2", "ул. Абая, 10", "мкр. Арман, 1", "мкр. Арман, 2"]
    assert response.context["flats"] == 5


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"q": "южный 2"}, ["мкр. Арман, 2"]),
        ({"kind": "private"}, ["ул. Абая, 10"]),
        ({"kind": "undescribed"}, ["мкр. Арман, 1"]),
        ({"sort": "-flats"}, ["мкр. Арман, 2", "ул. Абая, 10"]),
    ],
)
def test_houses_are_searched_filtered_and_sorted(district, coordinator, question, found):
    assert shown(coordinator.get(LIST, question))[: len(found)] == found


def test_houses_of_one_precinct_with_their_flats_added_up(district, coordinator):
    response = coordinator.get(LIST, {"precinct": district[61].pk})

    assert (shown(response), response.context["flats"]) == (["ул. Абая, 2", "ул. Абая, 10"], 1)


def test_the_list_is_exported_with_street_and_house_apart(district, coordinator):
    coordinator.client.cookies["language"] = "en"

    response = coordinator.get(LIST, {"export": "csv", "precinct": district[62].pk})

    lines = response.getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "Street, house;Street;House;Kind;Precinct;Entrances;Flats;Note",
        "мкр. Арман, 1;мкр. Арман;1;apartment block;62;0;0;",
        "мкр. Арман, 2;мкр. Арман;2;apartment block;62;1;4;",
    ]


def test_the_list_asks_the_database_as_often_for_thirty_houses_as_for_one(
    coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    add_houses(1)
    with django_assert_max_num_queries(20) as one:
        coordinator.get(LIST)
    add_houses(29)

    with django_assert_num_queries(len(one)):
        response = coordinator.get(LIST)
    assert len(shown(response)) == 30


def test_an_empty_list_says_why_and_offers_one_act(coordinator):
    response = coordinator.get(LIST)

    assert response.context["list"].is_empty is True
    assert response.text.count("btn main") == 1
    assert f'href="{reverse("territory:import-new")}"' in response.text


# one house


def test_a_block_is_drawn_with_the_states_that_apps_above_know(coordinator):
    building = make_building(plan=BlockPlan(2, 2, 2))
    flat = building.dwellings.get(flat="6")

    def known(request, subject):
        return {flat.pk: {"state": "done", "label": "Bitti", "url": "/doors/6/"}} if subject == building else None

    panels.register("building.cells", known)
    try:
        response = coordinator.get(building.get_absolute_url())
    finally:
        panels._parts["building.cells"].remove(known)

    first, second = response.context["entrances"]
    assert [(storey.floor, [cell.flat for cell in storey.cells]) for storey in first.storeys] == [
        (2, ["3", "4"]), (1, ["1", "2"]),
    ]  # fmt: skip
    assert second.storeys[1].cells[1].state == "done"
    assert '<a class="pane s-done" href="/doors/6/" title="Bitti">6' in response.text


def test_a_panel_of_an_app_above_stands_on_the_page(coordinator):
    building = make_building(plan=BlockPlan(1, 1, 1))

    def panel(request, subject):
        return "parts/empty.html", {"title": f"Panel of {subject.house}", "why": "", "drawing": ""}

    panels.register("building.panels", panel)
    try:
        response = coordinator.get(building.get_absolute_url())
    finally:
        panels._parts["building.panels"].remove(panel)

    assert f"Panel of {building.house}" in response.text


def test_a_house_of_thirty_entrances_asks_as_little_as_one_of_a_single_flat(
    coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    small, large = make_building(plan=BlockPlan(1, 1, 1)), make_building(plan=BlockPlan(30, 1, 1))
    with django_assert_max_num_queries(20) as asked:
        coordinator.get(small.get_absolute_url())

    with django_assert_num_queries(len(asked)):
        response = coordinator.get(large.get_absolute_url())
    assert len(response.context["entrances"]) == 30


@pytest.mark.parametrize("kind", ["private", "other", "block"])
def test_every_kind_of_house_has_its_page(coordinator, kind):
    building = add_building(street=make_street(), house="1", kind=kind)

    response = coordinator.get(building.get_absolute_url())

    assert (response.status_code, response.context["building"]) == (200, building)
    assert (describe(building) in response.text) is (kind == "block")


def test_whoever_only_looks_is_offered_no_act(candidate):
    building = make_building()

    response = candidate.get(building.get_absolute_url())

    assert response.status_code == 200
    assert describe(building) not in response.text
    assert candidate.post(describe(building), NUMBERS).status_code == 403


# a new house


def test_a_new_block_goes_on_to_its_description_in_a_street_made_on_the_way(coordinator):
    precinct = make_precinct()

    response = coordinator.post(
        NEW, {"street": "мкр. Арман", "house": "4/1", "kind": "block", "precinct": precinct.pk, "note": "домофон"}
    )

    building = Building.objects.with_address().get()
    assert response.url == describe(building)
    assert (str(building), building.precinct, building.note) == ("мкр. Арман, 4/1", precinct, "домофон")


def test_a_new_private_house_is_ready_at_once_in_the_street_that_is_there(coordinator):
    street = add_street(name="Төле би көшесі")

    response = coordinator.post(NEW, {"street": "ул. Толе би", "house": "14", "kind": "private"})

    building = Building.objects.get()
    assert response.url == building.get_absolute_url()
    assert (building.street, building.dwelling_count, Street.objects.count()) == (street, 1, 1)


def test_a_form_with_mistakes_comes_back_with_what_to_write(coordinator):
    coordinator.client.cookies["language"] = "en"

    response = coordinator.post(NEW, {"street": "", "house": "у магазина", "kind": ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "street": ["Write the name of the street."],
        "house": ["Write a house number that begins with a digit, for example 12А or 13/12 к2."],
        "kind": ["Choose the kind of the house."],
    }
    assert 'value="у магазина"' in response.text
    assert Building.objects.count() == 0


def test_a_house_that_is_there_already_is_refused_at_its_field(coordinator):
    building = make_building(make_street("ул. Абая"), house="12а")

    response = coordinator.post(NEW, {"street": "Абая", "house": "12 «А»", "kind": "block"})

    assert (response.status_code, [*response.context["form"].errors]) == (422, ["house"])
    assert Building.objects.get() == building


def test_a_house_is_begun_from_its_streets_page(coordinator):
    response = coordinator.get(NEW, {"street": "ул. Абая"})

    assert 'value="ул. Абая"' in response.text


# editing


def fields_of(building, **fields):
    return {"street": building.street.name, "house": building.house, "kind": building.kind, "note": ""} | fields


def test_an_edit_is_saved_and_shown(coordinator):
    building = make_building(plan=BlockPlan(1, 1, 2))
    url = reverse("territory:building-edit", args=[building.pk])

    response = coordinator.post(url, fields_of(building, note="код 7"))

    building.refresh_from_db()
    assert (response.url, building.note) == (building.get_absolute_url(), "код 7")
    assert (building.entrance_count, building.dwelling_count) == (1, 2)


def test_a_kind_that_loses_flats_is_asked_about_with_their_number_on_the_button(coordinator):
    building = make_building(plan=BlockPlan(1, 1, 2))
    url, fields = reverse("territory:building-edit", args=[building.pk]), fields_of(building, kind="private")

    asked = coordinator.post(url, fields)
    building.refresh_from_db()
    kind_then = building.kind
    done = coordinator.post(url, fields | {"vanishing": 2})

    building.refresh_from_db()
    assert (asked.status_code, kind_then) == (422, "block")
    assert '<button class="btn bad" form="house-form" name="vanishing" value="2">' in asked.text
    assert (done.url, building.kind, building.dwelling_count) == (building.get_absolute_url(), "private", 1)


# describing


def test_a_block_is_described_by_its_numbers(coordinator):
    building = make_building()

    response = coordinator.post(describe(building), NUMBERS | {"skip": "1-2, 8"})

    building.refresh_from_db()
    assert response.url == building.get_absolute_url()
    assert [*building.dwellings.order_by("flat_sort").values_list("flat", flat=True)] == ["3", "4", "5", "6", "7"]
    assert (building.entrance_count, building.dwelling_count) == (2, 5)


def test_what_the_numbers_make_is_drawn_while_they_are_typed_and_nothing_is_written(coordinator):
    building = make_building()

    response = coordinator.get(describe(building), NUMBERS, headers=HTMX)

    assert (response.context["plan"].total, len(response.context["entrances"])) == (8, 2)
    assert "<html" not in response.text
    assert building.dwellings.count() == 0


def test_a_number_still_to_be_typed_is_no_mistake_and_a_wrong_one_is(coordinator):
    coordinator.client.cookies["language"] = "en"
    building = make_building()

    empty = coordinator.get(describe(building), NUMBERS | {"floors": ""}, headers=HTMX)
    wrong = coordinator.get(describe(building), NUMBERS | {"floors": "99"}, headers=HTMX)

    assert ("note warn" in empty.text, "note warn" in wrong.text) == (False, True)
    assert "Write how many floors the block has: from 1 to 40." in wrong.text


def test_a_mistake_in_the_numbers_stands_at_its_field(coordinator):
    coordinator.client.cookies["language"] = "en"
    building = make_building()

    response = coordinator.post(describe(building), NUMBERS | {"floors": "x", "first_flat": "", "skip": "?"})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "floors": ["Write the number in digits."],
        "first_flat": ["Write a number."],
        "skip": ["Write the number of the flat, for example 12 or 12А."],
    }


def test_a_flat_to_be_skipped_that_the_block_lacks_is_named(coordinator):
    coordinator.client.cookies["language"] = "en"

    response = coordinator.post(describe(make_building()), NUMBERS | {"skip": "44"})

    assert response.context["form"].errors == {"skip": ["Flat 44 is not in this block: its flats are 1–8."]}


def test_a_smaller_description_is_asked_about_and_marked_when_the_number_is_confirmed(coordinator):
    building = make_building(plan=BlockPlan(2, 2, 2))
    fewer = NUMBERS | {"entrances": 1}

    asked = coordinator.post(describe(building), fewer)
    stood = building.dwellings.lived_in().count()
    guessed = coordinator.post(describe(building), fewer | {"vanishing": 3})
    confirmed = coordinator.post(describe(building), fewer | {"vanishing": 4})

    building.refresh_from_db()
    assert (asked.status_code, stood, guessed.status_code) == (422, 8, 422)
    assert '<button class="btn bad" form="block-form" name="vanishing" value="4">' in asked.text
    assert confirmed.url == building.get_absolute_url()
    assert (building.dwelling_count, building.dwellings.count()) == (4, 8)


def test_the_form_holds_the_numbers_that_the_block_was_described_by(coordinator):
    building = make_building(plan=BlockPlan(2, 5, 4, first_flat=41))

    mark_not_dwelling(dwelling=building.dwellings.get(flat="44"))

    response = coordinator.get(describe(building))

    assert [response.context["form"][name].value() for name in NUMBERS] == [2, 5, 4, 41, 1, "44"]
    assert [entrance.dwellings for entrance in response.context["entrances"]] == [19, 20]


def test_a_house_that_is_no_block_is_not_described(coordinator):
    building = add_building(street=make_street(), house="1", kind="private")

    response = coordinator.post(describe(building), NUMBERS)

    assert (response.status_code, building.dwellings.count()) == (422, 1)


# one flat


def flat_of(building):
    return reverse("territory:building-flat", args=[building.pk])


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        ({"what": "add", "entrance": 1, "flat": "2а", "floor": 1}, 3),
        ({"what": "add", "entrance": 2, "flat": "9", "floor": 1}, 3),
        ({"what": "mark", "entrance": 1, "flat": "2", "floor": ""}, 1),
    ],
)
def test_a_flat_that_the_description_got_wrong_is_corrected(coordinator, sent, counted):
    building = make_building(plan=BlockPlan(1, 1, 2))

    response = coordinator.post(flat_of(building), sent)

    building.refresh_from_db()
    assert (response.url, building.dwelling_count) == (building.get_absolute_url(), counted)


def test_a_flat_that_was_taken_for_no_dwelling_counts_again_on_its_floor(coordinator):
    building = make_building(plan=BlockPlan(1, 2, 2))
    mark_not_dwelling(dwelling=building.dwellings.get(flat="4"))

    coordinator.post(flat_of(building), {"what": "add", "entrance": 1, "flat": "4", "floor": ""})

    flat = building.dwellings.get(flat="4")
    assert (flat.is_dwelling, flat.floor) == (True, 2)


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"what": "mark", "entrance": 1, "flat": "9"}, ["flat"]),
        ({"what": "add", "entrance": 1, "flat": "9"}, ["floor"]),
        ({"what": "add", "entrance": 99, "flat": "9", "floor": 1}, ["entrance"]),
        ({"what": "", "entrance": "", "flat": "?"}, ["what", "entrance", "flat"]),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_at_its_field(coordinator, sent, wrong):
    building = make_building(plan=BlockPlan(1, 1, 2))

    response = coordinator.post(flat_of(building), sent)

    assert (response.status_code, sorted(response.context["form"].errors)) == (422, sorted(wrong))
    assert building.dwellings.lived_in().count() == 2
