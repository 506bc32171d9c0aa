"""What the pages of turfs show of several rows at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from outreach.canvassing.models import Assignment, Turf
from outreach.canvassing.progress import Progress, turf_progress
from volunteers.accounts.models import Device
from volunteers.roster.models import Person


@dataclass(frozen=True)
class HandedOut:
    """One assignment with its people; `has_phone` is on each person."""

    assignment: Assignment
    people: list[Person]
    is_running: bool
    is_over: bool

    @property
    def without_phone(self) -> list[Person]:
        return [] if self.is_over else [person for person in self.people if not person.has_phone]


@dataclass(frozen=True)
class TurfRow:
    turf: Turf
    progress: Progress
    latest: HandedOut | None


def turf_rows(turfs: Any, now: datetime) -> list[TurfRow]:
    """Turfs with their progress and their latest assignment, in four queries."""
    turfs = list(turfs.prefetch_related(_with_people()))
    progress = turf_progress(turfs)
    return [TurfRow(turf, progress[turf.pk], _latest(turf, now)) for turf in turfs]


def handed_out(turf: Turf, now: datetime) -> list[HandedOut]:
    """All assignments of a turf, the newest first."""
    return _all_of(Turf.objects.prefetch_related(_with_people()).get(pk=turf.pk), now)


def _with_people() -> Prefetch:
    phones = Device.objects.active().filter(user=OuterRef("user"))
    people = Person.objects.annotate(has_phone=Exists(phones))
    return Prefetch("assignments", Assignment.objects.prefetch_related(Prefetch("persons", people)))


def _all_of(turf: Turf, now: datetime) -> list[HandedOut]:
    assignments: Iterable[Assignment] = turf.assignments.all()
    return [
        HandedOut(each, list(each.persons.all()), each.starts_at <= now < each.ends_at, each.ends_at <= now)
        for each in assignments
    ]


def _latest(turf: Turf, now: datetime) -> HandedOut | None:
    return next(iter(_all_of(turf, now)), None)
