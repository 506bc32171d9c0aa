"""The states of flats that changed since a phone last asked."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

Held = Sequence[tuple[int, UUID]]
StateRow = list[Any]

# A state is stamped before its transaction commits. So the cursor lies behind the clock, further than a batch lasts:
# what was stamped earlier and became visible later is told the next time. The phone hears some states twice, which
# changes nothing for it. Both clocks are the database's.
OVERLAP = "30 seconds"

ISO = """'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'"""
NEWS = f"""
SELECT to_char((clock_timestamp() - interval '{OVERLAP}') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), (
    SELECT json_agg(json_build_array(
        state.round_id, state.dwelling_id, state.state, to_char(state.again_at AT TIME ZONE 'UTC', {ISO}),
        to_char(state.ordered_at AT TIME ZONE 'UTC', {ISO}), state.visit_id
    ))
    FROM unnest(%s::bigint[], %s::uuid[]) AS held (round_id, entrance_id)
    JOIN territory_dwelling dwelling ON dwelling.entrance_id = held.entrance_id
    JOIN canvassing_doorstate state ON state.dwelling_id = dwelling.id AND state.round_id = held.round_id
    WHERE state.changed_at > %s
)::text
"""  # noqa: S608  only the formats of times are put into the text


def states_in(held: Held, since: str | None = None) -> tuple[list[StateRow], str]:
    """The states of these (round, entrance) pairs that changed since the cursor, and the next cursor."""
    rounds, entrances = [round_id for round_id, _ in held], [entrance_id for _, entrance_id in held]
    with connection.cursor() as cursor:
        cursor.execute(NEWS, [rounds, entrances, _time(since) or "-infinity"])
        next_cursor, states = cursor.fetchone()
    return json.loads(states or "[]"), next_cursor


def _time(cursor: str | None) -> datetime | None:
    """A cursor that is none of ours means everything."""
    try:
        at = datetime.fromisoformat(cursor or "")
    except ValueError:
        return None
    return at if at.tzinfo else None
