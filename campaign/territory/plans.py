"""The four numbers that a block was described by, found again from its flats."""

from dataclasses import replace

from campaign.territory.blocks import BlockPlan, BlockPlanError
from campaign.territory.models import Building


def plan_of(building: Building) -> BlockPlan | None:
    """The plan that makes just what stands; none where no four numbers do."""
    flats = list(building.dwellings.values_list("entrance__number", "floor", "flat", "is_dwelling"))
    if not flats or not all(flat.isdigit() for _entrance, _floor, flat, _is_dwelling in flats):
        return None
    plan = _guess([(entrance, floor, int(flat)) for entrance, floor, flat, _is_dwelling in flats])
    lived_in = {(entrance, floor, flat) for entrance, floor, flat, is_dwelling in flats if is_dwelling}
    if plan is None:
        return None
    counted = {flat for _entrance, _floor, flat in lived_in}
    plan = replace(plan, skip=frozenset(each.flat for each in plan.dwellings()) - counted)
    return plan if {tuple(each) for each in plan.dwellings()} == lived_in else None


def _guess(flats: list[tuple[int, int, int]]) -> BlockPlan | None:
    entrances, floors, numbers = (set(values) for values in zip(*flats, strict=True))
    storeys = max(floors) - min(floors) + 1
    per_landing, rest = divmod(max(numbers) - min(numbers) + 1, max(entrances) * storeys)
    if rest:
        return None
    try:
        return BlockPlan(max(entrances), max(floors), per_landing, min(numbers), first_floor=min(floors))
    except BlockPlanError:
        return None
