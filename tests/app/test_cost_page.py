"""The cost page on small stores, worked out by hand in tests/stores.py."""

from collections.abc import Callable

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from leverage.figures.cost import statement
from leverage.view import View
from tests.app.test_pages import cell, metric, text
from tests.support import Desk

Open = Callable[..., AppTest]


def test_the_parts_of_the_change_add_up_to_it_to_the_cent(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "cost")
    app.session_state["cost_tabs"] = "To the cent"
    app.run()
    # 215.00 USD in September, 262.50 in October: two seats more at 20 USD, twice the tokens at
    # the old price of 15 USD for 22,500, and a quarter off that price.
    assert metric(app, "Full cost").value == "263 USD"
    assert app.title[0].value.replace("\\", "") == (
        "Full cost of October 2026: 263 USD, +22 % on September 2026; "
        "number of seats moved it most (+40.00 USD)"
    )
    assert "remainder 0.00 USD" in text(app)
    rows = app.table[0].value
    said = [cell(usd) for usd in rows["USD"]]
    assert dict(zip(rows["Part"], said, strict=True)) == {
        "Cost in September 2026": "215.00",
        "Number of seats": "+40.00",
        "Use by people": "+15.00",
        "Price of tokens": "−7.50",
        "Cost in October 2026": "262.50",
        "Remainder": "0.00",
    }
    assert metric(app, "Cost per employee").value == "13.13 USD"
    assert metric(app, "Estimated part").value == "9 %"


def test_a_filter_by_model_leaves_seats_out_and_says_so(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, "cost", model="gpt-5")
    said = text(app)
    assert "seats belong to no model" in said
    assert "Usage cost of October 2026" in app.title[0].value.replace("\\", "")


def test_a_month_without_another_says_that_nothing_is_compared(
    open_page: Open, one_month: Desk
) -> None:
    app = open_page(one_month.root, "cost")
    assert not app.exception
    said = text(app)
    assert "Nothing is compared" in said
    for load in ("Load seats", "Load headcount"):
        assert load in said


def test_a_day_of_few_people_is_told_as_the_mean_of_a_pool_with_five_or_more(
    two_months: Desk,
) -> None:
    rows = two_months.asker().ask("daily_cost", View()).frame
    used = rows.filter(pl.col("about_cost_usd") > 0)
    told = {day.isoformat(): usd for day, usd in used.select("day", "about_cost_usd").iter_rows()}
    # On the last day one person alone spent a dollar, or 1.50: it is told with the day of all 14.
    assert told == {
        "2026-09-01": pytest.approx(7.5),
        "2026-09-30": pytest.approx(7.5),
        "2026-10-01": pytest.approx(11.25),
        "2026-10-31": pytest.approx(11.25),
    }
    assert rows["day"].n_unique() == 61


def test_the_forecast_and_its_errors_are_told_and_an_outlook_needs_six_months(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "cost")
    said = text(app)
    assert "November 2026 is on course for" in said
    assert "No budget of a company or of one of its vendors is loaded" in said
    assert "It takes six whole months in a row" in said


def test_cost_by_day_is_not_told_under_a_filter_by_people_or_model(
    open_page: Open, two_months: Desk
) -> None:
    for query, why in (({"department": "Sales"}, "few of them"), ({"model": "gpt-5"}, "by vendor")):
        app = open_page(two_months.root, "cost", **query)
        assert not app.exception
        assert "is on course for" not in text(app)
        assert why in text(app)


def test_the_statement_adds_up_to_the_full_cost_and_can_be_taken_along(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "cost")
    app.session_state["cost_tabs"] = "By department"
    app.run()
    assert not app.exception
    rows = app.table[0].value
    told = [
        tuple(cell(told) for told in row)
        for row in rows[["Department", "Estimated", "Total"]].to_numpy()
    ]
    # 9 of October's 15 rows of 1.50 USD are Engineering's; 12 seats cost 20 USD each.
    assert told == [
        ("Engineering", "13.50", "13.50"),
        ("Sales", "9.00", "9.00"),
        ("(seats, not shared out)", "–", "240.00"),
        ("", "22.50", "262.50"),
    ]
    asker = two_months.asker()
    found = statement(lambda question: asker.ask(question, View()))
    assert found is not None
    assert found.csv is not None
    taken = pl.read_csv(found.csv.encode())
    assert taken["total_usd"].sum() == pytest.approx(262.5)
    assert set(taken["data_version"]) == {str(asker.pin)}
    assert taken["filters"][0].startswith("October 2026 against September 2026 · all companies")


def test_under_a_filter_by_kind_of_work_there_is_no_statement(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "cost", workload="unassigned")
    app.session_state["cost_tabs"] = "By department"
    app.run()
    assert not app.exception
    assert "What use was for is known of companies, not of their people" in text(app)


def test_energy_is_told_by_each_method_and_never_as_one_number(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "cost")
    app.session_state["cost_tabs"] = "Energy"
    app.run()
    assert not app.exception
    assert "none of them is the answer" in text(app)
    rows = app.table[0].value
    energy = [cell(told) for told in rows["Energy, kWh"]]
    assert len(energy) >= 3
    assert "not told" in energy
    assert all(rows["Covers"].str.contains("of the tokens put out"))


def test_no_day_stands_out_where_none_can_be_compared(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, "cost")
    app.session_state["cost_tabs"] = "Days that stand out"
    app.run()
    assert not app.exception
    assert "No day of October 2026 stands out" in text(app)
