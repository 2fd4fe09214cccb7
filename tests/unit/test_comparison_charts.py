"""The charts of a comparison draw what adds up, and say in words what they draw."""

import polars as pl
import pytest

from leverage import words
from leverage.charts import compared_bars, gap_parts
from leverage.charts.compared_bars import MOST_BARS, Reference


def bars(**values: float | None) -> pl.DataFrame:
    return pl.DataFrame(
        list(values.items()), schema={"name": pl.String, "value": pl.Float64}, orient="row"
    )


def test_bars_stand_largest_first_with_the_subject_told_apart_and_the_rest_last() -> None:
    df = pl.concat([bars(Acme=3, Beta=7, Gamma=None), bars(**{"(small groups)": 9})])
    frame = compared_bars.frame(df, words.tokens, ["Acme"])
    assert frame["name"].to_list() == ["Beta", "Acme", "(small groups)"]
    assert frame["role"].to_list() == ["peer", "subject", "remainder"]


def test_of_many_bars_the_largest_and_every_subject_are_shown() -> None:
    df = bars(**{f"c{i:02d}": float(i) for i in range(20)})
    frame = compared_bars.frame(df, words.tokens, ["c00"])
    assert frame.height == MOST_BARS
    assert frame["name"].to_list() == [*(f"c{i:02d}" for i in range(19, 8, -1)), "c00"]


def test_a_value_to_go_by_is_a_row_of_its_own_and_stands_in_the_text() -> None:
    reference = Reference("Median", 4.0)
    frame = compared_bars.frame(bars(Acme=3, Beta=7), words.tokens, ["Acme"], reference)
    assert frame.filter(part="reference")["said"].to_list() == ["Median 4"]
    text = compared_bars.alt_text(bars(Acme=3, Beta=7), "Tokens", words.tokens, (), reference)
    assert text == "Tokens, largest first: Beta 7, Acme 3; Median 4."
    assert compared_bars.alt_text(bars(), "Tokens", words.tokens) == "Tokens: nothing is known."


def test_each_part_of_a_gap_begins_where_the_one_before_ended() -> None:
    parts = [("Mix", -4.0), ("Use", 10.0), ("Apart", -1.0)]
    frame = gap_parts.frame(("Others", 5.0), parts, ("Acme", 10.0), words.tokens)
    assert frame["name"].to_list() == ["Others", "Use", "Mix", "Apart", "Acme"]
    inner = frame[1:-1]
    assert inner["start"].to_list() == [5.0, 15.0, 11.0]
    assert inner["end"].to_list() == [15.0, 11.0, 10.0]
    assert inner["role"].to_list() == ["more", "less", "less"]
    assert inner["said"].to_list() == ["+10", "−4", "−1"]
    assert min([*frame["start"], *frame["end"]]) >= 0


def test_parts_that_do_not_add_up_are_no_chart() -> None:
    with pytest.raises(ValueError, match="lead to 7"):
        gap_parts.frame(("Others", 5.0), [("Mix", 2.0)], ("Acme", 10.0), words.tokens)


def test_the_text_of_a_gap_tells_its_ends_and_its_parts() -> None:
    text = gap_parts.alt_text(
        ("Others", 5.0), [("Mix", 5.0)], ("Acme", 10.0), "Tokens", words.tokens
    )
    assert text == "Tokens, from Others 5 to Acme 10: Mix +5."


def test_a_change_begins_at_nothing_and_ends_with_all_of_it() -> None:
    parts = [("Price", -3.0), ("Seats", 40.0), ("Use", 8.0)]
    frame = gap_parts.change_frame(parts, ("In all", 45.0), words.money)
    assert frame["name"].to_list() == ["Seats", "Use", "Price", "In all"]
    assert frame["start"].to_list() == [0.0, 40.0, 48.0, 0.0]
    assert frame["end"].to_list() == [40.0, 48.0, 45.0, 45.0]
    text = gap_parts.change_alt_text(parts, ("In all", 45.0), "Change", words.money)
    assert text == ("Change: Seats +40.00 USD, Use +8.00 USD, Price −3.00 USD; In all +45.00 USD.")


def test_a_change_that_takes_away_more_ends_below_nothing() -> None:
    frame = gap_parts.change_frame([("Use", 5.0), ("Seats", -9.0)], ("In all", -4.0), words.money)
    assert frame["end"].to_list() == [5.0, -4.0, -4.0]
    assert frame["said"].to_list()[-1] == "−4.00 USD"
