"""What a phone sent, as a sentence for the coordinator who reviews it. Whatever cannot be read raises ValueError."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaign.formatting import day, moment
from campaign.territory.models import Building, Dwelling, Entrance, Precinct
from outreach.canvassing.models import Round
from outreach.canvassing.outcomes import OUTCOMES, State, Support
from outreach.canvassing.sync.reading import Problem, instant

Item = dict[str, Any]
SUPPORTS = dict(Support.choices)
STATES = dict(State.choices)
LABELS = {outcome.code: outcome.label for outcome in OUTCOMES}


def visit(item: Item) -> str:
    return _("%(address)s: %(state)s. %(round)s, visited %(moment)s") % {
        "address": _address(item),
        "state": STATES[item["state"]],
        "round": _round(item),
        "moment": moment(instant(item, "acted_at")),
    }


def _address(item: Item) -> str:
    found = Dwelling.objects.filter(pk=UUID(item["dwelling"])).select_related("entrance", "building__street").first()
    if found is None:
        return _("A flat that is not in the list")
    if not found.flat:
        return str(found.building)
    return _("%(building)s, entrance %(entrance)s, flat %(flat)s") % {
        "building": found.building,
        "entrance": found.entrance.number,
        "flat": found.flat,
    }


def _round(item: Item) -> str:
    found = Round.objects.filter(pk=item["round"]).first()
    return str(found) if found else _("unknown round")


def opinion(item: Item) -> str:
    """Never says more than the row would: an entrance or a precinct, and a day."""
    answer = LABELS.get(item.get("outcome") or "") or SUPPORTS[item["support"]]
    return _("%(place)s, %(day)s: %(answer)s. %(round)s") % {
        "place": _place(item),
        "day": day(date.fromisoformat(item["day"])),
        "answer": answer,
        "round": _round(item),
    }


def _place(item: Item) -> str:
    if item.get("entrance") is None:
        return str(Precinct.objects.filter(pk=item["precinct"]).first() or _("unknown precinct"))
    found = Entrance.objects.with_address().filter(pk=UUID(item["entrance"])).first()
    if found is None:
        return _("An entrance that is not in the list")
    return _("%(building)s, entrance %(entrance)s") % {"building": found.building, "entrance": found.number}


def block(item: Item) -> str:
    """Both descriptions, so that they can be compared: the one that came, and the one that stands."""
    building = _building(item)
    sent = _("%(building)s: %(plan)s") % {"building": building or _("unknown building"), "plan": _plan(item["plan"])}
    standing = _standing(building) if building else ""
    return _("%(sent)s. Now: %(standing)s") % {"sent": sent, "standing": standing} if standing else sent


def _building(item: Item) -> Building | None:
    found: Building | None = Building.objects.with_address().filter(pk=UUID(item["building"])).first()
    return found


def _plan(plan: Item) -> str:
    words = _("entrances: %(entrances)s, floors: %(floors)s, flats a landing: %(flats)s, first flat: %(first)s") % {
        "entrances": plan["entrances"],
        "floors": plan["floors"],
        "flats": plan["flats_per_landing"],
        "first": plan["first_flat"],
    }
    left_out = ", ".join(map(str, plan.get("skip") or ()))
    return _("%(plan)s, left out: %(flats)s") % {"plan": words, "flats": left_out} if left_out else words


def _standing(building: Building) -> str:
    last = building.descriptions.order_by("-received_at").first()
    if last:
        return _plan(last.plan)
    if not building.entrance_count:
        return ""
    return _("entrances: %(entrances)s, flats: %(flats)s") % {
        "entrances": building.entrance_count,
        "flats": building.dwelling_count,
    }


def report(item: Item) -> str:
    problems = {Problem.MISSING: _("the flat is missing"), Problem.NOT_DWELLING: _("not a dwelling")}
    return _("%(building)s, entrance %(entrance)s, floor %(floor)s, flat %(flat)s: %(problem)s") % {
        "building": _building(item) or _("unknown building"),
        "entrance": item["entrance"],
        "floor": item["floor"],
        "flat": item["flat"],
        "problem": problems[item["problem"]],
    }
