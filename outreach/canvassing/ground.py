"""Choosing ground for a turf: which houses are offered, what of them is chosen, what another turf holds already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from campaign.territory.models import Building, Entrance
from outreach.canvassing.models import Round, Turf

MOST_OFFERED = 12


@dataclass(frozen=True)
class GroundEntrance:
    entrance: Entrance
    flats: int
    chosen: bool
    held_by: Turf | None  # another turf of the same round


@dataclass(frozen=True)
class GroundHouse:
    """A house with its entrances; one that is not described yet can only be taken whole."""

    building: Building
    entrances: list[GroundEntrance]
    chosen: bool


@dataclass(frozen=True)
class Ground:
    """What the page shows: first the houses that something is chosen of, then those that were looked for."""

    chosen: list[GroundHouse]
    offered: list[GroundHouse]
    more: int  # found, but not offered

    @property
    def entrance_count(self) -> int:
        return sum(entrance.chosen for house in self.chosen for entrance in house.entrances)

    @property
    def flat_count(self) -> int:
        return sum(each.flats for house in self.chosen for each in house.entrances if each.chosen)

    @property
    def block_count(self) -> int:
        return sum(house.chosen for house in self.chosen)


def survey(
    *,
    round: Round,
    text: str,
    precinct: Any = None,
    entrances: Sequence[Entrance] = (),
    buildings: Sequence[Building] = (),
    turf: Turf | None = None,
) -> Ground:
    """The houses of the page in six queries, however many are found. `turf` is the one being changed."""
    taken = {each.building_id for each in entrances} | {each.pk for each in buildings}
    found = Building.objects.matching(text).with_address().exclude(pk__in=taken)
    if precinct:
        found = found.filter(precinct=precinct)
    offered = list(found[:MOST_OFFERED]) if text or precinct else []
    more = max(found.count() - MOST_OFFERED, 0) if offered else 0
    chosen = list(Building.objects.filter(pk__in=taken).with_address())
    houses = _houses([*chosen, *offered], round, {each.pk for each in [*entrances, *buildings]}, turf)
    return Ground(houses[: len(chosen)], houses[len(chosen) :], more)


def house_ground(building: Building, round: Round, *, chosen: Iterable[UUID] = ()) -> GroundHouse:
    """One house with all its entrances."""
    return _houses([building], round, set(chosen), None)[0]


def _houses(buildings: Sequence[Building], round: Round, chosen: set[UUID], turf: Turf | None) -> list[GroundHouse]:
    entrances = (
        Entrance.objects.filter(building__in=buildings)
        .annotate(flats=Count("dwellings", filter=Q(dwellings__is_dwelling=True)))
        .order_by("number")  # grouped rows lose the model's own order
    )
    holders = _holders([each.pk for each in entrances], round, turf)
    of: dict[UUID, list[GroundEntrance]] = defaultdict(list)
    for each in entrances:
        of[each.building_id].append(
            GroundEntrance(each, each.flats, bool({each.pk, each.building_id} & chosen), holders.get(each.pk))
        )
    return [GroundHouse(building, of[building.pk], building.pk in chosen) for building in buildings]


def _holders(entrances: list[UUID], round: Round, but: Turf | None) -> dict[UUID, Turf]:
    """The turf of the round that holds each entrance already."""
    held = Turf.entrances.through.objects.filter(entrance__in=entrances, turf__round=round)
    if but:
        held = held.exclude(turf=but)
    return {row.entrance_id: row.turf for row in held.select_related("turf")}
