"""Two figures of each unit against each other, with what each is held against.

A grey band is what is typical of the horizontal figure, a dotted line what the vertical one should
reach. Units to look at are coloured, the others grey; each has its name beside it, the furthest out
first, where there is room. The horizontal scale is logarithmic, the vertical one too unless it is a
share.
"""

import math
from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house
from leverage.stats import Band

PLOT_PX: Final = 280
MOST_NAMES: Final = 12

_TICKS: Final = 4
_LETTER_PX: Final = 6.2
_LINE_PX: Final = 14
_USUAL_WIDTH_PX: Final = 480
_NARROW_PX: Final = 440
"""A chart narrower than this has room for the names of subjects only."""
_ROW: Final = {
    "part": pl.String,  # band | line | dot
    "name": pl.String,
    "x": pl.Float64,
    "y": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "label": pl.String,
    "shift": pl.Float64,  # by how many pixels a label stands below its dot
    "role": pl.String,  # subject | peer
    "said_x": pl.String,
    "said_y": pl.String,
    "beside": pl.String,
}


@cache
def spec(*, share: bool = False) -> house.Spec:
    """Return the spec, its vertical axis in percent where `share`; callers must not change it."""
    base = alt.Chart(house.data())
    across = alt.Scale(type="log", nice=False, padding=24)
    x = alt.X("x:Q", scale=across, axis=house.log_axis(_TICKS))
    if share:
        y = alt.Y(
            "y:Q",
            scale=alt.Scale(zero=False, padding=16),
            axis=house.number_axis(_TICKS, share=True),
        )
    else:
        y = alt.Y(
            "y:Q", scale=alt.Scale(type="log", nice=False, padding=16), axis=house.log_axis(_TICKS)
        )
    dot = base.transform_filter("datum.part === 'dot'")
    layers = [
        base.transform_filter("datum.part === 'band'")
        .mark_rect(color=house.PEER, opacity=0.18)
        .encode(
            x=alt.X("low:Q", scale=across, axis=house.log_axis(_TICKS)),
            x2="high:Q",
            tooltip=alt.value(None),
        ),
        base.transform_filter("datum.part === 'line'")
        .mark_rule(color=house.INK, opacity=0.6, strokeDash=[2, 3])
        .encode(y=y, tooltip=alt.value(None)),
        base.transform_filter("datum.part === 'line'")
        .mark_text(color=house.INK, opacity=0.8, align="left", dx=4, dy=-7, fontSize=house.LABEL_PX)
        .encode(x=alt.value(0), y=y, text="label:N", tooltip=alt.value(None)),
        dot.mark_point(filled=True, opacity=0.9, size=80)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "role:N",
                legend=None,
                scale=alt.Scale(domain=["subject", "peer"], range=[house.SUBJECT, house.PEER]),
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Name"),
                alt.Tooltip("said_x:N", title="Across"),
                alt.Tooltip("said_y:N", title="Up"),
                alt.Tooltip("beside:N", title="What it says"),
            ],
        )
        .add_params(house.picked("name")),
        dot.mark_text(
            color=house.INK,
            align=alt.expr("datum.x > sqrt(domain('x')[0] * domain('x')[1]) ? 'right' : 'left'"),
            baseline="middle",
            dx=alt.expr("datum.x > sqrt(domain('x')[0] * domain('x')[1]) ? -8 : 8"),
            fontSize=house.LABEL_PX,
            dy=alt.expr("datum.shift"),
            text=alt.expr(
                f"containerSize()[0] < {_NARROW_PX} && datum.role === 'peer' ? '' : datum.label"
            ),
            fontWeight=alt.expr("datum.role === 'subject' ? 600 : 400"),
        ).encode(x=x, y=y, tooltip=alt.value(None)),
    ]
    return house.finished(alt.layer(*layers).properties(height=PLOT_PX))


