"""What the steps of the set-up share: their log, their stamps, and one sentence for whatever goes wrong."""

import errno
import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "var" / "log" / "setup.log"
STAMP = "dauys.stamp"


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


def quietly(command: list[str]) -> int:
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT).returncode


def run(command: list[str], otherwise: str, env: dict[str, str]) -> None:
    """Runs a step with its output in the log; on failure says its telling line."""
    begun = LOG.stat().st_size if LOG.exists() else 0
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


def digest(files: Iterable[Path], *more: str) -> str:
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    for each in more:
        whole.update(each.encode() + b"\0")
    return whole.hexdigest()


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
