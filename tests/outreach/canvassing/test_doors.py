from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.territory.blocks import BlockPlan
from campaign.territory.services import mark_not_dwelling
from outreach.canvassing.models import DoorState, Opinion, Visit
from outreach.canvassing.outcomes import State
from outreach.canvassing.panels import states_of_flats
from tests import factories

pytestmark = pytest.mark.django_db

PLAN = BlockPlan(entrances=1, floors=2, flats_per_landing=2)


def visited(flat: Any, round: Any, *states: str, **fields: Any) -> list[Visit]:
    """Visits an hour apart, the last one an hour ago."""
    now = timezone.now()
    return [
        Visit.objects.create(
            id=uuid4(),
            round=round,
            dwelling=flat,
            state=state,
            phone_at=now - timedelta(hours=len(states) - place),
            acted_at=now - timedelta(hours=len(states) - place),
            ordered_at=now - timedelta(hours=len(states) - place),
            **fields,
        )
        for place, state in enumerate(states)
    ]


def test_a_dwellings_states_stand_newest_first(coordinator: Any) -> None:
    flat = factories.make_building(plan=PLAN).dwellings.first()
    person = factories.make_person(family_name="Тұрсынбек")
    again, done = visited(flat, factories.make_round(), "again", "done", person=person)

    page = coordinator.get(reverse("canvassing:door-detail", args=[flat.pk]))

    assert list(page.context["visits"]) == [done, again]
    assert "Тұрсынбек" in page.text


def test_what_was_said_at_the_door_is_not_on_its_page(coordinator: Any) -> None:
    flat = factories.make_building(plan=PLAN, precinct=factories.make_precinct()).dwellings.first()
    round = factories.make_round()
    visited(flat, round, "done")
    Opinion.objects.create(round=round, entrance=flat.entrance, day=timezone.localdate(), outcome="refused")
    Opinion.objects.create(round=round, entrance=flat.entrance, day=timezone.localdate(), support="lean_against")

    page = coordinator.get(reverse("canvassing:door-detail", args=[flat.pk])).text.lower()

    for word in ("refused", "отказ", "lean_against", "скорее против", "rather against"):
        assert word not in page


def test_a_wrong_clock_is_flagged_with_what_the_phone_said(coordinator: Any) -> None:
    flat = factories.make_building(plan=PLAN).dwellings.first()
    (visit,) = visited(flat, factories.make_round(), "done", clock_off=True)
    Visit.objects.filter(pk=visit.pk).update(phone_at=timezone.now() - timedelta(days=365))

    page = coordinator.get(reverse("canvassing:door-detail", args=[flat.pk])).text

    assert 'class="tag dusk"' in page


def test_a_door_without_visits_leads_back_to_its_house(coordinator: Any) -> None:
    flat = factories.make_building(plan=PLAN).dwellings.first()

    page = coordinator.get(reverse("canvassing:door-detail", args=[flat.pk])).text

    assert page.count("btn main") == 1
    assert flat.building.get_absolute_url() in page


def test_an_unknown_door_is_missing_like_any_other_page(coordinator: Any) -> None:
    assert coordinator.get(reverse("canvassing:door-detail", args=[uuid4()])).status_code == 404


def test_a_volunteer_may_not_open_a_door_at_the_desk(volunteer: Any) -> None:
    flat = factories.make_building(plan=PLAN).dwellings.first()

    assert volunteer.get(reverse("canvassing:door-detail", args=[flat.pk])).status_code == 403


def test_a_house_shows_the_states_of_the_running_round_only(coordinator: Any) -> None:
    today = timezone.localdate()
    old = factories.make_round(starts_on=today - timedelta(days=30), ends_on=today - timedelta(days=20))
    running = factories.make_round()
    block = factories.make_building(plan=PLAN)
    flats = list(block.dwellings.order_by("flat_sort"))
    for round, flat, state in ((old, flats[0], "never"), (running, flats[1], "done")):
        now = timezone.now()
        DoorState.objects.create(
            round=round, dwelling=flat, building=block, visit_id=uuid4(), state=state, ordered_at=now, changed_at=now
        )

    page = coordinator.get(block.get_absolute_url())
    cells = states_of_flats(page.wsgi_request, block)

    assert [cells[flat.pk]["state"] for flat in flats] == ["none", "done", "none", "none"]
    assert cells[flats[1].pk]["url"] == reverse("canvassing:door-detail", args=[flats[1].pk])
    assert cells[flats[1].pk]["url"] in page.text


def test_what_is_no_dwelling_is_called_so_whatever_visits_said(coordinator: Any) -> None:
    factories.make_round()
    block = factories.make_building(plan=PLAN)
    flat = block.dwellings.first()
    mark_not_dwelling(dwelling=flat)
    page = coordinator.get(block.get_absolute_url())

    cell = states_of_flats(page.wsgi_request, block)[flat.pk]

    assert (cell["state"], cell["label"]) == ("nodw", State.NODW.label)


def test_a_houses_page_costs_the_same_queries_for_4_and_60_flats(
    coordinator: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    factories.make_round()
    small = factories.make_building(plan=PLAN)
    large = factories.make_building(plan=BlockPlan(entrances=3, floors=5, flats_per_landing=4))
    with django_assert_max_num_queries(20) as first:
        coordinator.get(small.get_absolute_url())

    with django_assert_num_queries(len(first)):
        coordinator.get(large.get_absolute_url())
