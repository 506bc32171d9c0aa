from datetime import date, timedelta

import pytest

from outreach.canvassing.plan import plan_at
from outreach.reports.pace import Pace, finished_days, pace_of

FIRST, LAST = date(2026, 11, 7), date(2026, 11, 27)


def day(number: int) -> date:
    return date(2026, 11, number)


def pace(*counts: int, today: int, total: int = 4600, over: bool = True, deadline: date = LAST) -> Pace:
    by_day = {FIRST + timedelta(days=place): count for place, count in enumerate(counts)}
    return pace_of(
        passed_by_day=by_day,
        total=total,
        first=FIRST,
        last=LAST,
        deadline=deadline,
        today=day(today),
        today_is_over=over,
    )


@pytest.mark.parametrize(("today", "expected"), [(6, 0), (7, 219), (15, 1971), (17, 2410), (27, 4600), (30, 4600)])
def test_the_plan_is_a_straight_line_to_the_end_of_the_last_day(today: int, expected: int) -> None:
    assert plan_at(day(today), first=FIRST, last=LAST, total=4600) == expected


def test_gap_and_need_are_those_of_the_pictured_dashboard() -> None:
    found = pace(*[200] * 10, 214, today=17)

    assert (found.gap, found.days_left, found.need_per_day) == (2214 - 2410, 10, 239)


def test_on_the_last_day_everything_left_is_needed_that_day() -> None:
    found = pace(*[200] * 21, today=27)

    assert (found.days_left, found.need_per_day) == (0, 400)


def test_a_deadline_of_the_law_before_the_last_day_shortens_the_days_left() -> None:
    assert pace(100, today=7, deadline=day(20)).days_left == 13


def test_days_without_visits_count_as_nought_in_the_pace() -> None:
    counts = {day(7): 10, day(9): 20}

    assert finished_days(counts, first=FIRST, finished=day(10)) == [10, 0, 20, 0]


def test_only_the_last_seven_finished_days_make_the_pace() -> None:
    assert pace(999, *[100] * 7, today=14).per_day == 100


def test_a_running_day_is_left_out_of_pace_and_forecast() -> None:
    morning, evening = pace(100, 100, 100, 0, today=10, over=False), pace(100, 100, 100, 90, today=10, over=False)

    assert morning.per_day == evening.per_day == 100
    assert morning.forecast == evening.forecast
    assert morning.forecast is not None
    assert morning.forecast.expected == 300 + 100 * 18


def test_before_the_first_day_is_over_there_is_no_forecast() -> None:
    found = pace(80, today=7, over=False)

    assert (found.per_day, found.forecast) == (None, None)


def test_two_finished_days_give_a_forecast_without_a_range() -> None:
    found = pace(100, 120, today=8).forecast

    assert found is not None
    assert (found.expected, found.low, found.high) == (220 + 110 * 19, None, None)


def test_the_range_is_students_t_around_the_forecast() -> None:
    # m = 110, s = 10, n = 3, L = 18: 1.886 · 10 · √(18 + 18²/3) = 211.7
    found = pace(100, 110, 120, today=9).forecast

    assert found is not None
    assert (found.expected, found.low, found.high) == (330 + 1980, 2310 - 212, 2310 + 212)


def test_more_days_of_the_same_spread_narrow_the_range() -> None:
    three, seven = pace(90, 110, 100, today=9).forecast, pace(90, 110, 100, 90, 110, 100, 100, today=13).forecast

    assert three is not None
    assert seven is not None
    assert seven.high - seven.low < three.high - three.low


def test_nothing_is_forecast_below_what_is_passed_or_above_the_total() -> None:
    found = pace(0, 0, 900, today=9, total=1000).forecast

    assert found is not None
    assert (found.low, found.high) == (900, 1000)


def test_the_day_of_completion_follows_from_the_pace() -> None:
    found = pace(*[100] * 5, today=11, total=1000).forecast

    assert found is not None
    assert found.finish_on == day(16)


def test_without_any_pace_there_is_no_day_of_completion() -> None:
    found = pace(0, 0, 0, today=9).forecast

    assert found is not None
    assert (found.expected, found.finish_on) == (0, None)
