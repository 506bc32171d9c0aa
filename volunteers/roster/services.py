"""Acts on people: keep them within the law, give them a phone or a place at the desk."""

from django.db import transaction
from django.utils.translation import gettext as _

from campaign.access import DESK, Role
from campaign.law import Ruling, judge
from campaign.profile.models import Campaign
from campaign.territory.models import Precinct
from volunteers.accounts.models import User
from volunteers.accounts.services import (
    BY_PASSWORD,
    CannotDo,
    give_desk_access,
    make_phone_link,
    make_phone_user,
    sync_user,
)
from volunteers.roster.models import Person


@transaction.atomic
def save_person(*, person: Person, by: User) -> list[str]:
    """Save a person, a proxy only where the law leaves room; gives what the law warns of.

    Their account follows name, role and language.
    """
    before = Person.objects.select_for_update().filter(pk=person.pk).first()
    _require_right_to_change_role(before.role if before else "", person.role, by)
    warnings = _require_room_for_proxy(person) if person.role == Role.PROXY else []
    person.save()
    if person.user is not None:
        sync_user(user=person.user, name=person.short_name, role=person.role, language=person.language)
    return warnings


def _require_right_to_change_role(old: str, new: str, by: User) -> None:
    """Staff keep the roster, but make nobody staff or coordinator, themselves included."""
    if old == new or by.role == Role.COORDINATOR:
        _require_a_coordinator_left(old, new)
    elif {old, new} & DESK:
        raise CannotDo(_("Only the coordinator gives and takes away a role at the desk."))


def _require_a_coordinator_left(old: str, new: str) -> None:
    if old == Role.COORDINATOR != new and User.objects.coordinators().count() < 2:
        raise CannotDo(_("This is the only coordinator: make somebody else coordinator first."))


def _require_room_for_proxy(person: Person) -> list[str]:
    """The precinct's row is locked, so that of several who are entered at once the limit holds exactly."""
    if person.precinct_id is None:
        raise CannotDo(_("Choose the precinct that the proxy is registered for."), "precinct")
    Precinct.objects.select_for_update().get(pk=person.precinct_id)
    others = Person.objects.proxies_of(person.precinct_id).exclude(pk=person.pk).count()
    ruling = proxies_ruling(others + 1)
    if ruling is None or ruling.allowed:
        return []
    if ruling.refuses:
        raise CannotDo(f"{ruling.sentence} ({ruling.cite()})", "precinct")
    return [ruling.sentence]


def proxies_ruling(in_precinct: int) -> Ruling | None:
    """What the law says of so many proxies in one precinct; nothing before there is a campaign."""
    campaign = Campaign.current()
    if campaign is None:
        return None
    calendar = campaign.calendar()
    rule = calendar.rule_set.rule("proxies")
    return judge(rule, calendar, broken=in_precinct > rule.parameters["most_in_a_precinct"])


@transaction.atomic
def give_phone(*, person: Person, made_by: User) -> str:
    """The token of a link that makes this person's phone a device; an account is made when there is none."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.user is None:
        person.user = make_phone_user(name=person.short_name, role=person.role, language=person.language)
        person.save(update_fields=["user"])
    return make_phone_link(user=person.user, made_by=made_by)


@transaction.atomic
def open_desk(*, person: Person, email: str) -> str:
    """A password, shown once, for somebody who works at the desk."""
    if person.role not in BY_PASSWORD:
        raise CannotDo(_("Only people of the desk sign in by e-mail: change the role first."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.user is None:
        person.user = User.objects.create_user(name=person.short_name, role=person.role, language=person.language)
        person.save(update_fields=["user"])
    return give_desk_access(user=person.user, email=email)
