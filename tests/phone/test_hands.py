"""A pleasure to use: taps counted, targets measured, signs compared. (QUALITY: C1, C2, C3, C8, C10.)"""

import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from outreach.canvassing.models import Opinion, Topic, Visit
from tests.phone.conftest import Phones, Shift
from tests.phone.handset import Handset, say
from volunteers.accounts.models import ReviewItem

SMALL = {"width": 360, "height": 640}


class Taps:
    """Counts every tap it makes."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, target: Locator) -> None:
        target.click()
        self.made += 1


def kept_states(phone: Handset) -> dict[str, str]:
    return {
        row["about"]["flat"]: next(item["state"] for item in row["items"] if item["kind"] == "visit")
        for row in phone.kept("queue")
    }


def test_nobody_opened_takes_two_taps(phone: Handset) -> None:
    phone.enter("13/12", 3)
    tap = Taps()
    tap(phone.flat(47))
    tap(phone.page.locator("[data-outcome=no_answer]"))
    expect(phone.flat(47).locator(".q")).to_be_visible()
    assert (tap.made, kept_states(phone)) == (2, {"47": "again"})


def test_talked_with_one_voter_takes_three_taps_and_topics_may_follow(phone: Handset, shift: Shift) -> None:
    phone.enter("13/12", 3)
    tap = Taps()
    tap(phone.flat(47))
    tap(phone.page.locator(".ob.lit"))
    tap(phone.page.locator("[data-support=lean_for]"))
    expect(phone.flat(47)).to_have_class(re.compile("s-done"))
    assert tap.made == 3
    phone.page.get_by_role("button", name=say("topics_short")).click()
    phone.page.get_by_role("button", name="Двор").click()
    phone.page.get_by_role("button", name=say("ready"), exact=True).click()
    phone.let_undo_pass().send().expect_unsent(0)
    rows = Opinion.objects.values_list("outcome", "support", "topics")
    topic = Topic.objects.get(name_ru="Двор").pk
    assert sorted(rows) == [("", "lean_for", [topic]), ("talked", "", [])]


def test_whole_floor_takes_two_taps_and_leaves_those_who_were_met(phone: Handset) -> None:
    phone.enter("13/12", 3).record(50, "refused")
    tap = Taps()
    tap(phone.page.locator(".floor").nth(2).locator(".lift"))
    tap(phone.page.locator(".dock .main"))
    expect(phone.flat(52).locator(".q")).to_be_visible()
    assert tap.made == 2
    assert kept_states(phone) == {"49": "again", "50": "done", "51": "again", "52": "again"}


def test_first_visit_after_the_code_takes_no_more_than_six_taps_and_no_typing(phones: Phones, shift: Shift) -> None:
    phone = phones(connected=False)
    tap = Taps()
    phone.page.goto(f"{phone.base}/phone/link/#{shift.link()}")  # scanning the code
    tap(phone.page.locator("[data-link]"))
    tap(phone.page.locator(".go-row[data-building]").filter(has_text="13/12"))
    tap(phone.flat(1))
    tap(phone.page.locator("[data-outcome=no_answer]"))
    expect(phone.flat(1).locator(".q")).to_be_visible()
    assert tap.made <= 6


SCREENS = {
    "home": "#/",
    "house": "#/house/{assignment}/{building}/3",
    "outcome": "#/house/{assignment}/{building}/3/{flat}/outcome",
    "talk": "#/house/{assignment}/{building}/3/{flat}/talk",
    "later": "#/house/{assignment}/{building}/3/{flat}/later",
    "more": "#/house/{assignment}/{building}/3/{flat}/more",
    "menu": "#/house/{assignment}/{building}/3//menu",
    "describe": "#/describe/{assignment}/{blank}",
    "report": "#/report/{assignment}/{building}/3",
    "script": "#/script/{assignment}",
    "queue": "#/queue",
    "settings": "#/settings",
    "practice": "#/house/0/practice/1",
}

# What can be hit now: not under a sheet, not scrolled out. `clip` is what the scrolling part around it shows of it.
TARGETS = """() => [...document.querySelectorAll("#app button, #app a, #app input")]
  .filter((each) => !each.closest("[inert]") && !each.matches(".veil") && each.offsetParent !== null)
  .map((each) => ({ each, box: each.getBoundingClientRect() }))
  .filter(({ each, box }) =>
    each.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)))
  .map(({ each, box }) => {
    const part = each.closest(".house, .pages, .sheet, .tabs")?.getBoundingClientRect() ?? box;
    const top = Math.max(box.top, part.top), bottom = Math.min(box.bottom, part.bottom);
    return { name: (each.ariaLabel || each.textContent).trim(), x: box.x, y: top, width: box.width,
             height: box.height, shown: bottom - top };
  })"""


def addresses(shift: Shift) -> dict[str, Any]:
    flat = shift.building.dwellings.get(flat="47")
    return {
        "assignment": shift.assignment.pk,
        "building": shift.building.pk,
        "blank": shift.blank.pk,
        "flat": flat.pk,
    }


def gap(a: dict[str, Any], b: dict[str, Any]) -> float:
    across = max(b["x"] - a["x"] - a["width"], a["x"] - b["x"] - b["width"])
    down = max(b["y"] - a["y"] - a["shown"], a["y"] - b["y"] - b["shown"])
    return max(across, down)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_target_is_large_and_apart_from_the_next(phones: Phones, shift: Shift, language: str) -> None:
    phone = phones(viewport=SMALL)
    phone.page.evaluate("language => localStorage.setItem('dauys-language', language)", language)
    phone.page.reload()
    faults = []
    for screen, address in SCREENS.items():
        phone.page.evaluate("address => { location.hash = address; }", address.format(**addresses(shift)))
        phone.page.wait_for_timeout(150)
        faults += [f"{screen}: {fault}" for fault in misplaced(phone.page.evaluate(TARGETS))]
        wide = phone.page.evaluate("document.documentElement.scrollWidth")
        if wide > SMALL["width"]:
            faults.append(f"{screen}: {wide} px wide")
    assert faults == []


def misplaced(targets: list[dict[str, Any]]) -> list[str]:
    small = [f"{each['name']} is {each['width']}×{each['height']}" for each in targets if too_small(each)]
    near = [
        f"{a['name']} and {b['name']} are {gap(a, b):.1f} px apart"
        for index, a in enumerate(targets)
        for b in targets[index + 1 :]
        if gap(a, b) < 7.9 and not (is_head(a) or is_head(b))
    ]
    return [*small, *near]


def too_small(target: dict[str, Any]) -> bool:
    return target["width"] < 47.9 or target["height"] < 47.9


def is_head(target: dict[str, Any]) -> bool:
    """The head and the strip beneath it are full-width bands: a thumb does not take one for the other."""
    return target["y"] < 110


def test_main_acts_lie_under_the_thumb(phones: Phones, shift: Shift) -> None:
    phone = phones(viewport=SMALL)
    phone.enter("13/12", 3)
    phone.flat(60).click()
    for target in (phone.page.locator(".ob.lit"), phone.page.locator("[data-outcome=no_answer]")):
        box = target.bounding_box()
        assert box is not None
        assert box["y"] >= SMALL["height"] * 0.4
        assert box["y"] + box["height"] <= SMALL["height"]


def test_unsent_count_on_every_screen_is_the_number_of_rows_queued(phone: Handset, shift: Shift) -> None:
    phone.enter("13/12", 3).lose_signal()
    phone.record(41).record(42, "refused").record(43)
    rows = len(phone.kept("queue"))
    seen = {}
    for screen, address in SCREENS.items():
        phone.page.evaluate("address => { location.hash = address; }", address.format(**addresses(shift)))
        phone.page.wait_for_timeout(100)
        seen[screen] = phone.unsent()
    assert seen == dict.fromkeys(SCREENS, rows)
    assert rows == 3


def test_clock_is_on_the_phone_and_tick_at_headquarters(phone: Handset, shift: Shift) -> None:
    phone.enter("13/12", 3).record(41)
    phone.flat(41).click()
    expect(phone.page.locator(".place")).to_have_text(say("place_phone"))
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator(".sheet")).to_have_count(0)
    phone.let_undo_pass().send().expect_unsent(0)
    expect(phone.flat(41).locator(".q")).to_have_count(0)
    phone.flat(41).click()
    expect(phone.page.locator(".place")).to_have_text(say("place_headquarters"))
    expect(phone.page.locator(".place use")).to_have_attribute("href", re.compile("#i-check$"))


def test_later_correction_replaces_visit_and_opinions_and_keeps_the_time_of_the_act(
    phone: Handset, shift: Shift
) -> None:
    phone.enter("13/12", 3).record(41, "refused").let_undo_pass().send().expect_unsent(0)
    phone.flat(41).click()
    expect(phone.page.get_by_role("button", name=say("mode_correct"))).to_have_attribute("aria-pressed", "true")
    phone.page.locator(".ob.lit").click()
    phone.page.locator("[data-support=for]").click()
    expect(phone.flat(41).locator(".q")).to_be_visible()
    phone.let_undo_pass().send().expect_unsent(0)
    first, second = Visit.objects.order_by("ordered_at")
    assert second.corrects == first.pk
    assert abs(second.acted_at - first.acted_at).total_seconds() < 1
    assert second.ordered_at > first.ordered_at
    counted = Opinion.objects.counted().values_list("outcome", "support")
    assert sorted(counted) == [("", "for"), ("talked", "")]


def test_block_is_described_at_its_door_without_a_signal_and_walked_at_once(phone: Handset, shift: Shift) -> None:
    phone.lose_signal()
    phone.page.locator(".go-row[data-building]").filter(has_text="15").click()
    for field, number in {"entrances": "2", "floors": "3", "flats_per_landing": "3", "first_flat": "1"}.items():
        phone.page.locator(f"#f-{field}").fill(number)
    phone.page.locator("#f-skip").fill("13")
    expect(phone.page.locator(".dock p")).to_contain_text("1–18")
    phone.page.locator(".dock .main").click()
    expect(phone.flat(9)).to_be_visible()
    phone.record(9, "refused").expect_unsent(2)
    phone.let_undo_pass().find_signal().send().expect_unsent(0)
    flats = shift.blank.dwellings.values_list("flat", flat=True)
    assert Counter(flats) == Counter(str(flat) for flat in range(1, 19) if flat != 13)
    assert [str(visit.dwelling.flat) for visit in Visit.objects.all()] == ["9"]
    assert ReviewItem.objects.count() == 0
    expect(phone.flat(9)).to_have_class(re.compile("s-done"))


def test_missing_flat_is_reported(phone: Handset, shift: Shift) -> None:
    phone.enter("13/12", 3)
    phone.page.get_by_role("button", name=say("more_acts"), exact=True).click()
    phone.page.get_by_role("button", name=say("report_missing")).click()
    phone.page.locator("#f-floor").fill("5")
    phone.page.locator("#f-flat").fill("60А")
    phone.page.locator(".dock .main").click()
    phone.expect_unsent(1)
    phone.let_undo_pass().send().expect_unsent(0)
    report = ReviewItem.objects.get()
    assert (report.payload["flat"], report.payload["problem"], report.payload["entrance"]) == ("60А", "missing", 3)


def test_practice_is_never_kept_or_sent(phone: Handset) -> None:
    asked: list[str] = []
    phone.page.on(
        "request", lambda request: asked.append(request.post_data or "") if request.method == "POST" else None
    )
    phone.page.locator(".go-row.quiet").click()
    phone.flat(5).click()
    phone.page.locator("[data-outcome=no_answer]").click()
    phone.flat(6).click()
    phone.page.locator(".ob.lit").click()
    phone.page.locator("[data-support=for]").click()
    phone.page.locator(".floor").first.locator(".lift").click()
    phone.page.locator(".dock .main").click()
    phone.page.locator(".toast .undo").click()
    expect(phone.page.get_by_text(say("practice_done"))).to_be_visible()
    phone.send()
    phone.page.wait_for_timeout(300)
    assert phone.kept("queue") == phone.kept("acts") == []
    assert not any("visit" in body for body in asked)


def test_last_flat_of_a_block_lights_the_whole_block(phone: Handset, shift: Shift) -> None:
    phone.page.locator(".go-row[data-building]").filter(has_text="15").click()
    for field, number in {"entrances": "1", "floors": "1", "flats_per_landing": "2", "first_flat": "1"}.items():
        phone.page.locator(f"#f-{field}").fill(number)
    phone.page.locator(".dock .main").click()
    phone.record(1, "refused")
    phone.flat(2).click()
    phone.page.locator("[data-outcome=refused]").click()
    expect(phone.page.locator(".cheer h2")).to_have_text(say("all_lit"))
    phone.page.locator(".toast .undo").click()
    phone.page.go_back()
    expect(phone.flat(2)).to_have_class(re.compile("s-none"))


def test_back_closes_the_sheet_then_the_house(phone: Handset) -> None:
    phone.enter("13/12", 3)
    phone.flat(47).click()
    phone.page.locator(".ob.lit").click()
    phone.page.go_back()
    expect(phone.page.locator(".sheet h2")).to_be_visible()
    phone.page.go_back()
    expect(phone.page.locator(".sheet")).to_have_count(0)
    phone.page.go_back()
    expect(phone.page.locator(".go-row[data-building]").first).to_be_visible()


def test_page_opens_without_a_signal_after_one_load(phone: Handset) -> None:
    phone.lose_signal()
    phone.page.reload()
    phone.enter("13/12", 2)
    expect(phone.flat(21)).to_be_visible()
    phone.page.get_by_role("button", name=say("more_acts"), exact=True).click()
    phone.page.get_by_role("button", name=say("settings")).click()
    phone.page.get_by_role("button", name=say("language_kk")).click()
    expect(phone.page.locator("h1")).to_have_text(say("settings", "kk"))


def test_without_https_the_page_says_what_does_not_work(phones: Phones, shift: Shift) -> None:
    phone = phones(connected=False)
    phone.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    phone.open()
    expect(phone.page.get_by_text(say("insecure_title"))).to_be_visible()
    assert phone.page.get_by_text("https://").is_visible()
