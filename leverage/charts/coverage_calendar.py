"""Sources by month: what is loaded, what is loaded in part, and what is missing.

A month is a full block, a half block or an empty frame with a cross, so that the states differ in
shape and not only in colour; a month in which nothing was expected is blank.
"""

from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

KEY: Final = "Full block: whole month; half: part of it; cross: missing"
"""What the shapes mean, for the subtitle."""

_NAME_PX: Final = 130
_CELL_PX: Final = house.ROW_PX * 0.7
_SAID: Final = {"present": "whole month", "partial": "part of it", "missing": "missing"}
_COLUMNS: Final = ("source", "month", "state", "said", "when", "shade")


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    shades = alt.Scale(domain=["loaded", "missing"], range=[house.INK, house.ATTENTION])
    shade = alt.Color("shade:N", legend=None, scale=shades)
    base = alt.Chart(house.data()).encode(
        x=alt.X("month:O", axis=house.month_axis(), scale=alt.Scale(paddingInner=0.2)),
        y=alt.Y(
            "source:N",
            sort=None,
            axis=house.name_axis(_NAME_PX),
            scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
        ),
        tooltip=[
            alt.Tooltip("source:N", title="Source"),
            alt.Tooltip("when:N", title="Month"),
            alt.Tooltip("said:N", title="Loaded"),
        ],
    )
    blocks = base.mark_rect(
        cornerRadius=2, opacity=alt.expr("datum.state === 'present' ? 0.55 : 0")
    ).encode(color=shade)
    frames = base.mark_rect(
        cornerRadius=2,
        filled=False,
        strokeWidth=1.5,
        opacity=alt.expr("datum.state === 'present' ? 0 : datum.state === 'partial' ? 0.55 : 1"),
    ).encode(color=shade)
    halves = base.mark_rect(
        height=_CELL_PX / 2,
        yOffset=_CELL_PX / 4,
        opacity=alt.expr("datum.state === 'partial' ? 0.55 : 0"),
    ).encode(color=shade)
    crosses = [
        base.mark_rule(
            strokeWidth=1.5, opacity=alt.expr("datum.state === 'missing' ? 1 : 0")
        ).encode(
            x=alt.X("month:O", axis=house.month_axis(), bandPosition=start),
            x2=alt.X2("month", bandPosition=1 - start),
            y=alt.Y("source:N", sort=None, bandPosition=0.3),
            y2=alt.Y2("source", bandPosition=0.7),
            color=shade,
        )
        for start in (0.3, 0.7)
    ]
    chart = alt.layer(blocks, frames, halves, *crosses)
    return house.finished(chart.properties(height=alt.Step(house.ROW_PX)))


def frame(df: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of the newest 24 months, sources in the order they first appear.

    `df` has source, month 'YYYY-MM', state (present | partial | missing) and said, which tells
    the state more closely (“12 of 31 days”) or is empty. A month in which nothing was expected
    has no row.
    """
    if df.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(_COLUMNS, pl.String))
    return (
        df.filter(pl.col("month").is_in(house.newest_months(df["month"])))
        .with_columns(
            when=pl.col("month").map_elements(words.month_name, return_dtype=pl.String),
            said=pl.when(pl.col("said") == "")
            .then(pl.col("state").replace_strict(_SAID))
            .otherwise(pl.col("said")),
            shade=pl.when(pl.col("state") == "missing")
            .then(pl.lit("missing"))
            .otherwise(pl.lit("loaded")),
        )
        .select(_COLUMNS)
    )


def alt_text(df: pl.DataFrame) -> str:
    """Say what is missing, for who cannot see the chart. `df` is that of `frame`."""
    cells = frame(df)
    if cells.is_empty():
        return "Nothing is loaded yet."
    sources = cells["source"].n_unique()
    span = words.period(str(cells["month"].min()), str(cells["month"].max()))
    gaps = [
        f"{source} in {when}"
        for source, when in cells.filter(state="missing").select("source", "when").iter_rows()
    ]
    partial = cells.filter(state="partial").height
    told = f"missing: {', '.join(gaps)}" if gaps else "no month is missing"
    in_part = f"; {words.count(partial)} loaded in part" if partial else ""
    noun = "source" if sources == 1 else "sources"
    return f"{words.count(sources)} {noun}, {span}; {told}{in_part}."
