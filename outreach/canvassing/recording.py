"""The act of recording visits, whoever brings them: a phone, a sheet of paper, the demo.

Visits are only ever added. In the same transaction the state of each flat (`DoorState`) and the tallies of each
building (`Tally`) are brought up to date, so that a page never has to look through the visits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from campaign.arrays import array
from outreach.canvassing.tallies import refresh_tallies


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A visit to be recorded; the columns of `Visit` have the same names and meaning."""

    id: UUID
    round_id: int
    dwelling_id: UUID
    state: str
    phone_at: datetime
    acted_at: datetime
    ordered_at: datetime
    again_at: datetime | None = None
    corrects: UUID | None = None
    person_id: int | None = None
    device_id: UUID | None = None
    assignment_id: int | None = None
    clock_off: bool = False
    digest: str = ""


COLUMNS = {
    "id": "uuid",
    "round_id": "bigint",
    "dwelling_id": "uuid",
    "state": "text",
    "phone_at": "timestamptz",
    "acted_at": "timestamptz",
    "ordered_at": "timestamptz",
    "again_at": "timestamptz",
    "corrects": "uuid",
    "person_id": "bigint",
    "device_id": "uuid",
    "assignment_id": "bigint",
    "clock_off": "boolean",
    "digest": "text",
}
NAMES = ", ".join(COLUMNS)

# Whoever changes a building's states in a round holds its lock. Taken before anything else and always in the order
# of the keys, so that batches which touch the same buildings queue up instead of waiting for each other in a ring.
LOCK = """
SELECT pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT hashtextextended(sent.round_id || '/' || dwelling.building_id, 0) AS key
    FROM unnest(%s::bigint[], %s::uuid[]) AS sent (round_id, dwelling_id)
    JOIN territory_dwelling dwelling ON dwelling.id = sent.dwelling_id
    ORDER BY key
) AS buildings
"""

# The order of ids matters for the same reason: two batches with the same visits wait for each other's rows.
# A state gives way only to a newer visit, so the order of arrival does not matter.
RECORD = f"""
WITH added AS (
    INSERT INTO canvassing_visit ({NAMES}, received_at)
    SELECT {NAMES}, %s FROM unnest({", ".join(f"%s::{kind}[]" for kind in COLUMNS.values())}) AS sent ({NAMES})
    ORDER BY id
    ON CONFLICT (id) DO NOTHING
    RETURNING id, round_id, dwelling_id, state, again_at, ordered_at
), changed AS (
    INSERT INTO canvassing_doorstate AS kept
        (round_id, dwelling_id, building_id, visit_id, state, again_at, ordered_at, changed_at)
    SELECT DISTINCT ON (added.dwelling_id, added.round_id)
        added.round_id, added.dwelling_id, dwelling.building_id,
        added.id, added.state, added.again_at, added.ordered_at, clock_timestamp()
    FROM added JOIN territory_dwelling dwelling ON dwelling.id = added.dwelling_id
    ORDER BY added.dwelling_id, added.round_id, added.ordered_at DESC, added.id DESC
    ON CONFLICT (dwelling_id, round_id) DO UPDATE SET
        visit_id = excluded.visit_id, state = excluded.state, again_at = excluded.again_at,
        ordered_at = excluded.ordered_at, changed_at = excluded.changed_at
    WHERE (excluded.ordered_at, excluded.visit_id) > (kept.ordered_at, kept.visit_id)
    RETURNING round_id, building_id
)
SELECT id, NULL::bigint, NULL::uuid FROM added
UNION ALL
SELECT DISTINCT NULL::uuid, round_id, building_id FROM changed
"""  # noqa: S608  only names written above are put into the text


@transaction.atomic(savepoint=False)
def record_visits(visits: Sequence[NewVisit], *, zone: str, at: datetime) -> set[UUID]:
    """Add the visits that are new and return their ids; a visit whose id is there already stays as it is.

    `zone` is the name of the campaign's time zone (a tally counts by local days), `at` the time of arrival.
    Rounds and dwellings must exist.
    """
    if not visits:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [_column(visits, "round_id"), _column(visits, "dwelling_id")])
        cursor.execute(RECORD, [at, *(_column(visits, name) for name in COLUMNS)])
        rows = cursor.fetchall()
    refresh_tallies(_buildings(rows), zone=zone)
    return {visit_id for visit_id, _, _ in rows if visit_id}


def _column(visits: Sequence[NewVisit], name: str) -> str:
    return array(getattr(visit, name) for visit in visits)


def _buildings(rows: Iterable[tuple[UUID | None, int, UUID]]) -> list[tuple[int, UUID]]:
    return [(round_id, building_id) for visit_id, round_id, building_id in rows if not visit_id]
