"""Nobody in where they don't belong: every route of the URL map, for every role, and for a stranger.

The matrix below is written by hand and apart from `campaign.access`, so that a slip there shows here.
"""

import hashlib
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from campaign.access import Permission, Role
from tests.cast import Player
from tests.routes import OBJECTS, ROUTES

pytestmark = pytest.mark.django_db

DESK = {Role.COORDINATOR, Role.STAFF}
DESK_AND_CANDIDATE = {*DESK, Role.CANDIDATE}
COORDINATOR = {Role.COORDINATOR}
SIGNED_IN = set(Role)
ANYBODY = "anybody"
PHONE = "phone"

MATRIX: dict[str, Any] = {
    "account_login": ANYBODY,
    "account_logout": SIGNED_IN,
    "accounts:device-revoke": DESK,
    "accounts:inbox": PHONE,
    "accounts:phone-link": ANYBODY,
    "accounts:review-accept": DESK,
    "accounts:review-detail": DESK,
    "accounts:review-list": DESK,
    "accounts:review-reject": DESK,
    "accounts:review-reopen": DESK,
    "accounts:set-up": ANYBODY,
    "canvassing:assignment-end": DESK,
    "canvassing:door-detail": DESK_AND_CANDIDATE,
    "canvassing:hand-out": DESK,
    "canvassing:manifest": ANYBODY,
    "canvassing:pack": PHONE,
    "canvassing:phone": ANYBODY,
    "canvassing:round-crossed": DESK_AND_CANDIDATE,
    "canvassing:round-buildings": DESK_AND_CANDIDATE,
    "canvassing:round-detail": DESK_AND_CANDIDATE,
    "canvassing:round-edit": DESK,
    "canvassing:round-list": DESK_AND_CANDIDATE,
    "canvassing:round-new": DESK,
    "canvassing:round-people": DESK_AND_CANDIDATE,
    "canvassing:service-worker": ANYBODY,
    "canvassing:turf-assign": DESK,
    "canvassing:turf-detail": DESK_AND_CANDIDATE,
    "canvassing:turf-edit": DESK,
    "canvassing:turf-list": DESK_AND_CANDIDATE,
    "canvassing:turf-new": DESK,
    "files:file-download": SIGNED_IN,
    "health-live": ANYBODY,
    "health-ready": ANYBODY,
    "jobs:job-detail": SIGNED_IN,
    "profile:campaign": COORDINATOR,
    "profile:campaign-edit": COORDINATOR,
    "profile:lawyer-check": COORDINATOR,
    "reports:dashboard": DESK_AND_CANDIDATE,
    "reports:report-detail": DESK_AND_CANDIDATE,
    "reports:report-download": DESK_AND_CANDIDATE,
    "reports:report-list": DESK_AND_CANDIDATE,
    "reports:report-new": DESK,
    "roster:person-desk-access": COORDINATOR,
    "roster:person-detail": DESK,
    "roster:person-edit": DESK,
    "roster:person-list": DESK,
    "roster:person-new": DESK,
    "roster:person-phone-link": DESK,
    "set_language": ANYBODY,
    "set_theme": ANYBODY,
    "territory:building-describe": DESK,
    "territory:building-detail": DESK_AND_CANDIDATE,
    "territory:building-edit": DESK,
    "territory:building-flat": DESK,
    "territory:building-list": DESK_AND_CANDIDATE,
    "territory:building-new": DESK,
    "territory:import-new": DESK,
    "territory:import-preview": DESK,
    "territory:import-result": DESK,
    "territory:import-run": DESK,
    "territory:precinct-detail": DESK_AND_CANDIDATE,
    "territory:precinct-edit": DESK,
    "territory:precinct-list": DESK_AND_CANDIDATE,
    "territory:precinct-new": DESK,
    "territory:street-detail": DESK_AND_CANDIDATE,
    "territory:street-edit": DESK,
    "territory:street-list": DESK_AND_CANDIDATE,
    "territory:street-new": DESK,
}

# Routes whose object belongs to somebody: another's answers like a missing one.
OWNED = (
    "files:file-download",
    "jobs:job-detail",
    "territory:import-preview",
    "territory:import-result",
    "territory:import-run",
)
METHODS = ("get", "post")
UNSAFE = ("post", "put", "patch", "delete")
CSRF_EXEMPT = {"accounts:inbox"}


