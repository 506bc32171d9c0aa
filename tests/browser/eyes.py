"""What a careful person would find wrong with a page, as sentences: an empty list is a sound page."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

HEAR_REFUSALS = """
window.refusals = [];
addEventListener("securitypolicyviolation", (event) => {
  window.refusals.push(`${event.effectiveDirective} refused ${event.blockedURI || event.sample}`);
});
"""

RUN_AXE = """async (levels) => {
  const { violations } = await axe.run(document, { runOnly: levels, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => {
    const first = nodes[0];
    const why = (first.any[0] || first.all[0] || first.none[0] || {}).message || "";
    return `axe ${id} x${nodes.length}: ${first.target.join(" ")}: ${why}`;
  });
}"""

# Text that a box hides without saying so. What is for screen readers only is one pixel wide.
FIND_CUT = """() => {
  const named = (e) => `${e.tagName}.${[...e.classList].join(".")} «${e.textContent.trim().slice(0, 40)}»`;
  const hides = (value) => value === "hidden" || value === "clip";
  const found = [];
  for (const e of document.body.querySelectorAll("*:not(svg, svg *)")) {
    if (e.clientWidth <= 1 || !e.textContent.trim() || !e.checkVisibility()) continue;
    const style = getComputedStyle(e);
    const dots = style.textOverflow === "ellipsis" && e.title;
    if (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && !dots) found.push(`cut in width: ${named(e)}`);
    if (hides(style.overflowY) && e.scrollHeight > e.clientHeight + 3) found.push(`cut in height: ${named(e)}`);
  }
  return found;
}"""

# Whatever makes a page wider than its window, innermost first; what scrolls by itself may be as wide as it likes.
FIND_WIDE = """(width) => {
  const root = document.documentElement;
  if (root.scrollWidth <= width) return [];
  const scrolls = (e) => e.closest("*") && /auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX);
  const within = (e) => { for (let p = e.parentElement; p && p !== root && p !== document.body; p = p.parentElement)
    if (scrolls(p)) return true; return false; };
  const wide = [...document.body.querySelectorAll("*")].filter((e) =>
    e.checkVisibility() && e.getBoundingClientRect().right > width + 1 && !within(e));
  const names = wide.slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`);
  return [`${root.scrollWidth} wide in a window of ${width}: ${names.join(", ")}`];
}"""

# Words of a drawing shrink with it, whatever their size is called, and end where its edge cuts them.
FIND_ILL_DRAWN = """() => {
  const found = [];
  for (const e of document.querySelectorAll("svg text")) {
    const words = `«${e.textContent.trim()}»`;
    if (words === "«»" || !e.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a;
    if (size < 9.5) found.push(`drawn at ${size.toFixed(1)} px: ${words}`);
    const svg = e.ownerSVGElement, edge = svg.getBoundingClientRect(), box = e.getBoundingClientRect();
    const spills = box.left < edge.left - 1 || box.right > edge.right + 1;
    if (spills && getComputedStyle(svg).overflowX !== "visible") found.push(`cut by the drawing's edge: ${words}`);
  }
  return found;
}"""


@dataclass
class Eyes:
    """One window, and everything that it has said since the last page."""

    context: BrowserContext
    heard: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.context.add_init_script(HEAR_REFUSALS)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        self.page.on("requestfailed", lambda request: self.heard.append(f"not loaded: {request.url}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"console {message.type}: {message.text}")

    def look(self, url: str, *, widths: tuple[int, ...] = (), status: int = 200) -> list[str]:
        """Open a page; all that is wrong with it, at each width too."""
        self.page.goto("about:blank")  # else an address that differs behind its # is no new page
        self.heard.clear()
        response = self.page.goto(url)
        found = [] if response and response.status == status else [f"answers {response and response.status}"]
        if status != 200:
            self.heard[:] = [each for each in self.heard if f"status of {status}" not in each]
        return found + self.look_around(widths)

    def look_around(self, widths: tuple[int, ...] = ()) -> list[str]:
        """The page as it is now."""
        self.page.evaluate("document.fonts.ready.then(() => true)")
        found = [*self.heard, *self.page.evaluate("window.refusals"), *self._accessibility()]
        for width in widths or (self._width(),):
            found += self._at(width)
        return found

    def _width(self) -> int:
        return (self.page.viewport_size or {})["width"]

    def _accessibility(self) -> list[str]:
        self.page.evaluate(AXE.read_text())
        return list(self.page.evaluate(RUN_AXE, LEVELS))

    def _at(self, width: int) -> list[str]:
        size: Any = self.page.viewport_size
        self.page.set_viewport_size({**size, "width": width})
        found = self.page.evaluate(FIND_WIDE, width) + self.page.evaluate(FIND_CUT) + self.page.evaluate(FIND_ILL_DRAWN)
        self.page.set_viewport_size(size)
        return [f"at {width} px: {each}" for each in found]
