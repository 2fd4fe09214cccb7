"""A bar from the lowest to the highest of each figure, with a dot where its middle lies.

The subject is coloured and the rest are grey; a line stands at nothing, so that a range on both
sides of it shows as what it is: not distinguishable from zero. Both ends are written at the right.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

MOST_BARS: Final = 10
Between = Callable[[float, float], str]

_NAME_PX: Final = 150
_VALUE_ROOM_PX: Final = 150
_BAR_PX: Final = 10
_ROW: Final = {
    "name": pl.String,
    "low": pl.Float64,
    "middle": pl.Float64,
    "high": pl.Float64,
    "role": pl.String,  # subject | peer
    "said": pl.String,
    "said_middle": pl.String,
    "beside": pl.String,
}


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    base = alt.Chart(house.data()).encode(
        y=alt.Y("name:N", sort=None, axis=house.name_axis(_NAME_PX), scale=alt.Scale(padding=0.2)),
        tooltip=[
            alt.Tooltip("name:N", title="Name"),
            alt.Tooltip("said:N", title="Range"),
            alt.Tooltip("said_middle:N", title="Middle"),
            alt.Tooltip("beside:N", title="Beside"),
        ],
    )
    colour = alt.Color(
        "role:N",
        legend=None,
        scale=alt.Scale(domain=["subject", "peer"], range=[house.SUBJECT, house.PEER]),
    )
    # The only place on it that has a name: where gain and loss meet.
    axis = alt.Axis(values=[0], title=None, domain=False, grid=False, ticks=False)
    low = alt.X("low:Q", axis=axis, scale=alt.Scale(zero=True, nice=False))
    bars = base.mark_bar(cornerRadius=2, opacity=0.55, size=_BAR_PX).encode(
        x=low, x2="high:Q", color=colour
    )
    middles = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X("middle:Q", axis=axis), color=colour
    )
    values = base.mark_text(
        color=house.INK,
        align="right",
        baseline="middle",
        dx=_VALUE_ROOM_PX,
        fontSize=house.LABEL_PX,
        fontWeight=alt.expr("datum.role === 'subject' ? 600 : 400"),
    ).encode(x=alt.value("width"), text="said:N")
    nothing = (
        alt.Chart(house.data())
        .transform_aggregate(bars="count()")
        .mark_rule(color=house.INK, opacity=0.4, strokeDash=[2, 3], aria=False)
        .encode(x=alt.XDatum(0, axis=axis), tooltip=alt.value(None))
    )
    chart = alt.layer(bars, middles, values, nothing).properties(height=alt.Step(house.ROW_PX))
    return house.finished(chart)


def frame(
    df: pl.DataFrame, say: words.Say, subject: str, between: Between | None = None
) -> pl.DataFrame:
    """Return the bars in the order given, ten at most.

    `df` has name, low, middle and high in one unit that `say` writes, and beside (in words, may
    be missing). What lacks one of the three is left out. The bar called `subject` is coloured.
    `between` writes both ends where they are to be written alike.
    """
    known = df.select(
        "name",
        low=house.numbers("low"),
        middle=house.numbers("middle"),
        high=house.numbers("high"),
        beside=pl.col("beside") if "beside" in df.columns else pl.lit(""),
    ).drop_nulls(["low", "middle", "high"])
    rows = [
        {
            **row,
            "role": "subject" if row["name"] == subject else "peer",
            "said": between(row["low"], row["high"])
            if between
            else _said(row["low"], row["high"], say),
            "said_middle": say(row["middle"]),
        }
        for row in known.head(MOST_BARS).iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=_ROW)


def _said(low: float, high: float, say: words.Say) -> str:
    """Write both ends, their unit once where it is one word and the same."""
    ends = say(low), say(high)
    if ends[0] == ends[1]:
        return ends[0]
    units = [end.rpartition(" ")[2] for end in ends]
    if units[0] == units[1] and " " in ends[0]:
        return f"{ends[0].rpartition(' ')[0]} to {ends[1]}"
    return f"{ends[0]} to {ends[1]}"


def alt_text(df: pl.DataFrame, measure: str, say: words.Say, between: Between | None = None) -> str:
    """Say every range, for who cannot see the chart.

    `measure` opens the text: “Net value in USD, P10 to P90”.
    """
    rows = frame(df, say, "", between)
    if rows.is_empty():
        return f"{measure}: nothing is known."
    told = [
        f"{name} {said}, middle {middle}"
        for name, said, middle in rows.select("name", "said", "said_middle").iter_rows()
    ]
    return f"{measure}: {'; '.join(told)}."
