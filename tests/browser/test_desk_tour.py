"""Every page that the coordinator may open, in Chromium: the URL map is walked, so a new page is seen by itself."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign.access import Permission, Role
from tests import factories
from tests.browser.conftest import BACKEND, PHONE, session_of
from tests.routes import ROUTES, Route

pytestmark = pytest.mark.django_db

LOOKS = {
    "desk by day in Russian": {"language": "ru", "theme": "light"},
    "phone by night in Kazakh": {"language": "kk", "theme": "dark", **PHONE},
}
NARROW = (390, 320)
FEWEST_PAGES = 30
OF_STRANGERS = {
    "/sign-in/": 200,
    "/phone/link/": 200,
    "/phone/link/#a-token": 200,
    "/phone/": 200,
    "/no/such/page/": 404,
}


def rows(noun: str) -> Any:
    """The demo's rows that pages of this noun are about, those with the most to show first."""
    from campaign.territory.models import Building, Dwelling, Precinct, Street
    from outreach.canvassing.models import Assignment, Round, Turf
    from volunteers.accounts.models import Device, ReviewItem
    from volunteers.roster.models import Person

    visited = Dwelling.objects.filter(door_states__isnull=False)
    tall = Building.objects.filter(entrances__dwellings__in=visited)
    return {
        "building": tall, "hand": tall, "door": visited, "precinct": Precinct.objects, "street": Street.objects,
        "assignment": Assignment.objects.not_over_at(timezone.now()), "round": Round.objects, "turf": Turf.objects,
        "device": Device.objects, "review": ReviewItem.objects, "person": Person.objects,
    }.get(noun)  # fmt: skip


# What a preview can say of a row: new, wrong in a column, a question, and nothing at all.
UNEVEN_TABLE = """Участок;Улица;Дом;Тип;Подъездов;Этажей;Квартир на площадке;Первая квартира;Примечание
61;улица Ермекова;5;многоквартирный;4;9;4;1;Код домофона у старшей по дому, спросить в первом подъезде
61;улица Ермекова;;многоквартирный;4;9;4;1;
99;улица Ермекова;7;многоквартирный;четыре;9;4;1;
13;мкр. Салтанат;12/1 корпус 3;многоквартирный;2;5;3;1;
;;;;;;;;
"""


def address(route: Route, owner: Any) -> str:
    """Of a row of the demo; of a fresh one where the demo has none."""
    if route.name == "territory:import-preview":
        table = factories.make_file(owner, name="дома седьмого округа, осень.csv", content=UNEVEN_TABLE.encode())
        return reverse(route.name, args=[table.pk])
    noun = route.name.partition(":")[2].partition("-")[0]
    found = rows(noun)
    row = found.first() if route.parameters and found is not None else None
    if row is None:
        return route.url(owner)
    return reverse(route.name, kwargs={name: row.pk for name, _kind in route.parameters})


@pytest.fixture(scope="module")
def coordinator_user(headquarters: str) -> Any:
    from volunteers.accounts.models import User

    return User.objects.get(role=Role.COORDINATOR)


@pytest.fixture(scope="module")
def session(coordinator_user: Any) -> dict[str, str]:
    return session_of(coordinator_user)


@pytest.fixture(scope="module")
def pages(coordinator_user: Any) -> dict[str, str]:
    """Each page with its address: what answers GET to the coordinator with HTML of its own, or fails to."""
    client = Client(raise_request_exception=False)
    client.force_login(coordinator_user, backend=BACKEND)
    open_to_them = [
        route for route in ROUTES.values()
        if route.view.permission is not Permission.DEVICE and Role.COORDINATOR in route.view.permission.roles
    ]  # fmt: skip
    found = {route.name: address(route, coordinator_user) for route in open_to_them}
    return {name: url for name, url in found.items() if is_page(client.get(url))}


def is_page(response: Any) -> bool:
    if response.status_code in (302, 405):
        return False
    return response.status_code != 200 or response["Content-Type"].startswith("text/html")


def told(faults: dict[str, list[str]]) -> str:
    return "\n".join(f"{name}\n    " + "\n    ".join(found) for name, found in faults.items() if found)


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_the_desk_is_sound(
    headquarters: str, session: dict[str, str], pages: dict[str, str], window: Any, look: str
) -> None:
    eyes = window(headquarters, session, **LOOKS[look])
    widths = NARROW if "phone" in look else ()
    faults = {name: eyes.look(headquarters + url, widths=widths) for name, url in pages.items()}
    assert len(pages) >= FEWEST_PAGES
    assert not told(faults), told(faults)


@pytest.mark.parametrize("look", LOOKS)
def test_pages_of_strangers_are_sound(headquarters: str, window: Any, look: str) -> None:
    eyes = window(headquarters, **LOOKS[look])
    widths = NARROW if "phone" in look else ()
    faults = {url: eyes.look(headquarters + url, widths=widths, status=code) for url, code in OF_STRANGERS.items()}
    assert not told(faults), told(faults)


def test_sign_in_that_fails_is_a_sound_page_too(headquarters: str, window: Any) -> None:
    eyes = window(headquarters, **PHONE)
    eyes.page.goto(f"{headquarters}/sign-in/")
    eyes.page.get_by_role("button", name="Войти").click()
    assert eyes.page.get_by_role("alert").is_visible()
    assert eyes.look_around(NARROW) == []
