"""The pack: all that a phone needs to walk its turfs without a signal. `changes` tells when it is out of date."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from campaign.law import may_agitate
from campaign.profile.models import Campaign
from campaign.territory.models import Building, Dwelling
from outreach.canvassing.changes import GIVEN, news_for
from outreach.canvassing.models import Assignment, Topic
from volunteers.roster.models import Person

PROTOCOL = 1

ENTRANCES = f"{GIVEN} SELECT turf_id, building_id, entrance_id, number FROM held ORDER BY 1, 2, 4"  # noqa: S608

OfTurf = dict[UUID, list[tuple[UUID, int]]]
"""By building: (id, number) of each entrance; none for a block that is not described yet."""


def pack_of(user: Any, now: datetime) -> dict[str, Any]:
    """The whole pack, as docs/sync.md has it. The digest is taken first: what changes meanwhile is fetched again."""
    news = news_for(user, now)
    assignments = list(
        Assignment.objects.of_user(user).running_at(now).select_related("turf__round").order_by("starts_at", "pk")
    )
    entrances = _entrances(user, now)
    buildings = _buildings({pk for of_turf in entrances.values() for pk in of_turf})
    flats = _flats({pk for of_turf in entrances.values() for each in of_turf.values() for pk, _number in each})
    return {
        **_about_campaign(user, now),
        "now": stamp(now),
        "digest": news.digest,
        "assignments": [_assignment(each, entrances.get(each.turf_id, {}), buildings, flats) for each in assignments],
        "states": news.states,
    }


def _entrances(user: Any, now: datetime) -> dict[int, OfTurf]:
    found: dict[int, OfTurf] = {}
    with connection.cursor() as cursor:
        cursor.execute(ENTRANCES, {"user": user.pk, "now": now})
        for turf_id, building_id, entrance_id, number in cursor.fetchall():
            of_building = found.setdefault(turf_id, {}).setdefault(building_id, [])
            if entrance_id:
                of_building.append((entrance_id, number))
    return found


def _buildings(ids: set[UUID]) -> dict[UUID, Building]:
    """In the order in which they are walked and listed."""
    return {each.pk: each for each in Building.objects.filter(pk__in=ids).with_address()}


def _about_campaign(user: Any, now: datetime) -> dict[str, Any]:
    campaign, person = Campaign.current(), Person.objects.filter(user=user).first()
    zone = campaign.zone if campaign else None
    offset = now.astimezone(zone).utcoffset() if zone else None
    return {
        "v": PROTOCOL,
        "utc_offset": int(offset.total_seconds() // 60) if offset else 0,
        "person": {"name": person.short_name if person else user.name, "language": user.language},
        "candidate": {"ru": campaign.candidate_ru, "kk": campaign.candidate_kk} if campaign else {"ru": "", "kk": ""},
        "window": _window(campaign) if campaign else None,
        "topics": [{"id": each.pk, "ru": each.name_ru, "kk": each.name_kk} for each in Topic.objects.all()],
    }


def _window(campaign: Campaign) -> dict[str, Any]:
    calendar = campaign.calendar()
    return {
        "from": stamp(calendar.agitation_from),
        "until": stamp(calendar.silence_from),
        "refuses": may_agitate(calendar.silence_from, calendar).refuses,
    }


def _assignment(
    each: Assignment, entrances: OfTurf, buildings: dict[UUID, Building], flats: dict[UUID, list[list[Any]]]
) -> dict[str, Any]:
    return {
        "id": each.pk,
        "starts_at": stamp(each.starts_at),
        "ends_at": stamp(each.ends_at),
        "round": _round(each.turf.round),
        "turf": {"id": each.turf_id, "number": each.turf.number, "name": each.turf.name},
        "buildings": [
            _building(building, entrances[pk], flats) for pk, building in buildings.items() if pk in entrances
        ],
    }


def _round(round: Any) -> dict[str, Any]:
    return {
        "id": round.pk,
        "name": round.name,
        "script": {"ru": round.script_ru, "kk": round.script_kk},
        "theses": {"ru": _lines(round.theses_ru), "kk": _lines(round.theses_kk)},
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _building(
    building: Building, entrances: list[tuple[UUID, int]], flats: dict[UUID, list[list[Any]]]
) -> dict[str, Any]:
    return {
        "id": str(building.pk),
        "address": str(building),
        "precinct": building.precinct.number if building.precinct else None,
        "kind": building.kind,
        "note": building.note,
        "described": building.is_described,
        "entrances": [{"id": str(pk), "number": number, "dwellings": flats.get(pk, [])} for pk, number in entrances],
    }


def _flats(entrance_ids: set[UUID]) -> dict[UUID, list[list[Any]]]:
    rows = Dwelling.objects.filter(entrance_id__in=entrance_ids).order_by("floor", "flat_sort", "pk")
    found: dict[UUID, list[list[Any]]] = {}
    for entrance_id, pk, floor, flat, is_dwelling in rows.values_list(
        "entrance_id", "pk", "floor", "flat", "is_dwelling"
    ):
        found.setdefault(entrance_id, []).append([str(pk), floor, flat, int(is_dwelling)])
    return found


def stamp(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as the protocol has it."""
    utc = at.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
