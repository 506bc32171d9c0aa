import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """The QR code of a text as inline SVG: dark on white in every theme, and no style (the CSP allows none)."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, svgclass=None, lineclass=None,
              light="#ffffff", dark="#25151e")  # fmt: skip
    # segno draws rectangles from the modules alone: nothing of the text stands in the markup.
    return mark_safe(out.getvalue().decode())  # noqa: S308
