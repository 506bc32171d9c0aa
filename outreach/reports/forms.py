from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.formatting import week as week_words
from campaign.forms import HouseHelper, half
from outreach.reports.weeks import Week

LANGUAGES = (("ru", _("Russian")), ("kk", _("Kazakh")))


class ReportForm(forms.Form):
    """Which week, and in which of the two languages of the country it is printed."""

    week = forms.ChoiceField(label=_("Week"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, weeks: list[Week], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weeks = {each.starts_on.isoformat(): each for each in weeks}
        self.fields["week"].choices = [(key, _named(each)) for key, each in self.weeks.items()]
        self.helper = HouseHelper(
            half("week"), half("language"), submit=_("Make the report"), cancel=reverse("reports:report-list")
        )

    def clean_week(self) -> Week:
        return self.weeks[self.cleaned_data["week"]]


def _named(week: Week) -> str:
    words = week_words(week.starts_on, week.ends_on)
    return words if week.is_whole else str(_("%(week)s, to date") % {"week": words})
