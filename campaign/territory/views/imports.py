from io import BytesIO

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaign.access import Permission, allow
from campaign.files.models import StoredFile
from campaign.files.services import store_file
from campaign.jobs import services as jobs
from campaign.jobs.models import Job, JobState
from campaign.territory import importing, tasks
from campaign.territory.forms import UploadForm
from campaign.territory.importing.lines import STATUS_LABELS, URGENCY, Line, Status
from campaign.territory.rows import FileRefused, read_rows
from campaign.territory.views.parts import form_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
PER_PAGE = 50


@allow(Permission.EDIT_TERRITORY)
def import_new(request: HttpRequest) -> HttpResponse:
    """Take a file that can be read from its first row to its last, and go on to what it would do."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            sheet = read_rows(upload, upload.name)
            for _row in sheet.rows:
                pass
        except FileRefused as refused:
            form.add_error("file", str(refused.sentence))
        else:
            upload.seek(0)
            kind = XLSX if sheet.format == "xlsx" else CSV
            file = store_file(name=upload.name, content=upload.read(), content_type=kind, owner=request.user)
            return redirect("territory:import-preview", file.pk)
    return form_page(request, form, template="territory/import_new.html")


def _table(request: HttpRequest, pk: int) -> StoredFile:
    return get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk, content_type__in=(XLSX, CSV))


@allow(Permission.EDIT_TERRITORY)
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do to each house. Nothing is written."""
    file = _table(request, pk)
    plan = importing.preview(BytesIO(bytes(file.content)), file.name)
    status, counts = request.GET.get("status", ""), plan.counts()
    shown = [line for line in plan.lines if line.status == status] if status in counts else plan.by_urgency()
    context = {
        "file": file,
        "plan": plan,
        "sums": plan.sums(),
        "statuses": [(each, STATUS_LABELS[each], counts[each]) for each in URGENCY if counts[each]],
        "chosen": status if status in counts else "",
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "to_write": plan.rows_to_write,
        "unsettled": counts[Status.QUESTION] + counts[Status.ERROR],
    }
    return render(request, "territory/import_preview.html", context)


@allow(Permission.EDIT_TERRITORY)
@require_POST
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file in the background, and show how far it is."""
    file, rows = _table(request, pk), request.POST.get("rows", "")
    total = int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 7 else 0
    return redirect(jobs.start(kind=tasks.IMPORT, owner=request.user, task=tasks.import_file, args=[file.pk, total]))


@allow(Permission.EDIT_TERRITORY)
def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import did, and which rows wait to be put right."""
    done = Job.objects.visible_to(request.user).filter(kind=tasks.IMPORT, state=JobState.DONE)
    job = get_object_or_404(done, pk=pk)
    told = [Line(**line | {"status": Status(line["status"])}) for line in job.result["told"]]
    unsettled = job.result["sums"]["question"] + job.result["sums"]["error"]
    context = {
        "job": job, "sums": job.result["sums"], "told": told, "unsettled": unsettled,
        "file_url": reverse("files:file-download", args=[job.result["file"]]),
    }  # fmt: skip
    return render(request, "territory/import_result.html", context)
