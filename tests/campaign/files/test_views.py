"""Stored files: saved, never shown; to who brought them, and to the coordinator."""

import pytest
from django.urls import reverse

from campaign.files.models import StoredFile
from campaign.files.services import store_file


def kept_by(player):
    return store_file(name="дома.csv", content=b"\xd0\xb4;1\n", content_type="text/csv", owner=player.user)


def test_a_file_is_saved_as_it_came_under_its_name(staff):
    response = staff.get(kept_by(staff).get_absolute_url())

    assert (response.status_code, response.content) == (200, b"\xd0\xb4;1\n")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%D0%B4%D0%BE%D0%BC%D0%B0.csv"
    assert response["Content-Type"] == "text/csv"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("role", "status"), [("coordinator", 200), ("staff", 404), ("proxy", 404)])
def test_the_file_of_another_is_the_coordinators_only(request, candidate, role, status):
    player = request.getfixturevalue(role)

    assert player.get(kept_by(candidate).get_absolute_url()).status_code == status


def test_a_foreign_file_answers_like_a_missing_one(staff, candidate):
    foreign = staff.get(kept_by(candidate).get_absolute_url())
    missing = staff.get(reverse("files:file-download", args=[10**6]))

    assert (foreign.status_code, missing.status_code) == (404, 404)


@pytest.mark.django_db
def test_a_name_keeps_nothing_of_its_path():
    store_file(name="..\\..\\etc/passwd", content=b"", content_type="text/plain")

    assert StoredFile.objects.get().name == "passwd"
