from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaign.territory.blocks import BlockPlan
from outreach.canvassing.models import Tally
from tests import factories

pytestmark = pytest.mark.django_db

PLAN = BlockPlan(entrances=1, floors=2, flats_per_landing=2)


def test_a_persons_page_names_the_turf_they_have_now(coordinator: Any) -> None:
    person, now = factories.make_person(), timezone.now()
    running = factories.make_turf(name="Толе би, 13/12")
    over = factories.make_turf(name="Абая, 17А")
    factories.make_assignment(running, person)
    past = {"starts_at": now - timedelta(days=2), "ends_at": now - timedelta(days=1)}
    factories.make_assignment(over, person, **past)

    page = coordinator.get(person.get_absolute_url()).text

    assert "Толе би, 13/12" in page
    assert "Абая, 17А" not in page


def test_a_precincts_page_shows_how_far_the_round_is_there(coordinator: Any) -> None:
    round, precinct = factories.make_round(name="Третий обход"), factories.make_precinct()
    block = factories.make_building(plan=PLAN, precinct=precinct)
    Tally.objects.create(round=round, building=block, day=timezone.localdate(), done=3)

    page = coordinator.get(precinct.get_absolute_url()).text

    assert "Третий обход" in page
    assert 'class="bar"' in page


def test_before_a_round_the_pages_below_stay_as_they_are(coordinator: Any) -> None:
    block = factories.make_building(plan=PLAN, precinct=factories.make_precinct())

    assert "hand-out" not in coordinator.get(block.get_absolute_url()).text
    assert 'class="bar"' not in coordinator.get(block.precinct.get_absolute_url()).text


def test_an_empty_round_of_another_year_does_not_hide_the_running_one(coordinator: Any) -> None:
    today = timezone.localdate()
    factories.make_round(name="Прошлый", starts_on=today.replace(year=today.year - 1, day=1), ends_on=today)
    factories.make_round(name="Идущий")
    block = factories.make_building(plan=PLAN, precinct=factories.make_precinct())

    page = coordinator.get(block.get_absolute_url()).text

    assert "Идущий" in page
    assert "Прошлый" not in page
