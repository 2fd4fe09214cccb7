"""Days whose cost stands out from their own weekday, each with the vendor that drove it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from leverage import words
from leverage.cost import Anomaly, Driver, anomalies, driver
from leverage.cost import floors as floors_of
from leverage.figures.cost.ahead import days, not_by_day
from leverage.figures.currency import Currency, reported
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.ground import Ground, ground, many

NAME: Final = "Days that stand out"
MOST_ROWS: Final = 15


@dataclass(frozen=True)
class Outstanding:
    """One day of a company that stands out, and the vendor that moved most."""

    company: str
    found: Anomaly
    driver: Driver


def outstanding(ask: Ask) -> Table | Hidden | None:
    """Return the days of the window that stand out, None where nothing loaded matches the view."""
    facts = ground(ask, reported(ask))
    if facts is None:
        return None
    if why_not := not_by_day(facts.view):
        return Hidden(NAME, why_not)
    rows = ask("daily_cost").frame
    span = facts.span.span
    inside = rows.filter(pl.col("day").is_between(span.first, span.last))
    if inside.is_empty():
        return Hidden(NAME, "No cost of the period is known by day; the last 13 months can be")
    told, untold = stand_out(rows, span.first, span.last)
    return facts.judged(_table(facts, told, untold))


def stand_out(rows: pl.DataFrame, first: date, last: date) -> tuple[list[Outstanding], int]:
    """Return the days from first to last that stand out, furthest above first.

    `rows` are those of the question daily_cost. Beside them how many were found that may not be
    told, because what drove them is the mean of several days with few people.
    """
    told: list[Outstanding] = []
    untold = 0
    for company in sorted(set(rows["company"])):
        mine = rows.filter((pl.col("company") == company) & pl.col("day").is_not_null())
        found = days(mine)
        if found is None:
            continue
        by_vendor = {
            str(vendor): dict(of.select("day", "about_cost_usd").iter_rows())
            for (vendor,), of in mine.group_by("vendor", maintain_order=True)
        }
        means = set(mine.filter("is_mean").select("vendor", "day").iter_rows())
        for one in anomalies(found.daily):
            moved = driver(one, found.daily, by_vendor)
            if not first <= one.day <= last or moved is None:
                continue
            if (moved.name, one.day) in means:
                untold += 1
            else:
                told.append(Outstanding(company, one, moved))
    return sorted(told, key=lambda day: -day.found.difference), untold


def _table(facts: Ground, told: list[Outstanding], untold: int) -> Table | Hidden:
    limits, say = floors_of("cost"), facts.currency.say
    floors = (
        f"A day stands out from its weekday in the eight weeks before by "
        f"{limits.least_deviations:g} robust standard deviations, "
        f"{say(limits.least_difference)} and {words.share(limits.least_ratio - 1)}, all of them; "
        "these floors are proposals"
    )
    if not told:
        more = f" that can be told; {many(untold, 'day')} with few people cannot" if untold else ""
        return Hidden(NAME, f"No day of {facts.span.span.name} stands out{more}. {floors}.")
    rows = [_row(one, facts.currency) for one in told[:MOST_ROWS]]
    top = told[0]
    finding = (
        f"{many(len(told), 'day')} of {facts.span.span.name} "
        f"{'stands' if len(told) == 1 else 'stand'} out, most of all "
        f"{words.days(top.found.day, top.found.day)} at {top.company}, driven by {top.driver.name}"
    )
    note = f"{floors}. Use without seats, by day in thousandths of its month."
    if len(told) > MOST_ROWS:
        note += f" {len(told) - MOST_ROWS} that stand out less are not drawn."
    if untold:
        note += f" {many(untold, 'day')} of few people cannot be told alone."
    return Table(
        name=f"{NAME}, {facts.span.span.name}",
        finding=finding,
        question="daily_cost",
        metric="day_above_usual_usd",
        rows=pl.DataFrame(rows),
        note=note,
    )


def _row(one: Outstanding, currency: Currency) -> dict[str, str]:
    value, usual = currency.amount(one.found.value), currency.amount(one.found.usual)
    mine, before = currency.amount(one.driver.value), currency.amount(one.driver.usual)
    away, driven = words.money_apart(value, usual), words.money_apart(mine, before)
    deviations = one.found.deviations
    return {
        "Day": words.days(one.found.day, one.found.day),
        "Company": one.company,
        "Cost": currency.say_amount(value),
        "Usual": currency.say_amount(usual),
        "Above by": words.moved(away, currency.say_amount),
        "Deviations": words.DASH if deviations is None else f"{deviations:.1f}",
        "n": f"{one.found.n} days",
        "Driven by": f"{one.driver.name}, {words.moved(driven, currency.say_amount)}",
    }
