"""Lines by month: where each series stands and where it came from.

Up to four series have a colour each; of more, the subject is coloured and the rest are grey. Names
stand at the ends of the lines. A month that is not over is drawn dashed to an open point. What
happened in a month is a dotted rule with a short label over the plot, its whole text in the tooltip
and in the text for who cannot see the chart.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import altair as alt
import polars as pl

from leverage import words
from leverage.charts import house
from leverage.charts.labels import nice, spread

PLOT_PX: Final = 220
MOST_COLOURS: Final = 4
MOST_LABELS: Final = 6

_TICKS: Final = 4
_LABEL_LETTERS: Final = 15
_LINE_PX: Final = 14
_NEAR_PX: Final = 3
"""A label this near to its point needs no line to it."""
MOST_EVENTS: Final = 3
"""So many months have their events named; the others are counted at the newest of them."""
_LETTER_PX: Final = 6.2
_NARROW_PLOT_PX: Final = 190
_NARROW_CHART_PX: Final = 300
"""How wide the plot and the chart are on a phone, where labels of events must not meet either."""

_ROW: Final = {
    "part": pl.String,  # whole | open | end | event | note
    "month": pl.String,
    "series": pl.String,
    "value": pl.Float64,
    "colour": pl.String,  # 1 to 4, empty for a series seen only as context
    "point": pl.String,  # end | lone | open, empty where the line alone is drawn
    "label": pl.String,
    "label_month": pl.String,
    "label_value": pl.Float64,
    "is_moved": pl.Boolean,
    "row": pl.Int64,  # of an event's label, counted from the plot up
    "side": pl.String,  # left or right, where an event's label begins at its rule or ends there
    "when": pl.String,
    "said": pl.String,
}


@dataclass(frozen=True)
class Event:
    """Something of a month 'YYYY-MM' that may explain a line: a price fell, a definition changed.

    `label` is what stands at its rule, the text itself where there is none. A quiet event gives
    its label up where more months have events than can be named.
    """

    month: str
    text: str
    label: str = ""
    is_quiet: bool = False


@dataclass(frozen=True)
class _Line:
    """One series over all months of the chart; None is a month without a known value."""

    name: str
    values: tuple[float | None, ...]
    colour: str

    @property
    def end(self) -> int:
        """The place of its newest known value."""
        return max(i for i, value in enumerate(self.values) if value is not None)

    @property
    def start(self) -> int:
        """The place of its oldest known value."""
        return next(i for i, value in enumerate(self.values) if value is not None)

    def is_alone(self, place: int) -> bool:
        """Say whether a month has a value and neither neighbour has, so that no line shows it."""
        around = (self.values[i] for i in (place - 1, place + 1) if 0 <= i < len(self.values))
        return self.values[place] is not None and all(value is None for value in around)


@cache
def spec(*, share: bool = False) -> house.Spec:
    """Return the spec, its axis in percent where `share`; the caller must not change it."""
    base = alt.Chart(house.data())
    month = alt.X("month:O", axis=house.month_axis(), scale=alt.Scale(padding=0.2))
    value = alt.Y(
        "value:Q",
        axis=house.number_axis(_TICKS, share=share),
        scale=alt.Scale(nice=_TICKS, zero=True),
    )
    event = base.transform_filter("datum.part === 'event'")
    event_tooltip = [alt.Tooltip("said:N", title="Event"), alt.Tooltip("when:N", title="Month")]
    end = base.transform_filter("datum.part === 'end'")
    layers = [
        event.mark_rule(color=house.INK, opacity=0.4, strokeDash=[2, 3]).encode(
            x=month, tooltip=event_tooltip
        ),
        event.mark_text(
            color=house.INK,
            opacity=0.8,
            align=alt.expr("datum.side"),
            fontSize=house.LABEL_PX,
            dy=alt.expr(f"-8 - {_LINE_PX} * datum.row"),
        ).encode(x=month, y=alt.value(0), text="label:N", tooltip=event_tooltip),
        *_strokes("datum.colour === ''", house.PEER, 1.5, month, value),
        *_strokes("datum.colour !== ''", _category(), 2.5, month, value),
        base.transform_filter("datum.point === 'open'")
        .mark_point(filled=True, opacity=1, size=16, color=alt.expr("background"))
        .encode(x=month, y=value, tooltip=alt.value(None)),
        end.transform_filter("datum.is_moved")
        .mark_rule(color=house.INK, opacity=0.4, xOffset=4, x2Offset=11)
        .encode(
            x=month,
            y=value,
            x2="label_month",
            y2="label_value",
            tooltip=alt.value(None),
        ),
        end.mark_text(
            color=house.INK,
            align="left",
            baseline="middle",
            dx=13,
            dy=alt.expr(f"indexof(datum.label, '\\n') < 0 ? 0 : {-_LINE_PX / 2}"),
            fontSize=house.LABEL_PX,
            fontWeight=alt.expr("datum.colour === '' ? 400 : 600"),
            lineBreak="\n",
            lineHeight=_LINE_PX,
        ).encode(
            x=alt.X("label_month:O"),
            y=alt.Y("label_value:Q"),
            text="label:N",
            tooltip=alt.value(None),
        ),
        base.transform_filter("datum.part === 'note'")
        .mark_text(
            color=house.INK, opacity=0.7, align="left", dx=-8, fontSize=house.LABEL_PX, dy=-8
        )
        .encode(x=month, y=alt.value(0), text="label:N", tooltip=alt.value(None)),
        base.transform_filter("datum.part === 'whole' || datum.point === 'open'")
        .mark_point(filled=True, opacity=0, size=160)
        .encode(
            x=month,
            y=value,
            tooltip=[
                alt.Tooltip("series:N", title="Series"),
                alt.Tooltip("when:N", title="Month"),
                alt.Tooltip("said:N", title="Value"),
            ],
        )
        .add_params(house.picked("series")),
    ]
    return house.finished(alt.layer(*layers).properties(height=PLOT_PX))


def _category() -> alt.Color:
    """Return the colour of a series: the theme's categories, in their order."""
    domain = [str(number + 1) for number in range(MOST_COLOURS)]
    return alt.Color("colour:N", scale=alt.Scale(domain=domain), legend=None)


