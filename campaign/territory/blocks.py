"""An apartment block as four numbers, and the dwellings that follow from them; pure, no database.

The ids are computed, not drawn: a phone without a signal and the server make the same ones. They are
UUIDv5: the namespace is the building's id, the name is UTF-8.

    building           0190a5f0-7c1e-7000-8000-000000000001
    entrance «1»       208204d4-69dd-5c3c-af04-d2ba383eaf0b
    entrance «2»       2410fdb1-3dcd-565e-88fa-888033c3e47a
    dwelling «1/1»     13b1111a-dc47-5703-9977-fc886da97a3b
    dwelling «2/37»    3b24b12d-9584-525c-b44d-128b36c9a983
    dwelling «2/37а»   e06832c8-af0c-5d57-9013-0d2a8d421eb1  (Cyrillic: FlatNumber.key)
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID, uuid5

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MAX_DWELLINGS = 2000
LIMITS = {"entrances": (1, 30), "floors": (1, 40), "flats_per_landing": (1, 30), "first_flat": (1, 9999)}

_OUT_OF_LIMITS = {
    "entrances": _("Write how many entrances the block has: from {low} to {high}."),
    "floors": _("Write how many floors the block has: from {low} to {high}."),
    "flats_per_landing": _("Write how many flats open onto one landing: from {low} to {high}."),
    "first_flat": _("Write the number of the first flat: from {low} to {high}."),
}


def limits_sentence(field: str) -> str | Promise:
    """What to write where one of the four numbers is missing or out of its limits."""
    low, high = LIMITS[field]
    return format_lazy(_OUT_OF_LIMITS[field], low=low, high=high)


class BlockPlanError(ValueError):
    """Such a block can't be: `field` is the number to correct, `message` says how."""

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message


class PlannedDwelling(NamedTuple):
    entrance: int
    floor: int
    flat: str


@dataclass(frozen=True)
class BlockPlan:
    """Flats are numbered on through the entrances, from the bottom floor up.

    `skip` are flats whose number is passed over: missing, or no dwelling (a shop). Below `first_floor`
    there are no flats.
    """

    entrances: int
    floors: int
    flats_per_landing: int
    first_flat: int = 1
    skip: frozenset[str] = field(default=frozenset())
    first_floor: int = 1

    def __post_init__(self) -> None:
        for name, (low, high) in LIMITS.items():
            if not low <= getattr(self, name) <= high:
                raise BlockPlanError(name, limits_sentence(name))
        if not 1 <= self.first_floor <= self.floors:
            raise BlockPlanError("first_floor", _("Write a first floor that the block has."))
        if self.places > MAX_DWELLINGS:
            message = _("These numbers make {count} flats, the most is {limit}: check entrances and floors.")
            raise BlockPlanError("entrances", format_lazy(message, count=self.places, limit=MAX_DWELLINGS))
        self._check_skipped()

    def _check_skipped(self) -> None:
        numbers = {str(flat) for flat in range(self.first_flat, self.last_flat + 1)} if self.skip else set()
        for flat in self.skip:
            if flat not in numbers:
                message = _("Flat {flat} is not in this block: its flats are {first}–{last}.")
                raise BlockPlanError(
                    "skip", format_lazy(message, flat=flat, first=self.first_flat, last=self.last_flat)
                )

    @property
    def flats_per_entrance(self) -> int:
        return (self.floors - self.first_floor + 1) * self.flats_per_landing

    @property
    def places(self) -> int:
        """Flats counted with the skipped ones."""
        return self.entrances * self.flats_per_entrance

    @property
    def last_flat(self) -> int:
        return self.first_flat + self.places - 1

    @property
    def total(self) -> int:
        return self.places - len(self.skip)

    def dwellings(self) -> Iterator[PlannedDwelling]:
        for place in range(self.places):
            flat = str(self.first_flat + place)
            if flat not in self.skip:
                entrance, in_entrance = divmod(place, self.flats_per_entrance)
                floor = self.first_floor + in_entrance // self.flats_per_landing
                yield PlannedDwelling(entrance + 1, floor, flat)


def entrance_id(building_id: UUID, number: int) -> UUID:
    return uuid5(building_id, str(number))


def dwelling_id(building_id: UUID, entrance_number: int, flat: str) -> UUID:
    return uuid5(building_id, f"{entrance_number}/{flat}")
