"""Reports on flats: always kept for the coordinator, and done when they are accepted."""

import pytest
from django.utils import translation

from campaign.inbox import CannotAccept, kinds
from campaign.territory.blocks import dwelling_id
from tests import factories
from tests.outreach.canvassing.walks import Item, Walk, uuid7
from volunteers.accounts.models import ReviewItem
from volunteers.accounts.services import accept_item


def accept(review: ReviewItem) -> None:
    accept_item(item=review, user=factories.make_user("coordinator"), why="Проверено", at=review.received_at)


def test_a_report_waits_for_the_coordinator_and_comes_once(walk: Walk) -> None:
    item = walk.report()

    assert walk.send(item) == [("review", "flat_report")]
    assert walk.send(item)[0][0] == "known"
    assert ReviewItem.objects.get().payload == item


@pytest.mark.parametrize(
    "wrong",
    [
        {"problem": "haunted"},
        {"flat": ""},
        {"flat": 15},
        {"flat": "1234567890123"},
        {"entrance": 0},
        {"floor": "5"},
        {"at": "now"},
    ],
    ids=str,
)
def test_a_report_that_cannot_be_read_says_so(walk: Walk, wrong: Item) -> None:
    assert walk.send(walk.report() | wrong) == [("review", "unreadable")]


def test_a_report_on_an_unknown_building_says_so(walk: Walk) -> None:
    assert walk.send(walk.report(building=uuid7())) == [("review", "unknown_id")]


def test_an_accepted_missing_flat_is_added_with_the_id_that_phones_make(walk: Walk) -> None:
    walk.send(walk.report(flat="15а", floor=5))

    accept(ReviewItem.objects.get())

    walk.building.refresh_from_db()
    added = walk.building.dwellings.exclude(pk__in=[flat.pk for flat in walk.flats]).get()
    assert (added.pk, added.floor) == (dwelling_id(walk.building.pk, 1, added.flat), 5)
    assert walk.building.dwelling_count == 31


def test_an_accepted_not_a_dwelling_keeps_its_row_and_counts_no_longer(walk: Walk) -> None:
    walk.send(walk.report(flat="7", problem="not_dwelling"))

    accept(ReviewItem.objects.get())

    walk.flats[6].refresh_from_db()
    walk.building.refresh_from_db()
    assert not walk.flats[6].is_dwelling
    assert walk.building.dwelling_count == 29


@pytest.mark.parametrize("wrong", [{"flat": "77"}, {"flat": "7", "entrance": 2}])
def test_a_flat_that_is_not_there_cannot_be_struck_out(walk: Walk, wrong: Item) -> None:
    walk.send(walk.report(problem="not_dwelling", **wrong))

    with pytest.raises(CannotAccept, match=r"."):
        accept(ReviewItem.objects.get())


def test_a_flat_number_that_is_none_cannot_be_added(walk: Walk) -> None:
    walk.send(walk.report(flat="???"))

    with pytest.raises(CannotAccept, match=r"."):
        accept(ReviewItem.objects.get())


def test_a_private_house_gets_no_flat(walk: Walk) -> None:
    house = factories.make_building(walk.building.street, kind="private")
    walk.send(walk.report(building=str(house.pk), flat="2"))

    with pytest.raises(CannotAccept, match=r"."):
        accept(ReviewItem.objects.get())
    assert not house.dwellings.exists()


def test_a_report_is_described_by_its_place_and_problem(walk: Walk) -> None:
    with translation.override("en"):
        (sentence,) = kinds()["flat-report"].describe([walk.report(flat="7", problem="not_dwelling")])

    assert sentence == f"{walk.building}, entrance 1, floor 5, flat 7: not a dwelling"
