"""Acts on accounts: the first coordinator, a phone for a person, a password for the desk."""

from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.access import DESK, Role
from volunteers.accounts.models import LINK_LIFETIME, Device, PhoneLink, SetUpCode, User
from volunteers.accounts.reviewing import accept_item, put_in_review, put_many_in_review, reject_item, reopen_item
from volunteers.accounts.secret import digest_of, make_code, make_token, plain_code

__all__ = [
    "CannotDo",
    "LinkUnusable",
    "accept_item",
    "become_device",
    "claim_set_up",
    "give_desk_access",
    "invite_coordinator",
    "make_phone_link",
    "make_phone_user",
    "put_in_review",
    "put_many_in_review",
    "reject_item",
    "reopen_item",
    "revoke_device",
    "sync_user",
]

# Who signs in with e-mail and password; everybody else comes in by a phone link.
BY_PASSWORD: Final = DESK | {Role.CANDIDATE}

SET_UP_LOCK: Final = 0x5E7
LABEL_LENGTH: Final = 80


class CannotDo(Exception):
    """The act is refused; the message says why and what to do, `field` where to put it right."""

    def __init__(self, message: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


class LinkUnusable(Exception):
    """A phone link that makes no device: `why` is «used» or «expired»."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@transaction.atomic
def invite_coordinator() -> str:
    """A new one-time code for the first coordinator; an earlier one stops working."""
    _one_set_up_at_a_time()
    _refuse_second_coordinator()
    code = make_code()
    SetUpCode.objects.filter(used_at=None).delete()
    SetUpCode.objects.create(digest=digest_of(code))
    return code


@transaction.atomic
def claim_set_up(*, code: str, name: str, email: str, password: str, language: str = "ru") -> User:
    """Use the code up and make the first coordinator."""
    _one_set_up_at_a_time()
    _refuse_second_coordinator()
    codes = SetUpCode.objects.filter(digest=digest_of(plain_code(code)), used_at=None)
    if not codes.update(used_at=timezone.now()):
        raise CannotDo(_("This code does not fit. Copy the newest one from the window where the app was started."))
    if User.objects.filter(email__iexact=email).exists():
        raise CannotDo(_("Somebody already signs in with this e-mail: give another one."))
    return User.objects.create_user(email, password, name=name, role=Role.COORDINATOR, language=language)


def _one_set_up_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SET_UP_LOCK])


def _refuse_second_coordinator() -> None:
    if User.objects.coordinators().exists():
        raise CannotDo(_("There is a coordinator already: sign in with e-mail and password."))


def make_phone_user(*, name: str, role: str, language: str) -> User:
    """Somebody who comes in by a phone link only."""
    if role in DESK:
        raise CannotDo(_("People of the desk sign in with e-mail and password, not by a phone link."))
    return User.objects.create_user(name=name, role=role, language=language)


def make_phone_link(*, user: User, made_by: User) -> str:
    """A token that makes one device of this user, once, within ten minutes. Earlier unused links die."""
    if not User.objects.phone_holders().filter(pk=user.pk).exists():
        raise CannotDo(_("People of the desk sign in with e-mail and password, not by a phone link."))
    token = make_token()
    with transaction.atomic():
        PhoneLink.objects.filter(user=user, used_at=None).delete()
        PhoneLink.objects.create(user=user, digest=digest_of(token), made_by=made_by)
    return token


@transaction.atomic
def become_device(*, token: str, label: str, at: datetime) -> tuple[Device, str]:
    """The phone that shows this token is a device now: the device, and its bearer token.

    The claim is one UPDATE, so that of many phones that show the same link exactly one gets in.
    """
    links = PhoneLink.objects.filter(digest=digest_of(token))
    usable = links.usable_at(at, LINK_LIFETIME).filter(user__in=User.objects.phone_holders())
    if not usable.update(used_at=at):
        raise LinkUnusable("used" if links.exclude(used_at=None).exists() else "expired")
    bearer = make_token()
    device = Device.objects.create(
        user=links.get().user, digest=digest_of(bearer), label=label[:LABEL_LENGTH], created_at=at, last_seen_at=at
    )
    return device, bearer


def revoke_device(*, device: Device, at: datetime) -> None:
    """From now on all that this phone delivers goes to review."""
    Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at)


@transaction.atomic
def give_desk_access(*, user: User, email: str) -> str:
    """E-mail and a new password, shown once. Their phones stop: who works at the desk has no phone link."""
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise CannotDo(_("Somebody already signs in with this e-mail: give another one."))
    password = make_code(groups=5)
    user.email = User.objects.normalize_email(email)
    user.set_password(password)
    user.save(update_fields=["email", "password"])
    user.devices.filter(revoked_at=None).update(revoked_at=timezone.now())
    PhoneLink.objects.filter(user=user, used_at=None).delete()
    return password


@transaction.atomic
def sync_user(*, user: User, name: str, role: str, language: str) -> None:
    """The account follows the person: a new role brings its way to sign in, and ends the other."""
    user.name, user.role = name, role
    if role in DESK:
        user.devices.filter(revoked_at=None).update(revoked_at=timezone.now())
        PhoneLink.objects.filter(user=user, used_at=None).delete()
    if role not in BY_PASSWORD:
        user.set_password(None)
        user.language = language
    user.save(update_fields=["name", "role", "password", "language"])
