"""On a phone a row of a list is a few lines: nothing of it stands beyond the edge."""

from typing import Any

import pytest
from django.urls import reverse

from campaign.access import Role
from tests.browser.conftest import PHONE, session_of

pytestmark = pytest.mark.django_db

LISTS = (
    "canvassing:round-list", "canvassing:turf-list", "accounts:review-list", "roster:person-list",
    "territory:building-list", "territory:street-list", "territory:precinct-list",
)  # fmt: skip
BEYOND = "(scrolls) => scrolls.map((e) => e.scrollWidth - e.clientWidth).filter((more) => more > 0)"


@pytest.fixture(scope="module")
def session(headquarters: str) -> dict[str, str]:
    from volunteers.accounts.models import User

    return session_of(User.objects.get(role=Role.COORDINATOR))


@pytest.mark.parametrize(("language", "width"), [("ru", 390), ("kk", 320)])
def test_no_list_scrolls_sideways(
    headquarters: str, session: dict[str, str], window: Any, language: str, width: int
) -> None:
    screen = PHONE | {"viewport": {"width": width, "height": 844}}
    page = window(headquarters, session, language=language, **screen).page
    found = {}
    for name in LISTS:
        page.goto(headquarters + reverse(name))
        assert page.locator(".list .grid tbody tr").count() > 0, name
        found[name] = page.locator(".list .scroll").evaluate_all(BEYOND)

    assert found == {name: [] for name in LISTS}
