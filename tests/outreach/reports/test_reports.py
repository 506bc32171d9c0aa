import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from campaign import printing
from campaign.files.models import StoredFile
from campaign.formatting import number
from campaign.jobs.models import JobState
from outreach.reports import figures, services
from outreach.reports.models import Report
from outreach.reports.printed import report_context, report_pdf
from outreach.reports.tasks import print_weekly_report
from outreach.reports.weeks import Week, usual
from tests import factories
from tests.outreach.reports.board import Board, make_topics

pytestmark = pytest.mark.django_db

NEW, LIST = reverse("reports:report-new"), reverse("reports:report-list")
Read = Callable[[bytes], str]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The text of a PDF, as poppler reads it back."""

    def text(pdf: bytes) -> str:
        path = tmp_path / "report.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True)
        return done.stdout

    return text


def ordered(board: Board, coordinator: Any, **fields: Any) -> Report:
    fields = {"starts_on": board.today - timedelta(days=6), "ends_on": board.today, "language": "ru", **fields}
    return factories.make_report(made_by=coordinator.user, **fields)


def test_the_dashboards_button_orders_the_usual_week_in_one_click(
    board: Board, coordinator: Any, django_capture_on_commit_callbacks: Any, queued: list[Any]
) -> None:
    page = coordinator.get(reverse("reports:dashboard")).text
    week = re.search(r'name="week" value="([^"]+)"', page)
    assert week
    assert week[1] == usual(today=board.today).starts_on.isoformat()

    with django_capture_on_commit_callbacks(execute=True):
        answer = coordinator.post(NEW, {"week": week[1], "language": "ru"})

    report = Report.objects.get()
    assert answer.url == report.job.get_absolute_url()
    assert (report.number, report.made_by, report.language) == (1, coordinator.user, "ru")
    assert queued == [(report.job.pk, report.pk)]


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have gone to the broker."""
    sent: list[Any] = []
    monkeypatch.setattr(print_weekly_report, "delay", lambda *args: sent.append(args))
    return sent


def test_a_week_that_is_not_offered_is_refused_at_its_field(board: Board, coordinator: Any) -> None:
    answer = coordinator.post(NEW, {"week": "2020-01-06", "language": "ru"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["week"])
    assert not Report.objects.exists()


def test_a_tuesday_is_not_taken_for_a_week(board: Board, coordinator: Any) -> None:
    monday = board.today - timedelta(days=board.today.weekday())

    answer = coordinator.post(NEW, {"week": (monday + timedelta(days=1)).isoformat(), "language": "ru"})

    assert answer.status_code == 422


@pytest.mark.parametrize(("cookie", "language"), [("kk", "kk"), ("ru", "ru"), ("en", "ru")])
def test_the_form_proposes_the_language_of_the_maker(
    board: Board, coordinator: Any, cookie: str, language: str
) -> None:
    coordinator.client.cookies["language"] = cookie

    assert coordinator.get(NEW).context["form"]["language"].value() == language


def test_reports_are_numbered_on(board: Board, coordinator: Any, queued: list[Any]) -> None:
    week = usual(today=board.today)

    numbers = [services.order_report(week=week, language="ru", by=coordinator.user).number for _ in range(2)]

    assert numbers == [1, 2]


def test_the_task_prints_files_and_leads_to_the_report(board: Board, coordinator: Any) -> None:
    report = ordered(board, coordinator)
    job = factories.make_job(coordinator.user)

    print_weekly_report(job.pk, report.pk)

    job.refresh_from_db()
    report.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"url": report.get_absolute_url()})
    assert bytes(report.file.content).startswith(b"%PDF-")


def test_the_task_run_twice_makes_one_file(board: Board, coordinator: Any) -> None:
    report = ordered(board, coordinator)

    for _ in range(2):
        print_weekly_report(factories.make_job(coordinator.user).pk, report.pk)

    assert StoredFile.objects.count() == 1


