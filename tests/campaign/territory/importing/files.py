"""Small tables of houses and of dwellings, as files that can be imported."""

from io import BytesIO

from campaign.territory import importing
from tests.campaign.territory.tables import csv

HOUSE = [
    "Участок",
    "Улица",
    "Дом",
    "Тип",
    "Подъездов",
    "Этажей",
    "Квартир на площадке",
    "Первая квартира",
    "Примечание",
]
FLAT = ["Участок", "Улица", "Дом", "Подъезд", "Этаж", "Квартира"]
BLOCK = [62, "мкр. Арман", "4/1", "многоквартирный", 2, 5, 4, 41, "домофон"]
PRIVATE = [61, "ул. Абая", "1", "частный", None, None, None, None, None]
OTHER = [61, "ул. Абая", "2", "другое", None, None, None, None, "магазин"]


def houses(*rows):
    return csv([HOUSE, *rows])


def flats(*rows):
    return csv([FLAT, *rows])


def block(**fields):
    """The block with some cells written otherwise."""
    names = ("precinct", "street", "house", "kind", "entrances", "floors", "landing", "first", "note")
    return [fields.get(name, cell) for name, cell in zip(names, BLOCK, strict=True)]


def preview(data, name="houses.csv"):
    return importing.preview(BytesIO(data), name)


def apply(data, name="houses.csv"):
    return importing.apply(BytesIO(data), name)


def statuses(plan):
    return [line.status.value for line in plan.lines]


def told(line):
    """A line's number, its status, the cell it is about, and what to do."""
    return line.row, line.status.value, line.field, str(line.message)
