"""What is done to the territory: streets and their names, buildings, blocks described, dwellings added and marked.

Each act is one transaction. Nothing here deletes a dwelling: its id may be on somebody's phone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaign.territory import bulk
from campaign.territory.addresses import FlatNumber, HouseNumber, StreetName
from campaign.territory.blocks import BlockPlan, PlannedDwelling, dwelling_id, entrance_id
from campaign.territory.drawing import name_flats
from campaign.territory.models import Building, BuildingKind, Dwelling, Entrance, Precinct, Street, StreetAlias

# never the maintained counts: they may have moved on since the building was read
EDITED = ("street", "house", "house_key", "house_sort", "search", "kind", "precinct", "note")
PRIVATE_HOUSE = (PlannedDwelling(entrance=1, floor=1, flat=""),)


class TerritoryError(Exception):
    """The act cannot be done; `message` says what to do instead, `field` where."""

    def __init__(self, message: str | Promise, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class WouldVanish(TerritoryError):
    """Flats that stand now would no longer count as dwellings: to be confirmed with their number."""

    def __init__(self, flats: Collection[tuple[int, str]]) -> None:
        self.flats = tuple(flats)
        message = ngettext_lazy(
            "%(count)s flat would no longer count as a dwelling. Confirm the number, or correct the description.",
            "%(count)s flats would no longer count as dwellings. Confirm the number, or correct the description.",
            len(self.flats),
        )
        super().__init__(message % {"count": len(self.flats)})

    @property
    def named(self) -> str:
        """Which they are; the dwelling of a private house has no number."""
        return name_flats(key for key in self.flats if key[1])


@dataclass(frozen=True)
class Described:
    """What a description changed: flats added, flats moved to another floor, flats that count again or no longer."""

    added: int
    moved: int
    revived: int
    vanished: int

    @property
    def changed(self) -> bool:
        return any((self.added, self.moved, self.revived, self.vanished))


@transaction.atomic
def add_street(*, name: str, aliases: Iterable[str] = ()) -> Street:
    _refuse_taken_name(name, field="name")
    street = Street.objects.create(name=StreetName.parse(name).written)
    _set_aliases(street, aliases)
    return street


def street_called(*, name: str) -> Street:
    """The street of this name, old or new; added if there is none."""
    return _street_of(StreetName.parse(name).key) or add_street(name=name)


def _street_of(key: str) -> Street | None:
    return Street.objects.filter(key=key).first() or Street.objects.filter(aliases__key=key).first()


@transaction.atomic
def edit_street(*, street: Street, name: str, aliases: Iterable[str]) -> Street:
    """A new name keeps the old one among the others: people and lists go on using it for years."""
    parsed, kept = StreetName.parse(name), list(aliases)
    if parsed.key != street.key:
        _refuse_taken_name(name, field="name", but=street)
        kept.append(street.name)
    street.name = parsed.written
    street.save()
    _set_aliases(street, kept)
    bulk.refresh_search(street)
    return street


def _set_aliases(street: Street, names: Iterable[str]) -> None:
    wanted = {StreetName.parse(name).key: name for name in names if name.strip()}
    wanted.pop(street.key, None)
    street.aliases.exclude(key__in=wanted).delete()
    known = set(street.aliases.values_list("key", flat=True))
    for key, name in wanted.items():
        if key not in known:
            _refuse_taken_name(name, field="aliases", but=street)
            StreetAlias.objects.create(street=street, name=StreetName.parse(name).written)


def _refuse_taken_name(name: str, *, field: str, but: Street | None = None) -> None:
    taken = _street_of(StreetName.parse(name).key)
    if taken and taken != but:
        message = _("“{name}” is already the street {street}: choose another name.")
        raise TerritoryError(format_lazy(message, name=name, street=taken.name), field)


@transaction.atomic
def add_building(
    *,
    street: Street,
    house: str,
    kind: str = BuildingKind.BLOCK,
    precinct: Precinct | None = None,
    note: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
) -> Building:
    """A private house has its one dwelling at once; a block waits for its description."""
    number = HouseNumber.parse(house)
    _refuse_taken_house(street, number)
    building = Building.objects.create(
        street=street,
        house=number.written,
        kind=kind,
        precinct=precinct,
        note=note,
        latitude=latitude,
        longitude=longitude,
    )
    if kind == BuildingKind.PRIVATE:
        _reshape(building, PRIVATE_HOUSE)
    return building


@transaction.atomic
def edit_building(
    *,
    building: Building,
    street: Street,
    house: str,
    kind: str,
    precinct: Precinct | None,
    note: str,
    vanishing: int | None = None,
) -> Described:
    """Another kind changes the dwellings: what would vanish by it is confirmed by its number."""
    number = HouseNumber.parse(house)
    _refuse_taken_house(street, number, but=building)
    was, building.kind = building.kind, kind
    building.street, building.house, building.precinct, building.note = street, number.written, precinct, note
    building.save(update_fields=EDITED)
    if was == kind:
        return Described(0, 0, 0, 0)
    return _reshape(building, PRIVATE_HOUSE if kind == BuildingKind.PRIVATE else (), vanishing)


def _refuse_taken_house(street: Street, number: HouseNumber, but: Building | None = None) -> None:
    taken = street.buildings.filter(house_key=number.key).first()
    if taken and taken != but:
        message = _("{street}, {house} is already there: open it, or write another number.")
        raise TerritoryError(format_lazy(message, street=street.name, house=taken.house), "house")


@transaction.atomic
def describe_block(*, building: Building, plan: BlockPlan, vanishing: int | None = None) -> Described:
    """Make the block's entrances and dwellings as planned, however often.

    What the plan lacks raises `WouldVanish`, and is marked as no dwelling only when `vanishing` names its number.
    """
    if building.kind != BuildingKind.BLOCK:
        raise TerritoryError(_("Only an apartment block has entrances and floors: change the kind of the house first."))
    return _reshape(building, plan.dwellings(), vanishing)


def vanishing_flats(building: Building, plan: BlockPlan) -> list[tuple[int, str]]:
    """The flats that count now and that this plan lacks, each with its entrance."""
    wanted = {(each.entrance, each.flat) for each in plan.dwellings()}
    standing = building.dwellings.lived_in().values_list("entrance__number", "flat")
    return [key for key in standing if key not in wanted]


def _reshape(building: Building, wanted: Iterable[PlannedDwelling], vanishing: int | None = None) -> Described:
    _lock(building.pk)
    plan = {(each.entrance, each.flat): each for each in wanted}
    standing = {(each.entrance.number, each.flat): each for each in building.dwellings.select_related("entrance")}
    gone = [each for key, each in standing.items() if each.is_dwelling and key not in plan]
    if gone and vanishing != len(gone):
        raise WouldVanish([(each.entrance.number, each.flat) for each in gone])
    for each in gone:
        each.is_dwelling = False
    kept = [(each, plan[key]) for key, each in standing.items() if key in plan]
    moved, revived = _as_planned(kept)
    Dwelling.objects.bulk_update([*gone, *{*moved, *revived}], ["floor", "is_dwelling"])
    new = [each for key, each in plan.items() if key not in standing]
    _make(building, new)
    _recount(building)
    return Described(len(new), len(moved), len(revived), len(gone))


def _lock(building_id: UUID) -> Any:
    """One shape at a time. Rows that only point to the building (visits coming in meanwhile) need not wait."""
    return Building.objects.select_for_update(no_key=True).get(pk=building_id)


def _as_planned(kept: list[tuple[Dwelling, PlannedDwelling]]) -> tuple[list[Dwelling], list[Dwelling]]:
    """The flats whose floor the plan corrects, and those that it counts again."""
    moved = [flat for flat, planned in kept if flat.floor != planned.floor]
    revived = [flat for flat, _planned in kept if not flat.is_dwelling]
    for flat, planned in kept:
        flat.floor, flat.is_dwelling = planned.floor, True
    return moved, revived


def _make(building: Building, planned: Collection[PlannedDwelling]) -> None:
    numbers = sorted({each.entrance for each in planned})
    entrances = {number: entrance_id(building.pk, number) for number in numbers}
    Entrance.objects.bulk_create(
        [Entrance(id=entrances[number], building=building, number=number) for number in numbers],
        ignore_conflicts=True,
    )
    Dwelling.objects.bulk_create(
        Dwelling.make(
            id=dwelling_id(building.pk, each.entrance, each.flat),
            entrance_id=entrances[each.entrance],
            building_id=building.pk,
            floor=each.floor,
            flat=each.flat,
        )
        for each in planned
    )


def _recount(building: Building) -> None:
    bulk.recount([building.pk])
    building.refresh_from_db(fields=["entrance_count", "dwelling_count"])


@transaction.atomic
def add_entrance(*, building: Building, number: int) -> Entrance:
    """The entrance of this number, made if it is not there yet."""
    entrance, _made = Entrance.objects.get_or_create(
        building=building, number=number, defaults={"id": entrance_id(building.pk, number)}
    )
    return entrance


@transaction.atomic
def add_dwelling(*, entrance: Entrance, flat: str, floor: int) -> Dwelling:
    """A flat that the description lacks. One that is there already, or was taken for no dwelling, counts again."""
    building = _lock(entrance.building_id)
    key = FlatNumber.parse(flat).key
    _make_or_revive(building, PlannedDwelling(entrance.number, floor, key))
    bulk.recount([building.pk])
    return Dwelling.objects.get(entrance=entrance, flat=key)


def _make_or_revive(building: Building, planned: PlannedDwelling) -> None:
    pk = dwelling_id(building.pk, planned.entrance, planned.flat)
    if not Dwelling.objects.filter(pk=pk).update(floor=planned.floor, is_dwelling=True):
        _make(building, [planned])


@transaction.atomic
def mark_not_dwelling(*, dwelling: Dwelling) -> None:
    """A shop, an office, or no such flat: the row stays, and counts no longer until `add_dwelling` revives it."""
    dwelling.is_dwelling = False
    dwelling.save(update_fields=["is_dwelling"])
    bulk.recount([dwelling.building_id])
