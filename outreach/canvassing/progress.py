"""How far a round is: read from the maintained tallies, never counted from the visits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from campaign.charts import bar_stack
from campaign.territory.models import Building, BuildingKind, Precinct
from outreach.canvassing.models import DoorState, Round, Tally, Turf, Visit
from outreach.canvassing.outcomes import State
from outreach.canvassing.querysets import VisitQuerySet
from volunteers.roster.models import Person


@dataclass(frozen=True)
class Progress:
    """How many flats stand where. `passed` is what need not be gone to again, `total` what there is to pass."""

    flats: int = 0
    done: int = 0
    again: int = 0
    never: int = 0
    nodw: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(
            self.flats + other.flats,
            self.done + other.done,
            self.again + other.again,
            self.never + other.never,
            self.nodw + other.nodw,
        )

    @property
    def passed(self) -> int:
        return self.done + self.never

    @property
    def total(self) -> int:
        return max(self.flats - self.nodw, self.passed)

    @property
    def left(self) -> int:
        return self.total - self.passed

    @property
    def rest(self) -> int:
        """Flats where nobody has been yet."""
        return max(self.left - self.again, 0)

    @property
    def percent(self) -> int:
        """Rounded as it is shown: only the last flat makes it 100, and the first one makes it 1."""
        if not 0 < self.passed < self.total:
            return 100 if self.passed else 0
        return min(max(round(100 * self.passed / self.total), 1), 99)

    def bar(self, plan: float | None = None) -> SafeString:
        """Passed, to be gone to again, not yet; where the plan stands."""
        return bar_stack(self.passed, self.again, self.rest, plan)


@dataclass(frozen=True)
class PrecinctProgress:
    """One precinct's progress; `precinct` is None for houses that belong to none yet."""

    precinct: Precinct | None
    progress: Progress
    houses: int
    passed_by_day: dict[date, int] = field(default_factory=dict)

    def passed_between(self, first: date, last: date) -> int:
        return sum(count for day, count in self.passed_by_day.items() if first <= day <= last)


@dataclass(frozen=True)
class RoundProgress:
    """All that the tallies of a round say, by precinct and by day."""

    precincts: list[PrecinctProgress]
    whole: Progress
    passed_by_day: dict[date, int]
    not_described: int  # blocks whose flats nobody has counted yet: they are missing in the totals

    @property
    def houses(self) -> int:
        return sum(row.houses for row in self.precincts)

    def passed_between(self, first: date, last: date) -> int:
        return sum(count for day, count in self.passed_by_day.items() if first <= day <= last)


def round_progress(round: Round, *, until: date) -> RoundProgress:
    """The round at the end of the day `until`, in four queries.

    What is no dwelling counts whenever it was found out, so that the total of an older day is the one known today.
    """
    tallies = _tallies_by_precinct(round)
    loose = _loose_buildings()
    left_out = _left_out(round, "building__precinct")
    precincts = [
        _precinct_progress(precinct, flats + left_out.get(key, 0), houses, tallies.get(key, []), until)
        for precinct, flats, houses in _flats_by_precinct(loose)
        for key in (precinct.pk if precinct else None,)
    ]
    by_day: dict[date, int] = defaultdict(int)
    for row in precincts:
        for day, count in row.passed_by_day.items():
            by_day[day] += count
    whole = sum((row.progress for row in precincts), Progress())
    return RoundProgress(precincts, whole, dict(sorted(by_day.items())), loose["not_described"])


def _precinct_progress(
    precinct: Precinct | None, flats: int, houses: int, tallies: list[tuple], until: date
) -> PrecinctProgress:
    seen = [row for row in tallies if row[0] <= until]
    progress = Progress(
        flats=flats,
        done=sum(row[1] for row in seen),
        again=sum(row[2] for row in seen),
        never=sum(row[3] for row in seen),
        nodw=sum(row[4] for row in tallies),
    )
    return PrecinctProgress(precinct, progress, houses, {row[0]: row[1] + row[3] for row in seen})


def _tallies_by_precinct(round: Round) -> dict[int | None, list[tuple]]:
    rows: dict[int | None, list[tuple]] = defaultdict(list)
    for precinct, *tally in Tally.objects.in_round(round).by_precinct_and_day():
        rows[precinct].append(tuple(tally))
    return rows


def _left_out(round: Round, key: str) -> dict[Any, int]:
    """Flats that visits found to be no dwelling and that the territory, told so, does not count any more.

    They are among the tallies' `nodw`, so they go back among the flats, or they would be subtracted twice.
    """
    states = DoorState.objects.filter(round=round, state=State.NODW, dwelling__is_dwelling=False)
    return dict(states.values_list(key).annotate(Count("pk")))


