"""A table of houses or dwellings into the territory: first what would happen to each row, then the same for real.

The good rows are written without the bad ones, in one transaction; the same file twice changes nothing; no dwelling is
ever taken away: what a file lacks becomes a question to whoever imports it.
"""

from collections.abc import Callable
from typing import BinaryIO

from django.db import connection, transaction

from campaign.territory.importing.lines import Line, Status
from campaign.territory.importing.planning import Plan, make_plan
from campaign.territory.importing.writing import write
from campaign.territory.rows import read_rows

__all__ = ["Line", "Plan", "Status", "apply", "preview"]

Progress = Callable[[int], None]
ONE_IMPORT_AT_A_TIME = 0x696D70


def preview(stream: BinaryIO, filename: str) -> Plan:
    """What importing the file would do. Writes nothing. Raises `FileRefused` for what is no table of houses."""
    return make_plan(read_rows(stream, filename))


@transaction.atomic
def apply(stream: BinaryIO, filename: str, progress: Progress = lambda rows: None) -> Plan:
    """Import the file, and say what was done to each row. `progress` hears how many rows have been read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
    plan = make_plan(read_rows(stream, filename), to_write=True, progress=progress)
    write(plan.changes, plan.known)
    return plan
