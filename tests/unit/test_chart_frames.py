"""The frames of the charts hold what their specs draw, and the texts say what the frames hold."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leverage import words
from leverage.charts import (
    band_dots,
    bin_bars,
    change_bars,
    coverage_calendar,
    dots,
    months_ahead,
    trend_by_series,
)
from leverage.charts.labels import nice, spread
from leverage.charts.trend_by_series import PLOT_PX, Event
from leverage.stats import Band

# --- labels ----------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(-50, 300), st.sampled_from([17.0, 31.0])), max_size=7))
def test_labels_keep_their_order_and_never_cover_each_other(
    labels: list[tuple[float, float]],
) -> None:
    labels.sort()
    heights = [height for _, height in labels]
    centres = spread([want for want, _ in labels], heights, PLOT_PX)
    tops = [centre - height / 2 for centre, height in zip(centres, heights, strict=True)]
    ends = [top + height for top, height in zip(tops, heights, strict=True)]
    assert all(end <= top + 1e-6 for end, top in zip(ends, tops[1:], strict=False))
    assert all(top >= -1e-6 for top in tops)
    assert all(end <= PLOT_PX + 1e-6 for end in ends)


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([20, 60, 100], [14, 14, 14], 220) == [20, 60, 100]


def test_labels_that_meet_give_way_equally() -> None:
    assert spread([100, 104], [14, 14], 220) == [95, 109]
    assert spread([0, 1], [14, 14], 220) == [7, 21]
    assert spread([220, 220], [14, 14], 220) == [199, 213]


@pytest.mark.parametrize(
    ("low", "high", "widened"),
    [(0, 964, (0, 1000)), (0, 38.5, (0, 40)), (0, 1, (0, 1)), (-3, 7, (-4, 8)), (0, 0, (0, 0))],
)
def test_an_axis_ends_at_round_numbers(
    low: float, high: float, widened: tuple[float, float]
) -> None:
    assert nice(low, high, 4) == pytest.approx(widened)


# --- trend -----------------------------------------------------------------------------------


def series(**values: Sequence[float | None]) -> pl.DataFrame:
    """Return months from May 2026 on, one column of values a series."""
    rows = [
        (f"2026-{month:02d}", name.replace("_", " "), value)
        for name, column in values.items()
        for month, value in enumerate(column, start=5)
    ]
    return pl.DataFrame(
        rows, schema={"month": str, "series": str, "value": pl.Float64}, orient="row"
    )


def ends(df: pl.DataFrame, **options: Any) -> dict[str, str]:
    """Return the colour of every series that is named at its end."""
    frame = trend_by_series.frame(df, words.tokens, **options)
    return dict(frame.filter(part="end").select("series", "colour").iter_rows())


def test_up_to_four_series_have_colours_in_the_order_they_appear() -> None:
    df = series(OpenAI=[1, 2], Anthropic=[5, 6], Google=[3, 4])
    assert ends(df) == {"OpenAI": "1", "Anthropic": "2", "Google": "3"}


def test_of_more_than_four_series_the_largest_is_the_subject() -> None:
    df = series(A=[1, 2], B=[5, 6], C=[3, 4], D=[2, 2], E=[1, 1])
    assert {name for name, colour in ends(df).items() if colour} == {"B"}
    assert ends(df, subject="C") == {"A": "", "B": "", "C": "1", "D": "", "E": ""}


def test_a_remainder_is_never_coloured_beside_others() -> None:
    df = series(**{"A": [1, 2], "(small_groups)": [50, 60]})
    assert ends(df) == {"A": "1", "(small groups)": ""}
    assert ends(series(**{"(small_groups)": [50, 60]})) == {"(small groups)": "1"}


def test_a_gap_stays_a_gap_and_a_month_between_two_gaps_is_a_point() -> None:
    df = series(A=[1, None, 3, None, 5, 6]).filter(pl.col("month") != "2026-08")
    frame = trend_by_series.frame(df, words.tokens).filter(part="whole")
    assert frame["month"].to_list() == [f"2026-{month:02d}" for month in range(5, 11)]
    assert frame["value"].to_list() == [1, None, 3, None, 5, 6]
    assert frame.filter(point="lone")["month"].to_list() == ["2026-05", "2026-07"]
    assert frame.filter(pl.col("value").is_null())["said"].to_list() == ["unknown", "unknown"]


def test_a_month_that_is_not_over_is_a_part_of_its_own() -> None:
    frame = trend_by_series.frame(series(A=[1, 2, 3]), words.tokens, last_day=date(2026, 7, 12))
    assert frame.filter(part="whole")["month"].to_list() == ["2026-05", "2026-06"]
    opened = frame.filter(part="open")
    assert opened.select("month", "value", "point").rows() == [
        ("2026-06", 2, ""),
        ("2026-07", 3, "open"),
    ]
    assert opened["when"].to_list() == ["June 2026", "1 to 12 July 2026"]
    assert frame.filter(part="note")["label"].to_list() == ["to 12 July"]


def test_only_the_newest_24_months_are_drawn() -> None:
    months = [f"{2020 + i // 12}-{i % 12 + 1:02d}" for i in range(30)]
    df = pl.DataFrame({"month": months, "series": ["A"] * 30, "value": list(range(30))})
    frame = trend_by_series.frame(df, words.tokens, events=[Event("2020-03", "Too old to draw")])
    assert frame.filter(part="whole")["month"].to_list() == months[-24:]
    assert frame.filter(part="event").is_empty()


def labels_of(months: int, *events: Event, last_day: date | None = None) -> dict[str, Any]:
    """Return label, row and side of each month with events, on a chart of months from May on."""
    df = pl.DataFrame(
        {
            "month": [f"{2026 + (4 + i) // 12}-{(4 + i) % 12 + 1:02d}" for i in range(months)],
            "series": ["A"] * months,
            "value": [1.0] * months,
        }
    )
    drawn = trend_by_series.frame(df, words.tokens, last_day=last_day, events=events)
    rows = drawn.filter(part="event").select("month", "label", "row", "side").rows()
    return {month: tuple(rest) for month, *rest in rows}


def test_an_event_has_its_label_over_its_month_and_its_text_in_the_tooltip() -> None:
    events = [Event("2026-06", "The price of gpt-5 fell by 40 %", "Price cut")]
    frame = trend_by_series.frame(series(A=[1, 2]), words.tokens, events=events)
    (row,) = frame.filter(part="event").iter_rows(named=True)
    assert (row["month"], row["label"], row["when"]) == ("2026-06", "Price cut", "June 2026")
    assert row["said"] == "The price of gpt-5 fell by 40 %"


def test_labels_that_would_meet_stand_one_above_the_other() -> None:
    near = [Event("2026-05", "Price cut"), Event("2026-06", "Training")]
    assert labels_of(24, *near) == {
        "2026-05": ("Price cut", 0, "left"),
        "2026-06": ("Training", 1, "left"),
    }
    far = [Event("2026-05", "Price cut"), Event("2027-05", "Training")]
    assert labels_of(24, *far) == {
        "2026-05": ("Price cut", 0, "left"),
        "2027-05": ("Training", 0, "left"),
    }


def test_a_label_without_room_to_the_right_ends_at_its_rule() -> None:
    assert labels_of(24, Event("2028-04", "GitHub: tokens anew")) == {
        "2028-04": ("GitHub: tokens anew", 0, "right")
    }


def test_the_note_on_an_open_month_keeps_its_row() -> None:
    found = labels_of(24, Event("2028-04", "Price cut"), last_day=date(2028, 4, 12))
    assert found["2028-04"][1] == 1


def test_of_several_events_of_a_month_the_most_telling_is_named_and_the_others_counted() -> None:
    events = [
        Event("2026-05", "Column x is new", "Bill: new columns", is_quiet=True),
        Event("2026-05", "The unit changes", "Bill: new unit"),
    ]
    assert labels_of(3, *events)["2026-05"][0] == "Bill: new unit, 1 more"
    frame = trend_by_series.frame(series(A=[1, 2]), words.tokens, events=events)
    (row,) = frame.filter(part="event").iter_rows(named=True)
    assert row["said"] == "Column x is new; The unit changes"


def test_three_months_are_named_at_most_and_quiet_ones_are_counted() -> None:
    events = [
        Event("2026-05", "a"),
        Event("2026-06", "b"),
        Event("2026-07", "c", is_quiet=True),
        Event("2026-08", "d"),
        Event("2026-09", "e", is_quiet=True),
    ]
    named = {month: label for month, (label, _, _) in labels_of(12, *events).items()}
    assert named == {
        "2026-05": "a",
        "2026-06": "b",
        "2026-07": "",
        "2026-08": "d",
        "2026-09": "2 more events",
    }


def test_names_at_line_ends_stand_apart_within_the_plot() -> None:
    df = series(A=[9, 10.0], B=[9, 9.9], C=[9, 9.8], Product_and_operations=[0, 0])
    labels = trend_by_series.frame(df, words.tokens).filter(part="end").sort("label_value")
    assert labels["label"].to_list() == ["Product and\noperations", "C", "B", "A"]
    # The axis ends at 10: a pixel is 10 / 220, a line of text 17 of them.
    gaps = labels["label_value"].diff().drop_nulls().to_list()
    assert all(gap >= 17 * 10 / PLOT_PX - 1e-9 for gap in gaps)
    assert labels.filter(pl.col("label_value") > 10).is_empty()
    assert labels["is_moved"].to_list() == [True, True, True, True]


def test_a_series_that_ended_is_named_at_the_edge_with_a_line_to_its_end() -> None:
    frame = trend_by_series.frame(series(A=[1, 2, None], B=[5, 6, 7]), words.tokens)
    (row,) = frame.filter(part="end", series="A").iter_rows(named=True)
    assert (row["month"], row["value"], row["label_month"]) == ("2026-06", 2, "2026-07")
    assert row["is_moved"]


def test_decimals_are_drawn_and_what_is_no_number_is_unknown() -> None:
    df = pl.DataFrame(
        {"month": ["2026-05", "2026-06"], "series": ["A", "A"], "value": [Decimal("1.5"), None]}
    )
    frame = trend_by_series.frame(df, words.money)
    assert frame.filter(part="whole")["value"].to_list() == [1.5, None]
    assert trend_by_series.frame(df.clear(), words.money).is_empty()
    unknown = df.with_columns(value=pl.lit(float("nan")))
    assert trend_by_series.frame(unknown, words.money).is_empty()


def test_the_text_of_a_trend_says_where_its_lines_went() -> None:
    df = series(OpenAI=[1e6, 2e6, 3e6], Google=[None, 5e5, 6e5])
    assert trend_by_series.alt_text(df, "Tokens by vendor", words.tokens) == (
        "Tokens by vendor, May to July 2026: OpenAI from 1 M to 3 M; "
        "Google from 500 k to 600 k (June to July 2026)."
    )
    assert trend_by_series.alt_text(
        df, "Tokens", words.tokens, subject="OpenAI", last_day=date(2026, 7, 12)
    ) == (
        "Tokens, May to June 2026: OpenAI from 1 M to 2 M; 1 more in grey. "
        "The newest month is known to 12 July 2026."
    )
    assert (
        trend_by_series.alt_text(df.clear(), "Tokens", words.tokens) == "Tokens: nothing is known."
    )


def test_the_text_of_a_trend_says_what_happened_in_its_months() -> None:
    events = [Event("2020-01", "Too old"), Event("2026-06", "Training began", "Training")]
    df = series(A=[1, 2])
    assert trend_by_series.alt_text(df, "Tokens", words.tokens, events=events) == (
        "Tokens, May to June 2026: A from 1 to 2. What happened: June 2026: Training began."
    )


# --- change ----------------------------------------------------------------------------------


def moves(**changes: float | None) -> pl.DataFrame:
    names = [name.replace("_", " ") for name in changes]
    return pl.DataFrame({"name": names, "change": list(changes.values())}, strict=False)


def test_bars_go_from_the_largest_move_to_the_remainders() -> None:
    df = moves(**{"(small_groups)": 90.0, "Sales": -60.0, "Support": 50.0, "Legal": None})
    assert change_bars.frame(df, words.money).rows() == [
        ("Sales", -60.0, "subject", "−60.00 USD"),
        ("Support", 50.0, "peer", "+50.00 USD"),
        ("(small groups)", 90.0, "remainder", "+90.00 USD"),
    ]


@given(
    st.dictionaries(
        st.text("abc(", min_size=1, max_size=4), st.integers(-1000, 1000), max_size=20
    ).filter(lambda changes: sum(name.startswith("(") for name in changes) <= 3)
)
def test_bars_that_are_not_drawn_are_in_the_total(changes: dict[str, int]) -> None:
    df = pl.DataFrame(
        {"name": list(changes), "change": list(changes.values())},
        schema={"name": str, "change": pl.Int64},
    )
    bars = change_bars.frame(df, words.money)
    assert bars.height == min(len(changes), change_bars.MOST_BARS)
    assert bars["change"].sum() == sum(changes.values())
    assert bars.filter(role="subject").height == any(not name.startswith("(") for name in changes)


def test_the_text_of_the_bars_names_the_largest_three() -> None:
    df = moves(A=4.0, B=-3.0, C=2.0, D=1.0)
    assert change_bars.alt_text(df, "Change in tokens", words.tokens) == (
        "Change in tokens, largest first: A +4, B −3, C +2; 1 more."
    )
    assert change_bars.alt_text(df.clear(), "Cost", words.money) == "Cost: nothing is known."


# --- coverage --------------------------------------------------------------------------------

LOADED = pl.DataFrame(
    [
        ("Billing", "2026-05", "present", ""),
        ("Billing", "2026-06", "missing", ""),
        ("Billing", "2026-07", "partial", "12 of 31 days"),
        ("Roster", "2026-07", "present", ""),
    ],
    schema=["source", "month", "state", "said"],
    orient="row",
)


def test_a_cell_says_its_state_and_only_a_gap_asks_for_attention() -> None:
    cells = coverage_calendar.frame(LOADED)
    assert cells["said"].to_list() == ["whole month", "missing", "12 of 31 days", "whole month"]
    assert cells["shade"].to_list() == ["loaded", "missing", "loaded", "loaded"]
    assert cells["when"].to_list()[0] == "May 2026"
    assert coverage_calendar.frame(LOADED.clear()).columns == cells.columns


def test_the_text_of_the_calendar_names_what_is_missing() -> None:
    assert coverage_calendar.alt_text(LOADED) == (
        "2 sources, May to July 2026; missing: Billing in June 2026; 1 loaded in part."
    )
    assert coverage_calendar.alt_text(LOADED.tail(1)) == (
        "1 source, July 2026; no month is missing."
    )
    assert coverage_calendar.alt_text(LOADED.clear()) == "Nothing is loaded yet."


# --- dots against a band ---------------------------------------------------------------------

BAND = Band(2.0, 4.0, 8.0, 40)


def units(**values: float | None) -> pl.DataFrame:
    """Return units by name with their values."""
    return pl.DataFrame(
        {"name": list(values), "value": list(values.values())},
        schema={"name": pl.String, "value": pl.Float64},
    )


def test_units_outside_the_band_are_coloured_and_pools_stand_last() -> None:
    df = units(A=1.0, B=4.0, C=9.0).vstack(
        pl.DataFrame({"name": ["(small groups)"], "value": [99.0]})
    )
    rows = band_dots.frame(df, words.count, BAND)
    assert rows.filter(part="band").select("low", "middle", "high").row(0) == (2.0, 4.0, 8.0)
    dots = rows.filter(part="unit").select("name", "role", "place", "said").rows()
    assert dots == [
        ("C", "outside", "above peers", "9"),
        ("B", "within", "typical", "4"),
        ("A", "outside", "below peers", "1"),
        ("(small groups)", "remainder", "above peers", "99"),
    ]


def test_a_unit_that_is_not_judged_has_a_value_and_no_place() -> None:
    df = units(A=1.0).with_columns(is_judged=pl.lit(False), before=pl.lit(0.5))
    (row,) = band_dots.frame(df, words.count, BAND).filter(part="unit").to_dicts()
    assert (row["role"], row["place"], row["before"]) == ("within", "", 0.5)


def test_what_is_unknown_or_nothing_has_no_place_on_a_logarithmic_scale() -> None:
    rows = band_dots.frame(units(A=None, B=0.0, C=1.0), words.count, None)
    assert rows["name"].to_list() == ["C"]


def test_at_most_fourteen_units_are_drawn_the_largest() -> None:
    many = units(**{f"unit {i:02d}": float(i + 1) for i in range(20)})
    names = band_dots.frame(many, words.count, None)["name"].to_list()
    assert names == [f"unit {i:02d}" for i in range(19, 5, -1)]


def test_the_text_of_a_band_says_what_is_typical_and_who_is_not() -> None:
    df = units(A=1.0, B=4.0, C=9.0)
    assert band_dots.alt_text(df, "Use", words.count, BAND) == (
        "Use: typical is 2 to 8; above peers C 9; below peers A 1."
    )
    assert band_dots.alt_text(df, "Use", words.count, None) == "Use, largest first: C 9, B 4, A 1."
    assert band_dots.alt_text(units(B=4.0), "Use", words.count, BAND).endswith(
        "none is outside it."
    )
    assert band_dots.alt_text(units(), "Use", words.count, BAND) == "Use: nothing is known."


# --- two figures against each other ----------------------------------------------------------


def pairs(*rows: tuple[str, float, float | None, bool]) -> pl.DataFrame:
    """Return units by name, x, y and whether they are to be looked at."""
    frame = pl.DataFrame(rows, schema=["name", "x", "y", "is_subject"], orient="row")
    return frame.with_columns(pl.col("y").cast(pl.Float64), beside=pl.lit("zone"))


def test_a_dot_says_both_figures_and_subjects_are_drawn_last() -> None:
    df = pairs(("A", 10.0, 0.8, True), ("B", 100.0, 0.9, False), ("C", 5.0, None, False))
    rows = dots.frame(df, words.count, words.share, band=BAND, line=0.9)
    assert rows["part"].to_list() == ["band", "line", "dot", "dot"]
    assert rows.filter(part="line")["label"].to_list() == ["policy: 90 %"]
    found = rows.filter(part="dot").select("name", "role", "said_x", "said_y").rows()
    assert found == [("B", "peer", "100", "90 %"), ("A", "subject", "10", "80 %")]


def test_labels_that_would_cover_each_other_move_down() -> None:
    df = pairs(
        ("First", 10.0, 0.99, False), ("Second", 11.0, 0.985, False), ("Far", 900.0, 0.5, False)
    )
    rows = dots.frame(df, words.count, words.share, line=0.9)
    shifts = dict(rows.filter(part="dot").select("name", "shift").iter_rows())
    assert shifts["First"] == 0
    assert shifts["Far"] == 0
    # Their dots are 2.9 of 280 px apart, their labels 14.
    assert shifts["Second"] == pytest.approx(14 - 280 * 0.005 / 0.49, abs=0.1)


def test_the_text_of_dots_says_those_to_look_at_first() -> None:
    df = pairs(("A", 10.0, 0.8, False), ("B", 100.0, 0.9, True))
    assert dots.alt_text(df, "Use against coverage", words.count, words.share) == (
        "Use against coverage: B 100 and 90 %, A 10 and 80 %."
    )
    assert dots.alt_text(df.clear(), "Use", words.count, words.share) == "Use: nothing is known."


# --- bars over bins --------------------------------------------------------------------------


def test_bins_keep_their_order_and_say_their_median() -> None:
    df = pl.DataFrame(
        {
            "name": ["1 to 2", "3 to 9", "10 to 12"],
            "value": [63.4, 117.0, None],
            "low": [60.0, None, None],
            "high": [70.0, None, None],
            "beside": ["12 months", "11 months", "0 months"],
        }
    )
    rows = bin_bars.frame(df, words.count)
    assert rows.select("name", "low", "high", "said").rows() == [
        ("1 to 2", 60.0, 70.0, "63"),
        ("3 to 9", 117.0, 117.0, "117"),  # its middle half is unknown
    ]
    assert bin_bars.alt_text(df, "Work by use", words.count) == (
        "Work by use, least use first: 1 to 2: 63; 3 to 9: 117."
    )
    assert bin_bars.alt_text(df.clear(), "Work", words.count) == "Work: nothing is known."


# --- months ahead ------------------------------------------------------------------------------


def test_the_band_ahead_begins_where_the_known_line_ends() -> None:
    known = [("2026-09", 10.0), ("2026-10", 12.0)]
    ahead = [("2026-11", 13.0, 11.0, 15.0), ("2026-12", 14.0, 10.0, 18.0)]
    rows = months_ahead.frame(known, ahead, words.money)
    of_band = rows.filter(part="ahead")
    assert of_band["month"].to_list() == ["2026-10", "2026-11", "2026-12"]
    assert of_band.select("low", "high").row(0) == (12, 12)
    assert rows.filter(part="label")["value"].to_list() == [10, 14, 18]
    assert months_ahead.alt_text(known, ahead, "Cost", words.money) == (
        "Cost, 12.00 USD in October 2026; about 14.00 USD expected in December 2026, eight times "
        "in ten 10.00 USD to 18.00 USD."
    )


def test_nothing_ahead_is_said_to_be_unknown() -> None:
    assert months_ahead.alt_text([], [], "Cost", words.money) == "Cost: nothing is known."
    assert months_ahead.frame([], [], words.money).is_empty()
