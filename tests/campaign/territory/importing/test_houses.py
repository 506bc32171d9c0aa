"""Importing a table with one row a house."""

import pytest

from campaign.territory.blocks import BlockPlan
from campaign.territory.models import Building, Dwelling, Entrance, Precinct, Street
from campaign.territory.services import add_street, describe_block, mark_not_dwelling
from tests.campaign.territory.importing.files import (
    BLOCK,
    OTHER,
    PRIVATE,
    apply,
    block,
    houses,
    preview,
    statuses,
    told,
)  # fmt: skip
from tests.factories import make_precinct

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def rows_in_the_tables():
    return [model.objects.count() for model in (Precinct, Street, Building, Entrance, Dwelling)]


def test_a_preview_says_what_would_be_added_and_writes_nothing():
    plan = preview(houses(BLOCK, PRIVATE, OTHER))

    assert statuses(plan) == ["new", "new", "new"]
    assert plan.sums() == {
        "rows": 3, "new": 3, "changed": 0, "same": 0, "skipped": 0, "question": 0, "error": 0,
        "precincts_added": 2, "streets_added": 2, "houses_added": 3, "dwellings_added": 41, "houses_not_in_file": 0,
    }  # fmt: skip
    assert rows_in_the_tables() == [0, 0, 0, 0, 0]


def test_an_import_makes_precincts_streets_houses_entrances_and_flats():
    plan = apply(houses(BLOCK, PRIVATE, OTHER))

    assert plan.sums()["dwellings_added"] == 41
    assert rows_in_the_tables() == [2, 2, 3, 3, 41]
    described = [(str(each), each.precinct.number, each.kind, each.note, each.entrance_count, each.dwelling_count)
                 for each in Building.objects.with_address()]  # fmt: skip
    assert described == [
        ("ул. Абая, 1", 61, "private", "", 1, 1),
        ("ул. Абая, 2", 61, "other", "магазин", 0, 0),
        ("мкр. Арман, 4/1", 62, "block", "домофон", 2, 40),
    ]


def test_what_is_imported_is_what_a_description_at_the_desk_makes():
    apply(houses(BLOCK))

    change = describe_block(building=Building.objects.get(), plan=BlockPlan(2, 5, 4, first_flat=41))

    assert change.changed is False
    assert [*Dwelling.objects.order_by("flat_sort").values_list("flat", flat=True)] == [str(n) for n in range(41, 81)]
    assert [*Building.objects.matching("арман 4/1")] == [Building.objects.get()]


def test_the_same_file_twice_changes_nothing():
    apply(houses(BLOCK, PRIVATE, OTHER))
    before = rows_in_the_tables(), [*Building.objects.values()], [*Dwelling.objects.order_by("pk").values()]

    plan = apply(houses(BLOCK, PRIVATE, OTHER))

    assert statuses(plan) == ["same", "same", "same"]
    assert plan.changes == []
    after = rows_in_the_tables(), [*Building.objects.values()], [*Dwelling.objects.order_by("pk").values()]
    assert after == before


def test_good_rows_are_written_without_the_bad():
    plan = apply(houses(block(entrances="х"), PRIVATE, block(house="")))

    assert [told(line)[:3] for line in plan.lines] == [
        (2, "error", "entrances"), (3, "new", ""), (4, "error", "house"),
    ]  # fmt: skip
    assert str(plan.lines[0].message) == "Write how many entrances the block has: from 1 to 30."
    assert [str(each) for each in Building.objects.with_address()] == ["ул. Абая, 1"]


def test_several_wrong_cells_of_a_row_are_each_named_by_their_heading():
    (line,) = preview(houses(block(entrances="х", floors=99))).lines

    assert told(line) == (
        2, "error", "entrances",
        ("Entrances: Write how many entrances the block has: from 1 to 30. "
         "Floors: Write how many floors the block has: from 1 to 40."),
    )  # fmt: skip
    assert (line.precinct, line.street, line.house) == ("62", "мкр. Арман", "4/1")


