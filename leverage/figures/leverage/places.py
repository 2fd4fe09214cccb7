"""Where use is: departments, roles and companies against their peers, and against their size."""

from dataclasses import dataclass

import polars as pl

from leverage import words
from leverage.figures.against_size import against_size
from leverage.figures.figure import Ask, Chart, Hidden
from leverage.figures.ground import Ground, ground
from leverage.figures.leverage.units import (
    PLURAL,
    Units,
    against_band,
    sets_companies_apart,
    units,
)
from leverage.figures.scope import basis
from leverage.figures.yardstick import LEAST_PEERS


@dataclass(frozen=True)
class Places:
    """What the page says of departments, roles and sizes."""

    by_department: Chart | Hidden | None  # None where the head of the page shows it
    by_role: Chart | Hidden
    by_size: Chart | Hidden


def places(ask: Ask) -> Places | None:
    """Return departments, roles and sizes, None where nothing that was loaded matches the view."""
    facts = ground(ask)
    if facts is None:
        return None
    departments = units(ask, facts, "department")
    several = sets_companies_apart(ask, facts)
    sized = units(ask, facts, "company") if several else departments
    return Places(
        by_department=facts.judged(
            against_band(departments, facts, "Departments against the typical band")
        )
        if several
        else None,
        by_role=facts.judged(_roles(ask, facts)),
        by_size=facts.judged(_against_size(ask, sized, facts)),
    )


def _roles(ask: Ask, facts: Ground) -> Chart | Hidden:
    found = units(ask, facts, "role")
    if not found.rows["is_judged"].any():
        why = "No role has enough people with use in its department to be shown alone"
        if "roster" in facts.missing:
            why = "Unknown: no roster is loaded that says who has which role"
        if facts.view.workload:
            why = facts.why_no_departments()
        return Hidden("Roles against the typical band", why)
    return against_band(found, facts, "Roles against the typical band")


def _against_size(ask: Ask, found: Units, facts: Ground) -> Chart | Hidden:
    """Return employees against tokens per employee: use follows integration, or size?"""
    nouns = PLURAL[found.kind]
    name = f"Tokens per employee against headcount of {nouns}"
    known = found.rows.filter(
        (pl.col("value") > 0) & ~pl.col("unit").str.starts_with("(") & pl.col("is_judged")
    )
    if len(known) < LEAST_PEERS:
        return Hidden(
            name,
            f"It takes {LEAST_PEERS} {nouns} of 10 employees or more; this view shows "
            f"{words.count(len(known))}",
        )
    natives = (
        ask("company_origins").frame.filter(pl.col("origin") == "AI-native")["company"].to_list()
    )
    is_native = pl.col("name").is_in(natives)
    rows = known.select(
        "name",
        x="employees",
        y="value",
        is_subject=is_native,
        beside=pl.when(is_native).then(pl.lit("AI-native")).otherwise(pl.lit("")),
    )
    return against_size(
        rows,
        name=name,
        nouns=nouns,
        question=found.question,
        measure=f"Across: employees. Up: {basis(facts.view)} per employee and month. "
        f"{facts.span.span.name}; both logarithmic",
        coloured="AI-native companies",
        filters="company" if found.kind == "company" else None,
    )
