"""Can what is loaded be trusted: which exports are missing, and what of them does not match."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from leverage import charts, words
from leverage.ask import Asker
from leverage.figures.figure import Ask
from leverage.figures.scope import kind_title, listed
from leverage.intake.kinds import how_to_get
from leverage.view import View, shift, span

QUIET_MONTHS = 3
"""A source with nothing for longer than this has probably ended; it is no longer counted."""
SETTLED_MONTHS = 3
"""What has no owner or price is looked for in the newest months only."""
MOST_NAMES = 6
HEADCOUNT_AND_SEATS = ("headcount", "seats")


@dataclass(frozen=True)
class Missing:
    """One export that is not there: of which source, since when, and how to get it."""

    source: str
    said: str
    how: str


@dataclass(frozen=True)
class Point:
    """Something in what is loaded that has no owner, price or place in a total."""

    lead: str
    text: str


@dataclass(frozen=True)
class Calendar:
    """What is loaded of one company, month by month, its finding as title."""

    title: str
    spec: charts.Spec
    rows: pl.DataFrame
    alt: str

    @property
    def months(self) -> int:
        """Return how many months it shows."""
        return self.rows["month"].n_unique()


@dataclass(frozen=True)
class Trust:
    """Everything the Data page says of what is loaded.

    `missing` are the exports of `month` that are not there and gaps of other months; `ended` are
    sources that have been quiet for long. `partly` says which months are covered in part.
    `services` are those without a department: company, vendor, service, tokens.
    """

    title: str
    month: str
    missing: tuple[Missing, ...]
    ended: tuple[str, ...]
    partly: str | None
    rosters: str | None
    calendars: tuple[Calendar, ...]
    points: tuple[Point, ...]
    period: str
    services: pl.DataFrame


def trust(asker: Asker, today: date) -> Trust | None:
    """Return what can be said of the loads of a data version; None where none is in effect."""
    this_month = f"{today:%Y-%m}"
    month = shift(this_month, -1)
    held: list[str] = asker.months(View())["month"].to_list()
    view = View(months=(min([*held, month]), max([*held, month])))

    def ask(question: str) -> pl.DataFrame:
        return asker.ask(question, view).frame

    covered = _covered(ask("coverage"), ask("staff_loads"))
    rosters = _rosters(ask("staff_loads"))
    if covered.is_empty() and rosters is None:
        return None
    states = _states(covered, month, this_month)
    lacks = [_lacks(source, states, month) for source in _sources(states)]
    newest = held[-1] if held else month
    recent = View(months=(max(shift(newest, 1 - SETTLED_MONTHS), view.months[0]), newest))  # type: ignore[index]
    services, points = _settle(lambda question: asker.ask(question, recent))
    finding = _finding(lacks, month)
    return Trust(
        title=f"{finding[0].upper()}{finding[1:]}",
        month=month,
        missing=tuple(
            Missing(lack.source.said, lack.said, lack.source.how)
            for lack in lacks
            if lack.said and not lack.is_quiet
        ),
        ended=tuple(f"{lack.source.said}: {lack.said}" for lack in lacks if lack.is_quiet),
        partly=_partly(states, month),
        rosters=rosters,
        calendars=tuple(_calendars(_expected(states, lacks), lacks, month)),
        points=tuple(points),
        period=words.period(*recent.months) if recent.months else "",
        services=services,
    )


# ---- coverage ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Source:
    """One export of one account; `said` names it among all, `label` among its company's."""

    company: str
    kind: str
    account: str
    label: str
    said: str

    @property
    def how(self) -> str:
        return how_to_get(self.kind)


@dataclass(frozen=True)
class _Lack:
    """What a source lacks, in words; nothing where it lacks nothing."""

    source: _Source
    said: str
    last_month: str
    is_month_missing: bool
    is_quiet: bool


def _covered(coverage: pl.DataFrame, staff: pl.DataFrame) -> pl.DataFrame:
    """Return the covered days of each source and month: use, headcount and seats alike."""
    columns = ("company", "kind", "account", "month", "days_covered", "days_in_month", "last_day")
    monthly = staff.filter(pl.col("brings").is_in(HEADCOUNT_AND_SEATS)).select(
        "company",
        "kind",
        "account",
        month=pl.col("first_day").dt.strftime("%Y-%m"),
        days_covered=pl.col("last_day").dt.day().cast(pl.Int64),
        days_in_month=pl.col("last_day").dt.day().cast(pl.Int64),
        last_day=pl.col("last_day"),
    )
    held = coverage.filter(pl.col("days_covered") > 0)
    return pl.concat([held.select(columns), monthly.select(columns)])


