"""A real worker of the test's own database and queue, as `bin/run` starts one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

COMMAND = (sys.executable, "-m", "celery", "--app", "campaign.celery", "worker", "--pool", "solo", "--loglevel", "INFO")
SECONDS_TO_STOP = 15


def environment() -> dict[str, str]:
    """This run's, but with the database that the tests write to."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return {**os.environ, "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}"))}


@contextmanager
def working() -> Iterator[None]:
    process = subprocess.Popen(
        COMMAND, cwd=settings.BASE_DIR, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(SECONDS_TO_STOP)
