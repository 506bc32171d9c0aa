from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from campaign.access import Permission, Role, allow, may
from campaign.panels import collect
from campaign.territory.models import Precinct
from volunteers.accounts.models import LINK_LIFETIME
from volunteers.accounts.services import BY_PASSWORD, CannotDo
from volunteers.roster.forms import DeskAccessForm, PersonForm
from volunteers.roster.likeness import Likeness, likeness
from volunteers.roster.models import Person
from volunteers.roster.qr import qr_svg
from volunteers.roster.reach import phone_link_trouble
from volunteers.roster.services import give_phone, open_desk, proxies_ruling, save_person

EDIT = ["GET", "HEAD", "POST"]


def found(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user).with_place(), pk=pk)


@allow(Permission.SEE_PEOPLE)
@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = found(request, pk)
    context = {
        "person": person,
        "devices": person.user.devices.order_by("-created_at") if person.user else [],
        "panels": [render_to_string(*part, request=request) for part in collect("person.panels", request, person)],
        "by_password": person.role in BY_PASSWORD,
        "desk_access_url": _desk_access_url(request, person),
    }
    return render(request, "roster/person_detail.html", context)


def _desk_access_url(request: HttpRequest, person: Person) -> str:
    if not may(request.user, Permission.SET_UP_CAMPAIGN):
        return ""
    return reverse("roster:person-desk-access", args=[person.pk])


@allow(Permission.EDIT_PEOPLE)
@require_http_methods(EDIT)
def person_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, _begun(request), _("New person"), reverse("roster:person-list"))


def _begun(request: HttpRequest) -> Person:
    """A precinct's page asks for a proxy of its own."""
    asked = request.GET.get("proxy-of", "")
    precinct = Precinct.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
    return Person(role=Role.PROXY, precinct=precinct) if precinct else Person()


@allow(Permission.EDIT_PEOPLE)
@require_http_methods(EDIT)
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = found(request, pk)
    return _edit(request, person, str(person), person.get_absolute_url())


def _edit(request: HttpRequest, person: Person, title: str, cancel: str) -> HttpResponse:
    form, alike = PersonForm(request.POST or None, instance=person, cancel=cancel), Likeness()
    if request.method == "POST" and form.is_valid():
        alike = Likeness() if "anyway" in request.POST else likeness(form.instance)
        if not alike and (saved := _save(request, form)):
            return saved
    if alike:
        form.offer_to_save_anyway()
    context = {"form": form, "title": title, "person": person, "proxies": proxies_ruling(0), "alike": alike}
    return render(request, "roster/person_form.html", context, status=422 if form.errors or alike else 200)


def _save(request: HttpRequest, form: PersonForm) -> HttpResponse | None:
    """The person's page, or nothing if the form has been told why not."""
    try:
        notes = save_person(person=form.instance, by=request.user)
    except CannotDo as refusal:
        form.add_error(refusal.field, str(refusal))
        return None
    messages.success(request, _("%(person)s is saved.") % {"person": form.instance})
    for note in notes:
        messages.warning(request, note)
    return redirect(form.instance)


@allow(Permission.EDIT_PEOPLE)
@never_cache
@sensitive_variables("token", "address")
@require_http_methods(EDIT)
def person_phone_link(request: HttpRequest, pk: int) -> HttpResponse:
    """By GET what a link is; by POST a fresh one, shown once."""
    person = found(request, pk)
    origin = settings.DAUYS_URL.rstrip("/")
    context: dict[str, Any] = {"person": person, "origin": origin, "trouble": phone_link_trouble()}
    if request.method == "POST":
        try:
            token = give_phone(person=person, made_by=request.user)
        except CannotDo as refusal:
            messages.error(request, str(refusal))
            return redirect(person)
        address = f"{origin}{reverse('accounts:phone-link')}#{token}"
        context |= {"address": address, "qr": qr_svg(address), "until": timezone.now() + LINK_LIFETIME}
    return render(request, "roster/person_phone_link.html", context)


@allow(Permission.SET_UP_CAMPAIGN)
@never_cache
@sensitive_variables("password")
@require_http_methods(EDIT)
def person_desk_access(request: HttpRequest, pk: int) -> HttpResponse:
    """An e-mail, and a password that this one answer shows."""
    person = found(request, pk)
    initial = {"email": person.user.email if person.user else ""}
    form = DeskAccessForm(request.POST or None, initial=initial, cancel=person.get_absolute_url())
    password = ""
    if request.method == "POST" and form.is_valid():
        try:
            password = open_desk(person=person, email=form.cleaned_data["email"])
        except CannotDo as refusal:
            form.add_error("email", str(refusal))
    context = {"person": person, "form": form, "password": password, "email": form.data.get("email", "")}
    return render(request, "roster/person_desk_access.html", context, status=422 if form.errors else 200)
