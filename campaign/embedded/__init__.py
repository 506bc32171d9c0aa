"""The database and the broker that come with the app, for whoever has set no address of their own.

    with embedded.services(var=Path("var")) as addresses:
        addresses.database_url, addresses.redis_url

One process at a time owns the services of a `var/`: it holds a lock, starts them as its children, and they
end with it. Others that come meanwhile (a command beside a running app) read the addresses it left.
"""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from campaign.embedded.given import given_broker, given_database
from campaign.embedded.places import forget, open_store, write_private
from campaign.embedded.postgres import Postgres
from campaign.embedded.process import Trouble, wait_until, why
from campaign.embedded.valkey import Valkey
from campaign.env import Env

__all__ = [
    "Addresses",
    "Busy",
    "Services",
    "Trouble",
    "at_hand",
    "default_secret_key",
    "forget",
    "services",
    "var_folder",
]

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SECONDS_FOR_ANOTHER_TO_START = 90.0


class Busy(Trouble):
    """Another process owns the services of this `var/`."""


@dataclass(frozen=True)
class Addresses:
    database_url: str
    redis_url: str

    def as_environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


class Services:
    """What runs, in the order it was started, and the addresses of all."""

    def __init__(self, var: Path, *, durable: bool) -> None:
        self.var = var
        self.database_url = given_database()
        self.redis_url = given_broker()
        self.running: list[Postgres | Valkey] = []
        if not (self.database_url and self.redis_url):
            self._prepare(var, durable=durable)

    def _prepare(self, var: Path, *, durable: bool) -> None:
        try:
            store = open_store(var)
        except OSError as error:
            raise why(error, f"preparing {var}") from error
        if not self.database_url:
            postgres = Postgres(store, durable=durable)
            self.running.append(postgres)
            self.database_url = postgres.url
        if not self.redis_url:
            valkey = Valkey(store)
            self.running.append(valkey)
            self.redis_url = valkey.url

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.database_url, self.redis_url)

    def start(self) -> None:
        for each in self.running:
            each.start()

    def stop(self) -> None:
        for each in reversed(self.running):
            each.stop()


@contextmanager
def services(var: Path, *, durable: bool = True, patience: float = 3.0) -> Iterator[Services]:
    """Starts what isn't set in the environment, owns it, and stops it at the end.

    `Busy` when another still owns it after `patience` seconds: a killed owner holds on for a moment.
    """
    with ExitStack() as stack:
        stack.enter_context(_lock(var / "services.lock", patience))
        running = Services(var, durable=durable)
        stack.callback(running.stop)
        running.start()
        stack.enter_context(_published(var, running.addresses))
        yield running


@contextmanager
def at_hand(var: Path | None = None) -> Iterator[None]:
    """Sets DATABASE_URL and REDIS_URL for a command: its own, those of a running app, or started for it."""
    var = var or var_folder()
    default_secret_key(var)
    if _is_set("DATABASE_URL") and _is_set("REDIS_URL"):
        yield
        return
    with ExitStack() as stack:
        addresses = _own_or_borrow(var, stack)
        missing = [name for name in addresses.as_environment() if not _is_set(name)]
        os.environ |= {name: addresses.as_environment()[name] for name in missing}
        stack.callback(lambda: [os.environ.pop(name, None) for name in missing])
        yield


def _own_or_borrow(var: Path, stack: ExitStack) -> Addresses:
    until = time.monotonic() + SECONDS_FOR_ANOTHER_TO_START
    while True:
        try:
            owned = stack.enter_context(services(var, patience=0))
        except Busy:
            borrowed = _borrow(var, stack)
            if borrowed:
                return borrowed
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            stack.callback(_wait_for_borrowers, var)
            return owned.addresses


def _borrow(var: Path, stack: ExitStack) -> Addresses | None:
    """The owner's addresses, held so that an owner that is a mere command waits for us before it stops."""
    held = _open(var / "services.borrowed")
    fcntl.flock(held, fcntl.LOCK_SH)
    try:
        addresses = Addresses(**json.loads((var / "services.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        held.close()
        return None
    stack.callback(held.close)
    return addresses


def _wait_for_borrowers(var: Path) -> None:
    (var / "services.json").unlink(missing_ok=True)
    with _open(var / "services.borrowed") as held:
        fcntl.flock(held, fcntl.LOCK_EX)


@contextmanager
def _published(var: Path, addresses: Addresses) -> Iterator[None]:
    path = var / "services.json"
    try:
        write_private(path, json.dumps(asdict(addresses)))
        yield
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _lock(path: Path, patience: float) -> Iterator[None]:
    """Gone with its process, however that ends, so it is never stale."""
    with _open(path) as held:
        if not wait_until(lambda: _taken(held), within=patience):
            raise Busy(f"Dauys is already running in {path.parent}: stop it first, or use it.")
        _unpublish(path.parent)
        yield


def _taken(held: IO[str]) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _unpublish(var: Path) -> None:
    """Addresses left by an owner that was killed."""
    (var / "services.json").unlink(missing_ok=True)


def _open(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    except OSError as error:
        raise why(error, f"opening {path}") from error


def _is_set(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def var_folder() -> Path:
    return Env().folder("DAUYS_VAR", CHECKOUT / "var")


def default_secret_key(var: Path) -> None:
    """Outside production a key of this installation's own, kept in `var/`; production must bring one."""
    if _is_set("DAUYS_SECRET_KEY") or os.environ.get("DAUYS_ENV") == "production":
        return
    path = var / "secret-key"
    try:
        if not path.exists():
            var.mkdir(parents=True, exist_ok=True)
            write_private(path, secrets.token_urlsafe(64))
    except OSError as error:
        raise why(error, f"writing {path}") from error
    os.environ["DAUYS_SECRET_KEY_FILE"] = str(path)
