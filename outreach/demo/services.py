"""The lived-in campaign that `bin/run` shows: seeded, the same for everybody on one day."""

import random
from collections import defaultdict
from datetime import datetime
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from campaign.access import Role
from campaign.profile.models import Campaign
from campaign.territory.models import Entrance, Precinct
from outreach.canvassing.models import Round, Topic, Turf
from outreach.demo import people, texts, visits
from outreach.demo.calendar import DemoDays
from outreach.demo.territory import load_district
from outreach.demo.walking import Rhythm

SEED = 2026
ZONE = ZoneInfo("Asia/Almaty")
DOORS_OF_A_TURF = 60


class NotEmpty(Exception):
    """The database holds a campaign already; the demo is not loaded over it."""


@transaction.atomic
def load_demo(*, over_what_is_there: bool = False, now: datetime | None = None) -> None:
    """Fill an empty database. Raises `NotEmpty` when there is a campaign that may not be removed."""
    if over_what_is_there:
        empty_database()
    if Campaign.current():
        raise NotEmpty
    days = DemoDays.around(now or timezone.now(), ZONE)
    campaign = make_campaign(days)
    load_district()
    desk = people.make_desk()
    people.record_lawyer(campaign, desk[Role.COORDINATOR].user, days)
    people.make_proxies(list(Precinct.objects.all()))
    volunteers = people.make_volunteers(days.now)
    round_ = make_round(days)
    turfs = make_turfs(round_)
    rhythm = walk(days, turfs, len(volunteers))
    visits.record(rhythm, days=days, round=round_, turfs=list(turfs), walkers=volunteers)


def empty_database() -> None:
    """Remove every row but the migrations' own."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = [name for name in connection.introspection.table_names() if name not in kept]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))} RESTART IDENTITY CASCADE")


def make_campaign(days: DemoDays) -> Campaign:
    return Campaign.objects.create(
        pk=1,
        candidate_ru="Дәурен Ысмайыл",
        candidate_kk="Дәурен Ысмайыл",
        city_ru="Тараз",
        city_kk="Тараз",
        district_number=7,
        time_zone=str(ZONE),
        agitation_from=days.agitation_from,
        voting_day=days.voting_day,
    )


def make_round(days: DemoDays) -> Round:
    Topic.objects.bulk_create(
        Topic(name_ru=ru, name_kk=kk, position=position) for position, (ru, kk) in enumerate(texts.TOPICS)
    )
    return Round.objects.create(
        name="Первый обход",
        goal="Познакомиться с каждой семьёй и узнать, что сделать во дворе",
        starts_on=days.walked[0],
        ends_on=days.last_day,
        script_ru=texts.SCRIPT_RU,
        script_kk=texts.SCRIPT_KK,
        theses_ru=texts.THESES_RU,
        theses_kk=texts.THESES_KK,
    )


def make_turfs(round_: Round) -> dict[Turf, list[UUID]]:
    """Neighbouring entrances of a street, about sixty doors together; the doors in walking order."""
    groups = list(chain.from_iterable(cut(entrances) for entrances in entrances_by_street().values()))
    turfs = Turf.objects.bulk_create(
        Turf(round=round_, number=number, name=turf_name(group)) for number, group in enumerate(groups, start=1)
    )
    link = Turf.entrances.through
    link.objects.bulk_create(
        link(turf_id=turf.pk, entrance_id=entrance.pk)
        for turf, group in zip(turfs, groups, strict=True)
        for entrance in group
    )
    return {turf: doors_of(group) for turf, group in zip(turfs, groups, strict=True)}


def entrances_by_street() -> dict[tuple[int | None, int], list[Entrance]]:
    """Entrances of each street of a precinct, in walking order, with their dwellings."""
    found = (
        Entrance.objects.select_related("building__street")
        .prefetch_related("dwellings")
        .order_by("building__precinct__number", "building__street__sort", "building__house_sort", "number")
    )
    streets = defaultdict(list)
    for entrance in found:
        streets[entrance.building.precinct_id, entrance.building.street_id].append(entrance)
    return streets


def cut(entrances: list[Entrance]) -> list[list[Entrance]]:
    groups: list[list[Entrance]] = [[]]
    for entrance in entrances:
        if len(doors_of(groups[-1])) + len(entrance.dwellings.all()) > DOORS_OF_A_TURF and groups[-1]:
            groups.append([])
        groups[-1].append(entrance)
    return groups


def doors_of(group: list[Entrance]) -> list[UUID]:
    """From the top floor down, as pairs walk."""
    return [
        dwelling.pk
        for entrance in group
        for dwelling in sorted(entrance.dwellings.all(), key=lambda door: (-door.floor, door.flat_sort))
    ]


def turf_name(group: list[Entrance]) -> str:
    first, last = group[0].building, group[-1].building
    return f"{first.street.name}, {first.house}" + (f"–{last.house}" if last != first else "")


def walk(days: DemoDays, turfs: dict[Turf, list[UUID]], people: int) -> "visits.Walked":
    """Pairs start where the district's middle is and go on in a fixed shuffled order of turfs."""
    rng = random.Random(SEED)  # noqa: S311  the demo is the same for everybody
    order = list(range(len(turfs)))
    rng.shuffle(order)
    doors = list(turfs.values())
    rhythm = Rhythm(rng, [doors[number] for number in order], people, ZONE, days.now)
    return visits.Walked(rhythm.walks, list(rhythm.days(days.walked)), order, rng)
