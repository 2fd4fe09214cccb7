"""The adoption page above its tabs: how many use AI, how often, and at which stage that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from leverage import charts, words
from leverage.figures import headline
from leverage.figures.adoption.measured import NOT_TWELVE_WEEKS, Measured, measured
from leverage.figures.events import markers
from leverage.figures.figure import (
    Ask,
    Chart,
    Figure,
    Hidden,
    against_share,
    hidden,
    shown,
)
from leverage.figures.ground import Ground, ToSettle, ground, pooled_note
from leverage.figures.scope import listed
from leverage.figures.trend import trend
from leverage.maturity import STAGES, next_gate
from leverage.privacy import NO_DEPARTMENT, SMALL_GROUPS

Row = Mapping[str, Any]
NOT_WHOLE = "The month is not complete"
NOT_DATED = "No source in this view dates what people used by the day"


@dataclass(frozen=True)
class Adoption:
    """What the adoption page shows above its tabs, in its order."""

    title: str
    figures: tuple[Figure, ...]
    sentences: tuple[words.Sentence, ...]
    to_settle: tuple[ToSettle, ...]
    trend: Chart | Hidden
    breadth: Chart | Hidden
    notes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class _Facts(Ground):
    """The answers the page is made of, and the row of the window's last month."""

    by_months: pl.DataFrame
    habit: Row | None
    maturity: Measured | None
    now: Row | None
    then: Row | None

    @property
    def last(self) -> str:
        return words.month_name(self.headline.window.last)


def adoption(ask: Ask) -> Adoption | None:
    """Return the page above its tabs, None where nothing that was loaded matches the view."""
    stands_on = ground(ask)
    if stands_on is None:
        return None
    window = stands_on.headline.window
    people = ask("adoption_by_month").frame
    rows = people.join(ask("retention_by_month").frame, on="month", how="left")
    by_month = {row["month"]: row for row in rows.iter_rows(named=True)}
    before = window.previous[1] if window.previous else None
    facts = _Facts(
        **stands_on.of(),
        by_months=people,
        habit=next(ask("habit_changes").frame.iter_rows(named=True), None),
        maturity=None if stands_on.view.is_narrowed else measured(ask),
        now=None if window.is_partial else by_month.get(window.last),
        then=by_month.get(before) if before else None,
    )
    return Adoption(
        title=_title(facts),
        figures=tuple(
            facts.judged(figure(facts))
            for figure in (_active_share, _habit, _stickiness, _retention, _stage)
        ),
        sentences=tuple(_sentences(facts)),
        to_settle=tuple(_to_settle(facts)),
        trend=facts.judged(_trend(ask, facts)),
        breadth=facts.judged(_breadth(ask, facts)),
        notes=facts.notes,
        source=facts.source(),
    )


def _title(facts: _Facts) -> str:
    this, when = facts.this, facts.span.span.when
    if this["active_share"] is not None:
        title = f"{words.share(this['active_share'])} of employees used AI {when}"
    elif this["active_people"] is not None:
        title = f"{words.count(this['active_people'])} people used AI {when}"
    else:
        title = f"How many people used AI {when} is unknown"
    stage = facts.maturity.now.stage if facts.maturity else None
    stability = facts.maturity.now.stability if facts.maturity else None
    if stage is not None and stability is not None and stability < LEAST_STABLE:
        title += f"; its use is near a step, at stage {stage} in {words.share(stability)} of draws"
    elif stage is not None:
        title += f"; its use is at stage {stage} of {len(STAGES)}, {STAGES[stage - 1].lower()}"
    return title


# ---- the five figures --------------------------------------------------------------------------


