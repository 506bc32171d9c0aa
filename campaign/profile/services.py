"""Acts on the campaign itself: its set-up, and the lawyer's check on record."""

from datetime import date
from typing import Any

from django.db import transaction

from campaign.files.services import store_file
from campaign.profile.models import Campaign, LawyerCheck
from campaign.profile.signals import zone_changed

THE_ONE = 1


@transaction.atomic
def save_campaign(*, campaign: Campaign) -> Campaign:
    """There is one campaign an installation, so saving it sets it up or changes it."""
    before = Campaign.objects.select_for_update().filter(pk=THE_ONE).first()
    campaign.pk = THE_ONE
    campaign.save()
    if before and before.time_zone != campaign.time_zone:
        zone_changed.send(Campaign)
    return campaign


@transaction.atomic
def record_check(
    *, campaign: Campaign, lawyer: str, checked_on: date, scan: tuple[str, bytes, str] | None, recorded_by: Any
) -> LawyerCheck:
    """A lawyer read the rules for the election of the campaign's voting day. `scan` is (name, content, type)."""
    file = None
    if scan:
        name, content, content_type = scan
        file = store_file(name=name, content=content, content_type=content_type, owner=recorded_by)
    return LawyerCheck.objects.create(
        campaign=campaign,
        voting_day=campaign.voting_day,
        lawyer=lawyer,
        checked_on=checked_on,
        scan=file,
        recorded_by=recorded_by,
    )
