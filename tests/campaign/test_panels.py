"""Parts of pages that come from apps above."""

import pytest

from campaign import panels


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(panels, "_parts", type(panels._parts)(list))


def test_parts_are_collected_in_the_order_they_registered():
    panels.register("building", lambda building: f"rounds of {building}")
    panels.register("building", lambda building: f"people of {building}")

    assert panels.collect("building", "Абая, 21") == ["rounds of Абая, 21", "people of Абая, 21"]


def test_part_with_nothing_to_show_takes_no_room():
    panels.register("building", lambda: "")

    assert panels.collect("building") == []


def test_part_registered_twice_is_shown_once():
    def part():
        return "once"

    panels.register("building", part)
    panels.register("building", part)

    assert panels.collect("building") == ["once"]


def test_badges_of_all_apps_are_put_together_without_zeroes():
    panels.register(panels.NAV_BADGES, lambda request: {"accounts:review-list": 6})
    panels.register(panels.NAV_BADGES, lambda request: {"casework:request-list": 0})

    assert panels.nav_badges(None) == {"accounts:review-list": 6}
