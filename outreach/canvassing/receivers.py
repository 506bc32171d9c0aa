from typing import Any

from django.dispatch import receiver

from campaign.profile.signals import zone_changed
from outreach.canvassing import counting


@receiver(zone_changed)
def count_by_the_new_days(**_: Any) -> None:
    """Tallies are by local day."""
    counting.rebuild()
