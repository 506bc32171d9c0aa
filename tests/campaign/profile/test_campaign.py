from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign.access import Role
from campaign.files.models import StoredFile
from campaign.profile.models import Campaign, LawyerCheck
from campaign.profile.zones import KAZAKHSTAN, zone_choices
from tests.factories import make_campaign, make_user

pytestmark = pytest.mark.django_db
PAGE = "/campaign/"
CHECK = "/campaign/lawyer-check/"
PDF = b"%PDF-1.7 a scan"


@pytest.fixture
def first(db: None) -> Client:
    """The coordinator before there is a campaign."""
    client = Client()
    client.force_login(make_user(Role.COORDINATOR), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "candidate_ru": "Асель Жумабаева",
        "candidate_kk": "Әсел Жұмабаева",
        "city_ru": "Караганда",
        "city_kk": "Қарағанды",
        "district_number": 7,
        "time_zone": "Asia/Almaty",
        "closes_on": "2026-11-05",
        "closes_at": "18:00",
        "voting_day": "2026-11-29",
        **fields,
    }


def checked(**fields: Any) -> dict[str, Any]:
    return {"lawyer": "Гүлмира Сейітова", "checked_on": "2026-11-01", **fields}


def test_set_up_makes_the_campaign_and_leads_to_the_lawyers_check(first: Client) -> None:
    response = first.post(PAGE, typed())

    campaign = Campaign.objects.get()
    assert response["Location"] == CHECK
    assert (campaign.pk, campaign.candidate_kk, campaign.district_number) == (1, "Әсел Жұмабаева", 7)
    assert campaign.voting_day == date(2026, 11, 29)


def test_registration_closes_at_the_local_time_of_the_chosen_zone(first: Client) -> None:
    first.post(PAGE, typed())
    assert Campaign.objects.get().agitation_from == datetime(2026, 11, 5, 13, tzinfo=UTC)

    Campaign.objects.update(time_zone="Europe/Berlin")
    first.post(reverse("profile:campaign-edit"), typed(time_zone="Europe/Berlin"))

    assert Campaign.objects.get().agitation_from == datetime(2026, 11, 5, 17, tzinfo=UTC)


def test_voting_day_must_leave_a_window(first: Client) -> None:
    response = first.post(PAGE, typed(voting_day="2026-11-06"))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["voting_day"])
    assert Campaign.objects.count() == 0


def test_time_zone_that_is_none_is_refused(first: Client) -> None:
    response = first.post(PAGE, typed(time_zone="Asia/Nowhere"))

    assert list(response.context["form"].errors) == ["time_zone"]


@pytest.mark.parametrize(
    ("held", "others"), [("", []), ("Asia/Oral", []), ("Europe/Berlin", [("Europe/Berlin", "Europe/Berlin")])]
)
def test_only_zones_of_kazakhstan_are_offered_and_the_one_that_is_set(held: str, others: list[Any]) -> None:
    assert zone_choices(held) == [*KAZAKHSTAN.items(), *others]


def test_a_zone_of_elsewhere_is_not_taken_anew(first: Client) -> None:
    response = first.post(PAGE, typed(time_zone="Europe/Berlin"))

    assert list(response.context["form"].errors) == ["time_zone"]


def test_set_up_says_whose_duty_storage_in_the_country_is(first: Client) -> None:
    assert "profile/storage_duty.html" in [each.name for each in first.get(PAGE).templates]


def test_database_holds_one_campaign_only(campaign: Any) -> None:
    campaign.pk = 2

    with pytest.raises(IntegrityError), transaction.atomic():
        campaign.save(force_insert=True)


def test_page_derives_the_calendar_from_the_dates(coordinator: Any) -> None:
    campaign = Campaign.objects.get()
    campaign.voting_day = campaign.agitation_from.date() + timedelta(days=24)
    campaign.save()

    calendar = coordinator.get(PAGE).context["calendar"]

    silence = campaign.voting_day - timedelta(days=1)
    assert calendar.silence_from.date() == silence
    assert calendar.last_day == silence - timedelta(days=1)


