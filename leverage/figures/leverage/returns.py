"""What more use goes with: dose-response, a sweet spot where one is identified, and what pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from leverage import charts, stats, words
from leverage.figures.figure import Ask, Chart, Hidden, Table
from leverage.figures.ground import Ground, ground, many
from leverage.figures.leverage.oversight import why_not_joined
from leverage.figures.leverage.units import LEAST_JUDGED
from leverage.figures.rates import decimal, per_hundred
from leverage.figures.scope import basis
from leverage.stats.sweet_spot import LEAST_ASIDE, LEAST_GROUPS, Reason

BINS: Final = 5
LEAST_IN_A_BIN: Final = 5
NO_OUTCOMES: Final = (
    "No outcomes by department stand beside its use: load outcomes with accepted work and escaped "
    "defects, by the department names of the roster"
)
WHY_NOT: Final[dict[Reason, str]] = {
    "no outcome": "no outcome is known",
    "few groups": f"it takes {LEAST_GROUPS} departments with known outcomes",
    "thin third": f"it takes {LEAST_ASIDE} departments in each third of the range of use",
    "thin side": f"it takes {LEAST_ASIDE} departments on either side of the turning point",
    "no rise": "the outcome does not rise with use, beyond chance, before any turning point",
    "no fall": "the outcome does not fall beyond any level of use: more may help less, not harm",
}
"""Why a sweet spot was not identified, in words."""


@dataclass(frozen=True)
class Returns:
    """What the page says of use and what it goes with."""

    dose: Table | Hidden
    bins: Chart | None  # None where the bins are hidden
    elasticity: str
    sweet_spot: Table | Hidden
    economic: Table | Hidden


def returns(ask: Ask) -> Returns | None:
    """Return dose-response and the layers above the typical band; None where nothing matches."""
    facts = ground(ask)
    if facts is None:
        return None
    complete = ask("months").frame.filter(pl.col("is_complete"))["month"].to_list()
    rows = (
        ask("team_months")
        .frame.filter(
            pl.col("month").is_in(complete)
            & (pl.col("employees") >= LEAST_JUDGED)
            & (pl.col("tokens_per_employee") > 0)
            & ~pl.col("department").str.starts_with("(")
        )
        .with_columns(group=pl.col("company") + "|" + pl.col("department"))
        .with_columns(
            # Pieces of work differ between departments; each is held against its own median.
            index=100
            * pl.col("accepted_per_employee")
            / pl.col("accepted_per_employee").median().over("group")
        )
    )
    found = _elasticity(rows)
    dose = _dose(rows, facts)
    return Returns(
        dose=facts.judged(dose),
        bins=None if isinstance(dose, Hidden) else facts.judged(_drawn(_binned(rows))),
        elasticity=_said(found),
        sweet_spot=facts.judged(_sweet_spot(rows, facts)),
        economic=facts.judged(_economic(ask, facts, found)),
    )


# ---- dose-response -----------------------------------------------------------------------------


def _dose(rows: pl.DataFrame, facts: Ground) -> Table | Hidden:
    name = "Team-months in five bins by tokens per employee, over the trend"
    why_not = why_not_joined(facts)
    known = rows.drop_nulls(["index"]).sort("tokens_per_employee")
    if why_not or known.is_empty():
        return Hidden(name, why_not or NO_OUTCOMES)
    if len(known) < BINS * LEAST_IN_A_BIN:
        return Hidden(
            name,
            f"It takes {LEAST_IN_A_BIN} team-months in each of {BINS} bins; "
            f"{many(len(known), 'team-month')} {'is' if len(known) == 1 else 'are'} known",
        )
    bins = _binned(rows)
    first, last = bins.row(0, named=True), bins.row(-1, named=True)
    more = "more" if last["index"] > first["index"] else "less"
    table = [
        {
            "Tokens per employee": _span(row),
            "Team-months": words.count(row["n"]),
            "Departments": words.count(row["groups"]),
            "Accepted per employee": decimal(row["accepted"]),
            "Against own median": words.count(row["index"]),
            "Escape rate": per_hundred(row["escapes"]),
        }
        for row in bins.iter_rows(named=True)
    ]
    return Table(
        name=f"{name}; medians of n = {words.count(len(known))}",
        finding=(
            f"Months with most use have {more} accepted work: {words.count(last['index'])} against "
            f"{words.count(first['index'])}, each department's median being 100"
        ),
        question="team_months",
        metric="accepted_per_employee",
        rows=pl.DataFrame(table),
        note="Association, not cause: use and output may both follow the season, hiring or the "
        "work at hand. Pieces of work differ between departments, so read the column against the "
        "department's own median.",
    )


def _binned(rows: pl.DataFrame) -> pl.DataFrame:
    """Return five bins of as many team-months each, those with least use first."""
    known = rows.drop_nulls(["index"]).sort("tokens_per_employee")
    return (
        known.with_columns(bin=pl.int_range(pl.len()) * BINS // pl.len())
        .group_by("bin", maintain_order=True)
        .agg(
            low=pl.col("tokens_per_employee").min(),
            high=pl.col("tokens_per_employee").max(),
            n=pl.len(),
            groups=pl.col("group").n_unique(),
            accepted=pl.col("accepted_per_employee").median(),
            index=pl.col("index").median(),
            from_index=pl.col("index").quantile(0.25, "linear"),
            to_index=pl.col("index").quantile(0.75, "linear"),
            escapes=pl.col("escape_rate").median(),
        )
    )


def _span(row: Mapping[str, Any]) -> str:
    return f"{words.tokens(row['low'])} to {words.tokens(row['high'])}"


def _drawn(bins: pl.DataFrame) -> Chart:
    """Return accepted work against each department's own median, a bar a bin."""
    name = "Accepted work by tokens per employee"
    rows = pl.DataFrame(
        {
            "name": [_span(row) for row in bins.iter_rows(named=True)],
            "value": bins["index"],
            "low": bins["from_index"],
            "high": bins["to_index"],
            "beside": [
                f"{row['n']} months of {many(row['groups'], 'department')}"
                for row in bins.iter_rows(named=True)
            ],
        }
    )
    first, last = (words.count(bins["index"][place]) for place in (0, -1))
    return Chart(
        name=name,
        question="team_months",
        metric="accepted_per_employee",
        spec=charts.titled(
            charts.bin_bars.spec(),
            f"Accepted work: {first} in the months of least use, {last} in those of most",
            "Median per employee, each department's own median = 100; the line is the middle half",
        ),
        rows=charts.bin_bars.frame(rows, words.count).to_arrow(),
        alt=charts.bin_bars.alt_text(rows, name, words.count),
        note="An association: nobody was given more tokens by lot.",
    )


