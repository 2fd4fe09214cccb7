"""A dot for each unit on one scale, against the band that is typical: who is outside, and how far.

Units outside the band are coloured, those within it grey; what is left over, its name in
parentheses, is lighter. A thin line leads from where a unit stood before; every value stands at the
right. The scale is logarithmic, because use per employee spans orders of magnitude.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house
from leverage.stats import Band

MOST_DOTS: Final = 14

_NAME_PX: Final = 150
_VALUE_ROOM_PX: Final = 56
_TICKS: Final = 4
_ROW: Final = {
    "part": pl.String,  # band | unit
    "name": pl.String,
    "value": pl.Float64,
    "before": pl.Float64,
    "low": pl.Float64,
    "middle": pl.Float64,
    "high": pl.Float64,
    "role": pl.String,  # outside | within | remainder
    "said": pl.String,
    "place": pl.String,
    "beside": pl.String,
}


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    base = alt.Chart(house.data())
    scale = alt.Scale(type="log", nice=False, padding=12)
    band = base.transform_filter("datum.part === 'band'")
    unit = base.transform_filter("datum.part === 'unit'")
    name = alt.Y("name:N", sort=None, axis=house.name_axis(_NAME_PX), scale=alt.Scale(type="band"))
    axis = house.log_axis(_TICKS)
    tooltip = [
        alt.Tooltip("name:N", title="Name"),
        alt.Tooltip("said:N", title="Value"),
        alt.Tooltip("place:N", title="Place"),
        alt.Tooltip("beside:N", title="Rests on"),
    ]
    layers = [
        band.mark_rect(color=house.PEER, opacity=0.18).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", tooltip=alt.value(None)
        ),
        band.mark_rule(color=house.INK, opacity=0.5, strokeDash=[2, 3]).encode(
            x=alt.X("middle:Q", scale=scale), tooltip=alt.value(None)
        ),
        unit.transform_filter("isValid(datum.before)")
        .mark_rule(color=house.PEER, strokeWidth=2, opacity=0.7)
        .encode(x=alt.X("before:Q", scale=scale), x2="value:Q", y=name, tooltip=alt.value(None)),
        unit.mark_point(
            filled=True, size=90, opacity=alt.expr("datum.role === 'remainder' ? 0.5 : 1")
        )
        .encode(
            x=alt.X("value:Q", scale=scale),
            y=name,
            color=alt.Color(
                "role:N",
                legend=None,
                scale=alt.Scale(
                    domain=["outside", "within", "remainder"],
                    range=[house.SUBJECT, house.PEER, house.PEER],
                ),
            ),
            tooltip=tooltip,
        )
        .add_params(house.picked("name")),
        unit.mark_text(
            color=house.INK,
            align="right",
            baseline="middle",
            dx=_VALUE_ROOM_PX,
            fontSize=house.LABEL_PX,
            fontWeight=alt.expr("datum.role === 'outside' ? 600 : 400"),
        ).encode(x=alt.value("width"), y=name, text="said:N", tooltip=alt.value(None)),
    ]
    return house.finished(alt.layer(*layers).properties(height=alt.Step(house.ROW_PX)))


def frame(df: pl.DataFrame, say: words.Say, band: Band | None) -> pl.DataFrame:
    """Return the rows the spec draws: the band, and a dot a unit, the largest first.

    `df` has name and value, and may have before, beside (what a value rests on, in words) and
    is_judged: a unit that is not has its value, but no place against the band.
    Units whose value is unknown or not above 0 have no place on the scale and are left out, as are
    those beyond fourteen. `say` writes a value.
    """
    rows: list[dict[str, object]] = []
    if band is not None:
        rows.append({"part": "band", "low": band.p25, "middle": band.p50, "high": band.p75})
    for row in _units(df).iter_rows(named=True):
        value, before = row["value"], row["before"]
        place = band.place(value) if band is not None and row["is_judged"] else ""
        rows.append(
            {
                "part": "unit",
                "name": row["name"],
                "value": value,
                "before": before if before is not None and before > 0 else None,
                "role": _role(row["name"], place),
                "said": say(value),
                "place": place,
                "beside": row["beside"],
            }
        )
    empty = dict.fromkeys(("name", "role", "said", "place", "beside"), "")
    return pl.DataFrame([{**empty, **row} for row in rows], schema=_ROW)


def _role(name: str, place: str) -> str:
    if words.is_remainder(name):
        return "remainder"
    return "outside" if place in ("above peers", "below peers") else "within"


def _units(df: pl.DataFrame) -> pl.DataFrame:
    known = df.with_columns(
        value=house.numbers("value"),
        before=house.numbers("before") if "before" in df.columns else pl.lit(None),
        beside=pl.col("beside") if "beside" in df.columns else pl.lit(""),
        is_judged=pl.col("is_judged") if "is_judged" in df.columns else pl.lit(True),
        is_rest=pl.col("name").str.starts_with("("),
    ).filter(pl.col("value") > 0)
    return known.sort("is_rest", "value", "name", descending=[False, True, False]).head(MOST_DOTS)


def alt_text(df: pl.DataFrame, measure: str, say: words.Say, band: Band | None) -> str:
    """Say who is outside the band, for who cannot see the chart.

    `measure` opens the text: “Tokens per employee by department”.
    """
    units = _units(df)
    if units.is_empty():
        return f"{measure}: nothing is known."
    told = [f"{name} {say(value)}" for name, value in units.select("name", "value").iter_rows()]
    if band is None:
        return f"{measure}, largest first: {', '.join(told)}."
    outside = [
        f"{place} {_listed(units, band, place, say)}"
        for place in ("above peers", "below peers")
        if _listed(units, band, place, say)
    ]
    typical = f"typical is {say(band.p25)} to {say(band.p75)}"
    return f"{measure}: {typical}; {'; '.join(outside) or 'none is outside it'}."


def _listed(units: pl.DataFrame, band: Band, place: str, say: words.Say) -> str:
    found: Sequence[str] = [
        f"{name} {say(value)}"
        for name, value in units.filter("is_judged").select("name", "value").iter_rows()
        if band.place(value) == place
    ]
    return ", ".join(found)
