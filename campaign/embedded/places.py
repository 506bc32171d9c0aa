"""Where the embedded database and broker keep what they keep, and who they run as.

An ordinary user has everything in `var/`. PostgreSQL refuses to run as root, so root hands it to a system
user, who may not be able to reach the checkout: then data, sockets and, if need be, the programs are under
/var/lib/dauys, and `var/` holds the marker that names the data. No marker, no data: an emptied `var/` is an
empty database either way.
"""

import hashlib
import json
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from campaign.embedded.process import Account, Trouble
from campaign.embedded.system import SYSTEM_HOME, make_enterable, programs, system_account

LONGEST_SOCKET = 107
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Store:
    """One installation's embedded services: folders, passwords and the programs to run."""

    data: Path
    sockets: Path
    logs: Path
    account: Account | None
    admin_password: str
    password: str
    postgres_bin: Path
    valkey: Path

    def folder(self, name: str) -> Path:
        return private_folder(self.data / name, self.account)


def open_store(var: Path) -> Store:
    account = system_account() if os.geteuid() == 0 else None
    var.mkdir(parents=True, exist_ok=True)
    home = system_home(var) if account else private_folder(var / "services")
    marker = _marker(var)
    if account:
        make_enterable(SYSTEM_HOME)
        make_enterable(home)
        _set_aside(home, marker["id"])
    postgres_bin, valkey = programs(account)
    return Store(
        data=private_folder(home / marker["id"], account),
        sockets=private_folder(_sockets(home), account),
        logs=private_folder(var / "log"),
        account=account,
        admin_password=marker["admin_password"],
        password=marker["password"],
        postgres_bin=postgres_bin,
        valkey=valkey,
    )


def forget(var: Path) -> None:
    """Removes a store for good, with its data, wherever it is. Only for throw-away ones."""
    if os.geteuid() == 0:
        shutil.rmtree(system_home(var), ignore_errors=True)
    shutil.rmtree(_short_sockets(var / "services"), ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)


def _marker(var: Path) -> dict[str, str]:
    path = var / "services.marker"
    try:
        marker: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        marker = {
            "id": f"data-{secrets.token_hex(4)}",
            "admin_password": secrets.token_urlsafe(24),
            "password": secrets.token_urlsafe(24),
        }
        write_private(path, json.dumps(marker))
    except ValueError as error:
        raise Trouble(
            f"{path} is damaged. It names the database: put it back from a copy, "
            f"or remove it to begin with an empty database."
        ) from error
    return marker


def write_private(path: Path, text: str) -> None:
    """Written whole or not at all, readable by its owner only."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def private_folder(path: Path, account: Account | None = None) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    if account:
        os.chown(path, account.uid, account.gid)
    elif path.stat().st_uid != os.geteuid():
        raise Trouble(f"{path} belongs to another user: remove it, or start as the user it belongs to.")
    return path


def _set_aside(home: Path, kept: str) -> None:
    """Of the databases whose marker is gone only the newest stays, in case `var/` was emptied by mistake."""
    left = [path for path in home.glob("data-*") if path.name != kept]
    for path in sorted(left, key=lambda each: each.stat().st_mtime)[:-1]:
        shutil.rmtree(path, ignore_errors=True)
    (home / "README").write_text(
        f"{kept} is in use; other data-* folders lost their marker in var/ and may be removed.\n"
    )


# -- names -----------------------------------------------------------------------------------------------


def system_home(var: Path) -> Path:
    """A folder named after the path of `var/`, so that two checkouts never share a database."""
    var = var.absolute()
    readable = "-".join(var.parts[-2:])[-24:].strip("-.")
    return SYSTEM_HOME / f"{readable}-{_digest(var)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:10]


def _sockets(home: Path) -> Path:
    """Next to the data, or somewhere shorter: the path of a socket has at most 107 bytes."""
    beside = home / "run"
    if len(os.fsencode(beside)) + LONGEST_SOCKET_NAME <= LONGEST_SOCKET:
        return beside
    return _short_sockets(home)


def _short_sockets(home: Path) -> Path:
    return Path(tempfile.gettempdir()) / f"dauys-{os.geteuid()}-{_digest(home)}"
