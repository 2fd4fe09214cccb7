"""Whether use goes with what companies are: their origin and their size."""

from dataclasses import dataclass

import polars as pl

from leverage import words
from leverage.figures.against_size import against_size
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.scope import basis
from leverage.figures.sectors.gap import cost_chart, cost_split
from leverage.figures.sectors.standing import Standing, standing, times
from leverage.figures.yardstick import LEAST_PEERS


@dataclass(frozen=True)
class Traits:
    """The tab of cost, origin and size."""

    cost: Chart | Hidden
    size: Chart | Hidden
    origins: Table | Hidden


def traits(ask: Ask) -> Traits | None:
    """Return what use goes with, None where nothing that was loaded matches the view."""
    facts = standing(ask)
    if facts is None:
        return None
    judged = facts.ground.judged
    return Traits(
        cost=judged(cost_chart(facts, cost_split(facts))),
        size=judged(_size(facts)),
        origins=judged(_origins(facts, ask("origins_compared").frame)),
    )


def _size(facts: Standing) -> Chart | Hidden:
    name = "Tokens per employee against employees"
    if not facts.is_set_against:
        return Hidden(name, facts.why_no_peers)
    rows = pl.DataFrame(
        [
            (str(row["company"]), row["employees"], row["tokens_per_employee"])
            for row in facts.compared
        ],
        schema={"name": pl.String, "x": pl.Float64, "y": pl.Float64},
        orient="row",
    ).with_columns(is_subject=pl.col("name") == facts.name, beside=pl.lit(""))
    return against_size(
        rows.filter((pl.col("x") > 0) & (pl.col("y") > 0)),
        name=name,
        nouns="companies",
        question="companies_compared",
        measure=f"Across: employees. Up: {basis(facts.ground.view)} per employee and month. "
        f"{facts.ground.span.span.name}; both logarithmic",
        filters="company",
    )


def _origins(facts: Standing, origins: pl.DataFrame) -> Table | Hidden:
    name = "By origin"
    known = origins.filter(pl.col("origin") != "unknown").drop_nulls("tokens_per_employee")
    if known.height < 2:
        return Hidden(
            name, "Companies of one origin, or of none that is stated, cannot be set apart"
        )
    rows = known.select(
        Origin="origin",
        Companies=pl.col("companies").map_elements(words.count, return_dtype=pl.String),
        Employees=(pl.col("employee_months") / facts.ground.headline.window.months).map_elements(
            words.count, return_dtype=pl.String
        ),
        tokens=pl.col("tokens_per_employee").map_elements(words.tokens, return_dtype=pl.String),
        agents=pl.col("agent_owned_share").map_elements(
            words.share, return_dtype=pl.String, skip_nulls=False
        ),
    ).rename({"tokens": "Tokens per employee", "agents": "Work that agents own"})
    fewest = int(known["companies"].min() or 0)  # type: ignore[arg-type]
    note = "All companies of an origin together. "
    if fewest < LEAST_PEERS:
        note += f"With fewer than {LEAST_PEERS} companies of an origin this is no general finding. "
    return Table(
        name=f"{name}, {facts.ground.span.span.name}",
        finding=_origin_finding(known),
        question="origins_compared",
        metric="agent_owned_share",
        rows=rows,
        note=note + "Agents own a workflow of level 2 (they do it and people review it) or 3 (it "
        "runs without people); use without a level counts as not owned.",
    )


def _origin_finding(known: pl.DataFrame) -> str:
    ordered = known.sort("tokens_per_employee", descending=True)
    first, last = ordered.row(0, named=True), ordered.row(-1, named=True)
    if not last["tokens_per_employee"]:
        return f"{first['origin']} companies here use more tokens per employee"
    ratio = first["tokens_per_employee"] / last["tokens_per_employee"]
    return (
        f"{first['origin'].capitalize() if first['origin'] == 'enterprise' else first['origin']} "
        f"companies here have {times(ratio)} times the tokens per employee of "
        f"{last['origin']} ones"
    )
