"""Nothing is lost, whatever happens to the phone or to the line. (QUALITY: A1, A4, A6, A7, A8, A10, A13, A14, A15.)"""

import re
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from outreach.canvassing.models import DoorState, Opinion, Visit
from tests.phone.conftest import Phones, Shift
from tests.phone.handset import Handset, say
from volunteers.accounts.models import ReviewItem, ReviewReason


def visited(shift: Shift) -> Counter[str]:
    """How often each flat was visited, by its number, as headquarters has it."""
    return Counter(Visit.objects.filter(dwelling__building=shift.building).values_list("dwelling__flat", flat=True))


def states(shift: Shift) -> dict[str, str]:
    rows = DoorState.objects.filter(building=shift.building)
    return dict(rows.values_list("dwelling__flat", "state"))


def offline_in(phone: Handset, entrance: int) -> Handset:
    return phone.enter("13/12", entrance).lose_signal()


def test_phone_without_signal_is_killed_comes_back_and_each_visit_arrives_once(phone: Handset, shift: Shift) -> None:
    offline_in(phone, 3)
    for flat in range(41, 47):
        phone.record(flat)
    phone.kill()
    phone.switch_on().lose_signal()
    phone.page.goto(f"{phone.base}/phone/")
    for flat in range(41, 47):
        expect(phone.flat(flat).locator(".q")).to_be_visible()
    phone.record(47, "refused").expect_unsent(7)
    phone.let_undo_pass().find_signal().send().expect_unsent(0)
    assert visited(shift) == Counter({str(flat): 1 for flat in range(41, 48)})
    assert states(shift) == {**{str(flat): "again" for flat in range(41, 47)}, "47": "done"}


def test_half_filled_answer_comes_back_after_a_kill(phone: Handset, shift: Shift) -> None:
    offline_in(phone, 3)
    phone.flat(47).click()
    phone.page.locator(".ob.lit").click()
    phone.page.get_by_role("button", name="2", exact=True).click()
    phone.page.locator("[data-support=for]").click()
    phone.kept("keep")
    phone.kill()
    phone.switch_on().lose_signal()
    phone.page.goto(f"{phone.base}/phone/")
    expect(phone.page.locator("h1")).to_contain_text("47")
    expect(phone.page.locator(".pills.even [aria-pressed=true]")).to_have_text("2")
    phone.page.locator("[data-support=against]").click()
    phone.page.locator(".dock .main").click()
    expect(phone.flat(47).locator(".q")).to_be_visible()
    phone.let_undo_pass().find_signal().send().expect_unsent(0)
    supports = Opinion.objects.exclude(support="").values_list("support", flat=True)
    assert sorted(supports) == ["against", "for"]


def test_undo_within_ten_seconds_leaves_nothing_and_a_kill_keeps_what_was_saved(phone: Handset, shift: Shift) -> None:
    offline_in(phone, 3)
    phone.record(41).record(42)
    phone.page.locator(".toast .undo").click()
    expect(phone.flat(42).locator(".q")).to_have_count(0)
    phone.record(43)
    phone.kill()
    phone.switch_on().find_signal()
    phone.page.goto(f"{phone.base}/phone/")
    phone.let_undo_pass().send().expect_unsent(0)
    assert visited(shift) == Counter({"41": 1, "43": 1})


def test_answer_lost_on_the_way_is_asked_for_again_and_known(phone: Handset, shift: Shift) -> None:
    phone.enter("13/12", 3)
    said: list[Any] = []

    def lose_first(route: Route) -> None:
        answer = route.fetch()
        said.append(answer.json()["answers"])
        if len([each for each in said if each]) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    phone.page.route("**/api/inbox/", lose_first)
    phone.record(41).let_undo_pass().send()
    expect(phone.page.locator(".sync strong")).to_have_text(say("short_no_answer"))
    assert len(phone.kept("queue")) == 1
    phone.send().expect_unsent(0)
    answered = [answers for answers in said if answers]
    assert [{each["status"] for each in answers} for answers in answered] == [{"accepted"}, {"known"}]
    assert visited(shift) == Counter({"41": 1})


