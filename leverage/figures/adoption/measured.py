"""The usage maturity of a view, worked out month by month from what was asked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from leverage import words
from leverage.figures.figure import Ask
from leverage.maturity import SCORES, Dimension, Maturity, maturity, stable, with_cutoffs

GROWTH_MONTHS: Final = 6
BOOTSTRAP_MONTHS: Final = 3
PATH_MONTHS: Final = 13
NOT_TWELVE_WEEKS: Final = "Unknown: it takes days of use of twelve whole weeks"


@dataclass(frozen=True)
class Measured:
    """The maturity of the last month of a window, and of the complete months before it.

    `months` and `path` go together, oldest first; `now` is the last of them with its stability.
    `is_owner_share_least` says that the share with a known owner is at least so much, and not told
    more exactly.
    """

    rule: tuple[Dimension, ...]
    is_owner_share_least: bool
    months: tuple[str, ...]
    path: tuple[Maturity, ...]
    now: Maturity

    def said(self, name: str) -> str:
        """Say the value of a dimension in its unit."""
        dimension = next(known for known in self.rule if known.name == name)
        value = in_unit(dimension, self.now.values[name])
        is_least = self.is_owner_share_least and name == "known_owner_share"
        return f"at least {value}" if is_least and self.now.values[name] is not None else value

    @property
    def month(self) -> str:
        """Return the month that `now` is of."""
        return self.months[-1]


def measured(ask: Ask) -> Measured | None:
    """Return the usage maturity under a view, None where it cannot be told.

    The newest complete month of the window counts; a month that is not over has less of everything.
    """
    rows = ask("maturity_by_month").frame
    whole = ask("months").frame.filter(pl.col("is_complete"))["month"].to_list()
    rows = rows.filter(pl.col("month").is_in(whole))
    if rows.is_empty():
        return None
    retention = ask("retention_by_month").frame.select("month", "retention")
    spread = ask("concentration_by_month").frame.select(
        "month", spread=1 - pl.col("top_decile_share")
    )
    for more in (retention, spread):
        # The order of months is what growth and the path are made of; a join promises none.
        rows = rows.join(more, on="month", how="left", maintain_order="left")
    rule = _rule(ask)
    months = rows["month"].to_list()
    grown = growth(rows["tokens_per_employee"].to_list())
    values = [
        {**row, "growth": rate}
        for row, rate in zip(
            rows.select(*(d.name for d in rule if d.name != "growth")).iter_rows(named=True),
            grown,
            strict=True,
        )
    ]
    return Measured(
        rule=rule,
        is_owner_share_least=bool(rows["is_owner_share_least"][-1]),
        months=tuple(months[-PATH_MONTHS:]),
        path=tuple(maturity(month, rule) for month in values[-PATH_MONTHS:]),
        now=stable(values[-BOOTSTRAP_MONTHS:], rule),
    )


def _rule(ask: Ask) -> tuple[Dimension, ...]:
    """Return the dimensions with the cut-offs in force: those proposed, or the company's own."""
    changed = {}
    for row in ask("maturity_cutoffs").frame.iter_rows(named=True):
        _, name, score = str(row["assumption"]).split(".", 2)
        if score.isdecimal() and int(score) in SCORES:
            told = row["source"] or "no reason given"
            by = f", {row['author']}" if row["author"] else ""
            changed[name, int(score)] = (row["value"], f"changed: {told}{by}")
    return with_cutoffs(changed)


def growth(values: Sequence[float | None]) -> list[float | None]:
    """Return the monthly growth over each month and the five before it, None where one is unknown.

    It is the slope of Theil and Sen, the median over all pairs of months, so that one odd month
    does not make it.
    """
    from scipy.stats import theilslopes

    grown: list[float | None] = []
    for end in range(1, len(values) + 1):
        run = values[max(0, end - GROWTH_MONTHS) : end]
        known = [value for value in run if value is not None and value > 0]
        if len(known) < GROWTH_MONTHS:
            grown.append(None)
            continue
        grown.append(float(math.expm1(theilslopes([math.log(value) for value in known]).slope)))
    return grown


def in_unit(dimension: Dimension, value: float | None) -> str:
    """Say a dimension's value in its unit."""
    if value is None:
        return "unknown"
    if dimension.unit == "share":
        return words.share(value)
    if dimension.unit == "a month":
        return f"{'+' if value > 0 else ''}{value * 100:.3g} % a month".replace("-", "−")
    if dimension.unit.startswith("USD"):
        return words.money(value)
    return f"{value:.2f}".rstrip("0").rstrip(".")
