"""What every test stands on. Services start here, while conftests load, since Django's settings need them."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests import services

_running = ExitStack()
services.begin(_running)

import django  # noqa: E402

django.setup()

pytest_plugins = ["tests.sealed", "tests.chromium", "tests.cast"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A page of the last browser may still be asking when the tests are over: its session goes before the database."""
    yield
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _running.close()
