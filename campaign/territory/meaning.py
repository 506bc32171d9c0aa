"""One row of a coordinator's table as a house or a dwelling, or what to correct in which cell; no database."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaign.kazakh import fold
from campaign.territory.addresses import (
    AddressError,
    FlatNumber,
    HouseNumber,
    StreetKind,
    StreetName,
    flat_number,
    house_number,
    street_name,
)
from campaign.territory.blocks import LIMITS, BlockPlan, BlockPlanError, limits_sentence

T = TypeVar("T")
MAX_NOTE = 300
MAX_PRECINCT = 99_999


class HouseKind(StrEnum):
    BLOCK = "block"
    PRIVATE = "private"
    OTHER = "other"


_KIND_WORDS = {
    HouseKind.BLOCK: (
        "многоквартирный, многоквартирный дом, многоквартирное, многоэтажный, многоэтажный дом, мкд, мжд, "
        "көппәтерлі, көп пәтерлі, көппәтерлі үй, көп пәтерлі үй, көппәтерлі тұрғын үй, "
        "көп пәтерлі тұрғын үй, көпқабатты, көп қабатты, көпқабатты үй, көп қабатты үй, "
        "block, apartment block, apartments, block of flats"
    ),
    HouseKind.PRIVATE: (
        "частный, частный дом, частное, частный сектор, индивидуальный, индивидуальный жилой дом, ижс, "
        "жеке, жеке үй, жеке тұрғын үй, жер үй, private, private house"
    ),
    HouseKind.OTHER: "другое, другой, прочее, нежилое, нежилой, нежилое здание, басқа, тұрғын емес, other",
}
_KINDS = {fold(word): kind for kind, words in _KIND_WORDS.items() for word in words.split(", ")}


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


class CellError(ValueError):
    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


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
    note = _tried(problems, "note", _note, values.get("note", ""))
    kind = _tried(problems, "kind", _kind, values.get("kind", ""))
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


# --- the house


@lru_cache(maxsize=16_384)
def _place(precinct: str, street: str, microdistrict: str, house: str, lat: str, lon: str) -> _Place:
    problems: Problems = {}
    place = _Place(
        _tried(problems, "precinct", _precinct, precinct),
        _tried(problems, "street", _street, street or _microdistrict(microdistrict)),
        _tried(problems, "house", _house, house),
        _tried(problems, "lat", _latitude, lat),
        _tried(problems, "lon", _longitude, lon),
        problems,
    )
    if bool(lat) != bool(lon):
        problems["lon" if lat else "lat"] = _("Write both latitude and longitude, or neither.")
    return place


def _precinct(text: str) -> int | None:
    if not text:
        return None
    numbers = re.findall("[0-9]+", text)
    if len(numbers) != 1 or not 1 <= int(numbers[0]) <= MAX_PRECINCT:
        raise CellError(_("Write the number of the precinct, for example 61."))
    return int(numbers[0])


def _street(text: str) -> StreetName:
    if "?" in text or "\ufffd" in text:
        raise CellError(
            _("Letters of this street were lost when the file was saved. Save it as XLSX, or as CSV in UTF-8.")
        )
    return street_name(text)


def _microdistrict(name: str) -> str:
    """In a column of micro-districts «Талас» needs no «мкр.»."""
    if not name:
        return ""
    parsed = street_name(name)
    return f"мкр. {name}" if parsed.kind is StreetKind.STREET and parsed.name == name else name


# «4/1» typed into an unformatted cell is the 4th of January; so it comes from Excel, or from its CSV
_MONTHS = "янв фев мар апр май мая июн июл авг сен окт ноя дек қаң ақп нау сәу мам мау шіл там қыр қаз қар жел"
_DATE = re.compile(
    rf"[0-9]{{1,2}}[.\- ](?:{'|'.join(_MONTHS.split())})|(?:{'|'.join(_MONTHS.split())})[.\- ]"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}",
    re.IGNORECASE,
)
_IS_A_DATE = _(
    "A spreadsheet program took this number for a date. Make the column text and write it again, for example 4/1."
)


def _house(text: str) -> HouseNumber:
    if _DATE.match(text):
        raise CellError(_IS_A_DATE)
    return house_number(text)


def _latitude(text: str) -> float | None:
    return _degrees(text, 90)


def _longitude(text: str) -> float | None:
    return _degrees(text, 180)


def _degrees(text: str, most: int) -> float | None:
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}(?:[.,][0-9]{1,15})?", text) or abs(float(text.replace(",", "."))) > most:
        raise CellError(format_lazy(_("Write degrees as a number up to {most}, for example 42.9."), most=most))
    return float(text.replace(",", "."))


def _note(text: str) -> str:
    if len(text) > MAX_NOTE:
        raise CellError(format_lazy(_("Shorten the note to {limit} characters."), limit=MAX_NOTE))
    return text


@lru_cache(maxsize=1_024)
def _kind(text: str) -> HouseKind | None:
    kind = _KINDS.get(" ".join(fold(text).replace(".", " ").replace("-", " ").split()))
    if text and not kind:
        raise CellError(_WHICH_KIND)
    return kind


_WHICH_KIND = _("Write the kind of the house: block, private or other.")

# --- one row a house


def _house_row(raw: RawRow, place: _Place, kind: HouseKind | None, note: str, problems: Problems) -> HouseRow:
    described = any(raw.values.get(name) for name in ("entrances", "floors", "flats_per_landing"))
    if kind is None and described:
        kind = HouseKind.BLOCK
    elif kind is None:
        problems.setdefault("kind", _WHICH_KIND)
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
        _tried(found, name, _limited(name), text or ("1" if name == "first_flat" else ""))
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


def _limited(field: str) -> Callable[[str], int]:
    return lambda text: _whole_number(field, text)


@lru_cache(maxsize=16_384)
def _whole_number(field: str, text: str) -> int:
    low, high = LIMITS[field]
    if not re.fullmatch("[0-9]{1,6}", text) or not low <= int(text) <= high:
        raise CellError(limits_sentence(field))
    return int(text)


# --- one row a dwelling


def _dwelling_row(raw: RawRow, place: _Place, note: str, problems: Problems) -> DwellingRow:
    values = raw.values
    entrance = _tried(problems, "entrance", _entrance, values.get("entrance", ""))
    floor = _tried(problems, "floor", _floor, values.get("floor", ""))
    flat = _tried(problems, "flat", _flat, values["flat"])
    where = (place.precinct, place.street, place.house, entrance, floor, flat)
    return DwellingRow(raw.sheet, raw.number, *where, note, place.lat, place.lon)


@lru_cache(maxsize=1_024)
def _entrance(text: str) -> int:
    low, high = LIMITS["entrances"]
    if not re.fullmatch("[0-9]{1,3}", text) or not low <= int(text) <= high:
        message = _("Write the number of the entrance: from {low} to {high}.")
        raise CellError(format_lazy(message, low=low, high=high))
    return int(text)


@lru_cache(maxsize=1_024)
def _floor(text: str) -> int:
    low, high = LIMITS["floors"]
    if not re.fullmatch("[0-9]{1,3}", text) or not low <= int(text) <= high:
        raise CellError(format_lazy(_("Write the floor: from {low} to {high}."), low=low, high=high))
    return int(text)


def _flat(text: str) -> FlatNumber:
    if _DATE.match(text):
        raise CellError(_IS_A_DATE)
    return flat_number(text)
