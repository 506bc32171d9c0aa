"""The four numbers that a block was described by, found again from its flats."""

from typing import Any

from campaign.territory.blocks import BlockPlan, BlockPlanError
from campaign.territory.models import Building


def plan_of(building: Building) -> dict[str, Any]:
    """The numbers of a form that describe what stands; nothing where no four numbers do."""
    flats = list(building.dwellings.values_list("entrance__number", "floor", "flat", "is_dwelling"))
    if not flats or not all(flat.isdigit() for _entrance, _floor, flat, _is_dwelling in flats):
        return {}
    plan = _guess([(entrance, floor, int(flat)) for entrance, floor, flat, _ in flats])
    lived_in = {(entrance, floor, flat) for entrance, floor, flat, is_dwelling in flats if is_dwelling}
    if plan is None:
        return {}
    skip = {each.flat for each in plan.dwellings()} - {flat for _entrance, _floor, flat in lived_in}
    if {tuple(each) for each in plan.dwellings() if each.flat not in skip} != lived_in:
        return {}
    numbers = ("entrances", "floors", "flats_per_landing", "first_flat", "first_floor")
    return {name: getattr(plan, name) for name in numbers} | {"skip": ", ".join(sorted(skip, key=int))}


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
