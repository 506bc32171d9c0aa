"""Who signs in, from which phone, and what waits for review."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.access import Role
from volunteers.accounts import querysets

LINK_LIFETIME = timedelta(minutes=10)


class UserManager(BaseUserManager.from_queryset(querysets.UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "User":
        """Without a password the user can only come in by a phone link."""
        user = self.model(email=self.normalize_email(email) or None if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. Desk users have e-mail and password; phone holders have neither."""

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("access role"), max_length=12, choices=Role.choices)
    language = models.CharField(_("language"), max_length=2, default="ru")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    objects = UserManager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SetUpCode(models.Model):
    """The one-time code, printed at the first start, with which the first coordinator comes in."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)


class PhoneLink(models.Model):
    """A link or QR code that makes one device of its user: once, within ten minutes. Only a digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="phone_links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    objects = querysets.PhoneLinkQuerySet.as_manager()


class Device(models.Model):
    """A phone. Its bearer token is kept as a digest; revoked, it may still deliver, into review only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = querysets.DeviceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label or str(self.pk)


class ReviewReason(models.TextChoices):
    """Why the server could not simply accept what a phone sent."""

    OUTSIDE_ASSIGNMENT = "outside_assignment", _("outside the assignment")
    OUTSIDE_WINDOW = "outside_window", _("outside the agitation window")
    UNKNOWN_ID = "unknown_id", _("unknown flat or entrance")
    OTHER_CONTENT = "other_content", _("the same id with other content")
    OTHER_DESCRIPTION = "other_description", _("the block is described differently")
    REVOKED_DEVICE = "revoked_device", _("sent by a revoked phone")
    UNREADABLE = "unreadable", _("the app could not read it")
    FLAT_REPORT = "flat_report", _("a report on a flat")


class ReviewState(models.TextChoices):
    OPEN = "open", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class ReviewItem(models.Model):
    """What a phone sent and the server could not accept: kept whole, with the reason, until somebody decides."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=20, choices=ReviewReason.choices)
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="review_items")
    received_at = models.DateTimeField(default=timezone.now)
    clock_error = models.DurationField(default=timedelta)
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.OPEN)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = querysets.ReviewItemQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at",)
        # Few wait, many are decided: the badge and the dashboard count what waits on every page.
        indexes = (models.Index(fields=["received_at"], condition=models.Q(state="open"), name="review_open"),)
        constraints = (
            models.UniqueConstraint(fields=["item_id", "digest"], name="review_item_once"),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="review_decided_has_time",
            ),
        )

    @property
    def sender_name(self) -> str:
        return self.device.user.name if self.device else ""
