"""What the figures of every page stand on: the window, the loads behind it, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, overload

import polars as pl

from leverage import queries, words
from leverage.ask import BESIDE, WORK_OF_NOBODY, Answer
from leverage.figures.confidence import confidence
from leverage.figures.currency import US_DOLLARS, Currency
from leverage.figures.figure import (
    Ask,
    Chart,
    Figure,
    Hidden,
    Table,
    against,
    against_share,
    unbroken,
)
from leverage.figures.scope import Compared, compared, kind_title, listed
from leverage.figures.yardstick import Yardstick, yardstick
from leverage.privacy import SMALL_GROUPS, K
from leverage.view import View

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Badge:
    """One short fact on what the page rests on; `is_attention` where it limits the figures."""

    text: str
    icon: str
    is_attention: bool = False


@dataclass(frozen=True)
class Caption:
    """What a badge had no room for: the sources, models or amounts it counted."""

    lead: str
    text: str


@dataclass(frozen=True)
class ToSettle:
    """Something missing that someone can bring, and what it would make known."""

    lead: str
    text: str


@dataclass(frozen=True)
class Ground:
    """The answers that every page is made of.

    `this` and `previous` are the rows of the headline, `by_month` its complete months (all, where
    none is complete), `missing` the companies by the input they lack, `rests_on` what confidence
    is judged by, `yardstick` what the one company in view is held against beside its own past,
    `currency` what money is told in.
    """

    headline: Answer
    this: Row
    previous: Row | None
    by_month: pl.DataFrame
    sources: pl.DataFrame
    loads: pl.DataFrame
    missing: dict[str, list[str]]
    rests_on: Row | None
    span: Compared
    yardstick: Yardstick
    currency: Currency

    @property
    def view(self) -> View:
        """Return the view that is looked at."""
        return self.headline.view

    @property
    def n_loads(self) -> int:
        """Return how many loads the window rests on."""
        return int(self.loads["loads"].sum())

    @property
    def is_compared(self) -> bool:
        """Tell whether there is an earlier period to compare with."""
        return self.span.compared is not None

    def before(self, name: str) -> Any:
        """Return a figure of the earlier period, None where nothing is compared."""
        return self.previous[name] if self.previous is not None and self.is_compared else None

    @property
    def cost_name(self) -> str:
        """Name the cost by what is in it."""
        if self.view.is_people:
            return "Attributed usage cost"
        if self.view.is_without_seats or not self.this["is_seats_known"]:
            return "Usage cost"
        return "Full cost"

    @property
    def cost_before(self) -> Any:
        """Return the earlier cost; unknown where seats are known in one of the periods only."""
        if not self.view.is_people and self.before("is_seats_known") != self.this["is_seats_known"]:
            return None
        return self.before("full_cost_usd")

    def earlier(self, value: Any, say: words.Say) -> tuple[str, ...]:
        """Say the earlier value and when it was, nothing where nothing is compared."""
        if self.span.compared is None or value is None:
            return ()
        name, year = self.span.compared.name, f" {self.span.span.last.year}"
        # The line above all figures has the year; here it would break the line.
        return (f"{say(value)} in {name.removesuffix(year)}",)

    def trend(self, name: str) -> tuple[float, ...]:
        """Return a figure's newest unbroken run of complete months."""
        return self.drawn(name, self.by_month[name].to_list())

    def drawn(self, name: str, values: Sequence[Any]) -> tuple[float, ...]:
        """Return the newest unbroken run of a figure's values, money in the page's currency."""
        is_money = name.endswith("_usd")
        return unbroken([self.currency.amount(value) if is_money else value for value in values])

    @overload
    def judged(self, drawn: Figure) -> Figure: ...
    @overload
    def judged(self, drawn: Chart) -> Chart: ...
    @overload
    def judged(self, drawn: Table) -> Table: ...
    @overload
    def judged(self, drawn: Hidden) -> Hidden: ...
    def judged(self, drawn: Figure | Chart | Table | Hidden) -> Figure | Chart | Table | Hidden:
        """Return a figure, chart or table with how far it can be trusted, where it is shown."""
        if isinstance(drawn, Hidden):
            return drawn
        is_split = bool(queries.get("questions", drawn.question).header["people"])
        grade = confidence(
            drawn.metric, self.rests_on, is_by_people=is_split or self.view.is_people
        )
        if isinstance(drawn, Figure):
            return self._held_against(replace(drawn, confidence=grade))
        return replace(drawn, confidence=grade)

    def _held_against(self, figure: Figure) -> Figure:
        """Return a figure with how it stands to its target or to the others, where it has such."""
        window = self.headline.window
        mark = self.yardstick.at(figure.metric, window.first, window.last)
        style = queries.get("metrics", figure.metric).header["format"]
        say = {"share": words.share, "money": self.currency.say, "tokens": words.tokens}.get(style)
        if mark is None or figure.value is None or say is None:
            return figure
        value, name = float(figure.value), self.yardstick.name
        gap = words.points_apart(value, mark) if style == "share" else say(abs(value - mark))
        side = "below" if value < mark else "above"
        beside = (
            f"{name} {say(mark)}: {gap} {side}" if value != mark else f"{name} {say(mark)}: met"
        )
        change, is_rise = figure.change, figure.is_rise
        if self.view.compare in BESIDE:
            change, is_rise = (against_share if style == "share" else against)(value, mark)
        return replace(figure, change=change, is_rise=is_rise, beside=(*figure.beside, beside))

    @property
    def uneven(self) -> tuple[str, ...]:
        """Say which sources lack days of one of the two periods that are compared, if any do.

        What they did not bring is no fall, and what they brought again no rise.
        """
        if self.span.compared is None:
            return ()
        end = self.span.compared.last
        rows = self.sources.filter(
            (pl.col("first_day") <= end)
            & ((pl.col("days_missing") - pl.col("days_missing_before")).abs() >= UNEVEN_DAYS)
        )
        if rows.is_empty():
            return ()
        said = [
            f"{kind_title(row['kind'])} of {row['company']}" for row in rows.iter_rows(named=True)
        ]
        verb = "lacks" if len(said) == 1 else "lack"
        return (
            f"Not like for like: {listed(said)} {verb} days in {self.span.span.name} or in "
            f"{self.span.compared.name}, so that a change may be theirs",
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what limits the figures of a page: filters, few people, lacking days."""
        return (*self.headline.notes, *self.uneven)

    def lacking(self) -> list[Row]:
        """Return the sources, of those begun by the window's end, that cover less than it."""
        end = self.span.span.last
        rows = self.sources.filter((pl.col("days_missing") > 0) & (pl.col("first_day") <= end))
        return list(rows.iter_rows(named=True))

    def completeness(self) -> list[Badge]:
        """Say whether the window is complete, and how many sources lack days of it.

        Of a complete month some source covers every day; it is not called complete where another
        lacks some of them.
        """
        window, lacking = self.headline.window, self.lacking()
        badges = []
        if window.is_partial:
            months = words.period(window.first, window.last)
            badges.append(Badge(f"{months} is not complete", "hourglass_empty", True))
        elif not lacking:
            badges.append(Badge(f"{self.span.span.name} is complete", "check"))
        if lacking:
            verb = "lacks" if len(lacking) == 1 else "lack"
            badges.append(Badge(f"{many(len(lacking), 'source')} {verb} days", "warning", True))
        return badges

    def source(self) -> str:
        """Say what the page rests on: loads, data version and n."""
        parts = ["Source: nothing is loaded for this period"]
        newest = self.loads["newest_at"].max()
        if newest is not None:
            day = newest.date()  # type: ignore[union-attr]
            parts = [f"Source: {many(self.n_loads, 'load')}, the newest on {words.days(day, day)}"]
        parts.append(f"data version {words.count(self.headline.pin.number)}")
        if self.this["active_people"] is not None:
            parts.append(f"n = {words.count(self.this['active_people'])} active people")
        return " · ".join(parts)

    def why_no_people(self) -> str:
        """Say why a count of people, or what is divided by it, is not there."""
        about_people = [note for note in self.headline.notes if SMALL_GROUPS not in note]
        return about_people[-1] if about_people else "No source in this view names people"

    def why_no_departments(self) -> str:
        """Say why no department stands for itself."""
        if self.view.workload:
            return WORK_OF_NOBODY
        if "roster" in self.missing:
            return "Departments are unknown: no roster is loaded"
        return f"No department has {K} people with use or more, so none is shown alone"

    def is_few(self) -> bool:
        """Tell whether people are hidden because there are fewer than K of them."""
        return any(note.startswith(f"Fewer than {K}") for note in self.headline.notes)

    def of(self) -> dict[str, Any]:
        """Return the fields by name, for what a page adds to them."""
        return {field.name: getattr(self, field.name) for field in fields(Ground)}


@dataclass(frozen=True)
class Periods(Ground):
    """The ground of a page whose own question has a row for each period.

    `periods` are its rows by period: “this”, “previous” and the months of the trend; `months` the
    complete months, oldest first.
    """

    periods: dict[str, Row]
    months: tuple[str, ...]

    def now(self, name: str) -> Any:
        """Return a figure of the window."""
        return self.periods.get("this", {}).get(name)

    def earlier_value(self, name: str) -> Any:
        """Return a figure of the earlier period, None where nothing is compared."""
        return self.periods.get("previous", {}).get(name) if self.is_compared else None

    def line(self, name: str) -> tuple[float, ...]:
        """Return a figure's newest unbroken run of complete months."""
        return self.drawn(name, [self.periods.get(month, {}).get(name) for month in self.months])


UNEVEN_DAYS = 4
"""So many days more that a source lacks of one period than of the other make the two uneven."""


def ground(ask: Ask, currency: Currency = US_DOLLARS) -> Ground | None:
    """Return what a page stands on, None where nothing that was loaded matches the view.

    `currency` is that of a page which tells money in the one its reader chose.
    """
    headline = ask("headline")
    rows = by_period(headline.frame)
    this = rows.get("this")
    if this is None or all(
        this[name] is None for name in ("full_cost_usd", "tokens", "active_people")
    ):
        return None
    return Ground(
        headline=headline,
        this=this,
        previous=rows.get("previous"),
        by_month=complete(ask("headline_by_month").frame, ask("months").frame),
        sources=ask("sources").frame,
        loads=ask("source_loads").frame,
        missing=_missing(ask("missing_inputs").frame),
        rests_on=next(ask("confidence").frame.iter_rows(named=True), None),
        span=compared(headline.window),
        yardstick=yardstick(ask),
        currency=currency,
    )


def many(number: int, noun: str) -> str:
    """Say how many of something: “1 load”, “32 loads”, “6 companies”."""
    if number == 1:
        return f"1 {noun}"
    is_ies = noun.endswith("y") and noun[-2] not in "aeiou"
    return f"{words.count(number)} {noun[:-1] + 'ies' if is_ies else noun + 's'}"


def by_period(frame: pl.DataFrame) -> dict[str, Row]:
    """Return the rows of an answer that has one for each period, under its name."""
    return {row["period"]: row for row in frame.iter_rows(named=True)}


def whole_months(ask: Ask) -> tuple[str, ...]:
    """Return the complete months, oldest first."""
    months = ask("months").frame.filter(pl.col("is_complete"))["month"]
    return tuple(months.sort().to_list())


def complete(by_month: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of complete months, all of them where none is complete."""
    whole = months.filter(pl.col("is_complete"))["month"].to_list()
    rows = by_month.filter(pl.col("month").is_in(whole))
    return rows if len(rows) else by_month


def _missing(rows: pl.DataFrame) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for company, name in rows.select("company", "input").iter_rows():
        found.setdefault(name, []).append(company)
    return found


def pooled_note(rows: pl.DataFrame) -> str | None:
    """Say what the pool of small groups is, where a chart by name has one."""
    if SMALL_GROUPS not in rows["name"].to_list():
        return None
    return (
        f"{SMALL_GROUPS} pools departments in which fewer than {K} people, or mostly one of them, "
        "used AI"
    )
