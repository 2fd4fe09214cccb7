"""The currency of a page: by one rate for all months, or refused in words."""

from decimal import Decimal

import polars as pl
import pytest

from leverage.ask import Answer
from leverage.figures.currency import US_DOLLARS, Currency, offered, reported
from leverage.view import View, read
from tests.stores import HEADCOUNT, SEATS, month
from tests.support import Desk

EURO = Currency("EUR", Decimal("1.25"), ("1 EUR = 1.25 USD",))
SEPTEMBER, OCTOBER = ("2026-09", "2026-09"), ("2026-10", "2026-10")
RATES = "month,currency,usd_per_unit,source\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a store of two companies without rates, to be copied."""
    desk = Desk(tmp_path_factory.mktemp("made"))
    for company in ("Acme", "Other"):
        desk.load(HEADCOUNT, SEATS, company=company)
        desk.load(month("2026-10", "31", 2000, "1.5"), company=company, account="gw")
    return desk


@pytest.fixture
def desk(made: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a copy of it, to change."""
    return made.copy(tmp_path_factory.mktemp("copied"))


def asked(desk: Desk, view: View) -> Currency:
    """Return the currency of a view."""
    asker = desk.asker()

    def ask(question: str) -> Answer:
        return asker.ask(question, view)

    return reported(ask)


def test_an_amount_is_that_of_the_rate_and_a_decimal_stays_exact() -> None:
    assert EURO.amount(Decimal("10.00")) == Decimal("8")
    assert EURO.amount(10.0) == 8.0
    assert EURO.amount(None) is None
    assert EURO.say(125_000) == "100 k EUR"
    assert EURO.say_amount(100_000) == "100 k EUR"
    assert EURO.say(0.001) == "under 0.01 EUR"
    assert EURO.say(None) == "unknown"
    assert US_DOLLARS.amount(Decimal("0.123456")) == Decimal("0.123456")
    assert US_DOLLARS.say(125_000) == "125 k USD"


def test_a_page_names_its_currency_and_whether_it_is_as_asked() -> None:
    assert (US_DOLLARS.name, EURO.name) == ("US dollars", "EUR at one rate")
    assert Currency(told=("no rate",)).name == "US dollars, not as asked"


def test_the_rate_is_that_of_the_newest_month_of_the_window(desk: Desk) -> None:
    desk.load(f"{RATES}2026-09,EUR,1.10,bank\n2026-10,EUR,1.25,bank\n2026-11,EUR,2,bank\n")
    found = asked(desk, View(company=("Acme",), months=("2026-09", "2026-10"), currency="EUR"))
    assert (found.code, found.usd_per_unit) == ("EUR", Decimal("1.25"))
    assert found.told == (
        "1 EUR = 1.25 USD, rate of October 2026 from “bank”, for all months, so that no change "
        "here is one of exchange rates",
    )
    assert not found.is_refused


def test_a_rate_of_an_earlier_month_stands_in_and_is_named(desk: Desk) -> None:
    desk.load(f"{RATES}2026-08,EUR,1.5,\n")
    found = asked(desk, View(company=("Acme",), months=OCTOBER, currency="EUR"))
    assert found.usd_per_unit == Decimal("1.5")
    assert found.told[0].startswith("1 EUR = 1.5 USD, rate of August 2026, for all months")


def test_a_rate_of_a_later_month_is_none(desk: Desk) -> None:
    desk.load(f"{RATES}2026-11,EUR,1.5,\n")
    found = asked(desk, View(company=("Acme",), months=OCTOBER, currency="EUR"))
    assert found.is_refused
    assert found.told == (
        "Amounts are in US dollars, not in EUR: no rate of it up to October 2026 is loaded. "
        "Load exchange rates on the Data page",
    )


def test_companies_without_a_rate_among_others_refuse_it(desk: Desk) -> None:
    desk.load(f"{RATES}2026-10,EUR,1.25,\n", company="Other")
    found = asked(desk, View(months=OCTOBER, currency="EUR"))
    assert (found.code, found.usd_per_unit) == ("USD", Decimal(1))
    assert found.told == (
        "Amounts are in US dollars, not in EUR: Acme has no rate of it up to October 2026. "
        "Choose Other, or load the rates of the others",
    )


def test_rates_that_differ_refuse_it_and_rates_that_agree_are_one(desk: Desk) -> None:
    desk.load(f"{RATES}2026-10,EUR,1.25,\n", company="Acme")
    desk.load(f"{RATES}2026-10,EUR,1.2500,\n2026-10,CHF,1.3,\n", company="Other")
    view = View(months=OCTOBER, currency="EUR")
    assert asked(desk, view).usd_per_unit == Decimal("1.25")
    desk.load(f"{RATES}2026-10,EUR,1.20,\n", company="Other")
    found = asked(desk, view)
    assert found.told == (
        "Amounts are in US dollars, not in EUR: the rates of Acme (1.25) and Other (1.2) differ. "
        "Choose one company, or load one rate",
    )
    rows = desk.asker().ask("rates_in_view", view).frame
    assert offered(rows) == ["USD", "CHF", "EUR"]


def test_without_any_rate_only_us_dollars_are_offered(desk: Desk) -> None:
    rows = desk.asker().ask("rates_in_view", View(months=OCTOBER)).frame
    assert rows["company"].to_list() == ["Acme", "Other"]
    assert offered(rows) == ["USD"]
    assert asked(desk, View(months=OCTOBER)) is US_DOLLARS


def test_a_currency_goes_into_a_link_and_comes_back() -> None:
    values = {"currency": ["EUR"]}
    view = View(months=OCTOBER, currency="EUR")
    assert "currency=EUR" in view.query()
    assert "currency=USD" in View().query()
    assert read({"currency": ["EUR"]}, OCTOBER, values).view.currency == "EUR"
    unknown = read({"currency": ["XYZ"]}, OCTOBER, values)
    assert unknown.view.currency == "USD"
    assert unknown.problems == ("No exchange rate of “XYZ” is loaded; amounts are in US dollars",)


def test_the_rates_of_a_view_are_one_for_each_company_and_currency(desk: Desk) -> None:
    desk.load(f"{RATES}2026-09,EUR,1.10,\n2026-10,EUR,1.25,\n", company="Acme")
    rows = desk.asker().ask("rates_in_view", View(months=SEPTEMBER)).frame
    assert isinstance(rows, pl.DataFrame)
    assert rows.select("company", "usd_per_unit").rows() == [
        ("Acme", Decimal("1.100000000")),
        ("Other", None),
    ]
