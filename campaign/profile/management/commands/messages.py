"""`messages` gathers what is to be translated into locale/; `messages --check` says what is missing there."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

LANGUAGES = ("ru", "kk")
IGNORED = ("node_modules/*", ".venv/*", "var/*", "tests/*", "static/*", "bin/*")
Key = tuple[str | None, str, str]


def gather(root: Path) -> None:
    """Run Django's own extraction in a folder (it needs gettext's programs)."""
    call_command(
        "makemessages",
        locale=list(LANGUAGES),
        ignore_patterns=list(IGNORED),
        add_location="file",
        no_obsolete=True,
        no_wrap=True,
        verbosity=0,
    )
    for language in LANGUAGES:
        settle(catalogue(root, language))


def settle(path: Path) -> None:
    """Drop what changes at every run, so that a catalogue differs only where its messages do."""
    file = polib.pofile(str(path), wrapwidth=0)
    file.metadata.pop("POT-Creation-Date", None)
    file.save()


def catalogue(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def unfinished(path: Path) -> list[str]:
    """Messages of a catalogue without a whole translation, or with one that is only guessed."""
    wrong = [entry for entry in polib.pofile(str(path)) if not entry.obsolete and not entry.translated()]
    return [entry.msgid for entry in wrong]


def not_gathered(kept: Path, fresh: Path) -> list[str]:
    """Messages of the code that the kept catalogue does not know."""
    known = {key(entry) for entry in polib.pofile(str(kept)) if not entry.obsolete}
    return [entry.msgid for entry in polib.pofile(str(fresh)) if key(entry) not in known]


def problems(language: str, fresh: Path) -> list[str]:
    kept = catalogue(settings.BASE_DIR, language)
    missing = [f"{language}: not in the catalogue: {msgid!r}" for msgid in not_gathered(kept, fresh)]
    return missing + [f"{language}: not translated: {msgid!r}" for msgid in unfinished(kept)]


class Command(BaseCommand):
    help = "Gathers the messages to translate, or checks that none is missing or fuzzy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail if a message is missing")

    def handle(self, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("This needs gettext's programs: apt-get install gettext")
        if options["check"]:
            self.check_catalogues()
        else:
            gather(settings.BASE_DIR)

    def check_catalogues(self) -> None:
        """Gather into copies of the catalogues and compare; the working tree comes out as it was."""
        with tempfile.TemporaryDirectory() as folder:
            saved = {language: Path(folder) / f"{language}.po" for language in LANGUAGES}
            fresh = {language: Path(folder) / f"{language}-fresh.po" for language in LANGUAGES}
            for language in LANGUAGES:
                shutil.copy2(catalogue(settings.BASE_DIR, language), saved[language])
            try:
                gather(settings.BASE_DIR)
                for language in LANGUAGES:
                    shutil.copy2(catalogue(settings.BASE_DIR, language), fresh[language])
            finally:
                for language in LANGUAGES:
                    shutil.copy2(saved[language], catalogue(settings.BASE_DIR, language))
            found = [problem for language in LANGUAGES for problem in problems(language, fresh[language])]
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} messages need a translator: bin/manage messages"]))
        self.stdout.write("Russian and Kazakh are complete.")
