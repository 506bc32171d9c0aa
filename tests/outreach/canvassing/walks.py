"""A volunteer on the way through one block, and what their phone sends."""

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from campaign.inbox import Answer, Sender, kinds
from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Building, Dwelling
from outreach.canvassing.models import Assignment, Round, Turf
from outreach.canvassing.pack import stamp
from tests import factories
from volunteers.accounts.models import Device
from volunteers.roster.models import Person

PLAN = BlockPlan(entrances=2, floors=5, flats_per_landing=3)
Item = dict[str, Any]


def uuid7() -> str:
    value = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def now() -> datetime:
    """In whole milliseconds, as a phone has it."""
    at = datetime.now(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


@dataclass
class Walk:
    """`flats` are the dwellings of the block in the order of their numbers."""

    person: Person
    device: Device
    bearer: str
    round: Round
    turf: Turf
    assignment: Assignment
    building: Building
    flats: list[Dwelling]
    at: datetime = field(default_factory=now)

    def sender(self, **fields: Any) -> Sender:
        return Sender(**{"device": self.device, "user": self.person.user, "now": self.at, **fields})

    def visit(self, flat: int = 0, *, minutes: float = -10, **fields: Any) -> Item:
        """A visit to the flat at this index, some minutes from now."""
        at = stamp(self.at + timedelta(minutes=minutes))
        return {
            "kind": "visit",
            "id": uuid7(),
            "round": self.round.pk,
            "dwelling": str(self.flats[flat].pk),
            "state": "done",
            "again_at": None,
            "at": at,
            "acted_at": at,
            "corrects": None,
            **fields,
        }

    def opinion(self, **fields: Any) -> Item:
        answer = {} if "support" in fields else {"outcome": "talked"}
        return {
            "kind": "opinion",
            "id": str(uuid4()),
            "round": self.round.pk,
            "entrance": str(self.flats[0].entrance_id),
            "day": self.at.astimezone(factories.make_campaign(checked=False).zone).date().isoformat(),
            "replaces": [],
            **answer,
            **fields,
        }

    def block(self, building: Building, **fields: Any) -> Item:
        plan = {"entrances": 2, "floors": 5, "flats_per_landing": 3, "first_flat": 1, "skip": []}
        return {
            "kind": "block",
            "id": uuid7(),
            "building": str(building.pk),
            "at": stamp(self.at - timedelta(minutes=20)),
            "plan": plan | fields.pop("plan", {}),
            **fields,
        }

    def report(self, **fields: Any) -> Item:
        return {
            "kind": "flat-report",
            "id": uuid7(),
            "building": str(self.building.pk),
            "entrance": 1,
            "floor": 5,
            "flat": "15А",
            "problem": "missing",
            "at": stamp(self.at),
            **fields,
        }

    def send(self, *items: Item, **sender: Any) -> list[tuple[str, str]]:
        """What the phone is told about each item of one kind: status and reason."""
        return [(answer.status, answer.reason) for answer in self.receive(*items, **sender)]

    def receive(self, *items: Item, **sender: Any) -> list[Answer]:
        return kinds()[items[0]["kind"]].receive(self.sender(**sender), list(items))


def start_walk(*, plan: BlockPlan = PLAN) -> Walk:
    """The campaign's window is open, the volunteer has the whole block from an hour ago on, for five hours."""
    factories.make_campaign()
    person = factories.make_person(signs_in=True)
    device, bearer = factories.make_device(person.user)
    round = factories.make_round()
    building = factories.make_building(plan=plan, precinct=factories.make_precinct())
    turf = factories.make_turf(round, entrances=building.entrances.all())
    return Walk(
        person=person,
        device=device,
        bearer=bearer,
        round=round,
        turf=turf,
        assignment=factories.make_assignment(turf, person),
        building=building,
        flats=sorted(building.dwellings.all(), key=lambda flat: int(flat.flat)),
    )
