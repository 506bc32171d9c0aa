from typing import Any, Self

from django.db import models

from campaign.access import Role


class StoredFileQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """A file is seen by who brought it, and by the coordinator."""
        return self.all() if user.role == Role.COORDINATOR else self.filter(owner=user)
