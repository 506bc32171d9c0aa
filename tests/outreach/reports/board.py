"""A round in its tenth day, small enough to add up by hand."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from campaign.access import Role
from campaign.profile.models import Campaign
from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Building, Precinct
from outreach.canvassing.models import Opinion, Round, Tally, Topic
from tests import factories

HUNDRED = BlockPlan(entrances=4, floors=5, flats_per_landing=5)


@dataclass
class Board:
    """Two precincts of a hundred flats; the first has a proxy. The round began nine days ago and has ten to go."""

    campaign: Campaign
    round: Round
    today: date
    north: Precinct
    south: Precinct
    blocks: dict[Precinct, Building]

    def passed(self, precinct: Precinct, days_ago: int, **states: int) -> None:
        day = self.today - timedelta(days=days_ago)
        Tally.objects.create(round=self.round, building=self.blocks[precinct], day=day, **states)

    def opinion(self, days_ago: int = 0, **fields: Any) -> Opinion:
        day = self.today - timedelta(days=days_ago)
        fields = {"id": uuid4(), "precinct": self.north, "day": day, **fields}
        return Opinion.objects.create(round=self.round, **fields)


def make_board() -> Board:
    campaign = factories.make_campaign()
    today = campaign.today().date()
    precincts = [factories.make_precinct(number=number) for number in (14, 17)]
    board = Board(
        campaign=campaign,
        round=factories.make_round(
            name="Второй обход", starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=10)
        ),
        today=today,
        north=precincts[0],
        south=precincts[1],
        blocks={each: factories.make_building(plan=HUNDRED, precinct=each) for each in precincts},
    )
    factories.make_person(Role.PROXY, precinct=board.north, family_name="Әбдіқадырова", given_name="Нұргүл")
    for days_ago in range(9, 0, -1):
        board.passed(board.north, days_ago, done=4, never=1, again=2)
    board.passed(board.south, 1, done=10, nodw=2)
    board.passed(board.north, 0, done=3)
    return board


def make_topics(*names: str) -> list[Topic]:
    return [Topic.objects.create(name_ru=name, name_kk=name, position=place) for place, name in enumerate(names)]
