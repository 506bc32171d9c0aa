"""Precincts: their polling places, and «where do I vote?»."""

import pytest
from django.urls import reverse

from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Precinct
from campaign.territory.services import add_building, add_street
from tests.factories import make_building, make_precinct, make_street

pytestmark = pytest.mark.usefixtures("in_english")
LIST, NEW = "/precincts/", "/precincts/new/"


def test_precincts_are_listed_with_their_houses_and_flats(coordinator):
    for number in (62, 61):
        make_precinct(number=number)
    make_building(precinct=Precinct.objects.get(number=62), plan=BlockPlan(1, 2, 2))
    make_building(precinct=Precinct.objects.get(number=62))

    rows = coordinator.get(LIST).context["list"].page.object_list

    assert [(row.number, row.building_total, row.dwelling_total) for row in rows] == [(61, 0, 0), (62, 2, 4)]


def test_the_list_asks_the_database_as_often_for_thirty_precincts_as_for_one(
    coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    make_precinct()
    with django_assert_max_num_queries(20) as one:
        coordinator.get(LIST)
    for _more in range(29):
        make_precinct()

    with django_assert_num_queries(len(one)):
        coordinator.get(LIST)


def test_an_empty_list_has_one_main_act_to_load_the_table(coordinator):
    text = coordinator.get(LIST).text

    assert text.count("btn main") == 1
    assert f'<a class="btn main" href="{reverse("territory:import-new")}">' in text


@pytest.fixture
def voting(db):
    precinct = make_precinct(
        number=61, polling_place="школа № 16", polling_address="ул. Мира 1", phone="+7 7262 45-00-00", hours="7–20"
    )
    add_building(street=add_street(name="Төле би көшесі"), house="24а", precinct=precinct)
    add_building(street=add_street(name="ул. Абая"), house="24а")
    return precinct


def test_where_a_voter_votes_is_answered_for_an_address_in_any_letters(coordinator, voting):
    response = coordinator.get(LIST, {"where": "толе би 24A"})

    assert [(str(house), house.precinct) for house in response.context["houses"]] == [("Төле би көшесі, 24а", voting)]
    for told in ("школа № 16", "ул. Мира 1", "+7 7262 45-00-00", "7–20"):
        assert told in response.text


def test_the_answer_alone_is_sent_while_the_address_is_typed(coordinator, voting):
    response = coordinator.get(LIST, {"where": "абая 24"}, headers={"HX-Request": "true", "HX-Target": "where"})

    assert "<html" not in response.text
    assert response.text.strip().startswith('<div id="where"')
    assert [str(house) for house in response.context["houses"]] == ["ул. Абая, 24а"]


def test_an_address_outside_the_district_is_said_to_be_unknown(coordinator, voting):
    coordinator.client.cookies["language"] = "en"

    response = coordinator.get(LIST, {"where": "гоголя 7"})

    assert "No house of the district has this address." in response.text


def test_a_number_that_a_known_street_lacks_is_answered_with_its_neighbours(coordinator, voting):
    coordinator.client.cookies["language"] = "en"
    street = make_street("мкр. Жайлау")
    for house in ("1", "9", "10а", "11", "12/3", "14"):
        make_building(street, house=house, precinct=voting)

    response = coordinator.get(LIST, {"where": "жаилау 13б"})

    assert [house.house for house in response.context["near"]] == ["12/3", "14", "11", "10а", "9"]
    assert "This house is not in the list." in response.text
    assert "школа № 16" in response.text


def test_too_many_answers_ask_for_the_house(coordinator):
    street = make_street("ул. Абая")
    for number in range(1, 23):
        make_building(street, house=str(number))

    response = coordinator.get(LIST, {"where": "абая"})

    assert (len(response.context["houses"]), response.context["more"]) == (20, True)


def test_a_precinct_shows_its_polling_place_and_its_streets(coordinator, voting):
    make_building(make_street("мкр. Арман"), precinct=voting)

    response = coordinator.get(voting.get_absolute_url())

    assert [(str(street), street.here, street.flats) for street in response.context["streets"]] == [
        ("мкр. Арман", 1, 0), ("Төле би көшесі", 1, 0),
    ]  # fmt: skip
    assert response.context["undescribed"] == 2
    assert "школа № 16" in response.text


def test_a_precinct_of_thirty_streets_asks_as_little_as_one_of_a_single_street(
    coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    small, large = make_precinct(), make_precinct()
    make_building(precinct=small)
    for _street in range(30):
        make_building(precinct=large)
    with django_assert_max_num_queries(20) as asked:
        coordinator.get(small.get_absolute_url())

    with django_assert_num_queries(len(asked)):
        coordinator.get(large.get_absolute_url())


def test_a_new_precinct_is_saved_with_all_that_voters_ask_for(coordinator):
    sent = {
        "number": "68", "polling_place": "гимназия № 15", "polling_address": "ул. Абая 3",
        "phone": "45-11-11", "hours": "7:00–20:00", "boundaries": "ул. Абая 2, 4",
    }  # fmt: skip

    response = coordinator.post(NEW, sent)

    precinct = Precinct.objects.get()
    assert response.url == precinct.get_absolute_url()
    assert {name: str(getattr(precinct, name)) for name in sent} == sent


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "Write a number."),
        ("шестьдесят", "Write the number in digits."),
        ("61", "There is a precinct with this number already: open it from the list."),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_a_sentence(coordinator, number, sentence):
    coordinator.client.cookies["language"] = "en"
    make_precinct(number=61)

    response = coordinator.post(NEW, {"number": number})

    assert (response.status_code, response.context["form"].errors) == (422, {"number": [sentence]})
    assert Precinct.objects.count() == 1


def test_an_edited_precinct_keeps_its_number(coordinator):
    precinct = make_precinct(number=61)
    url = reverse("territory:precinct-edit", args=[precinct.pk])

    response = coordinator.post(url, {"number": "61", "polling_place": "школа № 16"})

    precinct.refresh_from_db()
    assert (response.url, precinct.number, precinct.polling_place) == (precinct.get_absolute_url(), 61, "школа № 16")