def _states(covered: pl.DataFrame, month: str, this_month: str) -> pl.DataFrame:
    """Return one row per source and month that should be there: its state and what to say of it.

    A month is expected from a source's first one to the last that has ended; the month under way
    has a row only where something of it is loaded.
    """
    firsts = covered.group_by("company", "kind", "account").agg(first=pl.col("month").min())
    rows = []
    for company, kind, account, first in firsts.sort("company", "kind", "account").iter_rows():
        last = max(month, str(covered["month"].max()))
        rows += [(company, kind, account, shift(first, step)) for step in range(span(first, last))]
    keys = ["company", "kind", "account", "month"]
    expected = pl.DataFrame(rows, schema=dict.fromkeys(keys, pl.String), orient="row")
    joined = expected.join(covered, on=keys, how="left").filter(
        pl.col("days_covered").is_not_null() | (pl.col("month") < this_month)
    )
    said = [
        "nothing"
        if days is None
        else f"{words.count(days)} of {words.count(length)} days, the last {words.days(last, last)}"
        for days, length, last in joined.select(
            "days_covered", "days_in_month", "last_day"
        ).iter_rows()
    ]
    state = (
        pl.when(pl.col("days_covered").is_null())
        .then(pl.lit("missing"))
        .when(pl.col("days_covered") < pl.col("days_in_month"))
        .then(pl.lit("partial"))
        .otherwise(pl.lit("present"))
    )
    return joined.with_columns(state=state, said=pl.Series(said, dtype=pl.String)).sort(keys)


def _sources(states: pl.DataFrame) -> list[_Source]:
    found = states.select("company", "kind", "account").unique().sort("company", "kind", "account")
    companies = found["company"].n_unique()
    alike = found.group_by("company", "kind").len()
    several = {(c, k) for c, k, n in alike.iter_rows() if n > 1}
    sources = []
    for company, kind, account in found.iter_rows():
        label = kind_title(kind)
        if kind == "seats":
            label = f"{account} seats"
        elif (company, kind) in several:
            label = f"{label} ({account})"
        said = f"{label} of {company}" if companies > 1 else label
        sources.append(_Source(company, kind, account, label, said))
    return sources


def _of(states: pl.DataFrame, source: _Source) -> pl.DataFrame:
    return states.filter(
        (pl.col("company") == source.company)
        & (pl.col("kind") == source.kind)
        & (pl.col("account") == source.account)
    )


def _lacks(source: _Source, states: pl.DataFrame, month: str) -> _Lack:
    mine = _of(states, source)
    last_day: date = mine["last_day"].max()  # type: ignore[assignment]
    last = f"{last_day:%Y-%m}"
    silent = span(last, month) - 1
    gaps = mine.filter((pl.col("state") == "missing") & (pl.col("month") < last))["month"].to_list()
    said = []
    if silent > 0:
        said.append(f"nothing after {words.days(last_day, last_day)}")
    if gaps:
        said.append(f"nothing for {listed([words.month_name(gap) for gap in gaps])}")
    is_quiet = silent > QUIET_MONTHS
    return _Lack(source, ", ".join(said), last, silent > 0 and not is_quiet, is_quiet)


def _finding(lacks: Sequence[_Lack], month: str) -> str:
    """Say in one clause whether the month can be read."""
    name = words.month_name(month)
    lively = [lack for lack in lacks if not lack.is_quiet]
    if not lacks:
        return "no use is loaded yet"
    if not lively:
        newest = max(lack.last_month for lack in lacks)
        return f"nothing is loaded after {words.month_name(newest)}"
    missing = sum(lack.is_month_missing for lack in lively)
    if not missing:
        return f"every source is loaded for {name}" if lively[1:] else f"{name} is loaded"
    if missing == len(lively):
        return f"nothing is loaded for {name} yet"
    verb = "is" if missing == 1 else "are"
    of = f"{words.count(missing)} of {words.count(len(lively))} sources"
    return f"{of} {verb} not loaded for {name}"


def _partly(states: pl.DataFrame, month: str) -> str | None:
    """Say which sources cover the month in part; days without use look the same as lost ones."""
    parts = []
    for source in _sources(states):
        row = _of(states, source).filter(
            (pl.col("month") == month) & (pl.col("state") == "partial")
        )
        parts += [f"{source.said} {said}" for said in row["said"].to_list()]
    if not parts:
        return None
    return f"In part: {listed(parts, MOST_NAMES)}. A day without use looks like a day not exported."


def _rosters(staff: pl.DataFrame) -> str | None:
    """Say which roster of each company is the newest."""
    newest = (
        staff.filter(pl.col("brings") == "people")
        .group_by("company")
        .agg(pl.col("first_day").max())
        .sort("company")
    )
    if newest.is_empty():
        return None
    of = " of" if len(newest) > 1 else ""
    told = [
        f"{company + ' ' if of else ''}{words.days(day, day)}"
        for company, day in newest.iter_rows()
    ]
    return f"Newest roster{'s' * (len(newest) > 1)}: {listed(told, MOST_NAMES)}"


def _expected(states: pl.DataFrame, lacks: Sequence[_Lack]) -> pl.DataFrame:
    """Return the states without the months after a source has ended: nothing is expected there."""
    kept = [
        _of(states, lack.source).filter(
            (pl.col("month") <= lack.last_month) | pl.lit(not lack.is_quiet)
        )
        for lack in lacks
    ]
    return pl.concat(kept) if kept else states


