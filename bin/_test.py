"""The checks behind bin/test, in the environment that it made. pytest comes last, and has the last word."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import _setup

from tests import services

NPM = ("node", str(_setup.node_home() / "lib/node_modules/npm/bin/npm-cli.js"), "run", "--silent")
MANAGE = (sys.executable, "manage.py")
STEPS = {
    "ruff": (sys.executable, "-m", "ruff", "check", "."),
    "format": (sys.executable, "-m", "ruff", "format", "--check", "."),
    "types": (sys.executable, "-m", "mypy"),
    "imports": (sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    "templates": (sys.executable, "-m", "djlint", "templates", "--lint"),
    "front end: lint": (*NPM, "lint"),
    "front end: types": (*NPM, "typecheck"),
    "front end: tests": (*NPM, "test"),
    "system": (*MANAGE, "check", "--database", "default", "--fail-level", "ERROR"),
    "migrations": (*MANAGE, "makemigrations", "--check", "--dry-run"),
    "translations": (*MANAGE, "messages", "--check"),
}


def main(paths: list[str]) -> int:
    with ExitStack() as stack:
        services.begin(stack)
        if paths:
            return pytest(paths)
        failed = [name for name, command in STEPS.items() if not passes(name, command)]
        if failed:
            print(f"\nFAILED before pytest: {', '.join(failed)}. bin/test fails, whatever pytest says below.")
        return pytest([]) or bool(failed)


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Runs a step; a step that passes says one line, one that fails says all it has."""
    begun = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:<18} {verdict:<7} {time.monotonic() - begun:5.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout, flush=True)
    return done.returncode == 0


def pytest(paths: list[str]) -> int:
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", "pytest", *paths], check=False).returncode


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    sys.exit(main(sys.argv[1:]))
