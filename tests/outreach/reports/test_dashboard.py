from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.territory.models import Building
from outreach.canvassing.models import Round
from tests import factories
from tests.outreach.reports.board import Board

pytestmark = pytest.mark.django_db

HOME = reverse("reports:dashboard")


def main_acts(page: Any) -> int:
    return page.text.count("btn main")


def test_before_set_up_the_coordinator_is_led_there_and_others_wait(
    coordinator: Any, staff: Any, campaign: Any
) -> None:
    campaign.delete()

    assert coordinator.get(HOME).url == reverse("profile:campaign")
    page = staff.get(HOME)
    assert (page.status_code, main_acts(page)) == (200, 0)


def test_before_the_territory_the_one_act_is_importing_the_district(coordinator: Any) -> None:
    page = coordinator.get(HOME)

    assert main_acts(page) == 1
    assert page.context["act_url"] == reverse("territory:import-new")


def test_with_a_round_but_no_houses_the_district_still_comes_first(coordinator: Any) -> None:
    factories.make_round()

    assert coordinator.get(HOME).context["act_url"] == reverse("territory:import-new")


def test_before_a_round_the_one_act_is_planning_one(coordinator: Any) -> None:
    factories.make_building()

    page = coordinator.get(HOME)

    assert main_acts(page) == 1
    assert page.context["act_url"] == reverse("canvassing:round-new")


def test_the_candidate_is_told_to_wait_without_an_act(candidate: Any) -> None:
    page = candidate.get(HOME)

    assert (page.status_code, main_acts(page)) == (200, 0)


def test_the_dashboard_shows_the_figures_of_the_round(board: Board, coordinator: Any) -> None:
    page = coordinator.get(HOME)

    figures = page.context["figures"]
    assert (figures.passed, figures.total) == (58, 198)
    assert str(page.context["sentence"]) in page.text
    assert "Нұргүл Әбдіқадырова" in page.text
    assert board.round.name in page.text
    assert page.text.count('class="bar"') == 3


def needs(page: Any) -> list[str]:
    return [need.icon for need in page.context["needs"]]


def test_a_precinct_without_a_proxy_waits_for_the_coordinator(board: Board, coordinator: Any) -> None:
    (need,) = coordinator.get(HOME).context["needs"]

    assert need.icon == "user-round-x"
    assert "17" in need.title
    assert "14" not in need.title


def test_everything_that_waits_is_listed_the_most_urgent_first(board: Board, coordinator: Any) -> None:
    board.campaign.checks.all().delete()
    factories.make_review_item()
    factories.make_building()
    factories.make_turf(board.round)
    silent = factories.make_turf(board.round)
    factories.make_assignment(silent, starts_at=timezone.now() - timedelta(hours=2))

    page = coordinator.get(HOME)

    assert needs(page) == ["scale", "wifi-off", "inbox", "user-round-x", "route"]
    assert page.context["need_count"] == 6


def test_a_phone_heard_of_lately_does_not_wait(board: Board, coordinator: Any) -> None:
    person = factories.make_person(signs_in=True)
    factories.make_device(person.user, last_seen_at=timezone.now() - timedelta(minutes=3))
    turf = factories.make_turf(board.round)
    factories.make_assignment(turf, person, starts_at=timezone.now() - timedelta(hours=2))

    assert "wifi-off" not in needs(coordinator.get(HOME))


@pytest.mark.parametrize("phone", ["+77771234567", ""])
def test_a_silent_pair_is_called_or_its_turf_opened_when_no_number_is_known(
    board: Board, coordinator: Any, phone: str
) -> None:
    turf = factories.make_turf(board.round)
    people = [factories.make_person(phone=""), factories.make_person(phone=phone)]
    factories.make_assignment(turf, *people, starts_at=timezone.now() - timedelta(hours=2))

    page = coordinator.get(HOME)

    (need,) = [need for need in page.context["needs"] if need.icon == "wifi-off"]
    assert need.url == (f"tel:{phone}" if phone else turf.get_absolute_url())
    assert ("+7 777 123 45 67" in need.detail) is bool(phone)
    assert f'href="{need.url}"' in page.text


def test_staff_is_not_asked_for_what_only_the_coordinator_may_do(board: Board, staff: Any) -> None:
    board.campaign.checks.all().delete()

    assert "scale" not in needs(staff.get(HOME))


def test_the_candidate_reads_figures_and_is_asked_for_nothing(board: Board, candidate: Any) -> None:
    page = candidate.get(HOME)

    assert page.context["figures"].passed == 58
    assert needs(page) == []
    assert reverse("reports:report-new") not in page.text


def test_pairs_on_their_turfs_are_named_with_their_doors(board: Board, coordinator: Any) -> None:
    pair = [
        factories.make_person(family_name="Серікбаева", given_name="Айгерим"),
        factories.make_person(family_name="Қасымов", given_name="Данияр"),
    ]
    turf = factories.make_turf(board.round, name="Толе би, 13/12", entrances=board.blocks[board.north].entrances.all())
    factories.make_assignment(turf, *pair)

    page = coordinator.get(HOME).text

    assert "Данияр Қ., Айгерим С." in page
    assert "Толе би, 13/12" in page


def test_opinions_are_never_on_the_dashboard(board: Board, coordinator: Any) -> None:
    board.opinion(support="lean_against")

    page = coordinator.get(HOME).text.lower()

    assert "скорее против" not in page
    assert "lean_against" not in page


@pytest.mark.parametrize("role", ["proxy", "volunteer"])
def test_phone_holders_have_no_dashboard(role: str, request: pytest.FixtureRequest, board: Board) -> None:
    assert request.getfixturevalue(role).get(HOME).status_code == 403


def test_the_dashboard_costs_the_same_queries_however_much_there_is(
    board: Board, coordinator: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    turf = factories.make_turf(board.round, entrances=board.blocks[board.north].entrances.all())
    factories.make_assignment(turf)
    with django_assert_max_num_queries(17) as first:
        coordinator.get(HOME)
    for number in range(29):
        precinct = factories.make_precinct(number=300 + number)
        board.blocks[precinct] = factories.make_building(precinct=precinct)
        board.passed(precinct, 1, done=1)
        factories.make_assignment(turf)
        factories.make_review_item()

    with django_assert_num_queries(len(first)):
        coordinator.get(HOME)
    assert (Building.objects.count(), Round.objects.count()) == (31, 1)
