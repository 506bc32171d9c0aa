"""The pages of what waits for review."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign import inbox
from campaign.access import Permission, allow
from campaign.inbox import CannotAccept
from campaign.lists import Column, List
from volunteers.accounts.forms import DecisionForm
from volunteers.accounts.models import ReviewItem, ReviewReason, ReviewState
from volunteers.accounts.payloads import numbers, readable
from volunteers.accounts.services import accept_item, reject_item, reopen_item

DECIDE = ["GET", "HEAD", "POST"]


class ReviewFilters(forms.Form):
    """Waiting or decided, and why it came here."""

    state = forms.ChoiceField(label=_("State"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("any state")), *ReviewState.choices]
        self.fields["reason"].choices = [("", _("any reason")), *ReviewReason.choices]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "in on" if self.data.get(name) else "in"


class ReviewList(List):
    """What waits, newest first; below it what was decided."""

    name = "review"
    columns = (
        Column("received", _("Received"), "received_at", order=("received_at",)),
        Column("what", _("What"), "what"),
        Column("reason", _("Why"), "get_reason_display", order=("reason", "-received_at")),
        Column("who", _("Who"), lambda item: item.sender_name, order=("device__user__name", "-received_at")),
        Column("state", _("State"), "get_state_display", order=("is_decided", "-received_at")),
    )
    filters = ReviewFilters
    row_template = "accounts/review_row.html"
    default_sort = "state"

    @cached_property
    def page(self) -> Page[Any]:
        page = super().page
        page.object_list = told(page.object_list)
        return page

    def _exported(self) -> Iterable[list[Any]]:
        for item in told(self.rows):
            yield [column.cell(item) for column in self.columns]


def told(items: Iterable[ReviewItem]) -> list[ReviewItem]:
    """The items with `what` set: what was sent, looked up for all of them at once."""
    shown = list(items)
    for item, what in zip(shown, describe(shown), strict=True):
        item.what = what  # type: ignore[attr-defined]
    return shown


@allow(Permission.REVIEW)
@require_safe
def review_list(request: HttpRequest) -> HttpResponseBase:
    items = ReviewItem.objects.visible_to(request.user).with_sender().with_decided()
    return ReviewList(request, items).respond("accounts/review_list.html")


def found(request: HttpRequest, item_id: Any) -> ReviewItem:
    items: QuerySet[ReviewItem] = ReviewItem.objects.visible_to(request.user).with_sender()
    return get_object_or_404(items, pk=item_id)


@allow(Permission.REVIEW)
@require_safe
def review_detail(request: HttpRequest, item_id: Any) -> HttpResponse:
    return _page(request, found(request, item_id), DecisionForm())


def _page(request: HttpRequest, item: ReviewItem, form: DecisionForm, *, refused: str = "") -> HttpResponse:
    context = {
        "item": item,
        "what": describe([item])[0],
        "lines": readable(item.payload),
        "numbers": numbers(item.payload),
        "form": form,
        "refused": refused,
        "can_be_accepted": item.kind in inbox.kinds(),
    }
    return render(request, "accounts/review_detail.html", context, status=422 if refused or form.errors else 200)


def describe(items: Iterable[ReviewItem]) -> list[str]:
    """What was sent, in a sentence each of its kind."""
    by_kind: defaultdict[str, list[ReviewItem]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    said = {item.pk: words for name, group in by_kind.items() for item, words in _sentences(name, group)}
    return [said[item.pk] for item in items]


def _sentences(name: str, items: list[ReviewItem]) -> Iterable[tuple[ReviewItem, str]]:
    kind = inbox.kinds().get(name)
    if kind is None:
        return [(item, gettext("Something the app does not know")) for item in items]
    told = kind.describe([item.payload for item in items])
    return [
        (item, words or gettext("Something the app could not read")) for item, words in zip(items, told, strict=True)
    ]


@allow(Permission.REVIEW)
@require_http_methods(DECIDE)
def review_accept(request: HttpRequest, item_id: Any) -> HttpResponse:
    return _decide(request, item_id, accept_item, gettext("Accepted: it counts from now on."))


@allow(Permission.REVIEW)
@require_http_methods(DECIDE)
def review_reject(request: HttpRequest, item_id: Any) -> HttpResponse:
    undo = reverse("accounts:review-reopen", args=[item_id])
    return _decide(request, item_id, reject_item, gettext("Rejected: it stays here and does not count."), undo=undo)


def _decide(request: HttpRequest, item_id: Any, act: Callable[..., None], done: str, *, undo: str = "") -> HttpResponse:
    item, form = found(request, item_id), DecisionForm(request.POST)
    if request.method != "POST":  # the address of a refused decision, opened once more
        return redirect("accounts:review-detail", item_id=item.pk)
    if not form.is_valid():
        return _page(request, item, form)
    try:
        act(item=item, user=request.user, why=form.cleaned_data["why"], at=timezone.now())
    except CannotAccept as refusal:
        return _page(request, found(request, item_id), form, refused=str(refusal))
    messages.success(request, done, extra_tags=f"undo:{undo}" if undo else "")
    return redirect("accounts:review-list")


@allow(Permission.REVIEW)
@require_POST
def review_reopen(request: HttpRequest, item_id: Any) -> HttpResponse:
    item = found(request, item_id)
    if reopen_item(item=item):
        messages.success(request, gettext("It waits for a decision again."))
    return redirect("accounts:review-detail", item_id=item.pk)
