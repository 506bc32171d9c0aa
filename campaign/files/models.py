"""Uploaded and produced files. The bytes lie in the database: nothing is kept on one host's disk,
and a backup of the database is a backup of the files."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from campaign.files.querysets import StoredFileQuerySet


class StoredFile(models.Model):
    """The bytes of a file with the name it came under and what it was found to be."""

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:file-download", args=[self.pk])
