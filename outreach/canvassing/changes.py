"""What a phone has to hear: the states that changed in its entrances, and the digest of its pack.

Every request of a phone asks for both, so they are one statement, and nothing of the pack is read out for it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

# A state is stamped before its transaction commits. So the cursor lies behind the clock, further than a batch lasts:
# what was stamped earlier and became visible later is told the next time. The phone hears some states twice, which
# changes nothing for it. Both clocks are the database's.
OVERLAP = "30 seconds"

# What runs for the person now, and the entrances it holds: those of its turfs, and those of blocks taken whole.
GIVEN = """
WITH given AS MATERIALIZED (
    SELECT assignment.id, assignment.starts_at, assignment.ends_at, turf.id AS turf_id, turf.number, turf.name,
        turf.round_id
    FROM canvassing_assignment assignment
    JOIN canvassing_assignment_persons persons ON persons.assignment_id = assignment.id
    JOIN roster_person person ON person.id = persons.person_id
    JOIN canvassing_turf turf ON turf.id = assignment.turf_id
    WHERE person.user_id = %(user)s AND assignment.starts_at <= %(now)s AND assignment.ends_at > %(now)s
), held AS MATERIALIZED (
    SELECT given.turf_id, given.round_id, entrance.building_id, entrance.id AS entrance_id, entrance.number
    FROM given JOIN canvassing_turf_entrances held ON held.turf_id = given.turf_id
    JOIN territory_entrance entrance ON entrance.id = held.entrance_id
    UNION
    SELECT given.turf_id, given.round_id, held.building_id, entrance.id, entrance.number
    FROM given JOIN canvassing_turf_buildings held ON held.turf_id = given.turf_id
    LEFT JOIN territory_entrance entrance ON entrance.building_id = held.building_id
)
"""

# Whole rows of all that the pack is made from: a change too many only makes the phone fetch its pack once more, a
# change missed would leave it with an old one. The sum over the flats needs no order, so they are read as they lie.
DIGEST = """
md5(concat_ws('|',
    (SELECT concat(campaign, now() AT TIME ZONE time_zone - now() AT TIME ZONE 'UTC')
        FROM profile_campaign campaign),
    (SELECT string_agg(each.voting_day::text, '|' ORDER BY id) FROM profile_lawyercheck each),
    (SELECT string_agg(each::text, '|' ORDER BY id) FROM canvassing_topic each),
    (SELECT concat(person, account.language) FROM accounts_user account
        LEFT JOIN roster_person person ON person.user_id = account.id WHERE account.id = %(user)s),
    (SELECT string_agg(each::text, '|' ORDER BY id) FROM given each),
    (SELECT string_agg(each::text, '|' ORDER BY id) FROM canvassing_round each
        WHERE id IN (SELECT round_id FROM given)),
    (SELECT string_agg(each::text, '|' ORDER BY turf_id, building_id, number) FROM held each),
    (SELECT string_agg(concat(building, street.name, precinct.number), '|' ORDER BY building.id)
        FROM territory_building building JOIN territory_street street ON street.id = building.street_id
        LEFT JOIN territory_precinct precinct ON precinct.id = building.precinct_id
        WHERE building.id IN (SELECT building_id FROM held)),
    (SELECT concat(count(*), '/', sum(hashtextextended(concat_ws('/', id, floor, flat, is_dwelling), 0)))
        FROM territory_dwelling WHERE entrance_id IN (SELECT entrance_id FROM held))
))
"""

ISO = """'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'"""
STATES = f"""
SELECT json_agg(json_build_array(
    state.round_id, state.dwelling_id, state.state, to_char(state.again_at AT TIME ZONE 'UTC', {ISO}),
    to_char(state.ordered_at AT TIME ZONE 'UTC', {ISO}), state.visit_id
))
FROM (SELECT DISTINCT round_id, entrance_id FROM held) AS held
JOIN territory_dwelling dwelling ON dwelling.entrance_id = held.entrance_id
JOIN canvassing_doorstate state ON state.dwelling_id = dwelling.id AND state.round_id = held.round_id
WHERE state.changed_at > %(since)s
"""  # noqa: S608  only the format of times is put into the text

NEWS = f"""
{GIVEN} SELECT {DIGEST}, clock_timestamp() - interval '{OVERLAP}', ({STATES})::text
"""


@dataclass(frozen=True)
class News:
    """`digest` of the pack as it would be now; `cursor` is given back next time."""

    digest: str
    cursor: str
    states: list[list[Any]]


def news_for(user: Any, now: datetime, since: str | None = None) -> News:
    with connection.cursor() as cursor:
        cursor.execute(NEWS, {"user": user.pk, "now": now, "since": _time(since) or "-infinity"})
        digest, next_cursor, states = cursor.fetchone()
    return News(digest, next_cursor.isoformat(), json.loads(states or "[]"))


def _time(cursor: str | None) -> datetime | None:
    """A cursor that is none of ours means everything."""
    try:
        at = datetime.fromisoformat(cursor or "")
    except ValueError:
        return None
    return at if at.tzinfo else None
