from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaign.territory.blocks import BlockPlan
from outreach.canvassing.models import Visit
from outreach.reports import figures
from tests import factories
from tests.outreach.reports.board import Board, make_topics

pytestmark = pytest.mark.django_db


def district(board: Board, *, days_ago: int = 0, is_over: bool = False) -> figures.DistrictFigures:
    as_of = board.today - timedelta(days=days_ago)
    return figures.district_figures(board.round, board.campaign.calendar(), as_of=as_of, is_over=is_over)


def test_the_district_is_the_sum_of_its_precincts(board: Board) -> None:
    found = district(board)

    assert (found.passed, found.total) == (9 * 5 + 10 + 3, 198)
    assert [(row.progress.passed, row.progress.total) for row in found.precincts] == [(48, 100), (10, 98)]


def test_the_plan_of_a_precinct_is_its_share_of_the_straight_line(board: Board) -> None:
    found = district(board)

    assert [(row.plan, row.plan_percent, row.to_plan) for row in found.precincts] == [(50, 50, -2), (49, 50, -40)]
    assert (found.pace.plan, found.pace.gap) == (99, 58 - 99)


def test_the_last_seven_days_include_today(board: Board) -> None:
    found = district(board)

    assert [row.recent for row in found.precincts] == [6 * 5 + 3, 10]
    assert found.whole.recent == 43


def test_a_report_of_a_past_day_sees_only_what_was_passed_by_then(board: Board) -> None:
    found = district(board, days_ago=2, is_over=True)

    assert found.passed == 8 * 5
    assert found.pace.per_day == 5


def test_proxies_stand_with_their_precinct(board: Board) -> None:
    named = {row.precinct: row.proxies for row in district(board).precincts}

    assert (named[board.north], named[board.south]) == (["Нұргүл Әбдіқадырова"], [])


def test_the_laws_last_day_is_the_deadline_if_it_comes_before_the_rounds(board: Board) -> None:
    board.campaign.voting_day = board.today + timedelta(days=6)
    board.campaign.save()

    assert district(board).pace.deadline == board.today + timedelta(days=4)


def test_the_district_costs_the_same_queries_at_2_and_32_precincts(
    board: Board, django_assert_num_queries: Any
) -> None:
    calendar = board.campaign.calendar()
    for number in range(30):
        precinct = factories.make_precinct(number=200 + number)
        plan = BlockPlan(entrances=1, floors=2, flats_per_landing=2)
        board.blocks[precinct] = factories.make_building(plan=plan, precinct=precinct)
        board.passed(precinct, 1, done=1)

    with django_assert_num_queries(5):
        found = figures.district_figures(board.round, calendar, as_of=board.today, is_over=False)
    assert len(found.precincts) == 32


def test_talks_outcomes_and_support_are_counted_within_the_days(board: Board) -> None:
    yard, heat = make_topics("Двор", "Отопление")
    for _ in range(3):
        board.opinion(outcome="talked")
    board.opinion(outcome="no_answer", days_ago=1)
    board.opinion(outcome="talked", days_ago=20)
    board.opinion(support="for", topics=[yard.pk, heat.pk])
    board.opinion(support="against", topics=[heat.pk])
    board.opinion(topics=[])
    board.opinion(day=None, withdrawn=True)

    talk = figures.door_talk(board.round, first=board.today - timedelta(days=6), last=board.today)

    assert talk.talks == 3
    assert {share.code: share.count for share in talk.answers if share.count} == {"talked": 3, "no_answer": 1}
    assert [share.count for share in talk.support] == [1, 0, 0, 0, 1]
    assert (talk.voters, talk.assessed) == (3, 2)
    assert [(share.label, share.count) for share in talk.topics] == [("Отопление", 2), ("Двор", 1)]


def test_talk_costs_three_queries_whatever_was_said(board: Board, django_assert_num_queries: Any) -> None:
    (topic,) = make_topics("Двор")
    for _ in range(30):
        board.opinion(support="for", topics=[topic.pk])

    with django_assert_num_queries(3):
        assert figures.door_talk(board.round, first=board.today, last=board.today).voters == 30


def test_people_count_by_visits_and_shifts_by_assignments_of_the_days(board: Board) -> None:
    person, now = factories.make_person(), timezone.now()
    flats = board.blocks[board.north].dwellings.all()
    for flat, days_ago in zip(flats, (0, 0, 20), strict=False):
        at = now - timedelta(days=days_ago)
        Visit.objects.create(
            id=flat.pk,
            round=board.round,
            dwelling=flat,
            person=person if days_ago == 0 else factories.make_person(),
            state="done",
            phone_at=at,
            acted_at=at,
            ordered_at=at,
        )
    turf = factories.make_turf(board.round)
    factories.make_assignment(turf)
    factories.make_assignment(turf, starts_at=now - timedelta(days=20), ends_at=now - timedelta(days=19))

    found = figures.effort(board.round, board.campaign, first=board.today - timedelta(days=6), last=board.today)

    assert found == figures.Effort(people=1, shifts=1)


def out(coordinator: Any) -> list[figures.OutNow]:
    return figures.out_now(coordinator.user, timezone.now())


def test_who_is_out_now_with_doors_done_and_last_contact(board: Board, coordinator: Any) -> None:
    seen = timezone.now() - timedelta(minutes=7)
    pair = [factories.make_person(signs_in=True) for _ in range(2)]
    factories.make_device(pair[0].user, last_seen_at=seen - timedelta(hours=1))
    factories.make_device(pair[1].user, last_seen_at=seen)
    turf = factories.make_turf(board.round, entrances=board.blocks[board.north].entrances.all()[:1])
    factories.make_assignment(turf, *pair, starts_at=timezone.now() - timedelta(hours=2))
    over = timezone.now() - timedelta(hours=3)
    factories.make_assignment(factories.make_turf(board.round), starts_at=over, ends_at=over + timedelta(hours=1))

    (found,) = out(coordinator)

    assert found.assignment.turf == turf
    assert (found.progress.flats, found.last_seen) == (25, seen)
    assert found.silent_for(seen + timedelta(minutes=34)) == timedelta(minutes=34)


def test_a_phone_never_heard_of_is_silent_since_the_shift_began(board: Board, coordinator: Any) -> None:
    assignment = factories.make_assignment(factories.make_turf(board.round), factories.make_person())

    (found,) = out(coordinator)

    assert found.silent_for(assignment.starts_at + timedelta(minutes=90)) == timedelta(minutes=90)


def test_who_is_out_costs_the_same_queries_for_1_and_30_pairs(
    board: Board, coordinator: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(30):
        turf = factories.make_turf(board.round, entrances=board.blocks[board.north].entrances.all())
        factories.make_assignment(turf, factories.make_person(signs_in=True), factories.make_person())

    with django_assert_num_queries(3):
        assert len(out(coordinator)) == 30


def test_a_volunteer_sees_only_their_own_assignment(board: Board, volunteer: Any) -> None:
    factories.make_assignment(factories.make_turf(board.round))
    mine = factories.make_assignment(factories.make_turf(board.round), volunteer.person)

    assert [each.assignment for each in figures.out_now(volunteer.user, timezone.now())] == [mine]
