from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from volunteers.accounts.models import User

EMAIL_ERRORS = {
    "required": _("Type your e-mail."),
    "invalid": _("Type an e-mail with @ and a dot after it, for example aliya@example.kz."),
}


class SignInForm(LoginForm):
    """E-mail and password, with words that say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("E-mail"), _("Password")
        login.error_messages.update(EMAIL_ERRORS)
        password.error_messages["required"] = _("Type your password.")
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
        login.widget.attrs.update(autocomplete="username", autofocus=True)


class SetUpForm(forms.Form):
    """What the first coordinator types: the printed code, and how they will sign in."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("It stands in the window where the app was started."),
        error_messages={"required": _("Type the code from the window where the app was started.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Type the name that people will see.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), error_messages=EMAIL_ERRORS, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("At least 15 characters: four or five words are easy to keep in mind."),
        error_messages={"required": _("Choose a password of at least 15 characters.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        password = self.cleaned_data.get("password")
        if password:
            user = User(email=self.cleaned_data.get("email"), name=self.cleaned_data.get("name", ""))
            try:
                validate_password(password, user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class DecisionForm(forms.Form):
    """Why an item of the review is accepted or rejected; the sentence stays with it."""

    why = forms.CharField(
        label=_("Why this decision"),
        help_text=_(
            "Needed for either decision: a few words for whoever asks later, for example “I called and checked”."
        ),
        max_length=300,
        error_messages={"required": _("Write in a few words why: it stays with the item.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
