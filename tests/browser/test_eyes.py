"""The tour is worth what its eyes see: each kind of fault, put into a sound page, is told."""

from typing import Any

import pytest

from tests.browser.conftest import PHONE

SPOIL = {
    "img-src refused": "document.body.append(Object.assign(new Image(), { src: 'http://elsewhere.example/a.png' }))",
    "style-src-attr refused": "document.querySelector('h1').setAttribute('style', 'color: red')",
    "console warning: hear me": "console.warn('hear me')",
    "script: oh": "setTimeout(() => { throw new Error('oh') })",
    "axe image-alt": "document.querySelector('main').append(document.createElement('img'))",
    "at 320 px: 900 wide": "const a = document.createElement('p'); a.textContent = 'wide'; a.style.width = '900px';"
    " document.body.append(a)",
    "at 320 px: cut in width": "const a = document.querySelector('h2'); a.textContent = 'x'.repeat(90);"
    " a.style.overflow = 'hidden'; a.style.whiteSpace = 'nowrap'",
    "at 320 px: cut in height": "const a = document.querySelector('h2'); a.style.overflow = 'hidden';"
    " a.style.height = '4px'",
    "at 320 px: cut by the drawing's edge": "document.querySelector('main').insertAdjacentHTML('beforeend',"
    ' \'<svg viewBox="0 0 200 100" width="200"><text x="190" y="50">abcdefg</text></svg>\')',
    "at 320 px: drawn at 4.0 px": "document.querySelector('main').insertAdjacentHTML('beforeend',"
    ' \'<svg viewBox="0 0 200 100" width="100"><text y="50" font-size="8">abc</text></svg>\')',
}


@pytest.mark.parametrize("fault", SPOIL)
def test_fault_in_a_sound_page_is_seen(live_server: Any, window: Any, fault: str) -> None:
    eyes = window(live_server.url, **PHONE)
    assert eyes.look(f"{live_server.url}/sign-in/", widths=(320,)) == []
    eyes.page.evaluate(f"() => {{ {SPOIL[fault]} }}")
    eyes.page.wait_for_timeout(100)
    assert any(each.startswith(fault) for each in eyes.look_around((320,)))
