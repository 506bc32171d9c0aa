"""The law of elections as data, and what follows from it: answer, refuse, cite. Pure: no database.

`profile` supplies the calendar; whoever does something that the law knows asks first:

    ruling = may_agitate(at, calendar)
    if ruling.refuses: …say ruling.sentence, cite ruling.cite()…
    elif ruling.warns: …say it, and do it…
"""

from campaign.law.calendar import CampaignDay, DayKind, ElectionCalendar, days
from campaign.law.rules import Effect, Rule, RuleSet, Sure
from campaign.law.rulings import Reason, Ruling, judge, may_agitate

__all__ = [
    "CampaignDay", "DayKind", "Effect", "ElectionCalendar", "Reason", "Rule", "RuleSet", "Ruling", "Sure", "days",
    "judge", "may_agitate",
]  # fmt: skip
