from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from campaign.access import Permission, allow
from volunteers.accounts.forms import SetUpForm
from volunteers.accounts.models import Device, User
from volunteers.accounts.services import CannotDo, claim_set_up, revoke_device

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
THEMES = ("light", "dark", "auto")
A_YEAR = 365 * 24 * 60 * 60


@allow(Permission.OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The first coordinator of an empty installation; afterwards this page only leads to sign-in."""
    if User.objects.coordinators().exists():
        return redirect("account_login")
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = claim_set_up(**form.cleaned_data, language=request.LANGUAGE_CODE)  # type: ignore[attr-defined]
        except CannotDo as refusal:
            form.add_error("code", str(refusal))
        else:
            login(request, user, backend=BACKEND)
            return redirect("profile:campaign")
    return render(request, "accounts/set_up.html", {"form": form}, status=422 if form.errors else 200)


@allow(Permission.OPEN)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's own view sets the cookie; the account remembers for other browsers and for messages."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return set_language(request)


@allow(Permission.OPEN)
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it."""
    theme = request.POST.get("theme")
    response = redirect(next_page(request))
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


@allow(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def device_revoke(request: HttpRequest, device_id: str) -> HttpResponse:
    """A page that says what happens, then the act."""
    device = get_object_or_404(Device.objects.visible_to(request.user).select_related("user"), pk=device_id)
    if request.method == "POST":
        revoke_device(device=device, at=timezone.now())
        messages.success(request, _("The phone is disconnected. What it still delivers goes to review."))
        return redirect(next_page(request))
    return render(request, "accounts/device_revoke.html", {"device": device, "next": next_page(request)})


def next_page(request: HttpRequest) -> str:
    """Where to go afterwards: a page of our own, else the first one."""
    wished = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wished, {request.get_host()}, require_https=request.is_secure()):
        return wished
    return reverse("account_login")
