"""The phone page in Chromium at a quarter of the processor's speed: a tap, an opening without a signal, its weight."""

import gzip
import math
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import brotli
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from campaign.access import Role
from campaign.territory.blocks import BlockPlan
from outreach.canvassing.models import Topic
from tests import factories
from tests.bench import _web
from tests.chromium import NAMES
from tests.phone.handset import Handset
from volunteers.accounts.services import make_phone_link

SLOWER = 4
FLATS = 600
TAPS = 60
OPENINGS = 7
TARGET_TAP_MS = 50
TARGET_OPEN_S = 1.0
TARGET_PAGE_KB = 90

# From the finger's touch until the frame with the flat's clock is drawn: it comes only when the disk has the visit.
WATCH = """() => {
  window.taps = [];
  let touched = 0;
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("[data-outcome]")) touched = performance.now();
  }, true);
  new MutationObserver(() => {
    const kept = document.querySelectorAll(".flat .q").length;
    if (touched && kept > (window.kept ?? 0)) {
      const since = touched;
      touched = 0;
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => window.taps.push(performance.now() - since);
      requestAnimationFrame(() => drawn.port2.postMessage(0));
    }
    window.kept = kept;
  }).observe(document.getElementById("app"), { childList: true, subtree: true });
}"""
# The least that any page could do: one row strictly to the disk, one word shown.
BARE = """() => new Promise((ready) => {
  window.bare = [];
  const button = document.createElement("button");
  button.id = "bare";
  button.className = "btn";
  document.body.replaceChildren(button);
  let touched = 0;
  button.addEventListener("pointerdown", () => { touched = performance.now(); });
  const opening = indexedDB.open("bare");
  opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { autoIncrement: true });
  opening.onsuccess = () => {
    button.addEventListener("click", () => {
      const tx = opening.result.transaction("rows", "readwrite", { durability: "strict" });
      tx.objectStore("rows").put({ at: touched });
      tx.oncomplete = () => {
        button.textContent = `kept ${touched}`;
        const drawn = new MessageChannel();
        drawn.port1.onmessage = () => window.bare.push(performance.now() - touched);
        requestAnimationFrame(() => drawn.port2.postMessage(0));
      };
    });
    ready();
  };
})"""
SINCE_START = "() => performance.getEntriesByName('ready')[0].startTime"


def run() -> Iterator[dict[str, Any]]:
    link = _campaign()
    with ExitStack() as stack:
        port = stack.enter_context(_web.served())
        playwright = stack.enter_context(sync_playwright())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        phone = stack.enter_context(_phone(playwright, folder, port))
        phone.connect(link).wait_for_worker()
        taps, opened, bare = _p95(_taps(phone)), max(_openings(phone)), _p95(_bare_taps(phone))
    yield _measure("phone-tap-p95", taps, "ms", TARGET_TAP_MS, floor=bare)
    yield _measure("phone-offline-open", opened / 1000, "s", TARGET_OPEN_S)
    yield _measure("phone-page", _page_kb(), "kB", TARGET_PAGE_KB)


def _measure(name: str, value: float, unit: str, target: float, floor: float | None = None) -> dict[str, Any]:
    return {
        "measure": name,
        "value": round(value, 3),
        "unit": unit,
        "floor": floor and round(floor, 3),
        "ratio": floor and round(value / floor, 2),
        "target": target,
        "ok": value <= target,
    }


def _campaign() -> str:
    """A turf of six hundred flats in six blocks for one volunteer; the fragment of her phone link."""
    factories.make_campaign()
    Topic.objects.create(name_ru="Двор", name_kk="Аула")
    street, precinct = factories.make_street("улица Толе би"), factories.make_precinct()
    plan = BlockPlan(entrances=5, floors=5, flats_per_landing=4)
    blocks = [factories.make_building(street, plan=plan, precinct=precinct) for _ in range(FLATS // plan.total)]
    turf = factories.make_turf(entrances=[entrance for block in blocks for entrance in block.entrances.all()])
    person = factories.make_person(signs_in=True)
    factories.make_assignment(turf, person)
    link = make_phone_link(user=person.user, made_by=factories.make_user(Role.COORDINATOR))
    return link.rpartition("#")[2]


@contextmanager
def _phone(playwright: Playwright, folder: Path, port: int) -> Iterator[Handset]:
    chromium = next(filter(None, map(shutil.which, NAMES)))
    launch = {"executable_path": chromium, "args": ["--no-sandbox"]}
    handset = Handset(playwright, launch, folder, f"http://localhost:{port}").switch_on()
    try:
        yield handset
    finally:
        handset.switch_off()


def _slow_down(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _taps(phone: Handset) -> list[float]:
    """Visits at three entrances, without a signal, each till it is shown and stored."""
    phone.page.locator(".go-row[data-building]").first.click()
    phone.lose_signal()
    _slow_down(phone.page)
    phone.page.evaluate(WATCH)
    for entrance in range(TAPS // 20):
        phone.page.get_by_role("tab").nth(entrance).click()
        for flat in phone.page.locator(".flat").all():
            before = phone.page.evaluate("taps.length")
            flat.click()
            phone.page.locator("[data-outcome=no_answer]").click()
            phone.page.wait_for_function("before => taps.length > before", arg=before)
    return list(phone.page.evaluate("taps"))


def _openings(phone: Handset) -> list[float]:
    """From the address to the house on screen, with everything read from the phone, in milliseconds."""
    opened = []
    for _ in range(OPENINGS):
        phone.page.reload()
        expect(phone.page.locator(".flat").first).to_be_visible()
        opened.append(float(phone.page.evaluate(SINCE_START)))
    return opened


def _bare_taps(phone: Handset) -> list[float]:
    phone.page.evaluate(BARE)
    for count in range(TAPS):
        phone.page.locator("#bare").click()
        phone.page.wait_for_function("count => bare.length > count", arg=count)
    return list(phone.page.evaluate("bare"))


def _p95(values: list[float]) -> float:
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


def _page_kb() -> float:
    """What opens the page the first time: its HTML by gzip, its files as whitenoise sends them, fonts aside."""
    page = len(gzip.compress(render_to_string("phone/shell.html").encode()))
    files = [finders.find(name) for name in ("phone.css", "phone.js", "icons.svg")]
    return (page + sum(len(brotli.compress(Path(str(path)).read_bytes())) for path in files)) / 1000
