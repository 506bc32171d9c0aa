"""One log, restarts, and an orderly end."""

import io
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from campaign.embedded.process import Trouble, is_alive, wait_until
from campaign.embedded.supervisor import Child, Log, Supervisor, Watch

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])
print(child.pid, flush=True)
time.sleep(60)
"""


class Enough(Exception):
    """Ends a run from within."""


def child(name: str, code: str, within: float = 5) -> Child:
    return Child(name, [sys.executable, "-u", "-c", code], {"PATH": "/usr/bin"}, signal.SIGTERM, within)


def run_until(supervisor: Supervisor, is_enough, within: float = 10) -> None:
    """Lets it run until the log says enough, and stops it as the app does."""
    until = time.monotonic() + within

    def tick() -> None:
        if is_enough() or time.monotonic() > until:
            raise Enough

    try:
        with pytest.raises(Enough):
            supervisor.run(on_tick=tick)
    finally:
        supervisor.stop()


def test_each_line_stands_under_the_name_of_who_said_it():
    out = io.StringIO()
    supervisor = Supervisor([], [child("web", "print('раз\\nдва'); input()"), child("beat", "print('тик')")], out)

    run_until(supervisor, lambda: "два" in out.getvalue() and "тик" in out.getvalue())

    lines = out.getvalue().splitlines()
    assert [line for line in lines if line.startswith("web ")][:2] == ["web   | раз", "web   | два"]
    assert "beat  | тик" in lines


def test_a_last_line_without_an_end_is_shown_too():
    out = io.StringIO()
    supervisor = Supervisor([], [child("web", "import sys; sys.stdout.write('no end')")], out)

    run_until(supervisor, lambda: "no end" in out.getvalue())

    assert "web   | no end\n" in out.getvalue()


def test_names_are_coloured_on_a_terminal_and_nowhere_else():
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    plain = io.StringIO()

    for out in (terminal, plain):
        Log(out, ["web", "worker"]).write("web", "hello")

    assert terminal.getvalue() == "\x1b[36mweb    |\x1b[0m hello\n"
    assert plain.getvalue() == "web    | hello\n"


def test_what_dies_is_started_again_and_the_log_says_so(tmp_path):
    out = io.StringIO()
    count = f"open({str(tmp_path / 'count')!r}, 'a').write('x'); raise SystemExit(3)"
    supervisor = Supervisor([], [child("worker", count)], out)
    supervisor.is_ready = True

    run_until(supervisor, lambda: (tmp_path / "count").exists() and (tmp_path / "count").read_text() == "xx")

    assert "dauys  | worker ended (exit code 3): starting it again in 0.5 s" in out.getvalue()


def test_pauses_grow_with_each_death_and_begin_anew_after_a_long_life():
    watch = Watch(child("web", ""))

    pauses = [watch.died(now=1.0) for _ in range(8)]
    after_a_long_life = watch.died(now=1000.0)

    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert after_a_long_life == 0.5


def test_what_never_gets_ready_is_given_up_in_a_sentence():
    out = io.StringIO()
    supervisor = Supervisor([], [child("web", "raise SystemExit(1)")], out)

    with pytest.raises(Trouble, match="web does not start"):
        supervisor.run(on_tick=lambda: None)

    assert out.getvalue().count("web ended (exit code 1)") == 3


def test_children_are_stopped_in_their_order_and_their_last_words_are_heard():
    out = io.StringIO()
    polite = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('bye'), sys.exit()))\n"
        "print('up'); time.sleep(60)"
    )
    supervisor = Supervisor([], [child("web", polite), child("worker", polite)], out)

    run_until(supervisor, lambda: out.getvalue().count("up") == 2)

    assert [line for line in out.getvalue().splitlines() if not line.endswith("up")] == [
        "dauys  | stopping web",
        "web    | bye",
        "dauys  | stopping worker",
        "worker | bye",
    ]


def test_who_does_not_stop_when_asked_is_killed_in_the_end():
    out = io.StringIO()
    supervisor = Supervisor([], [child("web", STUBBORN, within=0.3)], out)

    run_until(supervisor, lambda: "deaf" in out.getvalue())

    assert supervisor.children[0].process.returncode == -signal.SIGKILL


def test_no_process_of_a_child_outlives_it():
    out = io.StringIO()
    supervisor = Supervisor([], [child("worker", PARENT)], out)

    run_until(supervisor, lambda: "|" in out.getvalue())

    grandchild = int(out.getvalue().splitlines()[0].partition("| ")[2])
    assert wait_until(lambda: not is_alive(grandchild, "python"), within=5)


def test_children_end_when_the_supervisor_is_killed():
    code = (
        "import signal, sys; from campaign.embedded.process import spawn;"
        "p = spawn([sys.executable, '-c', 'import time; time.sleep(60)'], dies_with=signal.SIGTERM);"
        "print(p.pid, flush=True); input()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    pid = int(parent.stdout.readline())
    assert is_alive(pid, "python")

    parent.kill()
    parent.communicate()

    assert wait_until(lambda: not is_alive(pid, "python"), within=5)


def test_when_nobody_reads_the_log_any_more_all_is_stopped_in_order(tmp_path):
    code = (
        "import signal, sys\n"
        "from campaign.embedded.supervisor import Child, Supervisor\n"
        "talk = [sys.executable, '-u', '-c', 'import time\\nwhile True: print(1); time.sleep(0.05)']\n"
        "child = Child('web', talk, {}, signal.SIGTERM, 5)\n"
        "supervisor = Supervisor([], [child])\n"
        "supervisor.run(on_tick=lambda: None)\n"
        "supervisor.stop()\n"
        "print(child.process.returncode, file=sys.stderr)\n"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    supervisor.stdout.readline()

    supervisor.stdout.close()

    assert supervisor.stderr.read().decode().strip() == str(-signal.SIGTERM)
    assert supervisor.wait(10) == 0
    supervisor.stderr.close()
