"""What a phone sent, as sentences for the coordinator who reviews it; an empty one for what cannot be read.

What the items name is looked up for all of them at once: a page of the review holds fifty.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaign.formatting import day, moment
from campaign.territory.models import Building, Dwelling, Entrance, Precinct
from outreach.canvassing.models import BlockDescription, Round
from outreach.canvassing.outcomes import OUTCOMES, State, Support
from outreach.canvassing.sync.reading import LARGEST_ID, Problem, instant

Item = dict[str, Any]
SUPPORTS = dict(Support.choices)
STATES = dict(State.choices)
LABELS = {outcome.code: outcome.label for outcome in OUTCOMES}


class Known:
    """What these items name, each kind of thing asked for once and only when a sentence needs it."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items

    @cached_property
    def dwellings(self) -> dict[UUID, Dwelling]:
        return Dwelling.objects.select_related("entrance", "building__street").in_bulk(self._ids("dwelling"))

    @cached_property
    def entrances(self) -> dict[UUID, Entrance]:
        return Entrance.objects.with_address().in_bulk(self._ids("entrance"))

    @cached_property
    def buildings(self) -> dict[UUID, Building]:
        return Building.objects.with_address().in_bulk(self._ids("building"))

    @cached_property
    def plans(self) -> dict[UUID, Item]:
        """The newest description of each building that was described at its door."""
        newest = BlockDescription.objects.filter(building__in=self.buildings)
        newest = newest.order_by("building", "-received_at").distinct("building")
        return dict(newest.values_list("building", "plan"))

    @cached_property
    def rounds(self) -> dict[int, Round]:
        return Round.objects.in_bulk(self._numbers("round"))

    @cached_property
    def precincts(self) -> dict[int, Precinct]:
        return Precinct.objects.in_bulk(self._numbers("precinct"))

    def _ids(self, field: str) -> list[UUID]:
        return list(self._readable(field))

    def _readable(self, field: str) -> Iterator[UUID]:
        for item in self._items:
            try:
                yield UUID(item[field])
            except (KeyError, TypeError, ValueError, AttributeError):
                continue

    def _numbers(self, field: str) -> list[int]:
        found = (item.get(field) for item in self._items)
        return [number for number in found if type(number) is int and 0 < number <= LARGEST_ID]


def for_all(sentence: Callable[[Item, Known], str]) -> Callable[[list[Item]], list[str]]:
    """A sentence for one item as a function of many."""

    def describe(items: list[Item]) -> list[str]:
        known = Known(items)
        return [_unless_unreadable(sentence, item, known) for item in items]

    return describe


def _unless_unreadable(sentence: Callable[[Item, Known], str], item: Item, known: Known) -> str:
    try:
        return sentence(item, known)
    except (KeyError, TypeError, ValueError, AttributeError):
        return ""


@for_all
def visit(item: Item, known: Known) -> str:
    return _("%(address)s: %(state)s. %(round)s, visited %(moment)s") % {
        "address": _address(item, known),
        "state": STATES[item["state"]],
        "round": _round(item, known),
        "moment": moment(instant(item, "acted_at")),
    }


def _address(item: Item, known: Known) -> str:
    found = known.dwellings.get(UUID(item["dwelling"]))
    if found is None:
        return _("A flat that is not in the list")
    if not found.flat:
        return str(found.building)
    return _("%(building)s, entrance %(entrance)s, flat %(flat)s") % {
        "building": found.building,
        "entrance": found.entrance.number,
        "flat": found.flat,
    }


def _round(item: Item, known: Known) -> str:
    found = known.rounds.get(item["round"])
    return str(found) if found else _("unknown round")


@for_all
def opinion(item: Item, known: Known) -> str:
    """Never says more than the row would: an entrance or a precinct, and a day."""
    answer = LABELS.get(item.get("outcome") or "") or SUPPORTS[item["support"]]
    return _("%(place)s, %(day)s: %(answer)s. %(round)s") % {
        "place": _place(item, known),
        "day": day(date.fromisoformat(item["day"])),
        "answer": answer,
        "round": _round(item, known),
    }


def _place(item: Item, known: Known) -> str:
    if item.get("entrance") is None:
        return str(known.precincts.get(item["precinct"]) or _("unknown precinct"))
    found = known.entrances.get(UUID(item["entrance"]))
    if found is None:
        return _("An entrance that is not in the list")
    return _("%(building)s, entrance %(entrance)s") % {"building": found.building, "entrance": found.number}


@for_all
def block(item: Item, known: Known) -> str:
    """Both descriptions, so that they can be compared: the one that came, and the one that stands."""
    building = known.buildings.get(UUID(item["building"]))
    sent = _("%(building)s: %(plan)s") % {"building": building or _("unknown building"), "plan": _plan(item["plan"])}
    standing = _standing(building, known) if building else ""
    return _("%(sent)s. Now: %(standing)s") % {"sent": sent, "standing": standing} if standing else sent


def _plan(plan: Item) -> str:
    words = _("entrances: %(entrances)s, floors: %(floors)s, flats a landing: %(flats)s, first flat: %(first)s") % {
        "entrances": plan["entrances"],
        "floors": plan["floors"],
        "flats": plan["flats_per_landing"],
        "first": plan["first_flat"],
    }
    left_out = ", ".join(map(str, plan.get("skip") or ()))
    return _("%(plan)s, left out: %(flats)s") % {"plan": words, "flats": left_out} if left_out else words


def _standing(building: Building, known: Known) -> str:
    if building.pk in known.plans:
        return _plan(known.plans[building.pk])
    if not building.entrance_count:
        return ""
    return _("entrances: %(entrances)s, flats: %(flats)s") % {
        "entrances": building.entrance_count,
        "flats": building.dwelling_count,
    }


@for_all
def report(item: Item, known: Known) -> str:
    problems = {Problem.MISSING: _("the flat is missing"), Problem.NOT_DWELLING: _("not a dwelling")}
    return _("%(building)s, entrance %(entrance)s, floor %(floor)s, flat %(flat)s: %(problem)s") % {
        "building": known.buildings.get(UUID(item["building"])) or _("unknown building"),
        "entrance": item["entrance"],
        "floor": item["floor"],
        "flat": item["flat"],
        "problem": problems[item["problem"]],
    }
