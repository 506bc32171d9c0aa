import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from campaign.access import Role
from campaign.profile.models import Campaign
from tests.factories import make_user
from volunteers.accounts.models import SetUpCode, User
from volunteers.accounts.secret import digest_of, make_code, plain_code
from volunteers.accounts.services import CannotDo, claim_set_up, invite_coordinator

pytestmark = pytest.mark.django_db
PASSWORD = "lanterns-over-the-courtyard"


def typed(code: str, **fields: str) -> dict[str, str]:
    return {"code": code, "name": "Асель", "email": "asel@example.kz", "password": PASSWORD, **fields}


def test_command_prints_the_page_and_a_code_that_works(client: Client, settings: Any) -> None:
    settings.DAUYS_URL = "https://dauys.example"
    out = io.StringIO()
    call_command("invite_coordinator", stdout=out)
    first, second = out.getvalue().splitlines()

    response = client.post(reverse("accounts:set-up"), typed(second.removeprefix("One-time code: ")))

    assert first == "Open https://dauys.example/set-up/"
    assert (response.status_code, response["Location"]) == (302, reverse("profile:campaign"))


def test_first_coordinator_is_signed_in_and_the_code_is_used_up(client: Client) -> None:
    code = invite_coordinator()

    client.post(reverse("accounts:set-up"), typed(code))

    user = User.objects.get()
    assert (user.name, user.email, user.role) == ("Асель", "asel@example.kz", Role.COORDINATOR)
    assert user.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert SetUpCode.objects.get().used_at is not None


def test_only_a_digest_of_the_code_is_kept() -> None:
    code = invite_coordinator()

    assert SetUpCode.objects.values_list("digest", flat=True)[0] == digest_of(code)


def test_new_code_replaces_the_earlier_one() -> None:
    first, second = invite_coordinator(), invite_coordinator()

    with pytest.raises(CannotDo):
        claim_set_up(**typed(first))
    assert claim_set_up(**typed(second)).role == Role.COORDINATOR


@pytest.mark.parametrize(
    "spelling", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")]
)
def test_code_may_be_typed_in_any_usual_way(spelling: Any) -> None:
    code = make_code()

    assert plain_code(spelling(code)) == code


def test_wrong_code_makes_nobody(client: Client) -> None:
    invite_coordinator()

    response = client.post(reverse("accounts:set-up"), typed("2222-3333-4444-5555"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["code"]
    assert User.objects.count() == 0


@pytest.mark.parametrize("password", ["short-one", "1q2w3e4r5t6y7u8i9o0p", "asel@example.kz"])
def test_weak_password_is_refused_and_leaves_the_code_alive(client: Client, password: str) -> None:
    code = invite_coordinator()

    response = client.post(reverse("accounts:set-up"), typed(code, password=password))

    assert list(response.context["form"].errors) == ["password"]
    assert SetUpCode.objects.get().used_at is None


def test_long_password_of_64_letters_is_taken(client: Client) -> None:
    long = "ақ-қар-үстінде-" * 4 + "1234"
    assert len(long) == 64

    client.post(reverse("accounts:set-up"), typed(invite_coordinator(), password=long))

    assert User.objects.get().check_password(long)


def test_page_leads_to_sign_in_once_there_is_a_coordinator(client: Client) -> None:
    make_user(Role.COORDINATOR)

    response = client.get(reverse("accounts:set-up"))

    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))


def test_command_refuses_when_there_is_a_coordinator() -> None:
    make_user(Role.COORDINATOR)

    with pytest.raises(CommandError):
        call_command("invite_coordinator")


def test_desk_leads_the_coordinator_to_set_up_while_there_is_no_campaign(client: Client) -> None:
    client.force_login(make_user(Role.COORDINATOR), backend="allauth.account.auth_backends.AuthenticationBackend")

    response = client.get(reverse("roster:person-list"))

    assert Campaign.current() is None
    assert (response.status_code, response["Location"]) == (302, reverse("profile:campaign"))
