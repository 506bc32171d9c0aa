"""Opinions from phones: counted by entrance and day, and cut off from flat, visit, person and phone.

What is kept must not lead back to a door. So rows are written in the order of their random ids, entrances too small
to hide a flat are known by their precinct only, the fingerprint that recognises the same opinion again can't be
recomputed without the installation's key, and what goes to review goes without the phone and the time of day.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from campaign.inbox import Answer, Sender
from campaign.profile.models import Campaign
from campaign.territory.models import Entrance
from outreach.canvassing.models import Opinion, Round
from outreach.canvassing.sync.permits import Permit, Place, Window, permits_of
from outreach.canvassing.sync.reading import Item, SentOpinion, whole_days
from outreach.canvassing.sync.sorting import Accepted, Batch, Known
from volunteers.accounts.models import ReviewReason

SMALLEST_ENTRANCE = 10
"""With fewer dwellings an entrance would point to a person: then only the precinct is kept."""

FIELDS = ("kind", "id", "round", "entrance", "day", "outcome", "support", "topics", "replaces")

# A replaced opinion keeps its id only, so that a late copy of it can't come back. Ids in order: see recording.RECORD.
WRITE = """
INSERT INTO canvassing_opinion AS kept
    (id, round_id, precinct_id, entrance_id, day, outcome, support, topics, withdrawn, digest)
SELECT id, round_id, precinct_id, entrance_id, day, outcome, support,
    coalesce(topics, '{}')::integer[], withdrawn, digest
FROM jsonb_to_recordset(%s) AS sent (
    id uuid, round_id bigint, precinct_id bigint, entrance_id uuid, day date,
    outcome text, support text, topics integer[], withdrawn boolean, digest text
)
ORDER BY id
ON CONFLICT (id) DO UPDATE SET
    precinct_id = NULL, entrance_id = NULL, day = NULL, outcome = '', support = '', topics = '{}',
    withdrawn = true, digest = ''