def test_a_report_that_was_removed_fails_its_job_with_a_sentence(board: Board, coordinator: Any) -> None:
    job = factories.make_job(coordinator.user)

    print_weekly_report(job.pk, 987_654)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error


def test_without_pango_the_job_says_what_to_install(
    board: Board, coordinator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango() -> None:
        raise printing.PrintingUnavailable

    monkeypatch.setattr(printing, "_weasyprint", no_pango)
    report, job = ordered(board, coordinator), factories.make_job(coordinator.user)

    print_weekly_report(job.pk, report.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert printing.APT_LINE in job.error


def printed(report: Report, board: Board) -> bytes:
    with timezone.override(board.campaign.zone), translation.override(report.language):
        return report_pdf(report, board.campaign, timezone.now())


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_numbers_on_paper_are_those_of_the_figures(
    board: Board, coordinator: Any, read: Read, language: str
) -> None:
    (topic,) = make_topics("Көше жарығы, ғимарат, әңгіме")
    for _ in range(7):
        board.opinion(outcome="talked")
        board.opinion(support="lean_for", topics=[topic.pk])
    report = ordered(board, coordinator, language=language)
    found = figures.district_figures(board.round, board.campaign.calendar(), as_of=report.ends_on, is_over=False)

    text = read(printed(report, board)).replace("\u00a0", " ")

    with translation.override(language):
        expected = [
            number(value).replace("\u00a0", " ")
            for value in (found.passed, found.total, found.pace.plan, found.pace.need_per_day, found.whole.recent)
        ]
    assert [value for value in expected if not re.search(rf"(?<!\d){value}(?!\d)", text)] == []
    for row in found.precincts:
        line = next(line for line in text.splitlines() if line.strip().startswith(str(row.precinct.number)))
        shown = [int(value) for value in line.split()[-5:]]
        progress = row.progress
        assert shown == [progress.percent, progress.passed, progress.again, progress.total, row.recent]
    assert re.search(r"Көше жарығы, ғимарат, әңгіме\s+7", text)


def test_kazakh_names_and_letters_are_read_back_from_the_paper(board: Board, coordinator: Any, read: Read) -> None:
    letters = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"
    factories.make_person("proxy", precinct=board.south, given_name="Іңкәр", family_name="Һұрғөқүіңә")
    make = make_topics(letters)
    board.opinion(support="for", topics=[make[0].pk])

    text = read(printed(ordered(board, coordinator, language="kk"), board))

    assert letters in text
    assert "Нұргүл Әбдіқадырова" in text
    assert "Іңкәр Һұрғөқүіңә" in text


def test_screen_and_paper_draw_the_same_figures(board: Board, coordinator: Any) -> None:
    screen = coordinator.get(reverse("reports:dashboard")).context
    with timezone.override(board.campaign.zone):
        paper = report_context(ordered(board, coordinator), board.campaign, timezone.now())

    assert paper["figures"].pace == screen["figures"].pace
    assert paper["figures"].whole == screen["figures"].whole
    assert [need.title for need in paper["needs"]] == [need.title for need in screen["needs"]]


def test_a_past_week_is_printed_as_it_stood_at_its_end(board: Board, coordinator: Any) -> None:
    end = board.today - timedelta(days=3)
    report = ordered(board, coordinator, starts_on=end - timedelta(days=3), ends_on=end)

    paper = report_context(report, board.campaign, timezone.now())

    assert (paper["passed"], paper["figures"].passed) == (4 * 5, 7 * 5)


@pytest.mark.parametrize(("days_ago", "past", "decides"), [(0, False, True), (8, True, True), (15, True, False)])
def test_a_past_week_says_of_which_day_its_ground_is_and_asks_for_no_decision_when_long_over(
    board: Board, coordinator: Any, read: Read, days_ago: int, past: bool, decides: bool
) -> None:
    monday = board.today - timedelta(days=board.today.weekday())
    end = board.today if not days_ago else monday - timedelta(days=days_ago - 7)
    report = ordered(board, coordinator, starts_on=end - timedelta(days=6), ends_on=end, language="en")

    text = " ".join(read(printed(report, board)).split())

    assert ("of the day of printing" in text) is past
    assert ("To decide this week" in text) is decides


def test_pages_are_numbered_of_how_many_and_say_that_this_is_no_poll(
    board: Board, coordinator: Any, read: Read
) -> None:
    text = read(printed(ordered(board, coordinator), board))

    pages = text.count("\f")
    with translation.override("ru"):
        of = translation.pgettext("page of pages", "of")
        foot = translation.gettext(
            "Internal paper of the headquarters. Not a public opinion poll, not for publication."
        )
    assert pages >= 1
    assert all(re.search(rf"\b{page}\s+{of}\s+{pages}\b", text) for page in range(1, pages + 1))
    assert text.count(foot) == pages


def test_a_printed_report_can_be_downloaded_by_the_candidate_too(
    board: Board, coordinator: Any, candidate: Any
) -> None:
    report = ordered(board, coordinator, file=factories.make_file(coordinator.user, content=b"%PDF-1.7 paper"))

    answer = candidate.get(reverse("reports:report-download", args=[report.pk]))

    assert answer.content == b"%PDF-1.7 paper"
    assert answer["Content-Disposition"].startswith("attachment;")


def test_a_report_without_a_file_has_nothing_to_download(board: Board, coordinator: Any) -> None:
    report = ordered(board, coordinator)

    assert coordinator.get(reverse("reports:report-download", args=[report.pk])).status_code == 404


@pytest.mark.parametrize("role", ["proxy", "volunteer"])
def test_phone_holders_read_no_reports(role: str, request: pytest.FixtureRequest, board: Board) -> None:
    assert request.getfixturevalue(role).get(LIST).status_code == 403


def test_the_candidate_may_read_but_not_order(candidate: Any, board: Board) -> None:
    page = candidate.get(LIST)

    assert (page.status_code, page.text.count("btn main")) == (200, 0)
    assert candidate.post(NEW, {"language": "ru"}).status_code == 403


def test_an_empty_list_has_exactly_one_main_act(coordinator: Any) -> None:
    page = coordinator.get(LIST).text

    assert page.count("btn main") == 1
    assert f'href="{NEW}"' in page


def test_the_list_costs_the_same_queries_at_1_and_30_rows(
    board: Board, coordinator: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    ordered(board, coordinator, file=factories.make_file(coordinator.user))
    with django_assert_max_num_queries(8) as first:
        coordinator.get(LIST)
    for _ in range(29):
        ordered(board, coordinator, file=factories.make_file(coordinator.user))

    with django_assert_num_queries(len(first)):
        assert coordinator.get(LIST).text.count("/download/") == 30


def test_before_a_round_ordering_leads_back_to_the_first_step(coordinator: Any) -> None:
    assert coordinator.get(NEW).url == reverse("reports:dashboard")


def test_a_week_to_date_says_so_in_its_title(board: Board) -> None:
    monday = board.today - timedelta(days=board.today.weekday())
    whole, cut = (
        Report(number=1, starts_on=week.starts_on, ends_on=week.ends_on)
        for week in (Week(monday, monday + timedelta(days=6)), Week(monday, monday + timedelta(days=2)))
    )

    with translation.override("en"):
        assert "to date" not in whole.title
        assert cut.title.endswith("to date")


def test_the_list_of_reports_can_be_exported(board: Board, coordinator: Any) -> None:
    ordered(board, coordinator, number=41, file=factories.make_file(coordinator.user, name="week.pdf"))

    answer = coordinator.get(LIST, {"export": "csv"})

    _head, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert (line.split(";")[0], line.split(";")[-1]) == ("41", "week.pdf")
