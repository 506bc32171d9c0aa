"""The main job from end to end: a district arrives, a stairwell without a signal is walked, the week is printed."""

import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Playwright, expect

from campaign.access import Role
from outreach.canvassing.counting import differences
from outreach.canvassing.models import DoorState, Opinion, Visit
from outreach.canvassing.outcomes import STATE_OF
from tests import factories
from tests.browser.coordinator import Coordinator, numbers, say
from tests.browser.worker import working
from tests.phone.handset import Handset, in_hand
from tests.phone.handset import say as phone_says

HEADINGS = ("Участок", "Улица", "Дом", "Тип", "Подъездов", "Этажей", "Квартир на площадке", "Первая квартира")
HOUSES = [
    (13, "ул. Толе би", "5", "многоквартирный", 2, 5, 4, 1),
    (13, "ул. Толе би", "7а", "многоквартирный", 1, 5, 3, 1),
    (14, "мкр. Салтанат", "12/1", "многоквартирный", 2, 9, 2, 1),
    (14, "ул. Желтоқсан", "24", "частный", "", "", "", ""),
]
FLATS_IN_ALL = 40 + 15 + 36 + 1

# Whom the volunteer met: flats 1 to 20 lie in the first entrance, 21 to 40 in the second.
MET = {
    **dict.fromkeys(range(1, 7), "talked"),
    **dict.fromkeys(range(7, 19), "no_answer"),
    **dict.fromkeys(range(19, 21), "refused"),
    **dict.fromkeys(range(21, 25), "talked"),
    **dict.fromkeys(range(25, 38), "no_answer"),
    38: "moved",
    39: "children",
    40: "never",
}
RARE = {"no_access", "moved", "deceased", "not_dwelling"}  # one tap further away
TALKED = sum(outcome == "talked" for outcome in MET.values())
STATES = Counter(STATE_OF[outcome] for outcome in MET.values())
PASSED = len(MET) - STATES["again"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The district as a coordinator keeps it."""
    path = tmp_path / "округ.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Дома")
        for number, row in enumerate([HEADINGS, *HOUSES]):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def base(live_server: Any, settings: Any) -> str:
    """Phones work without a signal on localhost only, unless there is https."""
    settings.DAUYS_URL = live_server.url.replace("127.0.0.1", "localhost")
    return str(settings.DAUYS_URL)


@pytest.fixture
def at_the_desk(base: str, window: Any) -> Coordinator:
    return Coordinator(window(base).page, base)


@pytest.fixture
def handset(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], base: str, tmp_path: Path
) -> Iterator[Handset]:
    with in_hand(Handset(playwright, browser_type_launch_args, tmp_path / "phone", base)) as phone:
        yield phone


def walk_the_stairwell(phone: Handset) -> None:
    """Tap what was met at each door, one entrance after the other."""
    for entrance, doors in ((1, range(1, 21)), (2, range(21, 41))):
        phone.page.get_by_role("tab").nth(entrance - 1).click()
        for door in doors:
            say_what_was_met(phone, door, MET[door])


def say_what_was_met(phone: Handset, door: int, outcome: str) -> None:
    phone.flat(door).click()
    if outcome == "talked":
        phone.page.locator(".ob.lit").click()
        phone.page.locator("[data-support=lean_for]").click()
    else:
        if outcome in RARE:
            phone.page.get_by_role("button", name=phone_says("more_outcomes")).click()
        phone.page.locator(f"[data-outcome={outcome}]").click()
    expect(phone.flat(door).locator(".q")).to_be_visible()


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_district_is_imported_walked_without_a_signal_and_printed(
    at_the_desk: Coordinator, handset: Handset, table: Path, tmp_path: Path
) -> None:
    campaign = factories.make_campaign()
    user = factories.make_user(Role.COORDINATOR)
    today = datetime.now(campaign.zone).date()
    desk, phone = at_the_desk, handset

    with working():
        # At the desk: the district, the round, who goes where
        desk.sign_in(user.email, factories.PASSWORD)
        desk.import_table(table, rows=len(HOUSES))
        desk.plan_round("Первый обход", first=today - timedelta(days=2), last=today + timedelta(days=7))
        desk.add_volunteer("Ахметова", "Айгерим", "8 700 123 45 67")
        desk.hand_out("толе би 5", entrances=2, to="Ахметова")
        link = desk.phone_link("Айгерим А.")

        # In the stairwell: no signal from the first door to the last
        phone.page.goto(link)
        phone.page.locator("[data-link]").click()
        expect(phone.page.locator(".go-row[data-building]")).to_have_count(1)
        phone.wait_for_worker().lose_signal().enter("Толе би")
        walk_the_stairwell(phone)
        phone.expect_unsent(len(MET))
        made = {item["id"] for row in phone.kept("queue") for item in row["items"] if item["kind"] == "visit"}
        assert Visit.objects.count() == 0

        # Outside again: everything arrives, once
        phone.find_signal().expect_unsent(0)
        assert sorted(str(visit.pk) for visit in Visit.objects.all()) == sorted(made)
        states = dict(DoorState.objects.values_list("dwelling__flat", "state"))
        assert states == {str(door): STATE_OF[outcome] for door, outcome in MET.items()}
        assert Counter(Opinion.objects.exclude(outcome="").values_list("outcome", flat=True)) == Counter(MET.values())
        assert Opinion.objects.filter(support="lean_for").count() == TALKED
        assert differences() == []

        # At the desk: it is seen, and this week is printed
        desk.go("Headquarters")
        whole = desk.table()[-1]
        assert numbers(whole[-2]) == [PASSED, FLATS_IN_ALL]
        desk.press(say("Pace: %(round)s", round="Первый обход"))
        facts = desk.facts()
        assert facts[say("Passed")] == [PASSED, FLATS_IN_ALL]
        assert facts[say("To go again")] == [STATES["again"]]
        desk.make_report(today - timedelta(days=today.weekday()))
        paper = text_of(desk.download(tmp_path / "week.pdf"))

    lines = [numbers(line) for line in paper.splitlines()]
    percent = 100 * PASSED // FLATS_IN_ALL
    assert [percent, PASSED, STATES["again"], FLATS_IN_ALL, PASSED] in lines