def _flats_by_precinct(loose: dict[str, int]) -> list[tuple[Precinct | None, int, int]]:
    """Every precinct with its flats and houses, and last the houses without a precinct, if there are any."""
    rows: list[tuple[Precinct | None, int, int]] = [
        (precinct, precinct.dwelling_total or 0, precinct.building_total) for precinct in Precinct.objects.with_totals()
    ]
    return [*rows, (None, loose["flats"] or 0, loose["houses"])] if loose["houses"] else rows


def _loose_buildings() -> dict[str, int]:
    outside = Q(precinct=None)
    return Building.objects.aggregate(
        flats=Sum("dwelling_count", filter=outside),
        houses=Count("pk", filter=outside),
        not_described=Count("pk", filter=Q(kind=BuildingKind.BLOCK, entrance_count=0)),
    )


def rounds_progress(rounds: Iterable[Round]) -> list[tuple[Round, Progress]]:
    """Each round as a whole, in three queries."""
    tallies = Tally.objects.values_list("round").annotate(Sum("done"), Sum("again"), Sum("never"), Sum("nodw"))
    counts = {round: sums for round, *sums in tallies}
    left_out = dict(
        DoorState.objects.filter(state=State.NODW, dwelling__is_dwelling=False)
        .values_list("round")
        .annotate(Count("pk"))
    )
    flats = Building.objects.aggregate(flats=Sum("dwelling_count"))["flats"] or 0
    return [(round, Progress(flats + left_out.get(round.pk, 0), *counts.get(round.pk, ()))) for round in rounds]


def houses_in(round: Round) -> QuerySet[Building]:
    """All houses with what the tallies of the round say of each: `house_progress` reads it from the row."""
    sums = {
        name: Sum(f"tallies__{name}", filter=Q(tallies__round=round), default=0)
        for name in ("done", "again", "never", "nodw")
    }
    left_out = DoorState.objects.filter(
        building=OuterRef("pk"), round=round, state=State.NODW, dwelling__is_dwelling=False
    )
    counted = left_out.order_by().values("building").annotate(count=Count("pk")).values("count")
    return (
        Building.objects.with_address()
        .annotate(**sums, left_out=Coalesce(Subquery(counted), 0))
        .annotate(passed=F("done") + F("never"))
    )


def house_progress(row: Any) -> Progress:
    """The progress of a row of `houses_in`."""
    return Progress(row.dwelling_count + row.left_out, row.done, row.again, row.never, row.nodw)


def people_in(round: Round, visits: VisitQuerySet) -> QuerySet[Person]:
    """Who was at doors in the round, with `visit_total`, `passed_total` and `last_visit`; of the visits given.

    A correction takes the place of what it corrects: an act at a door counts once.
    """
    within = Q(visits__round=round) & ~Q(visits__pk__in=Visit.objects.in_round(round).corrected_ids())
    return Person.objects.filter(pk__in=visits.in_round(round).values("person")).annotate(
        visit_total=Count("visits", filter=within),
        passed_total=Count("visits", filter=within & Q(visits__state__in=(State.DONE, State.NEVER))),
        last_visit=Max("visits__acted_at", filter=within),
    )


def turf_progress(turfs: Iterable[Turf]) -> dict[int, Progress]:
    """The progress of each turf in its own round, in one query.

    A turf holds whole entrances and blocks that were not described when it was made; UNION counts once a flat that
    both lead to.
    """
    ids = [turf.pk for turf in turfs]
    with connection.cursor() as cursor:
        cursor.execute(TURF_PROGRESS, {"turfs": ids})
        found = {turf: Progress(*counts) for turf, *counts in cursor.fetchall()}
    return {turf: found.get(turf, Progress()) for turf in ids}


TURF_PROGRESS = """
    WITH door AS (
        SELECT held.turf_id, dwelling.id
        FROM canvassing_turf_entrances held JOIN territory_dwelling dwelling USING (entrance_id)
        WHERE held.turf_id = ANY(%(turfs)s) AND dwelling.is_dwelling
        UNION
        SELECT held.turf_id, dwelling.id
        FROM canvassing_turf_buildings held JOIN territory_dwelling dwelling USING (building_id)
        WHERE held.turf_id = ANY(%(turfs)s) AND dwelling.is_dwelling
    )
    SELECT
        door.turf_id,
        count(*),
        count(*) FILTER (WHERE state = 'done'),
        count(*) FILTER (WHERE state = 'again'),
        count(*) FILTER (WHERE state = 'never'),
        count(*) FILTER (WHERE state = 'nodw')
    FROM door
    JOIN canvassing_turf turf ON turf.id = door.turf_id
    LEFT JOIN canvassing_doorstate kept ON kept.dwelling_id = door.id AND kept.round_id = turf.round_id
    GROUP BY door.turf_id
"""
