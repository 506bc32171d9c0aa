"""Reports as they were printed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from campaign.files.models import StoredFile
from campaign.jobs.models import Job


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

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=models.Q(starts_on__lte=models.F("ends_on")), name="report_days_in_order"),
        )

    def __str__(self) -> str:
        return str(self.number)
