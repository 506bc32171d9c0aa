"""Between the services and the app: tables, static files, and what an empty database begins with.

Runs as a process of its own, so that what Django takes of memory and connections is given back. It leaves a
file: how to sign in or, with exit code 1, why the start must stop.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from campaign.env import BadSetting

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def main(empty: bool, welcome: Path) -> None:
    call_command = tables_and_files()
    welcome.write_text(begin(call_command, empty=empty), encoding="utf-8")


def tables_and_files() -> Callable[..., object]:
    """Sets Django up in this process, with every table and static file; answers Django's `call_command`."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    collect_static_files(call_command)
    return call_command


def begin(call_command: Callable[..., object], *, empty: bool) -> str:
    """Fills an empty database; answers what the newcomer must be told at every start.

    Production never gets the demo, whose passwords everybody knows.
    """
    from django.conf import settings
    from django.contrib.auth import get_user_model

    wants_none = Path(settings.DAUYS_VAR) / "empty"
    has_people = get_user_model().objects.exists()
    empty = empty or settings.DAUYS_ENV == "production" or wants_none.exists()
    if not has_people and empty:
        wants_none.touch()  # the next start, without --empty, must not load the demo over an invitation
        return _said_by(call_command, "invite_coordinator")
    if not has_people:
        print("dauys: loading the demo", file=sys.stderr, flush=True)
        return _said_by(call_command, "demo")
    return _said_by(call_command, "demo", sign_ins=True)


def _said_by(call_command: Callable[..., object], name: str, **options: object) -> str:
    out = StringIO()
    with redirect_stdout(out):
        call_command(name, stdout=out, **options)
    return out.getvalue()


def collect_static_files(call_command: Callable[..., object]) -> None:
    """Only when the built front end or the packages have changed: compressing takes seconds."""
    from django.conf import settings

    stamp = Path(settings.STATIC_ROOT) / ".dauys.stamp"
    sources = (CHECKOUT / "static" / "build" / ".dauys.stamp", CHECKOUT / "requirements.txt")
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in sources if path.exists())).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("dauys: collecting static files", file=sys.stderr, flush=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)


def refusal(error: Exception) -> str:
    """A sentence for what an operator can set right; anything else is a fault of ours and stays whole."""
    if isinstance(error, BadSetting):
        return str(error)
    said = str(error)
    if "No space left on device" in said:
        return "The disk is full: make room and start again."
    if type(error).__name__ == "OperationalError":
        return f"The database can't be used: {said.splitlines()[0]}"
    return ""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")
    try:
        main(empty="--empty" in sys.argv, welcome=Path(sys.argv[1]))
    except Exception as error:
        sentence = refusal(error)
        if not sentence:
            raise
        Path(sys.argv[1]).write_text(sentence, encoding="utf-8")
        sys.exit(1)
