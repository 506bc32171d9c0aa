"""Is it alive, is it ready: two addresses for whoever watches the installation."""

import logging
import time
from collections.abc import Callable
from typing import Final

from celery import shared_task
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaign.access import Permission, allow, may

logger = logging.getLogger(__name__)

HEARTBEAT_KEY: Final = "health:worker"
OLDEST_HEARTBEAT: Final = 60.0


class Unwell(Exception):
    """What a check found, as a sentence."""


@shared_task(ignore_result=True)
def heartbeat() -> None:
    """Beat asks, the worker answers: a fresh value shows that both and the queue between them work."""
    cache.set(HEARTBEAT_KEY, time.time(), timeout=None)


@allow(Permission.OPEN)
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@allow(Permission.OPEN)
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Everything that the app needs works. Strangers learn whether, the desk learns what doesn't and why."""
    findings = {name: _finding(name, check) for name, check in CHECKS.items()}
    is_ok = all(finding == "ok" for finding in findings.values())
    answer: dict[str, object] = {"status": "ok" if is_ok else "failing"}
    if findings["database"] == "ok" and may(request.user, Permission.SEE_HEALTH):
        answer["checks"] = findings
    return JsonResponse(answer, status=200 if is_ok else 503)


def _finding(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except Exception as error:  # whatever it is, the answer is "failing" and not a page of its own
        logger.warning("health: %s is failing: %s", name, error)
        return str(error) or type(error).__name__
    return "ok"


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Unwell(f"migrations not applied: {len(missing)} (run bin/manage migrate)")


def check_broker() -> None:
    cache.get(HEARTBEAT_KEY)


def check_worker() -> None:
    beaten_at = cache.get(HEARTBEAT_KEY)
    if beaten_at is None:
        raise Unwell("no worker has answered yet")
    age = time.time() - beaten_at
    if age > OLDEST_HEARTBEAT:
        raise Unwell(f"the worker last answered {age:.0f} seconds ago")


CHECKS: Final[dict[str, Callable[[], None]]] = {
    "database": check_database,
    "migrations": check_migrations,
    "broker": check_broker,
    "worker": check_worker,
}

urlpatterns = [
    path("live", live, name="health-live"),
    path("ready", ready, name="health-ready"),
]
