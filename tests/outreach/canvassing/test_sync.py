"""A phone's whole request: all kinds together, in any order, over HTTP, and many phones at once."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from campaign.territory.blocks import BlockPlan, dwelling_id, entrance_id
from campaign.territory.models import Building
from outreach.canvassing.counting import differences
from outreach.canvassing.models import BlockDescription, DoorState, Opinion, Visit
from outreach.canvassing.pack import stamp
from tests import factories
from tests.outreach.canvassing.walks import Item, Walk, start_walk
from volunteers.accounts.models import ReviewItem
from volunteers.accounts.services import accept_item


def post(bearer: str, walk: Walk, items: list[Item]) -> Any:
    body = {"v": 1, "now": stamp(walk.at), "app": "1", "since": None, "items": items}
    client = Client(headers={"Authorization": f"Bearer {bearer}"})
    return client.post(reverse("accounts:inbox"), json.dumps(body), content_type="application/json")


def told(response: Any) -> dict[str, tuple[str, str]]:
    assert response.status_code == 200
    return {each["id"]: (each["status"], each["reason"]) for each in response.json()["answers"]}


def bare_block(walk: Walk) -> Building:
    """A block of the walk's turf that nobody has described yet."""
    building = factories.make_building(street=walk.building.street, precinct=walk.building.precinct)
    walk.turf.buildings.add(building)
    return building


def evening(walk: Walk, bare: Building) -> list[Item]:
    """A block described at its door, ten flats visited in it, what was said, and a report."""
    visits = [walk.visit(dwelling=str(dwelling_id(bare.pk, 1, str(flat))), minutes=-flat) for flat in range(1, 11)]
    opinions = [walk.opinion(entrance=str(entrance_id(bare.pk, 1))) for _ in visits]
    return [walk.report(building=str(bare.pk), flat="15А"), *opinions, *visits, walk.block(bare)]


def test_an_evening_without_a_signal_arrives_whole_whatever_its_order(walk: Walk) -> None:
    bare = bare_block(walk)
    items = evening(walk, bare)

    answers = told(post(walk.bearer, walk, items))

    statuses = [answers[item["id"]] for item in items]
    assert statuses == [("review", "flat_report"), *[("accepted", "")] * 21]
    assert Visit.objects.filter(dwelling__building=bare).count() == 10
    assert Opinion.objects.filter(entrance__building=bare).count() == 10
    assert BlockDescription.objects.get().building == bare
    assert differences() == []


def test_the_same_evening_sent_again_is_known_item_by_item(walk: Walk) -> None:
    items = evening(walk, bare_block(walk))
    post(walk.bearer, walk, items)
    random.Random(3).shuffle(items)

    answers = told(post(walk.bearer, walk, items))

    assert {status for status, _reason in answers.values()} == {"known"}
    assert len(answers) == len(items)
    assert (Visit.objects.count(), Opinion.objects.count(), ReviewItem.objects.count()) == (10, 10, 1)


def test_what_was_put_into_review_is_known_when_it_comes_again(walk: Walk) -> None:
    items = [walk.visit(minutes=-600), walk.opinion(day="2025-01-01")]
    first = told(post(walk.bearer, walk, items))
    again = told(post(walk.bearer, walk, items))

    assert {status for status, _reason in first.values()} == {"review"}
    assert {status for status, _reason in again.values()} == {"known"}
    assert ReviewItem.objects.count() == 2


def test_all_that_a_revoked_phone_delivers_is_reviewed_and_its_opinions_without_the_phone(walk: Walk) -> None:
    walk.device.revoked_at = walk.at
    walk.device.save()
    visit, opinion = walk.visit(), walk.opinion()

    response = post(walk.bearer, walk, [visit, opinion])

    assert set(told(response).values()) == {("review", "revoked_device")}
    assert (response.json()["revoked"], response.json()["states"]) == (True, [])
    devices = dict(ReviewItem.objects.values_list("kind", "device"))
    assert devices == {"visit": walk.device.pk, "opinion": None}
    assert not Visit.objects.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_an_export_of_what_waits_costs_the_same_queries_for_any_number_of_visits(
    walk: Walk, coordinator: Client, count: int, django_assert_num_queries: Any
) -> None:
    post(walk.bearer, walk, [walk.visit(flat % 30, minutes=-600) for flat in range(count)])

    # session, user, campaign, rows, their flats, their rounds
    with django_assert_num_queries(6):
        lines = b"".join(coordinator.get(reverse("accounts:review-list"), {"export": "csv"})).decode().splitlines()

    assert len(lines) == count + 1
    assert walk.building.house in lines[1]


def test_a_revoked_phones_opinion_of_a_small_entrance_can_still_be_accepted_for_its_precinct(db: None) -> None:
    walk = start_walk(plan=BlockPlan(entrances=1, floors=3, flats_per_landing=3))
    walk.device.revoked_at = walk.at
    walk.device.save()
    post(walk.bearer, walk, [walk.opinion(outcome="refused")])
    review = ReviewItem.objects.get()

    accept_item(item=review, user=factories.make_user("coordinator"), why="Был там", at=walk.at)

    opinion = Opinion.objects.get()
    assert (opinion.entrance, opinion.precinct) == (None, walk.building.precinct)


@pytest.mark.django_db(transaction=True)
def test_ten_partners_who_describe_and_walk_one_block_at_once_never_wait_in_a_ring() -> None:
    walk = start_walk()
    bare = bare_block(walk)
    partners = [factories.make_person(signs_in=True) for _ in range(10)]
    walk.assignment.persons.add(*partners)
    bearers = [factories.make_device(partner.user)[1] for partner in partners]
    evenings = [evening(walk, bare) for _ in partners]

    def send(number: int) -> set[str]:
        items = evenings[number].copy()
        random.Random(number).shuffle(items)
        try:
            first, second = (told(post(bearers[number], walk, items)) for _ in range(2))
            assert {status for status, _reason in second.values()} == {"known"}
            return {f"{status} {reason}".strip() for status, reason in first.values()}
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        assert set().union(*pool.map(send, range(10))) == {"accepted", "review flat_report"}
    assert (Visit.objects.count(), Opinion.objects.count()) == (100, 100)
    assert DoorState.objects.count() == 10
    assert bare.dwellings.count() == 30
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_a_block_described_again_and_visits_in_it_at_the_same_time_never_wait_in_a_ring() -> None:
    """Half of them send the description too, and hold the building while the others' visits point to it."""
    walk = start_walk()
    bare = bare_block(walk)
    walk.send(walk.block(bare))
    partners = [factories.make_person(signs_in=True) for _ in range(8)]
    walk.assignment.persons.add(*partners)
    bearers = [factories.make_device(partner.user)[1] for partner in partners]

    def send(number: int) -> set[tuple[str, str]]:
        try:
            answers = [told(post(bearers[number], walk, evening(walk, bare)[11 : 22 - number % 2])) for _ in range(6)]
            return {answer for each in answers for answer in each.values()}
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert set().union(*pool.map(send, range(8))) == {("accepted", "")}
    assert Visit.objects.count() == 8 * 6 * 10
    assert differences() == []
