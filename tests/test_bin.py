"""The commands in bin/, as somebody types them in a fresh clone and afterwards."""

import errno
import importlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from campaign import embedded
from campaign.embedded.process import wait_until

ROOT = Path(__file__).resolve().parent.parent
SECONDS_FOR_A_FIRST_START = 240
SECONDS_FOR_A_SECOND_START = 30  # it takes two on an idle machine


def clean_environment(**more: str) -> dict[str, str]:
    """That of somebody who has set nothing."""
    ours = ("DAUYS_", "DATABASE_", "REDIS_", "DJANGO_", "PYTHON", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(where: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=where, env=clean_environment(**env), capture_output=True, text=True, timeout=300)


def assert_one_sentence(done: subprocess.CompletedProcess[str], expected: str) -> None:
    assert done.returncode == 1
    assert re.search(expected, done.stderr)
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.fixture
def script(monkeypatch):
    """Imports a module of bin/, which is no package."""
    monkeypatch.syspath_prepend(str(ROOT / "bin"))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    return load


# -- before anything is set up ---------------------------------------------------------------------------


def test_an_old_python_is_refused_in_a_sentence_that_says_what_to_type(script, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SystemExit) as refusal:
        script("_python").check()

    assert str(refusal.value).startswith("dauys: Python 3.11 or newer is needed, and this is 3.9.")
    assert "apt-get install -y python3.11" in str(refusal.value)


def test_a_newer_python_on_the_path_is_taken_instead(script, monkeypatch, tmp_path):
    newer = tmp_path / "python3.12"
    newer.touch(mode=0o755)
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DAUYS_SEARCHED_PYTHON", raising=False)
    taken = []
    monkeypatch.setattr(os, "execv", lambda program, _arguments: taken.append(program))

    with pytest.raises(SystemExit):
        script("_python").check()

    assert taken == [str(newer)]


def test_the_finder_of_python_can_be_read_by_old_pythons():
    source = (ROOT / "bin" / "_python.py").read_text()

    compile(source, "_python.py", "exec", dont_inherit=True)
    assert not re.search(r"f\"|:=|->|match ", source)


def test_a_taken_port_is_told_before_anything_is_installed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = command(ROOT, "bin/run", "--port", str(port))

    assert_one_sentence(done, rf"^dauys: Port {port} of 127\.0\.0\.1 is taken: choose another with --port")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--port", "70000"], "There is no port 70000"),
        (["--host", "192.0.2.1"], r"192\.0\.2\.1 is no address of this machine"),
        (["--host", "no.such.host.invalid"], r"no\.such\.host\.invalid is no address of this machine"),
    ],
)
def test_an_address_that_cannot_be_served_is_told_in_a_sentence(arguments, expected):
    assert_one_sentence(command(ROOT, "bin/run", *arguments), expected)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_in_a_sentence(script, number):
    setup = script("_setup")

    def write() -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(SystemExit) as refusal:
        setup.main(write)

    assert refusal.value.code == "dauys: The disk is full: make room and start again."


def test_a_step_that_fails_is_told_with_its_telling_line_and_where_the_rest_is(script, tmp_path, monkeypatch):
    step = script("_step")
    monkeypatch.setattr(step, "LOG", tmp_path / "setup.log")

    with pytest.raises(step.Stop) as refusal:
        step.run(["sh", "-c", "echo resolving; echo 'error: no route'; exit 2"], "It could not be installed", {})

    assert str(refusal.value) == (f"It could not be installed: error: no route (all of it: {tmp_path / 'setup.log'})")


def test_a_step_that_meets_a_full_disk_says_so(script, tmp_path, monkeypatch):
    step = script("_step")
    monkeypatch.setattr(step, "LOG", tmp_path / "setup.log")

    with pytest.raises(step.Stop, match="The disk is full"):
        step.run(["sh", "-c", "echo 'write: No space left on device (os error 28)'; exit 1"], "It failed", {})


def test_without_the_right_to_install_the_one_line_to_type_is_printed(script, monkeypatch, capsys):
    system = script("_system")
    monkeypatch.setattr(system, "_has_library", lambda name: "pango" not in name)
    monkeypatch.setattr(system, "_apt", list)
    monkeypatch.setattr(system, "_tried", lambda packages: False)

    system.ensure(tests=False)

    assert capsys.readouterr().err == (
        "dauys: missing, and the start goes on without: libpangoft2-1.0-0. "
        "To have it, type: sudo apt-get install -y libpangoft2-1.0-0\n"
    )


