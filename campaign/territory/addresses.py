"""Streets, house and flat numbers as people write them; pure, no database.

Each value keeps what was written, and has a `key` (two writings of one address share it: it is the
identity in the database) and a `sort_key` (a string whose code-point order is the natural one).
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaign.kazakh import cyrillic, fold, plain, sort_key, unify_scripts
from campaign.territory.streets import StreetKind, kind_of

__all__ = ["AddressError", "FlatNumber", "HouseNumber", "StreetKind", "StreetName", "flat_list"]

MAX_STREET, MAX_HOUSE, MAX_FLAT = 100, 30, 8
MAX_HOUSE_SORT = 80


class AddressError(ValueError):
    """What was written can't be an address; `message` says what to write instead."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


# --- streets

_ORDINAL = re.compile(r"\d+(-?\w{1,2})?")
_GLUED_KIND = re.compile(r"([^\s.]+\.)(?=[^\s.])")


@dataclass(frozen=True)
class StreetName:
    """«ул. Абая», «улица Абая» and «Абая» are one street; «мкр. Абая» and «пр. Абая» are others."""

    written: str
    kind: StreetKind
    name: str

    @classmethod
    def parse(cls, text: str) -> "StreetName":
        written = _collapsed(text)
        if not re.search(r"\w", written):
            raise AddressError(_("Write the name of the street, for example: ул. Абая"))
        if len(written) > MAX_STREET:
            raise AddressError(format_lazy(_("Shorten the street to {limit} characters."), limit=MAX_STREET))
        return cls(written, *_kind_and_name(written))

    @cached_property
    def name_key(self) -> str:
        """The folded name without its kind: what an alias or a search compares."""
        return " ".join(fold(self.name).replace(".", " ").replace(" - ", "-").split())

    @cached_property
    def key(self) -> str:
        return f"{self.kind}:{self.name_key}"

    @cached_property
    def sort_key(self) -> str:
        return f"{sort_key(self.name.replace('.', ' '))} {self.kind}"

    def __str__(self) -> str:
        return self.written


def _kind_and_name(written: str) -> tuple[StreetKind, str]:
    words = _unglued(written).replace(",", " ").split()
    for start, length in _likely_places(words):
        kind = kind_of(" ".join(words[start : start + length]))
        rest = words[:start] + words[start + length :]
        if kind and rest:
            return kind, _unquoted(" ".join(rest))
    return StreetKind.STREET, _unquoted(written)


def _unglued(written: str) -> str:
    """«ул.Абая» has its space again; «М.Х.Дулати» stays, as it begins with no kind."""
    glued = _GLUED_KIND.match(written)
    return f"{glued[1]} {written[glued.end() :]}" if glued and kind_of(glued[1]) else written


def _likely_places(words: list[str]) -> list[tuple[int, int]]:
    """Where the kind may stand, as (first word, words): «ул. Абая», «Абай көшесі», «1-й проезд Абая»."""
    count = len(words)
    places = [(0, 2), (0, 1), (count - 2, 2), (count - 1, 1)]
    if words and _ORDINAL.fullmatch(words[0]):
        places.append((1, 1))
    return [(start, length) for start, length in places if start >= 0 and start + length <= count]


def _unquoted(name: str) -> str:
    return _collapsed(unify_scripts(re.sub('[«»"“”„]', "", name)))


# --- houses and flats

_LETTER = r"[^\W\d_]"


def _word(*spellings: str) -> str:
    return rf"(?<!{_LETTER})(?:{'|'.join(spellings)})(?!{_LETTER})\.?\s*"


_FLAT_WORD = re.compile(_word("квартира", "кв", "пәтер"))
_HOUSE_SPELLINGS = [
    (re.compile(pattern), kept)
    for pattern, kept in [
        ("[№']", ""),
        (r"^\s*" + _word("дом", "д", "үй"), ""),
        (r"^\s*" + _word("владение", "влд", "вл", "в") + "(?=[0-9])", "вл"),
        (_word("корпус", "корп"), "к"),
        (_word("строение", "стр"), "с"),
        (_word("литера", "литер", "лит"), ""),
        (r"(?<=[0-9])\s+(?=[0-9])", "-"),
        (r"[^\w/-]|_", ""),
        (rf"(?<=[0-9])-(?={_LETTER})", ""),  # «1-А» is «1А», but «14-1» is neither «141» nor «14/1»
        (r"(?<![0-9])0+(?=[0-9])", ""),
    ]
]
_HOUSE_KEY = re.compile(rf"(?:вл)?[0-9](?:[0-9/-]|{_LETTER})*")
_FLAT_PREFIX = re.compile(r"^\s*(?:" + _word("квартира", "кв", "пәтер", "flat", "apt") + r")?\s*№?\s*")
_FLAT_KEY = re.compile(rf"(?=.*[0-9])(?:[0-9/-]|{_LETTER})+")
_LEADING_ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")


