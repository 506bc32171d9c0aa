import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign.access import Role
from tests.factories import make_user
from volunteers.accounts.models import Device, PhoneLink
from volunteers.accounts.secret import digest_of
from volunteers.accounts.services import CannotDo, LinkUnusable, become_device, make_phone_link

pytestmark = pytest.mark.django_db
PHONES = 20


def press(client: Client, token: Any, **more: Any) -> Any:
    body = json.dumps({"token": token, "label": "Redmi 9", **more})
    return client.post(reverse("accounts:phone-link"), body, content_type="application/json")


@pytest.fixture
def maker(db: None) -> Any:
    return make_user(Role.COORDINATOR)


def test_button_makes_a_device_and_hands_out_its_token_once(client: Client, maker: Any) -> None:
    user = make_user(name="Айгерим С.", language="kk")
    token = make_phone_link(user=user, made_by=maker)

    response = press(client, token)

    answer = response.json()
    device = Device.objects.get()
    assert answer == {"token": answer["token"], "person": str(user.pk), "name": "Айгерим С.", "language": "kk"}
    assert (device.user, device.label, device.digest) == (user, "Redmi 9", digest_of(answer["token"]))
    assert len(answer["token"]) == 43
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_page_uses_nothing_up(client: Client, maker: Any, method: str) -> None:
    token = make_phone_link(user=make_user(), made_by=maker)

    for _ in range(3):
        getattr(client, method)(reverse("accounts:phone-link"))

    assert PhoneLink.objects.get().used_at is None
    assert press(client, token).status_code == 200


def test_second_press_is_told_that_the_link_is_used(client: Client, maker: Any) -> None:
    token = make_phone_link(user=make_user(), made_by=maker)
    press(client, token)

    response = press(client, token)

    assert (response.status_code, response.json()) == (410, {"error": "used"})
    assert Device.objects.count() == 1


def test_link_dies_after_ten_minutes(maker: Any) -> None:
    token = make_phone_link(user=make_user(), made_by=maker)
    made = PhoneLink.objects.get().created_at

    with pytest.raises(LinkUnusable) as refusal:
        become_device(token=token, label="", at=made + timedelta(minutes=10))
    assert refusal.value.why == "expired"
    become_device(token=token, label="", at=made + timedelta(minutes=9, seconds=59))


def test_new_link_kills_the_earlier_unused_one(client: Client, maker: Any) -> None:
    user = make_user()
    first, second = make_phone_link(user=user, made_by=maker), make_phone_link(user=user, made_by=maker)

    assert press(client, first).json() == {"error": "expired"}
    assert press(client, second).status_code == 200


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STAFF])
def test_desk_account_never_gets_a_link(maker: Any, role: Role) -> None:
    with pytest.raises(CannotDo):
        make_phone_link(user=make_user(role), made_by=maker)
    assert PhoneLink.objects.count() == 0


def test_link_of_somebody_who_joined_the_desk_meanwhile_is_dead(client: Client, maker: Any) -> None:
    user = make_user()
    token = make_phone_link(user=user, made_by=maker)
    user.role = Role.STAFF
    user.save()

    assert press(client, token).json() == {"error": "expired"}
    assert Device.objects.count() == 0


def test_link_of_a_disabled_account_is_dead(client: Client, maker: Any) -> None:
    user = make_user()
    token = make_phone_link(user=user, made_by=maker)
    user.is_active = False
    user.save()

    assert press(client, token).json() == {"error": "expired"}


def test_token_is_kept_as_a_digest_only(maker: Any) -> None:
    token = make_phone_link(user=make_user(), made_by=maker)

    assert PhoneLink.objects.get().digest == digest_of(token)


@pytest.mark.parametrize("body", ["", "[]", "{", '{"token": 5}', "{}"])
def test_body_without_a_token_is_refused(client: Client, body: str) -> None:
    response = client.post(reverse("accounts:phone-link"), body, content_type="application/json")

    assert (response.status_code, response.json()) == (400, {"error": "json"})


def test_letters_that_the_database_cannot_hold_stop_nobody(client: Client, maker: Any) -> None:
    assert press(client, "\ud800").json() == {"error": "expired"}

    response = press(client, make_phone_link(user=make_user(), made_by=maker), label="Redmi\0 \ud83d")

    assert response.status_code == 200
    assert Device.objects.get().label == "Redmi\ufffd \ufffd"


def test_press_without_csrf_token_is_refused(maker: Any) -> None:
    token = make_phone_link(user=make_user(), made_by=maker)

    assert press(Client(enforce_csrf_checks=True), token).status_code == 403
    assert PhoneLink.objects.get().used_at is None


@pytest.mark.django_db(transaction=True)
def test_of_twenty_phones_at_once_exactly_one_gets_in() -> None:
    token = make_phone_link(user=make_user(), made_by=make_user(Role.COORDINATOR))
    start = Barrier(PHONES)

    def try_it(number: int) -> str:
        start.wait()
        try:
            become_device(token=token, label=str(number), at=timezone.now())
        except LinkUnusable as refusal:
            return refusal.why
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(PHONES) as pool:
        outcomes = sorted(pool.map(try_it, range(PHONES)))

    assert outcomes == ["in"] + ["used"] * (PHONES - 1)
    assert Device.objects.count() == 1
