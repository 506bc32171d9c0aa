"""Elections that the tests of law hold."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from campaign.law import ElectionCalendar, RuleSet

ALMATY = ZoneInfo("Asia/Almaty")
AQTOBE = ZoneInfo("Asia/Aqtobe")
VOTE_OF_2025 = date(2025, 10, 26)


def election(voting_day=VOTE_OF_2025, opens=(2025, 9, 30, 18), zone=ALMATY, lawyer_checked=False):
    return ElectionCalendar(
        agitation_from=datetime(*opens, tzinfo=zone),
        voting_day=voting_day,
        zone=zone,
        rule_set=RuleSet.load("kz-2023"),
        lawyer_checked=lawyer_checked,
    )


def election_after_the_last_check(lawyer_checked=False):
    return election(date(2026, 12, 6), opens=(2026, 11, 10, 18), lawyer_checked=lawyer_checked)
