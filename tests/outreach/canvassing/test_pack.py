"""The pack: what a phone needs for its running assignments, and nothing of anybody else's; and what it hears later."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaign.inbox import reply_to
from campaign.territory.services import add_dwelling, mark_not_dwelling
from outreach.canvassing.changes import news_for
from outreach.canvassing.models import DoorState, Topic
from outreach.canvassing.pack import pack_of, stamp
from tests import factories
from tests.outreach.canvassing.walks import Walk


def fetch(walk: Walk, **headers: str) -> Any:
    headers = headers or {"Authorization": f"Bearer {walk.bearer}"}
    return Client(headers=headers).get(reverse("canvassing:pack"))


def digest(walk: Walk) -> str:
    return news_for(walk.person.user, walk.at).digest


def test_the_pack_holds_what_the_protocol_says(walk: Walk) -> None:
    walk.round.script_ru, walk.round.theses_kk = "Здравствуйте!", "Аула\n\n Жол "
    walk.round.save()
    topic = Topic.objects.create(name_ru="Двор", name_kk="Аула")
    walk.send(walk.visit(4, minutes=-3, state="again", again_at=stamp(walk.at)))

    pack = fetch(walk).json()

    campaign = factories.make_campaign(checked=False)
    assert list(pack) == [
        "v", "utc_offset", "person", "candidate", "window", "topics", "now", "digest", "assignments", "states",
    ]  # fmt: skip
    assert (pack["v"], pack["utc_offset"]) == (1, 300)
    assert pack["person"] == {"name": walk.person.short_name, "language": "ru"}
    assert pack["candidate"] == {"ru": campaign.candidate_ru, "kk": campaign.candidate_kk}
    calendar = campaign.calendar()
    assert pack["window"] == {
        "from": stamp(calendar.agitation_from),
        "until": stamp(calendar.silence_from),
        "refuses": True,
    }
    assert pack["topics"] == [{"id": topic.pk, "ru": "Двор", "kk": "Аула"}]
    visit = walk.flats[4].visits.get()
    assert pack["states"] == [
        [walk.round.pk, str(walk.flats[4].pk), "again", stamp(walk.at), stamp(visit.ordered_at), str(visit.pk)]
    ]


def test_an_assignment_comes_with_its_round_turf_and_every_flat(walk: Walk) -> None:
    mark_not_dwelling(dwelling=walk.flats[0])

    (assignment,) = fetch(walk).json()["assignments"]

    assert (assignment["id"], assignment["ends_at"]) == (walk.assignment.pk, stamp(walk.assignment.ends_at))
    assert assignment["round"]["id"] == walk.round.pk
    assert assignment["turf"] == {"id": walk.turf.pk, "number": walk.turf.number, "name": walk.turf.name}
    (building,) = assignment["buildings"]
    assert (building["address"], building["described"]) == (str(walk.building), True)
    assert (building["precinct"], building["kind"]) == (walk.building.precinct.number, "block")
    assert [entrance["number"] for entrance in building["entrances"]] == [1, 2]
    assert building["entrances"][0]["dwellings"][:2] == [
        [str(walk.flats[0].pk), 1, "1", 0],
        [str(walk.flats[1].pk), 1, "2", 1],
    ]


def test_a_block_that_is_not_described_comes_without_entrances(walk: Walk) -> None:
    bare = factories.make_building(street=walk.building.street)
    walk.turf.buildings.add(bare)

    buildings = {each["id"]: each for each in fetch(walk).json()["assignments"][0]["buildings"]}

    assert (buildings[str(bare.pk)]["described"], buildings[str(bare.pk)]["entrances"]) == (False, [])


def test_a_block_taken_whole_comes_with_the_entrances_it_has_now(walk: Walk) -> None:
    walk.turf.entrances.clear()
    walk.turf.buildings.add(walk.building)

    (building,) = fetch(walk).json()["assignments"][0]["buildings"]

    assert [entrance["number"] for entrance in building["entrances"]] == [1, 2]


def test_nothing_of_other_turfs_persons_and_finished_assignments_is_in_it(walk: Walk) -> None:
    foreign = factories.make_building(plan=factories.BlockPlan(1, 2, 2))
    factories.make_assignment(factories.make_turf(walk.round, entrances=foreign.entrances.all()))
    finished = factories.make_building(plan=factories.BlockPlan(1, 2, 2))
    factories.make_assignment(
        factories.make_turf(walk.round, entrances=finished.entrances.all()),
        walk.person,
        starts_at=walk.at - timedelta(hours=9),
        ends_at=walk.at - timedelta(hours=5),
    )
    walk.turf.entrances.set(walk.building.entrances.filter(number=1))

    whole = fetch(walk).content.decode()

    for foreign_id in (foreign.pk, finished.pk, walk.flats[29].pk, foreign.dwellings.first().pk):
        assert str(foreign_id) not in whole


def test_without_an_assignment_the_pack_is_empty(walk: Walk) -> None:
    walk.assignment.delete()

    pack = fetch(walk).json()

    assert (pack["assignments"], pack["states"]) == ([], [])


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer of-somebody-else", "Basic abc"])
def test_without_the_token_of_a_phone_there_is_no_pack(walk: Walk, header: str) -> None:
    response = fetch(walk, Authorization=header)

    assert (response.status_code, response.json()) == (401, {"error": "token"})


def test_a_revoked_phone_gets_no_pack(walk: Walk) -> None:
    walk.device.revoked_at = walk.at
    walk.device.save()

    response = fetch(walk)

    assert (response.status_code, response.json()) == (403, {"error": "revoked"})


def test_the_pack_is_never_kept_by_caches_between(walk: Walk) -> None:
    assert "no-store" in fetch(walk).headers["Cache-Control"]


# The digest


def test_the_digest_stays_while_nothing_changes_and_visits_do_not_change_it(walk: Walk) -> None:
    before = digest(walk)
    walk.send(walk.visit())

    assert digest(walk) == before == pack_of(walk.person.user, walk.at + timedelta(hours=1))["digest"]


def rename_round(walk: Walk) -> None:
    walk.round.script_kk = "Сәлеметсіз бе!"
    walk.round.save()


def move_flat(walk: Walk) -> None:
    walk.flats[3].floor = 5
    walk.flats[3].save()


def swap_a_flat(walk: Walk) -> None:
    """One struck out and one added: their number stays."""
    mark_not_dwelling(dwelling=walk.flats[3])
    add_dwelling(entrance=walk.flats[3].entrance, flat="15А", floor=5)


@pytest.mark.parametrize(
    "change",
    [
        rename_round,
        move_flat,
        swap_a_flat,
        lambda walk: walk.turf.entrances.set(walk.building.entrances.filter(number=1)),
        lambda walk: Topic.objects.create(name_ru="Дороги", name_kk="Жолдар"),
        lambda walk: factories.make_campaign(candidate_ru="Другое имя"),
        lambda walk: walk.assignment.persons.clear(),
        lambda walk: type(walk.building).objects.update(note="Код 12К"),
    ],
)
def test_whatever_changes_in_the_pack_changes_the_digest(walk: Walk, change: Callable[[Walk], Any]) -> None:
    before = digest(walk)
    change(walk)

    assert digest(walk) != before


def test_an_assignment_that_ends_changes_the_digest_by_itself(walk: Walk) -> None:
    later = walk.assignment.ends_at + timedelta(seconds=1)

    assert news_for(walk.person.user, later).digest != digest(walk)


@pytest.mark.parametrize("buildings", [1, 12])
def test_any_number_of_buildings_costs_the_same_few_queries(
    walk: Walk, buildings: int, django_assert_num_queries: Any
) -> None:
    for _ in range(buildings - 1):
        building = factories.make_building(plan=factories.BlockPlan(1, 2, 2))
        walk.turf.entrances.add(*building.entrances.all())

    with django_assert_num_queries(9):
        pack_of(walk.person.user, walk.at)


# What changed since


def hear(walk: Walk, since: str | None) -> dict[str, Any]:
    return reply_to(walk.sender(), since)


def test_a_phone_hears_all_states_first_and_then_those_that_changed(walk: Walk) -> None:
    walk.send(walk.visit(0), walk.visit(1))
    first = hear(walk, None)
    DoorState.objects.update(changed_at=walk.at - timedelta(hours=1))
    walk.send(walk.visit(2))

    second = hear(walk, first["cursor"])

    assert {state[1] for state in first["states"]} == {str(walk.flats[place].pk) for place in (0, 1)}
    assert [state[1] for state in second["states"]] == [str(walk.flats[2].pk)]
    assert second["pack"] == digest(walk)


def test_a_state_stamped_before_the_cursor_but_seen_only_after_it_is_told(walk: Walk) -> None:
    """A batch that took ten seconds to commit: its stamp is older than the answer that could not see it yet."""
    cursor = hear(walk, None)["cursor"]
    walk.send(walk.visit(0))
    DoorState.objects.update(changed_at=walk.at - timedelta(seconds=10))

    assert len(hear(walk, cursor)["states"]) == 1


def test_a_phone_hears_what_a_partner_did_in_its_entrances_and_nothing_from_elsewhere(walk: Walk) -> None:
    partner = factories.make_person(signs_in=True)
    walk.assignment.persons.add(partner)
    walk.send(walk.visit(0), walk.visit(29), user=partner.user)
    walk.turf.entrances.set(walk.building.entrances.filter(number=1))

    assert [state[1] for state in hear(walk, None)["states"]] == [str(walk.flats[0].pk)]


def test_states_of_another_round_are_not_heard(walk: Walk) -> None:
    walk.send(walk.visit(0))
    walk.turf.round = factories.make_round()
    walk.turf.save()

    assert hear(walk, None)["states"] == []


@pytest.mark.parametrize("since", ["", "yesterday", "2026-11-24T09:00:00", "'; DROP TABLE"])
def test_a_cursor_that_is_none_of_ours_means_everything(walk: Walk, since: str) -> None:
    walk.send(walk.visit(0))

    assert len(hear(walk, since)["states"]) == 1


def test_the_inbox_answers_with_states_cursor_and_the_digest_of_the_pack(walk: Walk) -> None:
    item = walk.visit(0)
    body = {"v": 1, "now": stamp(walk.at), "app": "1", "since": None, "items": [item]}

    answer = Client(headers={"Authorization": f"Bearer {walk.bearer}"}).post(
        reverse("accounts:inbox"), json.dumps(body), content_type="application/json"
    )

    said = answer.json()
    assert said["answers"] == [{"id": item["id"], "status": "accepted", "reason": ""}]
    assert [state[5] for state in said["states"]] == [item["id"]]
    assert (said["pack"], said["revoked"]) == (fetch(walk).json()["digest"], False)
    assert said["cursor"]
