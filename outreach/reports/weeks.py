"""Which days a report covers: a whole week from Monday to Sunday, or the running one to date."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True, order=True)
class Week:
    """Monday to Sunday, cut at `to_date` while it is running. Both ends are included."""

    starts_on: date
    ends_on: date

    @property
    def is_whole(self) -> bool:
        return self.ends_on - self.starts_on == WEEK - timedelta(days=1)

    @classmethod
    def of(cls, day: date, *, today: date) -> "Week":
        monday = day - timedelta(days=day.weekday())
        return cls(monday, min(monday + timedelta(days=6), today))


def choices(*, first: date, today: date) -> list[Week]:
    """The weeks since the round's first day, the newest first; the running week ends today."""
    weeks = [Week.of(today, today=today)]
    while weeks[-1].starts_on > first:
        weeks.append(Week.of(weeks[-1].starts_on - WEEK, today=today))
    return weeks


def usual(*, today: date) -> Week:
    """What the coordinator wants: on a Monday the week that is over, later the week to date."""
    return Week.of(today - WEEK if today.weekday() == 0 else today, today=today)


def is_recent(last_day: date, *, today: date) -> bool:
    """Whether a week that ended so is the running one or the last before it: what waits now concerns no older one."""
    last_sunday = today - timedelta(days=today.weekday() + 1)
    return last_day >= last_sunday
