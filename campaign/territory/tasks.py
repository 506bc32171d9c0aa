from io import BytesIO
from typing import Any

from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.files.models import StoredFile
from campaign.jobs.models import Job
from campaign.jobs.services import JobRefused, job_task
from campaign.territory import importing
from campaign.territory.rows import FileRefused

IMPORT = "territory-import"
# what is told on the page of the result; the file itself has all the rows
TOLD_AT_MOST = 500


@job_task(kind=IMPORT, title=gettext_lazy("Import of the district"))
def import_file(job: Job, file: int, rows: int) -> dict[str, Any]:
    """Import a stored table. `rows` is how many it has, for the progress."""
    stored = StoredFile.objects.filter(pk=file).first()
    if stored is None:
        raise JobRefused(_("The file is no longer there. Choose it again."))
    try:
        plan = importing.apply(
            BytesIO(bytes(stored.content)), stored.name, lambda done: job.progress(done, max(rows, done))
        )
    except FileRefused as refused:
        raise JobRefused(str(refused.sentence)) from refused
    except IntegrityError as error:
        raise JobRefused(_("Somebody changed the same houses meanwhile. Nothing is written: import again.")) from error
    return {
        "url": reverse("territory:import-result", args=[job.pk]),
        "file": stored.pk,
        "name": stored.name,
        "sums": plan.sums(),
        "told": [line.as_json() for line in plan.unsettled()[:TOLD_AT_MOST]],
    }
