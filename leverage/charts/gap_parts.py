"""From one total to another: a bar for each end, and between them the parts the gap is made of.

The ends stand on nothing, the parts begin where the one before ended, so that what is seen adds up.
The end that is the subject is coloured; parts are lighter, and a part that takes away is an open
bar, so that its direction shows without its colour. Every bar has its value beside it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house

_NAME_PX: Final = 150
_VALUE_ROOM_PX: Final = 84
_ROLES: Final = alt.Scale(
    domain=["subject", "other", "more", "less"],
    range=[house.SUBJECT, house.PEER, house.SUBJECT, house.SUBJECT],
)
_ROW: Final = {
    "name": pl.String,
    "start": pl.Float64,
    "end": pl.Float64,
    "role": pl.String,  # subject | other | more | less
    "said": pl.String,
}


@cache
def spec() -> house.Spec:
    """Return the spec; the caller must not change it."""
    base = alt.Chart(house.data()).encode(
        y=alt.Y("name:N", sort=None, axis=house.name_axis(_NAME_PX), scale=alt.Scale(padding=0.2)),
        tooltip=[alt.Tooltip("name:N", title="Part"), alt.Tooltip("said:N", title="Size")],
    )
    start = alt.X("start:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    colour = alt.Color("role:N", legend=None, scale=_ROLES)
    bars = (
        base.transform_filter("datum.role !== 'less'")
        .mark_bar(cornerRadius=1, opacity=alt.expr("datum.role === 'more' ? 0.5 : 1"))
        .encode(x=start, x2="end:Q", color=colour)
    )
    taken = (
        base.transform_filter("datum.role === 'less'")
        .mark_bar(cornerRadius=1, filled=False, strokeWidth=1.5)
        .encode(x=start, x2="end:Q", color=colour)
    )
    values = base.mark_text(
        color=house.INK,
        align="right",
        baseline="middle",
        dx=_VALUE_ROOM_PX,
        fontSize=house.LABEL_PX,
        fontWeight=alt.expr("datum.role === 'subject' ? 600 : 400"),
    ).encode(x=alt.value("width"), text="said:N")
    chart = alt.layer(values, bars, taken).properties(height=alt.Step(house.ROW_PX))
    return house.finished(chart)


def frame(
    other: tuple[str, float],
    parts: Sequence[tuple[str, float]],
    subject: tuple[str, float],
    say: words.Say,
) -> pl.DataFrame:
    """Return the bars from the other end over the parts to the subject.

    Each is a name and a value in one unit that `say` writes; the other end and the parts add up to
    the subject, to a millionth of it. Raises ValueError where they do not. Parts that add stand
    before those that take away, so that no bar begins below nothing.
    """
    sum_of_parts = other[1] + sum(value for _, value in parts)
    if abs(sum_of_parts - subject[1]) > 1e-6 * max(abs(subject[1]), abs(other[1]), 1e-9):
        msg = f"the parts lead to {sum_of_parts} and not to {subject[1]}"
        raise ValueError(msg)
    rows = [
        (other[0], 0.0, other[1], "other", say(other[1])),
        *_steps(other[1], parts, say),
        (subject[0], 0.0, subject[1], "subject", say(subject[1])),
    ]
    return pl.DataFrame(rows, schema=_ROW, orient="row")


def change_frame(
    parts: Sequence[tuple[str, float]], whole: tuple[str, float], say: words.Say
) -> pl.DataFrame:
    """Return the bars of a change: its parts from nothing on, one after the other, and all of it.

    Where a change is small against what changed, its parts would be too thin between the two ends.
    The whole is given too, since a sum of rounded parts is not always what rounds to it.
    """
    rows = [
        *_steps(0.0, parts, say),
        (whole[0], 0.0, whole[1], "subject", words.moved(whole[1], say)),
    ]
    return pl.DataFrame(rows, schema=_ROW, orient="row")


def change_alt_text(
    parts: Sequence[tuple[str, float]], whole: tuple[str, float], measure: str, say: words.Say
) -> str:
    """Say what a change is made of, for who cannot see the chart; arguments as `change_frame`."""
    told = [
        f"{name} {said}" for name, said in change_frame(parts, whole, say)[["name", "said"]].rows()
    ]
    return f"{measure}: {', '.join(told[:-1])}; {told[-1]}."


def _steps(
    start: float, parts: Sequence[tuple[str, float]], say: words.Say
) -> list[tuple[str, float, float, str, str]]:
    """Return a bar a part, each from where the one before ended; those that add come first."""
    rows, at = [], start
    for name, value in sorted(parts, key=lambda part: part[1] < 0):
        role = "more" if value >= 0 else "less"
        rows.append((name, at, at + value, role, words.moved(value, say)))
        at += value
    return rows


def alt_text(
    other: tuple[str, float],
    parts: Sequence[tuple[str, float]],
    subject: tuple[str, float],
    measure: str,
    say: words.Say,
) -> str:
    """Say what the gap is made of, for who cannot see the chart; arguments as those of `frame`."""
    rows = frame(other, parts, subject, say)
    told = [f"{name} {said}" for name, said in rows[1:-1].select("name", "said").iter_rows()]
    return (
        f"{measure}, from {other[0]} {say(other[1])} to {subject[0]} {say(subject[1])}: "
        f"{', '.join(told)}."
    )
