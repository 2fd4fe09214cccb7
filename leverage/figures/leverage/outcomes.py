"""Outcomes beside use: before and after what was done, with the design behind each claim."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from leverage import words
from leverage.charts.trend_by_series import Event
from leverage.figures.effects import (
    MOST_MONTHS,
    Effect,
    Intervention,
    effects,
    interventions,
    metrics,
    name_of,
    outcome_rows,
    say_of,
    why_no_effect,
)
from leverage.figures.events import markers
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.ground import ground, many
from leverage.figures.scope import listed
from leverage.figures.trend import trend
from leverage.stats.effects import LEAST_TEAMS_PER_ARM


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
    every = outcome_rows(ask)
    rows = every.filter("is_in_view")
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
    done = interventions(ask)
    treated = {one.company for one in done if one.is_in_view}
    use = _use(ask, events, treated)
    drawn = tuple(_multiple(rows, metric, events, treated) for metric in metrics(rows))
    return Outcomes(
        f"{many(len(drawn), 'outcome')} of {_who(rows)} beside use",
        _effects(every, done),
        (facts.judged(use), *drawn),
        None,
    )


def _who(rows: pl.DataFrame) -> str:
    return listed(rows["company"].unique().sort().to_list())


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
    say = say_of(metric, is_per_employee, drawn["value"].max() or 0.0)  # type: ignore[arg-type]
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


def _use(ask: Ask, events: Sequence[Event], treated: Collection[str]) -> Chart | Hidden:
    """Return tokens per employee by company, drawn as the outcomes beside it are."""
    name = "Tokens per employee beside outcomes"
    months = ask("months").frame.filter(pl.col("is_complete"))["month"].to_list()
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


def _effects(rows: pl.DataFrame, done: Sequence[Intervention]) -> Table | Hidden:
    name = "Before and after what was done"
    found = effects(rows, done)
    if not found:
        return Hidden(name, why_no_effect(done))
    first = found[0]
    return Table(
        name=name,
        finding=f"{first.outcome}: {first.told} after “{first.intervention.event}”",
        question="outcomes_by_month",
        metric="outcome_per_employee",
        rows=pl.DataFrame([_line(effect) for effect in found]),
        note="Before-after tells what changed, not why. Difference-in-differences takes off what "
        "changed where nothing was done, a staggered rollout what changed where it had not begun, "
        "a match what changed in the teams of other companies, in view or not, that were most "
        "alike. The interval comes from how teams differ, and with fewer than "
        f"{LEAST_TEAMS_PER_ARM} teams on a side only the direction is told. Up to "
        f"{MOST_MONTHS} complete months on either side.",
    )


def _line(effect: Effect) -> dict[str, str]:
    """Return one line of the table: the outcome before and after, with the design behind it."""
    say = effect.say
    return {
        "Company": effect.intervention.company,
        "Outcome": effect.outcome,
        "Of": effect.of,
        "Before": say(effect.before),
        "After": say(effect.after),
        "Effect": effect.told,
        "Design of the claim": effect.design,
    }
