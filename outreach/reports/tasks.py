from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.jobs.services import JobRefused, job_task
from campaign.printing import PrintingUnavailable
from campaign.profile.models import Campaign
from outreach.canvassing.models import Round
from outreach.reports.models import Report
from outreach.reports.services import KIND, print_report


@job_task(kind=KIND, title=gettext_lazy("Weekly report"))
def print_weekly_report(job: Any, report_id: int) -> dict[str, Any]:
    """May run twice: a report that has its file keeps it."""
    campaign = Campaign.current()
    report = Report.objects.filter(pk=report_id).first()
    if campaign is None or report is None or not Round.objects.exists():
        raise JobRefused(_("The report is not there any more."))
    job.progress(1, 2)
    try:
        print_report(report=report, campaign=campaign, at=timezone.now())
    except PrintingUnavailable as missing:
        raise JobRefused(str(missing)) from missing
    return {"url": report.get_absolute_url()}
