"""The phone's words and its copy of the outcomes: one definition each, and nothing missing in a language."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from outreach.canvassing.phonecopy import phone_copy
from outreach.canvassing.words import LANGUAGES, catalogues

PHONE = Path(settings.BASE_DIR) / "static" / "phone"
WORD = re.compile(r"""\bsay\(\s*"([a-z_]+)\"""")


def named() -> set[str]:
    return set(re.findall(r'\| "([a-z_]+)"', (PHONE / "keys.ts").read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_that_the_page_uses_has_a_word(language: str) -> None:
    assert set(catalogues()[language]) == named()


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_word_is_translated(language: str) -> None:
    spoken, english = catalogues()[language], catalogues()["en"]
    same_in_all = {"flat_outcome", "language_ru", "language_kk", "language_en"}
    assert {key for key, word in spoken.items() if word == english[key]} <= same_in_all


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_the_same_gaps(language: str) -> None:
    def gaps(word: object) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", json.dumps(word)))

    english = catalogues()["en"]
    assert {key: gaps(word) for key, word in catalogues()[language].items()} == {
        key: gaps(word) for key, word in english.items()
    }


def test_russian_counts_in_three_forms() -> None:
    assert catalogues()["ru"]["today_done"] == {
        "one": "Сегодня: {n} квартира.",
        "few": "Сегодня: {n} квартиры.",
        "many": "Сегодня: {n} квартир.",
    }


def test_page_says_no_word_that_has_no_name() -> None:
    said = {word for path in PHONE.rglob("*.ts*") for word in WORD.findall(path.read_text(encoding="utf-8"))}
    assert said <= named()
    assert len(said) > 80


def test_words_are_data_that_cannot_end_their_own_script() -> None:
    shown = Template("{% load phone %}{% phone_words %}").render(Context())
    start = '<script id="words" type="application/json">'
    assert shown.startswith(start)
    body = shown.removeprefix(start).removesuffix("</script>")
    assert json.loads(body) == catalogues()
    assert "<" not in body


def test_phones_copy_of_the_outcomes_is_the_one_that_is_generated() -> None:
    assert (PHONE / "outcomes.ts").read_text(encoding="utf-8") == phone_copy()
