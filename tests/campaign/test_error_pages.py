"""The pages of errors: ours, in the person's language, and without anything that could fail again."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error


def test_missing_page_is_told_in_the_language_of_the_person(db: None) -> None:
    client = Client()
    client.cookies["language"] = "en"

    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "Nobody lives at this address" in response.content.decode()


def test_page_of_another_role_is_refused_in_words(volunteer: Any) -> None:
    volunteer.client.cookies["language"] = "en"

    response = volunteer.get("/people/")

    assert response.status_code == 403
    assert "ask the coordinator" in response.content.decode()


def test_failure_is_told_without_asking_the_database(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert b'<link rel="stylesheet" href="/static/app.css">' in response.content


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_no_error_page_says_what_the_server_knows(name: str) -> None:
    html = render_to_string(name, {"exception": "SECRET"}, request=_request())

    assert "SECRET" not in html


def _request() -> Any:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()
    return request
