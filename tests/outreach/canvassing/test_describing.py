from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.inbox import kinds

pytestmark = pytest.mark.django_db


def queries_of(kind: str, items: list[dict[str, Any]]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert all(kinds()[kind].describe(items))
    return len(captured)


@pytest.mark.parametrize("kind", ["visit", "opinion", "report"])
def test_thirty_items_are_described_with_the_queries_of_one(walk: Any, kind: str) -> None:
    name = "flat-report" if kind == "report" else kind
    items = [getattr(walk, kind)() for _ in range(30)]

    assert queries_of(name, items) == queries_of(name, items[:1])


@pytest.mark.parametrize("kind", ["visit", "opinion", "block", "flat-report"])
@pytest.mark.parametrize("wrong", [{}, {"plan": 5, "building": 5}, {"dwelling": [], "round": {}, "entrance": "x"}])
def test_what_cannot_be_read_spoils_no_sentence_but_its_own(walk: Any, kind: str, wrong: dict[str, Any]) -> None:
    assert kinds()[kind].describe([{"kind": kind, **wrong}]) == [""]
    assert kinds()["visit"].describe([wrong, walk.visit()])[1]
