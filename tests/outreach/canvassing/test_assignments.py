from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from campaign.territory.blocks import BlockPlan
from outreach.canvassing.models import Assignment, Turf
from outreach.canvassing.services import CannotHandOut, assign_turf, end_assignment
from outreach.canvassing.shifts import usual_shift
from tests import factories

pytestmark = pytest.mark.django_db

PLAN = BlockPlan(entrances=2, floors=2, flats_per_landing=2)


def times(**changed: Any) -> dict[str, str]:
    now = timezone.now()
    start, end = changed.get("start", now), changed.get("end", now + timedelta(hours=4))
    zone = factories.make_campaign(checked=False).zone
    return {
        "starts_at": f"{start.astimezone(zone):%Y-%m-%dT%H:%M}",
        "ends_at": f"{end.astimezone(zone):%Y-%m-%dT%H:%M}",
    }


@pytest.mark.parametrize(
    ("now", "end"), [("2026-11-17 14:20", "2026-11-17 21:00"), ("2026-11-17 20:30", "2026-11-18 21:00")]
)
def test_a_shift_usually_lasts_until_nine_in_the_evening(now: str, end: str) -> None:
    start, until = usual_shift(datetime.fromisoformat(now + ":33+05:00"))

    assert f"{start:%Y-%m-%d %H:%M:%S}" == now + ":00"
    assert f"{until:%Y-%m-%d %H:%M}" == end


def test_a_turf_is_given_to_persons_for_a_time(coordinator: Any) -> None:
    turf, pair = factories.make_turf(), [factories.make_person(), factories.make_person()]

    answer = coordinator.post(
        reverse("canvassing:turf-assign", args=[turf.pk]), {"persons": [each.pk for each in pair], **times()}
    )

    assignment = Assignment.objects.get()
    assert answer.url == turf.get_absolute_url()
    assert set(assignment.persons.all()) == set(pair)
    assert assignment.made_by == coordinator.user


def test_nobody_and_wrong_times_are_refused_with_what_was_typed(coordinator: Any) -> None:
    turf, person, now = factories.make_turf(), factories.make_person(), timezone.now()
    address = reverse("canvassing:turf-assign", args=[turf.pk])

    nobody = coordinator.post(address, times())
    backwards = coordinator.post(address, {"persons": [person.pk], **times(end=now - timedelta(hours=1))})

    assert (nobody.status_code, list(nobody.context["form"].errors)) == (422, ["persons"])
    assert (backwards.status_code, list(backwards.context["form"].errors)) == (422, ["ends_at"])
    assert not Assignment.objects.exists()


def test_an_assignment_into_the_silence_is_refused_with_the_article(coordinator: Any, campaign: Any) -> None:
    turf, person = factories.make_turf(), factories.make_person()
    silence = campaign.calendar().silence_from

    answer = coordinator.post(
        reverse("canvassing:turf-assign", args=[turf.pk]),
        {"persons": [person.pk], **times(end=silence + timedelta(hours=12))},
    )

    assert answer.status_code == 422
    assert "32" in answer.context["form"].errors["ends_at"][0]


def test_an_assignment_may_last_until_the_silence_begins(coordinator: Any, campaign: Any) -> None:
    turf, silence = factories.make_turf(), campaign.calendar().silence_from

    coordinator.post(
        reverse("canvassing:turf-assign", args=[turf.pk]),
        {"persons": [factories.make_person().pk], **times(end=silence)},
    )

    assert Assignment.objects.get().ends_at == silence


def test_services_refuse_what_a_form_would_have_refused() -> None:
    turf, now = factories.make_turf(), timezone.now()
    spans = {"starts_at": now, "ends_at": now + timedelta(hours=1), "by": None}

    with pytest.raises(CannotHandOut):
        assign_turf(turf=turf, persons=[], **spans)
    with pytest.raises(CannotHandOut):
        assign_turf(turf=turf, persons=[factories.make_person()], **spans | {"ends_at": now})

    assert not Assignment.objects.exists()


def test_who_has_no_phone_gets_a_button_and_who_has_one_does_not(coordinator: Any) -> None:
    turf = factories.make_turf()
    bare, armed = factories.make_person(), factories.make_person(signs_in=True)
    lost = factories.make_person(signs_in=True)
    factories.make_device(armed.user)
    factories.make_device(lost.user, revoked_at=timezone.now())
    factories.make_assignment(turf, bare, armed, lost)

    page = coordinator.get(turf.get_absolute_url()).text

    buttons = [reverse("roster:person-phone-link", args=[person.pk]) in page for person in (bare, armed, lost)]
    assert buttons == [True, False, True]


def test_an_assignment_that_is_over_asks_for_no_phone(coordinator: Any) -> None:
    turf, person, now = factories.make_turf(), factories.make_person(), timezone.now()
    factories.make_assignment(turf, person, starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))

    assert reverse("roster:person-phone-link", args=[person.pk]) not in coordinator.get(turf.get_absolute_url()).text


def test_taking_back_says_how_many_flats_are_left_and_acts_on_post_only(coordinator: Any) -> None:
    block = factories.make_building(plan=PLAN)
    turf = factories.make_turf(entrances=block.entrances.all())
    assignment = factories.make_assignment(turf)
    address = reverse("canvassing:assignment-end", args=[assignment.pk])

    page = coordinator.get(address)
    assert "8" in page.context["verb"]
    assignment.refresh_from_db()
    assert assignment.ends_at > timezone.now()

    assert coordinator.post(address).url == turf.get_absolute_url()
    assignment.refresh_from_db()
    assert assignment.ends_at <= timezone.now()