def _calendars(states: pl.DataFrame, lacks: Sequence[_Lack], month: str) -> list[Calendar]:
    """Return one calendar for each company, sources by month, its finding as title."""
    drawn = []
    for company in states["company"].unique().sort().to_list():
        mine = [lack for lack in lacks if lack.source.company == company]
        df = pl.concat(
            _of(states, lack.source).select(
                "month", "state", "said", source=pl.lit(lack.source.label)
            )
            for lack in mine
        )
        title = f"{company}: {_finding(mine, month)}"
        drawn.append(
            Calendar(
                title=title,
                spec=charts.titled(
                    charts.coverage_calendar.spec(), title, charts.coverage_calendar.KEY
                ),
                rows=charts.coverage_calendar.frame(df),
                alt=f"{company}: {charts.coverage_calendar.alt_text(df)}",
            )
        )
    return drawn


# ---- what has no owner, price or total ---------------------------------------------------------


def _settle(ask: Ask) -> tuple[pl.DataFrame, list[Point]]:
    """Return the services without a department, and all other points, most telling first."""
    services = ask("services_without_owner").frame
    points = []
    nameless = ask("unmapped").frame.filter(pl.col("what") == "names nobody")
    if len(nameless):
        held = _amounts(nameless["tokens"].sum(), nameless["cost_usd"].sum())
        points.append(
            Point(
                f"{held} name nobody",
                f"The exports of {listed(nameless['vendor'].unique().sort().to_list())} say "
                "neither who it was nor with which key",
            )
        )
    inputs = ask("missing_inputs").frame
    without = {
        name: inputs.filter(pl.col("input") == name)["company"].to_list()
        for name in ("roster", "headcount", "seats")
    }
    if without["roster"]:
        points.append(
            Point(
                f"No roster of {listed(without['roster'])} is loaded",
                "Departments are unknown without one",
            )
        )
    strangers = ask("unlisted_by_vendor").frame
    theirs = (strangers["tokens"].sum(), strangers["cost_usd"].sum())
    if any(theirs) and not without["roster"]:
        points.append(
            Point(
                f"{_amounts(*theirs)} belong to people in no roster",
                f"{_parts(strangers)}. A newer roster or a list of aliases gives them a "
                "department; their addresses are not kept",
            )
        )
    if without["headcount"]:
        points.append(
            Point(
                f"The number of employees of {listed(without['headcount'])} is unknown",
                "Load a headcount or a roster",
            )
        )
    if without["seats"]:
        points.append(
            Point(
                f"The seats of {listed(without['seats'])} are unknown in some months",
                "The cost of those months is the cost of use alone",
            )
        )
    models = ask("unpriced_models").frame
    unpriced = models.filter(pl.col("tokens_without_cost").is_not_null())
    if len(unpriced):
        points.append(
            Point(
                f"{words.tokens(unpriced['tokens_without_cost'].sum())} tokens have no known price",
                f"Neither the exports nor the price list price "
                f"{listed(unpriced['model'].unique().sort().to_list(), MOST_NAMES)}",
            )
        )
    currencies = ask("other_currencies").frame
    if len(currencies):
        told = [
            f"{words.count(amount)} {currency} of {vendor}"
            for vendor, currency, amount in currencies.select(
                "vendor", "currency", "amount"
            ).iter_rows()
        ]
        points.append(
            Point(
                f"{listed(told)} stand in no total",
                "Money in another currency is added to nothing until exchange rates are loaded",
            )
        )
    return services, points


def _parts(strangers: pl.DataFrame) -> str:
    """Say which part of each vendor's tokens and cost is theirs: “GitHub: 12 % of the cost”."""
    said = []
    for row in strangers.iter_rows(named=True):
        parts = [
            f"{words.share(float(row[part]) / float(row[f'all_{part}']))} of the {name}"
            for part, name in (("tokens", "tokens"), ("cost_usd", "cost"))
            if row[part] and row[f"all_{part}"]
        ]
        said += [f"{row['vendor']}: {' and '.join(parts)}"] if parts else []
    return "; ".join(said)


def _amounts(tokens: words.Number | None, usd: words.Number | None) -> str:
    parts = []
    if tokens:
        parts.append(f"{words.tokens(tokens)} tokens")
    if usd:
        parts.append(words.money(usd))
    return " and ".join(parts) or "Some use"


# ---- the history -------------------------------------------------------------------------------


def undo_in_words(load: dict[str, object]) -> str:
    """Say what undoing a load would take back, from a row of undoable_loads."""
    added, replaced = _rows(load["rows_added"]), _rows(load["rows_replaced"])
    back = "nothing comes back"
    if load["rows_replaced"]:
        back = f"the {replaced} it replaced come{'s' * (load['rows_replaced'] == 1)} back"
    return (
        f"The {added} that load {words.count(load['n'])} added go, and {back}. "  # type: ignore[arg-type]
        "Every other load stays."
    )


def _rows(number: object) -> str:
    assert isinstance(number, int)
    return f"{words.count(number)} row{'s' * (number != 1)}"
