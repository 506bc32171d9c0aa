from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from campaign.law import DayKind, ElectionCalendar, RuleSet
from outreach.canvassing.models import Round
from outreach.canvassing.progress import Progress, RoundProgress
from outreach.reports import wording
from outreach.reports.figures import DistrictFigures, PrecinctRow
from outreach.reports.pace import pace_of

FIRST, LAST = date(2026, 11, 7), date(2026, 11, 27)
ZONE = ZoneInfo("Asia/Almaty")


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def figures(passed: int, *, today: date = date(2026, 11, 17), total: int = 4600, spread: int = 11) -> DistrictFigures:
    """`passed` spread evenly over the days that are over."""
    days = {FIRST + timedelta(days=place): passed // spread for place in range(spread)}
    days[FIRST] += passed - sum(days.values())
    progress = Progress(flats=total, done=passed)
    pace = pace_of(
        passed_by_day=days, total=total, first=FIRST, last=LAST, deadline=LAST, today=today, today_is_over=True
    )
    row = PrecinctRow(None, [], progress, pace.plan, 0)
    return DistrictFigures(
        Round(name="Первый", starts_on=FIRST, ends_on=LAST),
        today,
        RoundProgress([], progress, days, 0),
        pace,
        [],
        row,
    )


def test_the_sentence_of_the_pictured_dashboard() -> None:
    said = wording.sentence(figures(2214))

    assert said == ("2,214 flats of 4,600 are passed.<br>We are behind the plan <em>by 196, almost a day.</em>")


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (2630, "We are ahead of the plan by 220, about a day."),
        (2500, "We are ahead of the plan by 90, half a day."),
        (2415, "We keep to the plan."),
        (1500, "We are behind the plan by 910, about 4 days."),
        (4600, "The round is complete."),
    ],
)
def test_the_gap_is_told_in_flats_and_days(passed: int, said: str) -> None:
    assert wording.against_plan(figures(passed)) == said


def test_before_the_first_day_the_sentence_says_when_it_begins() -> None:
    assert wording.against_plan(figures(0, today=date(2026, 11, 3))) == "The round begins on 7\u00a0November."


def test_after_the_last_day_the_sentence_says_what_is_left() -> None:
    assert wording.against_plan(figures(4599, today=date(2026, 11, 30))) == "The round is over, 1 flat is left."


def test_a_pace_too_slow_tells_how_many_are_left_and_the_range() -> None:
    told = wording.outlook(figures(2090))

    assert (told.caption, told.figure) == ("At this pace not done in time", "610")
    assert told.note == "from 610 to 610"


def test_a_pace_that_is_enough_tells_the_day() -> None:
    told = wording.outlook(figures(2750))

    assert (told.caption, told.figure, told.note) == ("At this pace done by", "25\u00a0November", "with time to spare")


def test_without_a_finished_day_the_forecast_is_promised() -> None:
    told = wording.outlook(figures(0, today=date(2026, 11, 6), spread=1))

    assert (told.figure, told.note) == ("—", "after the first full day")


def calendar() -> ElectionCalendar:
    return ElectionCalendar(
        agitation_from=datetime(2026, 10, 31, 18, tzinfo=ZONE),
        voting_day=date(2026, 11, 29),
        zone=ZONE,
        rule_set=RuleSet.load("kz-2023"),
        lawyer_checked=True,
    )


def test_the_days_are_counted_to_the_silence() -> None:
    strip = wording.day_strip(calendar(), date(2026, 11, 17))

    assert strip.caption == "Day 18 of 28"
    assert strip.ahead == "11 days until the silence, vote on 29\u00a0November"
    assert len(strip.marks) == 30
    assert strip.marks[17:] == [DayKind.TODAY, *[DayKind.AHEAD] * 10, DayKind.HUSH, DayKind.VOTE]


@pytest.mark.parametrize(
    ("today", "caption"),
    [
        (date(2026, 10, 20), "Campaigning begins on 31\u00a0October"),
        (date(2026, 11, 28), "Today is the day of silence"),
        (date(2026, 11, 29), "Today is voting day"),
        (date(2026, 11, 30), "The vote is over"),
    ],
)
def test_outside_of_the_window_the_strip_says_what_day_it_is(today: date, caption: str) -> None:
    strip = wording.day_strip(calendar(), today)

    assert strip.caption == caption
    assert strip.ahead == "vote on 29\u00a0November"
