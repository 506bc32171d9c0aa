"""The one list of who may do what.

Every view is wrapped in `@allow(...)`; `AccessMiddleware` refuses a view that is not, so forgetting the decorator
closes a page instead of opening it.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The access role of a signed-in user: exactly one each."""

    COORDINATOR = "coordinator", _("coordinator")
    STAFF = "staff", _("staff")
    CANDIDATE = "candidate", _("candidate")
    PROXY = "proxy", _("proxy")
    VOLUNTEER = "volunteer", _("volunteer")


DESK = frozenset({Role.COORDINATOR, Role.STAFF})
SIGNED_IN = frozenset(Role)


class Permission(Enum):
    """What a URL asks for. The value is the set of roles that hold it."""

    def __init__(self, key: str, roles: frozenset[Role]) -> None:
        self.key = key
        self.roles = roles

    OPEN = "open", frozenset[Role]()  # strangers too: sign-in, health, the phone's empty shell
    DEVICE = "device", frozenset[Role]()  # a phone with its bearer token; the view authenticates it
    OWN_ACCOUNT = "own-account", SIGNED_IN
    SEE_DASHBOARD = "see-dashboard", DESK | {Role.CANDIDATE}
    SEE_TERRITORY = "see-territory", DESK | {Role.CANDIDATE}
    EDIT_TERRITORY = "edit-territory", DESK
    SEE_PEOPLE = "see-people", DESK
    EDIT_PEOPLE = "edit-people", DESK
    SEE_ROUNDS = "see-rounds", DESK | {Role.CANDIDATE}
    EDIT_ROUNDS = "edit-rounds", DESK
    REVIEW = "review", DESK
    SEE_REPORTS = "see-reports", DESK | {Role.CANDIDATE}
    MAKE_REPORTS = "make-reports", DESK
    SEE_HEALTH = "see-health", DESK
    SET_UP_CAMPAIGN = "set-up-campaign", frozenset({Role.COORDINATOR})


View = TypeVar("View", bound=Callable[..., Any])


def allow(permission: Permission) -> Callable[[View], View]:
    """Name what a view asks for. Works on functions and on `as_view()` results."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def may(user: Any, permission: Permission) -> bool:
    """Whether this user holds the permission. An anonymous or disabled user holds none but `OPEN`."""
    if permission in (Permission.OPEN, Permission.DEVICE):
        return True
    return bool(user.is_authenticated and user.is_active and user.role in permission.roles)


class AccessMiddleware:
    """Deny by default: no view runs unless its permission is named and held."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        permission = getattr(view, "permission", None)
        if permission is None:
            raise PermissionDenied(f"{view.__module__}.{view.__name__} names no permission")
        if may(request.user, permission):
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        return to_sign_in(request)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back afterwards. (Django's own helper can't be imported below the user model.)"""
    query = QueryDict(mutable=True)
    query["next"] = request.get_full_path()
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query.urlencode(safe='/')}")
