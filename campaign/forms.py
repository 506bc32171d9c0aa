"""The one form: crispy's markup for our own styles, laid out by one helper.

    form.helper = HouseHelper("name", half("place"), half("seats"), submit=_("Save"), cancel=url)

An invalid form shows a summary of all errors above itself, focused, each linked to its field, and the same words
at the field. `form.errors` come from `clean_*`: they say what to do, never "invalid".
"""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils.functional import Promise

Text = str | Promise


def half(name: str) -> Field:
    """A field that takes half of the row."""
    return Field(name, wrapper_class="half")


def third(name: str) -> Field:
    """A field that takes a third of the row."""
    return Field(name, wrapper_class="third")


class Heading(LayoutObject):
    """A heading within a long form."""

    def __init__(self, words: Text) -> None:
        self.words = words
        self.fields: list[Any] = []

    def render(self, form: forms.BaseForm, context: Any, **kwargs: Any) -> str:
        return render_to_string("parts/form_heading.html", {"words": self.words})


class Acts(LayoutObject):
    """The buttons under a form: one main act, perhaps another, and the way out without saving."""

    def __init__(self, submit: Text, cancel: str, also: tuple[tuple[str, Text], ...]) -> None:
        self.submit, self.cancel, self.also = submit, cancel, also
        self.fields: list[Any] = []

    def render(self, form: forms.BaseForm, context: Any, **kwargs: Any) -> str:
        acts = {"submit": self.submit, "cancel": self.cancel, "also": self.also}
        return render_to_string("parts/form_acts.html", acts)


class HouseHelper(FormHelper):
    """Lays out a form in rows of fields and its acts. Without rows every field takes a row, in order.

    `failed` begins the summary of errors («Встреча не сохранена»); `also` adds buttons: (name, words).
    """

    def __init__(
        self,
        *rows: Any,
        form: forms.BaseForm | None = None,
        submit: Text,
        cancel: str = "",
        also: tuple[tuple[str, Text], ...] = (),
        failed: Text = "",
        action: str = "",
    ) -> None:
        super().__init__()
        fields = rows or (tuple(form.fields) if form else ())
        self.layout = Layout(*fields, Acts(submit, cancel, also))
        self.render_hidden_fields = True
        self.form_class = "form"
        self.form_action = action
        self.form_error_title = str(failed)
        self.attrs = {"novalidate": ""}
