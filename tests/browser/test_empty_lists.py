"""A new campaign: nothing is in any list yet, and each says why and what to do first."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from campaign.access import Role
from tests import factories
from tests.browser.conftest import session_of
from tests.routes import ROUTES

PAGES = ["reports:dashboard", *sorted(name for name in ROUTES if name.endswith("-list"))]
SHORTEST_REASON = 20
MAIN_ACTS = "main .btn.main:visible"


@pytest.mark.parametrize("name", PAGES)
def test_empty_list_says_why_and_offers_exactly_one_main_act(live_server: Any, window: Any, name: str) -> None:
    factories.make_campaign()
    base = live_server.url.replace("127.0.0.1", "localhost")
    eyes = window(base, session_of(factories.make_user(Role.COORDINATOR)))
    assert eyes.look(base + reverse(name)) == []
    empty = eyes.page.locator("main .empty")
    expect(empty).to_have_count(1)
    assert len(empty.locator("p").first.inner_text()) >= SHORTEST_REASON
    expect(eyes.page.locator(MAIN_ACTS)).to_have_count(1)
