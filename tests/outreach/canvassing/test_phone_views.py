"""The files of the phone page: the same for everybody, found again when they change."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests import factories


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
