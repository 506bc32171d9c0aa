"""Numbers, dates and spans in the three languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from campaign import formatting

MARCH = date(2026, 3, 8)


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "8 марта 2026"), ("kk", "8 наурыз 2026"), ("en", "8 March 2026")]
)
def test_long_day_puts_the_day_before_the_month_in_every_language(language, words):
    with translation.override(language):
        assert formatting.long_day(MARCH).replace("\u00a0", " ") == words


@pytest.mark.parametrize(("language", "words"), [("ru", "4\u00a0600"), ("kk", "4\u00a0600"), ("en", "4,600")])
def test_thousands_are_parted_by_a_space_that_never_breaks(language, words):
    with translation.override(language):
        assert formatting.number(4600) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(6, "+\u00a06"), (-19, "\u2212\u00a019"), (0, "0"), (-1474, "\u2212\u00a01\u00a0474"), (-2.5, "\u2212\u00a02,5")],
)
def test_signed_number_has_a_real_minus_and_a_space(value, words):
    with translation.override("ru"):
        assert formatting.signed(value) == words


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(1, 3, 33), (0, 0, 0), (999, 1000, 99), (1, 1000, 1), (0, 9, 0), (9, 9, 100)]
)
def test_percent_never_rounds_to_nothing_or_to_all(part, whole, share):
    with translation.override("ru"):
        assert formatting.percent(part, whole) == f"{share}\u00a0%"


def test_moment_is_told_in_the_active_time_zone():
    with translation.override("ru"), timezone.override("Asia/Almaty"):
        assert formatting.moment(datetime(2026, 3, 8, 20, 30, tzinfo=UTC)) == "9\u00a0марта, 01:30"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=34), "34\u00a0мин"),
        (timedelta(hours=2, minutes=10), "2\u00a0сағ"),
        (timedelta(days=3), "3\u00a0күн"),
    ],
)
def test_span_is_told_in_its_largest_unit(span, words):
    with translation.override("kk"):
        assert formatting.span(span) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 9), date(2026, 11, 15), "9–15\u00a0ноября"),
        (date(2026, 2, 28), date(2026, 3, 6), "28\u00a0февраля – 6\u00a0марта"),
    ],
)
def test_week_names_the_month_once_if_it_is_one(first, last, words):
    with translation.override("ru"):
        assert formatting.week(first, last) == words


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_weeks_begin_on_monday_in_every_language(language):
    from django.utils.formats import get_format

    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1
