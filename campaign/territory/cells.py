"""What may stand in one cell of a coordinator's table; whoever reads it says in a sentence what should."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaign.kazakh import fold
from campaign.territory.addresses import (
    FlatNumber,
    HouseNumber,
    StreetKind,
    StreetName,
    flat_number,
    house_number,
    street_name,
)
from campaign.territory.blocks import LIMITS, limits_sentence

MAX_NOTE = 300


class CellError(ValueError):
    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


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


def precinct(text: str) -> int | None:
    if not text:
        return None
    numbers = re.findall("[0-9]+", text)
    if len(numbers) != 1 or not re.fullmatch("0*[1-9][0-9]{0,4}", numbers[0]):
        raise CellError(_("Write the number of the precinct, for example 61."))
    return int(numbers[0])


def street(text: str) -> StreetName:
    if "?" in text or "\ufffd" in text:
        raise CellError(
            _("Letters of this street were lost when the file was saved. Save it as XLSX, or as CSV in UTF-8.")
        )
    return street_name(text)


def microdistrict(text: str) -> StreetName:
    """In a column of micro-districts «Талас» needs no «мкр.»."""
    written = street(text)
    plain = written.kind is StreetKind.STREET and written.name == written.written
    return street_name(f"мкр. {text}") if plain else written


# «4/1» typed into an unformatted cell is the 4th of January; so it comes from Excel, or from its CSV
_MONTHS = (
    "янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек|қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел"
    "|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
_DATE = re.compile(
    rf"[0-9]{{1,2}}[.\- ](?:{_MONTHS})|(?:{_MONTHS})[.\- ]|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
    r"|[0-9]{1,2}:[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}",
    re.IGNORECASE,
)
_IS_A_DATE = _(
    "A spreadsheet program took this number for a date. Make the column text and write it again, for example 4/1."
)


def house(text: str) -> HouseNumber:
    if _DATE.match(text):
        raise CellError(_IS_A_DATE)
    return house_number(text)


def latitude(text: str) -> float | None:
    return _degrees(text, 90)


def longitude(text: str) -> float | None:
    return _degrees(text, 180)


def _degrees(text: str, most: int) -> float | None:
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}(?:[.,][0-9]{1,15})?", text) or abs(float(text.replace(",", "."))) > most:
        raise CellError(format_lazy(_("Write degrees as a number up to {most}, for example 42.9."), most=most))
    return float(text.replace(",", "."))


def note(text: str) -> str:
    if len(text) > MAX_NOTE:
        raise CellError(format_lazy(_("Shorten the note to {limit} characters."), limit=MAX_NOTE))
    return text


WHICH_KIND = _("Write the kind of the house: block, private or other.")


@lru_cache(maxsize=1_024)
def kind(text: str) -> HouseKind | None:
    kind = _KINDS.get(" ".join(fold(text).replace(".", " ").replace("-", " ").split()))
    if text and not kind:
        raise CellError(WHICH_KIND)
    return kind


def limited(field: str) -> Callable[[str], int]:
    return lambda text: _whole_number(field, text)


@lru_cache(maxsize=16_384)
def _whole_number(field: str, text: str) -> int:
    low, high = LIMITS[field]
    if not re.fullmatch("[0-9]{1,6}", text) or not low <= int(text) <= high:
        raise CellError(limits_sentence(field))
    return int(text)


@lru_cache(maxsize=1_024)
def entrance(text: str) -> int:
    low, high = LIMITS["entrances"]
    if not re.fullmatch("[0-9]{1,3}", text) or not low <= int(text) <= high:
        message = _("Write the number of the entrance: from {low} to {high}.")
        raise CellError(format_lazy(message, low=low, high=high))
    return int(text)


@lru_cache(maxsize=1_024)
def floor(text: str) -> int:
    low, high = LIMITS["floors"]
    if not re.fullmatch("[0-9]{1,3}", text) or not low <= int(text) <= high:
        raise CellError(format_lazy(_("Write the floor: from {low} to {high}."), low=low, high=high))
    return int(text)


def flat(text: str) -> FlatNumber:
    if _DATE.match(text):
        raise CellError(_IS_A_DATE)
    return flat_number(text)
