"""The questions of canvassing."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models

from campaign.access import Permission, may


class RoundQuerySet(models.QuerySet[Any]):
    def current_on(self, day: date) -> Any:
        """The round that runs on the day, else the latest that has begun, else the next one; None without rounds."""
        begun = self.filter(starts_on__lte=day).order_by("-starts_on", "-pk").first()
        return begun or self.order_by("starts_on", "pk").first()


class DoorQuerySet(models.QuerySet[Any]):
    def in_turf(self, turf: Any) -> Self:
        return self.filter(entrance__turfs=turf)

    def unvisited_in(self, round: Any) -> Self:
        return self.exclude(door_states__round=round)


class TurfQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any, at: datetime) -> Self:
        """The desk sees all turfs; anybody else those of their own running assignments."""
        if may(user, Permission.SEE_ROUNDS):
            return self.all()
        return self.filter(
            assignments__persons__user=user, assignments__starts_at__lte=at, assignments__ends_at__gt=at
        ).distinct()


class AssignmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.all() if may(user, Permission.SEE_ROUNDS) else self.filter(persons__user=user)

    def running_at(self, at: datetime) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def of_user(self, user: Any) -> Self:
        return self.filter(persons__user=user)


class VisitQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.all() if may(user, Permission.SEE_ROUNDS) else self.filter(person__user=user)


class OpinionQuerySet(models.QuerySet[Any]):
    def counted(self) -> Self:
        return self.filter(withdrawn=False)
