"""What becomes of one row of a file."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.territory.headings import LABELS
from campaign.territory.meaning import DwellingRow, HouseKind, HouseRow, RawRow, RowError

Text = str | Promise


class Status(StrEnum):
    """Every row has one of these; all but `ERROR` and `QUESTION` are settled."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    SKIPPED = "skipped"
    QUESTION = "question"
    ERROR = "error"


# the rows in trouble first, then what is written, then what stays
URGENCY = (Status.ERROR, Status.QUESTION, Status.CHANGED, Status.NEW, Status.SAME, Status.SKIPPED)
STATUS_LABELS: dict[Status, Text] = {
    Status.NEW: pgettext_lazy("row of a file", "new"),
    Status.CHANGED: pgettext_lazy("row of a file", "changed"),
    Status.SAME: pgettext_lazy("row of a file", "as it was"),
    Status.SKIPPED: pgettext_lazy("row of a file", "repeated"),
    Status.QUESTION: pgettext_lazy("row of a file", "question"),
    Status.ERROR: pgettext_lazy("row of a file", "to correct"),
}


class Line(NamedTuple):
    """A row of the file and its fate. `flats` counts what the row names: of a row a dwelling, one."""

    sheet: str
    row: int
    status: Status
    precinct: int | str | None
    street: str
    house: str
    entrances: int | None = None
    floors: int | None = None
    flats: int | None = None
    entrance: int | None = None
    floor: int | None = None
    flat: str | None = None
    field: str = ""
    message: Text = ""

    @property
    def label(self) -> Text:
        return STATUS_LABELS[self.status]

    @property
    def column(self) -> Text:
        """The heading of the cell that the message is about."""
        label = LABELS.get(self.field, "")
        return "" if str(self.message).startswith(f"{label}:") else label

    def as_json(self) -> dict[str, Any]:
        return self._asdict() | {"message": str(self.message)}


def house_line(row: HouseRow, status: Status, field: str = "", message: Text = "") -> Line:
    plan = row.plan
    numbers: tuple[int | None, ...] = (None, None, None)
    if plan:
        numbers = (plan.entrances, plan.floors, plan.total)
    elif row.kind != HouseKind.BLOCK:
        numbers = (None, None, int(row.kind == HouseKind.PRIVATE))
    where = (row.precinct, row.street.written, row.house.written)
    return Line(row.sheet, row.number, status, *where, *numbers, None, None, None, field, message)


def dwelling_line(row: DwellingRow, status: Status, field: str = "", message: Text = "") -> Line:
    return Line(
        row.sheet, row.number, status, row.precinct, row.street.written, row.house.written,
        None, None, 1, row.entrance, row.floor, row.flat.key, field, message,
    )  # fmt: skip


def line_of(row: HouseRow | DwellingRow, status: Status, field: str = "", message: Text = "") -> Line:
    make: Any = house_line if isinstance(row, HouseRow) else dwelling_line
    line: Line = make(row, status, field, message)
    return line


def error_line(raw: RawRow, errors: Iterable[RowError]) -> Line:
    """The cells as they are written. Where several are wrong, each is named by its heading."""
    found = list(errors)
    message: Text = found[0].message
    if len(found) > 1:
        named = [part for each in found for part in (LABELS.get(each.field, each.field), each.message)]
        message = format_lazy(" ".join(["{}: {}"] * len(found)), *named)
    precinct, street, house = (raw.values.get(name, "") for name in ("precinct", "street", "house"))
    return Line(raw.sheet, raw.number, Status.ERROR, precinct, street, house, field=found[0].field, message=message)


def change(label: Text, old: Text | int | None, new: Text | int) -> Text:
    """«Участок: 61 → 62.»"""
    return format_lazy("{}: {} → {}.", label, _("none") if old in (None, "") else old, new)
