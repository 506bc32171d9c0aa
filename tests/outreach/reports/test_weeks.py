from datetime import date

import pytest

from outreach.reports.weeks import Week, choices, is_recent, usual


def test_on_a_monday_the_usual_report_is_of_the_week_that_is_over() -> None:
    assert usual(today=date(2026, 11, 16)) == Week(date(2026, 11, 9), date(2026, 11, 15))


def test_on_other_days_the_usual_report_is_of_the_running_week_to_date() -> None:
    week = usual(today=date(2026, 11, 18))

    assert week == Week(date(2026, 11, 16), date(2026, 11, 18))
    assert not week.is_whole


def test_on_a_sunday_the_running_week_is_whole() -> None:
    assert usual(today=date(2026, 11, 15)).is_whole


def test_weeks_to_choose_from_reach_back_to_the_rounds_first_day() -> None:
    weeks = choices(first=date(2026, 11, 5), today=date(2026, 11, 18))

    assert [week.starts_on for week in weeks] == [date(2026, 11, 16), date(2026, 11, 9), date(2026, 11, 2)]
    assert [week.ends_on for week in weeks] == [date(2026, 11, 18), date(2026, 11, 15), date(2026, 11, 8)]


def test_a_round_yet_to_begin_offers_the_running_week_alone() -> None:
    assert len(choices(first=date(2026, 12, 1), today=date(2026, 11, 18))) == 1


@pytest.mark.parametrize(
    ("last_day", "recent"),
    [(date(2026, 11, 18), True), (date(2026, 11, 15), True), (date(2026, 11, 14), False), (date(2026, 11, 8), False)],
)
def test_only_the_running_week_and_the_one_before_ask_for_decisions(last_day: date, recent: bool) -> None:
    assert is_recent(last_day, today=date(2026, 11, 18)) is recent
    assert is_recent(date(2026, 11, 15), today=date(2026, 11, 16))
