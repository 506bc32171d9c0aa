"""Nothing in the table of opinions tells in which order they came."""

from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from campaign.celery import app
from outreach.canvassing import tasks
from outreach.canvassing.mixing import mix_opinions
from outreach.canvassing.models import Opinion
from tests import factories


def as_they_lie() -> list[tuple[UUID, str]]:
    """Ids and transaction numbers, in the order of the table's pages."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text FROM canvassing_opinion ORDER BY ctid")
        return cursor.fetchall()


def opinions(count: int) -> None:
    """Each comes in a transaction of its own."""
    round = factories.make_round()
    for _ in range(count):
        Opinion.objects.create(round=round, day=timezone.localdate(), outcome="talked")


@pytest.mark.django_db(transaction=True)
def test_opinions_lie_by_their_random_ids_under_one_transaction_number() -> None:
    opinions(20)
    before = as_they_lie()
    assert len({number for _, number in before}) == 20

    mix_opinions()

    after = as_they_lie()
    assert [pk for pk, _ in after] == sorted(pk for pk, _ in before)
    assert len({number for _, number in after}) == 1


@pytest.mark.django_db(transaction=True)
def test_mixing_changes_no_opinion() -> None:
    opinions(5)
    before = list(Opinion.objects.order_by("pk").values())

    mix_opinions()

    assert list(Opinion.objects.order_by("pk").values()) == before


def test_the_mixing_stands_in_the_nightly_schedule_under_the_name_of_its_task() -> None:
    app.loader.import_default_modules()
    assert app.conf.beat_schedule["mix-opinions"]["task"] == tasks.mix_opinions.name
    assert tasks.mix_opinions.name in app.tasks
