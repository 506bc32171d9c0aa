from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Playwright

from campaign.access import Role
from campaign.territory.blocks import BlockPlan
from tests import factories
from tests.phone.handset import Handset, in_hand
from volunteers.accounts.services import make_phone_link

PLAN = BlockPlan(entrances=4, floors=5, flats_per_landing=4)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/phone/" in str(item.path) and "phones" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


class Shift:
    """A campaign in its window, a block of 80 flats and one not described yet, given to one volunteer or to two."""

    def __init__(self) -> None:
        from outreach.canvassing.models import Topic

        self.zone = factories.make_campaign().zone
        for position, (ru, kk) in enumerate([("Двор", "Аула"), ("Отопление", "Жылу"), ("Дороги", "Жолдар")]):
            Topic.objects.create(name_ru=ru, name_kk=kk, position=position)
        precinct = factories.make_precinct(number=13)
        self.round = factories.make_round(script_ru="Здравствуйте!", script_kk="Сәлеметсіз бе!")
        street = factories.make_street("улица Толе би")
        self.building = factories.make_building(street, plan=PLAN, house="13/12", precinct=precinct)
        self.blank = factories.make_building(street, house="15", precinct=precinct)
        self.turf = factories.make_turf(
            self.round, entrances=self.building.entrances.all(), buildings=[self.blank], number=4
        )
        self.persons = [factories.make_person(signs_in=True, family_name=name) for name in ("Ахметова", "Ким")]
        self.assignment = factories.make_assignment(self.turf, *self.persons)
        self.coordinator = factories.make_user(Role.COORDINATOR)

    @property
    def now(self) -> datetime:
        return timezone.now()

    def link(self, number: int = 0) -> str:
        """The token in a phone link; links are made as a whole address, the token is its fragment."""
        link = make_phone_link(user=self.persons[number].user, made_by=self.coordinator)
        return link.rpartition("#")[2]


@pytest.fixture
def shift(transactional_db: None) -> Shift:
    return Shift()


Phones = Callable[..., Handset]


@pytest.fixture
def phones(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], live_server: Any, tmp_path: Path, shift: Shift
) -> Iterator[Phones]:
    """Makes phones, connected and ready to work without a signal."""
    base = live_server.url.replace("127.0.0.1", "localhost")
    with ExitStack() as stack:

        def phone(number: int = 0, *, connected: bool = True, **options: Any) -> Handset:
            folder = tmp_path / f"phone-{number}"
            handset = Handset(playwright, browser_type_launch_args, folder, base, options)
            stack.enter_context(in_hand(handset))
            return handset.connect(shift.link(number)).wait_for_worker() if connected else handset

        yield phone


@pytest.fixture
def phone(phones: Phones) -> Handset:
    return phones()
