"""The tab by workflow: what accepted work costs, what is done again, and what it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from leverage import reference, roi, words
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.ground import many
from leverage.figures.roi import believed, said
from leverage.figures.roi.believed import Believed
from leverage.figures.roi.facts import Facts, facts
from leverage.figures.roi.overview import between_money
from leverage.figures.scope import listed
from leverage.words import DASH

Row = Mapping[str, Any]

COSTS: Final = "What accepted work costs"
WORTH: Final = "What the work of a workflow is worth"
BASES: Final[dict[roi.Basis, str]] = {"time": "time saved", "outcome": "outcomes gained"}
NO_OUTCOMES: Final = (
    "No outcomes name a workflow in these months: load outcomes with a workflow, completed and "
    "accepted work"
)


@dataclass(frozen=True)
class Workflows:
    """What the tab by workflow shows."""

    costs: Table | Hidden
    worth: Table | Hidden


def workflows(ask: Ask) -> Workflows | None:
    """Return the tab by workflow, None where nothing that was loaded matches the view."""
    found = facts(ask)
    if found is None:
        return None
    if found.why_nothing:
        return Workflows(Hidden(COSTS, found.why_nothing), Hidden(WORTH, found.why_nothing))
    rows = ask("workflow_costs").frame
    return Workflows(found.judged(_costs(found, rows)), _worth(found, rows))


def _costs(found: Facts, rows: pl.DataFrame) -> Table | Hidden:
    if rows.is_empty():
        return Hidden(COSTS, NO_OUTCOMES)
    several = rows["company"].n_unique() > 1
    table = [
        {
            "Company": row["company"],
            "Workflow": row["workflow"],
            "Usage cost": _money(row["cost_usd"]),
            "Completed": _count(row["completed"]),
            "Accepted": _count(row["accepted"]),
            "Per accepted piece": _money(row["cost_per_accepted_usd"]),
            "Spent on what was not accepted": _money(row["cost_not_accepted_usd"]),
            "Done again": DASH if row["rework_rate"] is None else words.share(row["rework_rate"]),
        }
        for row in rows.iter_rows(named=True)
    ]
    lost = rows["cost_not_accepted_usd"].drop_nulls()
    known = rows.filter(pl.col("cost_not_accepted_usd").is_not_null())
    finding = "What is not accepted costs an unknown amount"
    if len(lost) and float(known["cost_usd"].sum()):
        share = float(lost.sum()) / float(known["cost_usd"].sum())
        finding = (
            f"{words.share(share)} of the usage cost of {many(len(known), 'workflow')} went into "
            "work that was not accepted"
        )
    shown = pl.DataFrame(table)
    return Table(
        name=f"{COSTS}, {found.when}",
        finding=finding,
        question="workflow_costs",
        metric="cost_per_accepted_usd",
        rows=shown if several else shown.drop("Company"),
        note="Usage alone: seats belong to no workflow. Use belongs to a workflow by the rules on "
        "the Data page, so that what no rule catches costs nothing here.",
    )


def _worth(found: Facts, rows: pl.DataFrame) -> Table | Hidden:
    subject = found.subject
    if subject is None:
        return Hidden(WORTH, "Told for one company at a time: choose one")
    own = rows.filter((pl.col("company") == subject.company) & (pl.col("accepted") > 0))
    if own.is_empty():
        return Hidden(WORTH, NO_OUTCOMES)
    table, unknown, both = [], [], []
    for row in own.iter_rows(named=True):
        lines = _lines(row, subject.believed)
        if len(lines) > 1:
            both.append(row["workflow"])
        chosen = next((line for line in lines if line.basis == "outcome"), None)
        line = chosen or next(iter(lines), None)
        if line is None:
            unknown.append(row["workflow"])
            continue
        table.append(_told(row, line, subject.believed))
    if not table:
        return Hidden(
            WORTH,
            f"Unknown: of no workflow is it assumed how many minutes a piece saves, or what a "
            f"piece gained is worth ({listed(unknown)})",
        )
    notes = [
        "A workflow counts by time or by outcomes, never by both, and none of it is added to the "
        "value of all work above: that would count one gain twice. Seats are in no workflow."
    ]
    if both:
        notes.append(f"Time saved is assumed of {listed(both)} too and left aside.")
    if unknown:
        notes.append(f"Nothing is assumed of {listed(unknown)}.")
    return Table(
        name=f"{WORTH}, P10 to P90 of 10,000 draws, {found.when}",
        finding=f"{words.count(len(table))} of {many(len(own), 'workflow')} have a value",
        question="workflow_costs",
        metric="net_value_usd",
        rows=pl.DataFrame(table),
        note=" ".join(notes),
    )


def _lines(row: Row, held: Believed) -> list[roi.Line]:
    """Return the ways in which the accepted work of a workflow can be put in money."""
    workflow = row["workflow"]
    wage, attribution = held.get(believed.WAGE), _of(held, believed.ATTRIBUTION, workflow)
    minutes = _of(held, believed.PIECE_MINUTES, workflow)
    gain, worth = _of(held, believed.GAIN, workflow), _of(held, believed.WORTH, workflow)
    lines: list[roi.Line] = []
    if attribution is None:
        return lines
    if minutes is not None and wage is not None:
        # A piece stands where an active day does: both are so many times so many minutes.
        lines.append(
            roi.TimeSaved(
                workflow=workflow,
                active_days=row["accepted"],
                wage=wage,
                rework=held.own[believed.REWORK],
                realisation=held.own[believed.REALISATION],
                attribution=attribution,
                minutes=minutes,
            )
        )
    if gain is not None and worth is not None:
        lines.append(roi.OutcomesGained(workflow, row["accepted"], gain, worth, attribution))
    return lines


def _of(held: Believed, name: str, workflow: str) -> roi.Assumption | None:
    """Return what is assumed of a workflow, else of all work."""
    own = (found for (of, at), found in held.of_work.items() if of == name)
    named = next(
        (found for found in own if (found.workflow or "").lower() == workflow.lower()), None
    )
    return named or held.get(name)


def _told(row: Row, line: roi.Line, held: Believed) -> dict[str, str]:
    cost = row["cost_usd"]
    case = roi.Case(
        months=1,
        lines=(line,),
        cost=roi.Cost(usage_usd=float(cost or 0), seats_usd=0.0),
        horizon_months=held.horizon_months,
    )
    found = roi.returns(case)
    if isinstance(found, str):
        msg = f"a line with accepted work has no value: {found}"
        raise TypeError(msg)
    value, net = found.value_usd, None if cost is None else found.net_usd
    return {
        "Workflow": row["workflow"],
        "Counted by": BASES[line.basis],
        "Rung of evidence": rung(line.attribution),
        "Pieces": _count(row["accepted"]),
        "Value": between_money(value),
        "Usage cost": _money(cost),
        "Less its usage cost": DASH
        if net is None
        else between_money(net) + (f", {said.NOT_ZERO}" if net.holds_zero else ""),
    }


def rung(attribution: roi.Assumption) -> str:
    """Say on which rung of the ladder of evidence a gain stands, and how much of it is AI's.

    A company that puts a share down to AI without naming the design stands where its own report
    does, whatever the share.
    """
    ladder = {rung.name: rung for rung in reference.evidence_ladder()}
    named = ladder.get(attribution.source[:2], ladder[believed.RUNG])
    return f"{named.name} {named.design}, {words.share(attribution.mode)} to AI"


def _money(usd: Any) -> str:
    return DASH if usd is None else words.money(usd)


def _count(pieces: float | None) -> str:
    return DASH if pieces is None else words.count(pieces)
