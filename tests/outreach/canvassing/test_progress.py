from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Dwelling
from outreach.canvassing.models import DoorState, Tally, Turf, Visit
from outreach.canvassing.progress import (
    Progress,
    house_progress,
    houses_in,
    people_in,
    round_progress,
    rounds_progress,
    turf_progress,
)
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
TWELVE = BlockPlan(entrances=2, floors=3, flats_per_landing=2)


def tally(round: Any, building: Any, day: date = TODAY, **states: int) -> Tally:
    return Tally.objects.create(round=round, building=building, day=day, **states)


def test_never_counts_as_passed_and_no_dwelling_leaves_the_total() -> None:
    progress = Progress(flats=20, done=6, again=3, never=2, nodw=4)

    assert (progress.passed, progress.total, progress.left, progress.rest) == (8, 16, 8, 5)


@pytest.mark.parametrize(
    ("passed", "total", "percent"), [(0, 0, 0), (0, 9, 0), (1, 900, 1), (899, 900, 99), (900, 900, 100), (48, 100, 48)]
)
def test_only_the_last_flat_makes_a_hundred_percent(passed: int, total: int, percent: int) -> None:
    assert Progress(flats=total, done=passed).percent == percent


def test_a_round_is_summed_by_precinct_and_by_day() -> None:
    round = factories.make_round()
    north, south = factories.make_precinct(number=11), factories.make_precinct(number=12)
    block, house = (factories.make_building(plan=TWELVE, precinct=precinct) for precinct in (north, south))
    tally(round, block, YESTERDAY, done=3, again=1)
    tally(round, block, done=2, never=1, nodw=1)
    tally(round, house, again=4)

    found = round_progress(round, until=TODAY)

    assert [(row.precinct, row.progress.passed, row.progress.total) for row in found.precincts] == [
        (north, 6, 11),
        (south, 0, 12),
    ]
    assert found.passed_by_day == {YESTERDAY: 3, TODAY: 3}
    assert found.whole == Progress(flats=24, done=5, again=5, never=1, nodw=1)


def test_an_older_day_leaves_out_what_was_passed_later_but_not_what_is_no_dwelling() -> None:
    round = factories.make_round()
    block = factories.make_building(plan=TWELVE, precinct=factories.make_precinct())
    tally(round, block, YESTERDAY, done=3)
    tally(round, block, TODAY, done=4, nodw=2)

    found = round_progress(round, until=YESTERDAY)

    assert (found.whole.passed, found.whole.total) == (3, 10)


def test_houses_without_a_precinct_stand_last_and_undescribed_blocks_are_counted() -> None:
    round = factories.make_round()
    factories.make_building(plan=TWELVE, precinct=factories.make_precinct())
    factories.make_building()

    found = round_progress(round, until=TODAY)

    assert [row.precinct is None for row in found.precincts] == [False, True]
    assert (found.houses, found.not_described) == (2, 1)


def test_another_rounds_tallies_are_not_counted() -> None:
    first, second = factories.make_round(), factories.make_round()
    block = factories.make_building(plan=TWELVE, precinct=factories.make_precinct())
    tally(first, block, done=5)

    assert [(round.pk, progress.passed) for round, progress in rounds_progress([first, second])] == [
        (first.pk, 5),
        (second.pk, 0),
    ]


def door_state(round: Any, flat: Dwelling, state: str) -> None:
    now = timezone.now()
    DoorState.objects.create(
        round=round,
        dwelling=flat,
        building_id=flat.building_id,
        visit_id=flat.pk,
        state=state,
        ordered_at=now,
        changed_at=now,
    )


def test_a_flat_that_visits_and_territory_both_call_no_dwelling_is_subtracted_once() -> None:
    round = factories.make_round()
    block = factories.make_building(plan=TWELVE, precinct=factories.make_precinct())
    flat = block.dwellings.first()
    door_state(round, flat, "nodw")
    tally(round, block, nodw=1)
    Dwelling.objects.filter(pk=flat.pk).update(is_dwelling=False)
    type(block).objects.filter(pk=block.pk).update(dwelling_count=11)

    assert round_progress(round, until=TODAY).whole.total == 11
    assert rounds_progress([round])[0][1].total == 11
    assert house_progress(houses_in(round).get(pk=block.pk)).total == 11


def test_a_turf_counts_its_entrances_and_its_blocks_once() -> None:
    round = factories.make_round()
    block = factories.make_building(plan=TWELVE)
    first, second = block.entrances.all()
    turf = factories.make_turf(round, entrances=[first], buildings=[block])
    other = factories.make_turf(round, entrances=[second])
    for flat, state in zip(first.dwellings.all(), ("done", "done", "again", "never"), strict=False):
        door_state(round, flat, state)

    found = turf_progress([turf, other])

    assert found[turf.pk] == Progress(flats=12, done=2, again=1, never=1)
    assert found[other.pk] == Progress(flats=6)


def test_a_turf_reads_the_states_of_its_own_round_only() -> None:
    old, new = factories.make_round(), factories.make_round()
    block = factories.make_building(plan=TWELVE)
    turf = factories.make_turf(new, entrances=block.entrances.all())
    door_state(old, block.dwellings.first(), "done")

    assert turf_progress([turf])[turf.pk].passed == 0


def test_a_turf_whose_block_has_no_flats_yet_has_no_progress() -> None:
    turf = factories.make_turf(buildings=[factories.make_building()])

    assert turf_progress([turf]) == {turf.pk: Progress()}
    assert turf_progress([]) == {}


def test_people_are_counted_by_their_visits_of_this_round() -> None:
    round, other = factories.make_round(), factories.make_round()
    block = factories.make_building(plan=TWELVE)
    person = factories.make_person()
    for place, (flat, wave, state) in enumerate(
        zip(block.dwellings.all(), (round, round, other), ("done", "again", "done"), strict=False)
    ):
        at = timezone.now() - timedelta(minutes=place)
        Visit.objects.create(
            id=flat.pk, round=wave, dwelling=flat, person=person, state=state, phone_at=at, acted_at=at, ordered_at=at
        )

    row = people_in(round, Visit.objects.all()).get()

    assert (row, row.visit_total, row.passed_total) == (person, 2, 1)


def test_a_corrected_visit_counts_once_as_it_was_told_last() -> None:
    round, person = factories.make_round(), factories.make_person()
    flat = factories.make_building(plan=TWELVE).dwellings.first()
    told: dict[str, Any] = {"round": round, "dwelling": flat, "person": person}
    first, at = uuid4(), timezone.now()
    for pk, state, corrects in ((first, "done", None), (uuid4(), "again", first)):
        Visit.objects.create(id=pk, state=state, corrects=corrects, phone_at=at, acted_at=at, ordered_at=at, **told)

    row = people_in(round, Visit.objects.all()).get()

    assert (row.visit_total, row.passed_total) == (1, 0)
    assert [visit.state for visit in person.visits.standing()] == ["again"]


def test_the_query_count_does_not_grow_with_precincts(django_assert_num_queries: Any) -> None:
    round = factories.make_round()
    for _ in range(30):
        tally(round, factories.make_building(plan=TWELVE, precinct=factories.make_precinct()), done=1)

    with django_assert_num_queries(4):
        assert round_progress(round, until=TODAY).whole.passed == 30
    with django_assert_num_queries(1):
        turf_progress(Turf.objects.none())
