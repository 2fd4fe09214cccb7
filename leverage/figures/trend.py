"""Figures by month as lines: every trend is built alike."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from leverage import charts, words
from leverage.charts.trend_by_series import Event
from leverage.figures.figure import Chart


def trend(
    rows: pl.DataFrame,
    say: words.Say,
    *,
    name: str,
    question: str,
    metric: str,
    finding: str,
    measure: str,
    events: Sequence[Event],
    is_share: bool = False,
    last_day: date | None = None,
    subject: str | None = None,
    filters: str | None = None,
) -> Chart:
    """Return rows of month, series and value as lines, under a finding.

    `measure` says what is drawn and in what unit; the months are put behind it. `last_day` is that
    of a month that is not over, `subject` the series that others stand beside.
    """
    span = words.period(str(rows["month"].min()), str(rows["month"].max()))
    return Chart(
        name=name,
        question=question,
        metric=metric,
        spec=charts.titled(
            charts.trend_by_series.spec(share=is_share), finding, f"{measure}, {span}"
        ),
        rows=charts.trend_by_series.frame(
            rows, say, subject=subject, last_day=last_day, events=events
        ).to_arrow(),
        alt=charts.trend_by_series.alt_text(
            rows, name, say, subject=subject, last_day=last_day, events=events
        ),
        filters=filters,
    )
