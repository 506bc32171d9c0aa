"""Every route of the URL map as it is found by walking it, and an object for each that names one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from campaign.territory.blocks import BlockPlan
from tests import factories

MISSING: dict[str, Any] = {"int": 987_654, "uuid": UUID("00000000-0000-7000-8000-000000000000")}
PLAN = BlockPlan(entrances=1, floors=2, flats_per_landing=2)


@dataclass(frozen=True)
class Route:
    """One named place of the URL map; `parameters` are its names with their kinds of id."""

    name: str
    view: Callable[..., Any]
    parameters: tuple[tuple[str, str], ...]

    def url(self, owner: Any) -> str:
        """The address of a fresh object of this owner, where the route names one."""
        made = OBJECTS[self.name](owner) if self.parameters else None
        return reverse(self.name, kwargs={parameter: made for parameter, _kind in self.parameters})

    def missing_url(self) -> str:
        return reverse(self.name, kwargs={parameter: MISSING[kind] for parameter, kind in self.parameters})


def walk(resolver: Any = None, namespace: str = "", outer: tuple[tuple[str, str], ...] = ()) -> Iterator[Route]:
    for entry in (resolver or get_resolver()).url_patterns:
        kinds = {"IntConverter": "int", "UUIDConverter": "uuid"}
        found = outer + tuple(
            (name, kinds[type(converter).__name__]) for name, converter in entry.pattern.converters.items()
        )
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, inner, found)
        else:
            yield _route(entry, namespace, found)


def _route(entry: URLPattern, namespace: str, parameters: tuple[tuple[str, str], ...]) -> Route:
    assert entry.name, f"{entry.pattern} has no name"
    return Route(f"{namespace}{entry.name}", entry.callback, parameters)


ROUTES = {route.name: route for route in walk()}


def _block() -> Any:
    return factories.make_building(precinct=factories.make_precinct(), plan=PLAN)


def _import_job(owner: Any) -> Any:
    sums = dict.fromkeys(("new", "changed", "same", "skipped", "question", "error", "rows"), 0)
    result = {"told": [], "sums": sums, "file": factories.make_file(owner).pk}
    return factories.make_job(owner, kind="territory-import", state="done", result=result).pk


# An id for each route that names an object, made for the user who asks or who owns it.
OBJECTS: dict[str, Callable[[Any], Any]] = {
    "accounts:device-revoke": lambda owner: factories.make_device(owner)[0].pk,
    **dict.fromkeys(
        [f"accounts:review-{act}" for act in ("detail", "accept", "reject", "reopen")],
        lambda owner: factories.make_review_item().pk,
    ),
    "canvassing:assignment-end": lambda owner: factories.make_assignment().pk,
    "canvassing:door-detail": lambda owner: _block().dwellings.first().pk,
    "canvassing:hand-out": lambda owner: _block().pk,
    **dict.fromkeys(
        [f"canvassing:round-{act}" for act in ("detail", "edit", "buildings", "people", "crossed")],
        lambda owner: factories.make_round().pk,
    ),
    **dict.fromkeys(
        [f"canvassing:turf-{act}" for act in ("detail", "edit", "assign")], lambda owner: factories.make_turf().pk
    ),
    "files:file-download": lambda owner: factories.make_file(owner).pk,
    "jobs:job-detail": lambda owner: factories.make_job(owner).pk,
    **dict.fromkeys(
        ["reports:report-detail", "reports:report-download"],
        lambda owner: factories.make_report(file=factories.make_file(owner)).pk,
    ),
    **dict.fromkeys(
        [f"roster:person-{act}" for act in ("detail", "edit", "phone-link", "desk-access")],
        lambda owner: factories.make_person().pk,
    ),
    **dict.fromkeys(
        [f"territory:building-{act}" for act in ("detail", "edit", "describe", "flat")], lambda owner: _block().pk
    ),
    **dict.fromkeys(["territory:import-preview", "territory:import-run"], lambda owner: factories.make_file(owner).pk),
    "territory:import-result": _import_job,
    **dict.fromkeys(
        ["territory:precinct-detail", "territory:precinct-edit"], lambda owner: factories.make_precinct().pk
    ),
    **dict.fromkeys(["territory:street-detail", "territory:street-edit"], lambda owner: factories.make_street().pk),
}
