from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.jobs.services import JobRefused, job_task
from campaign.profile.models import Campaign
from outreach.reports.models import Report
from outreach.reports.services import KIND, print_report


@job_task(kind=KIND, title=gettext_lazy("Weekly report"))
def print_weekly_report(job: Any, report_id: int) -> dict[str, Any]:
    """May run twice: a report that has its file keeps it."""
    campaign = Campaign.current()
    report = Report.objects.filter(pk=report_id).first()
    if campaign is None or report is None:
        raise JobRefused(_("The report is not there any more."))
    job.progress(1, 2)
    print_report(report=report, campaign=campaign, at=timezone.now())
    return {"url": report.get_absolute_url()}
