"""Writes what was walked: assignments, visits, opinions, and a few things for review."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from campaign.inbox import digest
from campaign.territory.models import Dwelling
from outreach.canvassing.counting import rebuild
from outreach.canvassing.models import Assignment, Opinion, Round, Topic, Turf, Visit
from outreach.canvassing.outcomes import STATE_OF
from outreach.canvassing.sync.opinions import SMALLEST_ENTRANCE
from outreach.demo.calendar import DemoDays
from outreach.demo.texts import TOPIC_WEIGHTS
from outreach.demo.walking import DoorVisit, Walk
from volunteers.accounts.models import Device, ReviewItem, ReviewReason
from volunteers.roster.models import Person

Walker = tuple[Person, Device]


@dataclass(frozen=True)
class Walked:
    """`order[n]` is the index, among the round's turfs, of the turf that the walks call n."""

    walks: list[Walk]
    visits: list[DoorVisit]
    order: list[int]
    rng: random.Random


def record(walked: Walked, *, days: DemoDays, round: Round, turfs: list[Turf], walkers: list[Walker]) -> None:
    assignments = make_assignments(walked, turfs, walkers)
    Visit.objects.bulk_create(make_visits(walked, round, assignments, walkers), batch_size=2000)
    Opinion.objects.bulk_create(make_opinions(walked, round, days), batch_size=2000)
    rebuild()
    see_devices(walked, walkers)
    put_in_review(walked, round, walkers)


def make_assignments(walked: Walked, turfs: list[Turf], walkers: list[Walker]) -> list[Assignment]:
    made = Assignment.objects.bulk_create(
        Assignment(turf=turfs[walked.order[walk.turf]], starts_at=walk.starts, ends_at=walk.ends, made_at=walk.starts)
        for walk in walked.walks
    )
    link = Assignment.persons.through
    link.objects.bulk_create(
        link(assignment_id=assignment.pk, person_id=walkers[index][0].pk)
        for assignment, walk in zip(made, walked.walks, strict=True)
        for index in walk.pair
    )
    return made


def make_visits(walked: Walked, round: Round, assignments: list[Assignment], walkers: list[Walker]) -> list[Visit]:
    return [make_visit(walked, visit, round, assignments, walkers) for visit in walked.visits]


def make_visit(
    walked: Walked, visit: DoorVisit, round: Round, assignments: list[Assignment], walkers: list[Walker]
) -> Visit:
    person, device = walkers[walked.rng.choice(walked.walks[visit.walk].pair)]
    received = visit.at + timedelta(seconds=walked.rng.choice((2, 3, 5, 40, 700, 1500)))
    return Visit(
        id=uuid7(visit.at, walked.rng),
        round=round,
        dwelling_id=visit.dwelling,
        person=person,
        device=device,
        assignment=assignments[visit.walk],
        state=STATE_OF[visit.outcome],
        phone_at=visit.at,
        acted_at=visit.at,
        ordered_at=visit.at,
        received_at=received,
        digest=f"demo {visit.dwelling} {visit.at:%d%H%M%S}",
    )


def uuid7(at: datetime, rng: random.Random) -> UUID:
    """A UUIDv7 of a past moment, with random bits of the demo's seed (RFC 9562, 5.7)."""
    milliseconds = int(at.timestamp() * 1000)
    value = milliseconds << 80 | rng.getrandbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def make_opinions(walked: Walked, round: Round, days: DemoDays) -> list[Opinion]:
    """One row an outcome, one a voter; shuffled, so that no order of rows leads back to a door."""
    topics = list(Topic.objects.order_by("position").values_list("pk", flat=True))
    places = place_of_opinions()
    rows = []
    for visit in walked.visits:
        precinct, entrance = places[visit.dwelling]
        place = {"round": round, "precinct_id": precinct, "entrance_id": entrance}
        place["day"] = visit.at.astimezone(days.now.tzinfo).date()
        rows.append(Opinion(id=uuid4(walked.rng), outcome=visit.outcome, **place))
        for support in visit.voters:
            spoken = sorted(set(walked.rng.choices(topics, TOPIC_WEIGHTS, k=walked.rng.choice((0, 1, 1, 2)))))
            rows.append(Opinion(id=uuid4(walked.rng), support=support, topics=spoken, **place))
    walked.rng.shuffle(rows)
    return rows


def uuid4(rng: random.Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def place_of_opinions() -> dict[UUID, tuple[int | None, UUID | None]]:
    """Of each dwelling: the precinct, and the entrance unless it is too small to hide one flat."""
    found = list(Dwelling.objects.values_list("pk", "building__precinct", "entrance"))
    sizes: dict[UUID, int] = {}
    for _, _, entrance in found:
        sizes[entrance] = sizes.get(entrance, 0) + 1
    return {
        pk: (precinct, entrance if sizes[entrance] >= SMALLEST_ENTRANCE else None) for pk, precinct, entrance in found
    }


def see_devices(walked: Walked, walkers: list[Walker]) -> None:
    """Each phone was last heard of with its last visit; one of those out now has had no signal for half an hour."""
    for visit in walked.visits:
        walkers[walked.walks[visit.walk].pair[0]][1].last_seen_at = visit.at
    running = [walk for walk in walked.walks if walk.running]
    if running:
        device = walkers[running[0].pair[0]][1]
        device.last_seen_at = (device.last_seen_at or running[0].starts) - timedelta(minutes=34)
    Device.objects.bulk_update([device for _, device in walkers], ["last_seen_at"])


def put_in_review(walked: Walked, round: Round, walkers: list[Walker]) -> None:
    """Two visits after their shift, and two reports on flats."""
    items = [late_visit(walked, visit, round) for visit in walked.visits[-60:-58]]
    items += [flat_report(walked, visit, problem) for visit, problem in zip(
        walked.visits[-200::90], ("missing", "not_dwelling"), strict=False
    )]  # fmt: skip
    for item, (_, device) in zip(items, walkers, strict=False):
        reason = ReviewReason.FLAT_REPORT if item["kind"] == "flat-report" else ReviewReason.OUTSIDE_ASSIGNMENT
        ReviewItem.objects.create(
            item_id=item["id"], kind=item["kind"], payload=item, digest=digest(item), reason=reason, device=device
        )


def late_visit(walked: Walked, visit: DoorVisit, round: Round) -> dict[str, Any]:
    at = moment(visit.at - timedelta(days=1, hours=2))
    return {
        "kind": "visit", "id": str(uuid7(visit.at, walked.rng)), "round": round.pk, "dwelling": str(visit.dwelling),
        "state": "done", "again_at": None, "at": at, "acted_at": at, "corrects": None,
    }  # fmt: skip


def flat_report(walked: Walked, visit: DoorVisit, problem: str) -> dict[str, Any]:
    door = Dwelling.objects.select_related("entrance").get(pk=visit.dwelling)
    return {
        "kind": "flat-report", "id": str(uuid7(visit.at, walked.rng)), "building": str(door.building_id),
        "entrance": door.entrance.number, "floor": door.floor, "problem": problem, "at": moment(visit.at),
        "flat": door.flat if problem == "not_dwelling" else f"{door.flat}А",
    }  # fmt: skip


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
