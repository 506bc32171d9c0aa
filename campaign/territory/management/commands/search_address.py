import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from campaign.territory.models import Building


class Command(BaseCommand):
    help = "Find houses by address, in whatever letters it is typed, and where their voters vote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--json", action="store_true", help="a line of JSON for each house")

    def handle(self, *args: Any, query: str, json: bool, **options: Any) -> None:
        show = as_json if json else as_text
        for building in Building.objects.matching(query).with_address():
            self.stdout.write(show(building))


def found(building: Building) -> dict[str, Any]:
    precinct = building.precinct
    return {
        "id": str(building.pk),
        "street": building.street.name,
        "house": building.house,
        "kind": building.kind,
        "entrances": building.entrance_count,
        "dwellings": building.dwelling_count,
        "precinct": precinct.number if precinct else None,
        "polling_place": precinct.polling_place if precinct else "",
        "polling_address": precinct.polling_address if precinct else "",
    }


def as_json(building: Building) -> str:
    return json.dumps(found(building), ensure_ascii=False)


def as_text(building: Building) -> str:
    voting = str(building.precinct or "—")
    place = building.precinct.polling_place if building.precinct else ""
    return " · ".join(part for part in (str(building), voting, place) if part)
