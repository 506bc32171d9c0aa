"""What waits for the coordinator: on the dashboard with a way to do it, in print as a box to tick."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.access import Permission, may
from campaign.formatting import number, percent, span
from campaign.law import ElectionCalendar
from outreach.canvassing.models import Round, Turf
from outreach.reports.figures import DistrictFigures, OutNow
from volunteers.accounts.models import ReviewItem, ReviewReason

SILENT_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Need:
    """One thing to do: what, the reason, the verb, where."""

    icon: str
    title: str
    detail: str
    verb: str
    url: str  # a page, or a number to call


def waiting(
    user: Any, figures: DistrictFigures, calendar: ElectionCalendar, running: list[OutNow], now: datetime
) -> list[Need]:
    """The most urgent first: the law, silent phones, review, what stands without people."""
    if not may(user, Permission.EDIT_ROUNDS):
        return []
    return [
        *_law(user, calendar),
        *_silent(user, running, now),
        *_review(user),
        *_without_proxy(figures),
        *_turfs(figures.round),
        *_not_described(figures),
    ]


def _law(user: Any, calendar: ElectionCalendar) -> Iterator[Need]:
    if not calendar.verified and may(user, Permission.SET_UP_CAMPAIGN):
        yield Need(
            "scale",
            _("The law is not checked for this election"),
            _("Until a lawyer has, the app warns and refuses nothing"),
            _("Record the check"),
            reverse("profile:lawyer-check"),
        )


def _silent(user: Any, running: list[OutNow], now: datetime) -> Iterator[Need]:
    silent = [out for out in running if out.silent_for(now) >= SILENT_AFTER]
    if not silent:
        return
    longest = max(silent, key=lambda out: out.silent_for(now))
    number_to_call, verb, url = _way_to(user, longest)
    yield Need(
        "wifi-off",
        ngettext("%(count)s pair out of contact", "%(count)s pairs out of contact", len(silent))
        % {"count": number(len(silent))},
        _("%(names)s: %(span)s") % {"names": longest.names, "span": span(longest.silent_for(now))} + number_to_call,
        verb,
        url,
    )


def _way_to(user: Any, out: OutNow) -> tuple[str, str, str]:
    """What to add to the names, the verb and where it leads: to a number if there is one, else to the turf."""
    person = next((person for person in out.people if person.phone), None)
    if person and may(user, Permission.SEE_PEOPLE):
        return f", {person.spaced_phone}", _("Call them"), f"tel:{person.phone}"
    return "", _("Open the turf"), out.assignment.turf.get_absolute_url()


def _review(user: Any) -> Iterator[Need]:
    reasons = dict(
        ReviewItem.objects.visible_to(user).waiting().values_list("reason").annotate(Count("pk")).order_by("-pk__count")
    )
    if count := sum(reasons.values()):
        yield Need(
            "inbox",
            ngettext("%(count)s item in review", "%(count)s items in review", count) % {"count": number(count)},
            ", ".join(f"{ReviewReason(reason).label}: {number(n)}" for reason, n in list(reasons.items())[:2]),
            _("Look through"),
            reverse("accounts:review-list"),
        )


def _without_proxy(figures: DistrictFigures) -> Iterator[Need]:
    missing = [row for row in figures.precincts if row.precinct and not row.proxies]
    if not missing:
        return
    numbers = ", ".join(str(row.precinct.number) for row in missing[:6] if row.precinct)
    least = min(missing, key=lambda row: row.progress.percent)
    yield Need(
        "user-round-x",
        ngettext("Precinct %(numbers)s has no proxy", "Precincts %(numbers)s have no proxy", len(missing))
        % {"numbers": numbers},
        _("Passed: %(share)s") % {"share": percent(least.progress.passed, least.progress.total)},
        _("Appoint"),
        f"{reverse('roster:person-list')}?role=proxy",
    )


def _turfs(round: Round) -> Iterator[Need]:
    count = Turf.objects.in_round(round).never_assigned().count()
    if count:
        yield Need(
            "route",
            ngettext("%(count)s turf not handed out", "%(count)s turfs not handed out", count)
            % {"count": number(count)},
            _("Nobody ever had it in this round") if count == 1 else _("Nobody ever had them in this round"),
            _("Hand out"),
            reverse("canvassing:turf-list"),
        )


def _not_described(figures: DistrictFigures) -> Iterator[Need]:
    count = figures.progress.not_described
    if count:
        yield Need(
            "building-2",
            ngettext("%(count)s block not described", "%(count)s blocks not described", count)
            % {"count": number(count)},
            _("Its flats are missing in the figures") if count == 1 else _("Their flats are missing in the figures"),
            _("Describe"),
            reverse("territory:building-list"),
        )
