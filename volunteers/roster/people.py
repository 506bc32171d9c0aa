"""The list of people."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from campaign.access import Permission, Role, allow
from campaign.lists import Column, List
from campaign.territory.models import Precinct
from volunteers.roster.models import Person


class PersonFilters(forms.Form):
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("any role")), *Role.choices])
    precinct = forms.ModelChoiceField(
        label=_("Precinct"), required=False, queryset=Precinct.objects.all(), empty_label=_("any precinct")
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("any language")), *settings.LANGUAGES]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            chosen = bool(self.data.get(name))
            field.widget.attrs["class"] = "in on" if chosen else "in"


class PersonList(List):
    """Everybody of the campaign, by the Kazakh and Russian alphabets."""

    name = "people"
    columns = (
        Column("name", _("Name"), lambda person: person.whole_name, order=("sort",)),
        Column("role", _("Role"), "get_role_display", order=("role", "sort")),
        Column("precinct", _("Precinct"), lambda person: person.precinct and person.precinct.number,
               order=("precinct__number", "sort"), css="r"),
        Column("phone", _("Phone"), "spaced_phone"),
        Column("language", _("Language"), "get_language_display", order=("language", "sort")),
    )  # fmt: skip
    filters = PersonFilters
    row_template = "roster/person_row.html"
    default_sort = "name"
    search_label = _("Name or phone")


@allow(Permission.SEE_PEOPLE)
@require_safe
def person_list(request: HttpRequest) -> HttpResponseBase:
    people = PersonList(request, Person.objects.visible_to(request.user).with_place())
    return people.respond("roster/person_list.html")
