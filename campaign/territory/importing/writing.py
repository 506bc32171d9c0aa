"""What an import decided, into the tables: many rows at once, in the transaction that is open."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from campaign.kazakh import sort_key
from campaign.territory import bulk
from campaign.territory.blocks import dwelling_id, entrance_id
from campaign.territory.importing.deciding import HouseChange
from campaign.territory.importing.known import Known
from campaign.territory.models import Building, Entrance, Precinct, Street
from campaign.territory.searching import search_text

Placed = list[tuple[UUID, HouseChange]]


def write(changes: list[HouseChange], known: Known) -> None:
    _add_precincts(changes, known)
    _add_streets(changes, known)
    new = [(uuid4(), change) for change in changes if change.known is None]
    old = [(change.known.id, change) for change in changes if change.known]
    _add_buildings(new, known)
    _edit_buildings(old, known)
    _add_entrances(new + old)
    _add_dwellings(new + old)
    _move_dwellings(old)
    bulk.recount(pk for pk, _change in old)


def _add_precincts(changes: list[HouseChange], known: Known) -> None:
    numbers = {change.fields.get("precinct") for change in changes} - {None} - known.precincts.keys()
    made = Precinct.objects.bulk_create(Precinct(number=number) for number in sorted(numbers))
    known.precincts |= {precinct.number: precinct.pk for precinct in made}


def _add_streets(changes: list[HouseChange], known: Known) -> None:
    """A new street is called as in the first row that names it."""
    new: dict[str, Street] = {}
    for change in changes:
        key = change.street.key
        if change.known is None and key not in known.streets and key not in new:
            new[key] = Street(name=change.street.written)
            new[key].derive()
    for street in Street.objects.bulk_create(new.values()):
        known.streets[street.key] = street.pk
        known.names[street.pk] = [street.name]


def _add_buildings(new: Placed, known: Known) -> None:
    columns = (
        "id", "street_id", "precinct_id", "house", "house_key", "house_sort", "kind", "note", "latitude",
        "longitude", "search", "entrance_count", "dwelling_count",
    )  # fmt: skip
    bulk.copy("territory_building", columns, (_building_row(pk, change, known) for pk, change in new))


def _building_row(pk: UUID, change: HouseChange, known: Known) -> tuple[Any, ...]:
    fields, house = change.fields, change.house
    street = known.streets[change.street.key]
    return (
        pk, street, known.precincts.get(fields["precinct"]), house.written, house.key, house.sort_key,
        fields["kind"], fields["note"], fields["latitude"], fields["longitude"],
        search_text(known.names[street], house.written),
        len({flat.entrance for flat in change.flats}), len(change.flats),
    )  # fmt: skip


def _edit_buildings(old: Placed, known: Known) -> None:
    edited = [(pk, change.fields) for pk, change in old if change.fields]
    names = ("precinct_id", "kind", "note", "latitude", "longitude")
    buildings = Building.objects.only(*names).in_bulk([pk for pk, _fields in edited])
    for pk, fields in edited:
        values = dict(fields)
        if "precinct" in values:
            values["precinct_id"] = known.precincts[values.pop("precinct")]
        for name, value in values.items():
            setattr(buildings[pk], name, value)
    Building.objects.bulk_update(
        buildings.values(), ["precinct", "kind", "note", "latitude", "longitude"], batch_size=500
    )


def _add_entrances(placed: Placed) -> None:
    Entrance.objects.bulk_create(
        (
            Entrance(id=entrance_id(pk, number), building_id=pk, number=number)
            for pk, change in placed
            for number in sorted({flat.entrance for flat in change.flats})
        ),
        ignore_conflicts=True,
        batch_size=5_000,
    )


def _add_dwellings(placed: Placed) -> None:
    columns = ("id", "entrance_id", "building_id", "floor", "flat", "flat_sort", "is_dwelling")
    bulk.copy("territory_dwelling", columns, _dwelling_rows(placed))


def _dwelling_rows(placed: Placed) -> Iterator[tuple[Any, ...]]:
    """Ids go as text: the driver writes text faster than it writes UUIDs, and a building's id stands in each row."""
    for pk, change in placed:
        building, namespace = str(pk), pk.bytes
        entrances = {flat.entrance: str(entrance_id(pk, flat.entrance)) for flat in change.flats}
        for entrance, floor, flat in change.flats:
            dwelling = bulk.uuid5_hex(namespace, f"{entrance}/{flat}")
            yield (dwelling, entrances[entrance], building, floor, flat, _flat_sort(flat), "t")


# every block has a flat 1
_flat_sort = lru_cache(maxsize=16_384)(sort_key)


def _move_dwellings(old: Placed) -> None:
    moved = [(flat.floor, dwelling_id(pk, flat.entrance, flat.flat)) for pk, change in old for flat in change.floors]
    if moved:
        _execute_many("UPDATE territory_dwelling SET floor = %s WHERE id = %s", moved)


def _execute_many(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))
