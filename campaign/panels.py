"""Parts of pages that come from apps above: they register in `ready()`, the page below collects.

A slot is a name that the page owns (`NAV_BADGES`, `"territory:building"`); a part is a function of the page's
request and, where the slot says so, its subject. Registered order is kept.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Part = Callable[..., Any]

# Each part returns {name of a section's URL: how many wait there}.
NAV_BADGES = "nav-badges"

_parts: defaultdict[str, list[Part]] = defaultdict(list)


def register(slot: str, part: Part) -> None:
    """Add a part to a slot; a second time it changes nothing."""
    if part not in _parts[slot]:
        _parts[slot].append(part)


def collect(slot: str, *subject: Any) -> list[Any]:
    """What the parts of a slot return, without those that have nothing to show."""
    found = [part(*subject) for part in _parts[slot]]
    return [each for each in found if each]


def nav_badges(request: HttpRequest) -> dict[str, int]:
    """How many things wait in each section of the desk."""
    return {name: count for badges in collect(NAV_BADGES, request) for name, count in badges.items() if count}
