"""The demo's days: the 18th day of a campaign whose vote is a Sunday."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

DAYS_WALKED = 18
SHORTEST_REST = 9


@dataclass(frozen=True)
class DemoDays:
    """`now` is local. Registration closed at 18:00 on the eve of the first walked day."""

    now: datetime

    @classmethod
    def around(cls, now: datetime, zone: ZoneInfo) -> Self:
        return cls(now.astimezone(zone))

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def walked(self) -> list[date]:
        """The days with visits, today the last of them."""
        return [self.today - timedelta(days=back) for back in reversed(range(DAYS_WALKED))]

    @property
    def agitation_from(self) -> datetime:
        eve = self.walked[0] - timedelta(days=1)
        return datetime.combine(eve, time(18), self.now.tzinfo)

    @property
    def voting_day(self) -> date:
        """The first Sunday that leaves at least nine days."""
        soonest = self.today + timedelta(days=SHORTEST_REST)
        return soonest + timedelta(days=(6 - soonest.weekday()) % 7)

    @property
    def last_day(self) -> date:
        """The last day of agitation: before it is quiet on the eve of the vote."""
        return self.voting_day - timedelta(days=2)
