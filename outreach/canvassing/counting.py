"""What is maintained, compared with a plain count of the same, and put right where it differs."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from campaign.profile.models import Campaign
from campaign.territory import bulk
from outreach.canvassing.tallies import COUNTS, STATES

NEWEST = """
SELECT DISTINCT ON (visit.dwelling_id, visit.round_id)
    visit.round_id, visit.dwelling_id, dwelling.building_id,
    visit.id AS visit_id, visit.state, visit.again_at, visit.ordered_at
FROM canvassing_visit visit JOIN territory_dwelling dwelling ON dwelling.id = visit.dwelling_id
ORDER BY visit.dwelling_id, visit.round_id, visit.ordered_at DESC, visit.id DESC
"""

BY_DAY = f"""
SELECT round_id, building_id, (ordered_at AT TIME ZONE %(zone)s)::date AS day, {COUNTS}
FROM ({NEWEST}) AS newest GROUP BY 1, 2, 3
"""  # noqa: S608  only the names of the states are put into the text

IN_BUILDINGS = """
SELECT building.id, count(DISTINCT dwelling.entrance_id) AS entrance_count, count(dwelling.id) AS dwelling_count
FROM territory_building building
LEFT JOIN territory_dwelling dwelling ON dwelling.building_id = building.id AND dwelling.is_dwelling
GROUP BY building.id
"""


@dataclass(frozen=True)
class Maintained:
    """A maintained table: how its rows are told apart, what they hold, and the plain count of the same."""

    table: str
    key: tuple[str, ...]
    values: tuple[str, ...]
    plain: str

    def qualified(self, side: str) -> str:
        return ", ".join(f"{side}.{name}" for name in self.values)


DOOR_STATES = Maintained(
    "canvassing_doorstate",
    ("round_id", "dwelling_id"),
    ("building_id", "visit_id", "state", "again_at", "ordered_at"),
    NEWEST,
)
TALLIES = Maintained("canvassing_tally", ("round_id", "building_id", "day"), STATES, BY_DAY)
BUILDINGS = Maintained("territory_building", ("id",), ("entrance_count", "dwelling_count"), IN_BUILDINGS)


@dataclass(frozen=True)
class Difference:
    """A row that is not what a plain count says; None where the row, or the count, is missing."""

    table: str
    key: tuple[Any, ...]
    kept: tuple[Any, ...] | None
    counted: tuple[Any, ...] | None

    def __str__(self) -> str:
        key = ", ".join(map(str, self.key))
        return f"{self.table} [{key}]: kept {_plain(self.kept)}, counted {_plain(self.counted)}"


def _plain(values: tuple[Any, ...] | None) -> str:
    return "nothing" if values is None else ", ".join(map(str, values))


def differences() -> list[Difference]:
    """Everything that is maintained and differs from a plain count, table by table."""
    zone = _zone()
    return [each for table in (DOOR_STATES, TALLIES, BUILDINGS) for each in compare(table, zone=zone)]


def _zone() -> str:
    campaign = Campaign.current()
    return campaign.time_zone if campaign else "UTC"


def compare(maintained: Maintained, *, zone: str) -> list[Difference]:
    key, kept, counted = ", ".join(maintained.key), maintained.qualified("kept"), maintained.qualified("counted")
    query = f"""
        SELECT {key}, kept.there, counted.there, {kept}, {counted}
        FROM (SELECT *, true AS there FROM {maintained.table}) AS kept
        FULL JOIN (SELECT *, true AS there FROM ({maintained.plain}) AS plain) AS counted USING ({key})
        WHERE ({kept}, kept.there) IS DISTINCT FROM ({counted}, counted.there)
        ORDER BY {key}
    """  # noqa: S608  only names written in this file are put into the text
    with connection.cursor() as cursor:
        cursor.execute(query, {"zone": zone})
        return [_difference(maintained, row) for row in cursor.fetchall()]


def _difference(maintained: Maintained, row: tuple[Any, ...]) -> Difference:
    start = len(maintained.key)
    middle = start + 2 + len(maintained.values)
    kept, counted = row[start + 2 : middle], row[middle:]
    return Difference(maintained.table, row[:start], kept if row[start] else None, counted if row[start + 1] else None)


@transaction.atomic
def rebuild() -> list[Difference]:
    """Put right what differs, and say what that was. Visits wait meanwhile; rows that agree are not written.

    Buildings come first, as in a phone's request, where blocks are described before their flats are visited.
    """
    zone = _zone()
    miscounted = compare(BUILDINGS, zone=zone)
    bulk.recount([each.key[0] for each in miscounted])
    with connection.cursor() as cursor:
        cursor.execute("LOCK canvassing_doorstate, canvassing_tally IN SHARE ROW EXCLUSIVE MODE")
    states, tallies = compare(DOOR_STATES, zone=zone), compare(TALLIES, zone=zone)
    _replace(DOOR_STATES, states, zone=zone)
    _replace(TALLIES, tallies, zone=zone)
    return [*states, *tallies, *miscounted]


def _replace(maintained: Maintained, found: list[Difference], *, zone: str) -> None:
    """Delete the rows that are wrong, then add what the count has and the table lacks."""
    if not found:
        return
    key, columns = ", ".join(maintained.key), ", ".join(maintained.key + maintained.values)
    places = ", ".join(["%s"] * len(maintained.key))
    changed, now = (", changed_at", ", clock_timestamp()") if maintained is DOOR_STATES else ("", "")
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {maintained.table} WHERE ({key}) = ({places})",  # noqa: S608
            [each.key for each in found if each.kept],
        )
        cursor.execute(
            f"INSERT INTO {maintained.table} ({columns}{changed}) "  # noqa: S608
            f"SELECT {columns}{now} FROM ({maintained.plain}) AS plain ON CONFLICT ({key}) DO NOTHING",
            {"zone": zone},
        )
