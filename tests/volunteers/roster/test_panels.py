"""What the roster shows on a precinct's page."""

from typing import Any

import pytest
from django.urls import reverse

from campaign.access import Role
from tests.factories import make_person, make_precinct

pytestmark = pytest.mark.django_db


def new_proxy_of(precinct: Any) -> str:
    return f"{reverse('roster:person-new')}?proxy-of={precinct.pk}"


def test_precinct_names_its_proxies_and_how_many_there_may_be(coordinator: Any) -> None:
    precinct = make_precinct()
    proxies = [make_person(Role.PROXY, precinct=precinct) for _ in range(2)]
    others = [make_person(Role.PROXY, precinct=make_precinct()), make_person(precinct=precinct)]

    page = coordinator.get(precinct.get_absolute_url()).text

    assert [person.get_absolute_url() in page for person in (*proxies, *others)] == [True, True, False, False]
    assert "2 из 3" in page
    assert new_proxy_of(precinct) in page


def test_full_precinct_offers_no_other_proxy(coordinator: Any) -> None:
    precinct = make_precinct()
    for _ in range(3):
        make_person(Role.PROXY, precinct=precinct)

    page = coordinator.get(precinct.get_absolute_url()).text

    assert "3 из 3" in page
    assert new_proxy_of(precinct) not in page


def test_candidate_who_sees_no_people_sees_no_proxies(candidate: Any) -> None:
    precinct = make_precinct()
    proxy = make_person(Role.PROXY, precinct=precinct)

    assert proxy.family_name not in candidate.get(precinct.get_absolute_url()).text


def test_form_begun_at_a_precinct_is_that_of_its_proxy(coordinator: Any) -> None:
    precinct = make_precinct()

    form = coordinator.get(new_proxy_of(precinct)).context["form"]

    assert (form["role"].value(), form["precinct"].value()) == (Role.PROXY, precinct.pk)


@pytest.mark.parametrize("asked", ["", "x", "999999", "²", "9" * 30])
def test_form_begun_at_no_precinct_is_empty(coordinator: Any, asked: str) -> None:
    form = coordinator.get(f"{reverse('roster:person-new')}?proxy-of={asked}").context["form"]

    assert form["precinct"].value() is None