def test_campaign_is_edited_with_its_own_times(coordinator: Any) -> None:
    edit = reverse("profile:campaign-edit")
    coordinator.post(edit, typed())
    shown = coordinator.get(edit).context["form"]

    assert (shown["closes_on"].value(), shown["closes_at"].value().strftime("%H:%M")) == (date(2026, 11, 5), "18:00")
    assert coordinator.post(edit, typed(district_number=8))["Location"] == PAGE
    assert Campaign.objects.get().district_number == 8


def test_rules_are_unverified_until_a_lawyers_check_is_recorded(coordinator: Any) -> None:
    LawyerCheck.objects.all().delete()
    assert coordinator.get(PAGE).context["calendar"].verified is False

    response = coordinator.post(CHECK, checked(scan=SimpleUploadedFile("check.pdf", PDF)))

    check = LawyerCheck.objects.get()
    assert response["Location"] == PAGE
    assert (check.lawyer, check.checked_on, check.recorded_by) == (
        "Гүлмира Сейітова",
        date(2026, 11, 1),
        coordinator.user,
    )
    assert check.scan is not None
    assert (check.scan.name, check.scan.content_type) == ("check.pdf", "application/pdf")
    assert bytes(check.scan.content) == PDF
    assert coordinator.get(PAGE).context["calendar"].verified is True


def test_check_counts_for_its_own_voting_day_only(coordinator: Any) -> None:
    campaign = Campaign.objects.get()
    campaign.voting_day += timedelta(days=7)
    campaign.save()

    assert campaign.calendar().verified is False


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("scan.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("scan.jpg", b"\xff\xd8\xff\xe0...", "image/jpeg"),
        ("photo.pdf", b"\xff\xd8\xff\xe0...", "image/jpeg"),
    ],
)
def test_scan_is_known_by_its_first_bytes(coordinator: Any, name: str, content: bytes, kind: str) -> None:
    coordinator.post(CHECK, checked(scan=SimpleUploadedFile(name, content)))

    assert StoredFile.objects.get().content_type == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [("scan.pdf", b"<html><script>"), ("scan.svg", b"<svg/>"), ("scan.pdf", b"MZ\x90"), ("scan.pdf", b"")],
)
def test_file_of_another_kind_is_not_stored(coordinator: Any, name: str, content: bytes) -> None:
    response = coordinator.post(CHECK, checked(scan=SimpleUploadedFile(name, content, "application/pdf")))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["scan"])
    assert StoredFile.objects.count() == 0


def test_scan_over_ten_megabytes_is_refused(coordinator: Any) -> None:
    large = SimpleUploadedFile("scan.pdf", PDF + b"x" * (10 * 1024 * 1024))

    assert coordinator.post(CHECK, checked(scan=large)).status_code == 422
    assert StoredFile.objects.count() == 0


def test_path_in_the_name_of_a_scan_is_dropped(coordinator: Any) -> None:
    coordinator.post(CHECK, checked(scan=SimpleUploadedFile("../../etc/passwd.pdf", PDF)))

    assert StoredFile.objects.get().name == "passwd.pdf"


def test_check_of_tomorrow_is_refused(coordinator: Any) -> None:
    tomorrow = timezone.localdate() + timedelta(days=2)

    response = coordinator.post(CHECK, checked(checked_on=tomorrow.isoformat()))

    assert list(response.context["form"].errors) == ["checked_on"]


def test_pages_show_times_in_the_campaigns_zone(coordinator: Any) -> None:
    make_campaign(agitation_from=datetime(2026, 11, 5, 13, tzinfo=UTC), voting_day=date(2026, 11, 29), checked=False)

    assert "18:00" in coordinator.get(PAGE).content.decode()
