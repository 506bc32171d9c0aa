from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from campaign.access import Role
from tests.factories import make_campaign, make_device, make_person, make_precinct, make_user
from volunteers.accounts.models import PhoneLink, User
from volunteers.accounts.services import CannotDo, make_phone_link
from volunteers.roster.models import Person
from volunteers.roster.services import give_phone, open_desk, save_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db: None) -> User:
    make_campaign()
    return make_user(Role.COORDINATOR)


def new_proxy(precinct: Any, name: str = "Ермеков") -> Person:
    return Person(family_name=name, given_name="Болат", role=Role.PROXY, precinct=precinct)


def test_three_proxies_of_a_precinct_are_saved_and_a_fourth_is_refused_with_the_article(boss: User) -> None:
    precinct = make_precinct()
    for number in range(3):
        save_person(person=new_proxy(precinct, f"Ермеков{number}"), by=boss)

    with pytest.raises(CannotDo, match="31") as refusal:
        save_person(person=new_proxy(precinct), by=boss)
    assert refusal.value.field == "precinct"
    assert Person.objects.proxies_of(precinct.pk).count() == 3


def test_third_proxy_can_be_edited_without_counting_twice(boss: User) -> None:
    precinct = make_precinct()
    people = [make_person(Role.PROXY, precinct=precinct) for _ in range(3)]
    people[2].given_name = "Мұрат"

    assert save_person(person=people[2], by=boss) == []


def test_full_precinct_leaves_room_in_another(boss: User) -> None:
    full = make_precinct()
    for _ in range(3):
        make_person(Role.PROXY, precinct=full)

    assert save_person(person=new_proxy(make_precinct()), by=boss) == []


def test_fourth_proxy_is_only_warned_of_while_the_rules_are_unverified_for_the_date() -> None:
    make_campaign(checked=False)
    boss, precinct = make_user(Role.COORDINATOR), make_precinct()
    for _ in range(3):
        make_person(Role.PROXY, precinct=precinct)

    warnings = save_person(person=new_proxy(precinct), by=boss)

    assert len(warnings) == 1
    assert Person.objects.proxies_of(precinct.pk).count() == 4


def test_proxy_without_a_precinct_is_asked_for_one(boss: User) -> None:
    with pytest.raises(CannotDo) as refusal:
        save_person(person=new_proxy(None), by=boss)
    assert refusal.value.field == "precinct"


@pytest.mark.django_db(transaction=True)
def test_of_ten_proxies_entered_at_once_exactly_three_stay() -> None:
    make_campaign()
    boss, precinct, start = make_user(Role.COORDINATOR), make_precinct(), Barrier(10)

    def enter(number: int) -> str:
        start.wait()
        try:
            save_person(person=new_proxy(precinct, f"Ермеков{number}"), by=boss)
        except CannotDo:
            return "refused"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(pool.map(enter, range(10)))

    assert outcomes == ["refused"] * 7 + ["saved"] * 3
    assert Person.objects.proxies_of(precinct.pk).count() == 3


@pytest.mark.parametrize(("old", "new"), [(Role.VOLUNTEER, Role.STAFF), (Role.STAFF, Role.VOLUNTEER)])
def test_staff_give_and_take_away_no_role_at_the_desk(boss: User, old: Role, new: Role) -> None:
    person = make_person(old)
    person.role = new

    with pytest.raises(CannotDo):
        save_person(person=person, by=make_user(Role.STAFF))
    assert Person.objects.get().role == old


def test_only_coordinator_cannot_step_down(boss: User) -> None:
    person = make_person(Role.COORDINATOR, user=boss)
    person.role = Role.STAFF

    with pytest.raises(CannotDo):
        save_person(person=person, by=boss)
    make_user(Role.COORDINATOR)
    save_person(person=person, by=boss)
    boss.refresh_from_db()
    assert boss.role == Role.STAFF


def test_account_follows_the_name_and_role_of_its_person(boss: User) -> None:
    person = make_person(signs_in=True)
    person.given_name, person.family_name, person.role = "Айгерим", "Сәрсенова", Role.CANDIDATE

    save_person(person=person, by=boss)

    person.user.refresh_from_db()
    assert (person.user.name, person.user.role) == ("Айгерим С.", Role.CANDIDATE)


def test_who_joins_the_desk_loses_phones_and_links(boss: User) -> None:
    person = make_person(signs_in=True)
    device, _bearer = make_device(person.user)
    make_phone_link(user=person.user, made_by=boss)
    person.role = Role.STAFF

    save_person(person=person, by=boss)

    device.refresh_from_db()
    assert device.revoked_at is not None
    assert PhoneLink.objects.count() == 0


def test_who_leaves_the_desk_loses_the_password(boss: User) -> None:
    person = make_person(Role.STAFF, signs_in=True)
    person.role = Role.VOLUNTEER

    save_person(person=person, by=boss)

    person.user.refresh_from_db()
    assert not person.user.has_usable_password()


def test_first_phone_makes_an_account_without_a_password(boss: User) -> None:
    person = make_person(Role.PROXY, given_name="Айгерим", family_name="Сәрсенова", language="kk")

    give_phone(person=person, made_by=boss)

    person.refresh_from_db()
    user = person.user
    assert user is not None
    assert (user.name, user.role, user.language) == ("Айгерим С.", Role.PROXY, "kk")
    assert not user.has_usable_password()
    assert PhoneLink.objects.get().user == user


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STAFF])
@pytest.mark.parametrize("signs_in", [True, False])
def test_people_of_the_desk_get_no_phone_link(boss: User, role: Role, signs_in: bool) -> None:
    with pytest.raises(CannotDo):
        give_phone(person=make_person(role, signs_in=signs_in), made_by=boss)
    assert PhoneLink.objects.count() == 0


def test_desk_access_makes_a_password_of_at_least_fifteen_letters(boss: User) -> None:
    person = make_person(Role.STAFF)

    password = open_desk(person=person, email="dana@example.kz")

    person.refresh_from_db()
    assert len(password) >= 15
    assert person.user is not None
    assert person.user.check_password(password)
    assert (person.user.email, person.user.role) == ("dana@example.kz", Role.STAFF)


def test_volunteer_gets_no_desk_access(boss: User) -> None:
    with pytest.raises(CannotDo):
        open_desk(person=make_person(), email="dana@example.kz")


def test_one_email_belongs_to_one_account(boss: User) -> None:
    make_user(Role.STAFF, email="dana@example.kz")

    with pytest.raises(CannotDo):
        open_desk(person=make_person(Role.STAFF), email="Dana@example.kz")
