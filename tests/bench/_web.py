"""The app as it is served: gunicorn with the workers, threads and pool of bin/run, on this machine only."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_TO_START = 60.0


@contextmanager
def served() -> Iterator[int]:
    """The port it listens on."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "campaign.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--reuse-port", "--no-control-socket",
        "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | {"DAUYS_DATABASE_POOL": "true"})
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")