def test_a_precinct_that_is_not_in_the_list_is_asked_about_and_not_made():
    apply(houses(BLOCK))

    plan = apply(houses([99, *PRIVATE[1:]], [62, *OTHER[1:]]))

    assert told(plan.lines[0]) == (
        2, "question", "precinct",
        ("Precinct 99 is not in the list. If the district has it, add it to the precincts and import the file again; "
         "otherwise correct the number."),
    )  # fmt: skip
    assert [str(house) for house in Building.objects.with_address()] == ["ул. Абая, 2", "мкр. Арман, 4/1"]
    assert (plan.sums()["precincts_added"], [*Precinct.objects.values_list("number", flat=True)]) == (0, [62])


def test_a_precinct_that_was_added_meanwhile_is_taken_the_next_time():
    apply(houses(BLOCK))
    make_precinct(number=99)

    plan = apply(houses([99, *PRIVATE[1:]]))

    assert statuses(plan) == ["new"]
    assert Building.objects.get(kind="private").precinct.number == 99


def test_the_rows_in_trouble_come_first_each_kind_in_the_order_of_the_file():
    apply(houses(BLOCK, PRIVATE))

    plan = preview(houses(PRIVATE, OTHER, block(note="код 12"), block(precinct=99), block(house=""), block(street="")))

    assert [(line.row, line.status.value) for line in plan.by_urgency()] == [
        (6, "error"), (7, "error"), (5, "question"), (4, "changed"), (3, "new"), (2, "same"),
    ]  # fmt: skip


def test_a_changed_cell_is_told_with_its_old_and_new_content():
    apply(houses(BLOCK))
    make_precinct(number=63)

    plan = apply(houses(block(precinct=63, note="код 12")))

    assert told(plan.lines[0]) == (
        2, "changed", "precinct", "Precinct: 62 → 63. Note: домофон → код 12.",
    )  # fmt: skip
    building = Building.objects.with_address().get()
    assert (building.precinct.number, building.note) == (63, "код 12")


def test_an_empty_cell_takes_nothing_away():
    apply(houses(BLOCK))

    plan = apply(houses(block(precinct=None, note=None, entrances=None, floors=None, landing=None, first=None)))

    building = Building.objects.with_address().get()
    assert statuses(plan) == ["same"]
    assert (building.precinct.number, building.note, building.dwelling_count) == (62, "домофон", 40)


def test_a_block_without_its_numbers_is_imported_and_described_later():
    apply(houses(block(entrances=None, floors=None, landing=None, first=None)))
    waiting = [each.is_described for each in Building.objects.all()]

    plan = apply(houses(BLOCK))

    assert waiting == [False]
    assert told(plan.lines[0]) == (2, "changed", "entrances", "Flats added: 40.")
    assert Building.objects.get().dwelling_count == 40


def test_a_larger_block_gains_flats_and_keeps_those_that_stand():
    apply(houses(block(entrances=1, floors=2)))
    before = {*Dwelling.objects.values_list("pk", flat=True)}

    plan = apply(houses(block(entrances=1, floors=3)))

    assert told(plan.lines[0]) == (2, "changed", "entrances", "Flats added: 4.")
    assert before < {*Dwelling.objects.values_list("pk", flat=True)}
    assert Building.objects.get().dwelling_count == 12


def test_a_smaller_block_is_a_question_and_loses_nothing():
    apply(houses(BLOCK))

    plan = apply(houses(block(entrances=1, note="код 12")))

    assert told(plan.lines[0]) == (
        2, "question", "entrances",
        "Flats that the file lacks: 20 (entrance 2: 61–80). They stay. If they are gone, describe the house anew.",
    )  # fmt: skip
    building = Building.objects.get()
    assert (building.dwelling_count, building.note, Dwelling.objects.count()) == (40, "домофон", 40)


def test_flats_found_to_be_no_dwellings_stay_so():
    apply(houses(BLOCK))
    mark_not_dwelling(dwelling=Dwelling.objects.get(flat="50"))

    plan = apply(houses(BLOCK))

    assert statuses(plan) == ["same"]
    assert (Building.objects.get().dwelling_count, Dwelling.objects.get(flat="50").is_dwelling) == (39, False)


def test_flats_on_other_floors_are_moved():
    apply(houses(block(entrances=1, floors=2, landing=2)))

    plan = apply(houses(block(entrances=1, floors=1, landing=4)))

    assert told(plan.lines[0]) == (2, "changed", "floors", "Flats on another floor: 2.")
    assert {*Dwelling.objects.values_list("floor", flat=True)} == {1}


