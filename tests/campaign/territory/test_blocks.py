from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.territory import blocks
from campaign.territory.blocks import BlockPlan, BlockPlanError, dwelling_id, entrance_id

pytestmark = pytest.mark.usefixtures("in_english")

BUILDING = UUID("0190a5f0-7c1e-7000-8000-000000000001")

PLANS = st.builds(
    BlockPlan,
    entrances=st.integers(1, 6),
    floors=st.integers(2, 12),
    flats_per_landing=st.integers(1, 8),
    first_flat=st.integers(1, 500),
    first_floor=st.integers(1, 2),
)


def test_flats_are_numbered_on_through_the_entrances_from_the_bottom_floor_up():
    plan = BlockPlan(entrances=2, floors=2, flats_per_landing=3, first_flat=1)
    assert list(plan.dwellings()) == [
        (1, 1, "1"), (1, 1, "2"), (1, 1, "3"), (1, 2, "4"), (1, 2, "5"), (1, 2, "6"),
        (2, 1, "7"), (2, 1, "8"), (2, 1, "9"), (2, 2, "10"), (2, 2, "11"), (2, 2, "12"),
    ]  # fmt: skip


def test_a_block_that_goes_on_counting_from_its_neighbour_begins_with_its_first_flat():
    plan = BlockPlan(entrances=1, floors=2, flats_per_landing=2, first_flat=61)
    assert [dwelling.flat for dwelling in plan.dwellings()] == ["61", "62", "63", "64"]


def test_shops_on_the_ground_floor_leave_the_first_flat_on_the_second():
    plan = BlockPlan(entrances=1, floors=3, flats_per_landing=1, first_floor=2)
    assert list(plan.dwellings()) == [(1, 2, "1"), (1, 3, "2")]


def test_a_skipped_flat_keeps_its_number_from_the_next_one():
    plan = BlockPlan(entrances=1, floors=1, flats_per_landing=4, skip=frozenset({"2"}))
    assert [dwelling.flat for dwelling in plan.dwellings()] == ["1", "3", "4"]
    assert plan.total == 3


@given(PLANS)
def test_the_total_counts_the_dwellings_and_no_flat_comes_twice(plan):
    dwellings = list(plan.dwellings())
    flats = [int(dwelling.flat) for dwelling in dwellings]
    assert plan.total == len(dwellings)
    assert flats == list(range(plan.first_flat, plan.last_flat + 1))


@given(PLANS)
def test_every_landing_of_a_plan_has_the_same_number_of_flats(plan):
    landings: dict[tuple[int, int], int] = {}
    for entrance, floor, _flat in plan.dwellings():
        landings[entrance, floor] = landings.get((entrance, floor), 0) + 1
    assert set(landings.values()) == {plan.flats_per_landing}
    assert {entrance for entrance, _ in landings} == set(range(1, plan.entrances + 1))
    assert {floor for _, floor in landings} == set(range(plan.first_floor, plan.floors + 1))


@pytest.mark.parametrize("field", ["entrances", "floors", "flats_per_landing", "first_flat"])
@pytest.mark.parametrize("too", ["low", "high"])
def test_a_number_outside_its_limits_is_refused_by_name(field, too):
    low, high = blocks.LIMITS[field]
    numbers = {"entrances": 1, "floors": 1, "flats_per_landing": 1, "first_flat": 1}
    with pytest.raises(BlockPlanError) as refused:
        BlockPlan(**numbers | {field: low - 1 if too == "low" else high + 1})
    assert refused.value.field == field
    assert f"{low} to {high}" in str(refused.value.message)


def test_more_dwellings_than_any_block_has_are_refused():
    with pytest.raises(BlockPlanError) as refused:
        BlockPlan(entrances=30, floors=40, flats_per_landing=30)
    assert refused.value.field == "entrances"
    assert "36000" in str(refused.value.message)


def test_the_largest_block_allowed_has_two_thousand_dwellings():
    assert BlockPlan(entrances=10, floors=20, flats_per_landing=10).total == 2000


@pytest.mark.parametrize("floor", [0, 6])
def test_a_first_floor_that_the_block_lacks_is_refused(floor):
    with pytest.raises(BlockPlanError) as refused:
        BlockPlan(entrances=1, floors=5, flats_per_landing=4, first_floor=floor)
    assert refused.value.field == "first_floor"


@pytest.mark.parametrize("flat", ["0", "21", "05", "5а", ""])
def test_a_skipped_flat_that_the_block_lacks_is_refused(flat):
    with pytest.raises(BlockPlanError) as refused:
        BlockPlan(entrances=1, floors=5, flats_per_landing=4, skip=frozenset({flat}))
    assert refused.value.field == "skip"
    assert "1–20" in str(refused.value.message)


# The phone's tests have the same: whoever changes one breaks what was described offline.
TEST_VECTORS = {
    "1": "208204d4-69dd-5c3c-af04-d2ba383eaf0b",
    "2": "2410fdb1-3dcd-565e-88fa-888033c3e47a",
    "1/1": "13b1111a-dc47-5703-9977-fc886da97a3b",
    "2/37": "3b24b12d-9584-525c-b44d-128b36c9a983",
    "2/37а": "e06832c8-af0c-5d57-9013-0d2a8d421eb1",
}


@pytest.mark.parametrize(("name", "expected"), TEST_VECTORS.items())
def test_ids_are_the_ones_that_phones_compute(name, expected):
    entrance, _, flat = name.partition("/")
    made = dwelling_id(BUILDING, int(entrance), flat) if flat else entrance_id(BUILDING, int(entrance))
    assert str(made) == expected


@pytest.mark.parametrize(("name", "expected"), TEST_VECTORS.items())
def test_the_test_vectors_are_written_in_the_documentation(name, expected):
    assert f"«{name}»" in (blocks.__doc__ or "")
    assert expected in (blocks.__doc__ or "")
