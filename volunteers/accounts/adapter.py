from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: the desk makes accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "E-mail and password do not fit together. Check both, or ask the coordinator for a new password."
        ),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A disabled account answers like a wrong password: nobody learns that it exists."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says enough."""