def test_an_assignment_that_is_over_cannot_be_taken_back_again(coordinator: Any) -> None:
    now = timezone.now()
    assignment = factories.make_assignment(starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))

    assert coordinator.post(reverse("canvassing:assignment-end", args=[assignment.pk])).status_code == 404


def test_what_has_not_begun_is_removed_altogether() -> None:
    now = timezone.now()
    assignment = factories.make_assignment(starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2))

    end_assignment(assignment=assignment, at=now)

    assert not Assignment.objects.exists()


def test_what_began_this_second_still_has_a_length() -> None:
    start = timezone.now()
    assignment = factories.make_assignment(starts_at=start, ends_at=start + timedelta(hours=2))

    end_assignment(assignment=assignment, at=start + timedelta(milliseconds=1))

    assert assignment.ends_at == start + timedelta(seconds=1)


def test_from_a_houses_page_entrances_are_handed_out_in_one_go(coordinator: Any) -> None:
    round = factories.make_round()
    block = factories.make_building(plan=PLAN)
    first, _second = block.entrances.all()
    person = factories.make_person()

    page = coordinator.get(block.get_absolute_url()).text
    address = reverse("canvassing:hand-out", args=[block.pk])
    assert f'action="{address}"' in page
    assert str(first.pk) in page

    answer = coordinator.post(address, {"entrances": [str(first.pk)], "persons": [person.pk], **times()}, follow=True)

    turf = Turf.objects.get()
    assert (turf.round, list(turf.entrances.all()), turf.name) == (round, [first], str(block))
    assert list(turf.assignments.get().persons.all()) == [person]
    assert reverse("roster:person-phone-link", args=[person.pk]) in answer.text


def test_handing_out_without_entrances_keeps_the_chosen_people(coordinator: Any) -> None:
    factories.make_round()
    block, person = factories.make_building(plan=PLAN), factories.make_person()

    answer = coordinator.post(reverse("canvassing:hand-out", args=[block.pk]), {"persons": [person.pk], **times()})

    assert answer.status_code == 422
    assert answer.context["form"]["persons"].value() == [str(person.pk)]
    assert not Turf.objects.exists()


def test_an_undescribed_block_is_handed_out_whole(coordinator: Any) -> None:
    factories.make_round()
    block, person = factories.make_building(), factories.make_person()

    coordinator.post(
        reverse("canvassing:hand-out", args=[block.pk]),
        {"buildings": [str(block.pk)], "persons": [person.pk], **times()},
    )

    assert list(Turf.objects.get().buildings.all()) == [block]


def test_the_candidate_may_look_but_not_hand_out(candidate: Any) -> None:
    factories.make_round()
    block, turf = factories.make_building(plan=PLAN), factories.make_turf()

    assert "hand-out" not in candidate.get(block.get_absolute_url()).text
    assert candidate.post(reverse("canvassing:turf-assign", args=[turf.pk]), times()).status_code == 403
    assert candidate.post(reverse("canvassing:hand-out", args=[block.pk]), times()).status_code == 403


def test_the_default_end_is_this_evening_in_the_campaigns_zone(coordinator: Any) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-11-17T09:00:00+00:00")):
        coordinator.client.force_login(coordinator.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = coordinator.get(factories.make_turf().get_absolute_url()).text

    assert 'value="2026-11-17T14:00"' in page
    assert 'value="2026-11-17T21:00"' in page


def labels(coordinator: Any) -> list[str]:
    page = coordinator.get(reverse("canvassing:turf-detail", args=[factories.make_turf().pk]))
    with translation.override("ru"):
        return [label for _person, label in page.context["form"]["persons"].field.choices]


def test_who_may_go_is_told_apart_by_precinct_and_by_the_end_of_the_number(coordinator: Any) -> None:
    precinct = factories.make_precinct(number=14)
    factories.make_person("proxy", family_name="Ли", given_name="Анна", precinct=precinct)
    factories.make_person(family_name="Ким", given_name="Юлия", phone="+77771234567", precinct=precinct)
    factories.make_person(family_name="Ким", given_name="Юлия", phone="", precinct=precinct)
    factories.make_person(family_name="Ким", given_name="Юлия", phone="+77770001122")
    factories.make_person(family_name="Цой", given_name="Юлия", precinct=precinct)

    shown = labels(coordinator)

    namesakes = {f"Ким Юлия, {precinct}, …45 67", f"Ким Юлия, {precinct}", "Ким Юлия, …11 22"}
    assert {f"Ли Анна, {precinct}", *namesakes, "Цой Юлия"} <= set(shown)
    assert len(shown) == len(set(shown))


def test_choosing_among_many_people_costs_the_same_queries(
    coordinator: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    page = reverse("canvassing:turf-detail", args=[factories.make_turf().pk])
    factories.make_person("proxy", precinct=factories.make_precinct())
    with django_assert_max_num_queries(20) as first:
        coordinator.get(page)
    for _each in range(20):
        factories.make_person("proxy", precinct=factories.make_precinct())

    with django_assert_num_queries(len(first)):
        coordinator.get(page)
