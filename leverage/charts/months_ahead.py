"""What is known by month, and where it goes: a line, then a dashed one in the band it may keep to.

The band is lighter and has its ends named beside it, so that what is forecast is never read as one
number.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

PLOT_PX: Final = 220
_TICKS: Final = 4
_ROW: Final = {
    "part": pl.String,  # known | ahead | label
    "month": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "said": pl.String,
    "band": pl.String,
    "when": pl.String,
    "colour": pl.String,
}
Known = Sequence[tuple[str, float]]
Ahead = Sequence[tuple[str, float, float, float]]


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    base = alt.Chart(house.data())
    month = alt.X("month:O", axis=house.month_axis(), scale=alt.Scale(padding=0.2))
    value = alt.Y(
        "value:Q", axis=house.number_axis(_TICKS), scale=alt.Scale(nice=_TICKS, zero=True)
    )
    told = [
        alt.Tooltip("when:N", title="Month"),
        alt.Tooltip("said:N", title="Value"),
        alt.Tooltip("band:N", title="80 % band"),
    ]
    # As a scale: Streamlit puts the theme's colours into scales alone.
    subject = alt.Color(
        "colour:N", legend=None, scale=alt.Scale(domain=["subject"], range=[house.SUBJECT])
    )
    ahead = base.transform_filter("datum.part === 'ahead'")
    known = base.transform_filter("datum.part === 'known'")
    label = base.transform_filter("datum.part === 'label'")
    layers = [
        ahead.mark_area(opacity=0.18).encode(
            x=month, y=alt.Y("low:Q"), y2="high:Q", color=subject, tooltip=alt.value(None)
        ),
        known.mark_line(strokeWidth=2.5).encode(
            x=month, y=value, color=subject, tooltip=alt.value(None)
        ),
        ahead.mark_line(strokeWidth=2, strokeDash=[4, 3]).encode(
            x=month, y=value, color=subject, tooltip=alt.value(None)
        ),
        label.mark_text(
            color=house.INK, align="left", baseline="middle", dx=8, fontSize=house.LABEL_PX
        ).encode(x=month, y=value, text="said:N", tooltip=alt.value(None)),
        base.transform_filter("datum.part !== 'label'")
        .mark_point(filled=True, opacity=0, size=160)
        .encode(x=month, y=value, tooltip=told),
    ]
    return house.finished(alt.layer(*layers).properties(height=PLOT_PX))


def frame(known: Known, ahead: Ahead, say: words.Say) -> pl.DataFrame:
    """Return the rows the spec draws: months with what is known, and those ahead with their band.

    `known` are months 'YYYY-MM' and values, `ahead` months, values and both ends of the band, each
    oldest first. The band begins at the newest known month.
    """
    rows = [
        ("known", month, value, value, value, say(value), "", words.month_name(month))
        for month, value in known
    ]
    if known and ahead:
        month, value = known[-1]
        rows.append(("ahead", month, value, value, value, say(value), "", words.month_name(month)))
    rows += [
        (
            "ahead",
            month,
            value,
            low,
            high,
            say(value),
            _band(low, high, say),
            words.month_name(month),
        )
        for month, value, low, high in ahead
    ]
    if ahead:
        month, value, low, high = ahead[-1]
        rows += [
            ("label", month, end, end, end, say(end), "", words.month_name(month))
            for end in (low, value, high)
        ]
    return pl.DataFrame([(*row, "subject") for row in rows], schema=_ROW, orient="row")


def alt_text(known: Known, ahead: Ahead, measure: str, say: words.Say) -> str:
    """Say where it stands and where it goes, for who cannot see the chart.

    `measure` opens the text: “Cost by month”. The other arguments are those of `frame`.
    """
    if not known or not ahead:
        return f"{measure}: nothing is known."
    month, value, low, high = ahead[-1]
    return (
        f"{measure}, {say(known[-1][1])} in {words.month_name(known[-1][0])}; about {say(value)} "
        f"expected in {words.month_name(month)}, eight times in ten {_band(low, high, say)}."
    )


def _band(low: float, high: float, say: words.Say) -> str:
    return f"{say(low)} to {say(high)}"
