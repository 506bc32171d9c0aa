from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from campaign.access import Permission, allow
from campaign.jobs import line, services
from campaign.jobs.models import Job, JobState

# a queued job is taken at once; if not, nobody is there to take it
PATIENCE = timedelta(seconds=20)


TROUBLES = {
    "unattended": _(
        "Nobody has begun it yet. If it stays so, tell whoever looks after the server that the worker stands."
    ),
    "interrupted": _("The work was interrupted, and begins again by itself within a minute. Nothing is done twice."),
}


# the page and its polling share an address: Back showed the empty answer kept from the last poll
@never_cache
@allow(Permission.OWN_ACCOUNT)
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the job is; the page asks again by itself, and goes on to the result."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if job.result_url:
        return HttpResponseClientRedirect(job.result_url) if request.htmx else redirect(job.result_url)
    context = {"job": job, "title": services.titles.get(job.kind, job.kind), "trouble": trouble(job)}
    return render(request, "jobs/job_detail.html", context)


def trouble(job: Job) -> str | Promise:
    """What is wrong with the worker of a job that is not over, if anything."""
    if job.state == JobState.QUEUED and timezone.now() - job.created_at > PATIENCE:
        return TROUBLES["unattended"]
    if job.state == JobState.RUNNING and not line.is_held(job.pk):
        # it may have ended between the two questions
        still = Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exists()
        return TROUBLES["interrupted"] if still else ""
    return ""
