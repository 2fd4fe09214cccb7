"""Whether use goes with what companies are: their origin and their size."""

from dataclasses import dataclass

import polars as pl

from leverage import charts, words
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.scope import basis
from leverage.figures.sectors.gap import cost_chart, cost_split
from leverage.figures.sectors.standing import LEAST_PEERS, Standing, standing, times

SURE = 0.05
"""A rank correlation that chance gives at least this often is said to show nothing."""


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
        schema={"name": pl.String, "size": pl.Float64, "value": pl.Float64},
        orient="row",
    )
    measure = (
        f"{basis(facts.ground.view).capitalize()} per employee and month (up) by employees "
        f"(across), both logarithmic, {facts.ground.span.span.name}"
    )
    return Chart(
        name=name,
        question="companies_compared",
        metric="tokens_per_employee",
        spec=charts.titled(charts.size_points.spec(), _size_finding(rows), measure),
        rows=charts.size_points.frame(rows, words.tokens, [facts.name]).to_arrow(),
        alt=charts.size_points.alt_text(rows, measure, words.tokens, [facts.name]),
        filters="company",
        note=_size_note(rows),
    )


def rank_correlation(rows: pl.DataFrame) -> tuple[float, float] | None:
    """Return Kendall's tau of size and value with its exact p-value, None below five and one."""
    from scipy.stats import kendalltau

    if rows.height <= LEAST_PEERS:
        return None
    found = kendalltau(rows["size"].to_numpy(), rows["value"].to_numpy())
    return float(found.statistic), float(found.pvalue)


def _size_finding(rows: pl.DataFrame) -> str:
    found = rank_correlation(rows)
    n = f"{words.count(rows.height)} companies"
    if found is None:
        return f"{n}: too few to say whether use goes with size"
    tau, p = found
    if not p < SURE:
        return f"Size does not tell how many tokens stand behind an employee ({n})"
    side = "more" if tau > 0 else "fewer"
    return f"Larger companies have {side} tokens per employee ({n})"


def _size_note(rows: pl.DataFrame) -> str | None:
    found = rank_correlation(rows)
    if found is None:
        return None
    tau, p = found
    return (
        f"Kendall's rank correlation {tau:.2f}, p = {p:.2f}: an association of a few companies, "
        "not a cause"
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
