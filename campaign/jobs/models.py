"""Long jobs: a row that says how far a task is, what came out, and whose it is."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.jobs.line import Line
from campaign.jobs.querysets import JobQuerySet


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Job(models.Model):
    """One run of a long task. `result` is what the task returned; `error` is a sentence for its owner.

    A task that was interrupted is delivered again, so `attempts` counts how often it was begun.
    """

    kind = models.CharField(max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    # while a worker is at it: the connection beside the task's transaction
    line: Line | None = None

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="job_done_within_total"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:job-detail", args=[self.pk])

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def result_url(self) -> str:
        """The page that shows what came out, if the task named one."""
        return str(self.result.get("url", "")) if self.state == JobState.DONE else ""

    def start(self) -> None:
        self.state, self.started_at = JobState.RUNNING, timezone.now()
        self.attempts += 1
        self.done = self.total = 0
        self.save(update_fields=["state", "started_at", "attempts", "done", "total"])

    def progress(self, done: int, total: int) -> None:
        """Tell how far the task is. Everybody sees it at once, even from inside the task's own transaction."""
        self.done, self.total = min(done, total), total
        if self.line is None:
            self.save(update_fields=["done", "total"])
        else:
            self.line.progress(self.done, self.total)

    def finish(self, result: dict[str, Any]) -> None:
        self.state, self.result, self.ended_at = JobState.DONE, result, timezone.now()
        self.done = self.total
        self.save(update_fields=["state", "result", "ended_at", "done", "total"])

    def fail(self, error: str) -> None:
        self.state, self.error, self.ended_at = JobState.FAILED, error, timezone.now()
        self.save(update_fields=["state", "error", "ended_at"])
