"""A template becomes a PDF: A4, our own fonts, nothing fetched from anywhere.

WeasyPrint needs Pango, a library of the system. Where it is missing the app still runs: `PrintingUnavailable` says
what to install, and pages show it instead of a print button.
"""

import logging
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from campaign.checks import APT_LINE

logger = logging.getLogger(__name__)


class PrintingUnavailable(Exception):
    """A library of the system is missing; the message names the one line that brings it."""

    def __str__(self) -> str:
        return _("Printing needs Pango. Ask whoever runs this server to type: %(line)s") % {"line": APT_LINE}


def built(name: str) -> Path:
    """A file of the built front end, where paper finds its styles and fonts."""
    return Path(settings.BASE_DIR) / "static" / "build" / name


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise PrintingUnavailable from error
    return weasyprint


def printing_works() -> bool:
    """Whether PDFs can be made here."""
    try:
        _weasyprint()
    except PrintingUnavailable:
        return False
    return True


def print_template(template: str, context: dict[str, Any], *, language: str) -> bytes:
    """The template, in this language, as a PDF."""
    with translation.override(language):
        return pdf(render_to_string(template, {"LANGUAGE_CODE": language, **context}))


def pdf(html: str) -> bytes:
    """HTML with paper's styles as a tagged PDF."""
    weasyprint = _weasyprint()
    base, fetcher = built("").as_uri() + "/", _fetcher()
    document = weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher)
    fonts = weasyprint.text.fonts.FontConfiguration()
    styles = weasyprint.CSS(filename=built("paper.css"), base_url=base, url_fetcher=fetcher, font_config=fonts)
    return bytes(document.write_pdf(stylesheets=[styles], font_config=fonts, pdf_tags=True))


@cache
def _fetcher() -> Any:
    class OwnFontsOnly(_weasyprint().urls.URLFetcher):  # type: ignore[misc]
        """Pictures written into the page itself and our own fonts; every other address is refused."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not is_allowed(url):
                logger.warning("printing refused an address of the kind %s", urlsplit(url).scheme or "relative")
                raise ValueError("refused: paper fetches nothing")
            return super().fetch(url, headers)

    return OwnFontsOnly(allowed_protocols=("file", "data"), allow_redirects=False)


def is_allowed(url: str) -> bool:
    """Whether paper may read this address."""
    parts = urlsplit(url)
    if parts.scheme == "data":
        return parts.path.startswith("image/")
    if parts.scheme != "file" or parts.netloc:
        return False
    fonts = built("fonts").resolve()
    return Path(unquote(parts.path)).resolve().parent == fonts