def _active_share(facts: _Facts) -> Figure:
    this = facts.this
    figure = Figure("active_share", "Active share", question="headline")
    if this["active_share"] is None or "headcount" in facts.missing:
        # Without employees there is still the number of people.
        return headline.active(facts)
    before = facts.before("active_share")
    change, is_rise = against_share(this["active_share"], before)
    people, heads = words.count(this["active_people"]), words.count(this["employees"])
    beside = [*facts.earlier(before, words.share), f"{people} of {heads} employees"]
    return shown(
        figure,
        words.share(this["active_share"]),
        change,
        is_rise,
        beside,
        facts.trend("active_share"),
        n=f"{heads} employees",
        value=this["active_share"],
    )


def _habit(facts: _Facts) -> Figure:
    figure = Figure("habit_share", "People with a habit", question="habit_changes")
    if facts.view.is_narrowed:
        return hidden(figure, WHOLE)
    if facts.headline.window.is_partial:
        return hidden(figure, NOT_WHOLE)
    row = facts.habit
    if row is None:
        return hidden(figure, NOT_TWELVE_WEEKS)
    if row["habit_share"] is None:
        return hidden(figure, "Fewer than 5 people on one side: the split is hidden")
    beside = [
        f"{words.count(row['people_with_habit'])} of {words.count(row['people_with_days'])} people",
        "9 or more of the last 12 weeks",
    ]
    if row["kept"] is not None:
        beside.append(f"{words.count(row['gained'])} gained it, {words.count(row['lost'])} lost it")
    n = f"{words.count(row['people_with_days'])} people whose use is dated"
    return shown(
        figure,
        words.share(row["habit_share"]),
        None,
        None,
        beside,
        (),
        n=n,
        value=row["habit_share"],
    )


def _stickiness(facts: _Facts) -> Figure:
    figure = Figure("stickiness", "Stickiness", question="adoption_by_month")
    if facts.headline.window.is_partial:
        return hidden(figure, NOT_WHOLE)
    row = facts.now
    if row is None or row["stickiness"] is None:
        by_use = facts.view.is_by_use
        return hidden(figure, "A day does not say what was used" if by_use else NOT_DATED)
    before = facts.then["stickiness"] if facts.then else None
    change, is_rise = against_share(row["stickiness"], before)
    beside = [
        f"{words.count(row['daily_people'])} people on a mean working day of {facts.last}",
        f"of {words.count(row['people_with_days'])} whose use is dated",
    ]
    n = f"{words.count(row['people_with_days'])} people whose use is dated"
    return shown(
        figure,
        words.share(row["stickiness"]),
        change,
        is_rise,
        beside,
        (),
        n=n,
        value=row["stickiness"],
    )


def _retention(facts: _Facts) -> Figure:
    figure = Figure("retention", "Retention", question="retention_by_month")
    if facts.view.is_narrowed:
        return hidden(figure, WHOLE)
    if facts.headline.window.is_partial:
        return hidden(figure, NOT_WHOLE)
    row = facts.now
    if row is None or row["retained"] is None:
        is_few = row is not None and row["is_hidden"]
        few = "Fewer than 5 people came, stayed or went: the split is hidden"
        return hidden(figure, few if is_few else "The month before has no use of people")
    beside = [
        f"{words.count(row['retained'])} stayed, {words.count(row['gained'])} came, "
        f"{words.count(row['lost'])} went",
        f"in {facts.last}",
    ]
    n = f"{words.count(row['retained'] + row['lost'])} people of the month before"
    return shown(
        figure, words.share(row["retention"]), None, None, beside, (), n=n, value=row["retention"]
    )


def _stage(facts: _Facts) -> Figure:
    figure = Figure("usage_maturity", "Usage maturity", question="maturity_by_month")
    if facts.view.is_narrowed:
        return hidden(figure, WHOLE)
    if facts.maturity is None:
        return hidden(figure, "No month of the window is complete")
    now = facts.maturity.now
    if now.stage is None or now.score is None:
        return hidden(figure, why_no_stage(facts.maturity))
    beside = [f"score {words.count(round(now.score))} of 100"]
    if now.stability is not None:
        beside.append(f"holds in {words.share(now.stability)} of 500 draws")
    if now.gate is not None:
        beside.append(f"held there by {label(facts.maturity, now.gate.dimension).lower()}")
    n = f"{words.count(facts.now['active_people'])} active people" if facts.now else ""
    text = f"{now.stage} · {STAGES[now.stage - 1]}"
    trend = tuple(step.score for step in facts.maturity.path if step.score is not None)
    return shown(figure, text, None, None, beside, trend if len(trend) > 1 else (), n=n)


