"""Blocks described at their doors: made from the plan, known when they come again, in review when they differ."""

from typing import Any

from django.db import transaction

from campaign.inbox import Answer, Sender, Status, digest
from campaign.territory.blocks import BlockPlan, BlockPlanError
from campaign.territory.models import Building, BuildingKind
from campaign.territory.services import describe_block
from outreach.canvassing.models import BlockDescription, Turf
from outreach.canvassing.sync.permits import permits_of
from outreach.canvassing.sync.reading import Item, SentBlock
from outreach.canvassing.sync.sorting import Accepted, Batch, Known
from volunteers.accounts.models import ReviewReason
from volunteers.roster.models import Person


@transaction.atomic(savepoint=False)
def receive(sender: Sender, items: list[Item]) -> list[Answer]:
    batch = Batch(sender, items)
    readable = dict(batch.read(lambda item: SentBlock.read(item, sender)))
    buildings = _locked({block.building_id for block in readable.values()})
    for place, block in readable.items():
        building = buildings.get(block.building_id)
        status, reason = judge(sender, items[place], block, building)
        if status:
            batch.answer(place, status)
        else:
            batch.review(place, reason)
    return batch.close()


def _locked(ids: set[Any]) -> dict[Any, Building]:
    """In the order of their ids, so that two requests with the same blocks never wait for each other in a ring.

    Without the key: visits that only point to a building must not wait for one who comes with visits to it, too.
    """
    found = Building.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    return {building.pk: building for building in found}


def judge(sender: Sender, item: Item, block: SentBlock, building: Building | None) -> tuple[Status | None, str]:
    """Either a status, or none and the reason for review."""
    if building is None:
        return None, ReviewReason.UNKNOWN_ID
    before = BlockDescription.objects.filter(pk=block.id).first()
    if before:
        return (Known, "") if before.digest == digest(item) else (None, ReviewReason.OTHER_CONTENT)
    plan = plan_of(block)
    if plan is None:
        return None, ReviewReason.UNREADABLE
    if not _is_permitted(sender, block, building):
        return None, ReviewReason.OUTSIDE_ASSIGNMENT
    if building.kind != BuildingKind.BLOCK or not _is_same_or_first(building, block, plan):
        return None, ReviewReason.OTHER_DESCRIPTION
    if not building.entrance_count:
        describe_block(building=building, plan=plan)
    keep_description(block, item, building, sender.user)
    return Accepted, ""


def plan_of(block: SentBlock) -> BlockPlan | None:
    try:
        return BlockPlan(**{**block.plan, "skip": frozenset(block.plan["skip"])})
    except BlockPlanError:
        return None


def _is_permitted(sender: Sender, block: SentBlock, building: Building) -> bool:
    """Whoever is at the door of one of its entrances may describe the block."""
    entrances = set(building.entrances.values_list("pk", flat=True))
    return any(
        building.pk in each.buildings or entrances & each.entrances
        for each in permits_of(sender.user, since=block.at, until=block.at)
    )


def _is_same_or_first(building: Building, block: SentBlock, plan: BlockPlan) -> bool:
    """A plan that was accepted before is the same even when a flat was added or struck out since."""
    if not building.entrance_count or building.descriptions.filter(plan=block.plan).exists():
        return True
    standing = building.dwellings.lived_in().values_list("entrance__number", "floor", "flat")
    return set(standing) == set(plan.dwellings())


def keep_description(block: SentBlock, item: Item, building: Building, user: Any) -> None:
    """Remember the plan, and give the block's entrances to the turfs that took it as a whole."""
    BlockDescription.objects.update_or_create(
        pk=block.id,
        defaults={
            "building": building,
            "person": Person.objects.filter(user=user).first(),
            "plan": block.plan,
            "digest": digest(item),
        },
    )
    through = Turf.entrances.through
    entrances = sorted(building.entrances.values_list("pk", flat=True))
    through.objects.bulk_create(
        [
            through(turf_id=turf_id, entrance_id=entrance_id)
            for turf_id in Turf.objects.filter(buildings=building).order_by("pk").values_list("pk", flat=True)
            for entrance_id in entrances
        ],
        ignore_conflicts=True,
    )
