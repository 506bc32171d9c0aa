"""Kazakh and Russian text: one spelling for searching, one order for sorting.

The embedded database compares by code point (C.UTF-8), where ә ғ қ ң ө ұ ү һ і stand after я, and its
`unaccent` leaves them alone. So whoever stores a text that is searched stores `fold(text)` beside it, and
whoever stores a text that is sorted stores `sort_key(text)`.
"""

import re
import unicodedata
from itertools import pairwise

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_FOLDED_LETTERS = str.maketrans("әғқңөұүһіёй", "агкноуухиеи")
_NOTHING = dict.fromkeys([*range(0x300, 0x370), *map(ord, '«»"“”„‟\u00ad\u200b\u200c\u200d\u2060\ufeff')])
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "‘’‚‛`´ʹʻʼʽ"), "'")
_PLAIN = {**_NOTHING, **_DASHES, **_APOSTROPHES}
_FOLD = {**_FOLDED_LETTERS, **_PLAIN}

# Latin letters that look like Cyrillic ones; «i» is how «і» is typed on a Russian keyboard
_LOOKALIKES = str.maketrans("abcehikmoptxyABCEHIKMOPTXY", "авсенікмортхуАВСЕНІКМОРТХУ")
_WORD_OF_BOTH = re.compile(
    "[A-Za-z]+[\u0400-\u04ff][A-Za-z\u0400-\u04ff]*|[\u0400-\u04ff]+[A-Za-z][A-Za-z\u0400-\u04ff]*"
)

# the usual romanization, into folded letters; «y» is a vowel but after one
_SOUNDS = {
    **dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввхыз", strict=True)),
    **dict(zip(["zh", "kh", "gh", "ts", "ch", "sh", "shch", "ya", "yu", "ye"], "жхгцчшщяюе", strict=True)),
    **{f"{latin}y": f"{vowel}и" for latin, vowel in zip("aeiou", "аеиоу", strict=True)},
}
_LATIN = re.compile("shch|zh|kh|gh|ts|ch|sh|[aeiou]y(?![aeu])|y[aeu]|[a-z]")


def fold(text: str) -> str:
    """The spelling that search compares: «Төле  би» and «толе би» are the same, and so are «Жайлау» and «Жаилау».

    «й» is «и» because a keyboard without the breve, and a list typed on one, leave it out.
    """
    text = unify_scripts(_composed(text)).lower().translate(_FOLD)
    return _composed(" ".join(text.split()))


def plain(text: str) -> str:
    """Lower case, plain quotes, dashes and spaces; every letter keeps its identity («ә» is not «а»)."""
    return _composed(" ".join(_composed(text).lower().translate(_PLAIN).split()))


def cyrillic(text: str) -> str:
    """Latin lookalikes become the Cyrillic letters they stand for: «12a» typed in Latin is «12а»."""
    return text.translate(_LOOKALIKES)


def unify_scripts(text: str) -> str:
    """The same, only inside words that mix both alphabets: «Бiржан» with a Latin «i»; «Grand» stays."""
    if text.isascii():
        return text
    return _WORD_OF_BOTH.sub(lambda word: cyrillic(word[0]), text)


def from_latin(word: str) -> str:
    """The folded Cyrillic spelling that a word in Latin letters likely stands for: «tole» is «толе»; else as it is.

    A guess, so it is for what is looked for and never for what is stored.
    """
    return _LATIN.sub(lambda found: _SOUNDS[found[0]], word) if word.isascii() and word.isalpha() else word


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


# A letter that Russian lacks is written as the letter before it and a mark above every other character:
# «ә» = «а■» stands after «ая» and before «б». Latin becomes full-width, which stands after Cyrillic.
_AFTER = "\ufffd"


def _sorted_letters() -> dict[int, str]:
    keys: dict[int, str] = {ord(letter): letter for letter in ALPHABET}
    keys |= {ord(letter): chr(ord(letter) - ord("a") + 0xFF41) for letter in "abcdefghijklmnopqrstuvwxyz"}
    for before, letter in pairwise(ALPHABET):
        if letter in "әғёқңөұүһі":
            keys[ord(letter)] = keys[ord(before)] + _AFTER
    return keys


_SORT = {**_sorted_letters(), ord("-"): " "}
_DIGITS = re.compile("[0-9]+")
_WIDTH = 6
LONGEST_KEY = 200  # what stands further back decides no order that anybody sees, and a column has its width


def sort_key(text: str) -> str:
    """A string whose code-point order is the common Kazakh and Russian order; numbers count as numbers."""
    text = _DIGITS.sub(lambda digits: digits[0].lstrip("0").zfill(_WIDTH), plain(text))
    return " ".join(text.translate(_SORT).split())[:LONGEST_KEY].rstrip()