def frame(
    df: pl.DataFrame,
    say_x: words.Say,
    say_y: words.Say,
    *,
    band: Band | None = None,
    line: float | None = None,
) -> pl.DataFrame:
    """Return the rows the spec draws: band, line and a dot a unit.

    `df` has name, x (above 0), y, is_subject and beside (what a dot says, in words). Units without
    a known x or y are left out. The largest twelve and every subject have their names.
    """
    rows: list[dict[str, object]] = []
    if band is not None:
        rows.append({"part": "band", "low": band.p25, "high": band.p75})
    if line is not None:
        rows.append({"part": "line", "y": line, "label": f"policy: {say_y(line)}"})
    known = _known(df)
    shifts = _shifts(known, is_log=line is None)
    for place, row in enumerate(known.iter_rows(named=True)):
        # A peer's name that would stand far from its dot is left to the tooltip.
        is_near = shifts[place] <= _LINE_PX
        is_named = row["is_subject"] or (place < MOST_NAMES and is_near)
        rows.append(
            {
                "part": "dot",
                "name": row["name"],
                "x": row["x"],
                "y": row["y"],
                "label": row["name"] if is_named else "",
                "shift": shifts[place],
                "role": "subject" if row["is_subject"] else "peer",
                "said_x": say_x(row["x"]),
                "said_y": say_y(row["y"]),
                "beside": row["beside"],
            }
        )
    empty = dict.fromkeys(("name", "label", "role", "said_x", "said_y", "beside"), "")
    return pl.DataFrame([{**empty, **row} for row in rows], schema=_ROW)


def _shifts(known: pl.DataFrame, *, is_log: bool) -> list[float]:
    """Return how far each label moves down so that none covers the one before it.

    Labels are taken from the top; one whose row is taken by another near to it moves to the next.
    """
    if known.is_empty():
        return []
    ups = [math.log(y) if is_log and y > 0 else y for y in known["y"].to_list()]
    across = [math.log(x) for x in known["x"].to_list()]
    letters = [len(name) * _LETTER_PX for name in known["name"].to_list()]
    high, low = max(ups), min(ups)
    left, right = min(across), max(across)
    top = [(high - up) / ((high - low) or 1.0) * PLOT_PX for up in ups]
    start = [(at - left) / ((right - left) or 1.0) * _USUAL_WIDTH_PX for at in across]
    # A label in the right half ends at its dot.
    taken: list[tuple[float, float, float]] = []
    start = [
        at - wide if at > _USUAL_WIDTH_PX / 2 else at
        for at, wide in zip(start, letters, strict=True)
    ]
    shifts = [0.0] * len(ups)
    for i in sorted(range(len(ups)), key=lambda i: top[i]):
        at = top[i]
        for above, begins, ends in sorted(taken):
            is_beside = start[i] < ends and begins < start[i] + letters[i]
            if is_beside and abs(at - above) < _LINE_PX:
                at = above + _LINE_PX
        taken.append((at, start[i], start[i] + letters[i]))
        shifts[i] = round(at - top[i], 1)
    return shifts


def _known(df: pl.DataFrame) -> pl.DataFrame:
    """Return the units with both figures, subjects last so that nothing covers them."""
    return (
        df.with_columns(x=house.numbers("x"), y=house.numbers("y"))
        .filter((pl.col("x") > 0) & pl.col("y").is_not_null())
        .sort("is_subject", "x", "name", descending=[False, True, False])
    )


def alt_text(df: pl.DataFrame, measure: str, say_x: words.Say, say_y: words.Say) -> str:
    """Say where units stand, those to look at first, for who cannot see the chart.

    `measure` opens the text: “Tokens per employee against oversight coverage”.
    """
    known = _known(df).sort("is_subject", descending=True, maintain_order=True)
    if known.is_empty():
        return f"{measure}: nothing is known."
    told = [
        f"{row['name']} {say_x(row['x'])} and {say_y(row['y'])}"
        for row in known.head(6).iter_rows(named=True)
    ]
    more = f"; {known.height - 6} more" if known.height > 6 else ""
    return f"{measure}: {', '.join(told)}{more}."