@pytest.fixture
def cast(
    coordinator: Player, staff: Player, candidate: Player, proxy: Player, volunteer: Player, stranger: Player
) -> dict[Any, Player]:
    return {
        Role.COORDINATOR: coordinator,
        Role.STAFF: staff,
        Role.CANDIDATE: candidate,
        Role.PROXY: proxy,
        Role.VOLUNTEER: volunteer,
        "stranger": stranger,
    }


def verdict(response: Any) -> str:
    """How a response treats whoever asked: let in, sent to sign in, or refused."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?next="):
        return "sign in"
    return "refused" if response.status_code in (401, 403) else "in"


def expected(entry: Any, who: Any) -> str:
    if entry == ANYBODY or who in entry:
        return "in"
    return "sign in" if who == "stranger" else "refused"


def test_every_url_names_the_permission_it_asks_for() -> None:
    nameless = [
        name for name, route in ROUTES.items() if not isinstance(getattr(route.view, "permission", None), Permission)
    ]

    assert nameless == []


def test_matrix_lists_every_route_and_nothing_else() -> None:
    assert sorted(ROUTES) == sorted(MATRIX)


def test_every_route_that_names_an_object_has_one_to_try() -> None:
    assert sorted(OBJECTS) == sorted(name for name, route in ROUTES.items() if route.parameters)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(name for name in ROUTES if MATRIX.get(name) != PHONE))
def test_route_answers_each_role_as_the_matrix_says(cast: dict[Any, Player], name: str, method: str) -> None:
    answers = {
        who: verdict(getattr(player, method)(ROUTES[name].url(player.user or cast[Role.STAFF].user)))
        for who, player in cast.items()
    }

    assert answers == {who: expected(MATRIX[name], who) for who in cast}


@pytest.mark.parametrize("name", sorted(name for name in ROUTES if MATRIX.get(name) == PHONE))
def test_route_of_phones_lets_nobody_in_by_a_session(cast: dict[Any, Player], name: str) -> None:
    codes = {
        getattr(player, method)(ROUTES[name].url(None)).status_code for player in cast.values() for method in METHODS
    }

    assert codes == {401, 405}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", OWNED)
def test_foreign_object_answers_like_a_missing_one(coordinator: Player, staff: Player, name: str, method: str) -> None:
    foreign = getattr(staff, method)(ROUTES[name].url(coordinator.user))
    missing = getattr(staff, method)(ROUTES[name].missing_url())

    assert (foreign.status_code, missing.status_code) in {(404, 404), (405, 405)}
    assert plain(foreign) == plain(missing)


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_missing_object_is_not_found_whatever_its_kind(coordinator: Player, name: str) -> None:
    codes = {getattr(coordinator, method)(ROUTES[name].missing_url()).status_code for method in METHODS}

    assert 404 in codes
    assert codes <= {404, 405}


def plain(response: Any) -> tuple[bytes, list[tuple[str, str]]]:
    """Body and headers without what differs between two requests: the CSRF token, and the page's own address."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
    body = re.sub(rb'name="next" value="[^"]*"', b"", body)
    return body, sorted((name, value) for name, value in response.items() if name != "Content-Length")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_unsafe_method_without_a_csrf_token_is_refused(coordinator: Player, name: str) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = coordinator.client.cookies
    url = ROUTES[name].url(coordinator.user)

    codes = {method: getattr(careful, method)(url).status_code for method in UNSAFE}

    assert set(codes.values()) == ({401, 405} if name in CSRF_EXEMPT else {403})


def test_only_the_inbox_of_phones_asks_for_no_csrf_token() -> None:
    assert {name for name, route in ROUTES.items() if getattr(route.view, "csrf_exempt", False)} == CSRF_EXEMPT


@pytest.mark.parametrize("who", [*Role, "stranger"])
def test_crawl_by_get_changes_no_row(cast: dict[Any, Player], who: Any) -> None:
    urls = [route.url(cast[who].user or cast[Role.STAFF].user) for route in ROUTES.values()]
    before = rows()

    for url in urls:
        cast[who].get(url)
        cast[who].head(url)

    assert rows() == before


def rows() -> dict[str, str]:
    """A digest of each table. Sessions are left out: reading a page may renew one."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - {"django_session"}):
            cursor.execute(
                f"SELECT coalesce(string_agg(each::text, chr(10) ORDER BY each::text), '') FROM \"{table}\" each"
            )
            found[table] = hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()
    return found
