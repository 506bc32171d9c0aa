"""A phone's batch of 200 visits over HTTP, against raw psycopg that writes the same rows in one transaction."""

import http.client
import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection

from campaign.territory.models import Dwelling, Entrance
from outreach.canvassing.models import Round
from outreach.canvassing.pack import stamp
from outreach.canvassing.tallies import REFRESH
from tests import factories
from tests.bench import _district, _web
from tests.outreach.canvassing.walks import uuid7

SIZES = (5_000, 500_000)
"""Dwellings; each has four visits."""
BATCH = 200
BATCHES = 40
WARM_UP = 8
PHONES = 8
TARGET = 5

INSERT = """
INSERT INTO canvassing_visit (id, round_id, dwelling_id, person_id, device_id, assignment_id, state, phone_at, acted_at,
    ordered_at, received_at, clock_off, digest)
SELECT id, %(round)s, flat, %(person)s, %(device)s, %(assignment)s, state, at, at, at, now(), false, digest
FROM unnest(%(ids)s::uuid[], %(flats)s::uuid[], %(states)s::text[], %(times)s::timestamptz[], %(digests)s::text[])
    AS sent (id, flat, state, at, digest)
"""
UPSERT = """
INSERT INTO canvassing_doorstate AS kept
    (round_id, dwelling_id, building_id, visit_id, state, ordered_at, changed_at)
SELECT %(round)s, flat, building, id, state, at, now()
FROM unnest(%(ids)s::uuid[], %(flats)s::uuid[], %(buildings)s::uuid[], %(states)s::text[], %(times)s::timestamptz[])
    AS sent (id, flat, building, state, at)
ON CONFLICT (dwelling_id, round_id) DO UPDATE SET visit_id = excluded.visit_id, state = excluded.state,
    again_at = NULL, ordered_at = excluded.ordered_at, changed_at = excluded.changed_at
WHERE (excluded.ordered_at, excluded.visit_id) > (kept.ordered_at, kept.visit_id)
"""


@dataclass
class Phone:
    """A phone and its turf: two hundred flats in four buildings."""

    device_id: UUID
    bearer: str
    person_id: int
    assignment_id: int
    round_id: int
    flats: list[tuple[UUID, UUID]]
    cursor: str | None = None

    def batch(self) -> list[dict[str, Any]]:
        """A visit to every flat, made in the last minutes."""
        now = datetime.now(UTC)
        return [
            {
                "kind": "visit",
                "id": uuid7(),
                "round": self.round_id,
                "dwelling": str(flat),
                "state": ("again", "done", "done", "never")[place % 4],
                "again_at": None,
                "at": (at := stamp(now - timedelta(seconds=BATCH - place))),
                "acted_at": at,
                "corrects": None,
            }
            for place, (flat, _building) in enumerate(self.flats)
        ]


def run() -> Iterator[dict[str, Any]]:
    round = _district.begin()
    for dwellings in SIZES:
        _district.grow(dwellings=dwellings, round=round)
        apart = dwellings // _district.FLATS // (2 * PHONES)
        phones = [make_phone(round, 1 + place * apart) for place in range(2 * PHONES)]
        with _web.served() as port:
            over_http, raw = measure(port, phones[:PHONES], phones[PHONES:])
        ratio = over_http / raw
        yield {
            "measure": f"sync: {BATCH} visits over HTTP, p50, at {dwellings * _district.VISITS_OF_A_FLAT:,} visits",
            "value": round_to(over_http),
            "unit": "ms",
            "floor": round_to(raw),
            "ratio": round_to(ratio),
            "target": TARGET,
            "ok": ratio <= TARGET,
        }


def round_to(value: float) -> float:
    return float(f"{value:.2f}")


def make_phone(round: Round, first: int) -> Phone:
    houses = [str(house) for house in range(first, first + 4)]
    entrances = list(Entrance.objects.filter(building__house__in=houses, number__in=(1, 2)))
    person = factories.make_person(signs_in=True)
    device, bearer = factories.make_device(person.user)
    turf = factories.make_turf(round, entrances=entrances)
    flats = Dwelling.objects.filter(entrance__in=entrances).values_list("pk", "building_id")
    assignment = factories.make_assignment(turf, person)
    return Phone(device.pk, bearer, person.pk, assignment.pk, round.pk, list(flats[:BATCH]))


def measure(port: int, sending: list[Phone], writing: list[Phone]) -> tuple[float, float]:
    """Medians in milliseconds, taken in turns, so that what the machine does meanwhile meets both alike."""
    over_http, raw = [], []
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with psycopg.connect(**connection_arguments()) as database:
        for number in range(WARM_UP + BATCHES):
            over_http.append(timed(lambda phone=sending[number % PHONES]: prepare_http(link, phone)))
            raw.append(timed(lambda phone=writing[number % PHONES]: prepare_raw(database, phone)))
    return statistics.median(over_http[WARM_UP:]), statistics.median(raw[WARM_UP:])


def timed(prepare: Callable[[], Callable[[], None]]) -> float:
    act = prepare()
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def prepare_http(link: http.client.HTTPConnection, phone: Phone) -> Callable[[], None]:
    body = {"v": 1, "now": stamp(datetime.now(UTC)), "app": "bench", "since": phone.cursor, "items": phone.batch()}
    plain = json.dumps(body)
    headers = {"Authorization": f"Bearer {phone.bearer}", "Content-Type": "application/json"}

    def send() -> None:
        link.request("POST", "/api/inbox/", plain, headers)
        answer = json.loads(link.getresponse().read())
        phone.cursor = answer["cursor"]
        told = {each["status"] for each in answer["answers"]}
        if told != {"accepted"} or len(answer["answers"]) != BATCH:
            raise RuntimeError(f"the batch was not accepted: {told}")

    return send


def prepare_raw(database: psycopg.Connection[Any], phone: Phone) -> Callable[[], None]:
    items = phone.batch()
    rows = {
        "round": phone.round_id,
        "person": phone.person_id,
        "device": phone.device_id,
        "assignment": phone.assignment_id,
        "ids": [UUID(item["id"]) for item in items],
        "flats": [flat for flat, _ in phone.flats],
        "buildings": [building for _, building in phone.flats],
        "states": [item["state"] for item in items],
        "times": [datetime.fromisoformat(item["at"]) for item in items],
        "digests": ["0" * 64] * BATCH,
    }
    buildings = sorted({building for _, building in phone.flats})
    rounds = [phone.round_id] * len(buildings)

    def write() -> None:
        with database.transaction(), database.cursor() as cursor:
            cursor.execute(INSERT, rows)
            cursor.execute(UPSERT, rows)
            cursor.execute(REFRESH, [rounds, buildings, "Asia/Almaty"])

    return write


def connection_arguments() -> dict[str, Any]:
    return {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in ("dbname", "user", "password", "host", "port")
    } | {"application_name": settings.ROOT_URLCONF}
