"""The words of templates: icons, states, undo."""

from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation


def drawn(source, **context):
    with translation.override("en"):
        return engines["django"].from_string("{% load dauys %}" + source).render(context)


def test_icon_beside_words_is_silent():
    assert drawn('{% icon "inbox" %}') == (
        '<svg class="i" aria-hidden="true"><use href="/static/icons.svg#i-inbox"/></svg>'
    )


def test_icon_alone_has_a_name():
    assert 'role="img" aria-label="Close &amp; go"' in drawn('{% icon "x" label=words %}', words="Close & go")


@pytest.mark.parametrize("state", ["none", "again", "done", "never", "nodw"])
def test_state_is_colour_sign_and_word(state):
    html = drawn("{% state_badge state %}", state=state)

    assert f'class="st {state}"' in html
    assert f"#i-s-{state}" in html
    assert html.split("</i>")[1].removesuffix("</span>").strip()


@pytest.mark.parametrize("word", ["number", "signed", "long_day", "moment"])
def test_what_is_not_known_is_a_dash(word):
    assert drawn("{{ value|" + word + " }}", value=None) == "—"


def test_percent_of_what_is_not_counted_yet_is_nothing():
    assert drawn("{{ done|percent:total }}", done=None, total=None) == "0%"


@pytest.mark.parametrize(
    ("tags", "url"), [("undo:/turfs/7/restore/ success", "/turfs/7/restore/"), ("", ""), (None, "")]
)
def test_message_knows_where_its_act_is_undone(tags, url):
    assert drawn("{{ message|undo_url }}", message=SimpleNamespace(extra_tags=tags)) == url
