"""The demo's district: real streets and house numbers of seven precincts, by way of the ordinary import."""

import csv
from pathlib import Path

from campaign.territory import importing
from campaign.territory.addresses import HouseNumber, StreetName
from campaign.territory.models import Building, Precinct
from outreach.demo.texts import POLLING_PLACES

DATA = Path(__file__).parent / "data"
TABLE, POINTS = DATA / "district.csv", DATA / "district-coordinates.csv"


def load_district() -> None:
    with TABLE.open("rb") as stream:
        importing.apply(stream, TABLE.name)
    name_polling_places()
    place_buildings()


def name_polling_places() -> None:
    precincts = list(Precinct.objects.all())
    for precinct in precincts:
        precinct.polling_place, precinct.polling_address = POLLING_PLACES[precinct.number]
        precinct.hours = "7:00–20:00"
    Precinct.objects.bulk_update(precincts, ["polling_place", "polling_address", "hours"])


def place_buildings() -> None:
    """The points are invented, as the table's blocks are; see the data's README."""
    points = read_points()
    buildings = list(Building.objects.select_related("street"))
    for building in buildings:
        building.latitude, building.longitude = points[building.street.key, building.house_key]
    Building.objects.bulk_update(buildings, ["latitude", "longitude"])


def read_points() -> dict[tuple[str, str], tuple[float, float]]:
    with POINTS.open(encoding="utf-8", newline="") as file:
        return {
            (StreetName.parse(row["street"]).key, HouseNumber.parse(row["house"]).key): (
                float(row["lat"]),
                float(row["lon"]),
            )
            for row in csv.DictReader(file, delimiter=";")
        }
