"""The files of the phone page: the same for everybody, found again when they change."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests import factories

ICONS = Path(settings.BASE_DIR) / "static" / "icons" / "home-screen"


@pytest.fixture
def built(tmp_path: Path, settings: object) -> Iterator[Path]:
    """A front end as the build leaves it, small."""
    (tmp_path / "fonts").mkdir()
    for name in ("phone.css", "phone.js", "icons.svg", "favicon.svg", "fonts/onest-latin.woff2"):
        (tmp_path / name).write_text(name)
    (tmp_path / "sw.js").write_text("keep(self.ASSETS);")
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    yield tmp_path
    finders.get_finder.cache_clear()


def parts(body: str) -> tuple[str, list[str]]:
    found = re.fullmatch(r'self\.VERSION="(\w{16})";self\.ASSETS=(\[.*?\]);\nkeep\(self\.ASSETS\);', body)
    assert found
    return found[1], json.loads(found[2])


def test_the_service_worker_gets_the_addresses_to_keep(db: None, client: Client, built: Path) -> None:
    response = client.get("/sw.js")

    _version, assets = parts(response.content.decode())
    assert (response["Content-Type"], response["Service-Worker-Allowed"]) == ("text/javascript", "/")
    assert "no-cache" in response["Cache-Control"]
    assert assets[:2] == ["/phone/", "/manifest.webmanifest"]
    assert "/static/phone.js" in assets
    assert "/static/fonts/onest-cyrillic.woff2" not in assets, "a file that is not there would break the whole install"


def test_its_version_changes_with_any_of_the_files(db: None, client: Client, built: Path) -> None:
    before = parts(client.get("/sw.js").content.decode())[0]
    (built / "phone.css").write_text("body { color: red }")

    assert parts(client.get("/sw.js").content.decode())[0] != before


def test_without_a_built_front_end_there_is_no_service_worker(db: None, client: Client, built: Path) -> None:
    (built / "sw.js").unlink()

    assert client.get("/sw.js").status_code == 404


def test_the_manifest_opens_the_phone_page_as_an_app(db: None, client: Client) -> None:
    response = client.get("/manifest.webmanifest")

    manifest = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/phone/", "/phone/", "standalone")
    assert manifest["icons"][0]["src"] == "/static/favicon.svg"


def test_the_manifest_brings_icons_in_pixels_as_large_as_it_says(db: None, client: Client) -> None:
    drawn = [icon for icon in client.get("/manifest.webmanifest").json()["icons"] if icon["type"] == "image/png"]

    assert {(icon["sizes"], icon["purpose"]) for icon in drawn} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in drawn:
        picture = (ICONS / icon["src"].rpartition("/")[2]).read_bytes()
        assert f"{int.from_bytes(picture[16:20])}x{int.from_bytes(picture[20:24])}" == icon["sizes"]
        assert len(picture) < 15_000


@pytest.mark.parametrize("page", ["/phone/", "/phone/link/"])
def test_no_browser_has_to_guess_the_icon_of_a_page(db: None, client: Client, page: str) -> None:
    factories.make_campaign()
    body = client.get(page).content.decode()

    assert '<link rel="icon" type="image/svg+xml" href="/static/favicon.svg">' in body
    assert '<link rel="apple-touch-icon" href="/static/app-180.png">' in body
    assert (ICONS / "app-180.png").is_file()


def test_the_phone_page_is_the_same_for_a_stranger_and_for_a_volunteer(db: None) -> None:
    factories.make_campaign()
    volunteer = Client()
    volunteer.force_login(
        factories.make_user(name="Назым Оразова"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    page = Client().get("/phone/")

    assert page.status_code == 200
    assert volunteer.get("/phone/").content == page.content
    assert "no-cache" in page["Cache-Control"]
