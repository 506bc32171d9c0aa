"""Charts as SVG, drawn here once for the screen and for paper.

The colours of paper are attributes, since WeasyPrint's page styles do not reach into an SVG; on the screen the classes
of `static/css/parts/charts.css` override them, so the same drawing follows light and dark. Whatever a chart shows is
also there in words: a `Chart` carries its figures as a table, a bar says its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaign.formatting import number, short_day
from campaign.plane import Plane
from campaign.svg import BRAND, DUSK, EDGE, INK, INK_2, LIT, LIT_EDGE, SAND, Chart, drawing, line, short, tag, text

# Five names from mulberry to dusk, with how much of the paper shows through.
SHADES = {1: (BRAND, "1"), 2: (BRAND, ".58"), 3: (INK_2, ".5"), 4: (DUSK, ".58"), 5: (DUSK, "1")}
BAR_WIDTH, BAR_HEIGHT = 240, 14

# ---- one bar: done, again, the rest, where the plan stands


def bar_stack(done: int, again: int, rest: int, plan: float | None = None) -> SafeString:
    """The progress of one precinct, house or person. `plan`: how many should be done by today."""
    total = done + again + rest
    scale = BAR_WIDTH / total if total else 0
    parts = [_pane("b-rest", 0, BAR_WIDTH, fill="#ffffff", stroke=EDGE)]
    if again:
        parts.append(_pane("b-again", done * scale, again * scale, fill=DUSK, stroke=DUSK))
    if done:
        parts.append(_pane("b-done", 0, done * scale, fill=LIT, stroke=LIT_EDGE))
    if plan is not None and total:
        x = short(min(max(plan * scale, 1), BAR_WIDTH - 1))
        parts.append(tag("path", class_="b-plan", stroke=INK, stroke_width=2, d=f"M{x} 0v{BAR_HEIGHT}"))
    box = f"0 0 {BAR_WIDTH} {BAR_HEIGHT}"
    label = _bar_words(done, again, rest, plan)
    return tag("svg", *parts, class_="bar", viewBox=box, preserveAspectRatio="none", role="img", aria_label=label)


def _pane(css: str, x: float, width: float, **dress: object) -> SafeString:
    return tag("rect", class_=css, x=x + 0.5, y=2.5, width=max(width - 1, 0.5), height=9, rx=1.5, **dress)


def _bar_words(done: int, again: int, rest: int, plan: float | None) -> str:
    words = _("done %(done)s, again %(again)s, not yet %(rest)s") % {
        "done": number(done),
        "again": number(again),
        "rest": number(rest),
    }
    return words if plan is None else f"{words}; {_('plan for today %(plan)s') % {'plan': number(round(plan))}}"


# ---- labelled bars, one under another


@dataclass(frozen=True)
class Bar:
    """`shade` 1 to 5 goes from mulberry to dusk: for a scale with two ends; 1 for everything else."""

    label: str
    value: int
    shade: int = 1


def bars(label: str, items: Sequence[Bar], *, width: int = 400) -> Chart:
    """Horizontal bars with their words before and their numbers behind."""
    label_width = 12 + 7 * max((len(item.label) for item in items), default=0)
    room = width - label_width - 50
    most = max((item.value for item in items), default=0) or 1
    parts: list[str] = []
    for row, item in enumerate(items):
        y = 30 * row + 4
        fill, opacity = SHADES[item.shade]
        length = max(room * item.value / most, 1)
        parts += [
            text(label_width - 10, y + 14, item.label, css="lab", anchor="end", strong=True),
            tag(
                "rect",
                class_=f"c-{item.shade}",
                fill=fill,
                fill_opacity=opacity,
                x=label_width,
                y=y,
                width=length,
                height=20,
                rx=3,
            ),
            text(label_width + length + 8, y + 14, number(item.value), css="lab", strong=True),
        ]
    rows = tuple((item.label, number(item.value)) for item in items)
    return Chart(drawing(width, 30 * len(items) + 4, label, parts, "chart bars"), (label, _("how many")), rows)


# ---- the pace: what was done day by day, what is needed, where it leads


class Done(NamedTuple):
    """How much was done in all by the end of this day."""

    day: date
    total: int


@dataclass(frozen=True)
class Need:
    """How much is to be done, and the last day for it."""

    goal: int
    last: date


@dataclass(frozen=True)
class Forecast:
    """Where the pace leads by the last day: the likely figure and the range of eight cases in ten."""

    low: int
    likely: int
    high: int


def pace_chart(
    days: Sequence[Done],
    need: Need,
    forecast: Forecast | None = None,
    *,
    now: str = "",
    width: int = 700,
    height: int = 278,
    for_phones: bool = False,
) -> Chart:
    """The round day by day. `now` names the last day's line: «сегодня» on the screen, a date in print.

    `for_phones` draws it a second time, narrower, for `Chart.screen`.
    """
    first = days[0].day if days else need.last
    last = max(need.last, days[-1].day) if days else need.last
    most = max(need.goal, forecast.high if forecast else 0, days[-1].total if days else 0)

    def drawn(width: int, height: int) -> SafeString:
        return _pace(Plane(width, height, first, last, most, room=_room_for_ends()), days, need, forecast, now)

    rows = tuple((short_day(each.day), number(each.total)) for each in days)
    narrow = drawn(360, 260) if for_phones else None
    return Chart(drawn(width, height), (_("day"), _("done in all")), rows, narrow)


def _pace(plane: Plane, days: Sequence[Done], need: Need, forecast: Forecast | None, now: str) -> SafeString:
    parts = [*plane.grid(), *plane.dates(), *_need(plane, need)]
    if days:
        parts += [*_area(plane, days), *_forecast(plane, days[-1], need, forecast), *_fact(plane, days, now)]
    parts += _ends(plane, need, forecast)
    label = _("Doors done by day, the pace that is needed, and where it leads")
    return drawing(plane.width, plane.height, label, parts)


def _need(plane: Plane, need: Need) -> list[str]:
    d = f"M{plane.left} {plane.ground}L{short(plane.x(need.last))} {short(plane.y(need.goal))}"
    dress = {"stroke": INK_2, "stroke_width": 1.5, "stroke_dasharray": "2 5", "stroke_linecap": "round"}
    return [tag("path", class_="need", fill="none", d=d, **dress)]


def _area(plane: Plane, days: Sequence[Done]) -> list[str]:
    d = f"{plane.path(days)}V{plane.ground}Z"
    return [tag("path", class_="area", fill=SAND, d=d)]


def _forecast(plane: Plane, today: Done, need: Need, forecast: Forecast | None) -> list[str]:
    if forecast is None or today.day >= need.last:
        return []
    start = f"M{short(plane.x(today.day))} {short(plane.y(today.total))}"
    end = short(plane.x(need.last))
    band = f"{start}L{end} {short(plane.y(forecast.high))}V{short(plane.y(forecast.low))}Z"
    likely = f"{start}L{end} {short(plane.y(forecast.likely))}"
    return [
        tag("path", class_="band", fill=BRAND, fill_opacity=".16", d=band),
        tag("path", class_="fore", fill="none", stroke=BRAND, stroke_width=2, stroke_dasharray="7 5", d=likely),
    ]


def _fact(plane: Plane, days: Sequence[Done], now: str) -> list[str]:
    x, y = plane.x(days[-1].day), plane.y(days[-1].total)
    before = x > plane.left + 60
    return [
        line("now", x, 16, x, plane.ground, INK_2),
        tag(
            "path",
            class_="fact",
            fill="none",
            stroke=BRAND,
            stroke_width=3,
            stroke_linejoin="round",
            d=plane.path(days),
        ),
        tag("circle", class_="dot", fill=BRAND, stroke="#ffffff", stroke_width=2.5, cx=x, cy=y, r=5.5),
        text(
            x - 10 if before else x + 10,
            y - 9,
            number(days[-1].total),
            css="lab-b",
            anchor="end" if before else "start",
            strong=True,
        ),
        text(x, 11, now, anchor="middle"),
    ]


def _room_for_ends() -> int:
    return 18 + 7 * max(len(_("needed")), len(_("forecast")))


def _ends(plane: Plane, need: Need, forecast: Forecast | None) -> list[str]:
    """The figures at the right edge, a word under each; pushed apart where they would touch."""
    goal_y = plane.y(need.goal)
    parts = _end(plane, goal_y, number(need.goal), _("needed"), "lab")
    if forecast:
        y = plane.y(forecast.likely)
        if abs(y - goal_y) < 32:
            y = goal_y + 32 if forecast.likely <= need.goal else goal_y - 32
        parts += _end(plane, y, number(forecast.likely), _("forecast"), "lab-b")
    return parts


def _end(plane: Plane, y: float, figure: str, word: str, css: str) -> list[str]:
    x = plane.right + 10
    return [text(x, y + 2, figure, css=css, strong=True), text(x, y + 16, word)]
