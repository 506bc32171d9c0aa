"""The tallies of buildings, kept up to date with the states of their flats (`counting.py` checks both)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

STATES = ("again", "done", "never", "nodw")
COUNTS = ", ".join(f"count(*) FILTER (WHERE state = '{state}') AS {state}" for state in STATES)

# A day is the local day of the visit that decided. Days that stay as they were are not written again.
REFRESH = f"""
WITH asked AS (
    SELECT * FROM unnest(%s::bigint[], %s::uuid[]) AS asked (round_id, building_id)
), fresh AS (
    SELECT round_id, building_id, (ordered_at AT TIME ZONE %s)::date AS day, {COUNTS}
    FROM canvassing_doorstate JOIN asked USING (round_id, building_id)
    GROUP BY 1, 2, 3
), gone AS (
    DELETE FROM canvassing_tally old USING asked
    WHERE (old.round_id, old.building_id) = (asked.round_id, asked.building_id)
    AND NOT EXISTS (
        SELECT FROM fresh
        WHERE (fresh.round_id, fresh.building_id, fresh.day) = (old.round_id, old.building_id, old.day)
    )
)
INSERT INTO canvassing_tally AS kept (round_id, building_id, day, {", ".join(STATES)})
SELECT round_id, building_id, day, {", ".join(STATES)} FROM fresh
ON CONFLICT (round_id, building_id, day) DO UPDATE
SET {", ".join(f"{state} = excluded.{state}" for state in STATES)}
WHERE ({", ".join(f"kept.{state}" for state in STATES)})
    IS DISTINCT FROM ({", ".join(f"excluded.{state}" for state in STATES)})
"""  # noqa: S608  only the names of the states are put into the text


def refresh_tallies(buildings: Sequence[tuple[int, UUID]], *, zone: str) -> None:
    """Bring the tallies of these (round, building) pairs up to date with their states.

    The caller holds the pairs' locks (`recording.LOCK`), so nobody changes the states meanwhile.
    """
    if not buildings:
        return
    rounds, ids = zip(*buildings, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, [list(rounds), list(ids), zone])
