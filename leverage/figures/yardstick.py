"""What figures are held against beside their own past: a company's targets, or the others here."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from leverage.figures.figure import Ask

LEAST_PEERS: Final = 5
"""With fewer others there are no statistics of peers, only values side by side."""
NAMES: Final = {"target": "target", "benchmark": "median of the others"}


@dataclass(frozen=True)
class Yardstick:
    """Values by month and metric (columns: month, metric, value), none where there is nothing."""

    name: str
    rows: pl.DataFrame

    def at(self, metric: str, first: str, last: str) -> float | None:
        """Return the value for a window, None where it is of several months: each has its own."""
        if first != last:
            return None
        found = self.rows.filter((pl.col("metric") == metric) & (pl.col("month") == last))
        return float(found["value"][0]) if len(found) else None

    def line(self, metric: str) -> pl.DataFrame:
        """Return one metric as a line of a trend: month, series, value."""
        series = self.name[0].upper() + self.name[1:]
        rows = self.rows.filter(pl.col("metric") == metric)
        return rows.select("month", series=pl.lit(series), value="value")


def yardstick(ask: Ask) -> Yardstick:
    """Return what the one company in view is held against; nothing where there are several.

    Targets were set for all of a company's use, in price-weighted tokens, so that they say nothing
    under another basis or of a part of it. The median is of five other companies or more.
    """
    headline = ask("headline")
    view = headline.view
    is_benchmark = view.compare == "benchmark"
    name = NAMES["benchmark" if is_benchmark else "target"]
    found = ask("companies_by_month" if is_benchmark else "targets_by_month").frame
    rows = found.clear().select(month=pl.lit(""), metric=pl.lit(""), value=pl.lit(0.0)).clear()
    if len(view.company) != 1 or view.is_people:
        return Yardstick(name, rows)
    if is_benchmark:
        return Yardstick(name, _medians(found, view.company[0]))
    if view.is_by_use:
        return Yardstick(name, rows)
    is_other_basis = (pl.col("metric") == "tokens_per_employee") & (view.tokens != "weighted")
    return Yardstick(name, found.filter(~is_other_basis).select("month", "metric", "value"))


def _medians(companies: pl.DataFrame, own: str) -> pl.DataFrame:
    measured = [name for name in companies.columns if companies.schema[name] == pl.Float64]
    others = companies.filter(pl.col("company") != own).unpivot(
        measured, index="month", variable_name="metric", value_name="value"
    )
    return (
        others.drop_nulls("value")
        .group_by("month", "metric")
        .agg(pl.col("value").median(), n=pl.len())
        .filter(pl.col("n") >= LEAST_PEERS)
        .select("month", "metric", "value")
        .sort("month", "metric")
    )
