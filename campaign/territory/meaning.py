"""One row of a coordinator's table as a house or a dwelling, or what to correct in which cell; no database."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.territory import cells
from campaign.territory.addresses import AddressError, FlatNumber, HouseNumber, StreetName
from campaign.territory.blocks import LIMITS, BlockPlan, BlockPlanError
from campaign.territory.cells import CellError, HouseKind

__all__ = ["DwellingRow", "HouseKind", "HouseRow", "RawRow", "RowError", "parse_row"]

T = TypeVar("T")


class RawRow(NamedTuple):
    """What stands in a row, by field; `number` is the one that the spreadsheet program shows."""

    sheet: str
    number: int
    values: dict[str, str]


class RowError(NamedTuple):
    sheet: str
    number: int
    field: str
    message: str | Promise


class HouseRow(NamedTuple):
    """A house; `plan` is None for a block that nobody has described yet, and for a house that is no block."""

    sheet: str
    number: int
    precinct: int | None
    street: StreetName
    house: HouseNumber
    kind: HouseKind
    plan: BlockPlan | None
    note: str
    lat: float | None
    lon: float | None


class DwellingRow(NamedTuple):
    """A flat of a block; `note` is about the flat."""

    sheet: str
    number: int
    precinct: int | None
    street: StreetName
    house: HouseNumber
    entrance: int
    floor: int
    flat: FlatNumber
    note: str
    lat: float | None
    lon: float | None


Problems = dict[str, "str | Promise"]


class _Place(NamedTuple):
    """What the rows of one house share, and what is wrong with it."""

    precinct: int | None
    street: StreetName
    house: HouseNumber
    lat: float | None
    lon: float | None
    problems: Problems


def parse_row(raw: RawRow) -> HouseRow | DwellingRow | tuple[RowError, ...]:
    values = raw.values
    place = _place(*(values.get(name, "") for name in ("precinct", "street", "microdistrict", "house", "lat", "lon")))
    problems = dict(place.problems)
    note = _tried(problems, "note", cells.note, values.get("note", ""))
    kind = _tried(problems, "kind", cells.kind, values.get("kind", ""))
    if values.get("flat") and kind in (None, HouseKind.BLOCK):
        row: HouseRow | DwellingRow = _dwelling_row(raw, place, note, problems)
    else:
        row = _house_row(raw, place, kind, note, problems)
    if problems:
        return tuple(RowError(raw.sheet, raw.number, field, message) for field, message in problems.items())
    return row


def _tried(problems: Problems, field: str, parse: Callable[[str], T], text: str) -> T:
    """The cell's value; else a problem is noted, and the row is not used."""
    try:
        return parse(text)
    except (AddressError, CellError) as error:
        problems[field] = error.message
        return None  # type: ignore[return-value]


@lru_cache(maxsize=16_384)
def _place(precinct: str, street: str, microdistrict: str, house: str, lat: str, lon: str) -> _Place:
    problems: Problems = {}
    name = cells.microdistrict if microdistrict and not street else cells.street
    place = _Place(
        _tried(problems, "precinct", cells.precinct, precinct),
        _tried(problems, "street", name, street or microdistrict),
        _tried(problems, "house", cells.house, house),
        _tried(problems, "lat", cells.latitude, lat),
        _tried(problems, "lon", cells.longitude, lon),
        problems,
    )
    if bool(lat) != bool(lon):
        problems["lon" if lat else "lat"] = _("Write both latitude and longitude, or neither.")
    return place


def _house_row(raw: RawRow, place: _Place, kind: HouseKind | None, note: str, problems: Problems) -> HouseRow:
    described = any(raw.values.get(name) for name in ("entrances", "floors", "flats_per_landing"))
    if kind is None and described:
        kind = HouseKind.BLOCK
    elif kind is None:
        problems.setdefault("kind", cells.WHICH_KIND)
        kind = HouseKind.OTHER
    plan = None
    if kind is not HouseKind.BLOCK:
        _refuse_flats(raw, problems)
    elif described:
        plan = _plan(*(raw.values.get(name, "") for name in LIMITS), problems=problems)
    where = (place.precinct, place.street, place.house)
    return HouseRow(raw.sheet, raw.number, *where, kind, plan, note, place.lat, place.lon)


def _refuse_flats(raw: RawRow, problems: Problems) -> None:
    for name in ("entrances", "flats_per_landing", "first_flat", "entrance", "flat"):
        if raw.values.get(name, "") not in ("", "0", "1"):
            problems[name] = _("Only a block has flats: clear this cell, or write “block” as the kind.")


def _plan(*texts: str, problems: Problems) -> BlockPlan | None:
    found: Problems = {}
    numbers = [
        _tried(found, name, cells.limited(name), text or ("1" if name == "first_flat" else ""))
        for name, text in zip(LIMITS, texts, strict=True)
    ]
    problems |= found
    return None if found else _built(tuple(numbers), problems)


def _built(numbers: tuple[int, ...], problems: Problems) -> BlockPlan | None:
    try:
        return _block_plan(*numbers)
    except BlockPlanError as error:
        problems[error.field] = error.message
        return None


_block_plan = lru_cache(maxsize=4_096)(BlockPlan)


def _dwelling_row(raw: RawRow, place: _Place, note: str, problems: Problems) -> DwellingRow:
    values = raw.values
    entrance = _tried(problems, "entrance", cells.entrance, values.get("entrance", ""))
    floor = _tried(problems, "floor", cells.floor, values.get("floor", ""))
    flat = _tried(problems, "flat", cells.flat, values["flat"])
    where = (place.precinct, place.street, place.house, entrance, floor, flat)
    return DwellingRow(raw.sheet, raw.number, *where, note, place.lat, place.lon)
