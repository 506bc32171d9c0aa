"""Start a long job, and run it whatever happens to its worker."""

import logging
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from campaign.jobs import line
from campaign.jobs.models import Job

MOST_ATTEMPTS = 3

log = logging.getLogger(__name__)

# what a job of each kind is called on its page
titles: dict[str, str | Promise] = {}

Work = Callable[..., dict[str, Any]]


class JobRefused(Exception):
    """The task cannot do what it was asked; the message is a sentence for the job's owner."""


def start(*, kind: str, owner: Any, task: Any, args: Sequence[Any] = ()) -> Job:
    """Make the row, and send the task with the row's id once the transaction is committed."""
    job = Job.objects.create(kind=kind, owner=owner)
    transaction.on_commit(partial(_send, job, task, tuple(args)))
    return job


def _send(job: Job, task: Any, args: tuple[Any, ...]) -> None:
    try:
        task.delay(job.pk, *args)
    except OperationalError:
        log.exception("job %s could not be queued", job.pk)
        job.fail(_("The queue of long jobs does not answer. Try again in a minute."))


def job_task(*, kind: str, title: str | Promise) -> Callable[[Work], Any]:
    """Make a Celery task of `work(job, *args) -> result`, which is sent with the job's id instead of the job.

    The task is delivered again when its worker died; what is done is not done again, and what another worker is at
    is left to it. `result["url"]` names the page that shows the result. `JobRefused` fails the job with its message.
    """
    titles[kind] = title

    def made(work: Work) -> Any:
        @shared_task(acks_late=True, reject_on_worker_lost=True)
        @wraps(work)
        def task(job_id: int, *args: Any) -> None:
            run(job_id, work, args)

        return task

    return made


def run(job_id: int, work: Work, args: Sequence[Any] = ()) -> None:
    """Do the job unless it is over, or another worker is at it."""
    with line.hold(job_id) as held:
        job = Job.objects.select_related("owner").filter(pk=job_id).first()
        if held is None or job is None or job.is_over:
            return
        job.line = held
        with translation.override(getattr(job.owner, "language", settings.LANGUAGE_CODE)):
            _work(job, work, args)


def _work(job: Job, work: Work, args: Sequence[Any]) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        job.fail(
            _("The job was interrupted %(times)s times. Tell whoever looks after the server.") % {"times": job.attempts}
        )
        return
    job.start()
    try:
        result = work(job, *args)
    except JobRefused as refused:
        job.fail(str(refused))
    except Exception:
        job.fail(_("Something went wrong on the server, and nothing was changed. Try again."))
        raise
    else:
        job.finish(result)
