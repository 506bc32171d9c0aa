"""Reports on flats from the door: "this flat is missing", "this is not a dwelling". The coordinator decides each."""

from django.db import transaction

from campaign.inbox import Answer, Sender
from campaign.territory.models import Building
from outreach.canvassing.sync.reading import Item, SentReport
from outreach.canvassing.sync.sorting import Batch
from volunteers.accounts.models import ReviewReason


@transaction.atomic(savepoint=False)
def receive(sender: Sender, items: list[Item]) -> list[Answer]:
    batch = Batch(sender, items)
    readable = dict(batch.read(SentReport.read))
    known = set(Building.objects.in_bulk({report.building_id for report in readable.values()}))
    for place, report in readable.items():
        is_known = report.building_id in known
        batch.review(place, ReviewReason.FLAT_REPORT if is_known else ReviewReason.UNKNOWN_ID)
    return batch.close()
