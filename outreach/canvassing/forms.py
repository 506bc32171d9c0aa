"""What is typed in about rounds, turfs and assignments, turned into the domain's types or refused."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.access import Role
from campaign.forms import Heading, HouseHelper, half
from campaign.law import Ruling, may_agitate
from campaign.territory.models import Building, Entrance
from outreach.canvassing.models import Round
from outreach.canvassing.shifts import usual_shift
from volunteers.roster.models import Person

DAY_FORMAT, MOMENT_FORMAT = "%Y-%m-%d", "%Y-%m-%dT%H:%M"
LAST_MINUTE = time(23, 59)
A_MOMENT = timedelta(microseconds=1)  # an assignment's end is not part of it


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format=DAY_FORMAT)


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=MOMENT_FORMAT)


class JudgedByLaw:
    """A form whose times must lie in the campaign's agitation window.

    What the law as data refuses is an error at its field, with the article; what is doubtful goes to `warnings`.
    """

    def __init__(self, *args: Any, campaign: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.warnings: list[Ruling] = []

    def judge(self, **times: datetime | None) -> None:
        if self.campaign is None:
            return  # before set-up there is no election to judge by; visits outside of it go to review
        calendar = self.campaign.calendar()
        for name, at in times.items():
            ruling = may_agitate(at, calendar) if at else None
            if ruling and ruling.refuses:
                self.add_error(name, f"{ruling.sentence} ({ruling.cite()})")  # type: ignore[attr-defined]
            elif ruling and ruling.warns and ruling.rule not in [each.rule for each in self.warnings]:
                self.warnings.append(ruling)


class RoundForm(JudgedByLaw, forms.ModelForm):
    """A round: its days, and what is said at the door."""

    class Meta:
        model = Round
        fields = ("name", "goal", "starts_on", "ends_on", "script_ru", "script_kk", "theses_ru", "theses_kk")
        widgets = {
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "goal": forms.Textarea(attrs={"rows": 2}),
            **{
                name: forms.Textarea(attrs={"rows": 5}) for name in ("script_ru", "script_kk", "theses_ru", "theses_kk")
            },
        }
        help_texts = {
            "name": _("For example: second round, autumn."),
            "goal": _("What the canvassers should bring back from every door."),
            "script_ru": _("What to say at the door. The phone shows it in the canvasser's language."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cancel = self.instance.get_absolute_url() if self.instance.pk else reverse("canvassing:round-list")
        self.helper = HouseHelper(
            "name",
            "goal",
            half("starts_on"),
            half("ends_on"),
            Heading(_("At the door")),
            half("script_ru"),
            half("script_kk"),
            half("theses_ru"),
            half("theses_kk"),
            submit=_("Save the round"),
            cancel=cancel,
            failed=_("The round is not saved"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and first > last:
            self.add_error("ends_on", _("The last day must not come before the first one."))
            return cleaned
        self.judge(starts_on=self._evening(first), ends_on=self._evening(last))
        return cleaned

    def _evening(self, day: date | None) -> datetime | None:
        """A day counts as inside if its evening is: candidates are registered by six o'clock."""
        return datetime.combine(day, LAST_MINUTE, self.campaign.zone) if day else None


class PersonChoice(forms.ModelMultipleChoiceField):
    """People by name, each with a box: proxies with their precinct, namesakes with what tells them apart."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: Person) -> str:
        has_namesake = person.namesakes > 1  # type: ignore[attr-defined]
        place = str(person.precinct) if person.precinct and (has_namesake or person.role == Role.PROXY) else ""
        number = person.last_digits if has_namesake else ""
        return ", ".join(filter(None, (str(person), place, number)))


class AssignmentForm(JudgedByLaw, forms.Form):
    """Who gets the turf, from when to when; by default from now until nine in the evening."""

    persons = PersonChoice(
        Person.objects.none(),
        label=_("Who goes"),
        error_messages={"required": _("Choose at least one person.")},
    )
    starts_at = forms.DateTimeField(label=_("Beginning"), widget=MomentInput())
    ends_at = forms.DateTimeField(label=_("End"), widget=MomentInput())

    def __init__(self, *args: Any, user: Any, action: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(
            "persons",
            half("starts_at"),
            half("ends_at"),
            submit=_("Hand out"),
            action=action,
            failed=_("The turf is not handed out"),
        )
        self.fields["persons"].queryset = Person.objects.visible_to(user).with_place().with_namesakes()
        start, end = usual_shift(timezone.localtime())
        self.fields["starts_at"].initial, self.fields["ends_at"].initial = start, end

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and start >= end:
            self.add_error("ends_at", _("The end must come after the beginning."))
            return cleaned
        self.judge(starts_at=start, ends_at=end and end - A_MOMENT)
        return cleaned


class GroundForm(forms.Form):
    """Which ground is chosen: entrances, and blocks that are not described yet."""

    entrances = forms.ModelMultipleChoiceField(Entrance.objects.with_address(), required=False)
    buildings = forms.ModelMultipleChoiceField(Building.objects.not_described().with_address(), required=False)
    name = forms.CharField(label=_("name"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["entrances"] and not cleaned["buildings"]:
            raise forms.ValidationError(_("Choose at least one entrance."))
        return cleaned
