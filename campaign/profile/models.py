"""The campaign itself: one row. Candidate, district, time zone, the election's dates, the lawyer's check."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.files.models import StoredFile
from campaign.law import ElectionCalendar, RuleSet


def check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError) as error:
        raise ValidationError(_("Choose a time zone from the list, for example Asia/Almaty.")) from error


class Campaign(models.Model):
    """The campaign that this installation serves. There is at most one row."""

    candidate_ru = models.CharField(_("candidate, in Russian"), max_length=120)
    candidate_kk = models.CharField(_("candidate, in Kazakh"), max_length=120)
    city_ru = models.CharField(_("city or district, in Russian"), max_length=120, blank=True)
    city_kk = models.CharField(_("city or district, in Kazakh"), max_length=120, blank=True)
    district_number = models.PositiveSmallIntegerField(_("electoral district No"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Almaty", validators=[check_zone])
    rule_set = models.CharField(max_length=20, default="kz-2023")
    agitation_from = models.DateTimeField(_("registration of candidates closes"))
    voting_day = models.DateField(_("voting day"))

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="campaign_is_one_row"),)

    def __str__(self) -> str:
        return self.candidate_ru

    @classmethod
    def current(cls) -> "Campaign | None":
        """The campaign, or None before set-up."""
        return cls.objects.filter(pk=1).first()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def candidate(self, language: str) -> str:
        return self.candidate_kk if language == "kk" else self.candidate_ru

    def city(self, language: str) -> str:
        return self.city_kk if language == "kk" else self.city_ru

    def calendar(self) -> ElectionCalendar:
        """The election's dates in the form that the rules of law take."""
        return ElectionCalendar(
            agitation_from=self.agitation_from,
            voting_day=self.voting_day,
            zone=self.zone,
            rule_set=RuleSet.load(self.rule_set),
            lawyer_checked=self.checks.filter(voting_day=self.voting_day).exists(),
        )

    def today(self) -> datetime:
        return timezone.now().astimezone(self.zone)


class LawyerCheck(models.Model):
    """A lawyer read the rule set for the election of this day: who, when, a scan."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="checks")
    voting_day = models.DateField()
    lawyer = models.CharField(_("lawyer"), max_length=120)
    checked_on = models.DateField(_("checked on"))
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.lawyer}, {self.checked_on}"
