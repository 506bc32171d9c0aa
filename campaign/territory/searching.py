"""How an address is found: the text that is stored for it, and the words that are looked for. Pure."""

import re
from collections.abc import Iterable

from campaign.kazakh import cyrillic, fold
from campaign.territory.addresses import house_number
from campaign.territory.streets import kind_of


def search_text(names: Iterable[str], house: str) -> str:
    """Every name of the street, and the house as written and as compared («17А к3» and «17ак3»)."""
    return fold(f"{' '.join(names)} {house} {house_number(house).key}")


def search_words(text: str) -> list[str]:
    """The words to be found, all of them. «улица» and «көшесі» do not count, for a street is stored with either."""
    words = fold(text).replace(",", " ").split()
    return [_spelled(word) for word in words if not kind_of(word)] or words


def street_and_number(text: str) -> tuple[str, int] | None:
    """What is typed of the street, and the number of the house without its letters: «Абая 24а» is «абая» and 24."""
    words = search_words(text)
    numbers = [place for place, word in enumerate(words) if word[0].isdecimal()]
    if not numbers or len(numbers) == len(words):
        return None
    # a street may begin with a number, a house stands behind its street
    place = numbers[-1] if numbers[0] == 0 else numbers[0]
    street = words[:place] if place else words[1:]
    return " ".join(street), int(re.match(r"\d{1,6}", words[place])[0])  # type: ignore[index]


def _spelled(word: str) -> str:
    """A house is typed in either alphabet: «24a» in Latin letters is «24а»."""
    return cyrillic(word) if word[0].isdigit() else word
