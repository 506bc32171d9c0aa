"""What the database itself refuses, whoever writes."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Building, Dwelling, Entrance, Precinct, Street, StreetAlias
from tests.factories import make_building, make_precinct, make_street

pytestmark = pytest.mark.django_db
ONE_FLAT = BlockPlan(1, 1, 1)


def test_a_precincts_number_stands_once():
    make_precinct(number=61)

    with pytest.raises(IntegrityError, match="territory_precinct_number"):
        Precinct.objects.create(number=61)


def test_a_streets_name_stands_once_in_any_spelling():
    make_street("ул. Төле би")

    with pytest.raises(IntegrityError, match="territory_street_key"):
        Street.objects.create(name="толе би көшесі")


def test_another_name_belongs_to_one_street():
    StreetAlias.objects.create(street=make_street(), name="ул. Садовая")

    with pytest.raises(IntegrityError, match="territory_streetalias_key"):
        StreetAlias.objects.create(street=make_street(), name="Садовая")


def test_a_house_stands_once_in_its_street():
    building = make_building(house="12а")

    with pytest.raises(IntegrityError, match="building_once_in_street"):
        Building.objects.create(street=building.street, house="12 «А»")


def test_an_entrance_stands_once_in_its_building():
    building = make_building(plan=ONE_FLAT)

    with pytest.raises(IntegrityError, match="entrance_once_in_building"):
        Entrance.objects.create(id="00000000-0000-4000-8000-000000000001", building=building, number=1)


def test_a_flat_stands_once_in_its_entrance():
    flat = make_building(plan=ONE_FLAT).dwellings.get()
    again = Dwelling.make(
        id="00000000-0000-4000-8000-000000000001",
        entrance_id=flat.entrance_id,
        building_id=flat.building_id,
        floor=1,
        flat="1",
    )

    with pytest.raises(IntegrityError, match="flat_once_in_entrance"):
        again.save(force_insert=True)


def test_a_street_or_a_precinct_with_houses_cannot_be_deleted():
    building = make_building(precinct=make_precinct())

    for kept in (building.street, building.precinct):
        with pytest.raises(ProtectedError), transaction.atomic():
            kept.delete()

    assert Building.objects.count() == 1
