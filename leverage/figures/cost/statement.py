"""The statement by department, which adds up to the full cost, and seats that nobody uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl

from leverage import words
from leverage.ask import WHOLE_ONLY, WORK_OF_NOBODY
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.ground import Ground, ground
from leverage.figures.scope import scope
from leverage.privacy import SMALL_GROUPS

NAME: Final = "Statement by department"
IDLE: Final = "Seats not in use"
SEATS: Final = "(seats, not shared out)"
UNTOLD: Final = "(not told by department)"
CENT: Final = Decimal("0.01")
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
ROW: Final[dict[str, pl.DataType]] = {
    "company": pl.String(),
    "department": pl.String(),
    "billed_usd": pl.Decimal(18, 2),
    "estimated_usd": pl.Decimal(18, 2),
    "total_usd": pl.Decimal(18, 2),
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
    facts = ground(ask)
    if facts is None:
        return None
    window = facts.headline.window
    rows = _rows(ask, facts)
    file_name = f"ai-cost-{window.first}-to-{window.last}.csv"
    idle = facts.judged(_idle(ask, facts))
    if facts.view.workload or rows.is_empty():
        reason = WORK_OF_NOBODY if facts.view.workload else "No use in this view has a cost"
        return Statement(Hidden(NAME, reason), None, file_name, idle)
    return Statement(facts.judged(_table(facts, rows)), _csv(facts, rows), file_name, idle)


def _rows(ask: Ask, facts: Ground) -> pl.DataFrame:
    """Return what every department costs, and the seats of each company, to the cent.

    Each column adds up to the figure above.
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
    rows = pl.concat([known, untold]) if any(rest) else known
    if rows.is_empty():
        return pl.DataFrame(schema=ROW)
    found = pl.DataFrame(
        {
            "company": rows["company"],
            "department": rows["department"],
            "billed_usd": _to_the_cent(rows["billed"].to_list()),
            "estimated_usd": _to_the_cent(rows["estimated"].to_list()),
        },
        schema={name: dtype for name, dtype in ROW.items() if name != "total_usd"},
    ).with_columns(
        total_usd=pl.col("billed_usd").fill_null(0) + pl.col("estimated_usd").fill_null(0)
    )
    is_rest = pl.col("department").str.starts_with("(")
    return found.sort(
        "company", is_rest, "total_usd", "department", descending=[False, False, True, False]
    )


def _to_the_cent(amounts: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Round amounts so that they still add up; what is not there stays None.

    Cents that are over go to the largest amount that had to be rounded.
    """
    known = [amount for amount in amounts if amount is not None]
    rounded = [None if amount is None else amount.quantize(CENT) for amount in amounts]
    if not known:
        return rounded
    inexact = [amount for amount in known if amount != amount.quantize(CENT)]
    largest = amounts.index(max(inexact or known, key=abs))
    over = sum(known, Decimal(0)).quantize(CENT) - sum(filter(None, rounded), Decimal(0))
    rounded[largest] = (rounded[largest] or Decimal(0)) + over
    return rounded


def _table(facts: Ground, rows: pl.DataFrame) -> Table:
    total = sum(rows["total_usd"], Decimal(0))
    rest = rows.filter(pl.col("department").str.starts_with("("))
    apart = sum(rest["total_usd"], Decimal(0))
    sums = ["billed_usd", "estimated_usd", "total_usd"]
    told = [
        (
            row["company"],
            row["department"],
            *(_exactly(row[name]) for name in sums),
            words.share(row["total_usd"] / total) if total else words.UNKNOWN,
        )
        for row in rows.iter_rows(named=True)
    ]
    told.append(
        ("Total", "", *(_exactly(sum(rows[name].drop_nulls(), Decimal(0))) for name in sums), "")
    )
    named = words.money(total - apart)
    finding = f"{named} of {words.money(total)} belong to departments that can be named"
    return Table(
        name=f"{NAME}, {facts.span.span.name}, USD",
        finding=finding,
        question="cost_by_department",
        metric="department_cost_usd",
        rows=pl.DataFrame(
            told,
            schema=["Company", "Department", "Billed", "Estimated", "Total", "Share"],
            orient="row",
        ),
        note=f"In parentheses is what no department can be given: seats, services, use that names "
        f"nobody, people in no roster, {SMALL_GROUPS} where fewer than five people, or mostly one "
        f"of them, used AI, and under a filter what has too few of them. "
        f"The total is the {facts.cost_name.lower()} of the page.",
    )


def _exactly(usd: Decimal | None) -> str:
    return words.DASH if usd is None else f"{usd:,.2f}"


def _csv(facts: Ground, rows: pl.DataFrame) -> str:
    """Return the statement as CSV, each row with the filters and the data version behind it."""
    cells = [pl.col(name).map_elements(_cell, return_dtype=pl.String) for name in rows.columns[:2]]
    told = rows.with_columns(
        *cells,
        filters=pl.lit(_cell(scope(facts.view, facts.headline.window))),
        data_version=pl.lit(str(facts.headline.pin)),
    )
    return told.write_csv()


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
        finding = (
            f"At least {words.money(idle)} of {words.money(paid)} went to seats that nobody used"
        )
    return Table(
        name=f"{IDLE}, {month}",
        finding=finding,
        question="seats_by_vendor",
        metric="idle_seat_cost_usd",
        rows=pl.DataFrame([_seat_row(row) for row in rows.iter_rows(named=True)]),
        note="Counts only: whose seat it is, is not in the files. Where fewer than five people "
        "used a vendor, nothing is said of its seats.",
    )


def _seat_row(row: dict[str, Any]) -> dict[str, str]:
    use, idle = row["seat_use"], row["idle_seat_cost_usd"]
    return {
        "Vendor": row["vendor"],
        "Seats": words.count(row["seats"]),
        "Cost": words.money(row["seat_cost_usd"]),
        "Not in use": words.UNKNOWN if use is None else words.count(row["seats"] * (1 - use)),
        "Cost of those": words.money(idle),
    }
