"""The whole file: its rows gathered by house, each house decided, everything counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from campaign.territory.importing.deciding import Draft, HouseChange, HouseDecision
from campaign.territory.importing.known import Known, Standing, lock, standing_in
from campaign.territory.importing.lines import URGENCY, Line, Status, error_line
from campaign.territory.rows import DwellingRow, Sheet, parse_row, read_rows

__all__ = ["Plan", "make_plan", "read_rows"]

TOLD_EVERY = 2_000


@dataclass
class Plan:
    """What an import does: a line for each row of the file in its order, and what is written."""

    sheet: Sheet
    known: Known
    lines: list[Line] = field(default_factory=list)
    changes: list[HouseChange] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)
    notes_on_flats: int = 0

    def counts(self) -> dict[str, int]:
        """How many rows have which status; together they are all rows."""
        found = Counter(line.status for line in self.lines)
        return {status.value: found[status] for status in Status}

    @property
    def rows_to_write(self) -> int:
        """Rows that add or change something."""
        counts = self.counts()
        return counts[Status.NEW] + counts[Status.CHANGED]

    def by_urgency(self) -> list[Line]:
        """What somebody has to look at first; the file's order among rows of one status."""
        return sorted(self.lines, key=lambda line: URGENCY.index(line.status))

    def unsettled(self) -> list[Line]:
        """The rows that somebody has to look at."""
        return [line for line in self.lines if line.status in (Status.QUESTION, Status.ERROR)]

    def sums(self) -> dict[str, int]:
        """`added` are what the import adds, and `houses_not_in_file` those it lacks, of the precincts it names."""
        return {"rows": len(self.lines), **self.counts(), **self.added, "houses_not_in_file": len(self.absent)}


def make_plan(sheet: Sheet, *, to_write: bool = False, progress: Callable[[int], None] = lambda rows: None) -> Plan:
    plan = Plan(sheet, Known.load())
    drafts = _gather(plan, progress)
    known = {key: plan.known.building(draft.street, draft.house) for key, draft in drafts.items()}
    touched = [building.id for building in known.values() if building]
    if to_write:
        lock(touched)
    standing, precincts = standing_in(touched), plan.known.precincts
    for key, draft in drafts.items():
        _decide(plan, HouseDecision(draft, known[key], _standing(standing, known[key]), precincts))
    plan.absent = _absent(plan, set(touched))
    plan.added = _added(plan.changes, plan.known)
    return plan


def _gather(plan: Plan, progress: Callable[[int], None]) -> dict[tuple[Any, str], Draft]:
    """The rows by house. What cannot be read has its line at once, the others when their house is decided."""
    drafts: dict[tuple[Any, str], Draft] = {}
    streets = plan.known.streets
    for index, raw in enumerate(plan.sheet.rows):
        row = parse_row(raw)
        if type(row) is tuple:
            plan.lines.append(error_line(raw, row))
        else:
            plan.lines.append(None)  # type: ignore[arg-type]
            key = (streets.get(row.street.key, row.street.key), row.house.key)
            draft = drafts.get(key)
            if draft is None:
                draft = drafts[key] = Draft(row.street, row.house)
            draft.rows.append((index, row))
            plan.notes_on_flats += type(row) is DwellingRow and bool(row.note)
        if index % TOLD_EVERY == 0:
            progress(index)
    return drafts


def _standing(found: dict[UUID, Standing], building: Any) -> Standing:
    return found.get(building.id, {}) if building else {}


def _decide(plan: Plan, decision: HouseDecision) -> None:
    change = decision.decide()
    for index, line in decision.lines.items():
        plan.lines[index] = line
    if change:
        plan.changes.append(change)


def _absent(plan: Plan, found: set[UUID]) -> list[str]:
    """Houses of the precincts in the file that the file lacks. They stay; whoever imports is told."""
    precincts = {line.precinct for line in plan.lines if line.status != Status.ERROR} - {None}
    known = plan.known.buildings.values()
    return [
        plan.known.address(building)
        for building in known
        if building.precinct in precincts and building.id not in found
    ]


def _added(changes: list[HouseChange], known: Known) -> dict[str, int]:
    new = [change for change in changes if change.known is None]
    precincts = {change.fields.get("precinct") for change in changes} - {None}
    return {
        "precincts_added": len(precincts - known.precincts.keys()),
        "streets_added": len({change.street.key for change in new} - known.streets.keys()),
        "houses_added": len(new),
        "dwellings_added": sum(len(change.flats) for change in changes),
    }
