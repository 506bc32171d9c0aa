"""A report is ordered by a person and printed by a worker."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation

from campaign.files.models import StoredFile
from campaign.files.services import store_file
from campaign.jobs import services as jobs
from campaign.profile.models import Campaign
from outreach.reports.models import Report
from outreach.reports.printed import report_pdf
from outreach.reports.weeks import Week

KIND = "weekly-report"


@transaction.atomic
def order_report(*, week: Week, language: str, by: Any) -> Report:
    """Number the report and queue its printing."""
    from outreach.reports.tasks import print_weekly_report

    Campaign.objects.select_for_update().get(pk=1)  # two at once must not take the same number
    number = (Report.objects.aggregate(highest=Max("number"))["highest"] or 0) + 1
    report = Report.objects.create(
        number=number, starts_on=week.starts_on, ends_on=week.ends_on, language=language, made_by=by
    )
    report.job = jobs.start(kind=KIND, owner=by, task=print_weekly_report, args=[report.pk])
    report.save(update_fields=["job"])
    return report


def print_report(*, report: Report, campaign: Campaign, at: datetime) -> StoredFile:
    """The PDF of the report, drawn once: a second call gives the file that is there."""
    with transaction.atomic(), translation.override(report.language), timezone.override(campaign.zone):
        held = Report.objects.select_for_update(of=("self",)).select_related("file", "made_by").get(pk=report.pk)
        if held.file:
            return held.file
        held.file = store_file(
            name=f"dauys-{held.number}-{held.starts_on:%Y-%m-%d}-{held.language}.pdf",
            content=report_pdf(held, campaign, at),
            content_type="application/pdf",
            owner=held.made_by,
        )
        held.save(update_fields=["file"])
        return held.file
