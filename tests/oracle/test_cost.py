"""What the cost page tells equals the files, recomputed without the product."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from leverage import words
from leverage.cost import back_tests
from leverage.figures.cost.ahead import ahead, days
from leverage.figures.cost.moved import Moved, moved
from leverage.figures.cost.statement import statement
from leverage.figures.currency import reported
from leverage.figures.figure import Ask, Chart, Table
from leverage.figures.ground import ground
from leverage.sample import COMPANIES, PLANTED
from leverage.view import View
from tests.oracle.conftest import Both

MONTH, BEFORE = "2026-10", "2026-09"
NAMES = [company.name for company in COMPANIES]


def row(both: Both, company: str, period: str = "this") -> dict[str, Any]:
    """Return the row of a period, in October of one company."""
    frame = both.asker.ask("full_cost", View(company=(company,), months=(MONTH, MONTH))).frame
    return frame.filter(period=period).to_dicts()[0]


def of_files(both: Both, company: str, month: str) -> float:
    """Return the full cost of a month, from the files."""
    native = both.native
    parts = (
        native.billed_usage_cost_usd(company, month),
        native.estimated_usage_cost_usd(company, month),
        native.seat_cost_usd(company, month),
    )
    return sum(part or 0.0 for part in parts)


@pytest.mark.parametrize("company", NAMES)
@pytest.mark.parametrize(("period", "month"), [("this", MONTH), ("previous", BEFORE)])
def test_the_cost_and_its_parts_equal_the_files(
    both: Both, company: str, period: str, month: str
) -> None:
    found, full = row(both, company, period), of_files(both, company, month)
    heads = both.native.heads(company, month)
    estimated = both.native.estimated_usage_cost_usd(company, month) or 0.0
    assert heads is not None
    assert float(found["full_cost_usd"]) == pytest.approx(full, abs=0.005)
    assert found["cost_per_employee_usd"] == pytest.approx(full / heads, abs=1e-4)
    assert found["estimated_share"] == pytest.approx(estimated / full, abs=1e-6)


@pytest.mark.parametrize("company", ["", *NAMES])
def test_the_parts_of_the_change_lead_from_one_cost_of_the_files_to_the_other(
    both: Both, company: str
) -> None:
    view = View(company=(company,) if company else (), months=(MONTH, MONTH))
    found = parts(both, view)
    names = [company] if company else NAMES
    for told, month in ((found.parts.before, BEFORE), (found.parts.after, MONTH)):
        assert float(told) == pytest.approx(
            sum(of_files(both, name, month) for name in names), abs=0.01
        )
    assert sum(found.parts.parts.values()) == found.parts.change
    seats = [both.native.seat_cost_usd(name, month) or 0 for name in names for month in (BEFORE,)]
    later = [both.native.seat_cost_usd(name, MONTH) or 0 for name in names]
    of_seats = found.parts.parts["seat count"] + found.parts.parts["seat price"]
    assert float(of_seats) == pytest.approx(sum(later) - sum(seats), abs=0.01)


def test_joiners_are_told_of_companies_with_five_or_more_of_them_and_no_others(both: Both) -> None:
    """The share of their tokens is left to the rounding; who they are is counted from the files."""
    frame = both.asker.ask("joiners_and_leavers", View(months=(MONTH, MONTH))).frame
    told = {company: (joiners, leavers) for company, joiners, leavers in frame.iter_rows()}
    for company in NAMES:
        now, before = (set(both.native.days_of_use(company, month)) for month in (MONTH, BEFORE))
        is_large = len(now) >= 50 and len(before) >= 50
        assert (company in told) == is_large
        for group, share in zip((now - before, before - now), told.get(company, ()), strict=False):
            if 0 < len(group) < 5:
                assert share is None
            elif not group:
                assert share in (0, None)  # None where people have no tokens at all
            else:
                assert share is None or share == round(share, 2)


def test_the_days_of_a_month_add_up_to_its_use_in_the_files(both: Both) -> None:
    rows = both.asker.ask("daily_cost", View()).frame
    assert rows["day"].null_count() == 0
    found = days(rows)
    assert found is not None
    assert (found.as_of, found.unknown) == (date(2026, 10, 31), ())
    by_month = {one.forecast.month: one.actual for one in back_tests(found.daily, found.as_of)}
    assert set(by_month) == {f"2026-{month:02d}" for month in (5, 6, 7, 8, 9, 10)}
    for month, told in by_month.items():
        of_month = sum(
            (both.native.billed_usage_cost_usd(name, month) or 0)
            + (both.native.estimated_usage_cost_usd(name, month) or 0)
            for name in NAMES
        )
        # Thousandths of a month, rounded for each of thirty days.
        assert told == pytest.approx(of_month, rel=0.01)


@pytest.mark.parametrize("company", ["", *NAMES])
def test_what_came_is_the_use_of_the_month_in_the_files(both: Both, company: str) -> None:
    found = ahead(asked(both, View(company=(company,) if company else ())))
    assert found is not None
    assert isinstance(found.tests, Table)
    told = dict(found.tests.rows.select("Month", "Came").iter_rows())
    used = sum(
        (both.native.billed_usage_cost_usd(name, MONTH) or 0)
        + (both.native.estimated_usage_cost_usd(name, MONTH) or 0)
        for name in ([company] if company else NAMES)
    )
    assert told["October 2026"] == words.money(used)


def test_a_budget_of_the_last_month_stands_beside_the_cost_of_the_files(both: Both) -> None:
    found = ahead(asked(both, View(months=("2026-08", MONTH))))
    assert found is not None
    assert isinstance(found.budgets, Table)
    whole = found.budgets.rows.filter(Vendor="all")
    told = dict(whole.select("Company", "October 2026").iter_rows())
    assert len(told) > 1
    for company, said in told.items():
        spent = words.money(of_files(both, company, MONTH)).removesuffix(" USD")
        assert said.startswith(f"{spent} of "), company


@pytest.mark.parametrize("company", ["", *NAMES])
@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_a_month_ahead_has_one_forecast(both: Both, company: str, currency: str) -> None:
    view = View(company=(company,) if company else (), currency=currency)
    found = ahead(asked(both, view))
    assert found is not None
    if not isinstance(found.cost, Chart) or not isinstance(found.forecast, Table):
        pytest.skip("one of the two cannot be told")
    said = dict(found.forecast.rows.iter_rows())["Month end"]
    rows = pl.DataFrame(found.cost.rows).filter(part="ahead", month="2026-11")
    assert rows["said"].to_list() == [said]


def test_the_statement_adds_up_to_the_cost_of_the_files_to_the_cent(both: Both) -> None:
    for names in (NAMES, NAMES[:1], NAMES[2:4]):
        view = View(company=() if names is NAMES else tuple(names), months=(MONTH, MONTH))
        found = statement(asked(both, view))
        assert found is not None
        assert found.csv is not None
        told = pl.read_csv(found.csv.encode(), schema_overrides={"total_usd": pl.Decimal(18, 2)})
        assert float(told["total_usd"].sum()) == pytest.approx(
            sum(of_files(both, name, MONTH) for name in names), abs=0.011
        )


@pytest.mark.parametrize("company", ["", *NAMES])
@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_the_statement_ends_at_the_cent_of_the_cost(
    both: Both, company: str, currency: str
) -> None:
    """1,920.23 EUR were the sum of two rounded columns, beside a cost of 1,920.24 EUR."""
    view = View(company=(company,) if company else (), months=(MONTH, MONTH), currency=currency)
    found = statement(asked(both, view))
    assert found is not None
    assert isinstance(found.table, Table)
    assert found.csv is not None
    names = [name for name in pl.read_csv(found.csv.encode()).columns if name.startswith("total_")]
    taken = pl.read_csv(found.csv.encode(), schema_overrides={names[0]: pl.Decimal(18, 2)})
    assert taken[names[0]].sum() == ends(both, view)[1]
    billed, estimated, total = (
        float(cell.replace(",", "").replace("–", "0")) for cell in found.table.rows.row(-1)[2:5]
    )
    assert billed + estimated == pytest.approx(total, abs=1e-6)


def test_the_statement_adds_up_under_filters_by_vendor_and_model_too(both: Both) -> None:
    for view in (
        View(months=(MONTH, MONTH), model=("gpt-5",)),
        View(months=(MONTH, MONTH), vendor=("OpenAI",)),
        View(months=("2026-09", MONTH), compare="none"),
    ):
        found, facts = statement(asked(both, view)), ground(asked(both, view))
        assert found is not None
        assert found.csv is not None
        assert facts is not None
        told = pl.read_csv(found.csv.encode(), schema_overrides={"total_usd": pl.Decimal(18, 2)})
        assert float(told["total_usd"].sum()) == pytest.approx(
            float(facts.this["full_cost_usd"]), abs=0.011
        )


def test_the_cost_in_a_currency_is_that_of_the_files_by_the_rate_of_the_files(both: Both) -> None:
    company = PLANTED.euro_company
    rate = both.native.rate(company, MONTH, "EUR")
    view = View(company=(company,), months=(MONTH, MONTH), currency="EUR")
    for told, month in zip(ends(both, view), (BEFORE, MONTH), strict=True):
        # The rate of the window's month is that of both.
        assert float(told) == pytest.approx(of_files(both, company, month) / rate, abs=0.01)
    found = statement(asked(both, view))
    assert found is not None
    assert found.csv is not None
    taken = pl.read_csv(found.csv.encode(), schema_overrides={"total_eur": pl.Decimal(18, 2)})
    assert float(taken["total_eur"].sum()) == pytest.approx(
        of_files(both, company, MONTH) / rate, abs=0.01
    )


def test_money_of_idle_seats_is_that_of_seats_beyond_the_people_of_the_files(both: Both) -> None:
    """Pellumo Health alone has seats of one vendor only, whose users its files name."""
    view = View(company=("Pellumo Health",), months=(MONTH, MONTH))
    (row,) = both.asker.ask("seats_by_vendor", view).frame.to_dicts()
    people = both.native.active_people("Pellumo Health", MONTH)
    seats = both.native.seat_cost_usd("Pellumo Health", MONTH)
    assert seats is not None
    expected = seats * (1 - min(1, people / row["seats"]))
    assert row["idle_seat_cost_usd"] == pytest.approx(expected)


def test_joiners_are_not_told_of_a_span_or_against_the_year_before(both: Both) -> None:
    for view in (View(months=("2026-09", MONTH)), View(months=(MONTH, MONTH), compare="year")):
        assert both.asker.ask("joiners_and_leavers", view).frame.is_empty()
    narrowed = View(months=(MONTH, MONTH), vendor=("OpenAI",))
    assert both.asker.ask("joiners_and_leavers", narrowed).frame.is_empty()


def asked(both: Both, view: View) -> Ask:
    """Return what asks under a view."""
    return lambda question: both.asker.ask(question, view)


def ends(both: Both, view: View) -> tuple[Decimal, Decimal]:
    """Return the earlier and the later cost that the parts of the change lead from and to."""
    found = parts(both, view).parts
    return found.before, found.after


def parts(both: Both, view: View) -> Moved:
    """Return the parts of the change under a view."""
    facts = ground(asked(both, view), reported(asked(both, view)))
    assert facts is not None
    found = moved(asked(both, view), facts)
    assert found is not None
    return found
