import json
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaign import inbox
from campaign.inbox import Answer, Kind, Sender
from tests.factories import make_device
from volunteers.accounts.models import Device, ReviewItem
from volunteers.accounts.services import put_many_in_review

pytestmark = pytest.mark.django_db


class Notes:
    """A kind of its own: keeps the texts it gets; «storm» breaks it down, «far» goes to review."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.texts: list[str] = []
        self.senders: list[Sender] = []

    def receive(self, sender: Sender, items: list[dict[str, Any]]) -> list[Answer]:
        self.senders.append(sender)
        if any(item["text"] == "storm" for item in items):
            raise RuntimeError("storm")
        far = [(item, "outside_assignment") for item in items if item["text"] == "far"]
        near = [item for item in items if item["text"] != "far"]
        self.texts += [item["text"] for item in near]
        return [Answer(UUID(item["id"]), "accepted") for item in near] + put_many_in_review(sender, far)

    def kind(self) -> Kind:
        return Kind(
            self.name, self.receive, lambda item, user: None, lambda payloads: [each["text"] for each in payloads]
        )


@pytest.fixture
def notes() -> Iterator[Notes]:
    known, notes = inbox.kinds().copy(), Notes("note")
    inbox.register(notes.kind())
    yield notes
    inbox.kinds().clear()
    inbox.kinds().update(known)


def note(text: str = "near", **fields: Any) -> dict[str, Any]:
    return {"kind": "note", "id": str(uuid4()), "text": text, **fields}


def send(bearer: str, items: Any, *, client: Client | None = None, **fields: Any) -> Any:
    now = timezone.now().isoformat()
    body = {"v": 1, "now": now, "app": "1", "since": None, "items": items, **fields}
    return send_raw(bearer, json.dumps(body), client=client)


def send_raw(bearer: str, body: str | bytes, *, client: Client | None = None) -> Any:
    browser = client or Client(enforce_csrf_checks=True)
    return browser.post(
        reverse("accounts:inbox"), body, content_type="application/json", headers={"Authorization": f"Bearer {bearer}"}
    )


def statuses(response: Any) -> dict[str, tuple[str, str]]:
    return {each["id"]: (each["status"], each["reason"]) for each in response.json()["answers"]}


def test_each_item_is_answered_by_its_id(notes: Notes) -> None:
    _device, bearer = make_device()
    near, far = note(), note("far")

    response = send(bearer, [near, far])

    assert response.status_code == 200
    assert statuses(response) == {near["id"]: ("accepted", ""), far["id"]: ("review", "outside_assignment")}
    assert notes.texts == ["near"]


def test_answer_has_exactly_the_fields_of_the_protocol(notes: Notes) -> None:
    _device, bearer = make_device()

    answer = send(bearer, []).json()

    assert set(answer) == {"v", "now", "answers", "states", "cursor", "pack", "revoked"}
    assert (answer["v"], answer["answers"], answer["revoked"]) == (1, [], False)
    assert answer["now"].endswith("Z")
    assert datetime.fromisoformat(answer["now"]) <= timezone.now()


def test_no_cookie_and_no_csrf_token_are_needed(notes: Notes) -> None:
    _device, bearer = make_device()

    response = send(bearer, [note()])

    assert response.status_code == 200
    assert response.cookies == {}


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nobody", "Basic abc"])
def test_unknown_token_is_refused(header: str) -> None:
    response = Client().post(
        reverse("accounts:inbox"), "{}", content_type="application/json", headers={"Authorization": header}
    )

    assert (response.status_code, response.json()) == (401, {"error": "token"})


def test_session_cookie_does_not_stand_in_for_the_token(coordinator: Any) -> None:
    response = coordinator.post(reverse("accounts:inbox"), "{}", content_type="application/json")

    assert response.status_code == 401


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("", "json"),
        ("<html>", "json"),
        (b"\xff\xfe", "json"),
        ("[" * 100_000, "json"),
        ('{"v": 1, "now": NaN}', "json"),
        ("[]", "v"),
        ('{"v": 2}', "v"),
        ('{"v": 1, "since": 5}', "since"),
        ('{"v": 1}', "now"),
        ('{"v": 1, "now": "2026-11-24T09:00:00"}', "now"),
        ('{"v": 1, "now": "2026-13-24T09:00:00Z"}', "now"),
        ('{"v": 1, "now": "2026-11-24T09:00:00Z"}', "items"),
        ('{"v": 1, "now": "2026-11-24T09:00:00Z", "items": [5]}', "id"),
        ('{"v": 1, "now": "2026-11-24T09:00:00Z", "items": [{"kind": "note"}]}', "id"),
        ('{"v": 1, "now": "2026-11-24T09:00:00Z", "items": [{"id": "1"}]}', "id"),
    ],
)
def test_body_of_another_form_is_refused_whole(body: str | bytes, error: str) -> None:
    _device, bearer = make_device()

    response = send_raw(bearer, body)

    assert (response.status_code, response.json()) == (400, {"error": error})
    assert ReviewItem.objects.count() == 0


def test_nothing_is_kept_when_one_item_has_no_id(notes: Notes) -> None:
    _device, bearer = make_device()

    assert send(bearer, [note(), note("far"), {"kind": "note"}]).status_code == 400
    assert (notes.texts, ReviewItem.objects.count()) == ([], 0)


def test_five_hundred_items_are_taken_and_one_more_is_too_many(notes: Notes) -> None:
    _device, bearer = make_device()

    assert send(bearer, [note() for _ in range(500)]).status_code == 200
    response = send(bearer, [note() for _ in range(501)])

    assert (response.status_code, response.json()) == (413, {"error": "items"})


def test_body_over_five_megabytes_is_too_large(notes: Notes) -> None:
    _device, bearer = make_device()

    response = send(bearer, [note("x" * (5 * 1024 * 1024))])

    assert (response.status_code, response.json()) == (413, {"error": "body"})


@pytest.mark.parametrize("kind", ["song", None, 5, ["note"]])
def test_item_of_an_unknown_kind_is_kept_for_review(notes: Notes, kind: Any) -> None:
    _device, bearer = make_device()
    item = note(kind=kind)

    response = send(bearer, [item])

    assert statuses(response) == {item["id"]: ("review", "unreadable")}
    assert ReviewItem.objects.get().payload == item


def test_what_postgresql_cannot_store_does_not_block_the_queue(notes: Notes) -> None:
    _device, bearer = make_device()
    item = note("a\0b\ud800", kind="song")

    assert send(bearer, [item]).status_code == 200
    assert ReviewItem.objects.get().payload["text"] == "a\ufffdb\ufffd"


def test_same_item_again_is_known_and_kept_once(notes: Notes) -> None:
    device, bearer = make_device()
    far = note("far")

    first, second = send(bearer, [far]), send(bearer, [far])

    assert statuses(first)[far["id"]] == ("review", "outside_assignment")
    assert statuses(second)[far["id"]][0] == "known"
    assert list(ReviewItem.objects.values_list("item_id", "device_id")) == [(UUID(far["id"]), device.pk)]


def test_exact_double_within_a_batch_reaches_its_kind_once(notes: Notes) -> None:
    _device, bearer = make_device()
    near = note()

    assert statuses(send(bearer, [near, near])) == {near["id"]: ("accepted", "")}
    assert notes.texts == ["near"]


def test_second_content_under_one_id_goes_to_review(notes: Notes) -> None:
    _device, bearer = make_device()
    first = note("first")
    second = {**first, "text": "second"}

    answers = send(bearer, [first, second]).json()["answers"]

    assert [(each["status"], each["reason"]) for each in answers] == [("accepted", ""), ("review", "other_content")]
    assert notes.texts == ["first"]


def test_kinds_get_their_items_in_the_order_of_the_registry(notes: Notes) -> None:
    _device, bearer = make_device()
    later = Notes("later")
    inbox.register(later.kind())
    order: list[str] = []
    notes.receive = lambda sender, items: order.append("note") or []  # type: ignore[method-assign,func-returns-value]
    later.receive = lambda sender, items: order.append("later") or []  # type: ignore[method-assign,func-returns-value]
    inbox.register(notes.kind())
    inbox.register(later.kind())

    send(bearer, [note(kind="later"), note()])

    assert order == ["note", "later"]


def test_breakdown_of_one_kind_keeps_nothing_of_the_batch(notes: Notes) -> None:
    _device, bearer = make_device()
    client = Client(raise_request_exception=False)

    response = send(bearer, [note("storm"), note("song", kind="song")], client=client)

    assert response.status_code == 500
    assert ReviewItem.objects.count() == 0


def test_senders_clock_error_corrects_its_times(notes: Notes) -> None:
    _device, bearer = make_device()
    behind = timezone.now() - timedelta(days=365)

    send(bearer, [note()], now=behind.isoformat())

    error = notes.senders[0].clock_error
    assert timedelta(days=365) <= error < timedelta(days=365, seconds=30)
    assert notes.senders[0].corrected(behind) == notes.senders[0].now


def test_revoked_phone_delivers_into_review_only(notes: Notes) -> None:
    _device, bearer = make_device(revoked_at=timezone.now())
    item = note()

    response = send(bearer, [item])

    answer = response.json()
    assert statuses(response) == {item["id"]: ("review", "revoked_device")}
    assert (answer["revoked"], answer["states"]) == (True, [])
    assert notes.texts == []


def test_phone_of_a_disabled_account_counts_as_revoked(notes: Notes) -> None:
    device, bearer = make_device()
    device.user.is_active = False
    device.user.save()

    assert send(bearer, [note()]).json()["revoked"] is True


def test_headquarters_knows_when_the_phone_was_last_seen(notes: Notes) -> None:
    device, bearer = make_device()
    before = timezone.now()

    send(bearer, [])

    seen = Device.objects.get(pk=device.pk).last_seen_at
    assert seen is not None
    assert before <= seen <= timezone.now()


def test_inbox_takes_posts_only() -> None:
    _device, bearer = make_device()

    assert Client().get(reverse("accounts:inbox"), headers={"Authorization": f"Bearer {bearer}"}).status_code == 405


def test_batch_of_thirty_costs_the_queries_of_one(notes: Notes) -> None:
    _device, bearer = make_device()

    def queries_for(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert send(bearer, [note("far") for _ in range(count)]).status_code == 200
        return len(captured)

    assert queries_for(30) == queries_for(1)


def test_kind_may_shed_what_review_must_not_keep(notes: Notes) -> None:
    _device, bearer = make_device(revoked_at=timezone.now())
    secret = note(flat="41")

    def shed(sender: Sender, items: list[dict[str, Any]]) -> tuple[Sender, list[dict[str, Any]]]:
        return replace(sender, device=None), [{"kind": item["kind"], "id": item["id"]} for item in items]

    inbox.register(replace(notes.kind(), shed=shed))
    response = send(bearer, [secret])

    kept = ReviewItem.objects.get()
    assert statuses(response) == {secret["id"]: ("review", "revoked_device")}
    assert (kept.payload, kept.device) == ({"kind": "note", "id": secret["id"]}, None)


@pytest.mark.django_db(transaction=True)
def test_batch_sent_ten_times_at_once_shuffled_is_kept_once(notes: Notes) -> None:
    _device, bearer = make_device()
    items = [note("far") for _ in range(20)]
    start = Barrier(10)

    def send_shuffled(seed: int) -> list[str]:
        mine = random.Random(seed).sample(items, len(items))
        start.wait()
        try:
            return [status for status, _reason in statuses(send(bearer, mine)).values()]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        found = Counter(status for statuses_ in pool.map(send_shuffled, range(10)) for status in statuses_)

    assert found == {"review": 20, "known": 180}
    assert ReviewItem.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_two_phones_with_the_same_items_wait_for_nobody(notes: Notes) -> None:
    """In opposite orders and in one statement each: neither phone is refused, each item is kept once."""
    bearers = [make_device()[1] for _ in range(4)]
    items = [note("far") for _ in range(200)]
    start = Barrier(4)

    def send_turned(number: int) -> int:
        start.wait()
        try:
            return send(bearers[number], items[:: 1 if number % 2 else -1]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(send_turned, range(4)))

    assert codes == [200] * 4
    assert ReviewItem.objects.count() == 200
