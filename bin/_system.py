"""The system's packages: installed where that is allowed, else the one line to type is printed."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from _step import LOG, PYTHON, Stop, quietly, say

PANGO = {"libpangoft2-1.0.so.0": "libpangoft2-1.0-0", "libharfbuzz-subset.so.0": "libharfbuzz-subset0"}
FOR_TESTS = {"chromium": "chromium", "pdftoppm": "poppler-utils", "xgettext": "gettext"}


def ensure(*, tests: bool) -> None:
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
    if quietly(install) != 0:
        quietly([*apt, "update"])
        if quietly(install) != 0:
            for package in packages:  # one that doesn't exist here must not keep the others out
                quietly([*apt, "install", "-y", "--no-install-recommends", package])
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
