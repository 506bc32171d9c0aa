"""Plan, pace and forecast of a round. Arithmetic only: days and counts in, figures out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt
from statistics import mean, stdev

from outreach.canvassing.plan import plan_at

DAY = timedelta(days=1)
PACE_DAYS = 7

# Student's t, two-sided 80 %, by degrees of freedom: few days must give a wide range.
T_80 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440)


@dataclass(frozen=True)
class Forecast:
    """How many flats will be passed at the deadline if the pace stays: expected, and the range of 8 cases in 10.

    The pace of the last (up to seven) finished days has a mean m and a sample deviation s. The sum over the L days
    that are left is L·m; the days themselves vary by s²·L, and m itself, known from n days only, by s²·L²/n. The
    range is Student's t (n − 1 degrees, 80 %) times the root of their sum: it assumes days that don't depend on each
    other, and is honest about how few they are. With fewer than three finished days there is no range, and with
    none no forecast. Nothing falls below what is passed already or above the total.
    """

    expected: int
    low: int | None
    high: int | None
    finish_on: date | None  # the day when all is passed at this pace, if the pace is not nought


@dataclass(frozen=True)
class Pace:
    """Where the round stands against its plan."""

    plan: int  # flats that a straight line from the first day to the last has passed by the end of the day
    gap: int  # passed − plan: below zero is behind
    plan_per_day: float
    deadline: date
    days_left: int
    need_per_day: int
    per_day: int | None  # mean of the last finished days, None before the first is over
    days_counted: int
    forecast: Forecast | None


def pace_of(
    *,
    passed_by_day: Mapping[date, int],
    total: int,
    first: date,
    last: date,
    deadline: date,
    today: date,
    today_is_over: bool,
) -> Pace:
    """`deadline` is the last day on which doors may be visited: the round's last day, or the law's before it."""
    passed = sum(passed_by_day.values())
    finished = today if today_is_over else today - DAY
    days = finished_days(passed_by_day, first=first, finished=min(finished, last))
    per_day = mean(days) if days else None
    days_left = max((deadline - max(today, first - DAY)).days, 0)
    plan = plan_at(today, first=first, last=last, total=total)
    return Pace(
        plan=plan,
        gap=passed - plan,
        plan_per_day=total / ((last - first).days + 1),
        deadline=deadline,
        days_left=days_left,
        need_per_day=ceil((total - passed) / max(days_left, 1)),
        per_day=None if per_day is None else round(per_day),
        days_counted=len(days),
        forecast=_forecast(days, passed_by_day, total=total, finished=finished, deadline=deadline),
    )


def finished_days(passed_by_day: Mapping[date, int], *, first: date, finished: date) -> list[int]:
    """Flats passed on each of the last seven finished days of the round; a day without visits counts as nought."""
    start = max(first, finished - (PACE_DAYS - 1) * DAY)
    return [passed_by_day.get(start + number * DAY, 0) for number in range((finished - start).days + 1)]


def _forecast(
    days: Sequence[int], passed_by_day: Mapping[date, int], *, total: int, finished: date, deadline: date
) -> Forecast | None:
    """From the last finished day on, so that a morning does not look like a day without work."""
    if not days:
        return None
    passed = sum(passed_by_day.values())
    base = sum(count for day, count in passed_by_day.items() if day <= finished)
    left = max((deadline - finished).days, 0)
    pace = mean(days)

    def within(value: float) -> int:
        return round(min(max(value, passed), total))

    margin = _margin(days, left)
    return Forecast(
        expected=within(base + pace * left),
        low=None if margin is None else within(base + pace * left - margin),
        high=None if margin is None else within(base + pace * left + margin),
        finish_on=finished + ceil((total - base) / pace) * DAY if pace else None,
    )


def _margin(days: Sequence[int], left: int) -> float | None:
    count = len(days)
    if count < 3:
        return None
    return T_80[count - 2] * stdev(days) * sqrt(left + left**2 / count)
