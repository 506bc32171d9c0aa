import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from campaign import embedded

CHECKOUT = Path(embedded.__file__).resolve().parent.parent.parent
OWNER = """
import sys, time
from pathlib import Path
from campaign import embedded
with embedded.services(Path(sys.argv[1])) as services:
    for each in services.running:
        print(each.process.pid, flush=True)
    time.sleep(120)
"""


@pytest.fixture(autouse=True)
def _no_addresses_given(monkeypatch) -> None:
    """Else the addresses of this test run would be taken for the operator's, and a key be made for it."""
    for name in ("DATABASE_URL", "REDIS_URL", "DAUYS_VAR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DAUYS_SECRET_KEY", "given by the operator")


@pytest.fixture
def var(tmp_path) -> Iterator[Path]:
    yield tmp_path / "var"
    embedded.forget(tmp_path / "var")


@pytest.fixture
def owner(var) -> Iterator[Callable[[], tuple[int, list[int]]]]:
    """Starts the services in a process of their own; answers its number and theirs."""
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[int, list[int]]:
        process = subprocess.Popen(
            [sys.executable, "-c", OWNER, str(var)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process.pid, [int(process.stdout.readline()) for _ in range(2)]

    yield start
    for process in started:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()


@pytest.fixture
def is_gone() -> Callable[[int], bool]:
    def gone(pid: int) -> bool:
        try:
            return "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True

    return gone


@pytest.fixture
def kill() -> Callable[[int], None]:
    def kill(pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    return kill
