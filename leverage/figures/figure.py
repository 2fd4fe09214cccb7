"""One number or chart of a page, with everything a reader may ask about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from leverage import charts, words
from leverage.ask import Answer
from leverage.figures.confidence import Confidence

Ask = Callable[[str], Answer]
"""Answers a question by its name, under the view of the page."""


@dataclass(frozen=True)
class Figure:
    """One number, said.

    `metric` is its file in queries/metrics and `question` the one that gave it. `text` is None
    where the number is hidden, and `reason` then says why. `change` says how it stands to the
    earlier period and `is_rise` in which direction (None: in none). `beside` are the lines below
    the number, `trend` its known values month by month up to the newest complete month, `n` what
    it rests on, `confidence` how far it can be trusted. `value` is the number itself, where it may
    be set against a target.
    """

    metric: str
    name: str
    text: str | None = None
    reason: str = ""
    change: str | None = None
    is_rise: bool | None = None
    beside: tuple[str, ...] = ()
    trend: tuple[float, ...] = ()
    n: str = ""
    question: str = "headline"
    confidence: Confidence | None = None
    value: words.Number | None = None


@dataclass(frozen=True)
class Chart:
    """A chart with its finding as title; `note` explains a name on it that needs it.

    `rows` are Arrow's, the form they are sent in: a run draws them as they are. `filters` names the
    filter that a click on a mark sets to the mark's name; its spec has charts.house.picked().
    """

    name: str
    question: str
    metric: str
    spec: charts.Spec
    rows: pa.Table
    alt: str
    note: str | None = None
    confidence: Confidence | None = None
    filters: str | None = None


@dataclass(frozen=True)
class Table:
    """Figures too many for cards and too few for a chart: text, one row each, under a finding.

    `rows` are columns of text under the names a reader sees.
    """

    name: str
    finding: str
    question: str
    metric: str
    rows: pl.DataFrame
    note: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Hidden:
    """A chart or table that cannot be shown, under the name it would have, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Details:
    """What one tab shows: charts and tables in their order, and what there is to say first."""

    said: str
    shown: tuple[Chart | Table | Hidden, ...]


def against(
    value: words.Number | None, previous: words.Number | None
) -> tuple[str | None, bool | None]:
    """Return how a figure stands to its earlier value, in words, and whether it rose."""
    if value is None or previous is None:
        return None, None
    is_rise = None if value == previous else float(value) > float(previous)
    return words.change(value, previous), is_rise


def against_share(
    value: words.Number | None, previous: words.Number | None
) -> tuple[str | None, bool | None]:
    """Return how a share stands to its earlier one, in points as both are said, and if it rose."""
    if value is None or previous is None:
        return None, None
    said = words.points_moved(value, previous)
    return said, None if said == words.NO_CHANGE else float(value) > float(previous)


def unbroken(values: Sequence[words.Number | None]) -> tuple[float, ...]:
    """Return the newest run of known values, nothing where it has fewer than two.

    A line without a time axis draws its points evenly, so it must not skip a month.
    """
    run: list[float] = []
    for value in values:
        if value is not None:
            run.append(float(value))
        elif run:
            run = []
    if values and values[-1] is None:
        return ()
    return tuple(run) if len(run) > 1 else ()


def points(part: words.Number | None) -> str:
    """Say a difference of two shares: “0.7 points”, never “0.7 %”, which would be of the share."""
    return words.share(part).replace(" %", " points")


def hidden(figure: Figure, reason: str) -> Figure:
    """Return the figure without its number, with the reason why."""
    return Figure(figure.metric, figure.name, reason=reason, question=figure.question)


def shown(
    figure: Figure,
    text: str,
    change: str | None,
    is_rise: bool | None,
    beside: Sequence[str],
    trend: tuple[float, ...],
    n: str | None = None,
    value: words.Number | None = None,
) -> Figure:
    """Return the figure with its number in words and what stands beside it."""
    return Figure(
        metric=figure.metric,
        name=figure.name,
        text=text,
        change=change,
        is_rise=is_rise,
        beside=tuple(beside),
        trend=trend,
        n=n or figure.n,
        question=figure.question,
        value=value,
    )
