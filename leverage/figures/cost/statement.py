"""The statement by department, which adds up to what was invoiced, and seats that nobody uses."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl

from leverage import words
from leverage.ask import WHOLE_ONLY, WORK_OF_NOBODY
from leverage.cost import table_to_the_cent
from leverage.figures.currency import reported
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.ground import Ground, ground
from leverage.figures.scope import listed, scope
from leverage.privacy import SMALL_GROUPS

NAME: Final = "Statement by department"
IDLE: Final = "Seats not in use"
BILLED: Final = "Billed, seats included"
SEATS: Final = "(seats, not shared out)"
UNTOLD: Final = "(not told by department)"
REMAINDER: Final = "(invoiced beyond use and seats)"
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
ROW: Final[dict[str, pl.DataType]] = {
    "company": pl.String(),
    "department": pl.String(),
    "billed": pl.Decimal(18, 2),
    "estimated": pl.Decimal(18, 2),
    "total": pl.Decimal(18, 2),
}


@dataclass(frozen=True)
class Statement:
    """The statement as a table and as a file, and the seats that nobody uses.

    `csv` is what `file_name` holds when it is taken along, None where there is no statement.
    """

    table: Table | Hidden
    csv: str | None
    file_name: str
    idle: Table | Hidden


def statement(ask: Ask) -> Statement | None:
    """Return the statement of the window, None where nothing that was loaded matches the view."""
    facts = ground(ask, reported(ask))
    if facts is None:
        return None
    window = facts.headline.window
    invoices = _invoices(ask, facts)
    rows = _rows(ask, facts, invoices)
    file_name = f"ai-cost-{window.first}-to-{window.last}.csv"
    idle = facts.judged(_idle(ask, facts))
    if facts.view.workload or rows.is_empty():
        reason = WORK_OF_NOBODY if facts.view.workload else "No use in this view has a cost"
        return Statement(Hidden(NAME, reason), None, file_name, idle)
    return Statement(
        facts.judged(_table(facts, rows, invoices)), _csv(facts, rows), file_name, idle
    )


def _invoices(ask: Ask, facts: Ground) -> pl.DataFrame:
    """Return the invoices of the window that can be held against use and seats.

    None where people, models or kinds of work are filtered: invoices know none of them.
    """
    rows = ask("reconciliation").frame
    if facts.view.is_people or facts.view.is_without_seats:
        return rows.clear()
    return rows.filter(pl.col("unexplained_usd").is_not_null())


def _rows(ask: Ask, facts: Ground, invoices: pl.DataFrame) -> pl.DataFrame:
    """Return what every department costs, and the seats of each company, to the cent.

    They add up to the figure above, in the currency of the page; where there are invoices, with
    what they ask beyond it.
    """
    use = ask("cost_by_department").frame.select(
        "company", "department", billed="billed_cost_usd", estimated="estimated_cost_usd"
    )
    seats = (
        ask("seats_that_moved")
        .frame.filter((pl.col("period") == "this") & pl.col("seat_cost_usd").is_not_null())
        .group_by("company")
        .agg(billed=pl.col("seat_cost_usd").sum().cast(pl.Decimal(18, 6)))
        .select(
            "company",
            "billed",
            department=pl.lit(SEATS),
            estimated=pl.lit(None, dtype=pl.Decimal(18, 6)),
        )
        .select("company", "department", "billed", "estimated")
    )
    known = pl.concat([use, seats], how="vertical_relaxed")
    # Under a filter by vendor or model, those with few people of a department stand outside of it.
    rest = [
        Decimal(str(facts.this[whole] or 0)) - sum(known[name].drop_nulls(), Decimal(0))
        for whole, name in (("billed_cost_usd", "billed"), ("estimated_cost_usd", "estimated"))
    ]
    rest[0] += Decimal(str(facts.this["seat_cost_usd"] or 0))
    untold = pl.DataFrame(
        [("All", UNTOLD, *rest)], schema=known.schema if len(known) else use.schema, orient="row"
    )
    beyond = invoices.group_by("company", maintain_order=True).agg(
        department=pl.lit(REMAINDER),
        billed=pl.col("unexplained_usd").sum().cast(known.schema["billed"]),
        estimated=pl.lit(None, dtype=known.schema["estimated"]),
    )
    rows = pl.concat([known, untold, beyond] if any(rest) else [known, beyond])
    if rows.is_empty():
        return pl.DataFrame(schema=ROW)
    found = _to_the_cent(facts, rows).with_columns(
        total=pl.col("billed").fill_null(0) + pl.col("estimated").fill_null(0)
    )
    is_rest = pl.col("department").str.starts_with("(")
    return found.sort(
        "company", is_rest, "total", "department", descending=[False, False, True, False]
    )


def _to_the_cent(facts: Ground, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows to the cent in the currency of the page, which add up across and down.

    Companies are rounded to what they are together, and departments to their company, so that they
    say the same when it stands alone, but for the cent that companies together may need.
    """
    amount = facts.currency.amount
    by_company: dict[str, list[tuple[Decimal | None, Decimal | None]]] = {}
    for company, billed, estimated in rows.select("company", "billed", "estimated").iter_rows():
        by_company.setdefault(company, []).append((amount(billed), amount(estimated)))
    sums = [
        (
            sum((billed or Decimal(0) for billed, _ in pairs), Decimal(0)),
            sum((estimated or Decimal(0) for _, estimated in pairs), Decimal(0)),
        )
        for pairs in by_company.values()
    ]
    totals = [
        (billed or Decimal(0), part or Decimal(0)) for billed, part in table_to_the_cent(sums)
    ]
    told = {
        company: iter(table_to_the_cent(pairs, of_company))
        for (company, pairs), of_company in zip(by_company.items(), totals, strict=True)
    }
    return pl.DataFrame(
        [
            (company, department, *next(told[company]))
            for company, department in rows.select("company", "department").iter_rows()
        ],
        schema={name: dtype for name, dtype in ROW.items() if name != "total"},
        orient="row",
    )


