"""Django's system checks of what an installation stands on, told at every start."""

import ctypes
from collections.abc import Sequence
from typing import Any, Final

from django.core import checks
from django.db import connections

Found = list[checks.CheckMessage]

PANGO: Final = ("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
APT_LINE: Final = "sudo apt-get install -y libpangoft2-1.0-0 libharfbuzz-subset0"


def missing_for_printing() -> str:
    """The library that WeasyPrint lacks on this machine; empty when PDFs can be made.

    Importing WeasyPrint would tell as well, and cost every command a second.
    """
    for library in PANGO:
        try:
            ctypes.CDLL(library)
        except OSError:
            return library
    return ""


@checks.register()
def printing_works(app_configs: Any, **_: Any) -> Found:
    missing = missing_for_printing()
    if not missing:
        return []
    return [
        checks.Warning(
            f"PDFs can't be made: {missing} is missing.", hint=f"Install Pango: {APT_LINE}", id="campaign.W001"
        )
    ]


@checks.register(checks.Tags.database)
def database_knows_cyrillic(app_configs: Any, databases: Sequence[str] | None = None, **_: Any) -> Found:
    """With the plain C locale lower() and trigrams leave Cyrillic alone, and search finds nothing."""
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT lower('ӘҒҚҢӨҰҮҺІЁЯ') = 'әғқңөұүһіёя'")
            if not cursor.fetchone()[0]:
                return [
                    checks.Error(
                        "The database does not know Cyrillic letters: search would find nothing.",
                        hint="Create it with LOCALE_PROVIDER builtin, BUILTIN_LOCALE 'C.UTF-8', ENCODING UTF8.",
                        id="campaign.E001",
                    )
                ]
    return []