def _strokes(
    which: str, colour: alt.Color | str, width: float, month: alt.X, value: alt.Y
) -> list[alt.Chart]:
    """Return the lines of some series, dashed where a month is open, and the points on them."""
    shade = alt.value(colour) if isinstance(colour, str) else colour
    base = alt.Chart(house.data()).transform_filter(which)
    dash = alt.StrokeDash(
        "part:N", scale=alt.Scale(domain=["whole", "open"], range=[[1, 0], [3, 3]]), legend=None
    )
    lines = base.transform_filter("datum.part === 'whole' || datum.part === 'open'").mark_line(
        strokeWidth=width, strokeJoin="round", strokeCap="butt"
    )
    points = base.transform_filter("datum.point !== ''").mark_point(
        filled=True, opacity=1, size=22 * width
    )
    return [
        lines.encode(
            x=month,
            y=value,
            color=shade,
            strokeDash=dash,
            detail="series:N",
            tooltip=alt.value(None),
        ),
        points.encode(x=month, y=value, color=shade, tooltip=alt.value(None)),
    ]


def frame(
    df: pl.DataFrame,
    say: words.Say,
    *,
    subject: str | None = None,
    last_day: date | None = None,
    events: Sequence[Event] = (),
) -> pl.DataFrame:
    """Return the rows the spec draws, of the newest 24 months.

    `df` has month 'YYYY-MM', series and value; a month or a value that is missing leaves a gap in
    the line. Colours go by the order in which series first appear. `subject` is the series to
    colour, and the others become context; without it up to four series are coloured, of more the
    largest. A name in parentheses is a remainder and never coloured beside others. `last_day` is
    the last day the newest month covers, where it does not cover them all. `say` writes a value.
    """
    months, lines = _lines(df, subject)
    if not lines:
        return pl.DataFrame(schema=_ROW)
    rows: list[dict[str, Any]] = []
    when = [words.month_name(month) for month in months]
    for line in lines:
        rows += _line_rows(line, months, when, say, last_day)
    rows += _end_rows(lines, months)
    rows += _event_rows(events, months, last_day is not None)
    if last_day is not None:
        label = f"to {words.days(last_day, last_day).rsplit(' ', 1)[0]}"
        rows.append({"part": "note", "month": months[-1], "label": label})
    empty = dict.fromkeys(("series", "colour", "point", "label", "side", "when", "said"), "")
    return pl.DataFrame([{**empty, **row} for row in rows], schema=_ROW)


