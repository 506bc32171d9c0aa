from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.files.sniffing import sniff
from campaign.forms import Heading, HouseHelper, half, third
from campaign.profile.models import Campaign
from campaign.profile.zones import zone_choices

LARGEST_SCAN = 10 * 1024 * 1024
CLOSES_AT = time(18, 0)


def day_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day with numbers, for example 28.11.2026."),
        },
        **kwargs,
    )


class CampaignForm(forms.ModelForm):
    """Candidate, district, time zone, the election's dates. Registration closes at a local time of that zone."""

    time_zone = forms.ChoiceField(label=_("Time zone"), initial="Asia/Almaty")
    closes_on = day_field(label=_("Registration of candidates closes on"))
    closes_at = forms.TimeField(
        label=_("Time of closing"),
        initial=CLOSES_AT,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write the time, for example 18:00."),
            "invalid": _("Write the time as hours and minutes, for example 18:00."),
        },
        help_text=_("Campaigning is allowed from then on."),
    )
    voting_day = day_field(label=_("Voting day"))

    field_order = (
        "candidate_ru",
        "candidate_kk",
        "city_ru",
        "city_kk",
        "district_number",
        "time_zone",
        "closes_on",
        "closes_at",
    )

    class Meta:
        model = Campaign
        fields = ("candidate_ru", "candidate_kk", "city_ru", "city_kk", "district_number", "time_zone", "voting_day")
        error_messages = {
            "candidate_ru": {"required": _("Write the candidate's name as it stands in Russian papers.")},
            "candidate_kk": {"required": _("Write the candidate's name as it stands in Kazakh papers.")},
            "district_number": {"required": _("Write the number of the electoral district.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)
        if self.instance.pk:
            closes = self.instance.agitation_from.astimezone(self.instance.zone)
            self.initial.update(closes_on=closes.date(), closes_at=closes.time())
        self.helper = HouseHelper(
            half("candidate_ru"),
            half("candidate_kk"),
            half("city_ru"),
            half("city_kk"),
            half("district_number"),
            half("time_zone"),
            Heading(_("The election")),
            third("closes_on"),
            third("closes_at"),
            third("voting_day"),
            submit=_("Save"),
            cancel=reverse("profile:campaign") if self.instance.pk else "",
            failed=_("The campaign is not saved"),
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if {"closes_on", "closes_at", "time_zone", "voting_day"} <= cleaned.keys():
            self._check_dates(cleaned)
        return cleaned

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        if (cleaned["voting_day"] - cleaned["closes_on"]).days < 2:
            self.add_error("voting_day", _("Choose a voting day at least two days after registration closes."))
            return
        zone = ZoneInfo(cleaned["time_zone"])
        self.instance.agitation_from = datetime.combine(cleaned["closes_on"], cleaned["closes_at"], zone)


class LawyerCheckForm(forms.Form):
    lawyer = forms.CharField(
        label=_("Lawyer"),
        max_length=120,
        error_messages={"required": _("Write who checked: family name and given name.")},
    )
    checked_on = day_field(label=_("Checked on"))
    scan = forms.FileField(
        label=_("Scan"),
        required=False,
        help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(
            half("lawyer"),
            half("checked_on"),
            "scan",
            submit=_("Record the check"),
            cancel=reverse("profile:campaign"),
            failed=_("The check is not recorded"),
        )

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day: a check that is done is recorded."))
        return day

    def clean_scan(self) -> tuple[str, bytes, str] | None:
        file = self.cleaned_data["scan"]
        if not file:
            return None
        if file.size > LARGEST_SCAN:
            raise forms.ValidationError(_("The file is over 10 MB: scan it with a lower resolution."))
        content = file.read()
        content_type = sniff(content)
        if not content_type:
            raise forms.ValidationError(_("Choose a PDF, JPEG or PNG: this file is none of them."))
        return file.name, content, content_type
