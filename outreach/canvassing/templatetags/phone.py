"""What the phone's shell is made of."""

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from outreach.canvassing.words import catalogues

register = template.Library()


@register.simple_tag
def phone_words() -> SafeString:
    """The words in all languages, as data that no policy takes for a script."""
    return json_script(catalogues(), "words")
