"""Visits from phones: what is accepted, known, or put into review; and that nothing is ever lost or doubled."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import translation

from campaign.inbox import CannotAccept, Sender, digest, kinds
from outreach.canvassing.counting import differences
from outreach.canvassing.models import DoorState, Tally, Visit
from outreach.canvassing.pack import stamp
from tests import factories
from tests.outreach.canvassing.walks import Item, Walk, start_walk, uuid7
from volunteers.accounts.models import ReviewItem
from volunteers.accounts.services import accept_item


def accept(review: ReviewItem) -> None:
    accept_item(item=review, user=factories.make_user("coordinator"), why="Всё верно", at=review.received_at)


def test_a_visit_inside_its_assignment_is_recorded_with_all_it_says(walk: Walk) -> None:
    again_at = walk.at + timedelta(days=1)
    item = walk.visit(state="again", again_at=stamp(again_at))

    assert walk.send(item) == [("accepted", "")]

    visit = Visit.objects.get()
    assert (str(visit.pk), visit.state, visit.again_at) == (item["id"], "again", again_at)
    assert (visit.person, visit.device, visit.assignment) == (walk.person, walk.device, walk.assignment)
    assert visit.phone_at == visit.acted_at == visit.ordered_at == walk.at - timedelta(minutes=10)
    assert (visit.received_at, visit.clock_off, visit.digest) == (walk.at, False, digest(item))


def test_the_same_visit_again_is_known_and_stays_one(walk: Walk) -> None:
    item = walk.visit()
    walk.send(item)

    assert walk.send(item) == [("known", "")]
    assert Visit.objects.count() == 1


def test_the_same_visit_twice_in_one_request_is_one_visit(walk: Walk) -> None:
    item = walk.visit()

    assert walk.send(item, item) == [("accepted", ""), ("known", "")]
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("field", ["state", "dwelling", "at"])
def test_a_known_id_with_other_content_goes_to_review_and_the_first_is_untouched(walk: Walk, field: str) -> None:
    item = walk.visit(0, minutes=-10)
    other = walk.visit(1, minutes=-5, state="never")
    changed = item | {field: other[field]} | ({"acted_at": other["at"]} if field == "at" else {})
    walk.send(item)
    before = Visit.objects.values().get()

    assert walk.send(changed) == [("review", "other_content")]
    assert Visit.objects.values().get() == before
    assert ReviewItem.objects.get().payload == changed


def test_answers_come_in_the_order_of_the_items(walk: Walk) -> None:
    good, outside, unknown = walk.visit(0), walk.visit(1, minutes=-600), walk.visit(2, dwelling=uuid7())

    answers = walk.receive(outside, good, unknown)

    assert [(str(answer.id), answer.status) for answer in answers] == [
        (outside["id"], "review"),
        (good["id"], "accepted"),
        (unknown["id"], "review"),
    ]


# What is not accepted


@pytest.mark.parametrize(
    "wrong",
    [
        {"round": "2"},
        {"round": True},
        {"round": 2**40},
        {"dwelling": "41"},
        {"dwelling": None},
        {"state": "none"},
        {"state": "talked"},
        {"state": ["done"]},
        {"at": "yesterday"},
        {"at": 1764000000},
        {"at": "2026-11-24T09:00:00"},
        {"at": "0001-01-01T00:00:00Z"},
        {"acted_at": "2020-01-01T09:00:00Z"},
        {"again_at": "soon", "state": "again"},
        {"corrects": "that one"},
    ],
    ids=str,
)
def test_a_visit_that_cannot_be_read_is_kept_whole_for_review(walk: Walk, wrong: Item) -> None:
    item = walk.visit() | wrong

    assert walk.send(item) == [("review", "unreadable")]
    assert ReviewItem.objects.get().payload == item
    assert not Visit.objects.exists()


@pytest.mark.parametrize("field", ["round", "dwelling", "state", "at", "acted_at"])
def test_a_visit_without_one_of_its_fields_is_unreadable(walk: Walk, field: str) -> None:
    item = walk.visit()
    del item[field]

    assert walk.send(item) == [("review", "unreadable")]


@pytest.mark.parametrize("unknown", [{"dwelling": "00000000-0000-4000-8000-000000000000"}, {"round": 999_999}])
def test_an_unknown_flat_or_round_goes_to_review(walk: Walk, unknown: Item) -> None:
    assert walk.send(walk.visit(**unknown)) == [("review", "unknown_id")]


@pytest.mark.parametrize(
    ("minutes", "status"), [(-61, "review"), (-59, "accepted"), (239, "accepted"), (241, "review")]
)
def test_an_assignment_counts_from_its_first_moment_to_its_last(walk: Walk, minutes: int, status: str) -> None:
    answers = walk.send(walk.visit(minutes=minutes), now=walk.at + timedelta(hours=6))

    assert answers == [(status, "outside_assignment" if status == "review" else "")]


def test_a_flat_of_somebody_elses_entrance_is_outside_the_assignment(walk: Walk) -> None:
    walk.turf.entrances.set(walk.building.entrances.filter(number=2))

    assert walk.send(walk.visit(0), walk.visit(29)) == [("review", "outside_assignment"), ("accepted", "")]


def test_the_same_turf_in_another_round_is_outside_the_assignment(walk: Walk) -> None:
    other = factories.make_round()

    assert walk.send(walk.visit(round=other.pk)) == [("review", "outside_assignment")]


def test_another_persons_assignment_gives_no_right(walk: Walk) -> None:
    stranger = factories.make_person(signs_in=True)

    assert walk.send(walk.visit(), user=stranger.user) == [("review", "outside_assignment")]


def test_a_block_taken_whole_before_it_was_described_holds_all_its_flats(walk: Walk) -> None:
    walk.turf.entrances.clear()
    walk.turf.buildings.set([walk.building])

    assert walk.send(walk.visit(29)) == [("accepted", "")]


@pytest.mark.parametrize(
    ("days_to_vote", "status"), [(1, "review"), (0, "review"), (2, "accepted")], ids=["silence", "vote", "open"]
)
def test_the_law_is_asked_about_the_time_of_the_act(walk: Walk, days_to_vote: int, status: str) -> None:
    today = walk.at.astimezone(factories.make_campaign(checked=False).zone).date()
    factories.make_campaign(voting_day=today + timedelta(days=days_to_vote))

    answers = walk.send(walk.visit(minutes=0))

    assert answers == [(status, "outside_window" if status == "review" else "")]


def test_a_visit_made_inside_the_window_is_accepted_though_it_comes_after_it(walk: Walk) -> None:
    assert walk.send(walk.visit(), now=walk.at + timedelta(days=30)) == [("accepted", "")]


def test_without_a_lawyers_check_the_window_refuses_nothing(walk: Walk) -> None:
    campaign = factories.make_campaign(checked=False, voting_day=walk.at.date())
    campaign.checks.all().delete()

    assert walk.send(walk.visit()) == [("accepted", "")]


# Wrong clocks


@pytest.mark.parametrize("error", [timedelta(days=1), timedelta(days=-1), timedelta(days=365), timedelta(days=-365)])
def test_a_wrong_clock_is_corrected_flagged_and_both_times_are_kept(walk: Walk, error: timedelta) -> None:
    phone_at = walk.at - timedelta(minutes=10) - error
    item = walk.visit(at=stamp(phone_at), acted_at=stamp(phone_at))

    assert walk.send(item, clock_error=error) == [("accepted", "")]

    visit = Visit.objects.get()
    assert (visit.phone_at, visit.acted_at) == (phone_at, walk.at - timedelta(minutes=10))
    assert visit.clock_off


@pytest.mark.parametrize(("minutes", "flagged"), [(5, False), (5.01, True), (-5.01, True)])
def test_only_a_clock_off_by_more_than_five_minutes_is_flagged(walk: Walk, minutes: float, flagged: bool) -> None:
    walk.send(walk.visit(), clock_error=timedelta(minutes=minutes))

    assert Visit.objects.get().clock_off is flagged


def test_a_clock_so_wrong_that_no_date_is_left_is_unreadable(walk: Walk) -> None:
    assert walk.send(walk.visit(), clock_error=timedelta(days=3_000_000)) == [("review", "unreadable")]


def test_a_tap_in_the_future_does_not_outlast_the_visits_that_follow(walk: Walk) -> None:
    act = walk.visit(minutes=-5)
    walk.send(act)
    ahead = stamp(walk.at + timedelta(days=300))
    walk.send(walk.visit(at=ahead, acted_at=act["acted_at"], corrects=act["id"], state="never"))

    later = walk.at + timedelta(hours=1)
    walk.send(walk.visit(minutes=59, state="done"), now=later)

    assert DoorState.objects.get().state == "done"


# Corrections


def test_a_correction_made_after_the_window_is_judged_by_the_act_and_ordered_by_its_own_time(walk: Walk) -> None:
    act = walk.visit(minutes=-50, state="done")
    between = walk.visit(minutes=-20, state="again")
    walk.send(act, between)
    evening = walk.at + timedelta(hours=9)
    correction = walk.visit(state="never", at=stamp(evening), acted_at=act["acted_at"], corrects=act["id"])

    assert walk.send(correction, now=evening) == [("accepted", "")]
    assert DoorState.objects.get().state == "never"
    assert str(Visit.objects.get(pk=correction["id"]).corrects) == act["id"]


def test_a_correction_cannot_make_up_the_time_of_its_act(walk: Walk) -> None:
    """Tapped after the assignment, it names a visit that is not there and a time inside: it waits for review."""
    evening = walk.at + timedelta(hours=9)
    made_up = walk.visit(at=stamp(evening), acted_at=stamp(walk.at - timedelta(minutes=5)), corrects=uuid7())

    assert walk.send(made_up, now=evening) == [("review", "outside_assignment")]


def test_the_time_of_a_corrected_act_is_the_one_at_headquarters(walk: Walk) -> None:
    act = walk.visit(minutes=-50)
    walk.send(act)
    correction = walk.visit(minutes=-5, acted_at=stamp(walk.at - timedelta(minutes=30)), corrects=act["id"])
    walk.send(correction)

    assert Visit.objects.get(pk=correction["id"]).acted_at == Visit.objects.get(pk=act["id"]).acted_at


def test_a_correction_in_the_same_request_finds_its_act_whatever_the_order(walk: Walk) -> None:
    act = walk.visit(minutes=-50)
    evening = walk.at + timedelta(hours=9)
    correction = walk.visit(state="never", at=stamp(evening), acted_at=act["acted_at"], corrects=act["id"])

    assert walk.send(correction, act, now=evening) == [("accepted", ""), ("accepted", "")]


def test_only_a_correction_may_name_another_time_for_the_act(walk: Walk) -> None:
    item = walk.visit(minutes=-5) | {"acted_at": stamp(walk.at - timedelta(minutes=30))}

    assert walk.send(item) == [("review", "unreadable")]


def test_a_correction_of_the_future_is_unreadable(walk: Walk) -> None:
    item = walk.visit(minutes=-5, corrects=uuid7()) | {"acted_at": stamp(walk.at)}

    assert walk.send(item) == [("review", "unreadable")]


# Two phones, and many requests at once


def test_two_phones_at_one_flat_are_both_kept_and_the_newer_time_wins(walk: Walk) -> None:
    partner = factories.make_person(signs_in=True)
    walk.assignment.persons.add(partner)
    other, _ = factories.make_device(partner.user)

    walk.send(walk.visit(minutes=-5, state="done"))
    walk.send(walk.visit(minutes=-8, state="never"), user=partner.user, device=other)

    assert set(Visit.objects.values_list("person", flat=True)) == {walk.person.pk, partner.pk}
    assert DoorState.objects.get().state == "done"


def outcome_of(sent: list[Item]) -> Any:
    """What the visits, states and tallies must be: a plain reckoning in Python."""
    newest: dict[str, Item] = {}
    for item in sorted(sent, key=lambda each: (each["at"], each["id"])):
        newest[item["dwelling"]] = item
    return (
        sorted(item["id"] for item in sent),
        {flat: (item["id"], item["state"]) for flat, item in newest.items()},
    )


def what_is_kept() -> Any:
    return (
        sorted(str(pk) for pk in Visit.objects.values_list("pk", flat=True)),
        {str(each.dwelling_id): (str(each.visit_id), each.state) for each in DoorState.objects.all()},
    )


def a_shift(walk: Walk, count: int = 60) -> list[Item]:
    rng = random.Random(7)
    return [
        walk.visit(
            rng.randrange(len(walk.flats)), minutes=-rng.randrange(1, 50), state=rng.choice(["again", "done", "never"])
        )
        for _ in range(count)
    ]


def test_a_shift_sent_three_times_and_shuffled_gives_the_same_rows_and_states(walk: Walk) -> None:
    shift = a_shift(walk)
    walk.send(*shift)
    expected = what_is_kept()
    for seed in range(3):
        again = shift.copy()
        random.Random(seed).shuffle(again)
        assert {status for status, _ in walk.send(*again)} == {"known"}

    assert what_is_kept() == expected == outcome_of(shift)
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_a_shift_sent_ten_times_at_once_gives_the_same_rows_states_and_tallies() -> None:
    walk = start_walk()
    shift = a_shift(walk, 120)

    answers = at_once([(walk.sender(), shuffled(shift, seed)) for seed in range(10)])

    told = [status for each in answers for status in each]
    assert (told.count("accepted"), told.count("known"), len(told)) == (120, 1080, 1200)
    assert what_is_kept() == outcome_of(shift)
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_ten_phones_at_once_in_the_same_buildings_never_wait_in_a_ring() -> None:
    walk = start_walk()
    second = factories.make_building(plan=None, street=walk.building.street, precinct=walk.building.precinct)
    third = start_walk().building
    factories.describe_block(building=second, plan=factories.BlockPlan(entrances=1, floors=9, flats_per_landing=4))
    for building in (second, third):
        walk.turf.entrances.add(*building.entrances.all())
        walk.flats.extend(building.dwellings.all())
    shifts = [a_shift(walk, 80) for _ in range(10)]

    answers = at_once([(walk.sender(), shuffled(shift, seed)) for seed, shift in enumerate(shifts)])

    assert {status for each in answers for status in each} == {"accepted"}
    assert what_is_kept() == outcome_of([item for shift in shifts for item in shift])
    assert differences() == []
    assert sum(tally.again + tally.done + tally.never for tally in Tally.objects.all()) == DoorState.objects.count()


@pytest.mark.django_db(transaction=True)
def test_of_two_contents_under_one_id_sent_at_once_one_is_kept_and_the_others_are_reviewed() -> None:
    walk = start_walk()
    item = walk.visit(state="done")
    others = [item | {"state": state} for state in ("done", "again", "never", "nodw")]

    answers = at_once([(walk.sender(), [each]) for each in others])

    assert sorted(status for each in answers for status in each) == ["accepted", "review", "review", "review"]
    assert Visit.objects.count() == 1
    assert ReviewItem.objects.count() == 3


def shuffled(items: list[Item], seed: int) -> list[Item]:
    copy = items.copy()
    random.Random(seed).shuffle(copy)
    return copy


def at_once(batches: list[tuple[Sender, list[Item]]]) -> list[list[str]]:
    """Each batch in a thread, with a connection of its own."""

    def receive(batch: tuple[Sender, list[Item]]) -> list[str]:
        try:
            return [answer.status for answer in kinds()["visit"].receive(*batch)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(batches)) as pool:
        return list(pool.map(receive, batches))


# The coordinator decides


@pytest.mark.parametrize("minutes", [-600, -61])
def test_a_visit_outside_the_assignment_counts_once_it_is_accepted(walk: Walk, minutes: int) -> None:
    item = walk.visit(minutes=minutes)
    walk.send(item)

    accept(ReviewItem.objects.get())

    visit = Visit.objects.get()
    assert (str(visit.pk), visit.person, visit.assignment) == (item["id"], walk.person, None)
    assert DoorState.objects.get().state == "done"
    assert walk.send(item) == [("known", "")]


def test_an_accepted_visit_keeps_the_time_corrected_when_it_came(walk: Walk) -> None:
    error = timedelta(days=-1)
    phone_at = walk.at - error
    walk.send(walk.visit(at=stamp(phone_at), acted_at=stamp(phone_at)), clock_error=error, user=factories.make_user())

    accept(ReviewItem.objects.get())

    visit = Visit.objects.get()
    assert (visit.acted_at, visit.phone_at, visit.clock_off) == (walk.at, phone_at, True)


def test_other_content_is_recorded_as_a_correction_with_an_id_of_its_own(walk: Walk) -> None:
    item = walk.visit(state="done")
    walk.send(item)
    walk.send(item | {"state": "never"})

    accept(ReviewItem.objects.get())

    first, second = Visit.objects.order_by("ordered_at")
    assert (str(first.pk), first.state) == (item["id"], "done")
    assert (str(second.corrects), second.state) == (item["id"], "never")
    assert DoorState.objects.get().state == "never"


def test_an_unknown_flat_cannot_be_accepted_and_stays_in_review(walk: Walk) -> None:
    walk.send(walk.visit(dwelling=uuid7()))

    with pytest.raises(CannotAccept, match=r"."):
        accept(ReviewItem.objects.get())
    assert ReviewItem.objects.waiting().count() == 1


def test_an_unreadable_visit_can_only_be_rejected(walk: Walk) -> None:
    walk.send(walk.visit(state="talked"))

    with pytest.raises(CannotAccept, match=r"."):
        accept(ReviewItem.objects.get())


def test_a_visit_is_described_by_its_address_state_and_round(walk: Walk) -> None:
    with translation.override("en"):
        (sentence,) = kinds()["visit"].describe([walk.visit(29)])

    assert f"{walk.building}, entrance 2, flat 30: done. {walk.round.name}" in sentence


# How much the database is asked


@pytest.mark.parametrize("count", [1, 30, 300])
def test_a_batch_of_any_size_costs_the_same_few_queries(walk: Walk, count: int, django_assert_num_queries: Any) -> None:
    items = [walk.visit(place % 30, minutes=-1 - place % 50) for place in range(count)]

    with django_assert_num_queries(7):
        assert {status for status, _ in walk.send(*items)} == {"accepted"}
