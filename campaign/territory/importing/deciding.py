"""One house of a file against what is known of it: what becomes of each of its rows, and what is written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaign.territory.addresses import HouseNumber, StreetName
from campaign.territory.blocks import PlannedDwelling
from campaign.territory.drawing import name_flats
from campaign.territory.headings import LABELS
from campaign.territory.importing.known import KnownBuilding, Standing
from campaign.territory.importing.lines import Line, Status, change, dwelling_line, house_line, line_of
from campaign.territory.meaning import DwellingRow, HouseKind, HouseRow
from campaign.territory.models import BuildingKind

Row = HouseRow | DwellingRow


@dataclass
class Draft:
    """The rows of the file that are about one house, each with its place among all."""

    street: StreetName
    house: HouseNumber
    rows: list[tuple[int, Row]] = field(default_factory=list)


@dataclass
class HouseChange:
    """What is written of one house: of a new one all, of a known one what differs."""

    street: StreetName
    house: HouseNumber
    known: KnownBuilding | None
    fields: dict[str, Any]
    flats: list[PlannedDwelling]
    floors: list[PlannedDwelling]


class HouseDecision:
    """`precincts` are those of the list: while it has none, the file's own are made."""

    def __init__(
        self, draft: Draft, known: KnownBuilding | None, standing: Standing, precincts: Collection[int]
    ) -> None:
        self.draft, self.known, self.standing, self.precincts = draft, known, standing, precincts
        self.precinct: int | None = None
        self.lines: dict[int, Line] = {}
        self.fields: dict[str, Any] = {}
        self.flats: list[PlannedDwelling] = []
        self.floors: list[PlannedDwelling] = []

    def decide(self) -> HouseChange | None:
        rows = self._of_one_precinct(self._of_known_precincts())
        head = self._head([(index, row) for index, row in rows if type(row) is HouseRow])
        dwellings = [(index, row) for index, row in rows if type(row) is DwellingRow]
        if head:
            self._decide_house(*head, listed={(row.entrance, row.flat.key) for _index, row in dwellings})
        if dwellings:
            self._decide_dwellings(dwellings, head[1] if head else None)
        if not (self.fields or self.flats or self.floors):
            return None
        return HouseChange(self.draft.street, self.draft.house, self.known, self.fields, self.flats, self.floors)

    # --- rows that contradict each other

    def _of_known_precincts(self) -> list[tuple[int, Row]]:
        """A precinct that the list lacks is more likely a slip of the pen than a new one: it is asked about."""
        kept = []
        for index, row in self.draft.rows:
            if row.precinct is None or not self.precincts or row.precinct in self.precincts:
                kept.append((index, row))
            else:
                message = _("Precinct {number} is not in the list. If the district has it, add it to the precincts "
                            "and import the file again; otherwise correct the number.")  # fmt: skip
                told = format_lazy(message, number=row.precinct)
                self.lines[index] = line_of(row, Status.QUESTION, "precinct", told)
        return kept

    def _of_one_precinct(self, rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
        """A house votes in one precinct: the first row that names it holds, the others are asked about."""
        first = next((row for _index, row in rows if row.precinct is not None), None)
        if first is None:
            return rows
        self.precinct, kept = first.precinct, []
        for index, row in rows:
            if row.precinct is None or row.precinct == first.precinct:
                kept.append((index, row))
            else:
                message = _("Row {row} puts this house into precinct {precinct}. Leave one precinct in the file.")
                told = format_lazy(message, row=first.number, precinct=first.precinct)
                self.lines[index] = line_of(row, Status.QUESTION, "precinct", told)
        return kept

    def _head(self, houses: list[tuple[int, HouseRow]]) -> tuple[int, HouseRow] | None:
        """The row that describes the house: the first. Another is a repetition, or a question."""
        for index, row in houses[1:]:
            first = houses[0][1]
            if _said(row) == _said(first):
                message = format_lazy(_("The same house as in row {row}."), row=first.number)
                self.lines[index] = house_line(row, Status.SKIPPED, "house", message)
            else:
                message = _("Row {row} describes the same house otherwise. Leave one of the two rows.")
                told = format_lazy(message, row=first.number)
                self.lines[index] = house_line(row, Status.QUESTION, "house", told)
        return houses[0] if houses else None

    # --- one row a house

    def _decide_house(self, index: int, row: HouseRow, listed: set[tuple[int, str]]) -> None:
        wanted = list(_wanted(row))
        if self.known is None:
            self.fields = self._fields(row, str(row.kind), row.note)
            self.flats = wanted
            self.lines[index] = house_line(row, Status.NEW)
            return
        question = self._question_of_kind(row) or self._question_of_missing(wanted, listed)
        if question:
            self.lines[index] = house_line(row, Status.QUESTION, *question)
            return
        changes = self._compare(self._fields(row, str(row.kind), row.note))
        changes += self._compare_flats(wanted)
        self.lines[index] = _changed(house_line(row, Status.SAME), changes)

    def _fields(self, row: Row, kind: str | None, note: str) -> dict[str, Any]:
        return {"precinct": self.precinct, "kind": kind, "note": note, "latitude": row.lat, "longitude": row.lon}

    def _question_of_kind(self, row: HouseRow) -> tuple[str, Promise] | None:
        lived_in = sum(flat.is_dwelling for flat in self.standing.values())
        if self.known is None or self.known.kind == str(row.kind) or not lived_in:
            return None
        message = _("The list has this house as “{kind}”. If that is wrong, change it on the page of the house.")
        return "kind", format_lazy(message, kind=BuildingKind(self.known.kind).label)

    def _question_of_missing(
        self, wanted: list[PlannedDwelling], listed: set[tuple[int, str]]
    ) -> tuple[str, Promise] | None:
        if not wanted:
            return None
        planned = {(each.entrance, each.flat) for each in wanted} | listed
        missing = [key for key, flat in self.standing.items() if flat.is_dwelling and key not in planned]
        return ("entrances", _missing(missing)) if missing else None

    def _compare(self, fields: dict[str, Any]) -> list[tuple[str, Any]]:
        """What the file says otherwise. An empty cell says nothing."""
        found: list[tuple[str, Any]] = []
        for name, value in fields.items():
            old = getattr(self.known, name)
            if value not in (None, "") and value != old:
                self.fields[name] = value
                found.append((COLUMNS[name], change(LABELS[COLUMNS[name]], _shown(name, old), _shown(name, value))))
        return found

    def _compare_flats(self, wanted: Iterable[PlannedDwelling]) -> list[tuple[str, Any]]:
        wanted = list(wanted)
        self.flats += [each for each in wanted if (each.entrance, each.flat) not in self.standing]
        moved = [
            each
            for each in wanted
            if (each.entrance, each.flat) in self.standing
            and self.standing[each.entrance, each.flat].floor != each.floor
        ]
        self.floors += moved
        found: list[tuple[str, Any]] = []
        if self.flats:
            found.append(("entrances", format_lazy(_("Flats added: {count}."), count=len(self.flats))))
        if moved:
            found.append(("floors", format_lazy(_("Flats on another floor: {count}."), count=len(moved))))
        return found

    # --- one row a dwelling

    def _decide_dwellings(self, rows: list[tuple[int, DwellingRow]], head: HouseRow | None) -> None:
        kind = head.kind if head else self.known.kind if self.known else HouseKind.BLOCK
        if str(kind) != HouseKind.BLOCK:
            message = _("This is no apartment block. If it has flats, change its kind first.")
            self.lines |= {index: dwelling_line(row, Status.QUESTION, "flat", message) for index, row in rows}
            return
        if self.known is None and head is None:
            self.fields = self._fields(rows[0][1], HouseKind.BLOCK.value, "")
        self._decide_flats(rows, _made_by(head))
        if self.known is not None and head is None:
            self._decide_place(*rows[0])
            self._ask_about_missing(rows)

    def _decide_flats(self, rows: list[tuple[int, DwellingRow]], seen: dict[tuple[int, str], int]) -> None:
        listed = {(row.entrance, row.flat.key) for _index, row in rows}
        elsewhere = {
            flat: entrance for (entrance, flat), known in self.standing.items()
            if known.is_dwelling and (entrance, flat) not in listed
        }  # fmt: skip
        for index, row in rows:
            key = (row.entrance, row.flat.key)
            if key in seen:
                message = format_lazy(_("The same flat as in row {row}."), row=seen[key])
                self.lines[index] = dwelling_line(row, Status.SKIPPED, "flat", message)
                continue
            seen[key] = row.number
            self.lines[index] = self._decide_flat(row, key, elsewhere.get(row.flat.key))

    def _decide_flat(self, row: DwellingRow, key: tuple[int, str], elsewhere: int | None) -> Line:
        known = self.standing.get(key)
        planned = PlannedDwelling(row.entrance, row.floor, row.flat.key)
        if known is None and elsewhere is None:
            self.flats.append(planned)
            return dwelling_line(row, Status.NEW)
        if known is None:
            message = _("This flat stands in entrance {entrance}. It is left there: correct the file, or the house.")
            return dwelling_line(row, Status.QUESTION, "entrance", format_lazy(message, entrance=elsewhere))
        if not known.is_dwelling:
            message = _("At the door this was found to be no dwelling. It stays so: if somebody lives there, "
                        "correct it on the page of the house.")  # fmt: skip
            return dwelling_line(row, Status.QUESTION, "flat", message)
        if known.floor == row.floor:
            return dwelling_line(row, Status.SAME)
        self.floors.append(planned)
        return dwelling_line(row, Status.CHANGED, "floor", change(LABELS["floor"], known.floor, row.floor))

    def _decide_place(self, index: int, row: DwellingRow) -> None:
        """What the rows say of the house itself is told at its first row."""
        changes = self._compare(self._fields(row, None, ""))
        if changes:
            self.lines[index] = _changed(self.lines[index], changes)

    def _ask_about_missing(self, rows: list[tuple[int, DwellingRow]]) -> None:
        """At a row that has nothing else to tell, if there is one; no row stays unwritten for it."""
        asked = {line.flat for line in self.lines.values() if line.status == Status.QUESTION}
        listed = {(row.entrance, row.flat.key) for _index, row in rows}
        missing = [
            key for key, flat in self.standing.items()
            if flat.is_dwelling and key not in listed and key[1] not in asked
        ]  # fmt: skip
        if missing:
            quiet = [index for index, _row in rows if self.lines[index].status == Status.SAME]
            index = quiet[0] if quiet else rows[0][0]
            told = self.lines[index]
            self.lines[index] = told._replace(status=Status.QUESTION, field="flat", message=_missing(missing))


# the columns of the file that hold a building's fields
COLUMNS = {"precinct": "precinct", "kind": "kind", "note": "note", "latitude": "lat", "longitude": "lon"}


def _wanted(row: HouseRow) -> Iterable[PlannedDwelling]:
    if row.kind == HouseKind.PRIVATE:
        return [PlannedDwelling(1, 1, "")]
    return row.plan.dwellings() if row.plan else ()


def _said(row: HouseRow) -> tuple[Any, ...]:
    return (row.kind, row.plan, row.note, row.lat, row.lon)


def _made_by(head: HouseRow | None) -> dict[tuple[int, str], int]:
    """The flats that the row of the house makes already."""
    return {(each.entrance, each.flat): head.number for each in _wanted(head)} if head else {}


def _shown(name: str, value: Any) -> Any:
    return BuildingKind(value).label if name == "kind" and value else value


def _changed(line: Line, changes: list[tuple[str, Any]]) -> Line:
    """The line with what has changed, if anything."""
    if not changes:
        return line
    message = format_lazy(" ".join(["{}"] * len(changes)), *(text for _field, text in changes))
    status = Status.CHANGED if line.status == Status.SAME else line.status
    return line._replace(status=status, field=changes[0][0], message=message)


def _missing(flats: list[tuple[int, str]]) -> Promise:
    message = _("Flats that the file lacks: {count} ({flats}). They stay. If they are gone, describe the house anew.")
    return format_lazy(message, count=len(flats), flats=name_flats(flats))
