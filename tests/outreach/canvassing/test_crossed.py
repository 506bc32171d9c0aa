"""Two phones at one flat, neither knowing of the other: both visits are kept, and the pair is listed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.territory.blocks import BlockPlan
from outreach.canvassing.models import Visit
from tests import factories

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(microsecond=0) - timedelta(hours=5)


def visit_of(flat: Any, round: Any, *, minute: int, arrives: int, device: Any, state: str = "done") -> Visit:
    """A visit some minutes after noon that arrives some minutes after noon."""
    at = NOON + timedelta(minutes=minute)
    return Visit.objects.create(
        id=uuid4(),
        round=round,
        dwelling=flat,
        person=factories.make_person(),
        device=device,
        state=state,
        phone_at=at,
        acted_at=at,
        ordered_at=at,
        received_at=NOON + timedelta(minutes=arrives),
    )


@pytest.fixture
def flat() -> Any:
    return factories.make_building(plan=BlockPlan(1, 1, 1)).dwellings.get()


def test_a_visit_made_before_anothers_arrival_is_crossed_with_it(flat: Any) -> None:
    round = factories.make_round()
    earlier = visit_of(flat, round, minute=0, arrives=60, device=factories.make_device()[0])
    later = visit_of(flat, round, minute=30, arrives=40, device=factories.make_device()[0])

    assert list(Visit.objects.crossed().values_list("pk", "other_id")) == [(later.pk, earlier.pk)]


def test_a_visit_made_after_anothers_arrival_is_an_ordinary_second_visit(flat: Any) -> None:
    round = factories.make_round()
    visit_of(flat, round, minute=0, arrives=1, device=factories.make_device()[0])
    visit_of(flat, round, minute=30, arrives=31, device=factories.make_device()[0])

    assert list(Visit.objects.crossed()) == []


def test_two_visits_of_one_phone_are_never_crossed(flat: Any) -> None:
    round, device = factories.make_round(), factories.make_device()[0]
    visit_of(flat, round, minute=0, arrives=60, device=device)
    visit_of(flat, round, minute=30, arrives=60, device=device)

    assert list(Visit.objects.crossed()) == []


def test_visits_of_different_rounds_are_never_crossed(flat: Any) -> None:
    visit_of(flat, factories.make_round(), minute=0, arrives=60, device=factories.make_device()[0])
    visit_of(flat, factories.make_round(), minute=30, arrives=40, device=factories.make_device()[0])

    assert list(Visit.objects.crossed()) == []


def test_the_page_names_both_people_and_exports_the_pair(coordinator: Any, flat: Any) -> None:
    round = factories.make_round()
    earlier = visit_of(flat, round, minute=0, arrives=60, device=factories.make_device()[0], state="again")
    later = visit_of(flat, round, minute=30, arrives=40, device=factories.make_device()[0])
    address = reverse("canvassing:round-crossed", args=[round.pk])

    page = coordinator.get(address).text
    lines = b"".join(coordinator.get(address + "?export=csv").streaming_content).decode("utf-8-sig").splitlines()

    assert [str(visit.person) in page for visit in (earlier, later)] == [True, True]
    assert lines[1].split(";")[2::2] == [str(earlier.person), str(later.person)]
    assert len(lines) == 2
