from django.http import HttpRequest

from campaign.access import Permission, may
from volunteers.accounts.models import ReviewItem


def waiting_for_review(request: HttpRequest) -> dict[str, int]:
    """How many items wait, beside the section's name."""
    if not may(request.user, Permission.REVIEW):
        return {}
    return {"accounts:review-list": ReviewItem.objects.waiting().count()}
