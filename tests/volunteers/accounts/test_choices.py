from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_chosen_language_stays_with_the_browser_and_the_account(coordinator: Any) -> None:
    response = coordinator.post(reverse("set_language"), {"language": "kk", "next": "/people/"})

    coordinator.user.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/people/")
    assert (coordinator.client.cookies["language"].value, coordinator.user.language) == ("kk", "kk")


def test_account_brings_its_language_to_another_browser(coordinator: Any) -> None:
    coordinator.post(reverse("set_language"), {"language": "kk"})
    elsewhere = Client()
    elsewhere.force_login(coordinator.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert elsewhere.get("/people/")["Content-Language"] == "kk"


@pytest.mark.parametrize("language", ["", "de", "xx-klingon", "../kk"])
def test_language_that_there_is_none_of_changes_nothing(coordinator: Any, language: str) -> None:
    coordinator.post(reverse("set_language"), {"language": language})

    coordinator.user.refresh_from_db()
    assert coordinator.user.language == "ru"


def test_stranger_chooses_a_language_for_the_browser(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "kk"})

    assert client.get(reverse("account_login"))["Content-Language"] == "kk"


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_chosen_theme_stays_with_the_browser(client: Client, theme: str) -> None:
    response = client.post(reverse("set_theme"), {"theme": theme, "next": "/sign-in/"})

    cookie = client.cookies["theme"]
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (theme, True, "Lax")


def test_unknown_theme_sets_nothing(client: Client) -> None:
    client.post(reverse("set_theme"), {"theme": "<script>"})

    assert "theme" not in client.cookies


@pytest.mark.parametrize("name", ["set_theme", "set_language"])
def test_choice_leads_to_no_other_site(client: Client, name: str) -> None:
    response = client.post(reverse(name), {"theme": "dark", "language": "kk", "next": "https://evil.example/"})

    assert "evil" not in response["Location"]


@pytest.mark.parametrize("name", ["set_theme", "set_language"])
def test_choices_are_made_by_post_only(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 405
