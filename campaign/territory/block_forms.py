"""Forms of one block: its four numbers, and a flat that they got wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.forms import HouseHelper, third
from campaign.territory import services
from campaign.territory.addresses import AddressError, FlatNumber, flat_list
from campaign.territory.blocks import LIMITS, BlockPlan, BlockPlanError
from campaign.territory.forms import NUMBER_MESSAGES, Confirmed, parsed
from campaign.territory.models import Building


def _number(label: Any, initial: int | None = None, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        initial=initial,
        help_text=help_text,
        error_messages=NUMBER_MESSAGES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class DescribeForm(Confirmed):
    """A block by its four numbers; `plan` is what they make, at first what stands."""

    entrances = _number(_("Entrances"))
    floors = _number(_("Floors"))
    flats_per_landing = _number(_("Flats on a landing"))
    first_flat = _number(
        _("First flat"), initial=1, help_text=_("Not 1 if the block goes on counting from its neighbour")
    )
    first_floor = _number(
        _("First floor with flats"), initial=1, help_text=_("Not 1 if there are only shops on the ground floor")
    )
    skip = forms.CharField(
        label=_("Flats that are no dwellings"),
        required=False,
        help_text=_("Offices, numbers that do not exist, for example: 1–4, 13"),
    )

    def __init__(self, *args: Any, building: Building, standing: BlockPlan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_values_of(standing) if standing else None, **kwargs)
        self.plan = None if self.is_bound else standing
        self.helper = HouseHelper(
            third("entrances"),
            third("floors"),
            third("flats_per_landing"),
            third("first_flat"),
            third("first_floor"),
            "skip",
            submit=_("Save the description"),
            cancel=building.get_absolute_url(),
            failed=_("The block is not described"),
        )
        self.helper.form_id = "block-form"

    def clean_skip(self) -> frozenset[str]:
        try:
            return frozenset(flat_list(self.cleaned_data["skip"]))
        except AddressError as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            self.plan = BlockPlan(**{name: value for name, value in data.items() if name != "vanishing"})
        except BlockPlanError as error:
            self.add_error(error.field, str(error.message))
        return data

    def wrong_number(self) -> str:
        """What is wrong with a number that is written already; what is still empty is no mistake yet."""
        written = (name for name in self.errors if self.data.get(name))
        return next((str(self.errors[name][0]) for name in written), "")


def _values_of(plan: BlockPlan) -> dict[str, Any]:
    names = ("entrances", "floors", "flats_per_landing", "first_flat", "first_floor")
    return {name: getattr(plan, name) for name in names} | {"skip": ", ".join(sorted(plan.skip, key=int))}


class FlatForm(forms.Form):
    """One flat that the description got wrong: one more, not a dwelling, a dwelling after all."""

    ACTS = (("add", _("there is such a flat")), ("mark", _("it is not a dwelling")))

    what = forms.ChoiceField(
        label=_("What is so"),
        choices=ACTS,
        initial="add",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is so.")},
    )
    entrance = _number(_("Entrance"), initial=1)
    flat = forms.CharField(label=_("Flat"), error_messages={"required": _("Write the number of the flat.")})
    floor = forms.IntegerField(
        label=_("Floor"),
        required=False,
        min_value=-2,
        max_value=60,
        error_messages=NUMBER_MESSAGES,
        help_text=_("Needed for a flat that is not there yet"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.building = building
        self.helper = HouseHelper(
            third("entrance"),
            third("flat"),
            third("floor"),
            "what",
            submit=_("Save"),
            cancel=building.get_absolute_url(),
            failed=_("Nothing is changed"),
        )

    def clean_entrance(self) -> int:
        number: int = self.cleaned_data["entrance"]
        low, high = LIMITS["entrances"]
        if not low <= number <= high:
            raise forms.ValidationError(_("Write an entrance from %(low)s to %(high)s.") % {"low": low, "high": high})
        return number

    def clean_flat(self) -> str:
        return str(parsed(FlatNumber, self.cleaned_data["flat"]).key)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        standing = self.building.dwellings.filter(entrance__number=data["entrance"], flat=data["flat"])
        self.dwelling = standing.first()
        if data["what"] == "mark" and not self.dwelling:
            self.add_error("flat", _("There is no such flat in this entrance: look at the drawing of the house."))
        elif data["what"] == "add" and not self.dwelling and data["floor"] is None:
            self.add_error("floor", _("Write the floor of the flat."))
        return data

    def act(self) -> None:
        data = self.cleaned_data
        if data["what"] == "mark":
            services.mark_not_dwelling(dwelling=self.dwelling)
            return
        floor = self.dwelling.floor if data["floor"] is None else data["floor"]
        entrance = services.add_entrance(building=self.building, number=data["entrance"])
        services.add_dwelling(entrance=entrance, flat=data["flat"], floor=floor)
