from typing import Any, Self

from django.db import models


class ReportQuerySet(models.QuerySet[Any]):
    def with_file(self) -> Self:
        """With the names of its file and maker, without the file's bytes."""
        return self.select_related("file", "job", "made_by").defer("file__content")

    def printed(self) -> Self:
        return self.filter(file__isnull=False).select_related("file")
