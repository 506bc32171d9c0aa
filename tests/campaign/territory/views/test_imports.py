"""Importing at the desk: a file is taken or refused, looked through, imported in the background, summed up."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.files.models import StoredFile
from campaign.files.services import store_file
from campaign.jobs.models import Job, JobState
from campaign.territory import tasks
from campaign.territory.models import Building, Dwelling
from tests.campaign.territory.importing.files import BLOCK, OTHER, PRIVATE, block, houses
from tests.campaign.territory.tables import HOUSES, xlsx

pytestmark = pytest.mark.usefixtures("in_english")
UPLOAD = "/buildings/import/"


def upload(player, content, name="district.csv"):
    return player.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def stored(player, content):
    return store_file(name="district.csv", content=content, content_type="text/csv", owner=player.user)


def preview_of(file, **question):
    return reverse("territory:import-preview", args=[file.pk], query=question)


def run_of(file):
    return reverse("territory:import-run", args=[file.pk])


# taking a file


@pytest.mark.parametrize(("name", "content"), [("a.csv", houses(BLOCK)), ("a.xlsx", xlsx(HOUSES))])
def test_a_table_is_kept_as_it_came_and_looked_through_first(coordinator, name, content):
    response = upload(coordinator, content, name)

    file = StoredFile.objects.get()
    assert response.url == preview_of(file)
    assert (file.name, bytes(file.content), file.owner) == (name, content, coordinator.user)
    assert Building.objects.count() == 0


def bomb():
    """A workbook whose one sheet unpacks to far more than it is packed to."""
    content = BytesIO()
    with ZipFile(BytesIO(xlsx(HOUSES))) as honest, ZipFile(content, "w", ZIP_DEFLATED) as packed:
        for part in honest.namelist():
            if part.endswith("sheet1.xml"):
                packed.writestr(part, b"<worksheet><sheetData>" + b" " * 300_000_000)
            else:
                packed.writestr(part, honest.read(part))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", lambda: b"", "The file is empty. Choose one with a row of headings and at least one house."),
        ("a.pdf", lambda: b"%PDF-1.7", "«a.pdf» is neither XLSX nor CSV."),
        ("a.xlsx", lambda: b"PK\x03\x04 half a file", "«a.xlsx» is not a whole XLSX file."),
        ("a.csv", lambda: b"a;b\n1;2\n", "No columns are headed «Street», «House»."),
        ("a.csv", lambda: houses(), "The table has headings but no rows."),
        ("a.csv", lambda: houses(BLOCK) + b" " * 20_000_000, "The file is larger than 20 MB."),
        ("a.xlsx", bomb, "«a.xlsx» unpacks to far more than a list of houses."),
    ],
    ids=["empty", "another kind", "broken", "no headings", "no rows", "too large", "bomb"],
)
def test_a_file_that_is_no_table_of_houses_is_refused_in_a_sentence(coordinator, name, content, sentence):
    coordinator.client.cookies["language"] = "en"

    response = upload(coordinator, content(), name)

    (told,) = response.context["form"].errors["file"]
    assert response.status_code == 422
    assert told.startswith(sentence)
    assert StoredFile.objects.count() == 0


def test_no_file_at_all_is_asked_for(coordinator):
    coordinator.client.cookies["language"] = "en"

    response = coordinator.post(UPLOAD, {})

    assert (response.status_code, response.context["form"].errors) == (422, {"file": ["Choose a file."]})


# looking through it


def test_a_preview_shows_what_each_row_would_do_and_writes_nothing(coordinator):
    file = stored(coordinator, houses(BLOCK, PRIVATE, block(house=""), block(precinct=63)))

    response = coordinator.get(preview_of(file))

    context = response.context
    assert [(line.row, line.status) for line in context["page"].object_list] == [
        (4, "error"), (5, "question"), (2, "new"), (3, "new"),
    ]  # fmt: skip
    assert (context["to_write"], context["unsettled"]) == (2, 2)
    assert [(status, count) for status, _label, count in context["statuses"]] == [
        ("error", 1), ("question", 1), ("new", 2),
    ]  # fmt: skip
    assert Building.objects.count() == 0


def test_a_preview_is_narrowed_to_one_status_and_paged(coordinator):
    many = [[61, "ул. Абая", str(n), "частный", None, None, None, None, None] for n in range(1, 61)]
    file = stored(coordinator, houses(*many, block(house="")))

    second = coordinator.get(preview_of(file, page=2, status="new"))
    wrong = coordinator.get(preview_of(file, status="error"))

    assert [line.house for line in second.context["page"].object_list] == [str(n) for n in range(51, 61)]
    assert [line.row for line in wrong.context["page"].object_list] == [62]


def test_a_file_that_adds_nothing_offers_nothing_to_import(coordinator):
    content = houses(BLOCK)
    tasks.import_file(Job.objects.create(kind=tasks.IMPORT).pk, stored(coordinator, content).pk, 1)

    response = coordinator.get(preview_of(stored(coordinator, content)))

    assert response.context["to_write"] == 0
    assert "btn main" not in response.text


def test_what_of_the_file_is_not_used_is_said(coordinator):
    file = stored(coordinator, "Улица;Дом;Тип;Управдом\nул. Абая;1;частный;Иванов\n".encode())

    response = coordinator.get(preview_of(file))

    assert response.context["plan"].sheet.ignored == ("Управдом",)
    assert "Управдом" in response.text
    assert "Иванов" not in response.text


def test_the_file_of_another_is_like_a_missing_one(staff, candidate):
    file = stored(candidate, houses(BLOCK))

    assert [staff.get(preview_of(file)).status_code, staff.post(run_of(file)).status_code] == [404, 404]
    assert Job.objects.count() == 0


def test_a_file_that_is_no_table_cannot_be_imported(coordinator):
    file = store_file(name="a.pdf", content=b"%PDF", content_type="application/pdf", owner=coordinator.user)

    assert coordinator.get(preview_of(file)).status_code == 404


# importing it


@pytest.mark.django_db(transaction=True)
def test_an_import_runs_as_a_job_and_ends_on_a_page_with_its_sums(coordinator, monkeypatch):
    monkeypatch.setattr(tasks.import_file, "delay", tasks.import_file)
    file = stored(coordinator, houses(BLOCK, PRIVATE, OTHER, block(house="")))

    started = coordinator.post(run_of(file), {"rows": "4"})
    waited = coordinator.get(started.url)
    result = coordinator.get(waited.url)

    job = Job.objects.get()
    assert (started.url, waited.url) == (job.get_absolute_url(), reverse("territory:import-result", args=[job.pk]))
    assert (job.state, job.percent, job.owner) == (JobState.DONE, 100, coordinator.user)
    assert result.context["sums"]["dwellings_added"] == Dwelling.objects.count() == 41
    assert [(line.row, line.status, line.field) for line in result.context["told"]] == [(5, "error", "house")]


def test_an_import_is_begun_by_post_only(coordinator):
    assert coordinator.get(run_of(stored(coordinator, houses(BLOCK)))).status_code == 405


def test_a_number_of_rows_that_somebody_made_up_does_no_harm(coordinator, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.import_file, "delay", lambda *args: sent.append(args))
    file = stored(coordinator, houses(BLOCK))

    for rows in ("-5", "x", "99999999999", "²"):
        assert coordinator.post(run_of(file), {"rows": rows}).status_code == 302

    assert Job.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_gone_fails_the_job_with_a_sentence(coordinator):
    coordinator.user.language = "en"
    coordinator.user.save()
    job = Job.objects.create(kind=tasks.IMPORT, owner=coordinator.user)

    tasks.import_file(job.pk, 10**6, 1)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "The file is no longer there. Choose it again.")


def test_the_result_of_another_is_like_a_missing_one(coordinator, staff):
    job = Job.objects.create(kind=tasks.IMPORT, owner=staff.user, state=JobState.DONE)

    assert coordinator.get(reverse("territory:import-result", args=[job.pk])).status_code == 404
