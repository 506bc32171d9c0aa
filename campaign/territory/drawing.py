"""A block as people see it, the шахматка: entrance × floor × flat. Pure: what is drawn is made of plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from campaign.kazakh import sort_key
from campaign.territory.blocks import BlockPlan


@dataclass(frozen=True)
class Cell:
    """A flat on the drawing. `label` is what the state is called, `url` where a press leads."""

    flat: str
    state: str = "none"
    label: str = ""
    url: str = ""

    @property
    def sign(self) -> str:
        """The icon that goes with the colour."""
        return f"s-{self.state}"


class Storey(NamedTuple):
    floor: int
    cells: list[Cell]


@dataclass
class EntranceDrawing:
    number: int
    dwellings: int = 0
    storeys: list[Storey] = field(default_factory=list)


class Place(NamedTuple):
    entrance: int
    floor: int
    cell: Cell
    counts: bool = True


def draw(places: Iterable[Place]) -> list[EntranceDrawing]:
    """Entrances from left to right, floors from the top down; within a floor the order given."""
    entrances: dict[int, dict[int, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    dwellings: dict[int, int] = defaultdict(int)
    for place in places:
        entrances[place.entrance][place.floor].append(place.cell)
        dwellings[place.entrance] += place.counts
    return [
        EntranceDrawing(
            number,
            dwellings[number],
            [Storey(floor, floors[floor]) for floor in sorted(floors, reverse=True)],
        )
        for number, floors in sorted(entrances.items())
    ]


def draw_plan(plan: BlockPlan) -> list[EntranceDrawing]:
    """What a description would make."""
    return draw(Place(each.entrance, each.floor, Cell(each.flat)) for each in plan.dwellings())


def draw_building(dwellings: Iterable[Any], cells: Mapping[UUID, Mapping[str, str]]) -> list[EntranceDrawing]:
    """What stands, with the state of each flat that somebody above knows."""
    return draw(
        Place(each.entrance.number, each.floor, _cell(each, cells.get(each.pk, {})), each.is_dwelling)
        for each in dwellings
    )


def _cell(dwelling: Any, known: Mapping[str, str]) -> Cell:
    state = known.get("state", "none") if dwelling.is_dwelling else "nodw"
    return Cell(dwelling.flat, state, str(known.get("label", "")), known.get("url", ""))


def name_flats(flats: Iterable[tuple[int, str]]) -> str:
    """«подъезд 1: 13–36; подъезд 2: 37, 39»"""
    by_entrance = groupby(sorted(flats, key=lambda key: (key[0], sort_key(key[1]))), key=lambda key: key[0])
    return "; ".join(
        _("entrance %(number)s: %(flats)s")
        % {"number": number, "flats": ", ".join(_ranges([flat for _number, flat in each]))}
        for number, each in by_entrance
    )


def _ranges(flats: list[str]) -> list[str]:
    """Sorted flats with what follows on each other drawn together: 1, 2, 3, 5А is «1–3, 5А»."""
    runs: list[list[str]] = []
    for flat in flats:
        follows = runs and flat.isdigit() and runs[-1][-1].isdigit() and int(flat) == int(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(flat)
        else:
            runs.append([flat])
    return [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
