"""Each behaviour of the desk's script on a page of its own, with nothing else on it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = '<!doctype html><html lang="en"><title>Bench</title><body>{}<script src="/static/app.js"></script></body></html>'


@pytest.fixture(scope="module")
def chromium(playwright, browser_type_launch_args):
    browser = playwright.chromium.launch(**browser_type_launch_args)
    yield browser
    browser.close()


@pytest.fixture
def bench(chromium, live_server):
    """Opens a page that holds the given markup and the built script."""
    context = chromium.new_context(base_url=live_server.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()

    def opened(markup):
        page.route(
            "**/bench/", lambda route: route.fulfill(body=PAGE.format(markup), content_type="text/html; charset=utf-8")
        )
        page.goto("/bench/")
        return page

    yield opened
    context.close()


def test_toast_hides_when_its_time_is_over(bench):
    page = bench('<div data-toast="1" id="toast">Saved</div>')

    expect(page.locator("#toast")).to_be_visible()
    expect(page.locator("#toast")).to_have_count(0, timeout=3000)


def test_toast_stays_while_its_undo_has_the_focus(bench):
    page = bench('<div data-toast="1" id="toast">Saved <button id="undo">Undo</button></div>')

    page.locator("#undo").focus()
    page.wait_for_timeout(1500)

    expect(page.locator("#toast")).to_be_visible()


def test_toast_is_closed_by_hand(bench):
    page = bench('<div data-toast="60" id="toast">Saved <button data-close>Hide</button></div>')

    page.get_by_role("button").click()

    expect(page.locator("#toast")).to_have_count(0)


DIALOG = """
<form action="/gone/"><button data-ask="sure">Erase</button></form>
<dialog class="ask" id="sure"><h2>Erase?</h2><button data-close>Keep</button></dialog>
"""


def test_dangerous_button_asks_before_it_acts(bench):
    page = bench(DIALOG)

    page.get_by_text("Erase", exact=True).click()

    expect(page.locator("dialog")).to_be_visible()
    assert page.url.endswith("/bench/")


@pytest.mark.parametrize("way_out", ["button", "escape", "outside"])
def test_question_is_left_without_an_act(bench, way_out):
    page = bench(DIALOG)
    page.get_by_text("Erase", exact=True).click()

    if way_out == "button":
        page.get_by_text("Keep").click()
    elif way_out == "escape":
        page.keyboard.press("Escape")
    else:
        page.mouse.click(5, 5)

    expect(page.locator("dialog")).to_be_hidden()


def test_copied_address_is_on_the_clipboard_and_the_button_says_so(bench):
    page = bench(
        '<button data-copy="https://dauys.example/p/#abc" data-copied="Copied"><b data-label>Copy</b></button>'
    )

    page.get_by_role("button").click()

    expect(page.get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://dauys.example/p/#abc"


ROWS = """
<div data-selection>
  <table><thead><tr><th><input type="checkbox" data-all></th></tr></thead><tbody>
    <tr><td><input type="checkbox" data-row data-weight="60"></td></tr>
    <tr><td><input type="checkbox" data-row data-weight="1200"></td></tr>
  </tbody></table>
  <div data-bulk hidden><b data-count></b> <b data-sum></b> <button data-clear>Clear</button></div>
</div>
"""


def test_bar_of_acts_appears_with_the_first_chosen_row_and_counts(bench):
    page = bench(ROWS)
    expect(page.locator("[data-bulk]")).to_be_hidden()

    page.locator("[data-row]").nth(1).check()

    expect(page.locator("[data-count]")).to_have_text("1")
    expect(page.locator("[data-sum]")).to_have_text("1,200")
    assert page.locator("[data-all]").evaluate("box => box.indeterminate")


def test_every_place_that_counts_follows_the_ticks_without_a_table(bench):
    boxes = '<label><input type="checkbox" data-row data-weight="{}"> Entrance {}</label>'
    page = bench(
        "<form data-selection><h2>In the turf <b data-count>0</b> <b data-sum>0</b></h2>"
        f"{boxes.format(60, 1)}{boxes.format(40, 2)}<p><b data-count>0</b> <b data-sum>0</b></p></form>"
    )

    page.get_by_label("Entrance 1").check()
    page.get_by_label("Entrance 2").check()
    page.get_by_label("Entrance 1").uncheck()

    expect(page.locator("[data-count]")).to_have_text(["1", "1"])
    expect(page.locator("[data-sum]")).to_have_text(["40", "40"])


def test_all_rows_are_chosen_at_once_and_let_go_at_once(bench):
    page = bench(ROWS)

    page.locator("[data-all]").check()
    expect(page.locator("tr.on")).to_have_count(2)

    page.get_by_text("Clear").click()
    expect(page.locator("tr.on")).to_have_count(0)
    expect(page.locator("[data-bulk]")).to_be_hidden()


PEOPLE = """
<div data-choices>
  <input type="search" hidden data-narrow>
  <label><input type="checkbox"> Нұргүл Әбдіқадырова</label>
  <label><input type="checkbox"> Болат Ермеков</label>
  <p hidden data-none>Nothing found</p>
</div>
"""


def test_long_list_of_people_is_narrowed_by_what_a_russian_keyboard_types(bench):
    page = bench(PEOPLE)

    page.get_by_role("searchbox").fill("абдик")

    expect(page.get_by_text("Нұргүл")).to_be_visible()
    expect(page.get_by_text("Болат")).to_be_hidden()


def test_person_who_is_ticked_stays_in_sight_whatever_is_typed(bench):
    page = bench(PEOPLE)
    page.get_by_text("Болат").click()

    page.get_by_role("searchbox").fill("абдик")
    expect(page.get_by_text("Болат")).to_be_visible()

    page.get_by_role("searchbox").fill("zzz")
    expect(page.get_by_text("Болат")).to_be_visible()
    expect(page.get_by_text("Нұргүл")).to_be_hidden()
