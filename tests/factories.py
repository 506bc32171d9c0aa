"""Plain functions that make one thing each, with everything it needs. All of it is invented."""

from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from campaign.access import Role
from campaign.files.models import StoredFile
from campaign.files.services import store_file
from campaign.inbox import digest
from campaign.jobs.models import Job
from campaign.profile.models import Campaign, LawyerCheck
from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Building, Precinct, Street
from campaign.territory.services import describe_block
from outreach.canvassing.models import Assignment, Round, Turf
from outreach.reports.models import Report
from volunteers.accounts.models import Device, ReviewItem, User
from volunteers.accounts.secret import digest_of, make_token
from volunteers.roster.models import Person

PASSWORD = "lanterns-over-the-courtyard"
_numbers = count(1)


def make_campaign(*, checked: bool = True, day: datetime | None = None, **fields: Any) -> Campaign:
    """A campaign whose window is open around `day` (today): it began ten days before, the vote is in two weeks."""
    zone = ZoneInfo("Asia/Almaty")
    today = (day or timezone.now()).astimezone(zone)
    campaign, _made = Campaign.objects.update_or_create(
        pk=1,
        defaults={
            "candidate_ru": "Әсел Жұмабаева",
            "candidate_kk": "Әсел Жұмабаева",
            "city_ru": "Караганда",
            "city_kk": "Қарағанды",
            "district_number": 7,
            "agitation_from": (today - timedelta(days=10)).replace(hour=18, minute=0, second=0, microsecond=0),
            "voting_day": today.date() + timedelta(days=14),
            **fields,
        },
    )
    if checked:
        LawyerCheck.objects.create(
            campaign=campaign, voting_day=campaign.voting_day, lawyer="Гүлмира Сейітова", checked_on=today.date()
        )
    return campaign


def make_user(role: str = Role.VOLUNTEER, **fields: Any) -> User:
    """With e-mail and password for the desk and the candidate, without for everybody else."""
    number = next(_numbers)
    fields = {"name": f"Человек {number}", "role": role, **fields}
    if role in (Role.COORDINATOR, Role.STAFF, Role.CANDIDATE):
        fields = {"email": f"{role}{number}@example.kz", "password": _hashed(PASSWORD), **fields}
    return User.objects.create(**{"password": make_password(None), **fields})


@cache
def _hashed(password: str) -> str:
    """Hashing is slow on purpose: once is enough."""
    return make_password(password)


def make_person(role: str = Role.VOLUNTEER, *, signs_in: bool = False, **fields: Any) -> Person:
    number = next(_numbers)
    fields = {
        "family_name": f"Ермеков{number}",
        "given_name": "Болат",
        "phone": f"+7700{number:07d}",
        **fields,
    }
    if signs_in:
        fields.setdefault("user", make_user(role))
    return Person.objects.create(role=role, **fields)


def make_precinct(**fields: Any) -> Precinct:
    return Precinct.objects.create(**{"number": 100 + next(_numbers), **fields})


def make_street(name: str = "", **fields: Any) -> Street:
    return Street.objects.create(name=name or f"улица Ермекова {next(_numbers)}", **fields)


def make_building(street: Street | None = None, *, plan: BlockPlan | None = None, **fields: Any) -> Building:
    """A block; described when a plan is given."""
    building = Building.objects.create(
        street=street or make_street(), **{"house": str(next(_numbers)), "kind": "block", **fields}
    )
    if plan:
        describe_block(building=building, plan=plan)
        building.refresh_from_db()
    return building


def make_device(user: User | None = None, **fields: Any) -> tuple[Device, str]:
    """A phone, and the bearer token that it shows."""
    bearer = make_token()
    device = Device.objects.create(
        user=user or make_user(), **{"label": "Android", "digest": digest_of(bearer), **fields}
    )
    return device, bearer


def make_round(**fields: Any) -> Round:
    today = timezone.localdate()
    return Round.objects.create(
        **{
            "name": "Первый обход",
            "starts_on": today - timedelta(days=3),
            "ends_on": today + timedelta(days=7),
            **fields,
        }
    )


def make_turf(round: Round | None = None, *, entrances: Any = (), buildings: Any = (), **fields: Any) -> Turf:
    turf = Turf.objects.create(round=round or make_round(), **{"number": next(_numbers), **fields})
    turf.entrances.set(entrances)
    turf.buildings.set(buildings)
    return turf


def make_assignment(turf: Turf | None = None, *persons: Person, **fields: Any) -> Assignment:
    """A turf given from an hour ago until four hours from now."""
    now = timezone.now()
    assignment = Assignment.objects.create(
        turf=turf or make_turf(),
        **{"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=4), **fields},
    )
    assignment.persons.set(persons or [make_person(signs_in=True)])
    return assignment


def make_job(owner: User, **fields: Any) -> Job:
    return Job.objects.create(owner=owner, **{"kind": "weekly-report", **fields})


def make_file(owner: User | None = None, **fields: Any) -> StoredFile:
    fields = {
        "name": "district.csv",
        "content": "Участок;Улица;Дом\n13;улица Абая;5\n".encode(),
        "content_type": "text/csv",
        **fields,
    }
    return store_file(owner=owner, **fields)


def make_report(**fields: Any) -> Report:
    today = timezone.localdate()
    return Report.objects.create(
        **{
            "number": next(_numbers),
            "starts_on": today - timedelta(days=6),
            "ends_on": today,
            "language": "ru",
            **fields,
        }
    )


def make_review_item(**fields: Any) -> ReviewItem:
    """Something of a kind that the app does not know."""
    payload = {"id": str(uuid4()), "kind": "song"}
    return ReviewItem.objects.create(
        **{
            "item_id": payload["id"],
            "kind": "unknown",
            "payload": payload,
            "digest": digest(payload),
            "reason": "unreadable",
            **fields,
        }
    )
