"""Before there are figures: why the page is empty, and the one thing to do next."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.access import Permission, may
from campaign.profile.models import Campaign


def first_step(user: Any, *, campaign: Campaign | None, has_houses: bool) -> dict[str, str]:
    """The campaign, then its district, then a round. Whoever may not take the step reads who can."""
    if campaign is None:
        step = {
            "title": _("Who runs, where, and when is the vote?"),
            "why": _("The app has to know the candidate, the district and the election's dates."),
            "act_label": _("Set the campaign up"),
            "drawing": "tea",
        }
        return _for(user, Permission.SET_UP_CAMPAIGN, step, "profile:campaign")
    if not has_houses:
        step = {
            "title": _("Where do your voters live?"),
            "why": _("Streets, houses and flats come from the spreadsheet you keep them in."),
            "act_label": _("Import the district"),
            "drawing": "street",
        }
        return _for(user, Permission.EDIT_TERRITORY, step, "territory:import-new")
    step = {
        "title": _("The district is here"),
        "why": _("A round is a wave over it: its days, what to say at the door. Then entrances can be handed out."),
        "act_label": _("Plan a round"),
        "drawing": "house",
    }
    return _for(user, Permission.EDIT_ROUNDS, step, "canvassing:round-new")


def _for(user: Any, permission: Permission, step: dict[str, str], name: str) -> dict[str, str]:
    if may(user, permission):
        return step | {"act_url": reverse(name)}
    return step | {"why": _("The headquarters is preparing the campaign. Figures appear here with the first round.")}
