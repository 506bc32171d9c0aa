"""The one list: its state is in the address, and what it shows is what it exports."""

import csv
from io import StringIO

import pytest
from django import forms
from django.db.models import Count
from django.test import RequestFactory

from campaign.lists import Column, List
from campaign.territory.models import Street
from tests.factories import make_building, make_street

pytestmark = pytest.mark.django_db


class Filters(forms.Form):
    building_total = forms.TypedChoiceField(
        label="Houses", choices=[("", "all"), ("0", "none"), ("1", "one")], coerce=int, empty_value=None, required=False
    )


class StreetList(List):
    name = "streets"
    columns = (
        Column("name", "Street", "name", order=("sort",)),
        Column("houses", "Houses", "building_total", order=("building_total", "sort"), css="r"),
        Column("key", "Key", lambda street: street.key, export_only=True),
    )
    filters = Filters
    row_template = "tests/street_row.html"
    search_label = "Street"
    default_sort = "name"


@pytest.fixture(autouse=True)
def _row_template(settings):
    rows = {"tests/street_row.html": "<tr><td>{{ row.name }}</td><td>{{ row.building_total }}</td></tr>"}
    page = {"tests/page.html": '<title>Streets</title>{% include "parts/list.html" %}'}
    loaders = [
        ("django.template.loaders.locmem.Loader", {**rows, **page}),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    templates = {**settings.TEMPLATES[0], "APP_DIRS": False}
    settings.TEMPLATES = [{**templates, "OPTIONS": {**templates["OPTIONS"], "loaders": loaders}}]


def shown(query="", **headers):
    request = RequestFactory().get("/streets/", query_params=dict(query) if query else None, headers=headers)
    return StreetList(request, Street.objects.annotate(building_total=Count("buildings")))


def names(streets):
    return [street.name for street in streets.page.object_list]


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_rows_come_in_kazakh_order_whatever_the_database_compares():
    for name in ("Ярославская", "Әуезов", "Абай", "Қабанбай батыр", "Карла Маркса"):
        make_street(name)

    assert names(shown()) == ["Абай", "Әуезов", "Карла Маркса", "Қабанбай батыр", "Ярославская"]


def test_search_finds_kazakh_letters_typed_without_them():
    make_street("Төле би"), make_street("Абай")

    assert names(shown({"q": "толе би"})) == ["Төле би"]


def test_filter_leaves_what_it_names_and_marks_itself_as_set():
    make_building(make_street("Абай")), make_street("Пустая")

    narrowed = shown({"building_total": "0"})

    assert names(narrowed) == ["Пустая"]
    assert narrowed.filter_form.fields["building_total"].widget.attrs["class"] == "in on"


def test_filter_with_a_made_up_value_is_as_if_it_were_not_there():
    make_street("Абай")

    assert names(shown({"building_total": "many"})) == ["Абай"]


def test_sorting_goes_up_and_down_by_the_columns_that_may():
    make_building(make_street("Абай")), make_street("Пустая")

    assert names(shown({"sort": "houses"})) == ["Пустая", "Абай"]
    assert names(shown({"sort": "-houses"})) == ["Абай", "Пустая"]


@pytest.mark.parametrize("wish", ["key", "buildings__note", "-", "?", "name; drop table"])
def test_sorting_by_what_is_not_on_the_list_is_the_usual_order(wish):
    make_street("Бейбітшілік"), make_street("Абай")

    assert names(shown({"sort": wish})) == ["Абай", "Бейбітшілік"]


def test_head_says_how_it_is_sorted_and_where_a_click_leads():
    name, houses = shown({"sort": "-houses"}).heads

    assert (name.direction, name.sort) == ("", "name")
    assert (houses.direction, houses.sort) == ("descending", "houses")


def test_fifty_rows_make_a_page_and_a_page_beyond_the_last_is_the_last():
    for number in range(51):
        make_street(f"Улица {number:03}")

    assert len(shown().page) == 50
    assert names(shown({"page": "9"})) == ["Улица 050"]


def test_links_to_other_pages_keep_search_and_order():
    for number in range(51):
        make_street(f"Улица {number:03}")

    html = body(shown({"q": "улица", "sort": "-name"}).respond("tests/page.html")).decode()

    assert 'rel="next" href="?q=%D1%83%D0%BB%D0%B8%D1%86%D0%B0&amp;sort=-name&amp;page=2"' in html


def test_htmx_gets_the_rows_alone_and_caches_are_told():
    make_street("Абай")

    whole = shown().respond("tests/page.html")
    part = shown(HX_Request="true", HX_Target="list-streets").respond("tests/page.html")

    assert "<title>" in whole.content.decode()
    assert "<title>" not in part.content.decode()
    assert "Абай" in part.content.decode()
    assert "HX-Target" in part["Vary"]
    assert "HX-Target" in whole["Vary"]


def test_nothing_found_offers_to_show_everything_again():
    make_street("Абай")

    html = body(shown({"q": "луна"}).respond("tests/page.html")).decode()

    assert '<a class="btn main" href="/streets/">' in html
    assert html.count("btn main") == 1


def test_list_is_empty_only_when_nothing_is_filtered_away():
    assert shown().is_empty
    assert not shown({"q": "луна"}).is_empty


def test_export_has_every_row_that_the_filters_leave_in_the_same_order():
    for number in range(51):
        make_street(f"Улица {number:03}")
    make_street("Абай")

    response = shown({"q": "улица", "sort": "-name", "export": "csv"}).respond("tests/page.html")
    rows = list(csv.reader(StringIO(body(response).decode("utf-8-sig")), delimiter=";"))

    assert rows[0] == ["Street", "Houses", "Key"]
    assert len(rows) == 52
    assert rows[1][:2] == ["Улица 050", "0"]


def test_list_that_may_not_be_exported_answers_with_its_page():
    streets = shown({"export": "csv"})
    streets.can_export = False

    assert streets.respond("tests/page.html")["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("rows", [1, 30])
def test_list_asks_the_database_twice_however_long_it_is(rows, django_assert_num_queries):
    for number in range(rows):
        make_street(f"Улица {number:03}")

    with django_assert_num_queries(2):
        body(shown().respond("tests/page.html"))


def test_words_of_a_search_are_shown_back_escaped():
    html = body(shown({"q": '"><script>alert(1)</script>'}).respond("tests/page.html")).decode()

    assert "<script>alert" not in html


def test_null_byte_in_a_search_is_no_error():
    make_street("Абай")

    assert names(shown({"q": "аб\0ай"})) == ["Абай"]
