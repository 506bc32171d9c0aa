"""The pages and files of the phone: its empty shell, the service worker, the manifest, and the pack."""

import hashlib
import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from campaign.access import Permission, allow
from outreach.canvassing.pack import pack_of
from volunteers.accounts.phones import bearer_device, refusal
from volunteers.accounts.receiving import is_revoked

FILES = (
    "phone.css",
    "phone.js",
    "icons.svg",
    "favicon.svg",
    "fonts/onest-cyrillic.woff2",
    "fonts/onest-cyrillic-ext.woff2",
    "fonts/onest-latin.woff2",
    "fonts/onest-latin-ext.woff2",
    "fonts/literata-cyrillic.woff2",
    "fonts/literata-cyrillic-ext.woff2",
)
"""What the phone page needs to open without a signal, besides the page itself."""


@allow(Permission.DEVICE)
@never_cache
@require_safe
def pack(request: HttpRequest) -> HttpResponse:
    device = bearer_device(request)
    if device is None:
        return refusal(401, "token")
    if is_revoked(device):
        return refusal(403, "revoked")
    return JsonResponse(pack_of(device.user, timezone.now()))


@allow(Permission.OPEN)
@cache_control(public=True, no_cache=True)
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The same for everybody: who the phone belongs to is known on the phone only."""
    return render(request, "phone/shell.html")


@allow(Permission.OPEN)
@cache_control(no_cache=True)
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Under a name without a hash, so that phones find the next version; it begins with what to keep.

    `self.ASSETS` are the addresses, `self.VERSION` changes whenever the page or one of the files does.
    """
    script = finders.find("sw.js")
    if not script:
        raise Http404
    begin = f"self.VERSION={json.dumps(version_for(request))};self.ASSETS={json.dumps(kept_addresses())};\n"
    response = HttpResponse(begin + Path(script).read_text(encoding="utf-8"), content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


def kept_addresses() -> list[str]:
    pages = [reverse("canvassing:phone"), reverse("canvassing:manifest")]
    return [*pages, *(static(name) for name in FILES if finders.find(name))]


def version_for(request: HttpRequest) -> str:
    found = [path for name in FILES if (path := finders.find(name))]
    page = render_to_string("phone/shell.html", request=request)
    return hashlib.sha256(page.encode() + b"".join(Path(path).read_bytes() for path in found)).hexdigest()[:16]


@allow(Permission.OPEN)
@cache_control(public=True, max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """For the home screen: there iOS does not erase what waits to be sent."""
    page = reverse("canvassing:phone")
    content = {
        "id": page,
        "name": _("Dauys: doors"),
        "short_name": "Dauys",
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "background_color": "#1f161b",
        "theme_color": "#1f161b",
        "icons": [
            {"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            *(_drawn(size, purpose) for size in (192, 512) for purpose in ("any", "maskable")),
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


def _drawn(size: int, purpose: str) -> dict[str, str]:
    """An icon in pixels: Android's home screens take no drawing."""
    return {"src": static(f"app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
