"""Acts on the territory: what they change, what they refuse, and that no dwelling is ever lost."""

import pytest

from campaign.territory import services
from campaign.territory.addresses import AddressError
from campaign.territory.blocks import BlockPlan, dwelling_id, entrance_id
from campaign.territory.models import Building, BuildingKind, Dwelling, Entrance, Street
from campaign.territory.services import Described, TerritoryError, WouldVanish
from tests.factories import make_building, make_precinct, make_street

pytestmark = pytest.mark.django_db
SMALL = BlockPlan(entrances=2, floors=2, flats_per_landing=2)


def counts(building):
    building.refresh_from_db()
    return building.entrance_count, building.dwelling_count


def lived_in(building):
    return [*building.dwellings.lived_in().order_by("flat_sort").values_list("entrance__number", "floor", "flat")]


# streets


def test_a_street_is_found_again_by_any_of_its_names():
    street = services.add_street(name="ул. Толе би", aliases=["ул. Комсомольская", ""])

    assert services.street_called(name="Төле би көшесі") == street
    assert services.street_called(name="улица комсомольская") == street
    assert [alias.name for alias in street.aliases.all()] == ["ул. Комсомольская"]


def test_a_street_that_is_not_there_yet_is_added():
    street = services.street_called(name="мкр. Арман")

    assert (street.name, street.key) == ("мкр. Арман", "microdistrict:арман")
    assert Street.objects.count() == 1


def test_a_second_street_of_the_same_name_is_refused():
    services.add_street(name="ул. Абая", aliases=["ул. Садовая"])

    with pytest.raises(TerritoryError) as own:
        services.add_street(name="Абай көшесі".replace("Абай", "Абая"))
    with pytest.raises(TerritoryError) as other:
        services.add_street(name="ул. Лесная", aliases=["Садовая"])

    assert (own.value.field, other.value.field) == ("name", "aliases")
    assert [*Street.objects.values_list("name", flat=True)] == ["ул. Абая"]


def test_a_renamed_street_keeps_its_old_name_and_is_found_by_it():
    building = make_building(services.add_street(name="ул. Комсомольская"), house="4")

    services.edit_street(street=building.street, name="ул. Қабанбай батыр", aliases=[])

    assert [alias.name for alias in building.street.aliases.all()] == ["ул. Комсомольская"]
    assert [*Building.objects.matching("кабанбай 4")] == [building]
    assert [*Building.objects.matching("комсомольская 4")] == [building]


def test_another_spelling_of_the_same_name_makes_no_other_name():
    street = services.add_street(name="ул. Абая")

    services.edit_street(street=street, name="улица Абая", aliases=["Абая"])

    street.refresh_from_db()
    assert (street.name, street.aliases.count()) == ("улица Абая", 0)


def test_a_name_that_is_taken_away_is_no_longer_searched():
    street = services.add_street(name="ул. Абая", aliases=["ул. Садовая"])
    building = make_building(street, house="4")

    services.edit_street(street=street, name="ул. Абая", aliases=[])

    building.refresh_from_db()
    assert building.search == "ул. абая 4 4"
    assert [*Building.objects.matching("садовая")] == []


# buildings


def test_a_private_house_has_its_one_dwelling_at_once():
    building = services.add_building(street=make_street(), house="14", kind=BuildingKind.PRIVATE)

    assert lived_in(building) == [(1, 1, "")]
    assert counts(building) == (1, 1)
    assert building.dwellings.get().pk == dwelling_id(building.pk, 1, "")


def test_a_block_waits_for_its_description_and_a_shop_has_no_doors():
    street = make_street()
    block = services.add_building(street=street, house="1", kind=BuildingKind.BLOCK)
    shop = services.add_building(street=street, house="2", kind=BuildingKind.OTHER)

    assert (counts(block), counts(shop)) == ((0, 0), (0, 0))
    assert (block.is_described, shop.is_described) == (False, True)


def test_the_same_house_twice_in_a_street_is_refused_whatever_its_spelling():
    street = make_street()
    services.add_building(street=street, house="17А к3")

    with pytest.raises(TerritoryError) as refused:
        services.add_building(street=street, house="17a К 3")

    assert refused.value.field == "house"
    assert Building.objects.count() == 1


def test_what_is_no_house_number_is_refused_before_anything_is_written():
    with pytest.raises(AddressError):
        services.add_building(street=make_street(), house="у магазина")

    assert Building.objects.count() == 0


def edited(building, **fields):
    values = {
        "street": building.street,
        "house": building.house,
        "kind": building.kind,
        "precinct": building.precinct,
        "note": building.note,
    }
    return services.edit_building(building=building, **values | fields)


def test_an_edited_house_moves_to_its_street_and_precinct_and_is_found_there():
    building = make_building(house="4", plan=SMALL)
    street, precinct = services.add_street(name="ул. Лесная"), make_precinct()

    change = edited(building, street=street, house="4а", precinct=precinct, note="код 7")

    building.refresh_from_db()
    assert change.changed is False
    assert (str(building), building.precinct, building.note) == ("ул. Лесная, 4а", precinct, "код 7")
    assert [*Building.objects.matching("лесная 4A")] == [building]
    assert counts(building) == (2, 8)


def test_editing_a_house_never_writes_counts_that_have_moved_on():
    building = make_building(plan=SMALL)
    stale = Building.objects.get(pk=building.pk)
    services.describe_block(building=building, plan=BlockPlan(2, 3, 2), vanishing=2)

    edited(stale, note="вход со двора")

    assert counts(building) == (2, 12)


