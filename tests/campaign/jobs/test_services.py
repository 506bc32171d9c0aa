"""Long jobs: started on commit, run once whatever is delivered, and open to view while they run."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import translation
from kombu.exceptions import OperationalError

from campaign.jobs import line, services
from campaign.jobs.models import Job, JobState
from tests.factories import make_user


class Queue:
    """Stands for a Celery task: remembers what it was sent."""

    def __init__(self, trouble=None):
        self.sent, self.trouble = [], trouble

    def delay(self, *args):
        if self.trouble:
            raise self.trouble
        self.sent.append(args)


@pytest.mark.django_db(transaction=True)
def test_a_job_is_sent_with_its_id_only_when_its_row_is_committed():
    queue = Queue()

    with transaction.atomic():
        job = services.start(kind="count", owner=make_user(), task=queue, args=[7])
        before = list(queue.sent)

    assert (before, queue.sent) == ([], [(job.pk, 7)])


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_does_not_answer_fails_the_job_with_a_sentence():
    with translation.override("en"):
        job = services.start(kind="count", owner=make_user(), task=Queue(OperationalError("down")))

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == "The queue of long jobs does not answer. Try again in a minute."


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_done_is_not_run_again_when_its_task_is_delivered_twice():
    job, runs = Job.objects.create(kind="count"), []

    for _delivery in range(2):
        services.run(job.pk, lambda job, *args: runs.append(args) or {"url": "/", "sum": 3}, [5])

    job.refresh_from_db()
    assert runs == [(5,)]
    assert (job.state, job.result, job.attempts) == (JobState.DONE, {"url": "/", "sum": 3}, 1)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_another_worker_is_at_is_left_to_it():
    job, runs = Job.objects.create(kind="count"), []

    with line.hold(job.pk):
        services.run(job.pk, lambda job: runs.append(job) or {})

    job.refresh_from_db()
    assert (runs, job.state) == ([], JobState.QUEUED)


@pytest.mark.django_db(transaction=True)
def test_a_task_without_its_row_does_nothing():
    runs = []

    services.run(404, lambda job: runs.append(job) or {})

    assert runs == []


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_another_connection_before_the_transaction_ends():
    job, seen = Job.objects.create(kind="count"), []

    def look():
        seen.append(Job.objects.values_list("state", "done", "total").get(pk=job.pk))
        connection.close()

    def work(job):
        with transaction.atomic():
            job.progress(40, 100)
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
        return {}

    services.run(job.pk, work)

    job.refresh_from_db()
    assert seen == [("running", 40, 100)]
    assert (job.done, job.total, job.percent) == (100, 100, 100)


@pytest.mark.django_db(transaction=True)
def test_progress_never_goes_beyond_the_whole():
    job = Job.objects.create(kind="count")

    job.progress(120, 100)

    job.refresh_from_db()
    assert (job.done, job.total) == (100, 100)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_fails_the_job_in_the_words_of_the_task():
    job = Job.objects.create(kind="count")

    def work(job):
        raise services.JobRefused("There is nothing to count.")

    services.run(job.pk, work)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "There is nothing to count.")


@pytest.mark.django_db(transaction=True)
def test_a_mistake_of_ours_fails_the_job_and_reaches_the_log():
    job = Job.objects.create(kind="count", owner=make_user(language="en"))

    with pytest.raises(ZeroDivisionError):
        services.run(job.pk, lambda job: 1 / 0)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == "Something went wrong on the server, and nothing was changed. Try again."


@pytest.mark.django_db(transaction=True)
def test_a_job_interrupted_three_times_is_given_up():
    job, runs = Job.objects.create(kind="count", state=JobState.RUNNING, attempts=3), []

    services.run(job.pk, lambda job: runs.append(job) or {})

    job.refresh_from_db()
    assert (runs, job.state) == ([], JobState.FAILED)


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_job_is_run_again_from_nothing():
    job = Job.objects.create(kind="count", state=JobState.RUNNING, attempts=1, done=5, total=9)

    services.run(job.pk, lambda job: {"seen": [job.done, job.total, job.attempts]})

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"seen": [0, 0, 2]})


@pytest.mark.django_db(transaction=True)
def test_a_task_speaks_the_language_of_the_jobs_owner():
    from django.utils.translation import get_language

    job = Job.objects.create(kind="count", owner=make_user(language="kk"))

    services.run(job.pk, lambda job: {"language": get_language()})

    job.refresh_from_db()
    assert job.result == {"language": "kk"}


@pytest.mark.django_db(transaction=True)
def test_the_lock_of_a_job_goes_with_its_worker():
    held = []

    with line.hold(31):
        held.append(line.is_held(31))
        held.append(line.is_held(32))
    held.append(line.is_held(31))

    assert held == [True, False, False]


@pytest.mark.django_db(transaction=True)
def test_a_celery_task_is_made_of_the_work_and_takes_the_jobs_id():
    @services.job_task(kind="tests-counting", title="Counting")
    def count(job, up_to):
        """Counts."""
        return {"sum": sum(range(up_to))}

    job = Job.objects.create(kind="tests-counting")
    count(job.pk, 4)

    job.refresh_from_db()
    assert job.result == {"sum": 6}
    assert (count.acks_late, count.reject_on_worker_lost) == (True, True)
    assert services.titles["tests-counting"] == "Counting"


@pytest.mark.django_db
def test_the_database_refuses_more_done_than_the_whole():
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="job_done_within_total"):
        Job.objects.create(kind="count", done=2, total=1)
