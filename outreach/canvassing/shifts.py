"""When a shift begins and ends if nobody says otherwise."""

from datetime import datetime, time, timedelta

EVENING = time(21)
SHORTEST = timedelta(hours=1)


def usual_shift(now: datetime) -> tuple[datetime, datetime]:
    """From now to nine in the evening; too late for that, to nine tomorrow. `now` is local."""
    start = now.replace(second=0, microsecond=0)
    end = start.replace(hour=EVENING.hour, minute=0)
    if end - start < SHORTEST:
        end += timedelta(days=1)
    return start, end