def _lines(df: pl.DataFrame, subject: str | None) -> tuple[list[str], list[_Line]]:
    """Return the months of the chart and its series with any known value, context first."""
    known = df.select("month", "series", value=house.numbers("value"))
    if known.is_empty():
        return [], []
    months = house.newest_months(known["month"])
    by_series: dict[str, dict[str, float | None]] = {}
    for month, series, value in known.iter_rows():
        by_series.setdefault(series, {})[month] = value
    values = {
        series: tuple(found.get(month) for month in months) for series, found in by_series.items()
    }
    values = {name: line for name, line in values.items() if any(v is not None for v in line)}
    coloured = _coloured(values, subject)
    lines = [
        _Line(name, line, str(coloured.index(name) + 1) if name in coloured else "")
        for name, line in values.items()
    ]
    return months, sorted(lines, key=lambda line: line.colour)


def _coloured(values: dict[str, tuple[float | None, ...]], subject: str | None) -> list[str]:
    """Return the series to colour: the subject, or all of up to four, or the largest."""
    if subject is not None and subject in values:
        return [subject]
    named = [name for name in values if not words.is_remainder(name)] or list(values)
    if len(named) <= MOST_COLOURS:
        return named
    return [max(named, key=lambda name: sum(value or 0 for value in values[name]))]


def _line_rows(
    line: _Line, months: list[str], when: list[str], say: words.Say, last_day: date | None
) -> list[dict[str, Any]]:
    """Return the rows of one line; a newest month that is open is a part of its own."""
    rows = []
    newest = len(months) - 1
    for place, (month, value) in enumerate(zip(months, line.values, strict=True)):
        row = {"part": "whole", "month": month, "series": line.name, "value": value}
        row |= {"colour": line.colour, "when": when[place], "said": say(value)}
        if last_day is not None and place == newest:
            row |= {"part": "open", "when": words.days(last_day.replace(day=1), last_day)}
            row["point"] = "" if value is None else "open"
        elif line.is_alone(place):
            row["point"] = "lone"
        rows.append(row)
        if last_day is not None and place == newest - 1:
            rows.append({**row, "part": "open", "point": ""})
    return rows


def _end_rows(lines: list[_Line], months: list[str]) -> list[dict[str, Any]]:
    """Return the names at the ends of the lines, moved apart where they would overlap."""
    sized = sorted(lines, key=lambda line: (line.colour == "", -(line.values[line.end] or 0)))
    named = sorted(sized[:MOST_LABELS], key=lambda line: line.values[line.end] or 0, reverse=True)
    known = [value for line in lines for value in line.values if value is not None]
    low, high = nice(min(0.0, *known), max(0.0, *known), _TICKS)
    per_px = (high - low) / PLOT_PX or 1.0
    labels = [_label(line.name) for line in named]
    wanted = [(high - (line.values[line.end] or 0)) / per_px for line in named]
    heights = [_LINE_PX * (label.count("\n") + 1) + 3.0 for label in labels]
    rows = []
    for line, label, want, got in zip(
        named, labels, wanted, spread(wanted, heights, PLOT_PX), strict=True
    ):
        moved = abs(want - got) > _NEAR_PX or line.end < len(months) - 1
        rows.append(
            {"part": "end", "month": months[line.end], "value": line.values[line.end]}
            | {"series": line.name, "colour": line.colour, "point": "end", "label": label}
            | {"label_month": months[-1], "label_value": high - got * per_px, "is_moved": moved}
        )
    return rows


