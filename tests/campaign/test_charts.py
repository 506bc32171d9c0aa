"""Charts: what is drawn, in which proportion, and the same figures in words."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation

from campaign.charts import BAR_WIDTH, Bar, Done, Forecast, Need, bar_stack, bars, pace_chart

FIRST = date(2026, 11, 7)
NEED = Need(4600, date(2026, 11, 27))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def drawn(svg):
    return ElementTree.fromstring(svg)


def by_class(svg, css):
    return [each for each in drawn(svg).iter() if css in each.get("class", "").split()]


def words(svg):
    return [each.text for each in drawn(svg).iter("text")]


def days(*totals):
    return [Done(FIRST + timedelta(days=number), total) for number, total in enumerate(totals)]


def points(path):
    """The coordinates of a path of M and L alone."""
    return [tuple(map(float, pair.split())) for pair in path.get("d").removeprefix("M").split("L")]


# ---- the bar


def test_bar_divides_its_width_by_what_is_done_and_again():
    svg = bar_stack(50, 25, 25)

    [done], [again] = by_class(svg, "b-done"), by_class(svg, "b-again")

    assert float(done.get("width")) == BAR_WIDTH / 2 - 1
    assert float(again.get("x")) == BAR_WIDTH / 2 + 0.5
    assert float(again.get("width")) == BAR_WIDTH / 4 - 1


def test_bar_says_its_figures_to_whoever_does_not_see_it():
    assert drawn(bar_stack(402, 60, 1228, 380)).get("aria-label") == (
        "done 402, again 60, not yet 1,228; plan for today 380"
    )


def test_bar_marks_the_plan_where_it_should_stand_today():
    [mark] = by_class(bar_stack(10, 0, 90, plan=40), "b-plan")

    assert mark.get("d") == f"M{BAR_WIDTH * 0.4:.0f} 0v14"


def test_bar_keeps_a_plan_beyond_its_end_inside():
    [mark] = by_class(bar_stack(10, 0, 0, plan=40), "b-plan")

    assert mark.get("d") == f"M{BAR_WIDTH - 1} 0v14"


def test_bar_of_nothing_is_an_empty_bar_without_a_plan():
    svg = bar_stack(0, 0, 0, plan=0)

    assert [each.get("class") for each in drawn(svg)] == ["b-rest"]


def test_bar_brings_the_colours_of_paper_as_attributes():
    [done] = by_class(bar_stack(5, 0, 5), "b-done")

    assert (done.get("fill"), done.get("stroke")) == ("#ffd07f", "#4f3206")


# ---- labelled bars


def test_labelled_bars_are_as_long_as_their_numbers():
    svg = bars("Support", [Bar("for", 96, 1), Bar("against", 24, 5)]).svg

    [longest], [shortest] = by_class(svg, "c-1"), by_class(svg, "c-5")

    assert float(longest.get("width")) == pytest.approx(4 * float(shortest.get("width")), rel=0.01)


def test_labelled_bars_carry_their_figures_as_a_table():
    chart = bars("Support", [Bar("for", 1096), Bar("against", 24)])

    assert chart.rows == (("for", "1,096"), ("against", "24"))
    assert '<th scope="row">for</th><td>1,096</td>' in chart.table


def test_words_in_a_chart_are_escaped():
    chart = bars('"><script>', [Bar("<script>alert(1)</script>", 3)])

    assert "<script" not in chart.svg
    assert "<script" not in chart.table
    assert "<script>alert(1)</script>" in words(chart.svg)


def test_labelled_bars_of_nothing_are_drawn_all_the_same():
    assert bars("Topics", []).rows == ()


# ---- the pace


def test_pace_begins_on_the_ground_and_ends_at_what_is_done_today():
    svg = pace_chart(days(190, 400, 560), NEED).svg

    [fact], [need] = by_class(svg, "fact"), by_class(svg, "need")

    assert points(fact)[0] == points(need)[0]
    assert len(points(fact)) == 4
    [dot] = by_class(svg, "dot")
    assert points(fact)[-1] == (float(dot.get("cx")), float(dot.get("cy")))


def test_pace_below_the_need_lies_below_its_line():
    svg = pace_chart(days(100, 200), NEED).svg

    [fact], [need] = by_class(svg, "fact"), by_class(svg, "need")
    (x0, y0), (x1, y1) = points(need)
    x, y = points(fact)[-1]

    assert y > y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def test_forecast_goes_from_today_to_the_last_day_within_its_band():
    svg = pace_chart(days(190, 400), NEED, Forecast(4150, 4324, 4500)).svg

    [fact], [likely], [band] = by_class(svg, "fact"), by_class(svg, "fore"), by_class(svg, "band")
    high, low = band.get("d").split("L")[1].split()[1].removesuffix("Z").split("V")

    assert points(likely)[0] == points(fact)[-1]
    assert float(high) < points(likely)[-1][1] < float(low)


def test_pace_without_a_forecast_draws_none():
    svg = pace_chart(days(190, 400), NEED).svg

    assert by_class(svg, "fore") == by_class(svg, "band") == []


def test_pace_on_the_last_day_needs_no_forecast():
    done = [Done(NEED.last - timedelta(days=1), 4000), Done(NEED.last, 4200)]

    assert by_class(pace_chart(done, NEED, Forecast(4200, 4200, 4200)).svg, "fore") == []


def test_pace_before_the_first_door_shows_what_is_needed():
    svg = pace_chart([], NEED).svg

    assert by_class(svg, "fact") == []
    assert "4,600" in words(svg)


def test_figures_at_the_right_edge_never_touch():
    svg = pace_chart(days(190, 400), NEED, Forecast(4590, 4598, 4610)).svg

    ends = [each for each in drawn(svg).iter("text") if each.text in ("4,600", "needed", "4,598", "forecast")]
    heights = sorted(float(each.get("y")) for each in ends)

    assert len(heights) == 4
    assert min(after - before for before, after in pairwise(heights)) >= 14


@pytest.mark.parametrize("width", [360, 700])
def test_every_date_on_the_axis_has_room_and_the_last_day_is_one_of_them(width):
    svg = pace_chart(days(190), NEED, width=width).svg

    dates = [each for each in drawn(svg).iter("text") if each.get("y") == "272"]
    places = [float(each.get("x")) for each in dates]

    assert dates[0].text == "7\u00a0Nov"
    assert dates[-1].text == "27"
    assert min(after - before for before, after in pairwise(places)) >= 30


@pytest.mark.parametrize(("goal", "lines"), [(3, 4), (48, 5), (900, 5), (4600, 5), (120_000, 7)])
def test_grid_has_few_lines_at_round_numbers(goal, lines):
    svg = pace_chart([], Need(goal, NEED.last)).svg

    assert len(by_class(svg, "grid")) + 1 <= lines


def test_pace_carries_its_days_as_a_table():
    chart = pace_chart(days(190, 1400), NEED)

    assert chart.rows == (("7\u00a0Nov", "190"), ("8\u00a0Nov", "1,400"))
