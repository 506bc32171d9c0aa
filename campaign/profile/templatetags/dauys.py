"""The words of our templates: icons, states, numbers, days."""

from collections.abc import Callable
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from campaign import formatting

register = template.Library()

# What a flat keeps. The sign and the word always go with the colour.
STATES = {
    "none": _("not yet"),
    "again": _("again"),
    "done": _("done"),
    "never": _("do not visit"),
    "nodw": _("not a dwelling"),
}
UNDO = "undo:"


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite. Named for the ear only if no words stand beside it."""
    address = f"{static('icons.svg')}#i-{name}"
    css = f"i {css}".strip()
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, address)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, address)


@register.simple_tag
def state_badge(state: str, word: str = "") -> SafeString:
    """A state of a flat: colour, sign and word."""
    sign = icon(f"s-{state}")
    return format_html('<span class="st {}"><i>{}</i>{}</span>', state, sign, word or STATES[state])


@register.filter
def undo_url(message: Any) -> str:
    """Where a message's act is undone: `messages.success(request, text, extra_tags=f"undo:{url}")`."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(UNDO) for tag in tags if tag.startswith(UNDO)), "")


@register.filter
def percent(part: float | None, whole: float | None) -> str:
    """`{{ done|percent:total }}`"""
    return formatting.percent(part or 0, whole or 0)


def _unless_empty(show: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "—" if value is None or value == "" else show(value)


for _name in ("number", "signed", "long_day", "day", "short_day", "week_day", "moment", "span"):
    register.filter(_name, _unless_empty(getattr(formatting, _name)))