def test_the_front_end_is_built_anew_when_a_source_changes_and_only_then(script, tmp_path, monkeypatch):
    setup = script("_setup")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(script("_step"), "ROOT", tmp_path)
    for name in ("package.json", "package-lock.json", "tsconfig.json", "static/js/app.ts", "static/build/app.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    before = setup.front_end_digest()

    (tmp_path / "static/build/app.js").write_text("built again")
    assert setup.front_end_digest() == before

    (tmp_path / "static/js/app.ts").write_text("changed")
    assert setup.front_end_digest() != before


# -- the other commands ----------------------------------------------------------------------------------


def test_the_pipeline_calls_bin_test_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert lines == ["#!/bin/sh", 'exec "$(dirname "$0")/../bin/test"']


@pytest.mark.slow
def test_bin_test_with_a_path_runs_it_and_ends_with_the_summary_of_pytest():
    done = command(ROOT, "bin/test", "tests/campaign/test_env.py")

    assert done.returncode == 0
    assert re.fullmatch(r"=+ \d+ passed in [\d.]+s =+", done.stdout.strip().splitlines()[-1])


@pytest.mark.slow
def test_bin_bench_lists_its_measures_and_names_them_when_asked_for_another():
    listed = command(ROOT, "bin/bench").stdout.split()
    unknown = command(ROOT, "bin/bench", "no-such-bench")

    files = {path.stem.replace("_", "-") for path in (ROOT / "tests" / "bench").glob("[!_]*.py")}
    assert set(listed) == files
    assert_one_sentence(unknown, f"there is no bench “no-such-bench”; there is: {', '.join(listed)}")


def test_a_bench_prints_one_line_of_json_a_measure_and_fails_with_its_target(script, capsys):
    bench = script("_bench")
    good = {"measure": "m", "value": 1, "unit": "ms", "floor": 1, "ratio": 1.0, "target": "≤ 5", "ok": True}

    code = bench.report([good, good | {"value": 9, "ok": False, "note": "not printed"}])

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 1
    assert lines == [good, good | {"value": 9, "ok": False}]


# -- a fresh clone ---------------------------------------------------------------------------------------


class Clone:
    """A checkout that nobody has started yet, and the app in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None
        self.log = path.with_suffix(".log")

    def start(self, within: float, *arguments: str) -> float:
        """Answers how many seconds it took to be ready."""
        begun = time.monotonic()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["bin/run", "--port", str(self.port), *arguments],
                cwd=self.path, env=clean_environment(), stdout=log, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        is_up = wait_until(lambda: self.process.poll() is not None or self.has_greeted(), within=within, every=0.1)
        assert is_up, self.log.read_text()
        assert self.process.poll() is None, self.log.read_text()
        return time.monotonic() - begun

    def has_greeted(self) -> bool:
        return "ready: http" in self.log.read_text() and self.is_ready()

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
                return json.load(answer) == {"status": "ok"}
        except OSError:
            return False

    def processes(self, program: str = "") -> list[int]:
        """Everything that runs from this checkout, or on its data; or what of it looks like the program."""
        names = (str(self.path), str(embedded.places.system_home(self.path / "var")))
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                said = (entry / "cmdline").read_bytes().decode(errors="replace")
                inside = os.readlink(entry / "cwd").startswith(names)
            except OSError:
                continue
            if (inside or any(name in said for name in names)) and re.search(program, said.replace("\0", " ")):
                found.append(int(entry.name))
        return [pid for pid in found if pid != os.getpid()]


def _made_here(folder: str, names: list[str]) -> set[str]:
    """What a clone does not have: see .gitignore."""
    made = {".git", ".venv", "var", "node_modules", "__pycache__"}
    if Path(folder).name == "static":
        made.add("build")
    return made & set(names) | {name for name in names if name.endswith((".mo", "_cache"))}


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Iterator[Clone]:
    path = tmp_path_factory.mktemp("fresh") / "dauys"
    shutil.copytree(ROOT, path, symlinks=True, ignore=_made_here)
    made = Clone(path)
    yield made
    for pid in made.processes():
        os.kill(pid, signal.SIGKILL)
    embedded.forget(path / "var")


@pytest.mark.slow
class TestAFreshClone:
    """In order: each test goes on where the one before has left the clone."""

    def test_bin_run_brings_it_up_with_the_demo_and_tells_how_to_sign_in(self, clone):
        clone.start(within=SECONDS_FOR_A_FIRST_START)

        log = clone.log.read_text()
        assert f"ready: http://127.0.0.1:{clone.port}/" in log
        assert re.search(r"coordinator\s+coordinator@dauys\.example\s+\S{15,}", log)

    def test_a_second_start_beside_it_is_refused_in_a_sentence(self, clone):
        done = command(clone.path, "bin/run", "--port", str(free_port()))

        assert_one_sentence(done, "Dauys is already running in .*/var: stop it first")

    def test_bin_manage_uses_the_running_database(self, clone):
        done = command(clone.path, "bin/manage", "shell", "-c", "print('people', User.objects.count())")

        assert done.returncode == 0
        assert int(re.search(r"people (\d+)", done.stdout)[1]) > 40

    def test_ctrl_c_stops_all_in_order_and_leaves_no_process(self, clone):
        clone.process.send_signal(signal.SIGINT)

        assert clone.process.wait(60) == 0
        stopped = re.findall(r"dauys +\| stopping (.+)", clone.log.read_text())
        assert stopped == ["web", "worker", "beat", "valkey, postgres"]
        assert clone.processes() == []

    def test_the_second_start_takes_seconds_and_tells_the_sign_ins_again(self, clone):
        took = clone.start(within=SECONDS_FOR_A_SECOND_START)

        assert took < SECONDS_FOR_A_SECOND_START
        assert "coordinator@dauys.example" in clone.log.read_text()

    def test_after_kill_9_of_everything_the_next_start_recovers_by_itself(self, clone):
        for pid in clone.processes():
            os.kill(pid, signal.SIGKILL)
        clone.process.wait()

        clone.start(within=SECONDS_FOR_A_SECOND_START)

        clone.process.send_signal(signal.SIGTERM)
        assert clone.process.wait(60) == 0
        assert clone.processes() == []

    @pytest.mark.parametrize("program", ["postgres -D", "valkey-server", "gunicorn", "celery.*worker"])
    def test_what_is_killed_while_it_runs_is_started_again(self, clone, program):
        if clone.process.poll() is not None:
            clone.start(within=SECONDS_FOR_A_SECOND_START)
        victims = clone.processes(program)
        assert victims != []

        for pid in victims:
            os.kill(pid, signal.SIGKILL)

        def is_back() -> bool:
            running = clone.processes(program)
            return running != [] and set(running).isdisjoint(victims) and clone.is_ready()

        assert wait_until(is_back, within=30, every=0.2), clone.log.read_text()

    def test_nothing_is_left_when_only_the_supervisor_is_killed(self, clone):
        clone.process.kill()
        clone.process.wait()

        assert wait_until(lambda: clone.processes() == [], within=30)

    def test_an_unreachable_database_is_told_in_a_sentence(self, clone):
        url = f"postgresql://dauys:s3cr3t@127.0.0.1:{free_port()}/dauys"

        done = command(clone.path, "bin/run", "--port", str(clone.port), DATABASE_URL=url)

        assert_one_sentence(done, "DATABASE_URL: the database dauys on 127.0.0.1:.* can't be used")
        assert "s3cr3t" not in done.stderr

    def test_production_without_a_key_of_its_own_is_refused_with_the_name_of_the_variable(self, clone):
        done = command(clone.path, "bin/run", "--port", str(clone.port), DAUYS_ENV="production")

        assert_one_sentence(done, "DAUYS_SECRET_KEY is not set, and production needs a key of its own")

    def test_an_emptied_var_and_empty_make_a_campaign_without_the_demo(self, clone):
        shutil.rmtree(clone.path / "var")

        clone.start(SECONDS_FOR_A_FIRST_START, "--empty")

        log = clone.log.read_text()
        clone.process.send_signal(signal.SIGTERM)
        assert clone.process.wait(60) == 0
        assert "@dauys.example" not in log
        assert re.search(rf"http://127\.0\.0\.1:{clone.port}/\S+", log)
