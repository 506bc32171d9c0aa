"""Small spreadsheets, made for tests."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

HOUSES = [
    ["Участок", "Улица", "Дом", "Тип", "Подъездов", "Этажей", "Квартир на площадке", "Первая квартира", "Примечание"],
    [61, "ул. Абая", "1", "частный", None, None, None, None, "собака во дворе"],
    [62, "мкр. Арман", "4/1", "многоквартирный", 2, 5, 4, 41, None],
    [62, "мкр. Арман", "9", "другое", None, None, None, None, "детский сад"],
]
DWELLINGS = [
    ["Үй", "Көше", "Учаске №", "Кіреберіс", "Қабат", "Пәтер"],
    ["7", "Төле би көшесі", 61, 1, 1, "1"],
    ["7", "Төле би көшесі", 61, 1, 1, "2а"],
]


def xlsx(*sheets, at=(0, 0)):
    """A workbook; every sheet is a list of rows, and begins at the cell `at`."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for rows in sheets:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write(line + at[0], place + at[1], cell)
    book.close()
    return content.getvalue()


def csv(rows, delimiter=";", encoding="utf-8"):
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join(lines).encode(encoding)


def with_part(data, name, content):
    """The workbook with one of its parts replaced or added."""
    old, new = ZipFile(BytesIO(data)), BytesIO()
    with ZipFile(new, "w", ZIP_DEFLATED) as book:
        for part in old.namelist():
            if part != name:
                book.writestr(part, old.read(part))
        book.writestr(name, content)
    return new.getvalue()


def part_of(data, name):
    return ZipFile(BytesIO(data)).read(name)
