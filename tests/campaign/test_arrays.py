"""Many values as one parameter: PostgreSQL reads back exactly what was written."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from campaign.arrays import array


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("uuid", [UUID(int=1), UUID(int=2**128 - 1)]),
        ("bigint", [1, None, -(2**40)]),
        ("boolean", [True, False]),
        ("timestamptz", [datetime(2026, 11, 24, 9, 0, 0, 1000, tzinfo=UTC), None]),
        ("text", ["", "NULL", "null", "a,b", "{}", 'say "да"', "back\\slash", "two\nlines", "Ақжол", None]),
        ("text", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_written_as_one_text_is_read_back_value_by_value(db: None, kind: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [array(values)])
        assert cursor.fetchone()[0] == values
