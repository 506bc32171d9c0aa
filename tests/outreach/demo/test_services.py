"""The demo is a campaign that the app itself would have let happen."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from campaign.access import Role
from campaign.law import may_agitate
from campaign.profile.models import Campaign
from campaign.territory.models import Building, Dwelling, Precinct
from outreach.canvassing.counting import differences
from outreach.canvassing.models import Assignment, Opinion, Visit
from outreach.demo.services import NotEmpty, load_demo
from volunteers.accounts.models import ReviewItem
from volunteers.roster.models import Person

NOON = datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once: the tests of this module only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(now=NOON)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("demo")
def test_the_district_has_seven_precincts_83_blocks_154_houses_and_4600_dwellings() -> None:
    kinds = Counter(Building.objects.values_list("kind", flat=True))
    assert (Precinct.objects.count(), kinds["block"], kinds["private"]) == (7, 83, 154)
    assert Dwelling.objects.count() == 4600


@pytest.mark.usefixtures("demo")
def test_each_precinct_has_three_proxies_and_forty_volunteers_are_in_the_roster() -> None:
    per_precinct = Counter(Person.objects.filter(role=Role.PROXY).values_list("precinct__number", flat=True))
    assert per_precinct == dict.fromkeys(range(61, 68), 3)
    assert Person.objects.filter(role=Role.VOLUNTEER).count() == 40


@pytest.mark.usefixtures("demo")
def test_every_visit_lies_inside_the_window_of_the_law() -> None:
    campaign = Campaign.current()
    assert campaign
    calendar = campaign.calendar()
    outside = [at for at in Visit.objects.values_list("acted_at", flat=True) if not may_agitate(at, calendar).allowed]
    assert outside == []


@pytest.mark.usefixtures("demo")
def test_every_visit_lies_inside_its_assignment_and_before_now() -> None:
    strays = Visit.objects.exclude(
        acted_at__gte=F("assignment__starts_at"), acted_at__lt=F("assignment__ends_at"), acted_at__lte=NOON
    )
    assert strays.count() == 0
    assert Visit.objects.count() > 3000


@pytest.mark.usefixtures("demo")
def test_states_and_tallies_agree_with_a_plain_count() -> None:
    assert differences() == []


@pytest.mark.usefixtures("demo")
def test_every_visit_left_one_outcome_and_no_opinion_names_a_small_entrance() -> None:
    assert Opinion.objects.exclude(outcome="").count() == Visit.objects.count()
    private = Opinion.objects.filter(entrance__building__kind="private")
    assert private.count() == 0


@pytest.mark.usefixtures("demo")
def test_five_pairs_are_out_now_and_four_things_wait_for_review() -> None:
    assert Assignment.objects.running_at(NOON).count() == 5
    assert ReviewItem.objects.waiting().count() == 4


@pytest.mark.usefixtures("demo")
def test_the_demo_is_not_loaded_over_a_campaign() -> None:
    with pytest.raises(NotEmpty):
        load_demo(now=NOON)
