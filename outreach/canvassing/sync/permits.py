"""Who may be where when: a person's assignments, and the law's window for agitation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from campaign.law import ElectionCalendar, may_agitate
from outreach.canvassing.models import Assignment, Turf

A_DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Place:
    """An entrance of a building: what an assignment is asked for."""

    entrance_id: UUID
    building_id: UUID


@dataclass(frozen=True)
class Permit:
    """An assignment of one person: whole entrances, and whole buildings that were not described yet."""

    assignment_id: int
    person_id: int
    round_id: int
    starts_at: datetime
    ends_at: datetime
    entrances: frozenset[UUID]
    buildings: frozenset[UUID]

    def covers(self, round_id: int, place: Place) -> bool:
        return self.round_id == round_id and (
            place.entrance_id in self.entrances or place.building_id in self.buildings
        )

    def holds_at(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at

    def overlaps(self, since: datetime, until: datetime) -> bool:
        return self.starts_at < until and since < self.ends_at


def permits_of(user: Any, *, since: datetime, until: datetime) -> list[Permit]:
    """The user's assignments that run at some time from `since` to `until`, in one query."""
    found = Assignment.objects.of_user(user).filter(starts_at__lte=until, ends_at__gt=since).order_by("pk")
    return [
        Permit(*row[:5], entrances=frozenset(row[5]), buildings=frozenset(row[6]))
        for row in found.annotate(
            entrance_ids=_of_turf(Turf.entrances.through, "entrance_id"),
            building_ids=_of_turf(Turf.buildings.through, "building_id"),
        ).values_list("pk", F("persons"), "turf__round", "starts_at", "ends_at", "entrance_ids", "building_ids")
    ]


def _of_turf(through: Any, column: str) -> ArraySubquery:
    return ArraySubquery(through.objects.filter(turf_id=OuterRef("turf_id")).values(column))


class Window:
    """The law's answers for the times of one batch, each asked once a minute of the clock at most."""

    def __init__(self, calendar: ElectionCalendar | None) -> None:
        self._calendar = calendar
        self._answers: dict[datetime, bool] = {}

    def is_open_at(self, at: datetime) -> bool:
        if at not in self._answers:
            self._answers[at] = self._ask(at)
        return self._answers[at]

    def is_open_on(self, day: date) -> bool:
        """Whether any part of the local day is inside. The window is longer than a day, so its last second and its
        first tell: the window's first day begins outside, its last day ends outside."""
        first, after = self.bounds(day)
        return self.is_open_at(after - A_SECOND) or self.is_open_at(first)

    def bounds(self, day: date) -> tuple[datetime, datetime]:
        """The local day's midnights."""
        zone = self._calendar.zone if self._calendar else UTC
        return datetime.combine(day, time.min, zone), datetime.combine(day + A_DAY, time.min, zone)

    def _ask(self, at: datetime) -> bool:
        return self._calendar is not None and not may_agitate(at, self._calendar).refuses


def span(times: Iterable[datetime]) -> tuple[datetime, datetime]:
    ordered = sorted(times)
    return ordered[0], ordered[-1]