def test_another_kind_that_would_lose_flats_waits_for_their_number():
    building = make_building(plan=SMALL)

    with pytest.raises(WouldVanish) as question:
        edited(building, kind=BuildingKind.PRIVATE)
    building.refresh_from_db()
    assert (building.kind, counts(building)) == ("block", (2, 8))
    assert len(question.value.flats) == 8

    change = edited(building, kind=BuildingKind.PRIVATE, vanishing=8)

    assert change == Described(added=1, moved=0, revived=0, vanished=8)
    assert lived_in(building) == [(1, 1, "")]
    assert Dwelling.objects.count() == 9


# a block described


def test_a_described_block_has_the_ids_that_a_phone_computes():
    building = make_building()

    services.describe_block(building=building, plan=SMALL)

    assert lived_in(building) == [
        (1, 1, "1"), (1, 1, "2"), (1, 2, "3"), (1, 2, "4"), (2, 1, "5"), (2, 1, "6"), (2, 2, "7"), (2, 2, "8"),
    ]  # fmt: skip
    assert counts(building) == (2, 8)
    assert {*Entrance.objects.values_list("pk", flat=True)} == {entrance_id(building.pk, n) for n in (1, 2)}
    assert Dwelling.objects.get(flat="7").pk == dwelling_id(building.pk, 2, "7")


def test_the_same_description_again_changes_nothing():
    building = make_building(plan=SMALL)

    again = services.describe_block(building=building, plan=SMALL)

    assert again == Described(added=0, moved=0, revived=0, vanished=0)
    assert again.changed is False
    assert counts(building) == (2, 8)


def test_a_larger_description_adds_what_is_missing_and_keeps_the_rest():
    building = make_building(plan=BlockPlan(1, 2, 2))
    before = {*building.dwellings.values_list("pk", flat=True)}

    change = services.describe_block(building=building, plan=BlockPlan(1, 3, 2))

    assert change == Described(added=2, moved=0, revived=0, vanished=0)
    assert before < {*building.dwellings.values_list("pk", flat=True)}


def test_a_smaller_description_asks_for_the_number_of_what_would_vanish():
    building = make_building(plan=BlockPlan(2, 3, 2))

    for guess in (None, 3, 5):
        with pytest.raises(WouldVanish) as question:
            services.describe_block(building=building, plan=BlockPlan(1, 3, 2), vanishing=guess)

    assert sorted(question.value.flats) == [(2, "10"), (2, "11"), (2, "12"), (2, "7"), (2, "8"), (2, "9")]
    assert counts(building) == (2, 12)


def test_what_was_confirmed_counts_no_longer_and_keeps_its_row():
    building = make_building(plan=BlockPlan(1, 3, 2))

    change = services.describe_block(building=building, plan=BlockPlan(1, 2, 2), vanishing=2)

    assert change == Described(added=0, moved=0, revived=0, vanished=2)
    assert counts(building) == (1, 4)
    assert [*building.dwellings.filter(is_dwelling=False).values_list("flat", flat=True)] == ["5", "6"]


def test_a_description_that_names_a_flat_again_counts_it_again():
    building = make_building(plan=BlockPlan(1, 2, 2))
    services.mark_not_dwelling(dwelling=building.dwellings.get(flat="3"))

    change = services.describe_block(building=building, plan=BlockPlan(1, 2, 2))

    assert change == Described(added=0, moved=0, revived=1, vanished=0)
    assert counts(building) == (1, 4)


def test_a_flat_on_another_floor_is_moved_and_keeps_its_id():
    building = make_building(plan=BlockPlan(1, 2, 2))
    before = {*building.dwellings.values_list("pk", flat=True)}

    change = services.describe_block(building=building, plan=BlockPlan(1, 1, 4))

    assert change == Described(added=0, moved=2, revived=0, vanished=0)
    assert {*building.dwellings.values_list("pk", "floor")} == {(pk, 1) for pk in before}


def test_only_a_block_is_described():
    building = services.add_building(street=make_street(), house="1", kind=BuildingKind.PRIVATE)

    with pytest.raises(TerritoryError):
        services.describe_block(building=building, plan=SMALL)

    assert counts(building) == (1, 1)


# one flat


def test_a_flat_that_the_description_lacks_is_added_and_counted():
    building = make_building(plan=SMALL)

    dwelling = services.add_dwelling(entrance=building.entrances.get(number=1), flat="кв. 4А", floor=2)

    assert (dwelling.pk, dwelling.flat, dwelling.floor) == (dwelling_id(building.pk, 1, "4а"), "4а", 2)
    assert counts(building) == (2, 9)


def test_adding_a_flat_that_was_taken_for_no_dwelling_counts_it_again():
    building = make_building(plan=SMALL)
    entrance = building.entrances.get(number=1)
    services.mark_not_dwelling(dwelling=building.dwellings.get(flat="3"))

    services.add_dwelling(entrance=entrance, flat="3", floor=2)
    services.add_dwelling(entrance=entrance, flat="3", floor=2)

    assert counts(building) == (2, 8)


def test_what_is_no_dwelling_counts_no_longer_until_it_is_one_again():
    building = make_building(plan=SMALL)
    flat = building.dwellings.get(flat="3")

    services.mark_not_dwelling(dwelling=flat)
    without = counts(building)
    services.add_dwelling(entrance=flat.entrance, flat="3", floor=flat.floor)

    assert (without, counts(building)) == ((2, 7), (2, 8))


def test_an_entrance_without_a_dwelling_does_not_count():
    building = make_building(plan=BlockPlan(2, 1, 1))

    services.mark_not_dwelling(dwelling=building.dwellings.get(flat="2"))

    assert counts(building) == (1, 1)


def test_an_entrance_is_made_once():
    building = make_building()

    first, again = (services.add_entrance(building=building, number=3) for _time in range(2))

    assert first == again
    assert first.pk == entrance_id(building.pk, 3)
