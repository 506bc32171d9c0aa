"""The desk around a page: the sections a role may open, what waits in them, language and theme."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from campaign import panels
from campaign.access import Role
from campaign.profile.context import SECTIONS, Desk, desk
from volunteers.accounts.models import User


def desk_of(role=None, path="/", **cookies):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    request.user = User(name="Асель Мұратқызы", role=role) if role else AnonymousUser()
    return Desk(request)


@pytest.fixture(autouse=True)
def _no_badges(monkeypatch):
    monkeypatch.setattr(panels, "_parts", type(panels._parts)(list))


def labels(desk):
    return [link.url for link in desk.links]


def test_coordinator_sees_every_section_that_has_a_page():
    assert labels(desk_of(Role.COORDINATOR)) == [each.url() for each in SECTIONS if each.url()]


def test_candidate_sees_neither_people_nor_review():
    seen = labels(desk_of(Role.CANDIDATE))

    assert "/people/" not in seen
    assert "/review/" not in seen
    assert "/buildings/" in seen


@pytest.mark.parametrize("role", [Role.VOLUNTEER, None])
def test_whoever_has_no_desk_sees_no_sections(role):
    assert labels(desk_of(role)) == []


@pytest.mark.parametrize(
    ("path", "section"),
    [("/", "/"), ("/buildings/", "/buildings/"), ("/buildings/7/edit/", "/buildings/"), ("/nowhere/", None)],
)
def test_section_of_the_page_is_the_current_one(path, section):
    current = [link.url for link in desk_of(Role.COORDINATOR, path).links if link.current]

    assert current == ([section] if section else [])


def test_what_waits_is_shown_at_its_section_and_summed_for_the_small_screen():
    panels.register(panels.NAV_BADGES, lambda request: {"accounts:review-list": 6, "reports:report-list": 1})

    shown = desk_of(Role.COORDINATOR)

    assert {link.url: link.waiting for link in shown.links if link.waiting} == {"/review/": 6, "/reports/": 1}
    assert shown.waiting == 7


def test_sections_stand_in_groups_in_their_order():
    groups = [str(group) for group, _links in desk_of(Role.COORDINATOR).groups()]

    assert len(groups) == len(set(groups)) == 3


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("auto", ""), ('"><b>', "")])
def test_theme_is_what_was_chosen_and_nothing_made_up(cookie, theme):
    assert desk_of(theme=cookie).theme == theme


def test_settings_are_the_coordinators_alone():
    assert desk_of(Role.COORDINATOR).settings_url
    assert not desk_of(Role.STAFF).settings_url


def test_initials_are_those_of_the_first_two_names():
    assert desk_of(Role.STAFF).initials == "АМ"


def test_page_that_draws_no_navigation_asks_the_database_nothing(django_assert_num_queries, db):
    request = RequestFactory().get("/")
    request.user = User(name="Асель", role=Role.COORDINATOR)

    with django_assert_num_queries(0):
        assert isinstance(desk(request)["desk"], Desk)
