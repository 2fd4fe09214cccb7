"""What all charts share: titles, axes, colours by name, and the last steps of a spec."""

import json
import textwrap
from typing import Any, Final

import altair as alt
import polars as pl

from leverage import words

Spec = dict[str, Any]
TopLevel = alt.Chart | alt.LayerChart | alt.FacetChart

SUBJECT: Final = "primary"
PEER: Final = "gray"
ATTENTION: Final = "orange"
INK: Final = "currentColor"
"""The colour of the page's text, inherited by the drawing."""

PICK: Final = "pick"
"""The selection of the mark that was clicked."""

MOST_MONTHS: Final = 24
LABEL_PX: Final = 12
ROW_PX: Final = 26
"""The height of one row of bars or cells."""

# Vega gives a tick its place on the axis as 0..1. Counting back from the newest month names at
# most four months, and always that one.
_MONTH_LABEL: Final = (
    "(length(domain('x')) - 1 - round(datum.index * (length(domain('x')) - 1)))"
    " % max(1, ceil(length(domain('x')) / 4)) === 0"
    " ? [utcFormat(toDate(datum.value + '-01'), '%b'), slice(datum.value, 0, 4)] : ''"
)
# All ticks of an axis share the unit of its largest.
_PEAK: Final = "max(abs(domain('y')[0]), abs(domain('y')[1]))"
_NUMBER_LABEL: Final = "datum.value === 0 ? '0' : " + "".join(
    f"{_PEAK} >= {size} ? format(datum.value / {size}, '~r') + ' {unit}' : "
    for unit, size in (("tn", 10**12), ("bn", 10**9), ("M", 10**6), ("k", 10**3))
)
_NUMBER_LABEL_END: Final = "format(datum.value, '~r')"
_SHARE_LABEL: Final = "format(datum.value * 100, '~r') + ' %'"

_WIDE_PX: Final = 440
_TITLE_LETTERS_WIDE: Final = 60
_TITLE_LETTERS_NARROW: Final = 40
_SUBTITLE_LETTERS: Final = 54


def finished(chart: TopLevel) -> Spec:
    """Return the spec of a chart without data, that fills its container's width, labels included.

    The height is that of the plot alone, so that a title of two lines takes nothing from it.
    """
    spec: Spec = chart.to_dict()
    for part in (spec, *spec.get("layer", [])):
        for key in ("$schema", "config", "data", "datasets"):
            part.pop(key, None)
    return {
        **spec,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 0, "top": 4, "right": 4, "bottom": 8},
    }


def titled(spec: Spec, title: str, subtitle: str) -> Spec:
    """Return the spec with its finding as title, and measure, unit and period below it.

    Both are broken into lines where the chart is too narrow for them; nothing is cut.
    """
    wide, narrow = (
        json.dumps(_lines(title, letters), ensure_ascii=False)
        for letters in (_TITLE_LETTERS_WIDE, _TITLE_LETTERS_NARROW)
    )
    return {
        **spec,
        "title": {
            "text": {"expr": f"containerSize()[0] < {_WIDE_PX} ? {narrow} : {wide}"},
            "subtitle": _lines(subtitle, _SUBTITLE_LETTERS),
            "subtitleColor": INK,
            "subtitleFontSize": LABEL_PX,
            "subtitlePadding": 4,
            "anchor": "start",
            "limit": 0,
            "offset": 16,
        },
    }


def _lines(text: str, letters: int) -> list[str]:
    """Return text in lines of so many letters, none of which ends between a number and its unit."""
    lines = textwrap.wrap(words.unbroken(text), letters)
    return [line.replace("\u00a0", " ") for line in lines]


def data() -> alt.NamedData:
    """Return the name under which a page's rows take the place of a chart's data."""
    return alt.NamedData("main")


def month_axis() -> alt.Axis:
    """Return an axis of months 'YYYY-MM' that names four of them, the newest among them."""
    return alt.Axis(
        title=None, labelExpr=_MONTH_LABEL, labelAngle=0, labelOverlap=False, labelPadding=8
    )


def number_axis(ticks: int, *, share: bool = False) -> alt.Axis:
    """Return a vertical axis of numbers in k, M, bn; of percentages where `share`."""
    label = _SHARE_LABEL if share else _NUMBER_LABEL + _NUMBER_LABEL_END
    return alt.Axis(title=None, tickCount=ticks, labelExpr=label, labelFlush=False, labelPadding=8)


def log_axis(ticks: int) -> alt.Axis:
    """Return a horizontal axis of numbers above 0 in k, M, bn, on a logarithmic scale."""
    label = "datum.value === 0 ? '0' : " + "".join(
        f"datum.value >= {size} ? format(datum.value / {size}, '~r') + ' {unit}' : "
        for unit, size in (("tn", 10**12), ("bn", 10**9), ("M", 10**6), ("k", 10**3))
    )
    return alt.Axis(
        title=None,
        tickCount=ticks,
        labelExpr=label + _NUMBER_LABEL_END,
        labelPadding=8,
        labelOverlap=True,
        grid=False,
    )


def name_axis(limit_px: int) -> alt.Axis:
    """Return an axis of names, each cut at `limit_px`; the tooltip has it whole."""
    return alt.Axis(title=None, labelLimit=limit_px, labelPadding=8)


def picked(field: str) -> alt.Parameter:
    """Return the selection of one mark by a click, under the name by which a page reads it."""
    return alt.selection_point(name=PICK, fields=[field], toggle=False)


def newest_months(months: pl.Series) -> list[str]:
    """Return every month 'YYYY-MM' from the oldest to the newest of some, the last 24 of them."""
    start, end = (int(str(m)[:4]) * 12 + int(str(m)[5:]) - 1 for m in (months.min(), months.max()))
    every = [f"{number // 12}-{number % 12 + 1:02d}" for number in range(start, end + 1)]
    return every[-MOST_MONTHS:]


def numbers(column: str) -> pl.Expr:
    """Return a column as floats, with null for what is not a number: browsers draw no decimals."""
    value = pl.col(column).cast(pl.Float64)
    return pl.when(value.is_finite()).then(value)
