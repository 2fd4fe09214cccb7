"""What the cost page says of answers, from answers written by hand."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from leverage import words
from leverage.cost import PARTS, Anomaly, Driver, Footprint, Waterfall
from leverage.cost import Ahead as MonthAhead
from leverage.figures.cost.ahead import MonthEnd, _budgets, _forecast, _known, _outlook, days
from leverage.figures.cost.ahead import _states as said_of_states
from leverage.figures.cost.footprint import finding as energy
from leverage.figures.cost.footprint import span
from leverage.figures.cost.moved import Moved
from leverage.figures.cost.outstanding import Outstanding, _row, stand_out
from leverage.figures.cost.statement import _cell
from leverage.figures.currency import US_DOLLARS, Currency
from leverage.figures.figure import Chart, Hidden, Table
from leverage.view import shift

START = date(2026, 8, 1)
SCHEMA = {
    "company": pl.String,
    "vendor": pl.String,
    "day": pl.Date,
    "about_cost_usd": pl.Float64,
}


def spent(vendor: str, first: int, last: int, usd: float = 1.0) -> pl.DataFrame:
    """Return days of a vendor, counted from the start."""
    return pl.DataFrame(
        [("Acme", vendor, START + timedelta(days=i), usd) for i in range(first, last)],
        schema=SCHEMA,
        orient="row",
    )


def test_a_vendor_that_began_later_cost_nothing_before() -> None:
    found = days(pl.concat([spent("one", 0, 60), spent("two", 30, 60, 2.0)]))
    assert found is not None
    assert found.as_of == START + timedelta(days=59)
    assert found.daily[START] == 1
    assert found.daily[found.as_of] == 3
    assert len(found.daily) == 60


def test_the_newest_day_is_that_which_all_vendors_know() -> None:
    found = days(pl.concat([spent("one", 0, 60), spent("two", 0, 55)]))
    assert found is not None
    assert found.as_of == START + timedelta(days=54)
    assert max(found.daily) == found.as_of


def test_a_vendor_that_ended_long_ago_holds_nothing_back() -> None:
    found = days(pl.concat([spent("one", 0, 90), spent("two", 0, 20)]))
    assert found is not None
    assert found.as_of == START + timedelta(days=89)
    assert found.daily[START] == 2
    assert found.ended == ("two of Acme",)


def test_days_that_one_vendor_does_not_know_are_unknown_and_not_0() -> None:
    found = days(pl.concat([spent("one", 0, 60), spent("two", 0, 20), spent("two", 25, 60)]))
    assert found is not None
    assert START + timedelta(days=22) not in found.daily
    assert len(found.daily) == 55


def test_vendors_billed_in_longer_spans_are_named() -> None:
    unknown = pl.DataFrame([("Acme", "three", None, None)], schema=SCHEMA, orient="row")
    found = days(pl.concat([spent("one", 0, 60), unknown]))
    assert found is not None
    assert found.unknown == ("three of Acme",)
    assert days(unknown) is None


def test_a_department_is_never_a_formula_of_a_spreadsheet() -> None:
    assert _cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert _cell("Sales") == "Sales"


def ahead_of(*values: float, month_end: MonthEnd | None = None) -> Chart | Hidden:
    """Return the outlook of months in a row that end in October 2026."""
    months = [shift("2026-10", 1 + place - len(values)) for place in range(len(values))]
    known = list(zip(months, values, strict=True))
    return _outlook(known, "full_cost", "Full cost", "USD", words.money, month_end)


def test_the_first_month_ahead_is_the_month_end_forecast_of_that_month() -> None:
    """November had two forecasts on one page."""
    november = MonthEnd("2026-11", MonthAhead(1, 100.0, 90.0, 115.0), "")
    found = ahead_of(100, 104, 103, 108, 107, 112, 115, 114, month_end=november)
    assert isinstance(found, Chart)
    rows = pl.DataFrame(found.rows).filter(part="ahead", month="2026-11")
    assert rows.select("value", "low", "high").rows() == [(100.0, 90.0, 115.0)]
    assert "Begins with the month-end forecast of November 2026" in str(found.note)


def test_a_month_end_forecast_of_another_cost_stands_beside_the_outlook_with_the_reason() -> None:
    apart = MonthEnd("2026-11", MonthAhead(1, 100.0, 90.0, 115.0), "it leaves out AWS of Acme")
    found = ahead_of(*[100.0] * 8, month_end=apart)
    assert isinstance(found, Chart)
    said = "The month-end forecast of November 2026 is 100 USD, against 100 USD here"
    assert f"{said}: it leaves out AWS of Acme." in str(found.note)
    past = MonthEnd("2026-10", MonthAhead(1, 100.0, 90.0, 115.0), "it rests on other days")
    found = ahead_of(*[100.0] * 8, month_end=past)
    assert "month-end forecast" not in str(getattr(found, "note", ""))


def test_a_month_of_which_the_band_says_nothing_is_not_drawn() -> None:
    steady = ahead_of(100, 104, 103, 108, 107, 112, 115, 114)
    assert isinstance(steady, Chart)
    assert "October 2027" in steady.alt
    assert "Nothing is said" not in str(steady.note)
    unsteady = ahead_of(100, 150, 190, 160, 230, 180, 260, 330)
    assert isinstance(unsteady, Chart)
    rows = pl.DataFrame(unsteady.rows).filter(part="ahead")
    assert rows.height < 1 + 12
    assert (rows["high"] <= 10 * rows["low"]).all()
    assert "the band would be wider than tenfold" in str(unsteady.note)
    wild = ahead_of(100, 900, 50, 1200, 80, 700)
    assert isinstance(wild, Hidden)
    assert "differ too much" in wild.reason


# ---- the end of the month ----------------------------------------------------------------------


def month_end_of(
    n_days: int, usd: float, seats: float, currency: Currency = US_DOLLARS
) -> dict[str, str]:
    """Return the rows of the month-end forecast from so many days since the first of August."""
    known = _known(spent("one", 0, n_days, usd), pl.DataFrame({"seat_cost_usd": [seats]}))
    assert known is not None
    return dict(_forecast(known, (), currency).rows.iter_rows())


def test_use_of_a_month_of_which_no_day_is_loaded_is_none_and_not_0() -> None:
    assert month_end_of(61, 1.0, 20.0) == {
        "Seats, as in the newest month they are known of": "20.00 USD",
        "Use of October loaded so far": "none",
        "Use expected in the 31 days of October": "31.00 USD",
        "Month end": "51.00 USD",
        "80 % band": "51.00 USD to 51.00 USD",
    }


def test_use_of_a_month_under_way_stands_beside_what_the_days_not_loaded_will_add() -> None:
    rows = month_end_of(70, 1.0, 20.0)
    assert rows["Use of October loaded so far"] == "9.00 USD"
    assert rows["Use expected in the 22 days not loaded yet"] == "22.00 USD"


def test_the_rows_of_the_month_end_add_up_as_they_are_said() -> None:
    """922.86 and 899.55 EUR are 1,822.41: 923 and 900 stood above 1,822."""
    rows = month_end_of(61, 944.5275 / 31, 969.0, Currency("EUR", Decimal("1.05")))
    assert rows["Seats, as in the newest month they are known of"] == "923 EUR"
    assert rows["Use expected in the 31 days of October"] == "899 EUR"
    assert rows["Month end"] == "1,822 EUR"


# ---- why it moved ------------------------------------------------------------------------------


def moved_by(**parts: str) -> Moved:
    """Return a change made of parts; underscores in their names stand for spaces."""
    told = dict.fromkeys(PARTS, Decimal(0))
    told |= {part.replace("_", " "): Decimal(usd) for part, usd in parts.items()}  # type: ignore[misc]
    change = sum(told.values(), Decimal(0))
    return Moved(Waterfall(Decimal(1000), 1000 + change, told, (0, 0)), True, True)


def test_a_fall_is_no_reason_for_a_rise() -> None:
    """“+7 %; price of tokens moved it most (−363 USD)”."""
    rise = moved_by(seat_count="247", people="233", mix="199", joiners="55", price="-363")
    assert rise.cause(words.money) == "number of seats raised it most (+247 USD)"
    assert rise.said(words.money) == (
        "The cost rose by 371 USD, above all number of seats +247 USD, use by people +233 USD and "
        "mix of models +199 USD; price of tokens took off 363 USD"
    )


def test_what_went_against_a_fall_added_to_it() -> None:
    fall = moved_by(price="-300", leavers="-100", people="150", seat_count="50")
    assert fall.cause(words.money) == "price of tokens lowered it most (−300 USD)"
    assert fall.said(words.money) == (
        "The cost fell by 200 USD: price of tokens −300 USD and use by leavers −100 USD; use by "
        "people and number of seats added 200 USD"
    )


def test_where_the_cost_stayed_level_its_largest_part_is_named() -> None:
    level = moved_by(people="100", price="-100")
    assert level.cause(words.money) == "use by people moved it most (+100 USD)"
    assert level.said(words.money) == (
        "The cost stayed level: use by people +100 USD and price of tokens −100 USD"
    )
    assert moved_by().said(words.money) == "The cost did not move"


# ---- days that stand out -----------------------------------------------------------------------


def with_a_spike(*, is_mean: bool = False) -> pl.DataFrame:
    """Return ten weeks of two vendors that cost alike every day, but for one day of the second."""
    rows = pl.concat([spent("one", 0, 70, 40.0), spent("two", 0, 70, 20.0)])
    is_spike = (pl.col("vendor") == "two") & (pl.col("day") == START + timedelta(days=65))
    usd = pl.when(is_spike).then(90.0).otherwise(pl.col("about_cost_usd"))
    return rows.with_columns(about_cost_usd=usd, is_mean=is_spike & is_mean)


def test_a_day_stands_out_with_the_vendor_that_moved_it() -> None:
    told, untold = stand_out(with_a_spike(), START, START + timedelta(days=69))
    assert untold == 0
    (one,) = told
    assert (one.company, one.found.day) == ("Acme", START + timedelta(days=65))
    assert (one.found.value, one.found.usual, one.found.n) == (130, 60, 8)
    assert (one.driver.name, one.driver.difference) == ("two", 70)


def test_a_difference_of_a_day_is_that_of_the_ends_beside_it() -> None:
    """59.52 − 31.02 were told as 28.51."""
    told = [
        Outstanding("Acme", Anomaly(START, value, usual, None, 8), Driver("one", 30.0, 0.0))
        for value, usual in ((59.524, 31.0151), (270.4, 90.524), (12_349.0, 9_540.0))
    ]
    rows = [_row(one, US_DOLLARS) for one in told]
    assert [(row["Cost"], row["Usual"], row["Above by"]) for row in rows] == [
        ("59.52 USD", "31.02 USD", "+28.50 USD"),
        # 270 − 90.52 is 179.48, and what is told in thousands bears no subtraction.
        ("270 USD", "90.52 USD", "+179 USD"),
        ("12.3 k USD", "9,540 USD", "+2,809 USD"),
    ]


def test_days_outside_the_period_are_not_told() -> None:
    assert stand_out(with_a_spike(), START, START + timedelta(days=60)) == ([], 0)


def test_a_day_driven_by_a_mean_of_days_of_few_people_is_counted_and_not_told() -> None:
    last = START + timedelta(days=69)
    assert stand_out(with_a_spike(is_mean=True), START, last) == ([], 1)


# ---- budgets -----------------------------------------------------------------------------------


def past_of(*months: tuple[str | None, float, float, bool]) -> pl.DataFrame:
    """Return what September cost of a vendor or of all, its budget, and whether seats are in it."""
    return pl.DataFrame(
        [("Acme", vendor, "2026-09", *of_month) for vendor, *of_month in months],
        schema={
            "company": pl.String,
            "vendor": pl.String,
            "month": pl.String,
            "full_cost_usd": pl.Float64,
            "budget_usd": pl.Float64,
            "is_seats_known": pl.Boolean,
        },
        orient="row",
    )


def held(
    *budgets: tuple[str | None, str, float | None],
    seats: float = 0.0,
    past: pl.DataFrame | None = None,
    target: float | None = None,
) -> Table | Hidden:
    """Return budgets against 70 days at a dollar, so that October, 31 USD, is forecast."""
    past = past_of() if past is None else past
    loaded = pl.DataFrame(
        [("Acme", *budget) for budget in budgets],
        schema={
            "company": pl.String,
            "vendor": pl.String,
            "month": pl.String,
            "budget_usd": pl.Float64,
        },
        orient="row",
    )
    seated = pl.DataFrame({"company": "Acme", "vendor": "one", "seat_cost_usd": seats})
    return _budgets(spent("one", 0, 70), seated, loaded, past, US_DOLLARS, target)


def rows_of(table: Table | Hidden) -> list[tuple[str, ...]]:
    """Return budget, month and state of each row."""
    assert isinstance(table, Table)
    return table.rows.select("Budget", "Month", "State").rows()


def note_of(table: Table | Hidden) -> str:
    """Return the note under a table."""
    assert isinstance(table, Table)
    return table.note or ""


def finding_of(table: Table | Hidden) -> str:
    """Return the finding of a table."""
    assert isinstance(table, Table)
    return table.finding


def test_a_budget_is_that_of_the_month_which_is_forecast() -> None:
    found = held((None, "2026-09", 5.0), (None, "2026-10", 40.0), (None, "2026-11", 6.0))
    assert rows_of(found) == [("40.00 USD of October 2026", "October 2026", "within")]
    found = held((None, "2026-10", 40.0), (None, "2026-11", 60.0), seats=20.0)
    assert rows_of(found) == [("40.00 USD of October 2026", "October 2026", "on course to exceed")]


def test_without_one_of_the_month_the_newest_before_is_named_as_such() -> None:
    found = held(("one", "2026-08", 3.0), ("one", "2026-09", 40.0))
    assert rows_of(found) == [("40.00 USD of September 2026", "October 2026", "within")]
    said = "No budget of October 2026 is loaded, so that the newest before stands for one of Acme."
    assert said in note_of(found)
    assert "No budget" not in note_of(held(("one", "2026-10", 40.0)))


def test_a_budget_without_an_exchange_rate_gives_way_to_the_one_before_and_says_so() -> None:
    found = held((None, "2026-09", 40.0), (None, "2026-10", None))
    assert rows_of(found) == [("40.00 USD of September 2026", "October 2026", "within")]
    said = "The budget of October 2026 has no exchange rate, so that the newest before stands for"
    assert f"{said} Acme." in note_of(found)


def test_a_budget_of_later_months_alone_is_held_against_nothing() -> None:
    found = held((None, "2026-11", 5.0))
    assert rows_of(found) == [("none up to October 2026", "October 2026", "unknown")]
    assert isinstance(found, Table)
    assert found.finding == "No budget can be held against a forecast"


def test_each_vendors_budget_stands_beside_that_of_all_of_them() -> None:
    found = held((None, "2026-10", 5.0), ("one", "2026-10", 40.0), ("two", "2026-10", 7.0))
    assert isinstance(found, Table)
    assert found.rows.select("Vendor", "State").rows() == [
        ("all", "over"),
        ("one", "within"),
        ("two", "days are too few"),
    ]
    assert found.finding == "1 of 2 budgets is over"


def test_every_budget_that_is_not_within_is_told_by_its_state() -> None:
    """“1 of 2 are over or on course to be exceeded” stood above two rows that warned."""
    # 31 USD are forecast without a band: 9 are spent.
    assert finding_of(held((None, "2026-10", 5.0), ("one", "2026-10", 30.0))) == (
        "1 of 2 budgets is over, 1 on course to be exceeded"
    )
    assert finding_of(held((None, "2026-10", 5.0), ("one", "2026-10", 6.0))) == (
        "2 of 2 budgets are over"
    )
    assert finding_of(held((None, "2026-10", 40.0))) == "1 budget is within"
    assert said_of_states(["over", "at risk"]) == "1 of 2 budgets is over, 1 at risk"
    assert said_of_states(["within", "at risk", "at risk"]) == "2 of 3 budgets are at risk"


def test_a_budget_says_how_the_last_whole_month_did_against_its_own() -> None:
    past = past_of((None, 979.0, 900.0, True), ("one", 30.0, 30.0, True))
    found = held(
        (None, "2026-10", 40.0), ("one", "2026-10", 40.0), ("two", "2026-10", 7.0), past=past
    )
    assert isinstance(found, Table)
    assert found.rows["September 2026"].to_list() == [
        "979 of 900 USD, over",
        "30.00 of 30.00 USD, within",
        "–",
    ]


def test_a_month_without_all_its_seats_was_not_within_its_budget() -> None:
    past = past_of((None, 870.0, 900.0, False), ("one", 979.0, 900.0, False))
    found = held((None, "2026-10", 40.0), ("one", "2026-10", 40.0), past=past)
    assert isinstance(found, Table)
    assert found.rows["September 2026"].to_list() == [
        "870 of 900 USD, not all seats known",
        "979 of 900 USD, over",
    ]


def test_a_budget_beside_a_target_is_told_apart_from_it() -> None:
    said = (
        "A budget is what may be spent; the target of 38.00 USD is what the cost is meant to reach."
    )
    assert said in note_of(held((None, "2026-10", 40.0), target=38.0))
    assert "target" not in note_of(held((None, "2026-10", 40.0)))


# ---- energy ------------------------------------------------------------------------------------


def footprint_of(kwh: tuple[float, float] | None, covered_share: float | None) -> Footprint:
    """Return what one method tells."""
    low, high = kwh or (None, None)
    return Footprint("one", "prompts", low, high, 1.0, 2.0, covered_share, "s", "B", "c", "u")


def test_the_finding_on_energy_says_of_how_much_of_the_tokens_it_is() -> None:
    """It spoke of half of the tokens, and only a column said so."""
    methods = [
        footprint_of((4.26, 10.2), None),
        footprint_of((29.7, 50.5), 0.51),
        footprint_of(None, 0.1),
    ]
    assert energy(methods, 0.52) == (
        "Between 4.26 and 50.5 kWh for 51 to 52 % of the tokens put out, depending on the method; "
        "none of them is the answer"
    )
    assert "for 52 % of the tokens put out" in energy(methods[:1], 0.52)
    assert energy(methods[:1], 1.0) == (
        "Between 4.26 and 10.2 kWh, depending on the method; none of them is the answer"
    )
    assert energy(methods[:1], None) == (
        "Between 4.26 and 10.2 kWh for tokens that are not counted, depending on the method; none "
        "of them is the answer"
    )


def test_a_range_is_said_by_both_ends_and_an_unknown_one_as_such() -> None:
    assert span(23.4315, 56.2356) == "23.4 to 56.2"
    assert span(267.1191, 267.1191) == "267"
    assert span(0.971, 1_250.4) == "0.97 to 1,250"
    assert span(None, None) == "not told"
