from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from campaign.territory.blocks import BlockPlan
from outreach.canvassing.models import Round, Tally, Visit
from tests import factories

pytestmark = pytest.mark.django_db

NEW = reverse("canvassing:round-new")


def filled(**changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "name": "Второй обход",
        "goal": "Узнать, что сделать во дворе",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=5)).isoformat(),
        "script_ru": "Здравствуйте!",
        "script_kk": "Сәлеметсіз бе!",
        "theses_ru": "Свет во дворе",
        "theses_kk": "Ауладағы жарық",
        **changed,
    }


def test_a_round_inside_the_window_is_saved_without_a_warning(coordinator: Any) -> None:
    answer = coordinator.post(NEW, filled(), follow=True)

    round = Round.objects.get()
    assert answer.redirect_chain == [(round.get_absolute_url(), 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]
    assert (round.script_kk, round.theses_ru) == ("Сәлеметсіз бе!", "Свет во дворе")


@pytest.mark.parametrize(("field", "days"), [("starts_on", -60), ("ends_on", -1), ("ends_on", 0), ("ends_on", 20)])
def test_days_outside_of_the_window_are_refused_with_the_article(
    coordinator: Any, campaign: Any, field: str, days: int
) -> None:
    day = campaign.voting_day + timedelta(days=days)

    answer = coordinator.post(NEW, filled(**{field: day.isoformat()}))

    assert answer.status_code == 422
    (error,) = answer.context["form"].errors[field]
    assert any(article in error for article in ("27", "32"))
    assert not Round.objects.exists()


def test_the_last_day_of_agitation_may_be_the_rounds_last_day(coordinator: Any, campaign: Any) -> None:
    last = campaign.voting_day - timedelta(days=2)

    assert coordinator.post(NEW, filled(ends_on=last.isoformat())).status_code == 302


def test_without_a_lawyers_check_the_same_days_are_saved_with_a_warning(coordinator: Any, campaign: Any) -> None:
    campaign.checks.all().delete()
    day = timezone.localdate() + timedelta(days=40)

    answer = coordinator.post(NEW, filled(ends_on=day.isoformat()), follow=True)

    assert Round.objects.count() == 1
    assert "warning" in [message.level_tag for message in answer.context["messages"]]


def test_a_last_day_before_the_first_is_refused_at_its_field(coordinator: Any) -> None:
    day = timezone.localdate() - timedelta(days=1)

    answer = coordinator.post(NEW, filled(ends_on=day.isoformat()))

    assert list(answer.context["form"].errors) == ["ends_on"]


def test_a_round_is_changed_in_place(coordinator: Any) -> None:
    round = factories.make_round()

    coordinator.post(reverse("canvassing:round-edit", args=[round.pk]), filled(name="Третий обход"))

    assert [each.name for each in Round.objects.all()] == ["Третий обход"]


def test_before_set_up_planning_a_round_leads_to_the_campaign(coordinator: Any, campaign: Any) -> None:
    campaign.delete()

    assert coordinator.get(NEW).url == reverse("profile:campaign")


def test_the_candidate_reads_rounds_but_may_not_plan_one(candidate: Any) -> None:
    assert candidate.get(reverse("canvassing:round-list")).status_code == 200
    assert NEW not in candidate.get(reverse("canvassing:round-list")).text
    assert candidate.post(NEW, filled()).status_code == 403


def test_without_rounds_the_list_has_exactly_one_main_act(coordinator: Any) -> None:
    page = coordinator.get(reverse("canvassing:round-list")).text

    assert page.count("btn main") == 1
    assert f'href="{NEW}"' in page


def walked(precincts: int = 1) -> Round:
    round = factories.make_round()
    person = factories.make_person()
    for _ in range(precincts):
        block = factories.make_building(
            plan=BlockPlan(entrances=1, floors=2, flats_per_landing=2), precinct=factories.make_precinct()
        )
        flat = block.dwellings.first()
        Tally.objects.create(round=round, building=block, day=timezone.localdate(), done=1, again=2)
        now = timezone.now()
        Visit.objects.create(
            id=flat.pk,
            round=round,
            dwelling=flat,
            person=person if precincts == 1 else factories.make_person(),
            state="done",
            phone_at=now,
            acted_at=now,
            ordered_at=now,
        )
    return round


@pytest.mark.parametrize("name", ["round-detail", "round-buildings", "round-people", "round-crossed"])
def test_progress_costs_the_same_queries_at_1_and_30_rows(
    coordinator: Any, django_assert_num_queries: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    one, thirty = walked(), walked(precincts=30)
    with django_assert_max_num_queries(14) as first:
        coordinator.get(reverse(f"canvassing:{name}", args=[one.pk]))

    with django_assert_num_queries(len(first)):
        coordinator.get(reverse(f"canvassing:{name}", args=[thirty.pk]))


def test_the_pages_of_a_round_show_precinct_house_and_person(coordinator: Any) -> None:
    round = walked()
    visit = Visit.objects.select_related("person", "dwelling__building__precinct").get()

    def page(name: str) -> str:
        return coordinator.get(reverse(f"canvassing:{name}", args=[round.pk])).text

    assert str(visit.dwelling.building.precinct) in page("round-detail")
    assert visit.dwelling.building.house in page("round-buildings")
    assert visit.person.family_name in page("round-people")


def test_the_people_of_a_round_can_be_exported(coordinator: Any) -> None:
    round = walked()

    answer = coordinator.get(reverse("canvassing:round-people", args=[round.pk]) + "?export=csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].split(";")[1:3] == ["1", "1"]


def test_the_bar_of_a_precinct_carries_the_plan_of_today(coordinator: Any) -> None:
    round = walked()

    page = coordinator.get(reverse("canvassing:round-detail", args=[round.pk]))

    ((_row, bar),) = page.context["rows"]
    assert 'class="b-plan"' in bar
    assert bar in page.text
