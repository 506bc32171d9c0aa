"""What static/build/ holds: it must work in the oldest browsers, and lack nothing that a template names."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
BUILD = ROOT / "static" / "build"
STYLES = ["app.css", "phone.css", "link.css"]
NEWER_THAN_CHROME_100 = re.compile(r"oklch\(|oklab\(|[^a-z]lab\(|light-dark\(|color-mix\(|[;{]&")


def without_questions(css):
    """The styles without what browsers are asked about first (`@supports`)."""
    while (at := css.find("@supports")) >= 0:
        end, depth = css.index("{", at), 0
        while True:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
            if depth == 0:
                break
        css = css[:at] + css[end:]
    return css


@pytest.mark.parametrize("name", STYLES)
def test_styles_ask_nothing_new_of_the_oldest_browsers(name):
    assert NEWER_THAN_CHROME_100.findall(without_questions((BUILD / name).read_text())) == []


@pytest.mark.parametrize("name", STYLES)
def test_colours_are_there_as_hex_in_light_and_dark(name):
    css = without_questions((BUILD / name).read_text())

    assert "--c-canvas:var(--lightningcss-light,#f8f5f5)var(--lightningcss-dark,#150e12)" in css


@pytest.mark.parametrize("name", STYLES)
def test_every_font_that_the_styles_name_is_there(name):
    fonts = re.findall(r"url\(([^)]+\.woff2)\)", (BUILD / name).read_text())

    assert len(fonts) == 8
    assert [font for font in fonts if not (BUILD / font).is_file()] == []


def test_every_icon_that_a_template_or_a_script_names_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="i-([\w-]+)"', (BUILD / "icons.svg").read_text()))
    named = {}
    for template in (ROOT / "templates").rglob("*.html"):
        for icon in re.findall(r'{% icon "([\w-]+)"', template.read_text()):
            named.setdefault(icon, template.name)

    assert len(named) > 20
    assert {icon: where for icon, where in named.items() if icon not in sprite} == {}


def test_lock_of_the_front_end_names_no_host_and_pins_every_package():
    lock = (ROOT / "package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') > 40
