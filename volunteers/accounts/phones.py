"""What phones call: the page that makes a device, and the one inbox."""

import json
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST

from campaign import inbox
from campaign.access import Permission, allow
from volunteers.accounts.envelope import Envelope, NotAnEnvelope, TooLarge, read_envelope, storable
from volunteers.accounts.models import Device
from volunteers.accounts.receiving import device_of, is_revoked, receive
from volunteers.accounts.services import LinkUnusable, become_device

PROTOCOL: Final = 1


@allow(Permission.OPEN)
@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def phone_link(request: HttpRequest) -> HttpResponse:
    """Opening the page uses nothing up: previews of messengers open it too. Its button posts the token."""
    if request.method != "POST":
        return render(request, "phone/link.html")
    wish = _link_wish(request)
    if wish is None:
        return refusal(400, "json")
    try:
        device, bearer = become_device(**wish, at=timezone.now())
    except LinkUnusable as error:
        return refusal(410, error.why)
    user = device.user
    return JsonResponse({"token": bearer, "person": str(user.pk), "name": user.name, "language": user.language})


def _link_wish(request: HttpRequest) -> dict[str, str] | None:
    try:
        data = storable(json.loads(request.body))
    except (ValueError, RecursionError, RequestDataTooBig):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("token"), str):
        return None
    label = data.get("label")
    return {"token": data["token"], "label": label if isinstance(label, str) else ""}


@allow(Permission.DEVICE)
@csrf_exempt
@never_cache
@require_POST
def phone_inbox(request: HttpRequest) -> HttpResponse:
    """Everything that phones send comes in here. The bearer token stands in for a session, so no cookie counts."""
    device = bearer_device(request)
    if device is None:
        return refusal(401, "token")
    try:
        envelope = read_envelope(_body(request))
    except TooLarge as error:
        return refusal(413, str(error))
    except NotAnEnvelope as error:
        return refusal(400, str(error))
    return JsonResponse(_answer(device, envelope))


def bearer_device(request: HttpRequest) -> Device | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return device_of(token.strip()) if scheme.lower() == "bearer" else None


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise TooLarge("body") from error


def _answer(device: Device, envelope: Envelope) -> dict[str, Any]:
    now = timezone.now()
    answers = receive(device=device, envelope=envelope, at=now)
    revoked = is_revoked(device)
    return {
        "v": PROTOCOL,
        "now": _stamp(now),
        "answers": [{"id": str(each.id), "status": each.status, "reason": each.reason} for each in answers],
        **({"states": [], "cursor": "", "pack": ""} if revoked else _news(device, envelope, now)),
        "revoked": revoked,
    }


def _news(device: Device, envelope: Envelope, now: Any) -> dict[str, Any]:
    sender = inbox.Sender(device=device, user=device.user, now=now, clock_error=now - envelope.now)
    return {"states": [], "cursor": "", "pack": "", **inbox.reply_to(sender, envelope.since)}


def _stamp(at: Any) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def refusal(status: int, error: str) -> JsonResponse:
    return JsonResponse({"error": error}, status=status)
