"""Importing a table with one row a dwelling, against reading the file and copying its rows into a bare table."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from time import perf_counter
from typing import Any

import xlsxwriter

HEADINGS = ("Участок", "Улица", "Дом", "Тип", "Подъезд", "Этаж", "Квартира", "Примечание")
ENTRANCES, FLOORS, LANDING = 3, 5, 4
HOUSES_IN_STREET = 40
FEW, MANY = 5_000, 100_000
MOST_MEGABYTES = 400


def dwellings() -> Iterator[tuple[Any, ...]]:
    """Rows without end: blocks of sixty flats, forty to a street, three streets to a precinct."""
    house = 0
    while True:
        street, number = divmod(house, HOUSES_IN_STREET)
        place = (61 + street // 3, f"мкр. Арман {street + 1}", str(number + 1), "многоквартирный")
        for flat in range(ENTRANCES * FLOORS * LANDING):
            entrance, rest = divmod(flat, FLOORS * LANDING)
            yield (*place, entrance + 1, rest // LANDING + 1, str(flat + 1), "")
        house += 1


def table(rows: int) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    sheet = book.add_worksheet()
    for line, row in enumerate([HEADINGS, *islice(dwellings(), rows)]):
        sheet.write_row(line, 0, row)
    book.close()
    return content.getvalue()


def run() -> Iterator[dict[str, Any]]:
    import django

    django.setup()
    few, many = table(FEW), table(MANY)
    floor, value = _least(9, lambda: _timed(lambda: _read_and_copy(few)), lambda: _timed_import(few, FEW))
    yield _measure("preview and import of 5,000 dwellings", value, floor, 10)
    times = MANY // FEW
    many_small, large = _least(
        3, lambda: sum(_timed_import(few, FEW) for _time in range(times)), lambda: _timed_import(many, MANY)
    )
    yield _measure("preview and import of 100,000 dwellings, to 20 imports of 5,000", large, many_small, 1.2)
    peak = _peak_megabytes()
    yield {
        "measure": "peak memory of importing 100,000 dwellings", "value": round(peak), "unit": "MB",
        "floor": None, "ratio": None, "target": MOST_MEGABYTES, "ok": peak <= MOST_MEGABYTES,
    }  # fmt: skip


def _measure(name: str, seconds: float, floor: float, target: float) -> dict[str, Any]:
    ratio = seconds / floor
    return {
        "measure": name, "value": round(1000 * seconds, 1), "unit": "ms", "floor": round(1000 * floor, 1),
        "ratio": round(ratio, 2), "target": target, "ok": ratio <= target,
    }  # fmt: skip


def _least(turns: int, *measures: Callable[[], float]) -> list[float]:
    """The least of each of several, taken in turns: what else the machine does then weighs on all alike."""
    taken = [[measure() for measure in measures] for _turn in range(turns)]
    return [min(each) for each in zip(*taken, strict=True)]


def _timed(act: Callable[[], Any]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _read_and_copy(data: bytes) -> None:
    """The least that can be done: the decoder's own values, copied as text into a table without keys."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f"c{place} text" for place in range(len(HEADINGS)))
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns}) ON COMMIT DROP")
        with cursor.copy("COPY bare FROM STDIN") as sink:
            for row in rows[1:]:
                sink.write_row(row)


def _timed_import(data: bytes, rows: int) -> float:
    """Into an empty territory; that all of it arrived is part of the measure."""
    from campaign.territory.models import Dwelling

    _empty()
    seconds = _timed(lambda: _preview_and_import(data))
    if Dwelling.objects.count() != rows:
        raise AssertionError(f"{Dwelling.objects.count()} dwellings arrived of {rows}")
    return seconds


def _preview_and_import(data: bytes) -> None:
    from campaign.territory import importing

    importing.preview(BytesIO(data), "district.xlsx")
    importing.apply(BytesIO(data), "district.xlsx")


def _empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE territory_precinct, territory_street CASCADE")


def _peak_megabytes() -> float:
    """Of a process that does nothing else."""
    ran = subprocess.run([sys.executable, "-m", __name__], check=True, capture_output=True, text=True)
    return float(json.loads(ran.stdout)["peak"])


def _alone() -> None:
    import django

    django.setup()
    data = table(MANY)
    _empty()
    _preview_and_import(data)
    print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    _alone()
