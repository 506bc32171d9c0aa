"""A phone in the hand: the page in a Chromium of its own, and the taps that people make."""

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Locator, Page, Playwright, expect

SIZE = {"width": 390, "height": 844}
QUIET = ["--disable-gpu", "--disable-background-networking", "--no-first-run", "--mute-audio"]
UNDO_SECONDS = 10

READ_STORE = """name => new Promise((resolve, reject) => {
  const opening = indexedDB.open("dauys");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const db = opening.result;
    const reading = db.transaction(name).objectStore(name).getAll();
    reading.onsuccess = () => { db.close(); resolve(reading.result); };
  };
})"""

# A phone whose undo is over sends at once: what waits for ten seconds and one is made older by them.
LET_TIME_PASS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("dauys");
  opening.onsuccess = () => {
    const tx = opening.result.transaction("queue", "readwrite");
    const rows = tx.objectStore("queue");
    rows.getAll().onsuccess = ({ target }) => {
      for (const row of target.result) rows.put({ ...row, ready_at: row.ready_at - 11000 });
    };
    tx.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


def say(word: str, language: str = "ru", **values: Any) -> str:
    """What the page says, by the name of the word."""
    from outreach.canvassing.words import catalogues

    return str(catalogues()[language][word]).format(**values)


@dataclass
class Handset:
    """One phone. Its folder outlives its Chromium, as a phone's memory outlives its battery."""

    playwright: Playwright
    launch: dict[str, Any]
    folder: Path
    base: str
    options: dict[str, Any] = field(default_factory=dict)
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)

    def switch_on(self) -> "Handset":
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=self.launch["executable_path"],
            args=[*self.launch["args"], *QUIET],
            locale="ru-RU",
            **{"viewport": SIZE, "has_touch": True, **self.options},
        )
        self.page = self.context.pages[0]
        self.page.set_default_timeout(10_000)
        return self

    def switch_off(self) -> None:
        self.context.close()

    def kill(self) -> None:
        """The battery falls out: SIGKILL to every process of this Chromium."""
        for pid in chromiums_of(self.folder):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(Error):
            self.context.close()
        for left in self.folder.glob("Singleton*"):
            left.unlink()

    # What a hand does

    def connect(self, token: str) -> "Handset":
        self.page.goto(f"{self.base}/phone/link/#{token}")
        self.page.locator("[data-link]").click()
        expect(self.page.locator(".go-row[data-building]").first).to_be_visible()
        return self

    def open(self) -> "Handset":
        self.page.goto(f"{self.base}/phone/")
        expect(self.page.locator("#app h1")).to_be_visible()
        return self

    def wait_for_worker(self) -> "Handset":
        """Until the page is kept for work without a signal."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self

    def enter(self, address: str, entrance: int | None = None) -> "Handset":
        self.page.locator(".go-row[data-building]").filter(has_text=address).click()
        if entrance:
            self.page.get_by_role("tab").filter(has_text=re.compile(rf"^{entrance}")).click()
        return self

    def flat(self, number: int | str) -> Locator:
        return self.page.locator(".flat").filter(has=self.page.locator("b", has_text=re.compile(rf"^{number}$")))

    def record(self, number: int | str, outcome: str = "no_answer") -> "Handset":
        self.flat(number).click()
        self.page.locator(f"[data-outcome={outcome}]").click()
        expect(self.page.locator(".sheet")).to_have_count(0)
        expect(self.flat(number).locator(".q")).to_be_visible()
        return self

    def lose_signal(self) -> "Handset":
        self.context.set_offline(True)
        return self

    def find_signal(self) -> "Handset":
        self.context.set_offline(False)
        return self

    def let_undo_pass(self) -> "Handset":
        """Eleven seconds later: the page is told as another page's write would tell it."""
        self.page.evaluate(LET_TIME_PASS)
        self.page.evaluate("new BroadcastChannel('dauys').postMessage('changed')")
        return self

    def send(self) -> "Handset":
        self.page.evaluate("window.dispatchEvent(new Event('online'))")
        return self

    # What is seen and kept

    def unsent(self) -> int:
        return int(self.page.locator(".sync").first.get_attribute("data-unsent") or "-1")

    def expect_unsent(self, count: int) -> None:
        expect(self.page.locator(".sync").first).to_have_attribute("data-unsent", str(count), timeout=15_000)

    def kept(self, store: str) -> list[dict[str, Any]]:
        return json.loads(json.dumps(self.page.evaluate(READ_STORE, store)))

    def signal_says(self) -> str:
        return self.page.locator(".sync strong").first.inner_text()


def chromiums_of(folder: Path) -> Iterator[int]:
    """The processes whose memory lies in this folder; found by what they were started with."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and f"--user-data-dir={folder}" in _arguments(entry):
            yield int(entry.name)


def _arguments(process: Path) -> list[str]:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


@contextmanager
def in_hand(handset: Handset) -> Iterator[Handset]:
    handset.switch_on()
    try:
        yield handset
    finally:
        handset.switch_off()