WHERE excluded.withdrawn AND NOT kept.withdrawn
"""


@dataclass(frozen=True)
class Home:
    """An entrance as opinions know it."""

    place: Place
    precinct_id: int | None
    dwellings: int

    @property
    def is_small(self) -> bool:
        return self.dwellings < SMALLEST_ENTRANCE


def homes_of(entrance_ids: Iterable[UUID]) -> dict[UUID, Home]:
    rows = (
        Entrance.objects.filter(pk__in=set(entrance_ids))
        .annotate(size=Count("dwellings", filter=Q(dwellings__is_dwelling=True)))
        .values_list("pk", "building_id", "building__precinct_id", "size")
    )
    return {pk: Home(Place(pk, building_id), precinct_id, size) for pk, building_id, precinct_id, size in rows}


@transaction.atomic(savepoint=False)
def receive(sender: Sender, items: list[Item]) -> list[Answer]:
    batch = Batch(sender, items)
    readable = dict(batch.read(lambda item: SentOpinion.read(item, sender)))
    new = _without_known(batch, readable)
    if new:
        _write(batch, dict(_judged(batch, new)))
    return batch.close()


def fingerprint(item: Item) -> str:
    """Tells the same content again. Keyed: the few entrances and answers there are could be tried one by one."""
    plain = json.dumps({name: item.get(name) for name in FIELDS}, sort_keys=True)
    return salted_hmac("outreach.canvassing.opinion", plain, algorithm="sha256").hexdigest()


def _without_known(batch: Batch, opinions: dict[int, SentOpinion]) -> dict[int, SentOpinion]:
    seen = _fingerprints(opinion.id for opinion in opinions.values())
    new = {}
    for place, opinion in opinions.items():
        if opinion.id in seen:
            _answer_known(batch, place, seen[opinion.id])
        else:
            new[place] = opinion
            seen[opinion.id] = fingerprint(batch.items[place])
    return new


def _fingerprints(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Opinion.objects.filter(pk__in=list(ids)).values_list("pk", "digest"))


def _answer_known(batch: Batch, place: int, kept: str) -> None:
    """A row without a fingerprint was withdrawn: whatever comes under its id came too late."""
    if kept in ("", fingerprint(batch.items[place])):
        batch.answer(place, Known)
    else:
        batch.review(place, ReviewReason.OTHER_CONTENT)


def _judged(batch: Batch, opinions: dict[int, SentOpinion]) -> Iterator[tuple[int, dict[str, Any]]]:
    homes = homes_of(opinion.entrance_id for opinion in opinions.values())
    rounds = set(Round.objects.in_bulk({opinion.round_id for opinion in opinions.values()}))
    campaign = Campaign.current()
    window = Window(campaign.calendar() if campaign else None)
    permits = _permits(batch.sender, opinions, window)
    for place, opinion in opinions.items():
        home = homes.get(opinion.entrance_id)
        if home is None or opinion.round_id not in rounds:
            batch.review(place, ReviewReason.UNKNOWN_ID)
        elif not window.is_open_on(opinion.day):
            batch.review(place, ReviewReason.OUTSIDE_WINDOW)
        elif not _is_permitted(opinion, home.place, permits, window):
            batch.review(place, ReviewReason.OUTSIDE_ASSIGNMENT)
        else:
            yield place, row_of(opinion, home, fingerprint(batch.items[place]))


def _permits(sender: Sender, opinions: dict[int, SentOpinion], window: Window) -> list[Permit]:
    days = sorted(opinion.day for opinion in opinions.values())
    return permits_of(sender.user, since=window.bounds(days[0])[0], until=window.bounds(days[-1])[1])


def _is_permitted(opinion: SentOpinion, place: Place, permits: list[Permit], window: Window) -> bool:
    """An opinion has no time of day: an assignment at some time of its day is enough."""
    return any(each.overlaps(*window.bounds(opinion.day)) and each.covers(opinion.round_id, place) for each in permits)


def row_of(opinion: SentOpinion, home: Home, content: str) -> dict[str, Any]:
    return {
        "id": str(opinion.id),
        "round_id": opinion.round_id,
        "precinct_id": home.precinct_id,
        "entrance_id": None if home.is_small else str(home.place.entrance_id),
        "day": opinion.day.isoformat(),
        "outcome": opinion.outcome,
        "support": opinion.support,
        "topics": list(opinion.topics),
        "replaces": [str(each) for each in opinion.replaces],
        "withdrawn": False,
        "digest": content,
    }


def _write(batch: Batch, rows: dict[int, dict[str, Any]]) -> None:
    write_opinions(list(rows.values()))
    meanwhile = _fingerprints(UUID(row["id"]) for row in rows.values())
    replaced = {each for row in rows.values() for each in row["replaces"]}
    for place, row in rows.items():
        if row["id"] in replaced or meanwhile[UUID(row["id"])] == row["digest"]:
            batch.answer(place, Accepted)
        else:
            _answer_known(batch, place, meanwhile[UUID(row["id"])])


def write_opinions(rows: list[dict[str, Any]]) -> None:
    """Add opinions, and withdraw those that they replace, whether these came already, come now, or come later."""
    replaced = {each: row["round_id"] for row in rows for each in row["replaces"]}
    kept = [row for row in rows if row["id"] not in replaced]
    gone = [
        {"id": each, "round_id": round_id, "outcome": "", "support": "", "withdrawn": True, "digest": ""}
        for each, round_id in replaced.items()
    ]
    if kept or gone:
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [json.dumps(kept + gone)])


def shed(sender: Sender, items: list[Item]) -> tuple[Sender, list[Item]]:
    """What may be kept for review of opinions and of who sent them: no phone, no time of day, no small entrance.

    Of the phone's clock error only whole days, which the day is corrected by: finer, it tells the phone like a name.
    """
    homes = homes_of(found for item in items if (found := _entrance_of(item)))
    small: dict[UUID | None, Home] = {pk: home for pk, home in homes.items() if home.is_small}
    return _without_phone(sender), [_without_flat(item, small.get(_entrance_of(item))) for item in items]


def _entrance_of(item: Item) -> UUID | None:
    try:
        return UUID(item["entrance"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _without_flat(item: Item, small: Home | None) -> Item:
    kept = {name: item[name] for name in FIELDS if name in item}
    return kept | {"entrance": None, "precinct": small.precinct_id} if small else kept


def _without_phone(sender: Sender) -> Sender:
    campaign = Campaign.current()
    local = sender.now.astimezone(campaign.zone if campaign else None)
    midnight = datetime.combine(local.date(), time.min, local.tzinfo)
    return replace(sender, device=None, now=midnight, clock_error=whole_days(sender.clock_error))


def accept(opinion: SentOpinion, home: Home, item: Item) -> None:
    """The coordinator takes it after all; a second content under one id becomes a row of its own."""
    row = row_of(opinion, home, fingerprint(item))
    kept = _fingerprints([opinion.id]).get(opinion.id)
    if kept is None:
        write_opinions([row])
    elif kept not in ("", row["digest"]):
        write_opinions([row | {"id": str(uuid5(opinion.id, row["digest"]))}])
