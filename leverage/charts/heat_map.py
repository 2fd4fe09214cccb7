"""Shares in a grid: which group of which other group, each cell with its number.

The shade says how much and the number in the cell says it again, so that nothing hangs on colour.
A cell that nobody is in, or that cannot be told, is blank.
"""

from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

_NAME_PX: Final = 130
_SHADE: Final = alt.Scale(domain=["share"], range=[house.SUBJECT])
_LEAST_SHADE: Final = 0.06
_MOST_SHADE: Final = 0.5
"""Beyond this the number could not be read on the shade."""


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    base = alt.Chart(house.data()).encode(
        x=alt.X(
            "column:N",
            sort=None,
            axis=alt.Axis(
                title=None,
                orient="top",
                labelAngle=-30,
                labelAlign="left",
                labelLimit=120,
                labelOverlap=False,
                labelPadding=6,
            ),
        ),
        y=alt.Y("row:N", sort=None, axis=house.name_axis(_NAME_PX)),
        tooltip=[
            alt.Tooltip("row:N", title="Row"),
            alt.Tooltip("column:N", title="Column"),
            alt.Tooltip("said:N", title="Share"),
            alt.Tooltip("beside:N", title="Of"),
        ],
    )
    cells = (
        base.mark_rect(cornerRadius=2)
        .encode(
            color=alt.Color("shade:N", legend=None, scale=_SHADE),
            opacity=alt.Opacity(
                "value:Q",
                legend=None,
                scale=alt.Scale(domain=[0, 1], range=[_LEAST_SHADE, _MOST_SHADE], clamp=True),
            ),
        )
        .add_params(house.picked("row"))
    )
    numbers = base.mark_text(color=house.INK, fontSize=house.LABEL_PX).encode(text="said:N")
    chart = alt.layer(cells, numbers).properties(height=alt.Step(house.ROW_PX))
    return house.finished(chart)


def frame(df: pl.DataFrame) -> pl.DataFrame:
    """Return the cells, rows and columns in the order they first appear.

    `df` has row, column, value (a share 0..1) and beside, what the share is of in words. Cells
    without a known value are left out.
    """
    return (
        df.select("row", "column", "beside", value=house.numbers("value"))
        .drop_nulls("value")
        .with_columns(
            shade=pl.lit("share"),
            said=pl.col("value").map_elements(words.share, return_dtype=pl.String),
        )
    )


def alt_text(df: pl.DataFrame, measure: str) -> str:
    """Say the most and the least, for who cannot see the chart; `df` is that of `frame`."""
    cells = frame(df).sort("value", descending=True)
    if cells.is_empty():
        return f"{measure}: nothing is known."
    told = [f"{row}, {column} {said}" for row, column, said in _names(cells)]
    if len(told) == 1:
        return f"{measure}: {told[0]}."
    return f"{measure}: most {told[0]}, least {told[-1]}, {len(told)} cells."


def _names(cells: pl.DataFrame) -> list[tuple[str, str, str]]:
    return list(cells.select("row", "column", "said").iter_rows())
