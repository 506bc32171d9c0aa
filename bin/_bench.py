"""The measures behind bin/bench: modules of tests/bench, each with a `run()` that yields what it measured."""

import importlib
import json
import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from campaign import embedded
from campaign.embedded import prepare

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
KEYS = ("measure", "value", "unit", "floor", "ratio", "target", "ok")


def names() -> list[str]:
    modules = (path.stem for path in (ROOT / "tests" / "bench").glob("*.py") if not path.stem.startswith("_"))
    return sorted(name.replace("_", "-") for name in modules)


def main(arguments: list[str]) -> int:
    if not arguments:
        print("\n".join(names()))
        return 0
    name = arguments[0]
    if name not in names():
        print(f"dauys: there is no bench “{name}”; there is: {', '.join(names())}.", file=sys.stderr)
        return 1
    with ExitStack() as stack:
        begin(stack)
        return report(importlib.import_module(f"tests.bench.{name.replace('-', '_')}").run())


def begin(stack: ExitStack) -> None:
    """An empty database of its own, as durable as the real one: what is measured is what people get."""
    for name in [name for name in os.environ if name.startswith(("DAUYS_", "DATABASE_", "REDIS_"))]:
        del os.environ[name]
    embedded.forget(VAR)
    os.environ |= {"DAUYS_VAR": str(VAR), "DJANGO_SETTINGS_MODULE": "campaign.settings"}
    embedded.default_secret_key(VAR)
    services = stack.enter_context(embedded.services(VAR))
    os.environ |= services.addresses.as_environment()
    prepare.tables_and_files()


def report(measures: Iterable[dict[str, Any]]) -> int:
    is_ok = True
    for measure in measures:
        print(json.dumps({key: measure[key] for key in KEYS}, ensure_ascii=False), flush=True)
        is_ok &= bool(measure["ok"])
    return 0 if is_ok else 1


if __name__ == "__main__":
    os.chdir(ROOT)
    try:
        sys.exit(main(sys.argv[1:]))
    except embedded.Trouble as trouble:
        sys.exit(f"dauys: {trouble}")
