"""Streets and their names."""

from django.urls import reverse

from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Street
from campaign.territory.services import add_street
from tests.factories import make_building, make_precinct, make_street

LIST, NEW = "/streets/", "/streets/new/"


def edit(street):
    return reverse("territory:street-edit", args=[street.pk])


def test_streets_stand_in_the_order_of_the_alphabet_with_their_houses(coordinator):
    for name in ("ул. Яблочная", "мкр. Әйгерім", "ул. Абая"):
        make_street(name)
    make_building(Street.objects.get(name="ул. Абая"), plan=BlockPlan(1, 1, 2))

    rows = coordinator.get(LIST).context["list"].page.object_list

    assert [(row.name, row.building_total, row.dwelling_total) for row in rows] == [
        ("ул. Абая", 1, 2), ("мкр. Әйгерім", 0, 0), ("ул. Яблочная", 0, 0),
    ]  # fmt: skip


def test_a_street_is_found_by_an_old_name(coordinator):
    add_street(name="ул. Қабанбай батыр", aliases=["ул. Комсомольская"])
    make_street("ул. Абая")

    response = coordinator.get(LIST, {"q": "комсомол"})

    assert [row.name for row in response.context["list"].page.object_list] == ["ул. Қабанбай батыр"]
    assert "ул. Комсомольская" in response.text


def test_the_list_asks_the_database_as_often_for_thirty_streets_as_for_one(
    coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    add_street(name="ул. Абая", aliases=["ул. Садовая"])
    with django_assert_max_num_queries(20) as one:
        coordinator.get(LIST)
    for number in range(29):
        add_street(name=f"ул. Лесная {number}", aliases=[f"ул. Дачная {number}"])

    with django_assert_num_queries(len(one)):
        coordinator.get(LIST)


def test_a_street_shows_its_houses_in_their_order_whatever_their_number(
    coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    street, precinct = make_street("ул. Абая"), make_precinct()
    make_building(street, house="30", precinct=precinct)
    with django_assert_max_num_queries(20) as one:
        coordinator.get(street.get_absolute_url())
    for number in range(29, 0, -1):
        make_building(street, house=str(number), precinct=precinct)

    with django_assert_num_queries(len(one)):
        response = coordinator.get(street.get_absolute_url())
    assert [row.house for row in response.context["buildings"]] == [str(number) for number in range(1, 31)]


def test_names_are_edited_one_a_line(coordinator):
    street = make_street("ул. Комсомольская")

    response = coordinator.post(edit(street), {"name": "ул. Мира", "aliases": "ул. Садовая\n\n ул. Дачная "})

    street.refresh_from_db()
    assert (response.url, street.name) == (street.get_absolute_url(), "ул. Мира")
    assert {*street.aliases.values_list("name", flat=True)} == {"ул. Садовая", "ул. Дачная", "ул. Комсомольская"}


def test_the_name_of_another_street_is_refused_at_its_field_and_nothing_is_changed(coordinator):
    street, other = make_street("ул. Мира"), make_street("ул. Абая")

    own = coordinator.post(edit(street), {"name": "Абая", "aliases": ""})
    alias = coordinator.post(edit(street), {"name": "ул. Лесная", "aliases": "ул. Абая"})

    assert [[*page.context["form"].errors] for page in (own, alias)] == [["name"], ["aliases"]]
    assert (own.status_code, alias.status_code) == (422, 422)
    assert [*Street.objects.order_by("pk").values_list("name", flat=True)] == [street.name, other.name]
    assert street.aliases.count() == 0


def test_a_street_is_added_with_its_other_names(coordinator):
    make_street("ул. Абая")
    page = coordinator.get(LIST).text

    response = coordinator.post(NEW, {"name": "мкр. Жайлау", "aliases": "ул. Садовая"})

    street = Street.objects.get(name="мкр. Жайлау")
    assert f'href="{NEW}"' in page
    assert response.url == street.get_absolute_url()
    assert [*street.aliases.values_list("name", flat=True)] == ["ул. Садовая"]


def test_a_street_that_is_there_already_is_not_added_again(coordinator):
    add_street(name="ул. Мира", aliases=["ул. Комсомольская"])

    for name in ("Мира", "ул. Комсомольская", ""):
        response = coordinator.post(NEW, {"name": name, "aliases": ""})
        assert (response.status_code, [*response.context["form"].errors]) == (422, ["name"])
    assert Street.objects.count() == 1


def test_who_may_only_look_is_offered_no_new_street(candidate):
    make_street("ул. Абая")

    assert NEW not in candidate.get(LIST).text
