"""What the pages of the territory have in common: parts from the apps above, a form that was refused."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from campaign.access import Permission, may
from campaign.panels import collect
from campaign.territory.services import TerritoryError


def panels(slot: str, request: HttpRequest, subject: Any) -> list[str]:
    """The panels that apps above add to this page, drawn."""
    found = collect(slot, request, subject)
    return [render_to_string(template, context, request) for template, context in found]


def cells(request: HttpRequest, building: Any) -> dict[Any, dict[str, str]]:
    """What apps above know of the building's flats."""
    return {pk: cell for known in collect("building.cells", request, building) for pk, cell in known.items()}


def may_edit(request: HttpRequest) -> bool:
    return may(request.user, Permission.EDIT_TERRITORY)


def refuse(form: forms.BaseForm, error: TerritoryError) -> None:
    """Say it at the field it is about."""
    form.add_error(error.field if error.field in form.fields else None, str(error.message))


def form_page(request: HttpRequest, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """The one form page; what was refused has the status that htmx and tests can tell from a page."""
    template = context.pop("template", "territory/form.html")
    refused = (form.is_bound and bool(form.errors)) or bool(context.get("question"))
    return render(request, template, {"form": form} | context, status=422 if refused else 200)
