from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.forms import HouseHelper, half, third
from volunteers.accounts.forms import EMAIL_ERRORS
from volunteers.roster.models import Person
from volunteers.roster.numbers import NotANumber, spaced, to_e164


class PhoneField(forms.CharField):
    """A number in any usual spelling; what comes out is E.164."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return spaced(str(value)) if value else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return to_e164(text)
        except NotANumber as error:
            raise forms.ValidationError(
                _("Type the ten digits of a number of Kazakhstan, for example 8 777 123 45 67.")
            ) from error


class PersonForm(forms.ModelForm):
    phone = PhoneField(label=_("Phone"), required=False, help_text=_("For example 8 777 123 45 67"))

    class Meta:
        model = Person
        fields = ("family_name", "given_name", "patronymic", "phone", "language", "role", "precinct")
        error_messages = {
            "family_name": {"required": _("Type the family name.")},
            "given_name": {"required": _("Type the given name.")},
        }
        help_texts = {"precinct": _("A proxy needs one; at most three proxies are registered for a precinct.")}

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cancel = cancel
        self.fields["precinct"].empty_label = _("no precinct")
        self.helper = self._laid_out()

    def offer_to_save_anyway(self) -> None:
        """A second button, for whoever has read who is like this person."""
        self.helper = self._laid_out(also=(("anyway", _("Save anyway")),))

    def _laid_out(self, **kwargs: Any) -> HouseHelper:
        return HouseHelper(
            third("family_name"),
            third("given_name"),
            third("patronymic"),
            half("phone"),
            half("language"),
            half("role"),
            half("precinct"),
            submit=_("Save"),
            cancel=self._cancel,
            failed=_("The person is not saved"),
            **kwargs,
        )


class DeskAccessForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        error_messages=EMAIL_ERRORS,
        help_text=_("They sign in with it. The password is made by the app and shown once."),
    )

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper("email", submit=_("Make a password"), cancel=cancel)
