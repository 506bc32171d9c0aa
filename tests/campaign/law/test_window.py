from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.law import Reason, may_agitate
from tests.campaign.law.elections import ALMATY, AQTOBE, election, election_after_the_last_check

A_SECOND = timedelta(seconds=1)


def at(*moment, zone=ALMATY):
    return datetime(*moment, tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (at(2025, 9, 30, 17, 59, 59), Reason.BEFORE),
        (at(2025, 9, 30, 18), Reason.INSIDE),
        (at(2025, 10, 24, 23, 59, 59), Reason.INSIDE),
        (at(2025, 10, 25), Reason.SILENCE),
        (at(2025, 10, 26, 23, 59, 59), Reason.SILENCE),
        (at(2025, 10, 27), Reason.AFTER),
    ],
)
def test_the_window_opens_at_the_close_of_registration_and_shuts_at_local_midnight(moment, reason):
    ruling = may_agitate(moment, election())
    assert ruling.reason is reason
    assert (ruling.allowed, ruling.refuses, ruling.warns) == (
        (True, False, False) if reason is Reason.INSIDE else (False, True, False)
    )


def test_the_act_is_judged_in_the_campaigns_zone_wherever_the_clock_stood():
    last_inside = datetime(2025, 10, 24, 18, 59, 59, tzinfo=UTC)
    assert may_agitate(last_inside, election()).allowed
    assert not may_agitate(last_inside + A_SECOND, election()).allowed


def test_silence_cites_another_rule_than_the_window():
    assert may_agitate(at(2025, 10, 25, 12), election()).rule.id == "silence"
    assert may_agitate(at(2025, 10, 27, 12), election()).rule.id == "window"


def test_in_2023_almaty_was_an_hour_ahead_of_aqtobe():
    in_almaty = election(date(2023, 3, 19), opens=(2023, 2, 18, 18), zone=ALMATY)
    in_aqtobe = election(date(2023, 3, 19), opens=(2023, 2, 18, 18), zone=AQTOBE)
    assert in_almaty.silence_from == datetime(2023, 3, 17, 18, tzinfo=UTC)
    assert in_aqtobe.silence_from == datetime(2023, 3, 17, 19, tzinfo=UTC)


def test_the_hour_that_ran_twice_before_march_2024_is_inside_both_times():
    calendar = election(date(2024, 3, 2), opens=(2024, 2, 5, 18))
    first = datetime(2024, 2, 29, 23, 30, tzinfo=ALMATY)
    again = first.replace(fold=1)
    assert again.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert may_agitate(first.astimezone(UTC), calendar).allowed
    assert may_agitate(again.astimezone(UTC), calendar).allowed
    assert calendar.silence_from.astimezone(UTC) == datetime(2024, 2, 29, 19, tzinfo=UTC)
    assert may_agitate(datetime(2024, 2, 29, 19, tzinfo=UTC), calendar).reason is Reason.SILENCE


def test_a_time_without_a_zone_is_no_time_of_an_act():
    with pytest.raises(ValueError, match="time zone"):
        may_agitate(datetime(2025, 10, 1), election())  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        election(zone=None)


# --- a vote that the set was not checked for


@pytest.mark.parametrize("moment", [at(2026, 11, 1), at(2026, 12, 5), at(2026, 12, 6, 12), at(2026, 12, 8)])
def test_for_an_unverified_date_everything_warns_and_nothing_refuses(moment):
    ruling = may_agitate(moment, election_after_the_last_check())
    assert (ruling.allowed, ruling.refuses, ruling.warns) == (False, False, True)
    assert ruling.rule.sentence.in_language("en") in ruling.said_in("en")
    assert "not verified for this date" in ruling.said_in("en")


def test_what_the_unverified_rules_allow_is_done_with_a_warning():
    ruling = may_agitate(at(2026, 11, 20), election_after_the_last_check())
    assert (ruling.allowed, ruling.refuses, ruling.warns) == (True, False, True)
    assert ruling.reason is Reason.UNVERIFIED
    assert ruling.said_in("en").startswith("The rules are not verified for this date")


def test_after_a_lawyers_check_the_rules_refuse_again():
    calendar = election_after_the_last_check(lawyer_checked=True)
    assert may_agitate(at(2026, 12, 5), calendar).refuses
    assert may_agitate(at(2026, 11, 20), calendar).reason is Reason.INSIDE
    assert "not verified" not in may_agitate(at(2026, 12, 5), calendar).said_in("en")


@pytest.mark.parametrize(("voting_day", "verified"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_the_set_speaks_for_votes_up_to_its_last_checked_date(voting_day, verified):
    calendar = election(voting_day, opens=(2026, 6, 1, 18))
    assert calendar.verified is verified


@given(
    st.datetimes(datetime(2025, 8, 1), datetime(2025, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.booleans(),
)
def test_agitation_is_allowed_exactly_between_its_two_ends(moment, verified):
    calendar = election() if verified else election(date(2026, 7, 12), opens=(2026, 6, 14, 18))
    moment = moment if verified else moment + (calendar.silence_from - election().silence_from)
    ruling = may_agitate(moment, calendar)
    assert ruling.allowed is (calendar.agitation_from <= moment < calendar.silence_from)
    assert ruling.refuses is (verified and not ruling.allowed)
    assert ruling.warns is not verified