def _event_rows(events: Sequence[Event], months: list[str], has_note: bool) -> list[dict[str, Any]]:
    """Return one row a month with events: a rule, and for the most telling of them a label.

    The newest of the others says how many they are. Labels that would meet on a phone stand one
    above the other. `has_note` leaves the lowest row to the note on the newest month.
    """
    by_month = _by_month(events, months)
    telling = sorted(by_month, key=lambda month: (_is_quiet(by_month[month]), -months.index(month)))
    named = {month: _event_label(by_month[month]) for month in telling[:MOST_EVENTS]}
    others = telling[MOST_EVENTS:]
    if others:
        n = sum(len(by_month[month]) for month in others)
        named[max(others)] = f"{n} more event{'s' if n > 1 else ''}"
    taken: list[float] = [float("inf")] if has_note else []  # where each row of labels ends
    rows = []
    for month, found in by_month.items():
        row: dict[str, Any] = {"part": "event", "month": month, "when": words.month_name(month)}
        row["said"] = "; ".join(event.text for event in found)
        label = named.get(month)
        if label is not None:
            at = _NARROW_PLOT_PX * (months.index(month) + 0.5) / len(months)
            width = len(label) * _LETTER_PX
            is_right = at + width > _NARROW_CHART_PX
            start, end = (at - width, at) if is_right else (at, at + width)
            place = next((i for i, ends in enumerate(taken) if ends < start), len(taken))
            taken[place:] = [end + _LETTER_PX, *taken[place + 1 :]]
            row |= {"label": label, "row": place, "side": "right" if is_right else "left"}
        rows.append(row)
    return rows


def _event_label(events: list[Event]) -> str:
    """Return the label of the most telling event of a month, and how many more there are."""
    telling = sorted(events, key=lambda event: event.is_quiet)
    labels = list(dict.fromkeys(event.label or event.text for event in telling))
    return f"{labels[0]}, {len(labels) - 1} more" if labels[1:] else labels[0]


def _by_month(events: Sequence[Event], months: list[str]) -> dict[str, list[Event]]:
    """Return the events of each month of the chart that has any, by month."""
    return {
        month: found
        for month in months
        if (found := [event for event in events if event.month == month])
    }


def _is_quiet(events: Sequence[Event]) -> bool:
    return all(event.is_quiet for event in events)


def _label(name: str) -> str:
    """Break a name into two lines where it is long, and cut what does not fit."""
    lines = textwrap.wrap(name, _LABEL_LETTERS, max_lines=2, placeholder="…")
    return "\n".join(lines)


def alt_text(
    df: pl.DataFrame,
    measure: str,
    say: words.Say,
    *,
    subject: str | None = None,
    last_day: date | None = None,
    events: Sequence[Event] = (),
) -> str:
    """Say where the coloured series went over the months, for who cannot see the chart.

    `measure` opens the text: “Tokens by vendor”. The other arguments are those of `frame`.
    """
    months, lines = _lines(df, subject)
    if not lines:
        return f"{measure}: nothing is known."
    whole = months if last_day is None else months[:-1]
    told = []
    for line in lines:
        known = [
            (month, value)
            for month, value in zip(whole, line.values[: len(whole)], strict=True)
            if value is not None
        ]
        if line.colour and known:
            (start, first), (end, last) = known[0], known[-1]
            text = f"{line.name} from {say(first)} to {say(last)}"
            if start == end:
                text = f"{line.name} {say(last)}"
            if (start, end) != (whole[0], whole[-1]):
                text += f" ({words.period(start, end)})"
            told.append(text)
    others = sum(1 for line in lines if not line.colour)
    if others:
        told.append(f"{words.count(others)} more in grey")
    text = f"{measure}, {words.period(whole[0], whole[-1])}" if whole else measure
    text += f": {'; '.join(told)}." if told else "."
    if last_day is not None:
        text += f" The newest month is known to {words.days(last_day, last_day)}."
    happened = [
        f"{words.month_name(month)}: {'; '.join(event.text for event in found)}"
        for month, found in _by_month(events, months).items()
    ]
    return f"{text} What happened: {'. '.join(happened)}." if happened else text
