"""The plan of a round: a straight line from its first day to its last."""

from datetime import date


def plan_at(day: date, *, first: date, last: date, total: int) -> int:
    """How many flats the plan has passed by the end of the day."""
    days = (last - first).days + 1
    gone = min(max((day - first).days + 1, 0), days)
    return round(total * gone / days)
