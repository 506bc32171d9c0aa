"""The dashboard's time on the server against a bare page's, at 20,000 visits."""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from campaign.access import Role
from campaign.territory.models import Building
from outreach.canvassing.models import Round, Visit
from tests import factories
from tests.bench import _district

DWELLINGS = 5_000
"""Each has four visits."""
PRECINCTS = 7
PAIRS_OUT = 5
WARM_UP = 20
REQUESTS = 200
TARGET = 3.0


def run() -> Iterator[dict[str, Any]]:
    round = _district.begin()
    _district.grow(dwellings=DWELLINGS, round=round)
    populate(round)
    with override_settings(ROOT_URLCONF="tests.bench._bare"):
        handler, cookie = WSGIHandler(), sign_in()
        dashboard, bare = alternately(handler, cookie, "/", "/bare/")
    ratio = dashboard / bare
    yield {
        "measure": f"dashboard at {Visit.objects.count()} visits, p50 against a bare page of 62 rows",
        "value": round_ms(dashboard),
        "unit": "ms",
        "floor": round_ms(bare),
        "ratio": float(f"{ratio:.2f}"),
        "target": TARGET,
        "ok": ratio <= TARGET,
    }


def populate(round: Round) -> None:
    """What a lived-in dashboard shows: precincts with proxies, pairs on their turfs, something in review."""
    precincts = [factories.make_precinct() for _ in range(PRECINCTS)]
    buildings = list(Building.objects.order_by("house"))
    for place, building in enumerate(buildings):
        building.precinct = precincts[place % PRECINCTS]
    Building.objects.bulk_update(buildings, ["precinct"])
    for precinct in precincts[:-1]:
        for _ in range(3):
            factories.make_person(Role.PROXY, precinct=precinct)
    for building in buildings[:PAIRS_OUT]:
        pair = [factories.make_person(signs_in=True) for _ in range(2)]
        for person in pair:
            factories.make_device(person.user, last_seen_at=timezone.now() - timedelta(minutes=3))
        factories.make_assignment(factories.make_turf(round, entrances=building.entrances.all()), *pair)
    for _ in range(6):
        factories.make_review_item()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def sign_in() -> str:
    """The session cookie of a coordinator."""
    client = Client()
    client.force_login(factories.make_user(Role.COORDINATOR), backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def alternately(handler: WSGIHandler, cookie: str, *paths: str) -> list[float]:
    """The median of each path's times; the paths take turns, so that both meet the same machine."""
    times: dict[str, list[float]] = {path: [] for path in paths}
    for turn in range(WARM_UP + REQUESTS):
        for path in paths:
            taken = request(handler, cookie, path)
            if turn >= WARM_UP:
                times[path].append(taken)
    return [statistics.median(times[path]) for path in paths]


def request(handler: WSGIHandler, cookie: str, path: str) -> float:
    answered: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "HTTP_COOKIE": cookie,
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http",
    }  # fmt: skip
    start = time.perf_counter()
    response = handler(environ, lambda status, headers: answered.append(status))
    size = sum(map(len, response))
    taken = time.perf_counter() - start
    response.close()
    if answered != ["200 OK"] or size < 5_000:
        raise RuntimeError(f"{path}: {answered}, {size} bytes")
    return taken


def round_ms(seconds: float) -> float:
    return float(f"{seconds * 1000:.2f}")
