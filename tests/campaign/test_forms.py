"""The one form: what is wrong stands above it and at the field, in the same words."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import translation

from campaign.forms import Heading, HouseHelper, half


class MeetingForm(forms.Form):
    title = forms.CharField(label="Title", help_text="People see it in the invitation")
    day = forms.DateField(label="Day", error_messages={"required": "Choose a day"})
    seats = forms.IntegerField(label="Seats", required=False)
    language = forms.ChoiceField(
        label="Language", choices=[("kk", "Kazakh"), ("ru", "Russian")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Contract signed", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(
            "title",
            Heading("When"),
            half("day"),
            half("seats"),
            "language",
            "agreed",
            submit="Save the meeting",
            cancel="/meetings/",
            also=(("draft", "Save a draft"),),
            failed="The meeting is not saved",
        )

    def clean(self):
        if self.cleaned_data.get("title") == "clash":
            raise forms.ValidationError("The hall is taken: choose another day")
        return self.cleaned_data


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def drawn(data=None):
    return re.sub(r"\s+", " ", render_crispy_form(MeetingForm(data)))


GOOD = {"title": "Yard", "day": "2026-11-20", "language": "kk"}


def test_untouched_form_shows_no_summary():
    assert "data-error-summary" not in drawn()


def test_summary_counts_the_places_and_links_each_to_its_field():
    html = drawn({"title": "", "language": "kk"})

    assert "The meeting is not saved: correct 2 fields" in html
    assert '<a href="#div_id_day">Day: Choose a day</a>' in html
    assert 'id="div_id_day"' in html


def test_summary_of_one_wrong_field_needs_no_figure():
    assert "The meeting is not saved: correct one field" in drawn({**GOOD, "day": ""})


def test_summary_of_an_error_of_the_whole_form_counts_no_fields():
    html = drawn({**GOOD, "title": "clash"})

    assert "The meeting is not saved <" in html


def test_field_says_the_same_words_as_the_summary():
    html = drawn({**GOOD, "day": ""})

    assert html.count("Choose a day") == 2
    assert '<div id="id_day_error">' in html
    assert re.search(r'<input[^>]*name="day"[^>]*aria-invalid="true"', html)


def test_error_of_the_whole_form_stands_in_the_summary():
    assert "<li>The hall is taken: choose another day</li>" in drawn({**GOOD, "title": "clash"})


def test_what_was_typed_is_kept():
    assert 'value="twenty"' in drawn({**GOOD, "seats": "twenty"})


def test_hint_and_error_stand_before_the_control():
    html = drawn({**GOOD, "title": ""})
    order = [html.index(part) for part in ("id_title_helptext", "id_title_error", 'name="title"')]

    assert order == sorted(order)
    [control] = re.findall(r'<input[^>]*name="title"[^>]*>', html)
    assert 'aria-describedby="id_title_helptext id_title_error"' in control


def test_what_may_stay_empty_is_marked_and_what_may_not_is_not():
    html = drawn()

    assert re.search(r"Seats <span class=\"optional\">", html)
    assert not re.search(r"Title <span class=\"optional\">", html)


def test_choices_are_a_group_with_its_name():
    html = drawn()

    assert re.search(r'<fieldset id="div_id_language"[^>]*> <legend class="form-label"> Language', html)
    assert html.count('type="radio"') == 2


def test_form_has_one_main_act_the_others_and_a_way_out():
    html = drawn()

    assert html.count("btn main") == 1
    assert '<button class="btn main">Save the meeting</button>' in html
    assert '<button class="btn" name="draft" value="1">Save a draft</button>' in html
    assert '<a class="btn bare" href="/meetings/">' in html


def test_hidden_fields_are_sent_too():
    assert '<input type="hidden" name="token"' in drawn()


def test_words_of_people_are_escaped_everywhere():
    html = drawn({**GOOD, "title": "<script>x</script>", "day": "<script>y</script>"})

    assert "<script>" not in html
