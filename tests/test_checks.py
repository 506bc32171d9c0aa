"""The checks of bin/test read the configuration that we wrote for them, and can fail."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def steps(monkeypatch) -> dict[str, tuple[str, ...]]:
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    import _test

    return _test.STEPS


def run(command: tuple[str, ...], **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


def test_import_contracts_are_read_and_kept(steps):
    done = run(steps["imports"])

    assert "The roofs: outreach imports volunteers imports campaign, never back KEPT" in done.stdout
    assert "Contracts: 6 kept, 0 broken." in done.stdout
    assert done.returncode == 0


def test_an_import_upwards_is_refused(steps, tmp_path):
    for roof in ("campaign", "volunteers", "outreach"):
        for source in (ROOT / roof).rglob("*.py"):
            copy = tmp_path / source.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
    (tmp_path / "campaign" / "kazakh.py").write_text("import outreach.canvassing.models\n")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())

    done = subprocess.run(
        steps["imports"], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "campaign.kazakh -> outreach.canvassing.models" in done.stdout


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (f"name = '{'x' * 120}'\n", "E501"),
        ("from datetime import datetime\n\nnow = datetime.now()\n", "DTZ005"),
        ("assert True\n", "S101"),
    ],
)
def test_ruff_reads_our_rules(source, rule):
    done = run((sys.executable, "-m", "ruff", "check", "--stdin-filename", "outreach/some.py", "-"), input=source)

    assert rule in done.stdout


def test_the_commands_without_an_ending_are_linted_too():
    done = run((sys.executable, "-m", "ruff", "check", "--show-files", "bin"))

    assert {Path(line).name for line in done.stdout.splitlines()} >= {"run", "manage", "test", "bench", "_setup.py"}


def test_types_are_strict_at_the_seams(tmp_path):
    loose = tmp_path / "loose.py"
    loose.write_text("def act(id):\n    return id\n")

    done = run((sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(loose)))

    assert "Function is missing a type annotation" in done.stdout


def test_a_template_with_a_style_of_its_own_is_refused(tmp_path):
    (tmp_path / "page.html").write_text('<p style="color: red">Дауыс</p>\n')

    done = run((sys.executable, "-m", "djlint", str(tmp_path), "--lint", "--configuration", "pyproject.toml"))

    assert done.returncode == 1
    assert "H021" in done.stdout


def test_a_step_that_fails_shows_all_it_said_and_one_that_passes_a_line(monkeypatch, capsys, steps):
    import _test

    assert not _test.passes("broken", (sys.executable, "-c", "print('why'); raise SystemExit(2)"))
    assert _test.passes("sound", (sys.executable, "-c", "print('noise')"))

    said = capsys.readouterr().out
    assert "broken" in said
    assert "why" in said
    assert "noise" not in said
