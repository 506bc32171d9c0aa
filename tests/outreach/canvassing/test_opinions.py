"""Opinions: counted by entrance and day, and cut off from flat, visit, person and phone."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.utils import translation

from campaign.inbox import CannotAccept, kinds
from campaign.territory.blocks import BlockPlan
from campaign.territory.services import mark_not_dwelling
from outreach.canvassing.models import Opinion
from tests import factories
from tests.outreach.canvassing.walks import Item, Walk, start_walk
from volunteers.accounts.models import ReviewItem
from volunteers.accounts.services import accept_item, put_in_review

TINY = BlockPlan(entrances=1, floors=3, flats_per_landing=3)


def accept(review: ReviewItem) -> None:
    accept_item(item=review, user=factories.make_user("coordinator"), why="Всё верно", at=review.received_at)


def day_of(walk: Walk, days: int = 0) -> str:
    local = walk.at.astimezone(factories.make_campaign(checked=False).zone).date()
    return (local + timedelta(days=days)).isoformat()


def test_an_outcome_is_counted_by_entrance_and_day(walk: Walk) -> None:
    item = walk.opinion(outcome="refused")

    assert walk.send(item) == [("accepted", "")]

    opinion = Opinion.objects.get()
    assert (str(opinion.pk), opinion.outcome, opinion.support) == (item["id"], "refused", "")
    assert (opinion.entrance_id, opinion.precinct) == (walk.flats[0].entrance_id, walk.building.precinct)
    assert opinion.day.isoformat() == item["day"]


def test_a_voter_talked_to_is_counted_with_support_and_topics(walk: Walk) -> None:
    assert walk.send(walk.opinion(support="lean_for", topics=[3, 1, 3])) == [("accepted", "")]

    opinion = Opinion.objects.get()
    assert (opinion.outcome, opinion.support, opinion.topics) == ("", "lean_for", [1, 3])


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "slept"},
        {"outcome": None},
        {"outcome": ["talked"]},
        {"outcome": "talked", "support": "for"},
        {"support": "5"},
        {"topics": [1]},
        {"support": "for", "topics": ["1"], "outcome": None},
        {"day": "24.11.2026"},
        {"day": "2026-02-30"},
        {"entrance": "3"},
        {"round": None},
        {"replaces": "all"},
        {"replaces": ["x"]},
    ],
    ids=str,
)
def test_an_opinion_that_cannot_be_read_goes_to_review(walk: Walk, wrong: Item) -> None:
    assert walk.send(walk.opinion() | wrong) == [("review", "unreadable")]
    assert not Opinion.objects.exists()


def test_an_opinion_cannot_replace_itself(walk: Walk) -> None:
    item = walk.opinion()

    assert walk.send(item | {"replaces": [item["id"]]}) == [("review", "unreadable")]


# What leads back to a door


def test_no_column_of_an_opinion_names_flat_visit_person_phone_or_time_of_day() -> None:
    columns = {field.name for field in Opinion._meta.get_fields()}

    assert columns == {
        "id", "round", "precinct", "entrance", "day", "outcome", "support", "topics", "withdrawn", "digest",
    }  # fmt: skip


@pytest.mark.parametrize(("flats", "known_by"), [(9, "precinct"), (10, "entrance")])
def test_an_entrance_under_ten_dwellings_is_known_by_its_precinct_only(walk: Walk, flats: int, known_by: str) -> None:
    for flat in walk.flats[flats:15]:
        mark_not_dwelling(dwelling=flat)

    walk.send(walk.opinion())

    opinion = Opinion.objects.get()
    assert opinion.precinct == walk.building.precinct
    assert opinion.entrance_id == (walk.flats[0].entrance_id if known_by == "entrance" else None)


def test_the_rows_lie_in_the_order_of_their_random_ids_not_of_the_doors(walk: Walk) -> None:
    items = [walk.opinion() for _ in range(30)]
    walk.send(*items)

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM canvassing_opinion ORDER BY ctid")
        assert [str(pk) for (pk,) in cursor.fetchall()] == sorted(item["id"] for item in items)


def test_the_fingerprint_cannot_be_had_without_the_key(walk: Walk, settings: Any) -> None:
    from outreach.canvassing.sync.opinions import fingerprint

    item = walk.opinion()
    before = fingerprint(item)
    settings.SECRET_KEY = "another key of an installation that is not this one, long enough"

    assert fingerprint(item) != before


def test_what_goes_to_review_goes_without_phone_and_time_of_day(walk: Walk) -> None:
    walk.send(walk.opinion(day=day_of(walk, -400), dwelling=str(walk.flats[0].pk)))

    review = ReviewItem.objects.get()
    local = review.received_at.astimezone(factories.make_campaign(checked=False).zone)
    assert review.device is None
    assert (local.hour, local.minute, local.second) == (0, 0, 0)
    assert str(walk.flats[0].pk) not in str(review.payload)


@pytest.mark.parametrize(("error", "kept"), [(timedelta(seconds=-73.512), 0), (timedelta(days=2, hours=3), 2)])
def test_what_goes_to_review_keeps_of_the_clock_error_whole_days_only(walk: Walk, error: timedelta, kept: int) -> None:
    """Every visit of the same request has the same error to the microsecond: it would name the phone."""
    walk.send(walk.opinion(day=day_of(walk, -400)), clock_error=error)

    assert ReviewItem.objects.get().clock_error == timedelta(days=kept)


def test_a_small_entrance_is_left_out_of_what_is_reviewed(db: None) -> None:
    walk = start_walk(plan=TINY)
    walk.send(walk.opinion(day=day_of(walk, -400)))

    payload = ReviewItem.objects.get().payload
    assert (payload["entrance"], payload["precinct"]) == (None, walk.building.precinct.pk)
    assert str(walk.flats[0].entrance_id) not in str(payload)


def test_an_opinion_of_a_revoked_phone_is_kept_without_the_phone_too(walk: Walk) -> None:
    put_in_review(walk.sender(), walk.opinion(), "revoked_device")

    assert ReviewItem.objects.get().device is None


# Judged by its day


@pytest.mark.parametrize(("hours", "status"), [(-30, "review"), (-1, "accepted")])
def test_an_assignment_at_some_time_of_the_day_is_enough(walk: Walk, hours: int, status: str) -> None:
    midnight = walk.at.astimezone(factories.make_campaign(checked=False).zone).replace(hour=0, minute=0, second=0)
    walk.assignment.starts_at = midnight + timedelta(hours=hours)
    walk.assignment.ends_at = midnight + timedelta(hours=hours + 2)
    walk.assignment.save()

    assert walk.send(walk.opinion()) == [(status, "outside_assignment" if status == "review" else "")]


def test_an_entrance_outside_the_turf_is_outside_the_assignment(walk: Walk) -> None:
    walk.turf.entrances.set(walk.building.entrances.filter(number=2))

    assert walk.send(walk.opinion()) == [("review", "outside_assignment")]


@pytest.mark.parametrize(
    ("days", "status"),
    [(-11, "review"), (-10, "accepted"), (12, "accepted"), (13, "review"), (14, "review")],
    ids=["before", "first evening", "last day", "silence", "vote"],
)
def test_a_day_of_which_any_part_is_inside_the_window_is_inside(walk: Walk, days: int, status: str) -> None:
    """The window opens at 18:00 ten days ago, and closes at midnight before the day before the vote."""
    walk.assignment.starts_at, walk.assignment.ends_at = walk.at - timedelta(days=30), walk.at + timedelta(days=30)
    walk.assignment.save()

    answers = walk.send(walk.opinion(day=day_of(walk, days)))

    assert answers == [(status, "outside_window" if status == "review" else "")]


@pytest.mark.parametrize("wrong_by", [timedelta(days=1), timedelta(days=-365)])
def test_the_day_of_a_wrong_clock_is_corrected_by_whole_days(walk: Walk, wrong_by: timedelta) -> None:
    said = date.fromisoformat(day_of(walk)) - wrong_by

    assert walk.send(walk.opinion(day=said.isoformat()), clock_error=wrong_by) == [("accepted", "")]
    assert Opinion.objects.get().day.isoformat() == day_of(walk)


@pytest.mark.parametrize("unknown", [{"entrance": str(uuid4())}, {"round": 999_999}])
def test_an_unknown_entrance_or_round_goes_to_review(walk: Walk, unknown: Item) -> None:
    assert walk.send(walk.opinion(**unknown)) == [("review", "unknown_id")]


# The same again, other content, corrections


def test_the_same_opinion_again_is_known(walk: Walk) -> None:
    item = walk.opinion()

    assert walk.send(item, item) == [("accepted", ""), ("known", "")]
    assert walk.send(item) == [("known", "")]
    assert Opinion.objects.count() == 1


def test_other_content_under_a_known_id_is_reviewed_and_the_first_stays(walk: Walk) -> None:
    item = walk.opinion(outcome="talked")
    walk.send(item)

    assert walk.send(item | {"outcome": "refused"}) == [("review", "other_content")]
    assert Opinion.objects.get().outcome == "talked"


def counted() -> list[str]:
    return sorted(Opinion.objects.counted().values_list("outcome", flat=True))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "late"])
def test_a_correction_withdraws_what_it_replaces_whichever_comes_first(walk: Walk, order: tuple[int, int]) -> None:
    first = walk.opinion(outcome="talked")
    items = [first, walk.opinion(outcome="refused", replaces=[first["id"]])]

    for place in order:
        walk.send(items[place])

    assert counted() == ["refused"]
    withdrawn = Opinion.objects.get(pk=first["id"])
    assert (withdrawn.withdrawn, withdrawn.outcome, withdrawn.entrance, withdrawn.day) == (True, "", None, None)
    assert walk.send(first) == [("known", "")]


def test_a_correction_in_the_same_batch_withdraws_too(walk: Walk) -> None:
    first = walk.opinion(outcome="talked")
    voter = walk.opinion(support="for")
    second = walk.opinion(outcome="refused", replaces=[first["id"], voter["id"]])
    third = walk.opinion(outcome="moved", replaces=[second["id"]])

    assert {status for status, _ in walk.send(third, first, second, voter)} == {"accepted"}
    assert counted() == ["moved"]


def test_a_correction_in_review_withdraws_nothing_until_it_is_accepted(walk: Walk) -> None:
    first = walk.opinion(outcome="talked")
    walk.send(first)
    walk.send(walk.opinion(outcome="refused", replaces=[first["id"]], day=day_of(walk, -400)))
    assert counted() == ["talked"]

    accept(ReviewItem.objects.get())

    assert counted() == ["refused"]


@pytest.mark.django_db(transaction=True)
def test_ten_shuffled_copies_at_once_leave_each_opinion_once() -> None:
    walk = start_walk()
    first = [walk.opinion(outcome="talked") for _ in range(30)]
    second = [walk.opinion(outcome="moved", replaces=[each["id"]]) for each in first[:10]]

    def send(seed: int) -> set[str]:
        items = first + second
        random.Random(seed).shuffle(items)
        try:
            return {status for status, _ in walk.send(*items)}
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        assert set().union(*pool.map(send, range(10))) <= {"accepted", "known"}
    assert counted() == ["moved"] * 10 + ["talked"] * 20
    assert {str(pk) for pk in Opinion.objects.values_list("pk", flat=True)} == {i["id"] for i in first + second}


# The coordinator decides


def test_an_accepted_opinion_is_counted_like_any_other(walk: Walk) -> None:
    item = walk.opinion(day=day_of(walk, -400))
    walk.send(item)

    accept(ReviewItem.objects.get())

    opinion = Opinion.objects.get()
    assert (str(opinion.pk), opinion.entrance_id) == (item["id"], walk.flats[0].entrance_id)


def test_an_accepted_opinion_of_a_small_entrance_counts_for_its_precinct(db: None) -> None:
    walk = start_walk(plan=TINY)
    walk.send(walk.opinion(day=day_of(walk, -400)))

    accept(ReviewItem.objects.get())

    assert (Opinion.objects.get().entrance, Opinion.objects.get().precinct) == (None, walk.building.precinct)


def test_accepted_other_content_is_a_row_of_its_own(walk: Walk) -> None:
    item = walk.opinion(outcome="talked")
    walk.send(item)
    walk.send(item | {"outcome": "refused"})

    accept(ReviewItem.objects.get())

    assert counted() == ["refused", "talked"]


def test_an_opinion_of_an_unknown_entrance_cannot_be_accepted(walk: Walk) -> None:
    walk.send(walk.opinion(entrance=str(UUID(int=5))))

    with pytest.raises(CannotAccept, match=r"."):
        accept(ReviewItem.objects.get())


def test_an_opinion_is_described_without_naming_a_flat(walk: Walk) -> None:
    with translation.override("en"):
        (sentence,) = kinds()["opinion"].describe([walk.opinion(support="lean_for")])

    assert sentence.startswith(f"{walk.building}, entrance 1, ")
    assert "rather for" in sentence


@pytest.mark.parametrize("count", [1, 300])
def test_a_batch_of_any_size_costs_the_same_few_queries(walk: Walk, count: int, django_assert_num_queries: Any) -> None:
    items = [walk.opinion() for _ in range(count)]

    with django_assert_num_queries(8):
        walk.send(*items)
