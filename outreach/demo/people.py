"""The demo's people and how they sign in."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password

from campaign.access import Role
from campaign.profile.models import Campaign, LawyerCheck
from campaign.territory.models import Precinct
from outreach.demo import names
from outreach.demo.calendar import DemoDays
from volunteers.accounts.models import Device, User
from volunteers.roster.models import Person


class SignIn(NamedTuple):
    role: Role
    email: str
    password: str


SIGN_INS = (
    SignIn(Role.COORDINATOR, "coordinator@dauys.example", "evening-windows-lit"),
    SignIn(Role.STAFF, "staff@dauys.example", "apricot-and-mulberry"),
    SignIn(Role.CANDIDATE, "candidate@dauys.example", "tea-in-every-courtyard"),
)


def make_desk() -> dict[Role, Person]:
    return {role: desk_person(role, name) for role, name in names.DESK}


def desk_person(role: Role, name: names.Name) -> Person:
    sign_in = next(each for each in SIGN_INS if each.role == role)
    user = User.objects.create_user(
        sign_in.email, sign_in.password, name=f"{name.given} {name.family[:1]}.", role=role, language="ru"
    )
    person = person_of(name, role=role, number=1 + list(Role).index(role), user=user)
    person.save()
    return person


def person_of(name: names.Name, *, number: int, **fields: Any) -> Person:
    """An unsaved person with a phone number that no operator gives out."""
    person = Person(
        family_name=name.family,
        given_name=name.given,
        patronymic=name.patronymic,
        language=name.language,
        phone=f"+7700000{number:04d}",
        **fields,
    )
    person.derive()
    return person


def make_proxies(precincts: list[Precinct]) -> list[Person]:
    """Three in each precinct, as many as the law allows."""
    return Person.objects.bulk_create(
        person_of(name, number=100 + number, role=Role.PROXY, precinct=precincts[number % len(precincts)])
        for number, name in enumerate(names.PROXIES)
    )


def make_volunteers(now: datetime) -> list[tuple[Person, Device]]:
    """Forty volunteers, each with a phone."""
    users = User.objects.bulk_create(
        User(
            name=f"{name.given} {name.family[:1]}.",
            role=Role.VOLUNTEER,
            language=name.language,
            password=make_password(None),
        )
        for name in names.VOLUNTEERS
    )
    persons = Person.objects.bulk_create(
        person_of(name, number=200 + number, role=Role.VOLUNTEER, user=user)
        for number, (name, user) in enumerate(zip(names.VOLUNTEERS, users, strict=True))
    )
    devices = Device.objects.bulk_create(
        Device(user=user, digest=f"demo-phone-without-a-token-{number}", label="Android", created_at=now)
        for number, user in enumerate(users)
    )
    return list(zip(persons, devices, strict=True))


def record_lawyer(campaign: Campaign, coordinator: Any, days: DemoDays) -> None:
    LawyerCheck.objects.create(
        campaign=campaign,
        voting_day=days.voting_day,
        lawyer="Сейітова Гүлмира Кеңесқызы",
        checked_on=days.walked[0] - timedelta(days=3),
        recorded_by=coordinator,
    )
