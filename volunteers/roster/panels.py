"""What the roster adds to pages below: the proxies of a precinct."""

from typing import Any

from django.http import HttpRequest

from campaign import panels
from campaign.access import Permission, may
from volunteers.roster.models import Person
from volunteers.roster.services import proxies_ruling

Panel = tuple[str, dict[str, Any]]


def register() -> None:
    panels.register("precinct.panels", proxies_of_precinct)


def proxies_of_precinct(request: HttpRequest, precinct: Any) -> Panel | None:
    """Who they are, of how many that the law allows, and room for another."""
    if not may(request.user, Permission.SEE_PEOPLE):
        return None
    proxies = list(Person.objects.proxies_of(precinct.pk))
    ruling = proxies_ruling(len(proxies) + 1)
    return "roster/panel_precinct.html", {
        "precinct": precinct,
        "proxies": proxies,
        "most": ruling.rule.parameters["most_in_a_precinct"] if ruling else None,
        "may_add": may(request.user, Permission.EDIT_PEOPLE) and not (ruling and ruling.refuses),
    }
