"""The maturity tab: pillars, dimensions with their cut-offs and reasons, the path, other models."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from leverage import charts, words
from leverage.figures.adoption.measured import Measured, growth, in_unit, measured
from leverage.figures.events import markers
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.ground import Ground, ground
from leverage.figures.trend import trend
from leverage.maturity import (
    GATES,
    LEAST_COVERAGE,
    SCORES,
    STAGE_STARTS,
    STAGES,
    Dimension,
    Maturity,
)
from leverage.words import DASH

PILLARS: Final = {
    "reach": "Reach",
    "depth": "Depth",
    "autonomy": "Autonomy",
    "control": "Control",
}
OTHER_MODELS: Final = (
    (
        "MIT CISR enterprise AI maturity",
        "Four stages, scored by a survey of how effective a company's capabilities are. In 2025, "
        "of 152 companies, 13 % were in the first stage, 23 % in the second, 46 % in the third "
        "and 18 % in the fourth. Use is not what it asks for.",
    ),
    (
        "OWASP AI Maturity Assessment",
        "Eight domains of three levels each, in two streams (create and measure), judged from "
        "documents and practice. An export of use holds none of it.",
    ),
    (
        "DORA AI capabilities",
        "Seven capabilities of organisations that build software, asked in a survey. They explain "
        "who profits from AI, and are no stages.",
    ),
)

PILLARS_SCORED = "Pillars of usage maturity"
BY_MONTH = "Usage maturity by month"
DIMENSIONS = "Ten dimensions of usage maturity"
BY_DEPARTMENT = "Departments: breadth and growth"


@dataclass(frozen=True)
class Cutoffs:
    """The dimensions of one company with the cut-offs in force, and from when a new one holds."""

    company: str
    first_day: date
    rule: tuple[Dimension, ...]


@dataclass(frozen=True)
class MaturityPage:
    """What the maturity tab shows."""

    pillars: Chart | Hidden
    path: Chart | Hidden
    dimensions: Table | Hidden
    departments: Table | Hidden
    rule: str
    other_models: tuple[tuple[str, str], ...]
    cutoffs: Cutoffs | None = None  # of one company only


def maturity_page(ask: Ask) -> MaturityPage | None:
    """Return the maturity tab, None where nothing that was loaded matches the view."""
    facts = ground(ask)
    if facts is None:
        return None
    found = None if facts.view.is_narrowed else measured(ask)
    if found is None:
        reason = "Told for whole companies and complete months only"
        return MaturityPage(
            pillars=Hidden(PILLARS_SCORED, reason),
            path=Hidden(BY_MONTH, reason),
            dimensions=Hidden(DIMENSIONS, reason),
            departments=Hidden(BY_DEPARTMENT, reason),
            rule=rule_in_words(),
            other_models=OTHER_MODELS,
        )
    return MaturityPage(
        pillars=facts.judged(_pillars(found)),
        path=facts.judged(_path(ask, found)),
        dimensions=facts.judged(_dimensions(found)),
        departments=facts.judged(_departments(ask, facts, found)),
        rule=rule_in_words(),
        other_models=OTHER_MODELS,
        cutoffs=_cutoffs(facts, found),
    )


def _cutoffs(facts: Ground, found: Measured) -> Cutoffs | None:
    """Return what can be changed: of the company chosen, from the first month in view on."""
    if len(facts.view.company) != 1:
        return None
    first_day = date.fromisoformat(f"{facts.headline.window.first}-01")
    return Cutoffs(facts.view.company[0], first_day, found.rule)


def rule_in_words() -> str:
    """Say how the stage comes about, with the gates in force."""
    stages = ", ".join(
        f"{number} {name} from {start}"
        for number, (name, start) in enumerate(zip(STAGES, STAGE_STARTS, strict=True), 1)
    )
    gates = "; ".join(
        f"stage {gate.caps_at + 1} asks for {words.share(gate.least)} of "
        f"{'employees active' if gate.dimension == 'breadth' else 'use with a known owner'}"
        for gate in GATES
    )
    return (
        "Each dimension scores 0 to 100 by five cut-offs, a pillar is the mean of its known "
        "dimensions, and the whole is the geometric mean of the four pillars, so that an "
        f"imbalance is not bought off. Stages: {stages}. Gates: {gates}; a gate whose input is "
        f"unknown is not passed. Below {words.share(LEAST_COVERAGE)} of the dimensions, or without "
        "any in a pillar, there is no stage. Exports show use: they cannot see culture, data or "
        "policy. A company's own cut-offs stand in place of those proposed, with who stands for "
        "them and why."
    )


def _pillars(found: Measured) -> Chart | Hidden:
    name = PILLARS_SCORED
    scores = {pillar: found.now.pillars.get(pillar) for pillar in PILLARS}
    rows = pl.DataFrame(
        {"name": list(PILLARS.values()), "change": list(scores.values())},
        schema={"name": pl.String, "change": pl.Float64},
    ).drop_nulls()
    if rows.is_empty():
        return Hidden(name, "No dimension of any pillar is known")
    bars = charts.change_bars.frame(rows, words.count).with_columns(
        said=pl.col("change").map_elements(
            lambda score: words.count(round(score)), return_dtype=pl.String
        )
    )
    lowest = rows.sort("change").row(0)
    measure = f"Score by pillar, 0 to 100, {words.month_name(found.month)}"
    told = ", ".join(f"{row['name']} {row['said']}" for row in bars.iter_rows(named=True))
    return Chart(
        name=name,
        question="maturity_by_month",
        metric="usage_maturity",
        spec=charts.titled(
            charts.change_bars.spec(),
            f"{lowest[0]} is the lowest of the four pillars",
            measure,
        ),
        rows=bars.to_arrow(),
        alt=f"{measure}: {told}.",
    )


def _path(ask: Ask, found: Measured) -> Chart | Hidden:
    name = BY_MONTH
    rows = pl.DataFrame(
        {
            "month": list(found.months),
            "series": ["score"] * len(found.months),
            "value": [step.score for step in found.path],
        },
        schema={"month": pl.String, "series": pl.String, "value": pl.Float64},
    ).drop_nulls()
    if rows.is_empty():
        return Hidden(name, "No month has a stage")
    return trend(
        rows,
        _whole,
        name=name,
        question="maturity_by_month",
        metric="usage_maturity",
        finding=_path_finding(found),
        measure="Score, 0 to 100",
        events=markers(ask),
    )


def _whole(score: words.Number | None) -> str:
    return words.count(None if score is None else round(float(score)))


def _path_finding(found: Measured) -> str:
    staged = [
        (month, step)
        for month, step in zip(found.months, found.path, strict=True)
        if step.stage is not None
    ]
    (first_month, first), (_, last) = staged[0], staged[-1]
    if first.stage == last.stage:
        since = words.month_name(first_month)
        if all(step.stage == last.stage for _, step in staged):
            return f"Stage {last.stage} in every month since {since}"
        return f"Stage {last.stage}, as in {since}"
    return f"From stage {first.stage} in {words.month_name(first_month)} to stage {last.stage}"


def _dimensions(found: Measured) -> Table | Hidden:
    now: Maturity = found.now
    rows = [
        {
            "Pillar": PILLARS[dimension.pillar],
            "Dimension": dimension.label,
            "Value": found.said(dimension.name),
            "Score": _score(now.scores[dimension.name]),
            f"Cut-offs for {', '.join(map(str, SCORES))}": " · ".join(
                in_unit(dimension, cut).removesuffix(" a month") for cut in dimension.cuts
            ),
            "Why these": ("judgement; " if dimension.is_judgement else "") + dimension.reason,
        }
        for dimension in found.rule
    ]
    known = sum(score is not None for score in now.scores.values())
    month = words.month_name(found.month)
    return Table(
        name=f"{DIMENSIONS}, {month}",
        finding=f"{words.count(known)} of {len(rows)} dimensions are known in {month}",
        question="maturity_by_month",
        metric="usage_maturity",
        rows=pl.DataFrame(rows),
        note="Growth is the middle slope of six months; spread is 1 less the share of the top "
        "tenth. Cut-offs that say judgement rest on no published figure.",
    )


def _departments(ask: Ask, facts: Ground, found: Measured) -> Table | Hidden:
    """Return the two dimensions that are known of departments: no stage, which asks for seven."""
    name = BY_DEPARTMENT
    rows = ask("use_by_unit").frame.filter(pl.col("unit_kind") == "department")
    rule = {dimension.name: dimension for dimension in found.rule}
    several = rows["company"].n_unique() > 1
    table = []
    for (company, unit), own in rows.sort("period").group_by(
        "company", "unit", maintain_order=True
    ):
        now = own.filter(pl.col("period") == found.month)
        if now.is_empty() or str(unit).startswith("("):
            continue
        breadth = now["active_share"][0]
        months = own.filter(pl.col("period").is_in(found.months))
        grown = growth(months["tokens_per_employee"].to_list())[-1]
        table.append(
            {
                "Department": f"{unit} · {company}" if several else str(unit),
                "Breadth": in_unit(rule["breadth"], breadth),
                "Score of breadth": _score(rule["breadth"].score(breadth)),
                "Growth": in_unit(rule["growth"], grown),
                "Score of growth": _score(rule["growth"].score(grown)),
            }
        )
    if not table:
        return Hidden(name, facts.why_no_departments())
    return Table(
        name=f"{name}, {words.month_name(found.month)}",
        finding="No department has a stage: two of the ten dimensions are known of any",
        question="use_by_unit",
        metric="active_share",
        rows=pl.DataFrame(table),
        note="Retention, concentration and what a department pays for seats are told of whole "
        f"companies only, and a stage asks for {words.share(LEAST_COVERAGE)} of the dimensions.",
    )


def _score(score: float | None) -> str:
    return DASH if score is None else _whole(score)
