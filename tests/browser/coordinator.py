"""The coordinator at the desk: what her hands do and what her eyes read, page by page."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import Locator, Page, expect

SECONDS_FOR_A_JOB = 30_000


def say(words: str, **values: Any) -> str:
    """The words as the page has them for who reads Russian."""
    with translation.override("ru"):
        return gettext(words) % values


def count(one: str, many: str, number: int) -> str:
    with translation.override("ru"):
        return ngettext(one, many, number) % {"count": number}


def numbers(text: str) -> list[int]:
    """Every number of a text; thousands stand apart by a no-break space."""
    return [int(re.sub(r"\s", "", found)) for found in re.findall(r"\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+", text)]


@dataclass
class Coordinator:
    page: Page
    base: str

    def press(self, words: str) -> None:
        """A button or link of the page itself, by its words."""
        shown = self.page.locator("main").get_by_text(words, exact=True)
        shown.and_(self.page.locator("a, button, summary, a *, button *")).first.click()

    def go(self, section: str) -> None:
        self.page.locator("nav.nav").get_by_role("link", name=say(section)).click()

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto(self.base)
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(password)
        self.page.get_by_role("button", name=say("Sign in")).click()
        expect(self.page.locator("nav.nav")).to_be_visible()

    def import_table(self, file: Path, *, rows: int) -> None:
        """From the first page of an empty campaign: choose, look, agree, wait."""
        self.press(say("Import the district"))
        self.page.locator("[type=file]").set_input_files(file)
        self.press(say("Read the file"))
        expect(self.page.locator("h1")).to_have_text(file.name)
        self.press(count("Import %(count)s row", "Import %(count)s rows", rows))
        expect(self.page.get_by_text(say("To the houses"))).to_be_visible(timeout=SECONDS_FOR_A_JOB)

    def plan_round(self, name: str, *, first: date, last: date) -> None:
        self.go("Headquarters")
        self.press(say("Plan a round"))
        self.page.locator("[name=name]").fill(name)
        self.page.locator("[name=starts_on]").fill(first.isoformat())
        self.page.locator("[name=ends_on]").fill(last.isoformat())
        self.press(say("Save the round"))
        expect(self.page.locator("h1")).to_have_text(name)

    def add_volunteer(self, family_name: str, given_name: str, phone: str) -> None:
        self.go("People")
        self.press(say("Add a person"))
        for name, value in (("family_name", family_name), ("given_name", given_name), ("phone", phone)):
            self.page.locator(f"[name={name}]").fill(value)
        self.page.locator("[name=role]").select_option("volunteer")
        self.press(say("Save"))
        expect(self.page.locator("h1")).to_contain_text(family_name)

    def hand_out(self, address: str, *, entrances: int, to: str) -> None:
        """A turf of all entrances that the search finds, given to one person from now on."""
        self.go("Turfs")
        self.press(say("Make a turf"))
        self.page.locator("[name=q]").press_sequentially(address)
        boxes = self.page.locator("#houses [name=entrances]")
        expect(boxes).to_have_count(entrances)
        for box in boxes.all():
            box.check()
        self.press(say("Make the turf"))
        self.page.get_by_label(to).check()
        self.press(say("Hand out"))
        expect(self.page.locator("main li").filter(has_text=to)).to_be_visible()

    def phone_link(self, short_name: str) -> str:
        """From the turf's page: a code for the volunteer who has no phone yet, and the link below it."""
        self.press(say("Give %(name)s a phone", name=short_name))
        expect(self.page.locator(".qr svg")).to_be_visible()
        return self.page.locator("main input[readonly]").input_value()

    def make_report(self, week: date) -> None:
        self.go("Reports")
        self.press(say("Make a report"))
        self.page.locator("[name=week]").select_option(week.isoformat())
        self.press(say("Make the report"))
        expect(self.download_button()).to_be_visible(timeout=SECONDS_FOR_A_JOB)

    def download_button(self) -> Locator:
        return self.page.get_by_role("link", name=say("Download the PDF"))

    def download(self, where: Path) -> Path:
        with self.page.expect_download() as downloading:
            self.download_button().click()
        downloading.value.save_as(where)
        return where

    def facts(self) -> dict[str, list[int]]:
        """The figures of a page by their captions."""
        lines = self.page.locator("main .facts > div").all()
        return {line.locator("dt").inner_text(): numbers(line.locator("dd").inner_text()) for line in lines}

    def table(self) -> list[list[str]]:
        """The cells of the first table, its foot too."""
        rows = self.page.locator("main table").first.locator("tbody tr, tfoot tr").all()
        return [row.locator("th, td").all_inner_texts() for row in rows]
