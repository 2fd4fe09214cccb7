"""Bars over bins of use in ascending order: the median of each, with the middle half as a line.

The bars are grey, for none of them is a subject; each has its value above it, what its bin spans
below it, and how many it rests on in its tooltip.
"""

from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

PLOT_PX: Final = 220

_TICKS: Final = 4
_ROW: Final = {
    "name": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "said": pl.String,
    "beside": pl.String,
}


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    base = alt.Chart(house.data()).encode(
        x=alt.X(
            "name:N",
            sort=None,
            axis=alt.Axis(
                title=None,
                labelAngle=0,
                labelOverlap=False,
                labelPadding=8,
                labelExpr="split(datum.label, ' to ')[1] ? "
                "[split(datum.label, ' to ')[0], 'to ' + split(datum.label, ' to ')[1]] "
                ": datum.label",
            ),
            scale=alt.Scale(padding=0.25),
        ),
        tooltip=[
            alt.Tooltip("name:N", title="Bin"),
            alt.Tooltip("said:N", title="Median"),
            alt.Tooltip("beside:N", title="Rests on"),
        ],
    )
    bars = base.mark_bar(color=house.PEER, opacity=0.6, cornerRadiusEnd=2).encode(
        y=alt.Y(
            "value:Q",
            axis=house.number_axis(_TICKS),
            scale=alt.Scale(zero=True, nice=_TICKS),
        )
    )
    halves = base.mark_rule(color=house.INK, opacity=0.6, strokeWidth=1.5).encode(
        y="low:Q", y2="high:Q"
    )
    values = base.mark_text(color=house.INK, fontSize=house.LABEL_PX, fontWeight=600, dy=-7).encode(
        y="high:Q", text="said:N"
    )
    return house.finished(alt.layer(bars, halves, values).properties(height=PLOT_PX))


def frame(df: pl.DataFrame, say: words.Say) -> pl.DataFrame:
    """Return the rows the spec draws, in the order given.

    `df` has name, the median value, low and high (its middle half), and beside (what it rests on,
    in words); a bin without a known median is left out. `say` writes a value.
    """
    known = df.with_columns(
        value=house.numbers("value"), low=house.numbers("low"), high=house.numbers("high")
    ).drop_nulls("value")
    return known.with_columns(
        low=pl.coalesce("low", "value"),
        high=pl.coalesce("high", "value"),
        said=pl.col("value").map_elements(say, return_dtype=pl.String),
    ).select(pl.col(name).cast(dtype) for name, dtype in _ROW.items())


def alt_text(df: pl.DataFrame, measure: str, say: words.Say) -> str:
    """Say the median of every bin, for who cannot see the chart.

    `measure` opens the text: “Accepted work by tokens per employee”.
    """
    rows = frame(df, say)
    if rows.is_empty():
        return f"{measure}: nothing is known."
    told = [f"{name}: {said}" for name, said in rows.select("name", "said").iter_rows()]
    return f"{measure}, least use first: {'; '.join(told)}."
