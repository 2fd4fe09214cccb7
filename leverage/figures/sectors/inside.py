"""Inside one company: departments and roles against it, and what roles are known for."""

from dataclasses import dataclass

import polars as pl

from leverage import charts, reference, words
from leverage.figures.figure import Ask, Chart, Hidden
from leverage.figures.ground import pooled_note
from leverage.figures.scope import basis, listed
from leverage.figures.sectors.published import Published
from leverage.figures.sectors.standing import Standing, standing, times

LEAST_RANKED = 10
"""A group of fewer employees is shown and not said to be the highest."""


@dataclass(frozen=True)
class Inside:
    """The tab of departments and roles."""

    departments: Chart | Hidden
    roles: Chart | Hidden
    patterns: Published


def inside(ask: Ask) -> Inside | None:
    """Return the company's groups, None where nothing that was loaded matches the view."""
    facts = standing(ask)
    if facts is None:
        return None
    groups = ask("groups_compared").frame.filter(company=facts.name)
    judged = facts.ground.judged
    return Inside(
        departments=judged(_groups(facts, groups, "department")),
        roles=judged(_groups(facts, groups, "role")),
        patterns=_patterns(
            facts, ask("workload_by_company").frame, ask("role_families_held").frame
        ),
    )


def _groups(facts: Standing, groups: pl.DataFrame, dimension: str) -> Chart | Hidden:
    """Return tokens per employee of each group, the company's being 100."""
    name = f"{dimension.capitalize()}s against the company"
    whole = facts.subject["tokens_per_employee"]
    if whole is None:
        return Hidden(name, "Unknown: no headcount and no roster, or no tokens are known")
    if not whole:
        return Hidden(name, "Nothing was used in this period")
    rows = groups.filter(
        (pl.col("dimension") == dimension) & pl.col("tokens_per_employee").is_not_null()
    )
    index = rows.select(name="label", value=100 * pl.col("tokens_per_employee") / whole)
    named = index.filter(~pl.col("name").str.starts_with("("))
    if named.is_empty():
        return Hidden(name, _why_none(facts, dimension))
    months = facts.ground.headline.window.months
    large = rows.filter(pl.col("employee_months") >= LEAST_RANKED * months)["label"].to_list()
    company = charts.compared_bars.Reference("Company", 100.0)
    measure = (
        f"{basis(facts.ground.view).capitalize()} per employee, {facts.name} = 100, "
        f"{facts.ground.span.span.name}"
    )
    return Chart(
        name=name,
        question="groups_compared",
        metric="tokens_per_employee",
        spec=charts.titled(
            charts.compared_bars.spec(),
            _finding(named.filter(pl.col("name").is_in(large)), dimension),
            measure,
        ),
        rows=charts.compared_bars.frame(index, words.count, (), company).to_arrow(),
        alt=charts.compared_bars.alt_text(index, measure, words.count, (), company),
        filters=dimension,
        note="; ".join(
            part
            for part in (
                pooled_note(index),
                "the company's figure also holds services and use that names nobody, so that most "
                "groups may lie below 100",
            )
            if part
        ),
    )


def _why_none(facts: Standing, dimension: str) -> str:
    if dimension == "department" or facts.ground.view.workload:
        return facts.ground.why_no_departments()
    if "roster" in facts.ground.missing:
        return "Roles are unknown: no roster is loaded"
    return "Few people, or mostly one of them, stand behind each role, so none is shown alone"


def _finding(named: pl.DataFrame, dimension: str) -> str:
    if named.is_empty():
        return f"No {dimension} has {LEAST_RANKED} employees, so none is said to be the highest"
    ordered = named.sort("value", descending=True)
    first, value = ordered.row(0)
    ratio = value / 100
    if ratio >= 1.5:
        return f"{first} has {times(ratio)} times the tokens per employee of the company"
    if ratio > 1:
        return f"{first} is the highest, {words.share(ratio - 1)} above the company"
    return f"{first} is the highest of the {dimension}s, at {words.share(ratio)} of the company"


def _patterns(facts: Standing, work: pl.DataFrame, families: pl.DataFrame) -> Published:
    """Return what roles are known to use AI for, beside the classes this company has."""
    used = work.filter((pl.col("company") == facts.name) & (pl.col("tokens") > 0))
    classes = set(used["workload_class"].to_list())
    held = {
        str(family).casefold()
        for family in families.filter(company=facts.name)["role_family"].to_list()
    }
    rows = []
    for patterns in reference.role_patterns().values():
        named = list(dict.fromkeys(row.workload_class for row in patterns))
        has = [name for name in named if name in classes]
        lacks = [name for name in named if name not in classes]
        label = patterns[0].label
        rows.append(
            {
                "Role": label,
                "Known for": "; ".join(row.work for row in patterns),
                f"Seen at {facts.name}": listed(has, len(named)) if has else "none of its classes",
                "Not seen": listed(lacks, len(named)) if lacks else words.DASH,
                "Role family by rules": "five people or more"
                if label.casefold() in held
                else "none, or fewer than five",
            }
        )
    described = reference.described("role_patterns")
    return Published(
        "What some roles are known to use AI for",
        "Role patterns are lists of work without shares",
        pl.DataFrame(rows),
        f"{described.caveat} Classes are those of the whole company: which class people of a role "
        f"use AI for is in no export. {described.source}.",
    )
