"""Live and ready: true in each part, and silent to strangers about what is wrong."""

import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from campaign import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _worker_is_well():
    health.heartbeat()
    yield
    cache.delete(health.HEARTBEAT_KEY)


def test_live_answers_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/live")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_tells_a_stranger_that_all_is_well_and_no_more(client):
    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("minutes", [None, 2])
def test_ready_fails_when_the_worker_is_silent_and_a_stranger_learns_nothing_of_it(client, minutes):
    if minutes is None:
        cache.delete(health.HEARTBEAT_KEY)
    else:
        cache.set(health.HEARTBEAT_KEY, time.time() - 60 * minutes)

    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (503, {"status": "failing"})


def test_a_heartbeat_of_under_a_minute_ago_is_fresh_enough(client):
    cache.set(health.HEARTBEAT_KEY, time.time() - 50)

    assert client.get("/health/ready").status_code == 200


def test_staff_see_which_check_fails_and_why(staff):
    cache.set(health.HEARTBEAT_KEY, time.time() - 90)

    response = staff.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {
        "status": "failing",
        "checks": {
            "database": "ok",
            "migrations": "ok",
            "broker": "ok",
            "worker": "the worker last answered 90 seconds ago",
        },
    }


@pytest.mark.parametrize("role", ["candidate", "proxy", "volunteer"])
def test_people_outside_the_desk_see_no_details(request, role):
    player = request.getfixturevalue(role)

    assert player.get("/health/ready").json() == {"status": "ok"}


def test_a_migration_that_is_not_applied_is_found(coordinator):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    checks = coordinator.get("/health/ready").json()["checks"]

    assert checks["migrations"] == "migrations not applied: 1 (run bin/manage migrate)"


def test_a_broker_that_is_gone_is_found(client, settings, tmp_path):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"unix://{tmp_path}/absent.sock",
        }
    }

    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (503, {"status": "failing"})


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_gone_answers_503_and_not_500(client, monkeypatch, tmp_path):
    connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", str(tmp_path))

        response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (503, {"status": "failing"})


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_only_reading_is_allowed(client, path):
    assert client.post(path).status_code == 405
