"""Watches over processes: shows what they say, starts again what dies, stops them in order."""

import io
import os
import select
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from campaign.embedded.process import Trouble, end_session, spawn

SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
LONG_ENOUGH = 60.0  # what lived that long is well, and its next death counts as the first
TRIES_BEFORE_READY = 4
COLOURS = (36, 33, 35, 32, 34)


class Unit(Protocol):
    """Something that is started, may die, and is started again."""

    @property
    def name(self) -> str: ...

    process: subprocess.Popen[bytes] | None

    def start(self) -> subprocess.Popen[bytes]: ...


@dataclass
class Child:
    """A process of the app: what it says goes through a pipe to the one log."""

    name: str
    command: Sequence[str | Path]
    env: dict[str, str]
    stops_with: signal.Signals
    stops_within: float
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        self.process = spawn(self.command, dies_with=self.stops_with, env=self.env, output=subprocess.PIPE)
        return self.process


class Log:
    """One line at a time, each under the name of who said it."""

    def __init__(self, out: IO[str], names: Sequence[str]) -> None:
        self.out = out
        self.is_broken = False
        self.reader = select.poll()
        if isinstance(out, io.TextIOWrapper):
            self.reader.register(out.fileno(), 0)
        self.width = max(map(len, names))
        self.colours = dict(zip(names, COLOURS * len(names), strict=False)) if out.isatty() else {}

    def write(self, name: str, line: str) -> None:
        prefix = f"{name:<{self.width}} |"
        if name in self.colours:
            prefix = f"\x1b[{self.colours[name]}m{prefix}\x1b[0m"
        try:
            self.out.write(f"{prefix} {line}\n")
            self.out.flush()
        except BrokenPipeError:  # the end is near, and must be orderly all the same
            self.is_broken = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())

    def is_heard(self) -> bool:
        """False when the reader is gone: a closed terminal, `bin/run | head`."""
        return not self.is_broken and not any(
            event & (select.POLLERR | select.POLLHUP) for _, event in self.reader.poll(0)
        )


@dataclass
class Watch:
    """What is known of one unit."""

    unit: Unit
    started_at: float = 0.0
    deaths: int = 0
    due_at: float | None = None
    pending: bytes = field(default=b"", repr=False)

    def died(self, now: float) -> float:
        """Counts a death and answers how long to wait before the next start."""
        self.deaths = 1 if now - self.started_at > LONG_ENOUGH else self.deaths + 1
        pause = min(LONGEST_PAUSE, SHORTEST_PAUSE * 2.0 ** (self.deaths - 1))
        self.due_at = now + pause
        return pause


class Supervisor:
    """Runs while its log has a reader, or until a unit dies again and again before the app was ever ready."""

    def __init__(self, services: Sequence[Unit], children: Sequence[Child], out: IO[str] = sys.stdout) -> None:
        self.children = children
        self.watches = [Watch(unit) for unit in (*services, *children)]
        self.log = Log(out, ["dauys", *(watch.unit.name for watch in self.watches)])
        self.pipes = selectors.DefaultSelector()
        self.is_ready = False

    def say(self, text: str) -> None:
        for line in text.splitlines():
            self.log.write("dauys", line)

    def run(self, on_tick: Callable[[], None]) -> None:
        for watch in self.watches:
            if watch.unit.process is None:
                self._start(watch)
        while self.log.is_heard():
            self._listen(0.2)
            for watch in self.watches:
                self._look_after(watch)
            on_tick()

    def _start(self, watch: Watch) -> None:
        watch.due_at, watch.started_at = None, time.monotonic()
        process = watch.unit.start()
        if process.stdout:
            os.set_blocking(process.stdout.fileno(), False)
            self.pipes.register(process.stdout, selectors.EVENT_READ, watch)

    def _look_after(self, watch: Watch) -> None:
        now, process = time.monotonic(), watch.unit.process
        if watch.due_at is not None:
            if now >= watch.due_at:
                self._start_again(watch)
        elif process is not None and process.poll() is not None:
            end_session(process)
            pause = watch.died(now)
            if not self.is_ready and watch.deaths >= TRIES_BEFORE_READY:
                raise Trouble(f"{watch.unit.name} does not start; what it said is above.")
            self.say(f"{watch.unit.name} ended ({_how(process.returncode)}): starting it again in {pause:g} s")

    def _start_again(self, watch: Watch) -> None:
        try:
            self._start(watch)
        except Trouble as trouble:
            self.say(f"{trouble} Trying again in {watch.died(time.monotonic()):g} s")

    def _listen(self, timeout: float) -> None:
        if not self.pipes.get_map():
            time.sleep(timeout)
            return
        for key, _ in self.pipes.select(timeout):
            said = _read(key.fd)
            if said:
                self._hear(key.data, said)
            elif said is not None:
                self._hear(key.data, b"\n" if key.data.pending else b"")
                self._close(key.fileobj)

    def _close(self, pipe: Any) -> None:
        self.pipes.unregister(pipe)
        pipe.close()

    def _hear(self, watch: Watch, said: bytes) -> None:
        *lines, watch.pending = (watch.pending + said).split(b"\n")
        for line in filter(None, map(bytes.strip, lines)):
            self.log.write(watch.unit.name, line.decode(errors="replace"))

    def stop(self) -> None:
        """The children, first to last; the services are stopped by who started them."""
        for child in self.children:
            process = child.process
            if process is None:
                continue
            if process.poll() is None:
                self.say(f"stopping {child.name}")
                process.send_signal(child.stops_with)
                self._listen_until_gone(process, child.stops_within)
            end_session(process)
            self._listen(0)
        for key in list(self.pipes.get_map().values()):
            self._close(key.fileobj)

    def _listen_until_gone(self, process: subprocess.Popen[bytes], within: float) -> None:
        until = time.monotonic() + within
        while process.poll() is None and time.monotonic() < until:
            self._listen(0.05)


def _read(descriptor: int) -> bytes | None:
    """What was said, nothing at the end of the pipe, None when there is nothing yet."""
    try:
        return os.read(descriptor, 65536)
    except BlockingIOError:
        return None


def _how(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
