"""Many rows of the territory at once, and the columns that follow from them."""

from collections.abc import Iterable, Sequence
from hashlib import sha1
from typing import Any
from uuid import UUID

from django.db import connection

from campaign.territory.models import Building, Street
from campaign.territory.searching import search_text

_RECOUNT = """
UPDATE territory_building AS building
SET entrance_count = coalesce(counted.entrances, 0), dwelling_count = coalesce(counted.dwellings, 0)
FROM territory_building AS self
LEFT JOIN (
    SELECT building_id, count(DISTINCT entrance_id) AS entrances, count(*) AS dwellings
    FROM territory_dwelling WHERE is_dwelling AND building_id = ANY(%(ids)s) GROUP BY building_id
) AS counted ON counted.building_id = self.id
WHERE self.id = building.id AND building.id = ANY(%(ids)s)
"""


def uuid5_hex(namespace: bytes, name: str) -> str:
    """The same as `uuid5(...).hex`, in a third of the time: for ids by the ten thousand."""
    value = bytearray(sha1(namespace + name.encode(), usedforsecurity=False).digest()[:16])
    value[6] = value[6] & 0x0F | 0x50
    value[8] = value[8] & 0x3F | 0x80
    return value.hex()


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by COPY, in the transaction that is open. Names of table and columns are ours, never a user's."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)


def recount(buildings: Iterable[UUID]) -> None:
    """Entrances and dwellings of these buildings, counted again: only what is lived in counts."""
    ids = list(buildings)
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_RECOUNT, {"ids": ids})


def refresh_search(street: Street) -> None:
    """The street's names have changed: its buildings are found by the new ones."""
    names = [street.name, *street.aliases.values_list("name", flat=True)]
    buildings = list(street.buildings.only("house"))
    for building in buildings:
        building.search = search_text(names, building.house)
    Building.objects.bulk_update(buildings, ["search"], batch_size=500)
