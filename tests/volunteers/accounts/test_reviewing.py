import html
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from campaign import inbox
from campaign.inbox import Answer, CannotAccept, Kind, Sender
from tests.factories import make_device, make_user
from volunteers.accounts.models import ReviewItem, ReviewReason, ReviewState
from volunteers.accounts.payloads import numbers, readable
from volunteers.accounts.services import put_in_review, put_many_in_review

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def sender(db: None) -> Sender:
    device, _bearer = make_device(make_user(name="Айгерим С."))
    return Sender(device=device, user=device.user, now=NOW)


class Letters:
    """A kind that takes what it is told to accept, unless it says «never»."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, Any]] = []

    def accept(self, item: ReviewItem, user: Any) -> None:
        if item.payload["text"] == "never":
            raise CannotAccept("Такого письма нет: отклоните его.")
        self.accepted.append((item.payload["text"], user))


@pytest.fixture
def letters() -> Any:
    known, letters = inbox.kinds().copy(), Letters()
    inbox.register(
        Kind(
            "letter",
            lambda sender, items: [],
            letters.accept,
            lambda payloads: [f"Письмо: {each['text']}" for each in payloads],
        )
    )
    yield letters
    inbox.kinds().clear()
    inbox.kinds().update(known)


def letter(text: str = "hello") -> dict[str, Any]:
    return {"kind": "letter", "id": str(uuid4()), "text": text}


def waiting(sender: Sender, text: str = "hello") -> ReviewItem:
    put_in_review(sender, letter(text), ReviewReason.OUTSIDE_WINDOW)
    item: ReviewItem = ReviewItem.objects.latest("received_at", "pk")
    return ReviewItem.objects.get(payload__text=text) if item.payload["text"] != text else item


def test_item_is_kept_whole_with_its_reason(sender: Sender, letters: Letters) -> None:
    sent = letter()

    answer = put_in_review(sender, sent, ReviewReason.UNKNOWN_ID)

    kept = ReviewItem.objects.get()
    assert answer == Answer(kept.item_id, "review", "unknown_id")
    assert (kept.payload, kept.kind, kept.device, kept.received_at) == (sent, "letter", sender.device, NOW)


def test_same_item_again_is_known_and_kept_once(sender: Sender) -> None:
    sent = letter()
    put_in_review(sender, sent, ReviewReason.UNKNOWN_ID)

    assert put_in_review(sender, sent, ReviewReason.UNKNOWN_ID).status == "known"
    assert ReviewItem.objects.count() == 1


def test_same_id_with_other_content_is_kept_beside_the_first(sender: Sender) -> None:
    sent = letter()
    first = put_in_review(sender, sent, ReviewReason.UNKNOWN_ID)
    second = put_in_review(sender, {**sent, "text": "other"}, ReviewReason.OTHER_CONTENT)

    assert (first.status, second.status) == ("review", "review")
    assert ReviewItem.objects.count() == 2


def test_many_are_kept_in_the_queries_of_one(sender: Sender, django_assert_num_queries: Any) -> None:
    # the insert, and what was stored
    with django_assert_num_queries(2):
        answers = put_many_in_review(sender, [(letter(str(number)), ReviewReason.UNREADABLE) for number in range(30)])

    assert [answer.status for answer in answers] == ["review"] * 30


def test_database_refuses_the_same_item_twice(sender: Sender) -> None:
    item = waiting(sender)
    item.pk = uuid4()

    with pytest.raises(IntegrityError), transaction.atomic():
        item.save(force_insert=True)


def test_database_refuses_a_decision_without_a_time(sender: Sender) -> None:
    item = waiting(sender)
    item.state = ReviewState.ACCEPTED

    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_accepting_hands_the_item_to_its_kind_and_keeps_why(coordinator: Any, sender: Sender, letters: Letters) -> None:
    item = waiting(sender)

    response = coordinator.post(reverse("accounts:review-accept", args=[item.pk]), {"why": "Она звонила"})

    item.refresh_from_db()
    assert response["Location"] == reverse("accounts:review-list")
    assert letters.accepted == [("hello", coordinator.user)]
    assert (item.state, item.decided_by, item.decision_reason) == ("accepted", coordinator.user, "Она звонила")


def test_after_accepting_the_list_says_so(coordinator: Any, sender: Sender, letters: Letters) -> None:
    item = waiting(sender)

    page = coordinator.client.post(
        reverse("accounts:review-accept", args=[item.pk]), {"why": "Она звонила"}, follow=True
    )

    (toast,) = page.context["messages"]
    assert str(toast) in html.unescape(page.content.decode())
    assert toast.extra_tags == ""


def test_before_the_click_the_page_says_that_accepting_is_final(coordinator: Any, sender: Sender) -> None:
    put_in_review(sender, {"kind": "visit", "id": str(uuid4())}, ReviewReason.UNREADABLE)
    put_in_review(sender, letter(), ReviewReason.UNREADABLE)
    pages = [
        coordinator.get(reverse("accounts:review-detail", args=[item.pk])).content.decode()
        for item in ReviewItem.objects.order_by("-kind")
    ]

    with translation.override("ru"):
        words = translation.gettext("Accepting is final: it counts from then on. A rejection can be taken back.")
    assert [words in page for page in pages] == [True, False]  # what the app cannot read is only rejected


def test_what_its_kind_cannot_take_stays_waiting_and_the_page_says_why(
    coordinator: Any, sender: Sender, letters: Letters
) -> None:
    item = waiting(sender, "never")

    response = coordinator.post(reverse("accounts:review-accept", args=[item.pk]), {"why": "Пусть"})

    item.refresh_from_db()
    assert response.status_code == 422
    assert "Такого письма нет: отклоните его." in response.content.decode()
    assert item.state == "open"


def test_second_accept_of_the_same_item_changes_nothing(coordinator: Any, sender: Sender, letters: Letters) -> None:
    item = waiting(sender)
    accept = reverse("accounts:review-accept", args=[item.pk])
    coordinator.post(accept, {"why": "Да"})

    assert coordinator.post(accept, {"why": "Да"}).status_code == 422
    assert len(letters.accepted) == 1


def test_rejection_keeps_the_item_and_can_be_taken_back(coordinator: Any, sender: Sender, letters: Letters) -> None:
    item = waiting(sender)

    coordinator.post(reverse("accounts:review-reject", args=[item.pk]), {"why": "Это не наш дом"})
    item.refresh_from_db()
    assert (item.state, item.decision_reason) == ("rejected", "Это не наш дом")

    coordinator.post(reverse("accounts:review-reopen", args=[item.pk]))
    item.refresh_from_db()
    assert (item.state, item.decision_reason, item.decided_by, item.decided_at) == ("open", "", None, None)
    assert letters.accepted == []


def test_acceptance_is_not_taken_back(coordinator: Any, sender: Sender, letters: Letters) -> None:
    item = waiting(sender)
    coordinator.post(reverse("accounts:review-accept", args=[item.pk]), {"why": "Да"})

    coordinator.post(reverse("accounts:review-reopen", args=[item.pk]))

    item.refresh_from_db()
    assert item.state == "accepted"


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_decision_without_a_reason_is_asked_for_one(
    coordinator: Any, sender: Sender, letters: Letters, act: str
) -> None:
    item = waiting(sender)

    response = coordinator.post(reverse(f"accounts:review-{act}", args=[item.pk]), {"why": " "})

    item.refresh_from_db()
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["why"])
    assert item.state == "open"


def test_item_of_an_unknown_kind_can_only_be_rejected(coordinator: Any, sender: Sender) -> None:
    put_in_review(sender, {"kind": "song", "id": str(uuid4())}, ReviewReason.UNREADABLE)
    item = ReviewItem.objects.get()

    page = coordinator.get(reverse("accounts:review-detail", args=[item.pk])).content.decode()

    assert reverse("accounts:review-accept", args=[item.pk]) not in page
    assert reverse("accounts:review-reject", args=[item.pk]) in page


def test_list_says_what_why_who(coordinator: Any, sender: Sender, letters: Letters) -> None:
    waiting(sender)

    rows = coordinator.get(reverse("accounts:review-list")).context["list"].page.object_list

    assert [(row.what, row.reason, row.sender_name) for row in rows] == [
        ("Письмо: hello", "outside_window", "Айгерим С.")
    ]


def test_list_is_narrowed_by_state_and_reason(coordinator: Any, sender: Sender, letters: Letters) -> None:
    kept = waiting(sender, "kept")
    done = waiting(sender, "done")
    coordinator.post(reverse("accounts:review-reject", args=[done.pk]), {"why": "Нет"})
    url = reverse("accounts:review-list")

    def shown(**query: str) -> list[Any]:
        return [row.pk for row in coordinator.get(url, query).context["list"].page.object_list]

    assert shown(state="open") == [kept.pk]
    assert shown(state="rejected") == [done.pk]
    assert shown(reason="unknown_id") == []


@pytest.mark.parametrize("count", [1, 30])
def test_list_of_any_length_costs_the_same_queries(
    coordinator: Any, sender: Sender, letters: Letters, count: int, django_assert_num_queries: Any
) -> None:
    put_many_in_review(sender, [(letter(str(number)), ReviewReason.UNREADABLE) for number in range(count)])

    # session, user, campaign, count, rows, badge
    with django_assert_num_queries(6):
        coordinator.get(reverse("accounts:review-list"))


def test_empty_list_says_so_with_one_main_act(coordinator: Any) -> None:
    page = coordinator.get(reverse("accounts:review-list")).content.decode()

    assert page.count("btn main") == 1


def test_badge_counts_what_waits(coordinator: Any, sender: Sender, letters: Letters) -> None:
    waiting(sender, "one")
    done = waiting(sender, "two")
    coordinator.post(reverse("accounts:review-reject", args=[done.pk]), {"why": "Нет"})

    links = coordinator.get(reverse("accounts:review-list")).context["desk"].links

    assert [link.waiting for link in links if link.url == reverse("accounts:review-list")] == [1]


def test_payload_is_shown_in_words_and_local_time(db: None) -> None:
    payload = {
        "kind": "block",
        "building": "0190a5f0-7c1e-7000-8000-000000000001",
        "at": "2026-11-10T09:00:00.000Z",
        "plan": {"floors": 9, "skip": ["13", "14"]},
        "corrects": None,
    }

    assert [value for _word, value in readable(payload)] == ["10\N{NO-BREAK SPACE}ноября, 09:00", "9", "13, 14"]
    assert [value for _word, value in numbers(payload)] == ["block", "0190a5f0-7c1e-7000-8000-000000000001"]


def test_what_waits_stands_before_what_is_decided(coordinator: Any, sender: Sender, letters: Letters) -> None:
    decided, open_ = waiting(sender, "decided"), waiting(sender, "open")
    coordinator.post(reverse("accounts:review-accept", args=[decided.pk]), {"why": "Да"})

    rows = coordinator.get(reverse("accounts:review-list")).context["list"].page.object_list

    assert [row.pk for row in rows] == [open_.pk, decided.pk]


def test_address_of_a_refused_decision_leads_back_to_the_item(coordinator: Any, sender: Sender) -> None:
    item = waiting(sender)

    response = coordinator.get(reverse("accounts:review-reject", args=[item.pk]))

    assert response["Location"] == reverse("accounts:review-detail", args=[item.pk])
