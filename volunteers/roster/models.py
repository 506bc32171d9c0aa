"""The people of the campaign."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from campaign.access import Role
from campaign.kazakh import fold, sort_key
from campaign.territory.models import Precinct
from volunteers.roster.numbers import spaced
from volunteers.roster.querysets import PersonQuerySet


class Person(models.Model):
    """A human of the campaign; `user` is set once they get a phone or sign in at the desk."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    family_name = models.CharField(_("family name"), max_length=60)
    given_name = models.CharField(_("given name"), max_length=60)
    patronymic = models.CharField(_("patronymic"), max_length=60, blank=True)
    phone = PhoneNumberField(_("phone"), region="KZ", blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="ru")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.VOLUNTEER)
    precinct = models.ForeignKey(
        Precinct,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
        verbose_name=_("precinct"),
    )
    folded = models.CharField(max_length=200, editable=False)
    sort = models.CharField(max_length=300, editable=False, db_index=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("sort", "pk")

    def __str__(self) -> str:
        return " ".join(filter(None, (self.family_name, self.given_name)))

    def derive(self) -> None:
        """Fill the columns that follow from the name."""
        whole = f"{self.family_name} {self.given_name} {self.patronymic}"
        self.folded, self.sort = fold(whole), sort_key(whole)

    def save(self, *args: object, **kwargs: object) -> None:
        self.derive()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("roster:person-detail", args=[self.pk])

    @property
    def whole_name(self) -> str:
        return " ".join(filter(None, (self.family_name, self.given_name, self.patronymic)))

    @property
    def short_name(self) -> str:
        """«Айгерим С.»: how people are named where there is little room."""
        return f"{self.given_name} {self.family_name[:1]}."

    @property
    def spaced_phone(self) -> str:
        return spaced(str(self.phone)) if self.phone else ""

    @property
    def last_digits(self) -> str:
        """«…45 67»: enough of a number to tell namesakes apart."""
        return f"…{self.spaced_phone[-5:]}" if self.phone else ""

    @property
    def initials(self) -> str:
        return f"{self.given_name[:1]}{self.family_name[:1]}".upper()
