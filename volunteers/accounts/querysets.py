from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import models

from campaign.access import DESK, Permission, Role, may
from campaign.arrays import array

NO_PASSWORD = "!"  # noqa: S105  how Django marks a password that nobody can type


class UserQuerySet(models.QuerySet[Any]):
    def coordinators(self) -> Self:
        return self.filter(role=Role.COORDINATOR, is_active=True)

    def phone_holders(self) -> Self:
        """Those who come in by a phone link: never somebody of the desk, nor anybody with a password."""
        return self.filter(is_active=True, password__startswith=NO_PASSWORD).exclude(role__in=DESK)


class PhoneLinkQuerySet(models.QuerySet[Any]):
    def usable_at(self, at: datetime, lifetime: timedelta) -> Self:
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

    def decided(self) -> Self:
        return self.exclude(state="open")

    def with_decided(self) -> Self:
        """Adds `is_decided`, so that what waits can stand first."""
        return self.annotate(is_decided=models.Q(decided_at__isnull=False))

    def with_sender(self) -> Self:
        return self.select_related("device__user", "decided_by")

    def keys_among(self, item_ids: Iterable[UUID]) -> dict[tuple[UUID, str], UUID]:
        """{(the item's id, its digest): the row's id} of those that were kept before."""
        ids = array(item_ids)
        rows = self.extra(where=["item_id = ANY(%s::uuid[])"], params=[ids]).values_list("item_id", "digest", "id")
        return {(item_id, digest): pk for item_id, digest, pk in rows}