@dataclass(frozen=True)
class HouseNumber:
    """«13/12 к2», «17А к3», «24a/1», «1 «А»»: as written, and one key whatever the alphabet and spaces."""

    written: str
    key: str

    @classmethod
    def parse(cls, text: str) -> "HouseNumber":
        written = _collapsed(text)
        if len(written) > MAX_HOUSE:
            raise AddressError(format_lazy(_("Shorten the house number to {limit} characters."), limit=MAX_HOUSE))
        return cls(written, _house_key(written))

    @cached_property
    def sort_key(self) -> str:
        """«17» «17-1» «17 к1» «17/1» «17А» «17А к1» «18»: parts of a house stand before its letters."""
        bare = self.key.removeprefix("вл")
        parts = sort_key(re.sub("[кс](?=[0-9])", lambda part: f" {part[0]}", bare))
        return (parts if bare == self.key else f"{parts} я")[:MAX_HOUSE_SORT]

    @property
    def number(self) -> int:
        """The first number: whether it is odd or even tells the side of the street."""
        return int(re.findall("[0-9]+", self.key)[0])

    def __str__(self) -> str:
        return self.written


def _house_key(written: str) -> str:
    text = cyrillic(plain(written))
    if _FLAT_WORD.search(text):
        raise AddressError(_("Write the house alone here: the flat has a column of its own."))
    for pattern, kept in _HOUSE_SPELLINGS:
        text = pattern.sub(kept, text)
    if not _HOUSE_KEY.fullmatch(text):
        raise AddressError(_("Write a house number that begins with a digit, for example 12А or 13/12 к2."))
    return text


@dataclass(frozen=True)
class FlatNumber:
    """«12», «кв. 12» and «012» are one flat, «12а» is another. The key goes into the dwelling's id."""

    written: str
    key: str

    @classmethod
    def parse(cls, text: str) -> "FlatNumber":
        written = _collapsed(text)
        key = cyrillic(_FLAT_PREFIX.sub("", plain(written))).replace(" ", "")
        key = _LEADING_ZEROS.sub("", key)
        if len(key) > MAX_FLAT or not _FLAT_KEY.fullmatch(key):
            raise AddressError(_("Write the number of the flat, for example 12 or 12А."))
        return cls(written, key)

    @cached_property
    def sort_key(self) -> str:
        return sort_key(self.key)

    def __str__(self) -> str:
        return self.written


_RANGE = re.compile(r"\s*([0-9]{1,6})\s*(?:-|\.\.\.?|…)\s*([0-9]{1,6})\s*")


def flat_list(text: str, limit: int = 2000) -> tuple[str, ...]:
    """The flats that «1–20, 22, 25А» names, by their keys, in the order written, each once."""
    flats: dict[str, None] = {}
    for part in re.split("[,;]", plain(text)):
        flats |= dict.fromkeys(_flats_of(part, limit) if part.strip() else ())
        if len(flats) > limit:
            raise AddressError(format_lazy(_("Write at most {limit} flats."), limit=limit))
    return tuple(flats)


def _flats_of(part: str, limit: int) -> list[str]:
    ends = _RANGE.fullmatch(_FLAT_PREFIX.sub("", part))
    if not ends:
        return [FlatNumber.parse(part).key]
    first, last = int(ends[1]), int(ends[2])
    if last < first:
        raise AddressError(format_lazy(_("Write the smaller flat first: {flats}."), flats=f"{last}–{first}"))
    return [str(flat) for flat in range(first, min(last, first + limit) + 1)]


def _collapsed(text: str) -> str:
    return " ".join(text.split())


# a file names the same street and house in thousands of rows
street_name = lru_cache(maxsize=8_192)(StreetName.parse)
house_number = lru_cache(maxsize=16_384)(HouseNumber.parse)
flat_number = lru_cache(maxsize=16_384)(FlatNumber.parse)
