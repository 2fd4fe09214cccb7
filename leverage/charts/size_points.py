"""Points of size against use, both on logarithmic axes: does one follow the other?

The subject is coloured and the others are grey; every point has its name beside it, up to twelve.
"""

from collections.abc import Collection, Sequence
from functools import cache
from math import log
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

PLOT_PX: Final = 240
MOST_LABELS: Final = 12

_TICKS: Final = 4
_ROLES: Final = alt.Scale(domain=["subject", "peer"], range=[house.SUBJECT, house.PEER])
# A logarithmic axis has a tick for every digit; those of 1, 2 and 5 are named.
_DIGIT: Final = "round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-9)))"
_NUMBER: Final = (
    f"indexof([1, 2, 5], {_DIGIT}) < 0 ? '' : "
    "datum.value >= 1e9 ? format(datum.value / 1e9, '~r') + ' bn' : "
    "datum.value >= 1e6 ? format(datum.value / 1e6, '~r') + ' M' : "
    "datum.value >= 1e3 ? format(datum.value / 1e3, '~r') + ' k' : format(datum.value, '~r')"
)


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    base = alt.Chart(house.data()).encode(
        x=alt.X(
            "size:Q",
            axis=_axis(),
            scale=alt.Scale(type="log", nice=False, padding=90),
        ),
        y=alt.Y(
            "value:Q",
            axis=_axis(),
            scale=alt.Scale(type="log", nice=False, padding=20),
        ),
        tooltip=[
            alt.Tooltip("name:N", title="Name"),
            alt.Tooltip("size_said:N", title="Employees"),
            alt.Tooltip("said:N", title="Value"),
        ],
    )
    points = (
        base.mark_point(filled=True, opacity=1, size=90)
        .encode(color=alt.Color("role:N", legend=None, scale=_ROLES))
        .add_params(house.picked("name"))
    )
    names = base.mark_text(
        color=house.INK,
        align=alt.expr("datum.side"),
        baseline="middle",
        dx=alt.expr("datum.side === 'left' ? 9 : -9"),
        fontSize=house.LABEL_PX,
        fontWeight=alt.expr("datum.role === 'subject' ? 600 : 400"),
    ).encode(text="label:N", tooltip=alt.value(None))
    return house.finished(alt.layer(points, names).properties(height=PLOT_PX))


def _axis() -> alt.Axis:
    return alt.Axis(
        title=None,
        grid=False,
        domain=True,
        labelExpr=_NUMBER,
        tickCount=_TICKS,
        labelFlush=False,
        labelOverlap=False,
        labelPadding=8,
    )


def frame(df: pl.DataFrame, say: words.Say, subjects: Collection[str] = ()) -> pl.DataFrame:
    """Return the points, the subject last so that it is drawn over the others.

    `df` has name, size and value, both above 0; `say` writes the value. Points without both are
    left out, for they have no place on a logarithmic axis. A name stands on the side of its point
    that is away from the nearest other.
    """
    known = df.select("name", size=house.numbers("size"), value=house.numbers("value")).filter(
        (pl.col("size") > 0) & (pl.col("value") > 0)
    )
    sides = pl.Series("side", _sides(known["size"].to_list(), known["value"].to_list()))
    is_subject = pl.col("name").is_in(list(subjects))
    return (
        known.with_columns(
            role=pl.when(is_subject).then(pl.lit("subject")).otherwise(pl.lit("peer")),
            side=sides.cast(pl.String),
            size_said=pl.col("size").map_elements(words.count, return_dtype=pl.String),
            said=pl.col("value").map_elements(say, return_dtype=pl.String),
        )
        .sort(pl.col("role") == "subject", -pl.col("value"), "name")
        .with_columns(
            label=pl.when(
                (pl.int_range(pl.len()) < MOST_LABELS) | (pl.col("role") == "subject")
            ).then("name")
        )
    )


def _sides(sizes: Sequence[float], values: Sequence[float]) -> list[str]:
    """Return how each name is aligned: left where it stands to the right of its point."""
    at = [
        (log(size) / _spread(sizes), log(value) / _spread(values))
        for size, value in zip(sizes, values, strict=True)
    ]
    sides = []
    for own in at:
        others = [other for other in at if other is not own]
        nearest = min(others, key=lambda other: _apart(own, other), default=(own[0] - 1, own[1]))
        sides.append("left" if nearest[0] <= own[0] else "right")
    return sides


def _spread(values: Sequence[float]) -> float:
    return log(max(values) / min(values)) or 1.0


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how much two names would meet: what lies beside a point matters more than above it."""
    return abs(one[0] - other[0]) + 4 * abs(one[1] - other[1])


def alt_text(df: pl.DataFrame, measure: str, say: words.Say, subjects: Collection[str] = ()) -> str:
    """Say where the points lie, from small to large, for who cannot see the chart."""
    rows = frame(df, say, subjects).sort("size")
    if rows.is_empty():
        return f"{measure}: nothing is known."
    told = [
        f"{name} with {size} employees {said}"
        for name, size, said in rows.select("name", "size_said", "said").iter_rows()
    ]
    return f"{measure}, smallest first: {', '.join(told)}."
