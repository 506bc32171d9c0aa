"""Reports as they were printed."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.files.models import StoredFile
from campaign.formatting import week
from campaign.jobs.models import Job
from outreach.reports.querysets import ReportQuerySet

SUNDAY = 6


class Report(models.Model):
    """A report over whole days, both ends included. `file` is the PDF once the job is done."""

    number = models.PositiveIntegerField(unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    language = models.CharField(max_length=2)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=models.Q(starts_on__lte=models.F("ends_on")), name="report_days_in_order"),
        )

    def __str__(self) -> str:
        return str(self.number)

    @property
    def days(self) -> str:
        return week(self.starts_on, self.ends_on)

    @property
    def language_name(self) -> str:
        return str(dict(settings.LANGUAGES)[self.language])

    @property
    def title(self) -> str:
        """«Неделя с 9–15 ноября»; a week that is cut says until when."""
        words = _("The week of %(days)s") if self.ends_on.weekday() == SUNDAY else _("The week of %(days)s, to date")
        return words % {"days": self.days}

    def get_absolute_url(self) -> str:
        return reverse("reports:report-detail", args=[self.pk])
