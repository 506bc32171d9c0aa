"""What axe, the console and the eye find on the phone's screens: nothing. And whose phone it is."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.eyes import AXE, LEVELS, RUN_AXE
from tests.phone.conftest import Phones, Shift
from tests.phone.handset import Handset, say
from tests.phone.test_hands import SCREENS, addresses

WIDE, SMALL = {"width": 390, "height": 844}, {"width": 360, "height": 640}


def show(phone: Handset, address: str) -> None:
    phone.page.evaluate("address => { location.hash = address; }", address)
    phone.page.wait_for_timeout(150)


def complaints(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(RUN_AXE, LEVELS))


def listen(page: Page) -> list[str]:
    """What the page says aloud to its developers, and what it asks for in vain."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("console", lambda said: heard.append(f"{said.type}: {said.text}"))
    page.on("response", lambda answer: heard.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    return heard


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_and_the_console_find_nothing_on_any_screen(phones: Phones, shift: Shift, scheme: str) -> None:
    phone = phones(color_scheme=scheme)
    heard = listen(phone.page)
    phone.page.reload()
    phone.enter("13/12", 3).record(41).record(42, "refused").record(43, "never")
    found = {}
    for screen, address in SCREENS.items():
        show(phone, address.format(**addresses(shift)))
        found[screen] = complaints(phone.page)
    assert found == {screen: [] for screen in SCREENS}
    assert heard == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["390", "360"])
def test_link_page_is_sound_and_fits(phones: Phones, shift: Shift, size: dict[str, int], scheme: str) -> None:
    phone = phones(connected=False, viewport=size, color_scheme=scheme)
    heard = listen(phone.page)
    phone.page.goto(f"{phone.base}/phone/link/#{shift.link()}")
    button = phone.page.locator("[data-link]")
    expect(phone.page.locator(".hero .draw")).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size["height"], "the one button is on screen without scrolling"
    assert phone.page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert complaints(phone.page) == []
    assert heard == []


def test_newer_link_in_the_same_page_is_the_one_that_counts(phones: Phones, shift: Shift) -> None:
    phone = phones(connected=False)
    phone.page.goto(f"{phone.base}/phone/link/#too-old")
    phone.page.locator("[data-link]").click()
    expect(phone.page.get_by_role("alert")).to_be_visible()
    phone.connect(shift.link())
    assert "/link/" not in phone.page.url


def luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_done_is_apricot_with_an_edge_that_stands_out(phones: Phones, shift: Shift, scheme: str) -> None:
    phone = phones(color_scheme=scheme)
    phone.enter("13/12", 3)
    for floor in range(5):
        phone.page.locator(".floor").nth(floor).locator(".lift").click()
        phone.page.locator(".dock .main").click()
    for flat in (41, 42, 43, 44):
        phone.record(flat, "refused")
    show(phone, "#/")
    bar = phone.page.locator("progress").first
    picture = Image.open(io.BytesIO(bar.screenshot(scale="css"))).convert("RGB")
    middle = picture.height // 2
    inside, edge, empty = (picture.getpixel(at) for at in [(6, middle), (6, 0), (picture.width - 6, middle)])
    assert contrast(inside, (0xFF, 0xCC, 0x76)) < 1.05, "filled with apricot"
    ground = ground_of(phone.page)
    assert contrast(edge, ground) >= 3
    assert contrast(edge, empty) >= 3 or contrast(inside, empty) >= 3


def ground_of(page: Page) -> tuple[int, ...]:
    row = page.locator(".go-row[data-building]").first
    picture = Image.open(io.BytesIO(row.screenshot(scale="css"))).convert("RGB")
    return tuple(picture.getpixel((picture.width // 2, 6)))  # type: ignore[arg-type]


def test_another_persons_link_waits_until_the_first_persons_records_have_left(phone: Handset, shift: Shift) -> None:
    from outreach.canvassing.models import Visit

    phone.enter("13/12", 3).record(41).record(42)
    first: Any = shift.persons[0].user
    phone.page.goto(f"{phone.base}/phone/link/#{shift.link(1)}")
    phone.page.locator("[data-link]").click()
    expect(phone.page.get_by_role("alert")).to_be_visible()
    expect(phone.page.locator("[data-value=name]")).to_have_text(first.name)
    expect(phone.page.locator("[data-value=count]")).to_have_text("2")
    assert complaints(phone.page) == []
    with phone.context.expect_page() as opening:
        phone.page.locator("a[data-part=occupied]").click()
    link_page, phone.page = phone.page, opening.value
    phone.let_undo_pass().send().expect_unsent(0)
    link_page.locator("[data-again]:visible").click()
    expect(link_page.locator("#app h1")).to_be_visible()
    (device,) = [kept for kept in phone.kept("keep") if isinstance(kept, dict) and "token" in kept]
    assert device["person"] == str(shift.persons[1].user.pk)
    assert {visit.device.user for visit in Visit.objects.all()} == {first}


def test_phone_is_not_erased_while_another_pages_record_waits(phone: Handset) -> None:
    other = phone.context.new_page()
    other.goto(f"{phone.base}/phone/")
    other.locator(".go-row[data-building]").first.click()
    # This page does not hear of the other's record: a channel can be late.
    phone.page.add_init_script("BroadcastChannel.prototype.addEventListener = () => undefined")
    phone.page.reload()
    show(phone, "#/settings")
    phone.page.get_by_role("button", name=say("leave")).click()
    other.locator(".flat").first.click()
    other.locator("[data-outcome=no_answer]").click()
    expect(other.locator(".flat .q")).to_have_count(1)
    phone.page.get_by_role("button", name=say("leave_do")).click()
    expect(phone.page.get_by_role("alert")).to_be_visible()
    assert len(phone.kept("queue")) == 1
    phone.expect_unsent(1)