WHOLE = "Told for whole companies only"
LEAST_STABLE = 0.5
"""A stage that is kept in fewer of the draws is more likely another one."""


def why_no_stage(found: Measured) -> str:
    """Say which dimensions are unknown, so that there is no stage."""
    unknown = [label(found, name).lower() for name, s in found.now.scores.items() if s is None]
    return f"No stage: {listed(unknown, 4)} unknown, {words.share(found.now.coverage)} known"


def label(found: Measured, dimension: str) -> str:
    """Return the name of a dimension as readers see it."""
    return next(known.label for known in found.rule if known.name == dimension)


# ---- why, and what to do -----------------------------------------------------------------------


def _sentences(facts: _Facts) -> list[words.Sentence]:
    said = []
    found = facts.maturity
    if found is not None and found.now.stage is not None:
        now, pillar = found.now, found.now.lowest_pillar
        if now.gate is not None and now.stage_by_score is not None:
            lead = (
                f"{_holds(label(found, now.gate.dimension))} the stage at {now.stage}; "
                f"by its score it would be {now.stage_by_score}"
            )
            asked = f"stage {now.gate.caps_at + 1} asks for {words.share(now.gate.least)}"
            said.append(
                _sentence(lead, f": {asked}, and {found.said(now.gate.dimension)} is known.")
            )
        if pillar is not None and (score := now.pillars[pillar]) is not None:
            lead = f"{pillar.capitalize()} is the lowest of the four pillars"
            dimension = now.lowest_dimension(pillar, found.rule)
            rest = f", at {words.count(round(score))} of 100."
            if dimension is not None:
                rest = (
                    f", at {words.count(round(score))} of 100; lowest in it: "
                    f"{dimension.label.lower()}, {found.said(dimension.name)}."
                )
            said.append(_sentence(lead, rest))
    row = facts.now
    if row is not None and row.get("weekly_people") is not None:
        lead = (
            f"{words.count(row['weekly_people'])} people used it in a mean week of {facts.last} "
            f"and {words.count(row['daily_people'])} on a mean working day"
        )
        of = words.count(row["people_with_days"])
        said.append(_sentence(lead, f", of {of} people whose use is dated."))
    return said


def _holds(what: str) -> str:
    return f"{what} hold" if what.endswith("s") else f"{what} holds"


def _sentence(lead: str, rest: str) -> words.Sentence:
    return words.Sentence("people", lead, lead + rest)


def _to_settle(facts: _Facts) -> list[ToSettle]:
    """Say what would lift the use, then which file would make more known."""
    said = []
    found = facts.maturity
    if found is not None and found.now.stage is not None:
        gate = found.now.gate or next_gate(found.now)
        if gate is not None:
            dimension = next(known for known in found.rule if known.name == gate.dimension)
            said.append(
                ToSettle(
                    f"To reach stage {gate.caps_at + 1}",
                    f"{dimension.lift}, until it is {words.share(gate.least)}; "
                    f"it is {found.said(gate.dimension)}",
                )
            )
        pillar = found.now.lowest_pillar
        lowest = found.now.lowest_dimension(pillar, found.rule) if pillar else None
        if pillar and lowest is not None and (gate is None or lowest.name != gate.dimension):
            said.append(ToSettle(f"To lift {pillar}", lowest.lift))
    for name, what in (
        ("roster", "so that use has departments"),
        ("headcount", "so that use can be set against employees"),
        ("seats", "so that seats can be set against who uses them"),
    ):
        if name in facts.missing:
            said.append(ToSettle(f"Load {name}", f"of {listed(facts.missing[name])}, {what}"))
    return said


