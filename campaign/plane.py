"""The coordinates of a chart over days: its grid, its dates, the path of what was counted."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor, log10

from campaign.formatting import number, short_day
from campaign.svg import EDGE, LINE, line, short, text


class Plane:
    """Days to the right, doors upward. A day's point stands at its end; `room` is left for words at the right."""

    left, top, foot = 44, 26, 26

    def __init__(self, width: int, height: int, first: date, last: date, most: int, *, room: int) -> None:
        self.width, self.height = width, height
        self.right = width - room
        self.first, self.last = first, last
        self.days = max((last - first).days + 1, 1)
        self.step = _round_step(most)
        self.most = max(most, self.step)

    @property
    def ground(self) -> int:
        return self.height - self.foot

    def x(self, day: date) -> float:
        return self.left + (self.right - self.left) * ((day - self.first).days + 1) / self.days

    def y(self, value: float) -> float:
        return self.ground - (self.ground - self.top) * value / self.most

    def path(self, points: Sequence[tuple[date, int]]) -> str:
        steps = [(float(self.left), float(self.ground)), *((self.x(day), self.y(total)) for day, total in points)]
        return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in steps)

    def grid(self) -> list[str]:
        parts: list[str] = []
        for value in range(0, floor(self.most) + 1, self.step):
            css, colour = ("grid", LINE) if value else ("axis", EDGE)
            parts.append(line(css, self.left, self.y(value), self.right, self.y(value), colour))
            parts.append(text(self.left - 8, self.y(value) + 4, number(value), anchor="end"))
        return parts

    def dates(self) -> list[str]:
        """The first day, the last, and as many between as there is room for; a month is named where it begins."""
        parts: list[str] = []
        month = 0
        for day in (self.first + timedelta(days=each) for each in self._shown()):
            words = str(day.day) if day.month == month else short_day(day)
            parts.append(text(self.x(day), self.height - 6, words, anchor="middle"))
            month = day.month
        return parts

    def _shown(self) -> list[int]:
        last = self.days - 1
        every = max(ceil(last / max((self.right - self.left) // 56, 1)), 1)
        inner = [each for each in range(0, last, every) if last - each >= 0.75 * every]
        return [*inner, last]


def _round_step(most: int) -> int:
    """The distance of the grid's lines: 1, 2 or 5 times a power of ten, five lines at most."""
    if most <= 5:
        return 1
    power = 10 ** floor(log10(most / 5))
    return next(int(power * each) for each in (1, 2, 5, 10) if most / (power * each) <= 5)
