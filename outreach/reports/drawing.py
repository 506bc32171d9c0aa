"""The figures as charts, the same for screen and print."""

from datetime import timedelta

from campaign.charts import Bar, Chart, Done, Forecast, Need, bars, pace_chart
from outreach.reports.figures import DistrictFigures, Share
from outreach.reports.pace import DAY

FIVE_SHADES = range(1, 6)


def pace_drawing(figures: DistrictFigures, *, now: str, width: int = 700, height: int = 278) -> Chart:
    """Passed day by day, the pace that is needed, and where this pace leads by the deadline."""
    pace, expected = figures.pace, figures.pace.forecast
    forecast = None
    if expected:
        likely = expected.expected
        low, high = (likely if value is None else value for value in (expected.low, expected.high))
        forecast = Forecast(low, likely, high)
    need = Need(figures.total, pace.deadline)
    return pace_chart(_by_day(figures), need, forecast, width=width, height=height, now=now, for_phones=True)


def _by_day(figures: DistrictFigures) -> list[Done]:
    """How many were passed in all by the end of each day, from the first day to the one looked at."""
    first, last = figures.round.starts_on, min(figures.as_of, figures.round.ends_on)
    points, total = [], 0
    for number in range((last - first) // timedelta(days=1) + 1):
        total += figures.progress.passed_by_day.get(first + number * DAY, 0)
        points.append(Done(first + number * DAY, total))
    return points


def support_drawing(label: str, support: list[Share]) -> Chart:
    """From mulberry to dusk, by name: a scale with two ends, never red and green."""
    return bars(
        label, [Bar(share.label, share.count, shade) for share, shade in zip(support, FIVE_SHADES, strict=True)]
    )
