"""What happened that may explain a trend: markers for its chart."""

import textwrap
from collections.abc import Collection

import polars as pl

from leverage.charts.trend_by_series import Event
from leverage.figures.figure import Ask

MOST_LETTERS = 26
# What the marker of a break says; the words are those of the one change a reader should hear of.
CHANGED = {
    "credit_unit": "new unit",
    "currency": "new currency",
    "token_basis": "new token basis",
    "cost_basis": "new cost basis",
    "columns": "new columns",
    "source counted": "new source",
    "tokens counted": "new token source",
    "cost counted": "new cost source",
}
QUIET = ("columns",)
"""Changes that seldom move a figure: their markers give way where there are many."""


def markers(ask: Ask, kinds: Collection[str] | None = None) -> list[Event]:
    """Return what happened under the view, by month; what several companies share is said once.

    `kinds` are those of the events to mark, all of them where none is named.
    """
    rows = (
        ask("events_in_window")
        .frame.filter("is_in_view")
        .unique(["month", "event_kind", "event"], keep="first", maintain_order=True)
    )
    if kinds is not None:
        rows = rows.filter(pl.col("event_kind").is_in(list(kinds)))
    return [_marker(row) for row in rows.iter_rows(named=True)]


def _marker(row: dict[str, str | None]) -> Event:
    changed = row["changed"] or ""
    label = str(row["event"])
    if changed in CHANGED:
        label = f"{row['vendor'] or label.partition(':')[0]}: {CHANGED[changed]}"
    return Event(
        month=str(row["month"]),
        text=str(row["event"]),
        label=textwrap.shorten(label, MOST_LETTERS, placeholder="…"),
        is_quiet=changed in QUIET,
    )