def test_another_kind_of_a_house_that_is_lived_in_is_a_question():
    apply(houses(PRIVATE))

    plan = apply(houses([61, "ул. Абая", "1", "многоквартирный", 1, 2, 2, 1, None]))

    assert told(plan.lines[0]) == (
        2, "question", "kind",
        "The list has this house as “private house”. If that is wrong, change it on the page of the house.",
    )  # fmt: skip
    assert Building.objects.get().kind == "private"


def test_another_kind_of_a_house_without_doors_is_changed():
    apply(houses(OTHER))

    plan = apply(houses([61, "ул. Абая", "2", "частный", None, None, None, None, None]))

    assert told(plan.lines[0]) == (
        2, "changed", "kind", "Kind of house: other building → private house. Flats added: 1.",
    )  # fmt: skip
    assert [*Building.objects.values_list("kind", "dwelling_count")] == [("private", 1)]


def test_a_house_repeated_in_the_file_is_passed_over():
    plan = apply(houses(BLOCK, ["62", "Арман мкр", "4/1", *BLOCK[3:]]))

    assert told(plan.lines[1]) == (3, "skipped", "house", "The same house as in row 2.")
    assert rows_in_the_tables() == [1, 1, 1, 2, 40]


def test_a_house_described_twice_differently_is_asked_about():
    plan = apply(houses(BLOCK, block(floors=9)))

    assert told(plan.lines[1]) == (
        3, "question", "house", "Row 2 describes the same house otherwise. Leave one of the two rows.",
    )  # fmt: skip
    assert Building.objects.get().dwelling_count == 40


def test_a_house_in_two_precincts_fails_neither_the_import_nor_the_first_row():
    plan = apply(houses(BLOCK, block(precinct=63), PRIVATE))

    assert statuses(plan) == ["new", "question", "new"]
    assert told(plan.lines[1]) == (
        3, "question", "precinct", "Row 2 puts this house into precinct 62. Leave one precinct in the file.",
    )  # fmt: skip
    assert [*Precinct.objects.values_list("number", flat=True)] == [61, 62]


def test_a_street_is_known_by_its_other_names():
    street = add_street(name="ул. Қабанбай батыр", aliases=["ул. Комсомольская"])

    apply(houses([61, "Комсомольская улица", "1", "частный", None, None, None, None, None]))

    building = Building.objects.get()
    assert (building.street, Street.objects.count()) == (street, 1)
    assert [*Building.objects.matching("комсомольская 1")] == [building]


def test_houses_of_the_precinct_that_the_file_lacks_stay_and_are_named():
    apply(houses(BLOCK, PRIVATE, OTHER))

    plan = apply(houses(PRIVATE))

    assert plan.absent == ["ул. Абая, 2"]
    assert plan.sums()["houses_not_in_file"] == 1
    assert Building.objects.count() == 3


def test_the_lines_name_the_flats_of_each_house():
    plan = preview(houses(BLOCK, PRIVATE, OTHER))

    assert [(line.entrances, line.floors, line.flats) for line in plan.lines] == [
        (2, 5, 40), (None, None, 1), (None, None, 0),
    ]  # fmt: skip


def test_the_reading_of_a_long_file_is_heard_of():
    from io import BytesIO

    from campaign.territory import importing

    heard = []
    rows = [[61, "ул. Абая", str(n), "частный", None, None, None, None, None] for n in range(1, 4_003)]

    importing.apply(BytesIO(houses(*rows)), "houses.csv", heard.append)

    assert heard == [0, 2000, 4000]
    assert rows_in_the_tables() == [1, 1, 4002, 4002, 4002]


def test_an_import_that_fails_midway_leaves_nothing_behind(monkeypatch):
    from campaign.territory.importing import writing

    def trip(placed):
        raise RuntimeError("pulled the plug")

    monkeypatch.setattr(writing, "_move_dwellings", trip)
    with pytest.raises(RuntimeError, match="pulled the plug"):
        apply(houses(BLOCK, PRIVATE))

    assert rows_in_the_tables() == [0, 0, 0, 0, 0]