def test_same_id_with_other_content_goes_to_review_and_the_phone_says_so(phone: Handset, shift: Shift) -> None:
    phone.enter("13/12", 3)

    changed: list[Any] = []

    def change(route: Route) -> None:
        sent = route.request.post_data_json
        if changed or not sent["items"]:
            route.continue_()
            return
        changed.extend(sent["items"])
        for item in sent["items"]:
            if item["kind"] == "visit":
                item["state"] = "never"
        route.fetch(post_data=sent)
        route.abort("connectionreset")

    phone.page.route("**/api/inbox/", change)
    phone.record(41).let_undo_pass().send()
    expect(phone.page.locator(".sync strong")).to_have_text(say("short_no_answer"))
    phone.send().expect_unsent(0)
    assert states(shift) == {"41": "never"}
    assert [item.reason for item in ReviewItem.objects.all()] == [ReviewReason.OTHER_CONTENT]
    phone.page.locator(".sync").click()
    expect(phone.page.get_by_text(say("reason_other_content"))).to_be_visible()


def test_full_memory_refuses_the_tap_aloud_and_keeps_the_old_queue(phone: Handset, shift: Shift) -> None:
    offline_in(phone, 3)
    phone.record(41)
    phone.switch_off()
    phone.switch_on().lose_signal().open()
    # Chromium reckons the room that is left before its first write, and then trusts that for a while.
    session = phone.context.new_cdp_session(phone.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.base, "quotaSize": 1})
    phone.flat(42).click()
    phone.page.locator("[data-outcome=no_answer]").click()
    expect(phone.page.get_by_role("alert")).to_contain_text(say("alarm_full"))
    assert [row["about"]["flat"] for row in phone.kept("queue")] == ["41"]
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.base})
    phone.page.locator("[data-outcome=no_answer]").click()
    expect(phone.flat(42).locator(".q")).to_be_visible()


def test_cleared_memory_is_told_at_the_next_start(phone: Handset) -> None:
    session = phone.context.new_cdp_session(phone.page)
    session.send("Storage.clearDataForOrigin", {"origin": phone.base, "storageTypes": "indexeddb"})
    phone.page.reload()
    expect(phone.page.get_by_text(say("cleared_title"))).to_be_visible()
    session.send("Storage.clearDataForOrigin", {"origin": phone.base, "storageTypes": "all"})
    phone.page.reload()
    expect(phone.page.get_by_text(say("unlinked_before"))).to_be_visible()


def test_refused_persistence_is_shown_in_the_settings(phone: Handset) -> None:
    phone.page.add_init_script(
        "navigator.storage.persist = async () => false; navigator.storage.persisted = async () => false"
    )
    phone.page.goto(f"{phone.base}/phone/#/settings")
    phone.page.reload()
    expect(phone.page.get_by_text(say("memory_refused"))).to_be_visible()


def test_database_closed_under_the_page_is_opened_again(phone: Handset, shift: Shift) -> None:
    phone.page.add_init_script("""
        const open = indexedDB.open.bind(indexedDB);
        indexedDB.open = (...given) => {
          const opening = open(...given);
          opening.addEventListener("success", () => { window.theDatabase = opening.result; });
          return opening;
        };
    """)
    phone.page.reload()
    offline_in(phone, 3)
    phone.record(41)
    phone.page.evaluate("window.theDatabase.close()")
    phone.record(42)
    assert [row["about"]["flat"] for row in phone.kept("queue")] == ["41", "42"]


def test_two_phones_in_one_entrance_keep_both_visits_and_the_newest_wins(phones: Phones, shift: Shift) -> None:
    first, second = phones(0), phones(1)
    offline_in(first, 3)
    offline_in(second, 3)
    first.record(41, "refused").record(42)
    second.record(41).record(42, "never")
    # The later visit arrives first.
    second.let_undo_pass().find_signal().send().expect_unsent(0)
    first.let_undo_pass().find_signal().send().expect_unsent(0)
    assert visited(shift) == Counter({"41": 2, "42": 2})
    assert states(shift) == {"41": "again", "42": "never"}
    expect(first.flat(42)).to_have_class(re.compile("s-never"))
    expect(second.flat(41)).to_have_class(re.compile("s-again"))


