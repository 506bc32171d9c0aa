"""The page of a job: how far it is, what is the matter with it, and on to its result."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.jobs import line, views
from campaign.jobs.models import Job, JobState
from tests.factories import make_user

HTMX = {"HX-Request": "true"}


def page_of(job):
    return reverse("jobs:job-detail", args=[job.pk])


def test_a_queued_job_shows_that_it_waits_and_asks_for_itself_again(coordinator):
    job = Job.objects.create(kind="count", owner=coordinator.user)

    response = coordinator.get(page_of(job))

    assert (response.status_code, response.context["trouble"]) == (200, "")
    assert f'hx-get="{page_of(job)}"' in response.text
    assert f'<noscript>\n        <p><a href="{page_of(job)}">' in response.text


@pytest.mark.django_db(transaction=True)
def test_a_running_job_shows_its_bar(coordinator):
    job = Job.objects.create(kind="count", owner=coordinator.user, state=JobState.RUNNING, done=30, total=120)

    with line.hold(job.pk):
        response = coordinator.get(page_of(job))

    assert '<progress value="30" max="120"' in response.text
    assert response.context["trouble"] == ""


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_no_browser_keeps_an_answer_of_the_page_for_going_back(coordinator, headers):
    job = Job.objects.create(kind="count", owner=coordinator.user)

    response = coordinator.get(page_of(job), headers=headers)

    assert "no-store" in response["Cache-Control"]


def test_a_job_whose_worker_died_says_so(coordinator):
    job = Job.objects.create(kind="count", owner=coordinator.user, state=JobState.RUNNING)

    response = coordinator.get(page_of(job))

    assert response.context["trouble"] == views.TROUBLES["interrupted"]


def test_a_job_that_nobody_takes_says_so(coordinator):
    since = timezone.now() - views.PATIENCE - timedelta(seconds=1)
    job = Job.objects.create(kind="count", owner=coordinator.user, created_at=since)

    response = coordinator.get(page_of(job))

    assert response.context["trouble"] == views.TROUBLES["unattended"]


def test_a_done_job_goes_on_to_its_result(coordinator):
    job = Job.objects.create(kind="count", owner=coordinator.user, state=JobState.DONE, result={"url": "/streets/"})

    response, part = coordinator.get(page_of(job)), coordinator.get(page_of(job), headers=HTMX)

    assert (response.status_code, response.url) == (302, "/streets/")
    assert part.headers["HX-Redirect"] == "/streets/"


def test_a_failed_job_shows_the_sentence_and_asks_no_more(coordinator):
    job = Job.objects.create(
        kind="count", owner=coordinator.user, state=JobState.FAILED, error="The file is no longer there."
    )

    response = coordinator.get(page_of(job))

    assert "The file is no longer there." in response.text
    assert "hx-get" not in response.text.split('class="job"')[1]


def test_the_job_of_another_is_like_a_missing_one(coordinator, staff):
    job = Job.objects.create(kind="count", owner=staff.user)

    foreign, missing = coordinator.get(page_of(job)), coordinator.get(reverse("jobs:job-detail", args=[10**6]))

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert staff.get(page_of(job)).status_code == 200


def test_a_stranger_is_asked_to_sign_in(stranger):
    job = Job.objects.create(kind="count", owner=make_user())

    assert stranger.get(page_of(job)).url == f"/sign-in/?next={page_of(job)}"
