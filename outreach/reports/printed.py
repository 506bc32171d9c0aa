"""The weekly report on paper: the dashboard's figures and charts, as they stood at the end of its last day."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaign.formatting import short_day
from campaign.printing import print_template
from campaign.profile.models import Campaign
from outreach.canvassing.models import Round
from outreach.reports import figures, wording
from outreach.reports.drawing import pace_drawing, support_drawing
from outreach.reports.models import Report
from outreach.reports.needs import waiting
from outreach.reports.weeks import is_recent

CHART = {"width": 680, "height": 180}
MOST_LINES = 4  # what the first page has room for, beside one another


def report_pdf(report: Report, campaign: Campaign, at: datetime) -> bytes:
    return print_template("reports/report_print.html", report_context(report, campaign, at), language=report.language)


def report_context(report: Report, campaign: Campaign, at: datetime) -> dict[str, Any]:
    """All that the paper shows. `at` is the moment of printing."""
    last, today = report.ends_on, at.astimezone(campaign.zone).date()
    wave = Round.objects.current_on(last)
    calendar = campaign.calendar()
    district = figures.district_figures(wave, calendar, as_of=last, is_over=last < today)
    days = {"first": report.starts_on, "last": last}
    passed = district.progress.passed_between(report.starts_on, last)
    talk = figures.door_talk(wave, **days)
    return {
        "report": report,
        "campaign": campaign,
        "candidate": campaign.candidate(report.language),
        "at": at,
        "figures": district,
        "sentence": wording.week_sentence(district, passed),
        "outlook": wording.outlook(district),
        "chart": pace_drawing(district, now=short_day(last), **CHART).svg,
        "passed": passed,
        "rows": [
            (row, part.passed_between(report.starts_on, last))
            for row, part in zip(district.precincts, district.progress.precincts, strict=True)
        ],
        "effort": figures.effort(wave, campaign, **days),
        "talk": talk,
        "topics": talk.topics[:MOST_LINES],
        "support": support_drawing(_("Internal assessment of the canvassers, not a poll"), talk.support).svg,
        "is_past": last < today,
        "has_needs": is_recent(last, today=today),
        "needs": waiting(report.made_by, district, calendar, [], at)[:MOST_LINES] if report.made_by else [],
        "answers": [answer for answer in talk.answers if answer.count],
        "per_day": round(passed / ((last - report.starts_on).days + 1)),
    }
