"""A district of any size, made inside the database: blocks of a hundred flats, four visits to each flat."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from campaign.profile.models import Campaign
from outreach.canvassing.counting import BY_DAY, NEWEST
from outreach.canvassing.models import Round
from tests import factories

FLATS = 100
ENTRANCES = 4
VISITS_OF_A_FLAT = 4

BUILDINGS = """
INSERT INTO territory_building
    (id, street_id, precinct_id, house, house_key, house_sort, kind, note, search, entrance_count, dwelling_count)
SELECT gen_random_uuid(), %(street)s, %(precinct)s, n::text, n::text, n::text, 'block', '', n::text, 4, 100
FROM generate_series(%(first)s, %(last)s) AS n
"""
ENTRANCES_OF = """
INSERT INTO territory_entrance (id, building_id, number)
SELECT gen_random_uuid(), building.id, number
FROM territory_building building, generate_series(1, 4) AS number
WHERE building.house::int BETWEEN %(first)s AND %(last)s
"""
FLATS_OF = """
INSERT INTO territory_dwelling (id, entrance_id, building_id, floor, flat, flat_sort, is_dwelling)
SELECT gen_random_uuid(), entrance.id, entrance.building_id, 1 + place / 5,
    ((entrance.number - 1) * 25 + place + 1)::text, lpad(((entrance.number - 1) * 25 + place + 1)::text, 6, '0'), true
FROM territory_entrance entrance JOIN territory_building building ON building.id = entrance.building_id,
    generate_series(0, 24) AS place
WHERE building.house::int BETWEEN %(first)s AND %(last)s
"""
# Spread over eighteen days, in the order of time, as visits come in.
VISITS = """
INSERT INTO canvassing_visit
    (id, round_id, dwelling_id, state, phone_at, acted_at, ordered_at, received_at, clock_off, digest)
SELECT uuidv7(back), %(round)s, flat, (ARRAY['again', 'done', 'never', 'nodw'])[1 + n %% 4],
    now() + back, now() + back, now() + back, now() + back, false, md5(n::text)
FROM (
    SELECT dwelling.id AS flat, visit AS n, -((visit * 4 + random() * 4) || ' days')::interval AS back
    FROM territory_dwelling dwelling JOIN territory_building building ON building.id = dwelling.building_id,
        generate_series(1, %(visits)s) AS visit
    WHERE building.house::int BETWEEN %(first)s AND %(last)s
) AS made
ORDER BY back
"""


def grow(*, dwellings: int, round: Round) -> None:
    """Add blocks until there are so many dwellings; states and tallies are counted anew."""
    with connection.cursor() as cursor, _without_keys(cursor):
        first = _count("territory_building") + 1
        bounds = {"first": first, "last": dwellings // FLATS, "round": round.pk, "visits": VISITS_OF_A_FLAT}
        place = {"street": factories.make_street().pk, "precinct": factories.make_precinct().pk}
        for statement in (BUILDINGS, ENTRANCES_OF, FLATS_OF, VISITS):
            cursor.execute(statement, bounds | place)
        cursor.execute("TRUNCATE canvassing_doorstate, canvassing_tally")
        cursor.execute(
            "INSERT INTO canvassing_doorstate (round_id, dwelling_id, building_id, visit_id, state, again_at,"
            f" ordered_at, changed_at) SELECT *, now() - interval '1 day' FROM ({NEWEST}) AS newest"
        )
        cursor.execute(
            "INSERT INTO canvassing_tally (round_id, building_id, day, again, done, never, nodw)"
            f" SELECT * FROM ({BY_DAY}) AS counted",
            {"zone": Campaign.objects.get().time_zone},
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _without_keys(cursor: object) -> Iterator[None]:
    """Without foreign keys while millions of rows go in; they are checked all at once afterwards."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid::regclass::text ~ '^(territory|canvassing)_(building|entrance|dwelling|visit|doorstate|tally)$'"
    )
    keys = cursor.fetchall()
    for table, name, _ in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def begin() -> Round:
    """A campaign in its window, and a round that runs."""
    campaign = factories.make_campaign()
    today = campaign.today().date()
    return factories.make_round(starts_on=today - timedelta(days=18), ends_on=today + timedelta(days=2))
