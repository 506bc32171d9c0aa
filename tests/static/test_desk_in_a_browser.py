"""The desk in Chromium, under the real Content-Security-Policy: what its script does, and what it looks like to axe."""

import re

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import make_building, make_person, make_precinct, make_street

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
SECTIONS = ["/", "/buildings/", "/streets/", "/precincts/", "/rounds/", "/turfs/", "/people/", "/reports/", "/review/"]
FORMS = ["/precincts/new/", "/people/new/", "/rounds/new/"]


@pytest.fixture(scope="module")
def chromium(playwright, browser_type_launch_args):
    browser = playwright.chromium.launch(**browser_type_launch_args)
    yield browser
    browser.close()


@pytest.fixture
def tab(chromium, live_server):
    """A tab on this installation; whatever its console complains of fails the test."""
    context = chromium.new_context(base_url=live_server.url)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [said for said in complaints if "422" not in said] == []


@pytest.fixture
def desk(tab, live_server, coordinator):
    """The coordinator's tab."""
    cookie = coordinator.client.cookies["session"].value
    tab.context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])
    return tab


# ---- the list


@pytest.fixture
def streets(db):
    for name in ("Абай", "Төле би", "Қабанбай батыр"):
        make_street(name)


def test_typing_narrows_a_list_and_back_restores_it(desk, streets):
    desk.goto("/streets/")

    desk.get_by_role("searchbox").press_sequentially("кабанбай")
    expect(desk.locator("tbody tr")).to_have_count(1)
    assert "q=" in desk.url
    expect(desk.get_by_role("searchbox")).to_be_focused()

    desk.go_back()
    expect(desk.locator("tbody tr")).to_have_count(3)


def test_sorting_keeps_the_search_and_filtering_keeps_the_order(desk, streets):
    desk.goto("/streets/?q=а")
    rows = desk.locator("tbody tr")

    desk.locator("thead a").first.click()
    expect(rows.first).to_contain_text("Қабанбай")
    assert re.search(r"q=.*sort=-", desk.url)

    desk.get_by_role("searchbox").fill("абай")
    expect(rows).to_have_count(1)
    assert re.search(r"sort=-", desk.url)


def test_filter_acts_when_it_is_chosen_and_offers_to_be_reset(desk):
    near, far = make_precinct(), make_precinct()
    make_building(make_street("Абай"), precinct=near)
    make_building(make_street("Төле би"), precinct=far)
    desk.goto("/buildings/")
    expect(desk.locator("[data-reset]")).to_be_hidden()

    desk.locator("select[name=precinct]").select_option(index=1)
    expect(desk.locator("tbody tr")).to_have_count(1)

    desk.locator("[data-reset]").click()
    expect(desk.locator("tbody tr")).to_have_count(2)


# ---- forms


def test_summary_of_errors_takes_the_focus_and_leads_to_the_field(desk):
    desk.goto("/people/new/")
    desk.locator(".formacts .btn.main").click()

    summary = desk.locator("[data-error-summary]")
    expect(summary).to_be_focused()

    link = summary.get_by_role("link").first
    target = link.get_attribute("href")
    link.click()
    expect(desk.locator(f"{target} :is(input, select, textarea)").first).to_be_focused()


# ---- the desk around a page


def test_sections_open_over_a_small_screen_and_close_again(desk):
    desk.set_viewport_size(PHONE)
    desk.goto("/buildings/")
    nav, opener = desk.locator("#nav"), desk.locator("[data-opens]")
    expect(nav).to_be_hidden()

    opener.click()
    expect(nav).to_be_visible()
    expect(nav.locator("a[aria-current]")).to_be_focused()

    desk.keyboard.press("Escape")
    expect(nav).to_be_hidden()
    expect(opener).to_be_focused()


def test_sections_close_when_the_page_beside_them_is_pressed(desk):
    desk.set_viewport_size(PHONE)
    desk.goto("/buildings/")
    desk.locator("[data-opens]").click()

    desk.mouse.click(195, 60)

    expect(desk.locator("#nav")).to_be_hidden()


def test_menu_of_the_account_closes_by_escape_and_gives_the_focus_back(desk):
    desk.goto("/buildings/")
    summary = desk.locator("summary.who")
    summary.click()
    expect(desk.locator(".menu[open]")).to_have_count(1)

    desk.keyboard.press("Escape")

    expect(desk.locator(".menu[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_night_is_chosen_once_and_stays(desk):
    desk.goto("/buildings/")
    desk.locator("summary.who").click()
    desk.locator("button[name=theme][value=dark]").click()

    desk.goto("/streets/")

    assert desk.locator("html").get_attribute("data-theme") == "dark"
    assert desk.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_first_stop_of_the_keyboard_leads_past_the_sections(desk):
    desk.goto("/buildings/")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.locator("main")).to_be_focused()


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_of_the_desk_is_wider_than_a_phone(desk, live_server, width):
    building = make_building(make_street("Қабанбай батыр көшесі"), precinct=make_precinct())
    make_person()
    desk.set_viewport_size({"width": width, "height": 844})
    desk.context.add_cookies([{"name": "language", "value": "kk", "url": live_server.url}])

    wide = {}
    for path in [*SECTIONS, *FORMS, f"/buildings/{building.pk}/"]:
        desk.goto(path)
        wide[path] = desk.evaluate("document.documentElement.scrollWidth") - width

    assert {path: over for path, over in wide.items() if over > 0} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_desk(desk, scheme):
    make_building(make_street("Абай"), precinct=make_precinct())
    desk.emulate_media(color_scheme=scheme)

    found = {}
    for path in [*SECTIONS, *FORMS]:
        desk.goto(path)
        found[path] = complaints_of_axe(desk)

    assert {path: said for path, said in found.items() if said} == {}


def test_axe_finds_nothing_where_one_signs_in(tab, campaign):
    tab.goto("/sign-in/")

    assert complaints_of_axe(tab) == []


def complaints_of_axe(page):
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    violations = Axe().run(page, options=options)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in violations]
