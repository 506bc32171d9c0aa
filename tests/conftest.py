"""What every test stands on. Services start here, while conftests load, since Django's settings need them."""

from contextlib import ExitStack

import pytest

from tests import services

_running = ExitStack()
services.begin(_running)

import django  # noqa: E402

django.setup()

pytest_plugins = ["tests.sealed", "tests.chromium", "tests.cast"]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _running.close()
