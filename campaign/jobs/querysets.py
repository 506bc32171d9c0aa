from typing import Any, Self

from django.db import models


class JobQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """A job is seen by who started it."""
        return self.filter(owner=user)
