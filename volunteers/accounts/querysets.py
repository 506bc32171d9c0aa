from datetime import datetime
from typing import Any, Self

from django.db import models

from campaign.access import Permission, may


class PhoneLinkQuerySet(models.QuerySet[Any]):
    def usable_at(self, at: datetime, lifetime: Any) -> Self:
        return self.filter(used_at=None, created_at__gt=at - lifetime)


class DeviceQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The desk sees all phones, anybody else their own."""
        return self.all() if may(user, Permission.SEE_PEOPLE) else self.filter(user=user)

    def active(self) -> Self:
        return self.filter(revoked_at=None)


class ReviewItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.all() if may(user, Permission.REVIEW) else self.none()

    def waiting(self) -> Self:
        return self.filter(state="open")
