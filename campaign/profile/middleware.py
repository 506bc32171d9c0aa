"""Each request in the language the person chose and in the campaign's time zone."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from campaign.access import Permission, may
from campaign.profile.models import Campaign

# What can be asked for while there is no campaign yet.
FREE_OF_SET_UP = {Permission.OPEN, Permission.DEVICE, Permission.OWN_ACCOUNT, Permission.SET_UP_CAMPAIGN}

GetResponse = Callable[[HttpRequest], HttpResponse]


def chosen_language(request: HttpRequest) -> str:
    """The language of the cookie, else of the account, else Russian; the browser's own wish does not count."""
    known = dict(settings.LANGUAGES)
    wished = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or getattr(request.user, "language", "")
    return wished if wished in known else settings.LANGUAGE_CODE


class LanguageMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class CampaignMiddleware:
    """Gives `request.campaign` (None before set-up) and turns on its time zone. Strangers cost no query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.campaign = SimpleLazyObject(Campaign.current)  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.campaign = campaign = Campaign.current()  # type: ignore[attr-defined]
        with timezone.override(campaign.zone if campaign else None):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before set-up the coordinator is led to it from every page of the desk."""
        permission = getattr(view, "permission", None)
        if permission is None or permission in FREE_OF_SET_UP or not may(request.user, Permission.SET_UP_CAMPAIGN):
            return None
        return redirect("profile:campaign") if request.campaign is None else None  # type: ignore[attr-defined]