# ---- the two charts ----------------------------------------------------------------------------


def _trend(ask: Ask, facts: _Facts) -> Chart | Hidden:
    name = "People with use"
    window = facts.headline.window
    series = {
        "active_people": "in the month",
        "weekly_people": "in a week",
        "daily_people": "on a working day",
    }
    rows = (
        facts.by_months.select("month", **{told: pl.col(key) for key, told in series.items()})
        .unpivot(index="month", variable_name="series", value_name="value")
        .with_columns(pl.col("value").cast(pl.Float64))
        .drop_nulls("value")
    )
    if rows.is_empty():
        return Hidden(name, facts.why_no_people())
    held_against = (
        facts.yardstick.line("active_share")
        .join(facts.by_months.select("month", "employees"), on="month", maintain_order="left")
        .select("month", "series", value=pl.col("value") * pl.col("employees"))
        .drop_nulls("value")
    )
    rows = pl.concat([rows, held_against])
    is_open = window.is_partial and str(rows["month"].max()) == window.last
    last_day = window.last_day if is_open else None
    return trend(
        rows,
        words.count,
        name=name,
        question="adoption_by_month",
        metric="active_people",
        finding=_trend_finding(facts),
        measure=f"{name} by month, in a mean week and on a mean working day",
        events=markers(ask),
        last_day=last_day,
    )


def _trend_finding(facts: _Facts) -> str:
    row = facts.now
    if row is None or row["daily_people"] is None:
        return f"{words.count(facts.this['active_people'])} people were active"
    part = words.share(row["stickiness"])
    return f"{part} of those whose use is dated use it on a working day"


def _breadth(ask: Ask, facts: _Facts) -> Chart | Hidden:
    name = "Active share by department and role"
    answer = ask("breadth_by_group")
    rows = answer.frame.filter(pl.col("active_share").is_not_null())
    if "headcount" in facts.missing:
        return Hidden(name, "No headcount and no roster is loaded")
    rows = rows.filter(pl.col("department") != NO_DEPARTMENT)
    if rows.is_empty() or set(rows["department"]) <= {SMALL_GROUPS}:
        return Hidden(name, facts.why_no_departments())
    cells = rows.select(
        row="department",
        column=pl.when(pl.col("role") == SMALL_GROUPS)
        .then(pl.lit("all other roles"))
        .otherwise(pl.col("role")),
        value=pl.col("active_share").clip(0, 1),
        beside=pl.struct("active_people", "employees").map_elements(
            lambda row: (
                f"{words.count(row['active_people'])} of {words.count(row['employees'])} employees"
            ),
            return_dtype=pl.String,
        ),
        is_last=pl.col("role") == SMALL_GROUPS,
        is_pool=pl.col("department") == SMALL_GROUPS,
    ).sort("is_last", "column", "is_pool", "row")
    known = answer.frame.group_by("department").agg(
        share=pl.col("active_people").sum() / pl.col("employees").sum()
    )
    named = known.filter(~pl.col("department").str.starts_with("(")).sort("share", "department")
    lowest, share = named.select("department", "share").row(0)
    finding = f"{lowest} is the department with the lowest share: {words.share(share)}"
    if len(named) == 1:
        finding = f"{words.share(share)} of {lowest} used AI"
    measure = f"{name}, {facts.span.span.name}"
    return Chart(
        name=name,
        question="breadth_by_group",
        metric="active_share",
        spec=charts.titled(charts.heat_map.spec(), finding, measure),
        rows=charts.heat_map.frame(cells).to_arrow(),
        alt=charts.heat_map.alt_text(cells, measure),
        note=pooled_note(answer.frame.select(name="department")),
        filters="department",
    )
