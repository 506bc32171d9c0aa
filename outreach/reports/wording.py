"""What the figures say in words, on the screen and in print."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.formatting import day, number
from campaign.law import DayKind, ElectionCalendar, days
from outreach.reports.figures import DistrictFigures
from outreach.reports.pace import Pace


def sentence(figures: DistrictFigures) -> SafeString:
    """What is so, and how far from the plan: the first thing on the page."""
    return format_html("{}<br>{}", passed_of_total(figures), _against_plan(figures))


def passed_of_total(figures: DistrictFigures) -> str:
    return ngettext(
        "%(passed)s flat of %(total)s is passed.", "%(passed)s flats of %(total)s are passed.", figures.passed
    ) % {"passed": number(figures.passed), "total": number(figures.total)}


def against_plan(figures: DistrictFigures) -> str:
    """The second half of the sentence, as plain text."""
    return strip_tags(_against_plan(figures))


def _against_plan(figures: DistrictFigures) -> SafeString:
    round, pace = figures.round, figures.pace
    left = figures.total - figures.passed
    if not left:
        return format_html("<em>{}</em>", _("The round is complete."))
    if figures.as_of < round.starts_on:
        return format_html("{}", _("The round begins on %(day)s.") % {"day": day(round.starts_on)})
    if figures.as_of > round.ends_on:
        words = ngettext(
            "The round is over, %(left)s flat is left.", "The round is over, %(left)s flats are left.", left
        )
        return format_html("{}", words % {"left": number(left)})
    return _gap(pace)


def _gap(pace: Pace) -> SafeString:
    worth = abs(pace.gap) / pace.plan_per_day if pace.plan_per_day else 0
    if worth < 0.1:
        return format_html("<em>{}</em>", _("We keep to the plan."))
    words = _("We are behind the plan {}by %(gap)s, %(days)s.{}")
    if pace.gap > 0:
        words = _("We are ahead of the plan {}by %(gap)s, %(days)s.{}")
    said = words % {"gap": number(abs(pace.gap)), "days": days_worth(worth)}
    return format_html(said, SafeString("<em>"), SafeString("</em>"))


def days_worth(worth: float) -> str:
    """How many days of the plan a gap is, as people say it."""
    if worth < 0.4:
        return _("less than half a day")
    if worth < 0.65:
        return _("half a day")
    if worth < 0.95:
        return _("almost a day")
    if worth < 1.5:
        return _("about a day")
    whole = round(worth)
    return ngettext("about %(days)s day", "about %(days)s days", whole) % {"days": number(whole)}


@dataclass(frozen=True)
class Outlook:
    """Where the pace leads: a caption, the figure, and its range or reason."""

    caption: str
    figure: str
    note: str

    @property
    def text(self) -> str:
        return " ".join(filter(None, (f"{self.caption}: {self.figure}", self.note and f"({self.note})")))


def outlook(figures: DistrictFigures) -> Outlook:
    forecast, total = figures.pace.forecast, figures.total
    if forecast is None:
        return Outlook(_("Forecast"), "—", _("after the first full day"))
    short, worst, best = (total - (value or 0) for value in (forecast.expected, forecast.low, forecast.high))
    if short > 0:
        note = "" if forecast.low is None else _("from %(low)s to %(high)s")
        return Outlook(
            _("At this pace not done in time"), number(short), note % {"low": number(best), "high": number(worst)}
        )
    return Outlook(
        _("At this pace done by"), day(forecast.finish_on or figures.pace.deadline), _spare(forecast.low, worst)
    )


def _spare(low: int | None, worst: int) -> str:
    if low is None:
        return _("too few days for a range")
    return _("at worst %(left)s left") % {"left": number(worst)} if worst > 0 else _("with time to spare")


def week_sentence(figures: DistrictFigures, passed: int) -> str:
    """The lead of the weekly report."""
    said = ngettext(
        "In these days %(week)s flat was passed, %(passed)s of %(total)s in all.",
        "In these days %(week)s flats were passed, %(passed)s of %(total)s in all.",
        passed,
    ) % {"week": number(passed), "passed": number(figures.passed), "total": number(figures.total)}
    return f"{said} {against_plan(figures)}"


@dataclass(frozen=True)
class DayStrip:
    """The campaign's days: a caption, how long until the silence, and a mark a day."""

    caption: str
    ahead: str
    marks: list[DayKind]


def day_strip(calendar: ElectionCalendar, today: date) -> DayStrip:
    campaign = days(calendar, today)
    count = sum(each.kind not in (DayKind.HUSH, DayKind.VOTE) for each in campaign)
    return DayStrip(_day_of(calendar, today, count), _ahead(calendar, today), [each.kind for each in campaign])


def _day_of(calendar: ElectionCalendar, today: date, count: int) -> str:
    first = calendar.local_date(calendar.agitation_from)
    if today < first:
        return _("Campaigning begins on %(day)s") % {"day": day(first)}
    if today > calendar.voting_day:
        return _("The vote is over")
    if today == calendar.voting_day:
        return _("Today is voting day")
    if today > calendar.last_day:
        return _("Today is the day of silence")
    return _("Day %(number)s of %(count)s") % {"number": (today - first).days + 1, "count": count}


def _ahead(calendar: ElectionCalendar, today: date) -> str:
    vote = _("vote on %(day)s") % {"day": day(calendar.voting_day)}
    until = (calendar.last_day - today + timedelta(days=1)).days
    if not 1 <= until <= (calendar.voting_day - calendar.local_date(calendar.agitation_from)).days:
        return vote
    silence = ngettext("%(days)s day until the silence", "%(days)s days until the silence", until) % {"days": until}
    return f"{silence}, {vote}"
