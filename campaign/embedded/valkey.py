"""Valkey from a wheel, as the broker: a unix socket, and every queued task written to disk."""

import os
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from campaign.embedded.journal import Journal
from campaign.embedded.places import Store
from campaign.embedded.process import Trouble, is_alive, spawn, stop, wait_until, why

SECONDS_TO_START = 30.0
SECONDS_TO_STOP = 10.0


class Valkey:
    name = "valkey"

    def __init__(self, store: Store) -> None:
        self.store = store
        self.process: subprocess.Popen[bytes] | None = None
        self.journal = Journal(store.logs / "valkey.log")

    @property
    def socket(self) -> Path:
        return self.store.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """As Celery spells it."""
        return f"redis+socket://{quote(str(self.socket), safe='/')}"

    def start(self) -> subprocess.Popen[bytes]:
        try:
            self._clear_away_the_last_one()
            self.process = self._spawn()
        except OSError as error:
            raise why(error, "starting Valkey") from error
        self._wait(self.process)
        return self.process

    def stop(self) -> None:
        if self.process:
            stop(self.process, signal.SIGTERM, within=SECONDS_TO_STOP)

    def _spawn(self) -> subprocess.Popen[bytes]:
        folder = self.store.folder("valkey")
        options: dict[str, str | Path] = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": folder,
            "pidfile": folder / "valkey.pid",
            "appendonly": "yes",  # off by default: queued tasks would be gone with the process
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        arguments: list[str | Path] = [part for name, value in options.items() for part in (f"--{name}", value)]
        with self.journal.open() as log:
            return spawn(
                [self.store.valkey, *arguments],
                dies_with=signal.SIGTERM,
                account=self.store.account,
                env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TZ": "UTC"},
                cwd=folder,
                output=log,
            )

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        done = wait_until(lambda: process.poll() is not None or self._answers(), within=SECONDS_TO_START)
        if process.poll() is None and done:
            return
        self.stop()
        raise self.journal.trouble("Valkey did not start")

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def _clear_away_the_last_one(self) -> None:
        """Two servers writing one log would ruin it; a socket without a server would be waited for."""
        try:
            pid = int((self.store.data / "valkey" / "valkey.pid").read_text())
        except (OSError, ValueError):
            pid = 0
        if pid and self._is_ours(pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            if not wait_until(lambda: not self._is_ours(pid), within=SECONDS_TO_STOP):
                raise Trouble(f"An earlier Valkey (process {pid}) does not end: end it and start again.")
        self.socket.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        try:
            return is_alive(pid, "valkey-server") and (
                Path(f"/proc/{pid}/cwd").resolve() == (self.store.data / "valkey").resolve()
            )
        except OSError:
            return False
