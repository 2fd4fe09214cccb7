"""Do the invoices agree with what was metered, vendor by vendor and month by month?"""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from leverage import words
from leverage.ask import Asker

CENT = Decimal("0.01")
NAMES = {
    "month": "Month",
    "company": "Company",
    "vendor": "Vendor",
    "list_cost_usd": "Tokens at list price",
    "billed_cost_usd": "Metered as billed",
    "estimated_cost_usd": "Estimated",
    "seat_cost_usd": "Seats",
    "invoiced_usd": "Invoiced",
    "other_invoiced_usd": "Invoiced for else",
    "unexplained_usd": "Unexplained",
}


@dataclass(frozen=True)
class Reconciled:
    """The finding in a sentence, and a row a month, company and vendor, in US dollars to the cent.

    The columns are those of NAMES; a cell is NULL where the amount is unknown.
    """

    finding: str
    rows: pl.DataFrame


def reconciled(asker: Asker) -> Reconciled | None:
    """Return how invoices stand to use in every month; None where no invoice is loaded."""
    values = {"from_month": "0000-00", "to_month": "9999-99", "companies": None, "vendors": None}
    rows = asker.rows("reconciliation", values)
    comparable = rows.filter(pl.col("unexplained_usd").is_not_null())
    if rows["n_invoices"].sum() == 0:
        return None
    amounts = pl.selectors.decimal()
    return Reconciled(
        finding=_finding(comparable),
        rows=rows.select(pl.col(name).alias(said) for name, said in NAMES.items()).with_columns(
            amounts.round(2)
        ),
    )


def _finding(invoiced: pl.DataFrame) -> str:
    if invoiced.is_empty():
        return "No invoice can be compared: none is for use or seats, or a rate is missing"
    off = invoiced.filter(pl.col("unexplained_usd").abs() >= CENT)
    many = words.count(len(invoiced))
    if off.is_empty():
        return f"All {many} invoiced months of a vendor agree with use and seats to the cent"
    worst = max(off.iter_rows(named=True), key=lambda row: abs(row["unexplained_usd"]))
    which = f"{worst['vendor']} in {words.month_name(worst['month'])}"
    sign = "more" if worst["unexplained_usd"] > 0 else "less"
    verb = "does" if len(off) == 1 else "do"
    amount = words.money(abs(worst["unexplained_usd"]))
    return (
        f"{words.count(len(off))} of {many} invoiced months of a vendor {verb} not agree with use "
        f"and seats; the furthest is {which}: {amount} {sign} was invoiced"
    )
