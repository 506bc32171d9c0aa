"""The whole district that the demo ships: seven precincts, as a coordinator keeps them."""

from pathlib import Path

import pytest
from django.db.models import Count, Q

from campaign.territory.models import Building, Dwelling, Precinct
from tests.campaign.territory.importing.files import apply

DISTRICT = Path(__file__).parents[4] / "outreach" / "demo" / "data" / "district.csv"
# precinct: blocks, private houses, other buildings, dwellings
COUNTED = {
    61: (0, 154, 1, 154),
    62: (16, 0, 1, 882),
    63: (14, 0, 1, 826),
    64: (9, 0, 1, 374),
    65: (13, 0, 0, 604),
    66: (17, 0, 2, 1070),
    67: (14, 0, 1, 690),
}


@pytest.mark.django_db
def test_the_district_arrives_whole_and_a_second_time_changes_nothing():
    first = apply(DISTRICT.read_bytes(), "district.csv").sums()
    second = apply(DISTRICT.read_bytes(), "district.csv").sums()

    kinds = {kind: Count("buildings", Q(buildings__kind=kind)) for kind in ("block", "private", "other")}
    houses = {row["number"]: row for row in Precinct.objects.values("number").annotate(**kinds)}
    flats = {precinct.number: precinct.dwelling_total for precinct in Precinct.objects.with_totals()}
    assert {number: (*(row[kind] for kind in kinds), flats[number]) for number, row in houses.items()} == COUNTED
    assert (Building.objects.count(), Dwelling.objects.count()) == (244, 4600)
    assert (first["new"], first["dwellings_added"], first["streets_added"]) == (244, 4600, 8)
    assert (second["same"], second["dwellings_added"], second["rows"]) == (244, 0, 244)


@pytest.mark.django_db
def test_a_block_that_goes_on_counting_from_its_neighbour_begins_where_that_ends():
    apply(DISTRICT.read_bytes(), "district.csv")

    neighbour, block = (Building.objects.get(search__contains=f"жаилау {house} ") for house in ("4", "4/1"))
    assert neighbour.dwellings.order_by("flat_sort").last().flat == "45"
    assert block.dwellings.order_by("flat_sort").first().flat == "46"
