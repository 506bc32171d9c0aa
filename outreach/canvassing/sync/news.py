"""What a phone hears beside the answers to its items."""

from typing import Any

from campaign.inbox import Sender
from outreach.canvassing.changes import news_for


def reply(sender: Sender, since: str | None) -> dict[str, Any]:
    news = news_for(sender.user, sender.now, since)
    return {"states": news.states, "cursor": news.cursor, "pack": news.digest}
