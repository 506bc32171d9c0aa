"""`bin/manage demo`: loads, prints how to come in, repeats itself, and keeps out of production."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from outreach.canvassing.models import Visit
from outreach.demo.people import SIGN_INS
from outreach.demo.services import load_demo

NOON = datetime(2026, 11, 24, 7, tzinfo=UTC)


def fingerprint() -> list[tuple[Any, ...]]:
    return list(Visit.objects.order_by("acted_at", "dwelling__flat_sort").values_list("acted_at", "state"))


def test_the_demo_is_the_same_for_everybody_on_one_day(db: None) -> None:
    load_demo(now=NOON)
    first = fingerprint()
    load_demo(now=NOON, over_what_is_there=True)
    assert fingerprint() == first


def test_the_command_prints_how_to_sign_in(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    printed = capsys.readouterr().out
    assert [each.email in printed and each.password in printed for each in SIGN_INS] == [True] * len(SIGN_INS)


def test_the_demo_with_its_known_passwords_is_refused_in_production(db: None, settings: Any) -> None:
    settings.DAUYS_ENV = "production"
    with pytest.raises(CommandError, match="well-known passwords"):
        call_command("demo")
