from typing import Any

import pytest
from django.urls import reverse

from campaign.access import Role
from campaign.kazakh import fold
from tests.factories import make_device, make_person, make_precinct
from volunteers.accounts.models import Device, PhoneLink
from volunteers.accounts.secret import digest_of
from volunteers.roster.models import Person

pytestmark = pytest.mark.django_db
LIST = "/people/"


def typed(**fields: Any) -> dict[str, Any]:
    return {"family_name": "Сәрсенова", "given_name": "Айгерим", "role": "volunteer", "language": "kk", **fields}


def names(response: Any) -> list[str]:
    return [row.family_name for row in response.context["list"].page.object_list]


def test_person_is_added_with_the_number_in_one_form(coordinator: Any) -> None:
    response = coordinator.post(reverse("roster:person-new"), typed(phone="8 (777) 123-45-67"))

    person = Person.objects.get(family_name="Сәрсенова")
    assert response["Location"] == person.get_absolute_url()
    assert (str(person.phone), person.language, person.role) == ("+77771234567", "kk", Role.VOLUNTEER)


def test_wrong_number_is_told_how_to_be_typed(coordinator: Any) -> None:
    response = coordinator.post(reverse("roster:person-new"), typed(phone="12345"))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["phone"])
    assert not Person.objects.filter(family_name="Сәрсенова").exists()


def test_a_number_that_somebody_has_is_asked_about_with_nothing_lost(coordinator: Any) -> None:
    other = make_person(family_name="Ли", phone="+77771234567")
    posted = typed(phone="8 777 123 45 67", patronymic="Болатқызы")

    asked = coordinator.post(reverse("roster:person-new"), posted)

    page = asked.content.decode()
    assert (asked.status_code, asked.context["form"].errors) == (422, {})
    assert f'href="{other.get_absolute_url()}"' in page
    assert 'name="anyway"' in page
    assert [asked.context["form"][name].value() for name in ("family_name", "patronymic")] == ["Сәрсенова", "Болатқызы"]
    assert not Person.objects.filter(family_name="Сәрсенова").exists()

    saved = coordinator.post(reverse("roster:person-new"), posted | {"anyway": "1"})

    assert saved["Location"] == Person.objects.get(family_name="Сәрсенова").get_absolute_url()


def test_a_namesake_is_asked_about_however_the_name_is_spelled(coordinator: Any) -> None:
    make_person(family_name="САРСЕНОВА", given_name="Айгерим")

    asked = coordinator.post(reverse("roster:person-new"), typed())

    assert asked.status_code == 422
    assert [person.family_name for person in asked.context["alike"].by_name] == ["САРСЕНОВА"]
    assert Person.objects.filter(family_name="Сәрсенова").count() == 0


def test_what_was_answered_once_is_not_asked_again(coordinator: Any) -> None:
    make_person(family_name="Ли", phone="+77771234567")
    person = make_person(family_name="Сәрсенова", given_name="Айгерим", phone="+77771234567")
    page = reverse("roster:person-edit", args=[person.pk])

    assert coordinator.post(page, typed(phone="8 777 123 45 67", language="ru")).status_code == 302
    assert coordinator.post(page, typed(phone="8 777 000 00 00")).status_code == 302
    assert coordinator.post(page, typed(phone="8 777 123 45 67")).status_code == 422


def test_people_without_a_number_are_not_alike_for_it(coordinator: Any) -> None:
    make_person(family_name="Ли", phone="")

    assert coordinator.post(reverse("roster:person-new"), typed()).status_code == 302


def test_extra_posted_fields_change_no_column(coordinator: Any) -> None:
    person = make_person(signs_in=True)

    coordinator.post(
        reverse("roster:person-edit", args=[person.pk]), typed(user=coordinator.user.pk, folded="x", sort="x", id=5)
    )

    saved = Person.objects.get(pk=person.pk)
    assert (saved.user, saved.folded) == (person.user, fold("Сәрсенова Айгерим"))


def test_fourth_proxy_is_refused_at_the_precinct_with_the_article(coordinator: Any) -> None:
    precinct = make_precinct()
    for _ in range(3):
        make_person(Role.PROXY, precinct=precinct)

    response = coordinator.post(reverse("roster:person-new"), typed(role="proxy", precinct=precinct.pk))

    (error,) = response.context["form"].errors["precinct"]
    assert response.status_code == 422
    assert "ст. 31" in error


def test_list_is_searched_with_kazakh_letters_folded(coordinator: Any) -> None:
    make_person(family_name="Төлебаева", given_name="Үміт")
    make_person(family_name="Ли", given_name="Сергей")

    assert names(coordinator.get(LIST, {"q": "толебаева умит"})) == ["Төлебаева"]


def test_list_is_searched_by_the_digits_of_a_phone(coordinator: Any) -> None:
    make_person(family_name="Ли", phone="+77771234567")

    assert names(coordinator.get(LIST, {"q": "8 777 123 45 67"})) == ["Ли"]


def test_list_stands_in_the_order_of_the_kazakh_alphabet(coordinator: Any) -> None:
    Person.objects.all().delete()
    for name in ("Яковлев", "Әбенов", "Бекова", "Қасымов", "Ли", "Абенов", "Кимова"):
        make_person(family_name=name)

    assert names(coordinator.get(LIST)) == ["Абенов", "Әбенов", "Бекова", "Кимова", "Қасымов", "Ли", "Яковлев"]


