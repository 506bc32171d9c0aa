"""Each number of the campaign, computed once: the dashboard, the printed report and the tests all read these."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Prefetch
from django.utils.safestring import SafeString

from campaign.access import Role
from campaign.law import ElectionCalendar
from campaign.profile.models import Campaign
from campaign.territory.models import Precinct
from outreach.canvassing.models import Assignment, Opinion, Round, Topic, Visit
from outreach.canvassing.outcomes import OUTCOMES, Support
from outreach.canvassing.plan import plan_at
from outreach.canvassing.progress import Progress, RoundProgress, round_progress, turf_progress
from outreach.reports.pace import DAY, PACE_DAYS, Pace, pace_of
from volunteers.roster.models import Person


@dataclass(frozen=True)
class PrecinctRow:
    """A line of the table of precincts; the last line is the whole district, without a precinct."""

    precinct: Precinct | None
    proxies: list[str]
    progress: Progress
    plan: int  # flats by the plan
    recent: int  # passed in the last seven days, today included

    @property
    def plan_percent(self) -> int:
        return 100 * self.plan // self.progress.total if self.progress.total else 0

    @property
    def to_plan(self) -> int:
        """Ahead of the plan or behind it, in percent of the precinct's flats."""
        return self.progress.percent - self.plan_percent

    @property
    def bar(self) -> SafeString:
        return self.progress.bar(self.plan)


@dataclass(frozen=True)
class DistrictFigures:
    """Where the round stands at the end of a day."""

    round: Round
    as_of: date
    progress: RoundProgress
    pace: Pace
    precincts: list[PrecinctRow]
    whole: PrecinctRow

    @property
    def total(self) -> int:
        return self.progress.whole.total

    @property
    def passed(self) -> int:
        return self.progress.whole.passed


def district_figures(round: Round, calendar: ElectionCalendar, *, as_of: date, is_over: bool) -> DistrictFigures:
    """`is_over`: whether `as_of` is a finished day, or today with its evening still to come."""
    progress = round_progress(round, until=as_of)
    proxies = proxies_by_precinct()
    days = {"first": round.starts_on, "last": round.ends_on}
    since = as_of - (PACE_DAYS - 1) * DAY

    def plan(part: Progress) -> int:
        return plan_at(as_of, total=part.total, **days)

    rows = [
        PrecinctRow(
            row.precinct,
            proxies[row.precinct.pk] if row.precinct else [],
            row.progress,
            plan(row.progress),
            row.passed_between(since, as_of),
        )
        for row in progress.precincts
    ]
    whole = PrecinctRow(None, [], progress.whole, plan(progress.whole), progress.passed_between(since, as_of))
    pace = pace_of(
        passed_by_day=progress.passed_by_day,
        total=progress.whole.total,
        deadline=min(round.ends_on, calendar.last_day),
        today=as_of,
        today_is_over=is_over,
        **days,
    )
    return DistrictFigures(round, as_of, progress, pace, rows, whole)


def proxies_by_precinct() -> dict[int, list[str]]:
    """Names of the proxies who lead in each precinct."""
    names: dict[int, list[str]] = defaultdict(list)
    for person in Person.objects.filter(role=Role.PROXY, precinct__isnull=False):
        names[person.precinct_id].append(f"{person.given_name} {person.family_name}")
    return names


@dataclass(frozen=True)
class Share:
    """A line of a breakdown: how many of all."""

    label: str
    count: int
    of: int
    code: str = ""


@dataclass(frozen=True)
class DoorTalk:
    """What was said at the doors in some days: counts of opinion rows, never of flats.

    Support is the canvassers' own assessment of the voters they talked to. It is not a poll.
    """

    answers: list[Share]
    support: list[Share]
    topics: list[Share]
    voters: int
    assessed: int

    @property
    def talks(self) -> int:
        return next((share.count for share in self.answers if share.code == "talked"), 0)


def door_talk(round: Round, *, first: date, last: date) -> DoorTalk:
    """Three queries, whatever the number of rows."""
    rows = Opinion.objects.in_round(round).on_days(first, last).counted()
    answers: Counter[str] = Counter()
    support: Counter[str] = Counter()
    for outcome, assessment, count in rows.by_answer():
        (answers if outcome else support)[outcome or assessment] += count
    voters = support.total()
    assessed = voters - support[""]
    return DoorTalk(
        answers=_shares(((o.code, o.label) for o in OUTCOMES), answers, answers.total()),
        support=_shares(Support.choices, support, assessed),
        topics=_topics(rows, voters),
        voters=voters,
        assessed=assessed,
    )


def _shares(labels: Iterable[tuple[str, Any]], counts: Counter[str], of: int) -> list[Share]:
    return [Share(str(label), counts[code], of, code) for code, label in labels]


def _topics(rows: Any, voters: int) -> list[Share]:
    counts = dict(rows.by_topic())
    shares = [Share(str(topic), counts.get(topic.pk, 0), voters) for topic in Topic.objects.all()]
    return sorted((share for share in shares if share.count), key=lambda share: -share.count)


@dataclass(frozen=True)
class Effort:
    """Who worked in some days."""

    people: int
    shifts: int


def effort(round: Round, campaign: Campaign, *, first: date, last: date) -> Effort:
    """People by their visits, shifts by the assignments that began, both in the campaign's days."""
    start = datetime.combine(first, time.min, campaign.zone)
    end = datetime.combine(last + timedelta(days=1), time.min, campaign.zone)
    visits = Visit.objects.in_round(round).acted_between(start, end)
    shifts = Assignment.objects.filter(turf__round=round).begun_between(start, end)
    return Effort(visits.values("person").distinct().count(), shifts.count())


@dataclass(frozen=True)
class OutNow:
    """One running assignment: who is out, where, how far, and when their phones were last heard of."""

    assignment: Assignment
    people: list[Person]
    progress: Progress
    last_seen: datetime | None

    @property
    def names(self) -> str:
        return ", ".join(person.short_name for person in self.people)

    def silent_for(self, now: datetime) -> timedelta:
        """Since the last word of any of their phones, or since the assignment began."""
        return now - max(self.last_seen or self.assignment.starts_at, self.assignment.starts_at)


def out_now(user: Any, now: datetime) -> list[OutNow]:
    """The running assignments that this user may see, in three queries."""
    people = Person.objects.annotate(last_seen=Max("user__devices__last_seen_at")).order_by("sort", "pk")
    running = list(
        Assignment.objects.visible_to(user)
        .running_at(now)
        .select_related("turf")
        .prefetch_related(Prefetch("persons", queryset=people))
    )
    progress = turf_progress([assignment.turf for assignment in running])
    return [_out(assignment, progress[assignment.turf_id]) for assignment in running]


def _out(assignment: Assignment, progress: Progress) -> OutNow:
    people = list(assignment.persons.all())
    seen = [person.last_seen for person in people if person.last_seen]
    return OutNow(assignment, people, progress, max(seen, default=None))
