from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaign.access import Role
from tests.factories import PASSWORD, make_campaign, make_user

pytestmark = pytest.mark.django_db
WRONG = "apples-in-every-courtyard"


@pytest.fixture
def aliya(db: None) -> Any:
    make_campaign()
    return make_user(Role.STAFF, email="aliya@example.kz", name="Әлия")


def sign_in(client: Client, email: str, password: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def errors(response: Any) -> list[str]:
    return list(response.context["form"].non_field_errors())


def test_email_and_password_open_the_desk(client: Client, aliya: Any) -> None:
    response = sign_in(client, "aliya@example.kz", PASSWORD)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(aliya.pk)


def test_email_may_be_typed_in_capitals(client: Client, aliya: Any) -> None:
    assert sign_in(client, "ALIYA@example.kz", PASSWORD).status_code == 302


def test_session_gets_a_new_id_at_sign_in(client: Client, aliya: Any) -> None:
    client.get(reverse("account_login"))
    client.session.save()
    session = client.session
    session["before"] = True
    session.save()
    before = client.cookies["session"].value if "session" in client.cookies else session.session_key

    sign_in(client, "aliya@example.kz", PASSWORD)

    assert client.cookies["session"].value != before


def test_unknown_account_and_wrong_password_read_the_same(client: Client, aliya: Any) -> None:
    unknown = errors(sign_in(client, "nobody@example.kz", WRONG))
    wrong = errors(sign_in(client, "aliya@example.kz", WRONG))

    assert unknown == wrong
    assert len(wrong) == 1


def test_disabled_account_reads_like_a_wrong_password(client: Client, aliya: Any) -> None:
    wrong = errors(sign_in(client, "aliya@example.kz", WRONG))
    aliya.is_active = False
    aliya.save()

    assert errors(sign_in(client, "aliya@example.kz", PASSWORD)) == wrong


def test_phone_holder_has_no_password_that_could_be_guessed(client: Client) -> None:
    make_user(Role.VOLUNTEER, email="volunteer@example.kz")

    for password in ("", "!", WRONG):
        assert sign_in(client, "volunteer@example.kz", password).status_code == 200
    assert "_auth_user_id" not in client.session


def test_sixth_failed_sign_in_is_refused_even_with_the_right_password(client: Client, aliya: Any) -> None:
    for _ in range(5):
        sign_in(client, "aliya@example.kz", WRONG)

    response = sign_in(client, "aliya@example.kz", PASSWORD)

    assert response.status_code == 200
    assert errors(response) != errors(sign_in(client, "nobody@example.kz", WRONG))
    assert "_auth_user_id" not in client.session


def test_others_sign_in_while_one_account_is_refused(client: Client, aliya: Any) -> None:
    make_user(Role.STAFF, email="bolat@example.kz")
    for _ in range(6):
        sign_in(client, "aliya@example.kz", WRONG)

    assert sign_in(client, "bolat@example.kz", PASSWORD).status_code == 302


def test_empty_form_says_what_to_type(client: Client, aliya: Any) -> None:
    form = sign_in(client, "", "").context["form"]

    assert {name: len(found) for name, found in form.errors.items()} == {"login": 1, "password": 1}


def test_sign_out_ends_the_session_by_post_only(client: Client, aliya: Any) -> None:
    sign_in(client, "aliya@example.kz", PASSWORD)

    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    response = client.post(reverse("account_logout"))

    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_disabled_account_is_refused_at_its_next_request(client: Client, aliya: Any) -> None:
    sign_in(client, "aliya@example.kz", PASSWORD)
    people = reverse("roster:person-list")
    assert client.get(people).status_code == 200
    aliya.is_active = False
    aliya.save()

    assert client.get(people).status_code == 302


def test_role_taken_away_is_felt_at_the_next_request(client: Client, aliya: Any) -> None:
    sign_in(client, "aliya@example.kz", PASSWORD)
    aliya.role = Role.CANDIDATE
    aliya.save()

    assert client.get(reverse("roster:person-list")).status_code == 403


def test_sixty_sign_ins_a_minute_from_one_address_are_taken_and_the_next_is_told_to_wait(
    client: Client, aliya: Any
) -> None:
    codes = [sign_in(client, "", "").status_code for _ in range(61)]

    assert codes == [200] * 60 + [429]


def test_form_from_an_old_page_is_refused_with_what_to_do(aliya: Any) -> None:
    response = sign_in(Client(enforce_csrf_checks=True), "aliya@example.kz", PASSWORD)

    assert response.status_code == 403
    assert "403_csrf.html" in [each.name for each in response.templates]
