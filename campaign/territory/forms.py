"""Forms of the territory: they turn what people write into addresses and plans, and say what to write instead."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.forms import HouseHelper, half, third
from campaign.territory import services
from campaign.territory.addresses import AddressError, HouseNumber, StreetName
from campaign.territory.models import Building, BuildingKind, Precinct, Street

NUMBER_MESSAGES = {"required": _("Write a number."), "invalid": _("Write the number in digits.")}


class Confirmed(forms.Form):
    """A form whose act may make flats vanish. The number that was confirmed comes with the button that names it."""

    vanishing = forms.IntegerField(required=False, min_value=0)

    def confirmed(self) -> int | None:
        return self.cleaned_data.get("vanishing")


class PrecinctForm(forms.ModelForm):
    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=99_999, error_messages=NUMBER_MESSAGES, widget=forms.TextInput
    )

    class Meta:
        model = Precinct
        fields = ("number", "polling_place", "polling_address", "phone", "hours", "boundaries")
        labels = {
            "polling_place": _("Polling place"),
            "polling_address": _("Address"),
            "phone": _("Phone"),
            "hours": _("Hours"),
            "boundaries": _("Boundaries, from the akim's decision"),
        }
        help_texts = {"polling_place": _("As on the commission's announcement, for example: school No 16")}
        widgets = {"boundaries": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        back = self.instance.get_absolute_url() if self.instance.pk else reverse("territory:precinct-list")
        self.helper = HouseHelper(
            third("number"),
            "polling_place",
            "polling_address",
            half("phone"),
            half("hours"),
            "boundaries",
            submit=_("Save the precinct"),
            cancel=back,
            failed=_("The precinct is not saved"),
        )

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if Precinct.objects.filter(number=number).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a precinct with this number already: open it from the list."))
        return number


class StreetForm(forms.Form):
    name = forms.CharField(
        label=_("Street"),
        help_text=_("With its kind, for example: ул. Абая, мкр. Талас"),
        error_messages={"required": _("Write the name of the street.")},
    )
    aliases = forms.CharField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Old names and other spellings, one a line: search and imports find the street by them"),
    )

    def __init__(self, *args: Any, street: Street | None = None, **kwargs: Any) -> None:
        if street:
            names = street.aliases.order_by("pk").values_list("name", flat=True)
            kwargs.setdefault("initial", {"name": street.name, "aliases": "\n".join(names)})
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(
            form=self,
            submit=_("Save the street"),
            cancel=street.get_absolute_url() if street else reverse("territory:street-list"),
            failed=_("The street is not saved"),
        )

    def clean_name(self) -> str:
        return str(parsed(StreetName, self.cleaned_data["name"]))

    def clean_aliases(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["aliases"].splitlines()]
        return [str(parsed(StreetName, line)) for line in lines if line]


class BuildingForm(Confirmed):
    street = forms.CharField(
        label=_("Street"),
        help_text=_("A street that is not in the list yet is added to it"),
        error_messages={"required": _("Write the name of the street.")},
        widget=forms.TextInput(attrs={"list": "streets", "autocomplete": "off"}),
    )
    house = forms.CharField(
        label=_("House"),
        help_text=_("For example 17А, 13/12 к2"),
        error_messages={"required": _("Write the number of the house.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=BuildingKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of the house.")},
    )
    precinct = forms.ModelChoiceField(
        Precinct.objects.all(),
        label=_("Precinct"),
        required=False,
        empty_label=_("not known yet"),
        error_messages={"invalid_choice": _("Choose a precinct of the list.")},
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("What whoever comes should know: the gate's code, a dog"),
        error_messages={"max_length": _("Shorten the note to 300 characters.")},
    )

    def __init__(self, *args: Any, building: Building | None = None, **kwargs: Any) -> None:
        initial = {"kind": BuildingKind.BLOCK} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, initial=values_of(building) if building else initial, **kwargs)
        self.helper = HouseHelper(
            half("street"),
            half("house"),
            "kind",
            half("precinct"),
            "note",
            submit=_("Save the house"),
            failed=_("The house is not saved"),
            cancel=building.get_absolute_url() if building else reverse("territory:building-list"),
        )
        self.helper.form_id = "house-form"

    def clean_street(self) -> str:
        return str(parsed(StreetName, self.cleaned_data["street"]))

    def clean_house(self) -> str:
        return str(parsed(HouseNumber, self.cleaned_data["house"]))

    def building(self) -> dict[str, Any]:
        """What the services take; a street that is not there yet is added."""
        values = {name: self.cleaned_data[name] for name in ("house", "kind", "precinct", "note")}
        return values | {"street": services.street_called(name=self.cleaned_data["street"])}


def values_of(building: Building) -> dict[str, Any]:
    return {
        "street": building.street.name,
        "house": building.house,
        "kind": building.kind,
        "precinct": building.precinct_id,
        "note": building.note,
    }


def parsed(kind: Any, text: str) -> Any:
    """The address in the text, or the form's error that says what to write."""
    try:
        return kind.parse(text)
    except AddressError as error:
        raise forms.ValidationError(error.message) from error


class UploadForm(forms.Form):
    """A file to be read; what is in it is judged by who reads it."""

    file = forms.FileField(
        label=_("Table of houses"),
        help_text=_("XLSX or CSV, at most 20 MB. One row a house, or one row a flat."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose one with a row of headings and at least one house."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(
            "file",
            submit=_("Read the file"),
            cancel=reverse("territory:building-list"),
            failed=_("The file cannot be used"),
        )