def _table(facts: Ground, rows: pl.DataFrame, invoices: pl.DataFrame) -> Table:
    total = sum(rows["total"], Decimal(0))
    rest = rows.filter(pl.col("department").str.starts_with("("))
    apart = sum(rest["total"], Decimal(0))
    sums = ["billed", "estimated", "total"]
    told = [
        (
            row["company"],
            row["department"],
            *(_exactly(row[name]) for name in sums),
            words.share(row["total"] / total) if total else words.UNKNOWN,
        )
        for row in rows.iter_rows(named=True)
    ]
    told.append(
        ("Total", "", *(_exactly(sum(rows[name].drop_nulls(), Decimal(0))) for name in sums), "")
    )
    say = facts.currency.say_amount
    finding = f"{say(total - apart)} of {say(total)} belong to departments that can be named"
    return Table(
        name=f"{NAME}, {facts.span.span.name}, {facts.currency.code}",
        finding=finding,
        question="cost_by_department",
        metric="department_cost_usd",
        rows=pl.DataFrame(
            told,
            schema=["Company", "Department", BILLED, "Estimated", "Total", "Share"],
            orient="row",
        ),
        note=f"In parentheses is what no department can be given: seats, services, use that names "
        f"nobody, people in no roster, {SMALL_GROUPS} where fewer than five people, or mostly one "
        f"of them, used AI, and under a filter what has too few of them. "
        + _of_the_total(facts, invoices),
    )


def _of_the_total(facts: Ground, invoices: pl.DataFrame) -> str:
    """Say what the total is: the cost of the page, or with invoices what they ask."""
    cost = f"the {facts.cost_name.lower()} of the page"
    if invoices.is_empty():
        return f"The total is {cost}."
    vendors = listed(invoices["vendor"].unique().sort().to_list())
    return (
        f"The total is what was invoiced by {vendors}, and all else as metered; without what was "
        f"invoiced beyond use and seats it is {cost}."
    )


def _exactly(amount: Decimal | None) -> str:
    return words.DASH if amount is None else f"{amount:,.2f}"


def _csv(facts: Ground, rows: pl.DataFrame) -> str:
    """Return the statement as CSV, its currency in the header.

    Each row has the filters, the rate where there is one, and the data version behind it.
    """
    cells = [pl.col(name).map_elements(_cell, return_dtype=pl.String) for name in rows.columns[:2]]
    in_force = " · ".join([scope(facts.view, facts.headline.window), *facts.currency.told])
    unit = facts.currency.code.lower()
    told = rows.with_columns(
        *cells,
        filters=pl.lit(_cell(in_force)),
        data_version=pl.lit(str(facts.headline.pin)),
    )
    return told.rename({name: f"{name}_{unit}" for name in rows.columns[2:]}).write_csv()


def _cell(text: str) -> str:
    """Return text that a spreadsheet takes for text and never for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _idle(ask: Ask, facts: Ground) -> Table | Hidden:
    rows = ask("seats_by_vendor").frame
    if rows.is_empty():
        reason = WHOLE_ONLY if facts.view.is_narrowed else "No seats are loaded for this month"
        return Hidden(IDLE, reason)
    month = words.month_name(facts.headline.window.last)
    known = rows.drop_nulls("idle_seat_cost_usd")
    paid, idle = known["seat_cost_usd"].sum(), known["idle_seat_cost_usd"].sum()
    finding = f"Who uses the seats of {month} is not in the files"
    if len(known) and paid:
        say = facts.currency.say
        finding = f"At least {say(idle)} of {say(paid)} went to seats that nobody used"
    return Table(
        name=f"{IDLE}, {month}",
        finding=finding,
        question="seats_by_vendor",
        metric="idle_seat_cost_usd",
        rows=pl.DataFrame([_seat_row(facts, row) for row in rows.iter_rows(named=True)]),
        note="Counts only: whose seat it is, is not in the files. Where fewer than five people "
        "used a vendor, nothing is said of its seats.",
    )


def _seat_row(facts: Ground, row: dict[str, Any]) -> dict[str, str]:
    use, idle = row["seat_use"], row["idle_seat_cost_usd"]
    return {
        "Vendor": row["vendor"],
        "Seats": words.count(row["seats"]),
        "Cost": facts.currency.say(row["seat_cost_usd"]),
        "Not in use": words.UNKNOWN if use is None else words.count(row["seats"] * (1 - use)),
        "Cost of those": facts.currency.say(idle),
    }
