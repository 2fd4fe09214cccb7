"""Bars to both sides of nothing: who moved the total, and by how much.

The largest is coloured and the rest are grey; what is left over, its name in parentheses, is
lighter and stands last. Every bar has its value beside it, so the axis has none.
"""

from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

MOST_BARS: Final = 8

_NAME_PX: Final = 130
_VALUE_ROOM_PX: Final = 84
_ROLES: Final = alt.Scale(
    domain=["subject", "peer", "remainder"], range=[house.SUBJECT, house.PEER, house.PEER]
)


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    base = alt.Chart(house.data()).encode(
        y=alt.Y("name:N", sort=None, axis=house.name_axis(_NAME_PX), scale=alt.Scale(padding=0.2)),
        tooltip=[
            alt.Tooltip("name:N", title="Name"),
            alt.Tooltip("said:N", title="Change"),
        ],
    )
    bars = (
        base.mark_bar(cornerRadiusEnd=2, opacity=alt.expr("datum.role === 'remainder' ? 0.5 : 1"))
        .encode(
            x=alt.X("change:Q", axis=None, scale=alt.Scale(zero=True, nice=False)),
            color=alt.Color("role:N", legend=None, scale=_ROLES),
        )
        .add_params(house.picked("name"))
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
        .mark_rule(color=house.INK, opacity=0.4, aria=False)
        .encode(x=alt.datum(0), tooltip=alt.value(None))
    )
    chart = alt.layer(bars, values, nothing).properties(height=alt.Step(house.ROW_PX))
    return house.finished(chart)


def frame(df: pl.DataFrame, say: words.Say) -> pl.DataFrame:
    """Return the bars, largest first and remainders last; beyond eight, the rest as one of them.

    `df` has name and change, in one unit that `say` writes without its sign. Names without a
    known change are left out.
    """
    known = (
        df.select("name", change=house.numbers("change"))
        .drop_nulls("change")
        .with_columns(is_rest=pl.col("name").str.starts_with("("))
        .sort("is_rest", pl.col("change").abs(), "name", descending=[False, True, False])
    )
    named, rest = known.filter(~pl.col("is_rest")), known.filter("is_rest")
    if known.height > MOST_BARS:
        shown = MOST_BARS - rest.height - 1
        hidden = named[shown:]
        others = pl.DataFrame(
            {
                "name": [f"({hidden.height} others)"],
                "change": [hidden["change"].sum()],
                "is_rest": [True],
            }
        )
        named, rest = named[:shown], pl.concat([others, rest])
    role = (
        pl.when("is_rest")
        .then(pl.lit("remainder"))
        .when(pl.int_range(pl.len()) == 0)
        .then(pl.lit("subject"))
        .otherwise(pl.lit("peer"))
    )
    return pl.concat([named, rest]).select(
        "name",
        "change",
        role=role,
        said=pl.col("change").map_elements(
            lambda change: words.moved(change, say), return_dtype=pl.String
        ),
    )


def alt_text(df: pl.DataFrame, measure: str, say: words.Say) -> str:
    """Say who moved the total most, for who cannot see the chart.

    `measure` opens the text: “Change in tokens by department”. `df` is that of `frame`.
    """
    bars = frame(df, say)
    if bars.is_empty():
        return f"{measure}: nothing is known."
    told = [f"{name} {said}" for name, said in bars.select("name", "said").head(3).iter_rows()]
    more = f"; {bars.height - 3} more" if bars.height > 3 else ""
    return f"{measure}, largest first: {', '.join(told)}{more}."
