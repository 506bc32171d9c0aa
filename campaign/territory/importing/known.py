"""What the territory holds before an import, by the keys that rows are compared with: one query each kind of thing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from campaign.territory.addresses import HouseNumber, StreetName
from campaign.territory.models import Building, Dwelling, Precinct, Street, StreetAlias


class KnownBuilding(NamedTuple):
    id: UUID
    street: int
    house: str
    house_key: str
    precinct: int | None
    kind: str
    note: str
    latitude: float | None
    longitude: float | None


class KnownFlat(NamedTuple):
    floor: int
    is_dwelling: bool


# of one building, by entrance and flat
Standing = dict[tuple[int, str], KnownFlat]


@dataclass
class Known:
    """`streets` are found by the keys of all their names; `names` are for reading."""

    streets: dict[str, int]
    names: dict[int, list[str]]
    precincts: dict[int, int]
    buildings: dict[tuple[int, str], KnownBuilding]

    @classmethod
    def load(cls) -> "Known":
        streets: dict[str, int] = {}
        names: dict[int, list[str]] = defaultdict(list)
        own = Street.objects.order_by("pk").values_list("key", "pk", "name")
        other = StreetAlias.objects.order_by("pk").values_list("key", "street_id", "name")
        for key, street, name in [*own, *other]:
            streets.setdefault(key, street)
            names[street].append(name)
        return cls(streets, names, dict(Precinct.objects.values_list("number", "pk")), _buildings())

    def building(self, street: StreetName, house: HouseNumber) -> KnownBuilding | None:
        return self.buildings.get((self.streets.get(street.key, 0), house.key))

    def address(self, building: KnownBuilding) -> str:
        return f"{self.names[building.street][0]}, {building.house}"


def _buildings() -> dict[tuple[int, str], KnownBuilding]:
    rows = Building.objects.order_by().values_list(
        "pk", "street_id", "house", "house_key", "precinct__number", "kind", "note", "latitude", "longitude"
    )
    found = map(KnownBuilding._make, rows.iterator(chunk_size=5_000))
    return {(each.street, each.house_key): each for each in found}


def lock(ids: Iterable[UUID]) -> None:
    """Nobody else describes these buildings until the transaction ends. In one order: no two wait on each other.

    Without the key: visits that come in meanwhile only point to the buildings, and need not wait.
    """
    list(Building.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def standing_in(ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """The dwellings of these buildings, those that count no longer included."""
    found: dict[UUID, Standing] = defaultdict(dict)
    rows = Dwelling.objects.filter(building__in=list(ids)).order_by("entrance__number", "flat_sort")
    columns = rows.values_list("building_id", "entrance__number", "flat", "floor", "is_dwelling")
    for building, entrance, flat, floor, is_dwelling in columns.iterator(chunk_size=10_000):
        found[building][entrance, flat] = KnownFlat(floor, is_dwelling)
    return found
