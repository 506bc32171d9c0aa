from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaign.law import DayKind, days
from tests.campaign.law.elections import VOTE_OF_2025, election


def kinds_by_day(today):
    return {day.day: day.kind for day in days(election(), today)}


def test_the_strip_runs_from_the_opening_to_the_vote():
    strip = days(election(), date(2025, 10, 10))
    assert (strip[0].day, strip[0].number) == (date(2025, 9, 30), 1)
    assert (strip[-1].day, strip[-1].number) == (VOTE_OF_2025, 27)


def test_a_day_is_past_today_or_ahead_until_silence_and_vote():
    kinds = kinds_by_day(today=date(2025, 10, 10))
    assert kinds[date(2025, 10, 9)] is DayKind.PAST
    assert kinds[date(2025, 10, 10)] is DayKind.TODAY
    assert kinds[date(2025, 10, 11)] is DayKind.AHEAD
    assert kinds[date(2025, 10, 24)] is DayKind.AHEAD
    assert kinds[date(2025, 10, 25)] is DayKind.HUSH
    assert kinds[date(2025, 10, 26)] is DayKind.VOTE


def test_silence_and_vote_keep_their_names_when_they_are_today():
    strip = days(election(), date(2025, 10, 25))
    assert [day.kind for day in strip[-2:]] == [DayKind.HUSH, DayKind.VOTE]
    assert [day.is_today for day in strip[-2:]] == [True, False]


def test_the_first_day_is_the_local_one_of_the_opening():
    late = election(opens=(2025, 9, 30, 23, 30))
    assert days(late, date(2025, 10, 1))[0].day == date(2025, 9, 30)


def test_a_vote_before_the_opening_has_no_days():
    assert days(election(opens=(2025, 11, 1, 18)), date(2025, 10, 1)) == []


@given(st.dates(date(2025, 9, 1), date(2025, 11, 30)))
def test_no_day_is_missing_or_twice_and_at_most_one_is_today(today):
    strip = days(election(), today)
    assert [day.day for day in strip] == [strip[0].day + timedelta(place) for place in range(len(strip))]
    assert sum(day.is_today for day in strip) == (strip[0].day <= today <= strip[-1].day)


def test_the_last_day_of_agitation_is_two_days_before_the_vote():
    assert election().last_day == date(2025, 10, 24)
