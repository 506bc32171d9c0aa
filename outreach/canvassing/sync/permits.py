"""Who may be where when: a person's assignments, and the law's window for agitation."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from campaign.law import ElectionCalendar, may_agitate

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


PERMITS = """
SELECT assignment.id, person.id, turf.round_id, assignment.starts_at, assignment.ends_at,
    ARRAY(SELECT entrance_id FROM canvassing_turf_entrances held WHERE held.turf_id = turf.id),
    ARRAY(SELECT building_id FROM canvassing_turf_buildings held WHERE held.turf_id = turf.id)
FROM canvassing_assignment assignment
JOIN canvassing_assignment_persons given ON given.assignment_id = assignment.id
JOIN roster_person person ON person.id = given.person_id
JOIN canvassing_turf turf ON turf.id = assignment.turf_id
WHERE person.user_id = %s AND assignment.starts_at <= %s AND assignment.ends_at > %s
ORDER BY assignment.id
"""


def permits_of(user: Any, *, since: datetime, until: datetime) -> list[Permit]:
    """The user's assignments that run at some time from `since` to `until`, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(PERMITS, [user.pk, until, since])
        return [_permit(row) for row in cursor.fetchall()]


def _permit(row: tuple[Any, ...]) -> Permit:
    assignment_id, person_id, round_id, starts_at, ends_at, entrances, buildings = row
    return Permit(assignment_id, person_id, round_id, starts_at, ends_at, frozenset(entrances), frozenset(buildings))


class Window:
    """The law's answers for the times of one batch, each asked once."""

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
