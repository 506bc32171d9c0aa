"""A thumb that trembles counts nothing twice, and undoes nothing that it did not mean to."""

import pytest
from playwright.sync_api import expect

from campaign.territory.services import add_building
from tests import factories
from tests.phone.conftest import Phones, Shift
from tests.phone.handset import Handset, say


def recorded(phone: Handset) -> list[str]:
    """Each queued row by its flat, once all that a tap could still start has ended."""
    phone.page.wait_for_timeout(200)
    return sorted(row["about"]["flat"] for row in phone.kept("queue"))


def opened(phone: Handset, flat: int, sheet: str) -> Handset:
    phone.flat(flat).click()
    phone.page.get_by_role("button", name=sheet).click()
    return phone


@pytest.mark.parametrize("outcome", ["no_answer", "refused", "never"])
def test_double_tap_on_an_outcome_counts_the_door_once(phone: Handset, outcome: str) -> None:
    phone.enter("13/12", 3)
    phone.flat(47).click()
    phone.page.locator(f"[data-outcome={outcome}]").dblclick()
    expect(phone.flat(47).locator(".q")).to_be_visible()
    expect(phone.page.locator(".sheet")).to_have_count(0)
    assert recorded(phone) == ["47"]


def test_double_tap_on_a_rarer_outcome_and_on_an_hour_counts_once(phone: Handset) -> None:
    phone.enter("13/12", 3)
    opened(phone, 47, say("more_outcomes")).page.locator("[data-outcome=moved]").dblclick()
    expect(phone.flat(47).locator(".q")).to_be_visible()
    opened(phone, 48, say("outcome_come_back")).page.get_by_role("button", name=say("when_unknown")).dblclick()
    expect(phone.flat(48).locator(".q")).to_be_visible()
    assert recorded(phone) == ["47", "48"]


def test_double_tap_on_a_support_counts_one_voter_and_undoes_nothing(phone: Handset) -> None:
    phone.enter("13/12", 3)
    for flat, support in {45: "for", 46: "undecided", 47: "against"}.items():
        phone.flat(flat).click()
        phone.page.locator(".ob.lit").click()
        phone.page.locator(f"[data-support={support}]").dblclick()
        expect(phone.flat(flat).locator(".q")).to_be_visible()
    assert recorded(phone) == ["45", "46", "47"]


def test_double_tap_on_save_counts_the_talk_once(phone: Handset) -> None:
    phone.enter("13/12", 3)
    phone.flat(47).click()
    phone.page.locator(".ob.lit").click()
    phone.page.get_by_role("button", name="2", exact=True).click()
    phone.page.locator("[data-support=for]").click()
    phone.page.locator("[data-support=against]").click()
    phone.page.locator(".dock .main").dblclick()
    expect(phone.flat(47).locator(".q")).to_be_visible()
    assert recorded(phone) == ["47"]


def test_double_tap_on_a_floor_and_on_an_entrance_counts_each_flat_once(phone: Handset) -> None:
    phone.enter("13/12", 3)
    phone.page.locator(".floor").nth(2).locator(".lift").click()
    phone.page.locator(".dock .main").dblclick()
    expect(phone.flat(52).locator(".q")).to_be_visible()
    assert recorded(phone) == ["49", "50", "51", "52"]
    phone.page.get_by_role("button", name=say("more_acts"), exact=True).click()
    phone.page.locator(".ob").filter(has_text=say("outcome_no_access")).dblclick()
    expect(phone.flat(60).locator(".q")).to_be_visible()
    assert recorded(phone) == [str(flat) for flat in range(41, 61)]


def test_double_tap_on_a_report_and_on_a_description_counts_once(phone: Handset) -> None:
    phone.enter("13/12", 3)
    phone.page.get_by_role("button", name=say("more_acts"), exact=True).click()
    phone.page.get_by_role("button", name=say("report_missing")).click()
    phone.page.locator("#f-floor").fill("5")
    phone.page.locator("#f-flat").fill("60А")
    phone.page.locator(".dock .main").dblclick()
    assert recorded(phone) == ["60А"]
    phone.page.evaluate("location.hash = '#/'")
    phone.page.locator(".go-row[data-building]").filter(has_text="15").click()
    for field, number in {"entrances": "2", "floors": "3", "flats_per_landing": "3"}.items():
        phone.page.locator(f"#f-{field}").fill(number)
    phone.page.locator(".dock .main").dblclick()
    expect(phone.flat(9)).to_be_visible()
    assert recorded(phone) == ["", "60А"]


def test_only_a_block_can_lack_a_flat_or_have_one_too_many(phones: Phones, shift: Shift) -> None:
    house = add_building(street=factories.make_street("улица Абая"), house="88", kind="private")
    turf = factories.make_turf(shift.round, entrances=house.entrances.all(), number=9)
    assignment = factories.make_assignment(turf, shift.persons[0])
    phone = phones()
    phone.enter("88")
    phone.page.get_by_role("button", name=say("more_acts"), exact=True).click()
    expect(phone.page.get_by_role("button", name=say("queue"))).to_be_visible()
    expect(phone.page.get_by_role("button", name=say("report_missing"))).to_have_count(0)
    phone.page.keyboard.press("Escape")
    phone.page.locator(".flat").first.click()
    phone.page.get_by_role("button", name=say("more_outcomes")).click()
    expect(phone.page.locator("[data-outcome=moved]")).to_be_visible()
    expect(phone.page.get_by_role("button", name=say("report_no_flat"))).to_have_count(0)
    address = f"#/report/{assignment.pk}/{house.pk}/1"
    phone.page.evaluate("address => { location.hash = address; }", address)
    expect(phone.page.locator(".go-row[data-building]").first).to_be_visible()
