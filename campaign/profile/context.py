"""What every page of the desk knows: its sections, who is signed in, languages, theme."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.access import Permission, may
from campaign.panels import nav_badges

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Section:
    """An entry of the desk's navigation; shown to whoever may open it, once its page exists."""

    name: str
    label: Promise
    icon: str
    permission: Permission
    group: Promise | str = ""

    def url(self) -> str:
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return ""


FIELD, OUTCOME = _("Field"), _("Outcome")
SECTIONS = (
    Section("reports:dashboard", _("Headquarters"), "layout-dashboard", Permission.SEE_DASHBOARD),
    Section("accounts:review-list", _("In review"), "inbox", Permission.REVIEW),
    Section("territory:building-list", _("Buildings"), "building-2", Permission.SEE_TERRITORY, FIELD),
    Section("territory:street-list", _("Streets"), "signpost", Permission.SEE_TERRITORY, FIELD),
    Section("territory:precinct-list", _("Precincts"), "landmark", Permission.SEE_TERRITORY, FIELD),
    Section("canvassing:round-list", _("Rounds"), "footprints", Permission.SEE_ROUNDS, FIELD),
    Section("canvassing:turf-list", _("Turfs"), "route", Permission.SEE_ROUNDS, FIELD),
    Section("roster:person-list", _("People"), "users", Permission.SEE_PEOPLE, FIELD),
    Section("reports:report-list", _("Reports"), "file-text", Permission.SEE_REPORTS, OUTCOME),
)
SETTINGS = Section("profile:campaign", _("Campaign"), "settings", Permission.SET_UP_CAMPAIGN)


@dataclass(frozen=True)
class Link:
    """A section as one request sees it."""

    url: str
    label: Promise
    icon: str
    group: Promise | str
    waiting: int
    current: bool


class Desk:
    """The desk around a page. Nothing is asked of the database until a template draws the navigation."""

    languages = (("kk", "Қаз", "Қазақша"), ("ru", "Рус", "Русский"), ("en", "Eng", "English"))

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def links(self) -> list[Link]:
        shown = [(each, each.url()) for each in SECTIONS if may(self.request.user, each.permission)]
        waiting = nav_badges(self.request)
        here = self._current(url for _section, url in shown)
        return [
            Link(url, each.label, each.icon, each.group, waiting.get(each.name, 0), url == here)
            for each, url in shown
            if url
        ]

    def groups(self) -> Iterator[tuple[Any, list[Link]]]:
        """The links under the headings they stand under; the first have none."""
        for group, links in groupby(self.links, key=lambda link: link.group):
            yield group, list(links)

    @cached_property
    def waiting(self) -> int:
        return sum(link.waiting for link in self.links)

    @property
    def settings_url(self) -> str:
        return SETTINGS.url() if may(self.request.user, SETTINGS.permission) else ""

    @property
    def theme(self) -> str:
        """What the person chose; empty: as the system has it."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def initials(self) -> str:
        words = str(getattr(self.request.user, "name", "")).split()
        return "".join(word[0] for word in words[:2]).upper()

    def _current(self, urls: Iterator[str]) -> str:
        """The section this page is in: the one with the longest address that begins its own."""
        path = self.request.path
        within = [url for url in urls if url and (path == url or (url != "/" and path.startswith(url)))]
        return max(within, key=len, default="")


def desk(request: HttpRequest) -> dict[str, Any]:
    return {"desk": Desk(request)}
