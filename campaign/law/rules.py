"""A dated set of rules, read from its TOML file and checked while it is read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("ru", "kk", "en")
FOLDER = Path(__file__).parent


class Sure(StrEnum):
    """How a rule is known: A read in the law, B reported by a commission or the press, C not verified."""

    A = "A"
    B = "B"
    C = "C"


class Effect(StrEnum):
    """What the app does when the rule is broken; `INFORM` has nothing to break: the app shows or counts it."""

    REFUSE = "refuse"
    WARN = "warn"
    INFORM = "inform"


class Words:
    """A text in three languages; as a string it is in the reader's."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        if set(texts) != set(LANGUAGES) or not all(texts.values()):
            raise ValueError(f"a text of law needs {LANGUAGES}, not {dict(texts)}")
        self._texts = MappingProxyType(dict(texts))

    def in_language(self, language: str | None) -> str:
        return self._texts.get((language or "").split("-")[0], self._texts["ru"])

    def __str__(self) -> str:
        return self.in_language(get_language())


@dataclass(frozen=True)
class Article:
    """Where a rule stands: a law and the article in it; «practice» has no article."""

    law: Words
    number: str

    def cite(self, language: str | None) -> str:
        law = self.law.in_language(language)
        if not self.number:
            return law
        return {
            "kk": f"{law}, {self.number}-бап",
            "en": f"{law}, art. {self.number}",
        }.get((language or "").split("-")[0], f"{law}, ст. {self.number}")


@dataclass(frozen=True)
class Rule:
    id: str
    title: Words
    sentence: Words
    articles: tuple[Article, ...]
    sure: Sure
    edition: str
    sources: tuple[str, ...]
    effect: Effect
    parameters: Mapping[str, Any]

    @property
    def may_refuse(self) -> bool:
        """Only what was read in the law or was reported may stop anybody."""
        return self.effect is Effect.REFUSE and self.sure in (Sure.A, Sure.B)

    def cite(self, language: str | None = None) -> str:
        language = language or get_language()
        return "; ".join(article.cite(language) for article in self.articles)


@dataclass(frozen=True)
class RuleSet:
    name: str
    law: Words
    amended: Words
    unverified: Words
    last_checked: date
    rules: Mapping[str, Rule]

    @classmethod
    def load(cls, name: str) -> "RuleSet":
        return _load(name)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))

    def rule(self, rule_id: str) -> Rule:
        return self.rules[rule_id]

    def covers(self, voting_day: date) -> bool:
        """Whether the set was checked for a vote on that day; else it is "unverified for this date"."""
        return voting_day <= self.last_checked


@lru_cache
def _load(name: str) -> RuleSet:
    if name not in RuleSet.names():
        raise LookupError(f"there is no rule set {name!r}, only {RuleSet.names()}")
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    laws = {key: Words(texts) for key, texts in data["laws"].items()}
    rules = [_rule(entry, laws, data["sources"]) for entry in data["rule"]]
    return RuleSet(
        name=name,
        law=Words(data["law"]),
        amended=Words(data["amended"]),
        unverified=Words(data["unverified"]),
        last_checked=data["last_checked"],
        rules=MappingProxyType(_unique(rules)),
    )


def _rule(entry: dict[str, Any], laws: Mapping[str, Words], sources: Mapping[str, str]) -> Rule:
    return Rule(
        id=entry["id"],
        title=Words(entry["title"]),
        sentence=Words(entry["sentence"]),
        articles=tuple(Article(laws[law], number) for law, number in entry["articles"]),
        sure=Sure(entry["sure"]),
        edition=entry.get("edition", ""),
        sources=tuple(sources[source] for source in entry.get("sources", ())),
        effect=Effect(entry["effect"]),
        parameters=MappingProxyType(entry.get("parameters", {})),
    )


def _unique(rules: list[Rule]) -> dict[str, Rule]:
    by_id = {rule.id: rule for rule in rules}
    if len(by_id) != len(rules):
        raise ValueError("two rules share an id")
    return by_id