def _elasticity(rows: pl.DataFrame) -> stats.Elasticity | None:
    known = rows.drop_nulls("accepted_per_employee")
    return stats.elasticity(
        known["group"].to_list(),
        known["tokens_per_employee"].to_list(),
        known["accepted_per_employee"].to_list(),
    )


def _said(found: stats.Elasticity | None) -> str:
    """Say how accepted work goes with tokens within departments, as an association."""
    if found is None:
        return (
            "How accepted work goes with tokens is unknown: no department has two months of both."
        )
    n = f"{words.count(found.n)} months of {many(found.n_groups, 'department')}"
    times = [10**power for power in (found.exponent, found.low, found.high)]
    return (
        f"Within departments, ten times the tokens go with {times[0]:.1f} times the accepted work "
        f"per employee (95 % interval {times[1]:.1f} to {times[2]:.1f}; exponent "
        f"{found.exponent:.2f}; n = {n}). "
        "An association over time, not the effect of use."
    )


# ---- the sweet spot ----------------------------------------------------------------------------


def _sweet_spot(rows: pl.DataFrame, facts: Ground) -> Table | Hidden:
    name = "Is there a use beyond which outcomes fall?"
    why_not = why_not_joined(facts)
    if why_not or rows.is_empty():
        return Hidden(name, why_not or NO_OUTCOMES)
    outcomes = {
        "Accepted work per employee, against own median": ("index", 1),
        "Escapes per accepted piece, fewer is better": ("escape_rate", -1),
    }
    table, identified = [], 0
    for said, (column, sign) in outcomes.items():
        known = rows.drop_nulls(column)
        found = stats.sweet_spot(
            known["group"].to_list(),
            known["tokens_per_employee"].to_list(),
            (sign * known[column]).to_list(),
        )
        identified += found.is_identified
        table.append({"Outcome": said, **_verdict(found)})
    return Table(
        name=name,
        finding=f"A sweet spot is identified for {words.count(identified)} of {len(table)} outcomes"
        if identified
        else "No sweet spot is identified",
        question="team_months",
        metric="accepted_per_employee",
        rows=pl.DataFrame(table),
        note="Two lines are fitted, below and above a turning point; only where the first rises "
        "and the second falls, each beyond chance (p < 0.05, departments drawn again), is there a "
        "sweet spot. A curve that flattens has none.",
    )


