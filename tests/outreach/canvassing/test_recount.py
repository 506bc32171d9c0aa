"""`recount`: a planted difference is found, told, and put right; a sound database is left alone."""

from datetime import UTC, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from campaign.profile.models import Campaign
from campaign.profile.services import save_campaign
from campaign.territory.models import Building
from outreach.canvassing.counting import differences, rebuild
from outreach.canvassing.models import DoorState, Tally, Visit
from tests.outreach.canvassing.walks import Walk


@pytest.fixture
def walked(walk: Walk) -> Walk:
    walk.send(*(walk.visit(place, state="done" if place % 2 else "again") for place in range(10)))
    return walk


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("recount", *arguments, stdout=out)
    return out.getvalue()


def test_what_was_recorded_agrees_with_a_plain_count(walked: Walk) -> None:
    assert "Everything agrees" in run("--check")


def test_a_change_of_the_time_zone_moves_the_tallies_to_the_new_days(walked: Walk) -> None:
    before = set(Tally.objects.values_list("day", flat=True))
    campaign = Campaign.current()
    # of the world's two ends, the one where it is another day just now
    campaign.time_zone = "Pacific/Kiritimati" if walked.at.astimezone(UTC).hour >= 11 else "Pacific/Pago_Pago"

    save_campaign(campaign=campaign)

    assert set(Tally.objects.values_list("day", flat=True)) != before
    assert differences() == []


def lose_a_state(walk: Walk) -> None:
    DoorState.objects.filter(dwelling=walk.flats[0]).delete()


def plant_a_state(walk: Walk) -> None:
    kept = DoorState.objects.get(dwelling=walk.flats[0])
    kept.pk, kept.dwelling = None, walk.flats[20]
    kept.save()


def change_a_state(walk: Walk) -> None:
    DoorState.objects.filter(dwelling=walk.flats[0]).update(state="never")


def make_a_state_older(walk: Walk) -> None:
    DoorState.objects.filter(dwelling=walk.flats[0]).update(ordered_at=walk.at - timedelta(days=9))


def change_a_tally(walk: Walk) -> None:
    Tally.objects.update(done=6)


def lose_the_tallies(walk: Walk) -> None:
    Tally.objects.all().delete()


def lose_a_visit(walk: Walk) -> None:
    Visit.objects.filter(dwelling=walk.flats[0]).delete()


def miscount_a_building(walk: Walk) -> None:
    Building.objects.update(dwelling_count=31)


PLANTED = [
    (lose_a_state, ["canvassing_doorstate"]),
    (plant_a_state, ["canvassing_doorstate"]),
    (change_a_state, ["canvassing_doorstate"]),
    (make_a_state_older, ["canvassing_doorstate"]),
    (change_a_tally, ["canvassing_tally"]),
    (lose_the_tallies, ["canvassing_tally"]),
    (lose_a_visit, ["canvassing_doorstate", "canvassing_tally"]),
    (miscount_a_building, ["territory_building"]),
]


@pytest.mark.parametrize(("plant", "tables"), PLANTED)
def test_a_planted_difference_is_found_and_check_changes_nothing(walked: Walk, plant: Any, tables: list[str]) -> None:
    plant(walked)

    with pytest.raises(CommandError):
        run("--check")
    assert [each.table for each in differences()] == tables


@pytest.mark.parametrize(("plant", "tables"), PLANTED)
def test_recount_puts_a_planted_difference_right(walked: Walk, plant: Any, tables: list[str]) -> None:
    before = set(DoorState.objects.values_list("pk", flat=True))
    plant(walked)

    assert f"Corrected {len(tables)} rows" in run()

    assert differences() == []
    assert len(before & set(DoorState.objects.values_list("pk", flat=True))) >= 9  # what agreed was left alone


def test_a_difference_says_what_is_kept_and_what_was_counted(walked: Walk) -> None:
    miscount_a_building(walked)

    (difference,) = differences()

    assert str(difference) == f"territory_building [{walked.building.pk}]: kept 2, 31, counted 2, 30"


def test_a_lost_row_is_told_as_nothing(walked: Walk) -> None:
    lose_the_tallies(walked)

    assert "kept nothing, counted 5, 5, 0, 0" in str(differences()[0])


def test_everything_can_be_rebuilt_from_the_visits_alone(walked: Walk) -> None:
    states = set(DoorState.objects.values_list("dwelling", "state", "visit_id"))
    tallies = set(Tally.objects.values_list("building", "day", "again", "done"))
    DoorState.objects.all().delete()
    Tally.objects.all().delete()

    rebuild()

    assert set(DoorState.objects.values_list("dwelling", "state", "visit_id")) == states
    assert set(Tally.objects.values_list("building", "day", "again", "done")) == tallies
