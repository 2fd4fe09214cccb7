"""Bars from nothing: how large one is beside the others, and beside a value to go by.

The subject is coloured and the others are grey; what is left over, its name in parentheses, is
lighter and stands last. Every bar has its value beside it, so the axis has none. A value to go by,
as the median of the others, is a dashed rule with its name over the plot.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

MOST_BARS: Final = 12

_NAME_PX: Final = 150
_VALUE_ROOM_PX: Final = 84
_ROLES: Final = alt.Scale(
    domain=["subject", "peer", "remainder"], range=[house.SUBJECT, house.PEER, house.PEER]
)
_ROW: Final = {
    "part": pl.String,  # bar | reference
    "name": pl.String,
    "value": pl.Float64,
    "role": pl.String,  # subject | peer | remainder
    "said": pl.String,
}


@dataclass(frozen=True)
class Reference:
    """A value that bars are seen against, under its name."""

    name: str
    value: float


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    value = alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    base = (
        alt.Chart(house.data())
        .transform_filter("datum.part === 'bar'")
        .encode(
            y=alt.Y(
                "name:N", sort=None, axis=house.name_axis(_NAME_PX), scale=alt.Scale(padding=0.2)
            ),
            tooltip=[alt.Tooltip("name:N", title="Name"), alt.Tooltip("said:N", title="Value")],
        )
    )
    bars = (
        base.mark_bar(cornerRadiusEnd=2, opacity=alt.expr("datum.role === 'remainder' ? 0.5 : 1"))
        .encode(x=value, color=alt.Color("role:N", legend=None, scale=_ROLES))
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
    reference = alt.Chart(house.data()).transform_filter("datum.part === 'reference'")
    rule = reference.mark_rule(color=house.INK, opacity=0.6, strokeDash=[4, 3]).encode(
        x=value, tooltip=alt.Tooltip("said:N", title="Beside it")
    )
    label = reference.mark_text(
        color=house.INK, opacity=0.8, align="left", dx=-2, dy=-8, fontSize=house.LABEL_PX
    ).encode(x=value, y=alt.value(0), text="said:N", tooltip=alt.value(None))
    chart = alt.layer(bars, values, rule, label).properties(height=alt.Step(house.ROW_PX))
    return house.finished(chart)


def frame(
    df: pl.DataFrame,
    say: words.Say,
    subjects: Collection[str] = (),
    reference: Reference | None = None,
) -> pl.DataFrame:
    """Return the bars, largest first and remainders last, and the value to go by.

    `df` has name and value of 0 or more, in one unit that `say` writes; names without a known value
    are left out. Of more than twelve the largest are shown, and every subject.
    """
    known = (
        df.select("name", value=house.numbers("value"))
        .drop_nulls("value")
        .with_columns(
            is_rest=pl.col("name").str.starts_with("("),
            is_subject=pl.col("name").is_in(list(subjects)),
        )
        .sort("is_rest", "value", "name", descending=[False, True, False])
    )
    room = MOST_BARS - len(known.filter(pl.col("is_rest") | pl.col("is_subject")))
    is_other = ~pl.col("is_rest") & ~pl.col("is_subject")
    shown = known.filter(~is_other | (is_other.cum_sum() <= room))
    bars = shown.select(
        part=pl.lit("bar"),
        name="name",
        value="value",
        role=pl.when("is_subject")
        .then(pl.lit("subject"))
        .when("is_rest")
        .then(pl.lit("remainder"))
        .otherwise(pl.lit("peer")),
        said=pl.col("value").map_elements(say, return_dtype=pl.String),
    )
    rows = pl.DataFrame(bars, schema=_ROW)
    if reference is None or bars.is_empty():
        return rows
    label = f"{reference.name} {say(reference.value)}"
    beside = {"part": "reference", "value": reference.value, "said": label}
    return pl.concat([rows, pl.DataFrame([beside], schema=_ROW)])


def alt_text(
    df: pl.DataFrame,
    measure: str,
    say: words.Say,
    subjects: Collection[str] = (),
    reference: Reference | None = None,
) -> str:
    """Say how the bars compare, for who cannot see the chart; arguments as those of `frame`.

    `measure` opens the text: “Tokens per employee by company”.
    """
    rows = frame(df, say, subjects, reference)
    if rows.is_empty():
        return f"{measure}: nothing is known."
    bars = rows.filter(part="bar")
    told = [f"{name} {said}" for name, said in bars.select("name", "said").iter_rows()]
    beside = [f"; {said}" for said in rows.filter(part="reference")["said"]]
    return f"{measure}, largest first: {', '.join(told)}{''.join(beside)}."