def _verdict(found: stats.SweetSpot) -> dict[str, str]:
    verdict = {"Sweet spot": "not identified", "Why": WHY_NOT[found.reason] if found.reason else ""}
    if found.low is not None and found.high is not None:
        verdict = {
            "Sweet spot": f"{words.tokens(found.low)} to {words.tokens(found.high)}",
            "Why": "rises before it and falls after it, beyond chance",
        }
    n = f"{words.count(found.n_groups)} departments, {words.count(found.n)} months"
    return {**verdict, "n": n}


# ---- what pays ---------------------------------------------------------------------------------


def _economic(ask: Ask, facts: Ground, found: stats.Elasticity | None) -> Table | Hidden:
    name = "Up to where do more tokens pay?"
    companies = ask("use_by_company").frame.filter(pl.col("period") == "this")
    worth = ask("value_of_work").frame.filter(
        pl.col("workflow").is_null() & pl.col("role").is_null() & pl.col("mode").is_not_null()
    )
    why_not = why_not_joined(facts)
    if why_not:
        return Hidden(name, why_not)
    if worth.is_empty():
        return Hidden(
            name,
            "Left out: nothing says what a piece of accepted work is worth. Load an assumption "
            "value_per_accepted_usd with its low, mode and high",
        )
    if len(companies) != 1 or len(worth) != 1:
        return Hidden(name, "Told for one company at a time: choose one")
    if found is None or not 0 < found.exponent < 1:
        return Hidden(name, "Left out: accepted work does not go with tokens at a falling return")
    reviews = {row["period"]: row for row in ask("oversight").frame.iter_rows(named=True)}
    this, now = facts.this, companies["tokens_per_employee"].item()
    accepted = reviews.get("this", {}).get("accepted")
    if not accepted or not now or not this["tokens"] or not this["full_cost_usd"]:
        return Hidden(name, "Unknown without tokens, cost and accepted work of the window")
    per_employee = accepted / (this["employees"] * facts.headline.window.months)
    cost = float(this["full_cost_usd"]) / this["tokens"]
    rows = []
    for key in ("low", "mode", "high"):
        value = float(worth[key].item() or worth["mode"].item())
        band = stats.economic_band(value * per_employee / now**found.exponent, found.exponent, cost)
        rows.append(
            {
                "Worth of an accepted piece": f"{words.money(value)} ({key})",
                "Pays best at": words.tokens(band.best_tokens),
                "Stops paying at": words.tokens(band.break_even_tokens),
                "Now": words.tokens(now),
                "Place": _place(now, band),
            }
        )
    return Table(
        name=f"{name} {basis(facts.view).capitalize()} per employee and month, modelled",
        finding=f"At the likeliest worth, today's use is {rows[1]['Place']}",
        question="value_of_work",
        metric="tokens_per_employee",
        rows=pl.DataFrame(rows),
        note=f"Modelled: outcome = tokens to the power {found.exponent:.2f}, at "
        f"{words.money(cost * 1e6)} per million tokens in full cost; the power is an association.",
    )


def _place(now: float, band: stats.EconomicBand) -> str:
    if now <= band.best_tokens:
        return "within the economic band"
    return (
        "above the economic band" if now > band.break_even_tokens else "past the best, still paying"
    )
