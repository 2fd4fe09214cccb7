"""The currency that money is told in: by one rate for all months, so that sums stay sums."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl

from leverage import words
from leverage.figures.figure import Ask
from leverage.figures.scope import listed
from leverage.view import USD


@dataclass(frozen=True)
class Currency:
    """What money is told in, and the one rate that makes it of US dollars.

    `told` says by which rate, or why the currency that was asked for cannot be had; it is empty
    where US dollars are told as they are. Everything before a page's words, thresholds too, is in
    US dollars: what is drawn takes `amount` once, what is said takes `say`.
    """

    code: str = USD
    usd_per_unit: Decimal = Decimal(1)
    told: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name the currency of a page: “US dollars”, “EUR at one rate”."""
        if self.code != USD:
            return f"{self.code} at one rate"
        return "US dollars, not as asked" if self.is_refused else "US dollars"

    @property
    def is_refused(self) -> bool:
        """Tell whether another currency was asked for and cannot be had."""
        return self.code == USD and bool(self.told)

    def amount(self, usd: Any) -> Any:
        """Return US dollars in the currency, None where they are unknown; a Decimal stays one."""
        if usd is None:
            return None
        return usd / (self.usd_per_unit if isinstance(usd, Decimal) else float(self.usd_per_unit))

    def say(self, usd: words.Number | None) -> str:
        """Say US dollars in the currency: “412 k EUR”."""
        return self.say_amount(self.amount(usd))

    def say_amount(self, amount: words.Number | None) -> str:
        """Say what is in the currency already: “412 k EUR”."""
        return words.money(amount, self.code)

    def between(self, low: float, high: float) -> str:
        """Say a range of what is in the currency already: “−49 to 2,384 EUR”."""
        return words.money_between(low, high, self.code)


US_DOLLARS: Final = Currency()


def reported(ask: Ask) -> Currency:
    """Return the currency a view asks for, US dollars with the reason where it cannot be had.

    All companies in view have to share one rate: else their sum would have none.
    """
    code = ask("headline").view.currency
    if code == USD:
        return US_DOLLARS
    answer = ask("rates_in_view")
    rows = answer.frame.filter(pl.col("currency") == code).sort("month")
    lacking = sorted({*answer.frame["company"]} - {*rows["company"]})
    rates = rows.unique("usd_per_unit", maintain_order=True)
    until, verb = words.month_name(answer.window.last), "has" if len(lacking) == 1 else "have"
    if rows.is_empty():
        return _refused(
            code,
            f"no rate of it up to {until} is loaded",
            "Load exchange rates on the Data page",
        )
    if lacking:
        return _refused(
            code,
            f"{listed(lacking)} {verb} no rate of it up to {until}",
            f"Choose {listed(rows['company'].to_list())}, or load the rates of the others",
        )
    if len(rates) > 1:
        ends = [f"{row['company']} ({_rate(row)})" for row in rates.iter_rows(named=True)]
        return _refused(
            code, f"the rates of {listed(ends)} differ", "Choose one company, or load one rate"
        )
    row = rates.row(0, named=True)
    source = f" from “{row['source']}”" if row["source"] else ""
    told = (
        f"1 {code} = {_rate(row)} USD, rate of {words.month_name(row['month'])}{source}, for all "
        "months, so that no change here is one of exchange rates"
    )
    return Currency(code, row["usd_per_unit"], (told,))


def _refused(code: str, why: str, way_on: str) -> Currency:
    return Currency(told=(f"Amounts are in US dollars, not in {code}: {why}. {way_on}",))


def _rate(row: dict[str, Any]) -> str:
    """Write a rate without the zeros it is stored with: 1.0842."""
    return f"{row['usd_per_unit'].normalize():f}"


def offered(rates: pl.DataFrame) -> list[str]:
    """Return the currencies that money may be asked for in, from the question rates_in_view."""
    return [USD, *rates["currency"].drop_nulls().unique().sort()]
