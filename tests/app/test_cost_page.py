"""The cost page on small stores, worked out by hand in tests/stores.py."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from leverage.ask import Answer
from leverage.figures import cost
from leverage.figures.cost import ahead, outstanding, statement
from leverage.view import View
from tests.app.test_pages import cell, metric, strings, text
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
    assert app.title[0].value.replace("\\", "").replace("\u00a0", " ") == (
        "Full cost of October 2026: 263 USD, +22 % on September 2026; "
        "number of seats raised it most (+40.00 USD)"
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
    assert "Usage cost of October 2026" in said


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
    assert "Billed, seats included" in rows.columns
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


def test_the_statement_adds_up_to_what_was_invoiced_and_shows_the_remainder(
    open_page: Open, two_months: Desk, tmp_path: Path
) -> None:
    desk = two_months.copy(tmp_path / "copy")
    desk.load(
        "month,vendor,invoice,covers,amount,currency\n"
        "2026-10,OpenAI,A-1,usage,30.00,USD\n"
        "2026-10,OpenAI,A-2,seats,240.00,USD\n"
    )
    app = open_page(desk.root, "cost", cost_tabs="By department")
    assert not app.exception
    rows = app.table[0].value
    told = [tuple(cell(part) for part in row) for row in rows[["Department", "Total"]].to_numpy()]
    # 30.00 + 240.00 were invoiced; 22.50 of use and 240.00 of seats are known.
    assert told[-2:] == [("(invoiced beyond use and seats)", "7.50"), ("", "270.00")]
    assert "The total is what was invoiced by OpenAI, and all else as metered" in text(app)
    asker = desk.asker()

    def stated(view: View) -> pl.DataFrame:
        found = statement(lambda question: asker.ask(question, view))
        assert found is not None
        assert found.csv is not None
        return pl.read_csv(found.csv.encode())

    assert stated(View())["total_usd"].sum() == pytest.approx(270)
    # No invoice knows departments or models.
    of_sales = stated(View(department=("Sales",)))
    assert of_sales["total_usd"].sum() == pytest.approx(9)


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


# ---- the reporting currency --------------------------------------------------------------------

SENTENCE = (
    "1 EUR = 1.25 USD, rate of October 2026 from “bank”, for all months, so that no change here is "
    "one of exchange rates"
)
RATES = "month,currency,usd_per_unit,source\n2026-09,EUR,1.5,bank\n2026-10,EUR,1.25,bank\n"
TABS = ("Where it goes", "Days that stand out", "By department", "To the cent", "Energy")


@pytest.fixture(scope="module")
def in_euros(two_months: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of two months with rates, a budget and a target beside it."""
    desk = two_months.copy(tmp_path_factory.mktemp("in_euros"))
    desk.load(
        RATES,
        "month,vendor,budget,currency\n2026-10,OpenAI,300,USD\n",
        "month,metric,target\n2026-10,full_cost_usd,250\n",
    )
    return desk


def built_in(desk: Desk, currency: str, compare: str = "previous") -> list[object]:
    """Return all that the page and its tabs are built of."""
    asker = desk.asker()
    view = View(company=("Acme",), compare=compare, currency=currency)

    def ask(question: str) -> Answer:
        return asker.ask(question, view)

    return [build(ask) for build in (cost.cost, ahead, outstanding, statement, cost.parts)]


@pytest.mark.parametrize("compare", ["previous", "target"])
def test_no_amount_of_the_page_is_left_in_us_dollars(in_euros: Desk, compare: str) -> None:
    dollars, euros = (list(strings(built_in(in_euros, code, compare))) for code in ("USD", "EUR"))
    left = {said for said in euros if "USD" in said.replace(SENTENCE, "") or "dollar" in said}
    assert left == set()
    said_in_dollars = [said for said in dollars if "USD" in said]
    assert len([said for said in euros if "EUR" in said.replace(SENTENCE, "")]) >= len(
        said_in_dollars
    )


def test_every_tab_of_the_page_tells_money_in_the_currency_of_the_link(
    open_page: Open, in_euros: Desk
) -> None:
    app = open_page(in_euros.root, "cost", currency="EUR")
    assert SENTENCE in text(app)
    # 262.50 USD at 1.25, and 215.00 USD at the same rate, though September's own was another.
    assert metric(app, "Full cost").value == "210 EUR"
    assert app.title[0].value.replace("\\", "").replace("\u00a0", " ") == (
        "Full cost of October 2026: 210 EUR, +22 % on September 2026; "
        "number of seats raised it most (+32.00 EUR)"
    )
    for tab in TABS:
        app.session_state["cost_tabs"] = tab
        app.run()
        assert not app.exception
        whole = text(app).replace(SENTENCE, "")
        whole += str([chart.proto.alt + chart.proto.spec for chart in app.get("vega_lite_chart")])
        whole += str([[*table.value.columns, *table.value.to_numpy()] for table in app.table])
        assert "USD" not in whole


def test_the_waterfall_closes_to_the_cent_in_the_currency(open_page: Open, in_euros: Desk) -> None:
    app = open_page(in_euros.root, "cost", currency="EUR")
    app.session_state["cost_tabs"] = "To the cent"
    app.run()
    rows = app.table[0].value
    assert dict(zip(rows["Part"], [cell(amount) for amount in rows["EUR"]], strict=True)) == {
        "Cost in September 2026": "172.00",
        "Number of seats": "+32.00",
        "Use by people": "+12.00",
        "Price of tokens": "−6.00",
        "Cost in October 2026": "210.00",
        "Remainder": "0.00",
    }


def test_the_statement_names_its_currency_and_adds_up_in_it(
    two_months: Desk, tmp_path: Path
) -> None:
    desk = two_months.copy(tmp_path)
    desk.load("month,currency,usd_per_unit,source\n2026-10,EUR,1.0842,bank\n")
    asker = desk.asker()
    found = statement(lambda question: asker.ask(question, View(currency="EUR")))
    assert found is not None
    assert found.csv is not None
    types = {"total_eur": pl.Decimal(18, 2), "estimated_eur": pl.Decimal(18, 2)}
    taken = pl.read_csv(found.csv.encode(), schema_overrides=types)
    # 262.50 ÷ 1.0842 and 22.50 ÷ 1.0842; 13.50 and 9.00 alone would be 12.45 and 8.30.
    assert taken["total_eur"].sum() == Decimal("242.11")
    assert taken["estimated_eur"].sum() == Decimal("20.75")
    assert "1 EUR = 1.0842 USD" in taken["filters"][0]


def test_a_currency_that_cannot_be_had_is_refused_in_words_and_dollars_are_named(
    open_page: Open, in_euros: Desk
) -> None:
    app = open_page(in_euros.root, "cost", currency="XYZ")
    assert "No exchange rate of “XYZ” is loaded; amounts are in US dollars" in text(app)
    assert metric(app, "Full cost").value == "263 USD"


def test_a_page_that_tells_us_dollars_alone_says_so_and_the_filter_stays(
    open_page: Open, in_euros: Desk
) -> None:
    app = open_page(in_euros.root, "cost", currency="EUR")
    app.switch_page("../pages/leverage.py").run()
    assert not app.exception
    assert (
        "Amounts here are in US dollars; they are told in EUR on “Does it pay?” and “Cost”"
        in text(app)
    )
    app.switch_page("../pages/cost.py").run()
    assert metric(app, "Full cost").value == "210 EUR"
