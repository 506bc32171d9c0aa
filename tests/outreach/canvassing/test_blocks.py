"""Blocks described at their doors: made once, known again, and asked about when another description comes."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import translation

from campaign.inbox import CannotAccept, kinds
from campaign.territory.blocks import dwelling_id, entrance_id
from campaign.territory.models import Building
from campaign.territory.services import add_dwelling, mark_not_dwelling
from outreach.canvassing.models import BlockDescription
from tests import factories
from tests.outreach.canvassing.walks import Item, Walk, start_walk
from volunteers.accounts.models import ReviewItem
from volunteers.accounts.services import accept_item


@pytest.fixture
def bare(walk: Walk) -> Building:
    """A block of the walk that nobody has described yet."""
    building = factories.make_building(street=walk.building.street, precinct=walk.building.precinct)
    walk.turf.buildings.add(building)
    return building


def accept(review: ReviewItem) -> None:
    accept_item(item=review, user=factories.make_user("coordinator"), why="Проверено", at=review.received_at)


def test_a_description_makes_the_entrances_and_flats_that_the_phone_made(walk: Walk, bare: Building) -> None:
    item = walk.block(bare)

    assert walk.send(item) == [("accepted", "")]

    bare.refresh_from_db()
    assert (bare.entrance_count, bare.dwelling_count) == (2, 30)
    assert bare.dwellings.filter(pk=dwelling_id(bare.pk, 2, "30"), floor=5).exists()
    description = BlockDescription.objects.get()
    assert (str(description.pk), description.person, description.plan) == (item["id"], walk.person, item["plan"])


def test_its_entrances_join_the_turfs_that_took_the_block_whole(walk: Walk, bare: Building) -> None:
    other = factories.make_turf(factories.make_round(), buildings=[bare])
    walk.send(walk.block(bare))

    for turf in (walk.turf, other):
        assert {entrance_id(bare.pk, 1), entrance_id(bare.pk, 2)} <= set(turf.entrances.values_list("pk", flat=True))


def test_visits_to_flats_described_without_a_signal_are_accepted_after_the_description(
    walk: Walk, bare: Building
) -> None:
    walk.send(walk.block(bare))

    assert walk.send(walk.visit(dwelling=str(dwelling_id(bare.pk, 1, "7")))) == [("accepted", "")]


def test_the_kind_of_blocks_is_received_before_the_kind_of_visits() -> None:
    names = list(kinds())

    assert names.index("block") < names.index("visit")


def test_the_same_description_again_is_known_and_another_phones_equal_one_accepted(walk: Walk, bare: Building) -> None:
    item = walk.block(bare)
    walk.send(item)

    assert walk.send(item) == [("known", "")]
    assert walk.send(walk.block(bare)) == [("accepted", "")]
    assert bare.dwellings.count() == 30


def test_the_same_id_with_other_content_goes_to_review(walk: Walk, bare: Building) -> None:
    item = walk.block(bare)
    walk.send(item)

    assert walk.send(item | {"plan": item["plan"] | {"floors": 9}}) == [("review", "other_content")]


def test_a_different_description_goes_to_review_and_nothing_changes(walk: Walk, bare: Building) -> None:
    walk.send(walk.block(bare))

    assert walk.send(walk.block(bare, plan={"floors": 9})) == [("review", "other_description")]
    assert bare.dwellings.lived_in().count() == 30


def test_of_a_block_described_at_the_desk_the_same_plan_is_accepted_another_is_not(walk: Walk) -> None:
    assert walk.send(walk.block(walk.building)) == [("accepted", "")]
    assert walk.send(walk.block(walk.building, plan={"skip": ["13"]})) == [("review", "other_description")]


def test_a_plan_that_was_accepted_stays_the_same_when_flats_were_added_or_struck_out(
    walk: Walk, bare: Building
) -> None:
    walk.send(walk.block(bare))
    mark_not_dwelling(dwelling=bare.dwellings.get(flat="1"))
    add_dwelling(entrance=bare.entrances.get(number=1), flat="15А", floor=5)

    assert walk.send(walk.block(bare)) == [("accepted", "")]
    assert not bare.dwellings.get(flat="1").is_dwelling


@pytest.mark.parametrize(
    "wrong",
    [
        {"plan": None},
        {"plan": {"entrances": 2}},
        {"plan": {"entrances": 2, "floors": 5, "flats_per_landing": 3, "first_flat": "1"}},
        {"plan": {"entrances": 99, "floors": 5, "flats_per_landing": 3, "first_flat": 1}},
        {"plan": {"entrances": 2, "floors": 5, "flats_per_landing": 3, "first_flat": 1, "skip": ["777"]}},
        {"plan": {"entrances": 2, "floors": 5, "flats_per_landing": 3, "first_flat": 1, "skip": [13]}},
        {"building": "here"},
        {"at": None},
    ],
    ids=str,
)
def test_a_description_that_cannot_be_read_goes_to_review(walk: Walk, bare: Building, wrong: Item) -> None:
    assert walk.send({**walk.block(bare), **wrong}) == [("review", "unreadable")]
    assert not bare.dwellings.exists()


def test_an_unknown_building_goes_to_review(walk: Walk, bare: Building) -> None:
    item = walk.block(bare) | {"building": "00000000-0000-4000-8000-000000000000"}

    assert walk.send(item) == [("review", "unknown_id")]


def test_a_block_outside_the_assignment_goes_to_review(walk: Walk) -> None:
    elsewhere = factories.make_building()

    assert walk.send(walk.block(elsewhere)) == [("review", "outside_assignment")]
    assert not elsewhere.dwellings.exists()


def test_a_private_house_cannot_be_described_as_a_block(walk: Walk, bare: Building) -> None:
    Building.objects.filter(pk=bare.pk).update(kind="private")

    assert walk.send(walk.block(bare)) == [("review", "other_description")]


def test_an_accepted_description_replaces_what_stands_and_deletes_nothing(walk: Walk, bare: Building) -> None:
    walk.send(walk.block(bare))
    walk.send(walk.block(bare, plan={"entrances": 3, "floors": 4}))

    accept(ReviewItem.objects.get())

    bare.refresh_from_db()
    assert (bare.entrance_count, bare.dwelling_count) == (3, 36)
    assert bare.dwellings.filter(is_dwelling=False).exists()
    assert walk.turf.entrances.filter(building=bare).count() == 3


def test_an_impossible_description_cannot_be_accepted(walk: Walk, bare: Building) -> None:
    walk.send(walk.block(bare, plan={"entrances": 99}))

    with pytest.raises(CannotAccept, match=r"."):
        accept(ReviewItem.objects.get())


def test_a_reviewed_description_is_shown_with_the_one_that_stands(walk: Walk, bare: Building) -> None:
    walk.send(walk.block(bare))

    with translation.override("en"):
        (sentence,) = kinds()["block"].describe([walk.block(bare, plan={"floors": 9, "skip": ["13"]})])

    assert sentence == (
        f"{bare}: entrances: 2, floors: 9, flats a landing: 3, first flat: 1, left out: 13. "
        "Now: entrances: 2, floors: 5, flats a landing: 3, first flat: 1"
    )


@pytest.mark.django_db(transaction=True)
def test_ten_phones_that_describe_one_block_at_once_make_it_once() -> None:
    walk = start_walk()
    bare = factories.make_building(street=walk.building.street)
    walk.turf.buildings.add(bare)

    def send(item: Item) -> Any:
        try:
            return walk.send(item)[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(send, [walk.block(bare) for _ in range(10)]))
    assert answers == [("accepted", "")] * 10
    assert bare.dwellings.count() == 30
