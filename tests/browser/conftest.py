from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.browser.eyes import Eyes

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DESK = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def headquarters(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The demo's campaign behind a real server, made once for all pages; the address of the server.

    Its rows are committed: tests that use it are marked with `django_db`, without a transaction of the server's.
    """
    from outreach.demo.services import empty_database, load_demo

    with django_db_blocker.unblock():
        load_demo()
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()
            empty_database()
            connection.close()  # Playwright's event loop has one of its own in this thread, which nobody else closes


Window = Callable[..., Eyes]


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """Opens windows: of a size, in a language and a light, for somebody or for a stranger."""
    opened: list[BrowserContext] = []

    def open_window(
        url: str, session: dict[str, str] | None = None, *, language: str = "ru", theme: str = "light", **options: Any
    ) -> Eyes:
        context = browser.new_context(**{"color_scheme": theme, "reduced_motion": "reduce", **DESK, **options})
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "theme": theme} | (session or {})
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        opened.append(context)
        return Eyes(context)

    yield open_window
    for context in opened:
        context.close()


def session_of(user: Any) -> dict[str, str]:
    """The cookie of a signed-in session, without the form: that is tried elsewhere."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