def test_list_is_narrowed_by_role_precinct_and_language(coordinator: Any) -> None:
    precinct = make_precinct()
    make_person(Role.PROXY, family_name="Абенов", precinct=precinct, language="kk")
    make_person(Role.PROXY, family_name="Бекова", language="ru")

    assert names(coordinator.get(LIST, {"role": "proxy"})) == ["Абенов", "Бекова"]
    assert names(coordinator.get(LIST, {"precinct": precinct.pk})) == ["Абенов"]
    assert names(coordinator.get(LIST, {"role": "proxy", "language": "ru"})) == ["Бекова"]


def test_export_has_the_rows_of_the_list(coordinator: Any) -> None:
    Person.objects.all().delete()
    make_person(family_name="Әбенов", given_name="Болат", patronymic="", phone="+77771234567", language="kk")

    text = coordinator.get(LIST, {"export": "csv"}).getvalue().decode("utf-8-sig")

    (row,) = [line.split(";") for line in text.splitlines()[1:]]
    assert [row[0], row[2], row[3]] == ["Әбенов Болат", "", "'+7 777 123 45 67"]
    assert coordinator.get(LIST, {"export": "xlsx"}).getvalue().startswith(b"PK")


@pytest.mark.parametrize("count", [1, 30])
def test_list_of_any_length_costs_the_same_queries(
    coordinator: Any, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        make_person(precinct=make_precinct(), signs_in=True)

    # session, user, campaign, count, rows, precincts of the filter, badge
    with django_assert_num_queries(7):
        coordinator.get(LIST)


def test_empty_list_has_one_main_act(coordinator: Any) -> None:
    Person.objects.all().delete()

    page = coordinator.get(LIST).content.decode()

    assert page.count("btn main") == 1
    assert reverse("roster:person-new") in page


def test_looking_at_the_phone_page_makes_no_link(coordinator: Any) -> None:
    person = make_person()

    coordinator.get(reverse("roster:person-phone-link", args=[person.pk]))

    assert PhoneLink.objects.count() == 0


def test_code_and_link_are_shown_once_with_the_token_in_the_fragment(coordinator: Any, settings: Any) -> None:
    settings.DAUYS_URL = "https://dauys.example"
    person = make_person()

    response = coordinator.post(reverse("roster:person-phone-link", args=[person.pk]))

    address, _hash, token = response.context["address"].partition("#")
    assert address == "https://dauys.example/phone/link/"
    assert PhoneLink.objects.get().digest == digest_of(token)
    assert "<svg" in response.content.decode()
    assert "style=" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("http://localhost:8000", "nowhere"),
        ("http://127.0.0.1:8000", "nowhere"),
        ("http://127.0.1.1", "nowhere"),
        ("https://dauys.localhost", "nowhere"),
        ("http://[::1]:8000", "nowhere"),
        ("http://0.0.0.0:8000", "nowhere"),
        ("http://192.168.1.5:8000", "online"),
        ("https://dauys.example", ""),
        ("https://192.168.1.5", ""),
    ],
)
def test_the_page_says_when_no_phone_can_use_the_address(
    coordinator: Any, settings: Any, url: str, trouble: str
) -> None:
    settings.DAUYS_URL = url
    address = reverse("roster:person-phone-link", args=[make_person().pk])

    pages = [coordinator.get(address), coordinator.post(address)]

    assert [page.context["trouble"] for page in pages] == [trouble] * 2
    assert all(("docs/running.md" in page.content.decode()) is bool(trouble) for page in pages)


def test_person_of_the_desk_is_refused_a_phone(coordinator: Any, staff: Any) -> None:
    response = coordinator.post(reverse("roster:person-phone-link", args=[staff.person.pk]))

    assert response["Location"] == staff.person.get_absolute_url()
    assert PhoneLink.objects.count() == 0


def test_phone_is_disconnected_after_a_confirmation(coordinator: Any) -> None:
    person = make_person(signs_in=True)
    device, _bearer = make_device(person.user)
    revoke, back = reverse("accounts:device-revoke", args=[device.pk]), person.get_absolute_url()

    assert revoke in coordinator.get(back).content.decode()
    coordinator.get(revoke, {"next": back})
    assert Device.objects.get().revoked_at is None
    response = coordinator.post(revoke, {"next": back})

    assert response["Location"] == back
    assert Device.objects.get().revoked_at is not None


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_disconnecting_leads_to_no_other_site(coordinator: Any, elsewhere: str) -> None:
    device, _bearer = make_device()

    response = coordinator.post(reverse("accounts:device-revoke", args=[device.pk]), {"next": elsewhere})

    assert response["Location"].startswith("/")
    assert not response["Location"].startswith("//")


def test_password_of_the_desk_is_shown_once(coordinator: Any) -> None:
    person = make_person(Role.STAFF)
    page = reverse("roster:person-desk-access", args=[person.pk])

    response = coordinator.post(page, {"email": "dana@example.kz"})

    password = response.context["password"]
    person.refresh_from_db()
    assert person.user is not None
    assert person.user.check_password(password)
    assert password in response.content.decode()
    assert password not in coordinator.get(page).content.decode()


def test_staff_cannot_hand_out_passwords(staff: Any) -> None:
    person = make_person(Role.STAFF)

    response = staff.post(reverse("roster:person-desk-access", args=[person.pk]), {"email": "dana@example.kz"})

    assert response.status_code == 403
