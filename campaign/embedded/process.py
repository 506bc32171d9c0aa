"""Children that never outlive their parent, and the one kind of trouble that is told in a sentence."""

import ctypes
import errno
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class Trouble(Exception):
    """What stops the start; its text says what is wrong and what to do, in a sentence or two."""


@dataclass(frozen=True)
class Account:
    """Who a child runs as, when it isn't who we are."""

    name: str
    uid: int
    gid: int


def spawn(
    command: Sequence[str | Path],
    *,
    dies_with: signal.Signals,
    account: Account | None = None,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | int | None = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Starts a direct child in a session of its own, which gets `dies_with` when this process is no more.

    Without an `output` of its own it speaks where we do.
    A session of its own keeps the terminal's Ctrl-C from it: we stop the children ourselves, in order.
    Call it from the main thread: Linux sends the signal when the *thread* that made the child ends.
    """
    who: dict[str, Any] = {}
    if account:
        who = {"user": account.uid, "group": account.gid, "extra_groups": []}
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        env=env,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_tied_to(os.getpid(), dies_with),
        **who,
    )


def _tied_to(parent: int, dies_with: signal.Signals) -> Callable[[], None]:
    def in_child() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(dies_with))
        if os.getppid() != parent:
            os._exit(1)
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)  # a background job inherits them ignored

    return in_child


def stop(process: subprocess.Popen[bytes], how: signal.Signals, *, within: float) -> None:
    """Asks a child to end, and ends what is left of its session when it doesn't in time."""
    if process.poll() is None:
        process.send_signal(how)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=within)
    end_session(process)


def end_session(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def is_alive(pid: int, name: str) -> bool:
    """Whether a process of that name has that number: numbers are used again after a restart."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    found, _, rest = status.partition("(")[2].rpartition(")")
    return found.startswith(name[:15]) and not rest.split()[0].startswith("Z")


def wait_until(ready: Callable[[], bool], *, within: float, every: float = 0.02) -> bool:
    until = time.monotonic() + within
    while not ready():
        if time.monotonic() > until:
            return False
        time.sleep(every)
    return True


def why(error: OSError, doing: str) -> Trouble:
    """The operating system's refusal, as a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble(f"The disk is full ({doing}): make room and start again.")
    where = f" {error.filename}" if error.filename else ""
    return Trouble(f"{doing.capitalize()} failed:{where} {error.strerror or error}.")