WRONG_CLOCK = """
const Real = Date;
Date = class extends Real {
  constructor(...given) { if (given.length) super(...given); else super(Real.now() + OFF); }
  static now() { return Real.now() + OFF; }
};
"""


@pytest.mark.parametrize("days", [1, -1])
def test_wrong_clock_is_corrected_flagged_and_shown(phones: Phones, shift: Shift, days: int) -> None:
    phone = phones()
    shift_ms = int(timedelta(days=days).total_seconds() * 1000)
    phone.page.add_init_script(WRONG_CLOCK.replace("OFF", str(shift_ms)))
    phone.page.reload()
    expect(phone.page.get_by_text(say("clock_title", n=1440))).to_be_visible()
    before = time.time()
    phone.enter("13/12", 3).record(41).let_undo_pass().send().expect_unsent(0)
    visit = Visit.objects.get()
    assert visit.clock_off
    assert abs(visit.acted_at.timestamp() - before) < 60
    assert abs(visit.phone_at.timestamp() - before - days * 86400) < 60
    assert ReviewItem.objects.count() == 0
    assert {opinion.day for opinion in Opinion.objects.all()} == {visit.acted_at.astimezone(shift.zone).date()}


LIES = [
    pytest.param(
        {"status": 200, "body": "<html>Wi-Fi</html>", "content_type": "text/html"}, "short_foreign", id="page"
    ),
    pytest.param({"status": 401, "json": {"error": "token"}}, "short_unknown_phone", id="401"),
    pytest.param({"status": 500, "body": "trouble"}, "short_server", id="500"),
    pytest.param({"status": 503, "body": "later"}, "short_busy", id="503"),
    pytest.param({"status": 200, "json": {"answers": "all of them"}}, "short_foreign", id="other-json"),
    pytest.param(
        {"status": 200, "json": {"v": 1, "now": "2026-11-24T09:00:00.000Z", "answers": [], "states": [], "cursor": ""}},
        "short_not_understood",
        id="nothing-named",
    ),
]


@pytest.mark.parametrize(("lie", "cause"), LIES)
def test_lying_network_takes_nothing_from_the_queue_and_the_cause_is_named(
    phone: Handset, shift: Shift, lie: dict[str, Any], cause: str
) -> None:
    phone.enter("13/12", 3)
    phone.page.route("**/api/inbox/", lambda route: route.fulfill(**lie))
    phone.record(41).record(42).let_undo_pass().send()
    expect(phone.page.locator(".sync strong")).to_have_text(say(cause))
    assert len(phone.kept("queue")) == 2
    phone.page.unroute("**/api/inbox/")
    phone.send().expect_unsent(0)
    assert visited(shift) == Counter({"41": 1, "42": 1})


def test_too_large_a_parcel_is_sent_in_halves(phone: Handset, shift: Shift) -> None:
    phone.enter("13/12", 3)
    sizes: list[int] = []

    def narrow(route: Route) -> None:
        visits = [item for item in route.request.post_data_json["items"] if item["kind"] == "visit"]
        sizes.append(len(visits))
        if len(visits) > 1:
            route.fulfill(status=413, body="")
        else:
            route.continue_()

    phone.page.route("**/api/inbox/", narrow)
    phone.lose_signal()
    for flat in (41, 42, 43, 44):
        phone.record(flat)
    phone.let_undo_pass().find_signal().send().expect_unsent(0)
    assert [size for size in sizes if size] == [4, 2, 1, 1, 1, 1]
    assert visited(shift) == Counter({"41": 1, "42": 1, "43": 1, "44": 1})


def test_revoked_phone_is_told_and_its_queue_still_goes_to_review(phone: Handset, shift: Shift) -> None:
    from volunteers.accounts.models import Device
    from volunteers.accounts.services import revoke_device

    offline_in(phone, 3)
    phone.record(41)
    device = Device.objects.get(user=shift.persons[0].user)
    revoke_device(device=device, at=shift.now)
    phone.let_undo_pass().find_signal().send().expect_unsent(0)
    expect(phone.page.locator(".sync strong")).to_have_text(say("revoked_short"))
    assert {item.reason for item in ReviewItem.objects.all()} == {ReviewReason.REVOKED_DEVICE}
    assert visited(shift) == Counter()
