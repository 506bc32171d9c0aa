"""What the rules say of an act: allowed or not, refused or only warned of, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import get_language

from campaign.law.calendar import ElectionCalendar
from campaign.law.rules import Effect, Rule


class Reason(StrEnum):
    BEFORE = "before"
    INSIDE = "inside"
    SILENCE = "silence"
    AFTER = "after"
    UNVERIFIED = "unverified"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True)
class Ruling:
    """`allowed` is what the rule says; `refuses` and `warns` are what the app has to do about it.

    The rules of an unverified date are not trusted: they warn even of what they allow, and refuse nothing.
    """

    allowed: bool
    refuses: bool
    warns: bool
    reason: Reason
    rule: Rule
    calendar: ElectionCalendar

    @property
    def sentence(self) -> str:
        """What to tell the person, in the language of the page."""
        return self.said_in(get_language())

    def said_in(self, language: str | None) -> str:
        rules = self.calendar.rule_set
        unverified = rules.unverified.in_language(language)
        if self.allowed:
            return unverified if self.warns else self.rule.sentence.in_language(language)
        sentence = self.rule.sentence.in_language(language)
        return sentence if self.calendar.verified else f"{sentence} {unverified}"

    def cite(self, language: str | None = None) -> str:
        """The law and the article, to stand beside the sentence."""
        return self.rule.cite(language)


def may_agitate(at: datetime, calendar: ElectionCalendar) -> Ruling:
    """Visits, meetings, distribution, mailing, posts and LED loops, judged by the time of the act itself."""
    if at.tzinfo is None:
        raise ValueError("the time of an act needs a time zone")
    window, silence = calendar.rule_set.rule("window"), calendar.rule_set.rule("silence")
    if at < calendar.agitation_from:
        return judge(window, calendar, broken=True, reason=Reason.BEFORE)
    if at < calendar.silence_from:
        return judge(window, calendar, broken=False, reason=Reason.INSIDE)
    if at < calendar.silence_until:
        return judge(silence, calendar, broken=True, reason=Reason.SILENCE)
    return judge(window, calendar, broken=True, reason=Reason.AFTER)


def judge(rule: Rule, calendar: ElectionCalendar, *, broken: bool, reason: Reason | None = None) -> Ruling:
    """The ruling on an act, of which the caller knows whether it breaks the rule."""
    verified = calendar.verified
    if not broken:
        kept = reason or Reason.KEPT if verified else Reason.UNVERIFIED
        return Ruling(True, False, not verified, kept, rule, calendar)
    refuses = verified and rule.may_refuse
    warns = not refuses and rule.effect is not Effect.INFORM
    return Ruling(False, refuses, warns, reason or Reason.BROKEN, rule, calendar)
