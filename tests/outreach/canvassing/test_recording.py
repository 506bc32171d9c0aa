"""Recording visits: states and tallies follow from the visits, whatever the order in which these arrive."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.canvassing.counting import differences
from outreach.canvassing.models import DoorState, Tally, Visit
from outreach.canvassing.recording import NewVisit, record_visits
from tests.factories import make_round
from tests.outreach.canvassing.walks import Walk

ZONE = "Asia/Almaty"


def new_visit(walk: Walk, flat: int = 0, *, minutes: float = 0, state: str = "done", **fields: Any) -> NewVisit:
    at = walk.at + timedelta(minutes=minutes)
    return NewVisit(
        **{
            "id": uuid4(),
            "round_id": walk.round.pk,
            "dwelling_id": walk.flats[flat].pk,
            "state": state,
            "phone_at": at,
            "acted_at": at,
            "ordered_at": at,
            **fields,
        }
    )


def record(walk: Walk, *visits: NewVisit) -> set[UUID]:
    return record_visits(visits, zone=ZONE, at=walk.at)


def state_of(walk: Walk, flat: int = 0) -> str:
    return DoorState.objects.get(dwelling=walk.flats[flat], round=walk.round).state


def test_nothing_to_record_records_nothing(walk: Walk) -> None:
    assert record(walk) == set()


def test_a_first_visit_gives_the_flat_its_state_and_the_building_its_tally(walk: Walk) -> None:
    visit = new_visit(walk)

    assert record(walk, visit) == {visit.id}

    kept = DoorState.objects.get()
    assert (kept.visit_id, kept.state, kept.building_id) == (visit.id, "done", walk.building.pk)
    tally = Tally.objects.get()
    assert (tally.building_id, tally.done, tally.again) == (walk.building.pk, 1, 0)


def test_a_newer_visit_replaces_the_state_and_its_share_of_the_tally(walk: Walk) -> None:
    record(walk, new_visit(walk, minutes=-20, state="again"))
    record(walk, new_visit(walk, minutes=-10, state="done"))

    assert state_of(walk) == "done"
    assert Tally.objects.values_list("again", "done").get() == (0, 1)


def test_an_older_visit_that_arrives_later_changes_no_state(walk: Walk) -> None:
    record(walk, new_visit(walk, minutes=-10, state="done"))
    record(walk, new_visit(walk, minutes=-20, state="never"))

    assert state_of(walk) == "done"
    assert Visit.objects.count() == 2


def test_of_two_visits_at_the_same_time_the_greater_id_decides(walk: Walk) -> None:
    low, high = sorted((uuid4(), uuid4()))
    record(walk, new_visit(walk, state="never", id=high))
    record(walk, new_visit(walk, state="done", id=low))

    assert state_of(walk) == "never"


def test_a_known_id_stays_as_it_is(walk: Walk) -> None:
    visit = new_visit(walk, state="again")
    record(walk, visit)

    assert record(walk, replace(visit, state="never", ordered_at=walk.at + timedelta(hours=1))) == set()
    assert state_of(walk) == "again"


def test_rounds_are_counted_apart(walk: Walk) -> None:
    other = make_round(name="Второй обход")
    record(walk, new_visit(walk, state="done"), new_visit(walk, state="again", round_id=other.pk))

    assert state_of(walk) == "done"
    assert dict(Tally.objects.values_list("round", "again")) == {walk.round.pk: 0, other.pk: 1}


def test_a_tally_counts_by_the_local_day_of_the_deciding_visit(walk: Walk) -> None:
    evening = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo(ZONE))  # still the 20th there, 18:30 in UTC
    morning = datetime(2026, 11, 21, 0, 30, tzinfo=ZoneInfo(ZONE))  # the 21st there, the 20th in UTC
    record(walk, new_visit(walk, 0, ordered_at=evening), new_visit(walk, 1, ordered_at=morning))

    days = {day.isoformat(): done for day, done in Tally.objects.values_list("day", "done")}
    assert days == {"2026-11-20": 1, "2026-11-21": 1}


def test_a_day_that_no_visit_decides_any_more_leaves_the_tallies(walk: Walk) -> None:
    record(walk, new_visit(walk, minutes=-60 * 30, state="again"))
    record(walk, new_visit(walk, minutes=-10, state="done"))

    assert [(tally.again, tally.done) for tally in Tally.objects.all()] == [(0, 1)]


@st.composite
def histories(draw: Any) -> list[tuple[int, int, str]]:
    """Visits as (flat, minute, state): few flats and minutes, so that newest and ties are often in question."""
    visit = st.tuples(
        st.integers(0, 3),
        st.sampled_from([-3000, -1500, -20, -10, -5]),
        st.sampled_from(["again", "done", "never", "nodw"]),
    )
    return draw(st.lists(visit, min_size=1, max_size=12))


@given(history=histories(), data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_and_any_doubling_gives_what_a_plain_count_gives(
    walk: Walk, history: list[tuple[int, int, str]], data: Any
) -> None:
    Visit.objects.all().delete()
    DoorState.objects.all().delete()
    Tally.objects.all().delete()
    visits = [new_visit(walk, flat, minutes=minutes, state=state) for flat, minutes, state in history]
    arriving = data.draw(st.permutations(visits + data.draw(st.lists(st.sampled_from(visits), max_size=6))))

    for batch in batches(arriving, data.draw(st.integers(1, 5))):
        record(walk, *batch)

    newest = {visit.dwelling_id: visit for visit in sorted(visits, key=lambda each: (each.ordered_at, each.id))}
    kept = {state.dwelling_id: (state.visit_id, state.state) for state in DoorState.objects.all()}
    assert kept == {flat: (visit.id, visit.state) for flat, visit in newest.items()}
    local_days = Counter((visit.ordered_at.astimezone(ZoneInfo(ZONE)).date(), visit.state) for visit in newest.values())
    assert tallied() == local_days
    assert differences() == []


def batches(visits: list[NewVisit], size: int) -> Iterator[list[NewVisit]]:
    for start in range(0, len(visits), size):
        yield visits[start : start + size]


def tallied() -> dict[Any, int]:
    return {
        (tally.day, state): getattr(tally, state)
        for tally in Tally.objects.all()
        for state in ("again", "done", "never", "nodw")
        if getattr(tally, state)
    }
