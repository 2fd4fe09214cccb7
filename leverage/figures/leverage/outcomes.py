"""Outcomes beside use: before and after what was done, with the design behind each claim."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from leverage import stats, words
from leverage.charts.trend_by_series import Event
from leverage.figures.events import markers
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.ground import ground, many
from leverage.figures.leverage.rates import decimal, per_hundred, tenths
from leverage.figures.scope import listed
from leverage.figures.trend import trend
from leverage.stats.effects import LEAST_TEAMS_PER_ARM
from leverage.view import shift, span

MOST_MONTHS: Final = 6
"""Months on either side of an intervention that are held against each other, at most."""
LEAST_MONTHS: Final = 2
NAMES: Final = {
    "mttr_hours": "Hours to repair",
    "lead_time_hours": "Lead time, hours",
    "resolution_hours": "Resolution time, hours",
    "change_failure_share": "Deployments that failed",
    "tickets": "Tickets",
    "deployments": "Deployments",
    "failed_deployments": "Failed deployments",
    "incidents": "Incidents",
    "escaped_defects": "Escaped defects",
    "found_before_customer": "Found before the customer",
    "accepted": "Accepted work",
    "completed": "Completed work",
    "reworked": "Reworked",
}
"""The outcomes that are drawn, in this order, as people name them; then all others but reviews."""
OF_REVIEWS: Final = ("needs_review", "reviewed", "reviewers")


@dataclass(frozen=True)
class Intervention:
    """Something that was done on a day, to one department or to a whole company."""

    company: str
    month: str
    is_month_start: bool
    event: str
    department: str | None


@dataclass(frozen=True)
class Outcomes:
    """What the page says of outcomes beside use."""

    finding: str
    effects: Table | Hidden
    multiples: tuple[Chart | Hidden, ...]
    hidden: Hidden | None


def outcomes(ask: Ask) -> Outcomes | None:
    """Return outcomes beside use, None where nothing that was loaded matches the view."""
    facts = ground(ask)
    if facts is None:
        return None
    months = ask("months").frame.filter(pl.col("is_complete"))["month"].to_list()
    rows = ask("outcomes_by_month").frame.filter(
        pl.col("month").is_in(months) & ~pl.col("metric").is_in(OF_REVIEWS)
    )
    name = "Outcomes beside use"
    if rows.is_empty():
        return Outcomes(
            "No outcomes are loaded",
            Hidden(
                "Before and after what was done",
                "It takes outcomes by month: load the outcomes template or an export of your "
                "trackers",
            ),
            (),
            Hidden(name, "No outcomes of these months are loaded; the Data page says how"),
        )
    # What changed how use is counted says nothing of outcomes.
    events = markers(ask, ("intervention", "annotation"))
    treated = {done.company for done in interventions(ask)}
    effects = _effects(ask, rows)
    metrics = _metrics(rows)
    use = _use(ask, months, events, treated)
    drawn = tuple(_multiple(rows, metric, events, treated) for metric in metrics)
    return Outcomes(
        f"{many(len(metrics), 'outcome')} of {_who(rows)} beside use",
        effects,
        (facts.judged(use), *drawn),
        None,
    )


def _who(rows: pl.DataFrame) -> str:
    return listed(rows["company"].unique().sort().to_list())


def _metrics(rows: pl.DataFrame) -> list[str]:
    there = rows["metric"].unique().sort().to_list()
    known = [metric for metric in NAMES if metric in there]
    return [*known, *(metric for metric in there if metric not in NAMES)]


def name_of(metric: str) -> str:
    """Name an outcome as people do; one that is not known keeps its own name."""
    return NAMES.get(metric, metric.replace("_", " ").capitalize())


# ---- one small chart an outcome ----------------------------------------------------------------


def _multiple(
    rows: pl.DataFrame, metric: str, events: Sequence[Event], treated: Collection[str]
) -> Chart:
    """Return an outcome by month: a line a company, or a line a department of one company.

    The one company that something was done to is coloured.
    """
    mine = rows.filter(pl.col("metric") == metric)
    is_mean = bool(mine["is_mean"].all())
    whole = mine.filter(pl.col("scope").is_null())
    # Under a filter by department there is no row of the whole company.
    shown = whole if len(whole) else mine.filter(pl.col("scope") == pl.col("department"))
    is_per_employee = not is_mean and bool(shown["value_per_employee"].is_not_null().any())
    series = pl.col("company")
    if shown["company"].n_unique() == 1:
        series = pl.col("company") if len(whole) else pl.col("department")
    drawn = shown.select(
        "month",
        series=series,
        value=pl.col("value_per_employee") if is_per_employee else pl.col("value"),
    ).drop_nulls("value")
    say = _say(metric, is_per_employee, drawn["value"].max() or 0.0)  # type: ignore[arg-type]
    subject = next(iter(treated)) if len(treated) == 1 else None
    unit = "per employee and month" if is_per_employee else "mean of the month"
    if not is_mean and not is_per_employee:
        unit = "a month"
    label = f"{name_of(metric)}, {unit}"
    return trend(
        drawn,
        say,
        name=label,
        question="outcomes_by_month",
        metric="outcome_per_employee",
        finding=f"{name_of(metric)}: {_moved(drawn, say)}",
        measure=unit.capitalize(),
        events=events,
        is_share=metric.endswith("_share"),
        subject=subject,
    )


def _say(metric: str, is_per_employee: bool, largest: float) -> words.Say:
    """Return how an outcome is said, alike for all values of one chart or line."""
    if metric.endswith("_share"):
        return tenths
    if metric.endswith("_hours"):
        return lambda value: f"{decimal(value)} h"
    if not is_per_employee:
        return words.count
    return per_hundred if largest < 1 else decimal


def _moved(drawn: pl.DataFrame, say: words.Say) -> str:
    """Say where an outcome went: that of the one line, or how many lines fell and rose."""
    ends = (
        drawn.sort("month")
        .group_by("series", maintain_order=True)
        .agg(first=pl.col("value").first(), last=pl.col("value").last())
    )
    if len(ends) == 1:
        row = ends.row(0, named=True)
        return f"{say(row['first'])} to {say(row['last'])}"
    fell = ends.filter(pl.col("last") < pl.col("first")).height
    if fell in (0, len(ends)):
        return f"{'lower' if fell else 'higher'} in all {words.count(len(ends))}"
    return f"lower in {words.count(fell)} of {words.count(len(ends))}"


def _use(
    ask: Ask, months: Sequence[str], events: Sequence[Event], treated: Collection[str]
) -> Chart | Hidden:
    """Return tokens per employee by company, drawn as the outcomes beside it are."""
    name = "Tokens per employee beside outcomes"
    drawn = (
        ask("use_by_company")
        .frame.filter(pl.col("period").is_in(months))
        .select(month="period", series="company", value="tokens_per_employee")
        .drop_nulls("value")
    )
    if drawn.is_empty():
        return Hidden(name, "No complete month has both tokens and employees")
    subject = next(iter(treated)) if len(treated) == 1 else None
    return trend(
        drawn,
        words.tokens,
        name=name,
        question="use_by_company",
        metric="tokens_per_employee",
        finding=f"Tokens per employee: {_moved(drawn, words.tokens)}",
        measure="Per employee and month, whole companies",
        events=events,
        subject=subject,
    )


# ---- before and after --------------------------------------------------------------------------


def _effects(ask: Ask, rows: pl.DataFrame) -> Table | Hidden:
    name = "Before and after what was done"
    done = interventions(ask)
    if not done:
        return Hidden(
            name,
            "No intervention is logged in these months: load an event of kind intervention, with "
            "its department where others were left as they were",
        )
    table: list[dict[str, str]] = []
    for intervention in done:
        for metric in _metrics(rows.filter(pl.col("company") == intervention.company)):
            row = _effect(rows, intervention, metric)
            if row is not None:
                table.append(row)
    if not table:
        return Hidden(name, f"No outcome has {LEAST_MONTHS} complete months before and after it")
    # The strongest design first: with an interval, then with others beside it, then alone.
    table.sort(
        key=lambda row: (
            ", SE" not in row["Design of the claim"],
            "directional" not in row["Design of the claim"],
        )
    )
    first = table[0]
    return Table(
        name=name,
        finding=f"{first['Outcome']}: {first['Effect']} after “{done[0].event}”",
        question="outcomes_by_month",
        metric="outcome_per_employee",
        rows=pl.DataFrame(table),
        note="Before-after tells what changed, not why. Difference-in-differences takes off what "
        "changed where nothing was done; the interval comes from how teams differ, and with fewer "
        f"than {LEAST_TEAMS_PER_ARM} teams on a side only the direction is told. Up to "
        f"{MOST_MONTHS} complete months on either side.",
    )


def interventions(ask: Ask) -> list[Intervention]:
    """Return what was done in the months of the trend, oldest first."""
    found = ask("events_in_window").frame.filter(
        (pl.col("event_kind") == "intervention") & pl.col("company").is_not_null()
    )
    return [
        Intervention(
            row["company"], row["month"], row["day"].day == 1, row["event"], row["department"]
        )
        for row in found.iter_rows(named=True)
    ]


def around(months: Sequence[str], intervention: Intervention) -> tuple[list[str], list[str]]:
    """Return the months before and after an intervention, as many on either side.

    The month it fell in is neither, unless it began on its first day.
    """
    at = intervention.month
    start = at if intervention.is_month_start else shift(at, 1)
    before = sorted(month for month in months if month < at)
    after = sorted(month for month in months if month >= start)
    n = min(MOST_MONTHS, len(before), len(after))
    return (before[-n:], after[:n]) if n else ([], [])


def _effect(rows: pl.DataFrame, intervention: Intervention, metric: str) -> dict[str, str] | None:
    """Return one line of the table: the outcome before and after, with the design behind it."""
    mine = rows.filter((pl.col("company") == intervention.company) & (pl.col("metric") == metric))
    before, after = around(mine["month"].unique().sort().to_list(), intervention)
    if len(before) < LEAST_MONTHS or span(before[0], before[-1]) != len(before):
        return None
    is_treated = (
        pl.col("scope").is_null()
        if intervention.department is None
        else (pl.col("scope") == pl.col("department"))
        & (pl.col("department") == intervention.department)
    )
    own = _ends(mine.filter(is_treated), before, after)
    if len(own) != 1:
        return None
    is_per_employee = bool(mine["value_per_employee"].is_not_null().any())
    was, now = own[0]
    say = _say(metric, is_per_employee, max(was, now))
    line = {
        "Company": intervention.company,
        "Outcome": name_of(metric) + (" per employee" if is_per_employee else ""),
        "Of": intervention.department or "the whole company",
        "Before": say(was),
        "After": say(now),
        "Effect": _signed(now - was, say),
        "Design of the claim": f"before-after, {many(len(before), 'month')} each",
    }
    if intervention.department is not None:
        line |= _against_others(mine, intervention, before, after, say)
    return line


def _against_others(
    mine: pl.DataFrame,
    intervention: Intervention,
    before: list[str],
    after: list[str],
    say: words.Say,
) -> dict[str, str]:
    """Return effect and design where others were left as they were, nothing where there are none.

    Teams stand for themselves where the department has any, else the department does; counts that
    teams hand in are not divided by employees, so that they are compared as departments.
    """
    teams = mine.filter(
        pl.col("scope").is_not_null() & (pl.col("scope") != pl.col("department"))
    ).filter(pl.lit(bool(mine["is_mean"].all())))
    is_own = pl.col("department") == intervention.department
    arms = [teams.filter(is_own), teams.filter(~is_own)]
    noun = "team"
    if not all(len(arm) for arm in arms):
        noun = "department"
        departments = mine.filter(pl.col("scope") == pl.col("department"))
        arms = [departments.filter(is_own), departments.filter(~is_own)]
    treated, control = (_ends(arm, before, after) for arm in arms)
    found = stats.difference_in_differences(treated, control)
    if found is None:
        return {}
    effect = _signed(found.effect, say)
    teams_said = f"{words.count(found.n_treated)} against {many(found.n_control, noun)}"
    if found.interval is not None and not found.is_directional:
        low, high = (_signed(end, say) for end in found.interval)
        effect += f" ({low} to {high})"
        if found.interval[0] <= 0 <= found.interval[1]:
            effect += ", not distinguishable from zero"
        error = say(found.standard_error)
        return {
            "Effect": effect,
            "Design of the claim": f"difference-in-differences, {teams_said}, SE {error}",
        }
    return {
        "Effect": effect if effect == words.moved(0, say) else _direction(found.effect),
        "Design of the claim": f"difference-in-differences, {teams_said}: directional",
    }


def _direction(effect: float) -> str:
    """Say which way few teams point: a size would claim what they cannot show."""
    return "higher than elsewhere" if effect > 0 else "lower than elsewhere"


def _ends(rows: pl.DataFrame, before: list[str], after: list[str]) -> list[tuple[float, float]]:
    """Return (mean before, mean after) of every scope that is known in all of these months."""
    found: list[tuple[float, float]] = []
    for scope in rows["scope"].unique().sort().to_list():
        mine: dict[str, Any] = {
            row["month"]: row["value"]
            if row["value_per_employee"] is None
            else row["value_per_employee"]
            for row in rows.filter(pl.col("scope").eq_missing(scope)).iter_rows(named=True)
        }
        if all(month in mine for month in (*before, *after)):
            means = [sum(mine[m] for m in part) / len(part) for part in (before, after)]
            found.append((means[0], means[1]))
    return found


def _signed(part: float, say: words.Say) -> str:
    """Say a difference with its sign; one that would read as 0 is no change."""
    return words.moved(0 if say(abs(part)) == say(0) else part, say)
