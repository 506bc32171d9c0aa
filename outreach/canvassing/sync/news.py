"""What a phone hears beside the answers: states that changed in its entrances, and whether its pack is out of date."""

from typing import Any

from campaign.inbox import Sender
from outreach.canvassing import pack
from outreach.canvassing.changes import states_in


def reply(sender: Sender, since: str | None) -> dict[str, Any]:
    frame = pack.frame_of(sender.user, sender.now)
    states, cursor = states_in(frame.held, since)
    return {"states": states, "cursor": cursor, "pack": pack.digest_of(frame)}
