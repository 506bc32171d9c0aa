"""An election's dates, and the days of its campaign."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.law.rules import RuleSet

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ElectionCalendar:
    """`agitation_from` is the close of the candidates' registration. All days are days of `zone`."""

    agitation_from: datetime
    voting_day: date
    zone: ZoneInfo
    rule_set: RuleSet
    lawyer_checked: bool = False

    def __post_init__(self) -> None:
        if self.agitation_from.tzinfo is None:
            raise ValueError("the beginning of agitation needs a time zone")

    @property
    def silence_from(self) -> datetime:
        """00:00 local of the day before the vote: here agitation ends."""
        return self.midnight(self.voting_day - A_DAY)

    @property
    def silence_until(self) -> datetime:
        """The end of voting day."""
        return self.midnight(self.voting_day + A_DAY)

    @property
    def verified(self) -> bool:
        """Whether the rules were checked for this vote: by the set's last date, or by a lawyer for this election."""
        return self.lawyer_checked or self.rule_set.covers(self.voting_day)

    @property
    def last_day(self) -> date:
        """The last whole day of agitation."""
        return self.voting_day - 2 * A_DAY

    def local_date(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, tzinfo=self.zone)


class DayKind(StrEnum):
    PAST = "past"
    TODAY = "today"
    AHEAD = "ahead"
    HUSH = "hush"
    VOTE = "vote"


class CampaignDay(NamedTuple):
    day: date
    kind: DayKind
    number: int
    is_today: bool


def days(calendar: ElectionCalendar, today: date) -> list[CampaignDay]:
    """Every day from the beginning of agitation to the vote, the silence and the vote by their names."""
    first = calendar.local_date(calendar.agitation_from)
    count = (calendar.voting_day - first).days + 1
    return [_day(calendar, first + place * A_DAY, place + 1, today) for place in range(count)]


def _day(calendar: ElectionCalendar, day: date, number: int, today: date) -> CampaignDay:
    return CampaignDay(day, _kind(calendar, day, today), number, day == today)


def _kind(calendar: ElectionCalendar, day: date, today: date) -> DayKind:
    if day == calendar.voting_day:
        return DayKind.VOTE
    if day == calendar.voting_day - A_DAY:
        return DayKind.HUSH
    if day == today:
        return DayKind.TODAY
    return DayKind.PAST if day < today else DayKind.AHEAD
