"""The pack: all that a phone needs to walk its turfs without a signal, and a digest that tells when it is out of date.

The digest is asked for with every request of a phone, so it is made from the frame (everything but dwellings) and
one sum over the dwellings that the database reckons; the pack itself is read out only when the two differ.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from campaign.inbox import digest
from campaign.law import may_agitate
from campaign.profile.models import Campaign
from campaign.territory.models import Building, Dwelling
from outreach.canvassing.changes import states_in
from outreach.canvassing.models import Assignment, Topic
from volunteers.roster.models import Person

PROTOCOL = 1

ENTRANCES = """
SELECT held.turf_id, entrance.building_id, entrance.id, entrance.number
FROM canvassing_turf_entrances held JOIN territory_entrance entrance ON entrance.id = held.entrance_id
WHERE held.turf_id = ANY(%(turfs)s)
UNION
SELECT held.turf_id, held.building_id, entrance.id, entrance.number
FROM canvassing_turf_buildings held LEFT JOIN territory_entrance entrance ON entrance.building_id = held.building_id
WHERE held.turf_id = ANY(%(turfs)s)
ORDER BY 1, 2, 4
"""

# A sum needs no order, so the flats are read as they lie.
FLATS = """
SELECT count(*), sum(hashtextextended(concat_ws('/', id, floor, flat, is_dwelling), 0))::text
FROM territory_dwelling WHERE entrance_id = ANY(%s)
"""

Entrances = dict[int, dict[UUID, list[tuple[UUID, int]]]]
"""By turf and building: (id, number) of each entrance; none for a block that is not described yet."""


@dataclass(frozen=True)
class Frame:
    """The pack without dwellings and states; `held` are the (round, entrance) pairs that the phone may hear of."""

    content: dict[str, Any]
    held: list[tuple[int, UUID]]

    @property
    def entrance_ids(self) -> list[UUID]:
        return sorted({entrance_id for _, entrance_id in self.held})


def frame_of(user: Any, now: datetime) -> Frame:
    assignments = list(
        Assignment.objects.of_user(user).running_at(now).select_related("turf__round").order_by("starts_at", "pk")
    )
    entrances = _entrances({each.turf_id for each in assignments})
    buildings = _buildings({pk for of_turf in entrances.values() for pk in of_turf})
    content = _about_campaign(user, now) | {
        "assignments": [_assignment(each, entrances.get(each.turf_id, {}), buildings) for each in assignments]
    }
    held = {
        (each.turf.round_id, pk)
        for each in assignments
        for of_building in entrances.get(each.turf_id, {}).values()
        for pk, _number in of_building
    }
    return Frame(content, sorted(held))


def _entrances(turf_ids: set[int]) -> Entrances:
    found: Entrances = {}
    with connection.cursor() as cursor:
        cursor.execute(ENTRANCES, {"turfs": list(turf_ids)})
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
    each: Assignment, entrances: dict[UUID, list[tuple[UUID, int]]], buildings: dict[UUID, Building]
) -> dict[str, Any]:
    return {
        "id": each.pk,
        "starts_at": stamp(each.starts_at),
        "ends_at": stamp(each.ends_at),
        "round": _round(each.turf.round),
        "turf": {"id": each.turf_id, "number": each.turf.number, "name": str(each.turf)},
        "buildings": [_building(building, entrances[pk]) for pk, building in buildings.items() if pk in entrances],
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


def _building(building: Building, entrances: list[tuple[UUID, int]]) -> dict[str, Any]:
    return {
        "id": str(building.pk),
        "address": str(building),
        "precinct": building.precinct.number if building.precinct else None,
        "kind": building.kind,
        "note": building.note,
        "described": building.is_described,
        "entrances": [{"id": str(pk), "number": number} for pk, number in entrances],
    }


def digest_of(frame: Frame) -> str:
    with connection.cursor() as cursor:
        cursor.execute(FLATS, [frame.entrance_ids])
        flats = cursor.fetchone()
    return digest({"frame": frame.content, "flats": flats})


def pack_of(user: Any, now: datetime) -> dict[str, Any]:
    """The whole pack, as docs/sync.md has it."""
    frame = frame_of(user, now)
    fingerprint, flats = digest_of(frame), _flats(frame.entrance_ids)
    for assignment in frame.content["assignments"]:
        for building in assignment["buildings"]:
            for entrance in building["entrances"]:
                entrance["dwellings"] = flats.get(entrance["id"], [])
    states, _cursor = states_in(frame.held)
    return frame.content | {"now": stamp(now), "digest": fingerprint, "states": states}


def _flats(entrance_ids: list[UUID]) -> dict[str, list[list[Any]]]:
    rows = Dwelling.objects.filter(entrance_id__in=entrance_ids).order_by("floor", "flat_sort", "pk")
    found: dict[str, list[list[Any]]] = {}
    for entrance_id, pk, floor, flat, is_dwelling in rows.values_list(
        "entrance_id", "pk", "floor", "flat", "is_dwelling"
    ):
        found.setdefault(str(entrance_id), []).append([str(pk), floor, flat, int(is_dwelling)])
    return found


def stamp(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as the protocol has it."""
    utc = at.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
