"""What charts are drawn with: elements whose every word is escaped, colours of paper, a drawing with its figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

INK, INK_2, EDGE, LINE, BRAND = "#1e141b", "#453a42", "#7b7077", "#c9c2c6", "#6a133a"
LIT, LIT_EDGE, DUSK, SAND = "#ffd07f", "#4f3206", "#2f4474", "#f6ead6"


def tag(name: str, *content: str, **attributes: object) -> SafeString:
    """An element; every attribute and every word that goes into it is escaped here, at one place for all."""
    written = "".join(f' {_named(key)}="{escape(short(value))}"' for key, value in attributes.items())
    return SafeString(f"<{name}{written}>{joined(content)}</{name}>")


def joined(parts: Iterable[str]) -> SafeString:
    """One after another; what is not an element of ours is escaped."""
    return SafeString("".join(part if isinstance(part, SafeString) else escape(part) for part in parts))


@cache
def _named(key: str) -> str:
    """`stroke_width` is «stroke-width», `class_` is «class»."""
    return key.rstrip("_").replace("_", "-")


def short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def text(x: float, y: float, words: str, *, css: str = "", anchor: str = "start", strong: bool = False) -> SafeString:
    dress: dict[str, object] = {"fill": INK if strong else INK_2, "font_weight": 600 if strong else 400}
    return tag("text", words, class_=css, x=x, y=y, font_family="Onest", font_size=11.5, text_anchor=anchor, **dress)


def line(css: str, x1: float, y1: float, x2: float, y2: float, colour: str) -> SafeString:
    return tag("path", class_=css, stroke=colour, fill="none", d=f"M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}")


@dataclass(frozen=True)
class Chart:
    """A drawing and its figures."""

    svg: SafeString
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    narrow: SafeString | None = None

    @property
    def screen(self) -> SafeString:
        """For the screen: where words would be too small on a phone, a narrower drawing takes over there."""
        if self.narrow is None:
            return self.svg
        return tag("div", self.svg, class_="for-wide") + tag("div", self.narrow, class_="for-narrow")

    @property
    def table(self) -> SafeString:
        """The figures, folded under the drawing."""
        head = tag("tr", *(tag("th", cell, scope="col") for cell in self.head))
        body = (tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in self.rows)
        table = tag("table", tag("thead", head), tag("tbody", *body))
        return tag("details", tag("summary", _("Figures")), table, class_="figures")

    def __html__(self) -> SafeString:
        return joined((self.svg, self.table))


def drawing(width: float, height: float, label: str, parts: Sequence[str], css: str = "chart") -> SafeString:
    box = f"0 0 {short(width)} {short(height)}"
    return tag("svg", *parts, class_=css, viewBox=box, role="img", aria_label=label)
