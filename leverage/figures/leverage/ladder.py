"""How much runs without people, workflow by workflow, and whether its review may be relaxed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from leverage import words
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.ground import Ground, ground, many
from leverage.figures.leverage.policy import policy, policy_table
from leverage.figures.rates import per_hundred
from leverage.figures.scope import basis, listed
from leverage.stats import wilson
from leverage.view import shift

LEVELS: Final = {
    0: "0 · people do it",
    1: "1 · AI assists",
    2: "2 · AI does it, people review",
    3: "3 · runs without people",
}
"""The rungs of the ladder, as people name them."""
READY, HOLD, TIGHTEN = "Ready to relax review", "Hold", "Tighten review"
TOO_FEW, NO_OVERSIGHT, NO_OUTCOMES = "Not enough evidence", "No oversight data", "No outcomes"
MONTHS: Final = 3


@dataclass(frozen=True)
class Ladder:
    """What the page says of the autonomy of workflows."""

    table: Table | Hidden
    policy: pl.DataFrame


def verdict(
    completed: float | None,
    accepted: float | None,
    needs_review: float | None,
    rework_rate: float | None,
    escape_rate: float | None,
) -> str:
    """Return what the evidence of a workflow's last three months allows.

    Review is relaxed only where the lower bound of what is accepted, the rework and the escapes all
    meet the policy; accepted work is what was reviewed and passed, so that unseen work never does.
    Rework or escapes that nobody counted are no evidence, and hold the review.
    """
    if completed is None or accepted is None:
        return NO_OUTCOMES
    limits = policy()
    bound = wilson(accepted, completed)
    if bound is None or completed < limits["least_completed"]:
        return TOO_FEW
    if not needs_review:
        return NO_OVERSIGHT
    is_clean = (
        rework_rate is not None
        and rework_rate <= limits["most_rework_rate"]
        and escape_rate is not None
        and escape_rate <= limits["most_escape_rate"]
    )
    if bound.low >= limits["ready_accept_share"] and is_clean:
        return READY
    return HOLD if bound.low >= limits["hold_accept_share"] else TIGHTEN


def ladder(ask: Ask) -> Ladder | None:
    """Return the autonomy ladder, None where nothing that was loaded matches the view."""
    facts = ground(ask)
    if facts is None:
        return None
    return Ladder(facts.judged(_table(ask("autonomy_ladder").frame, facts)), policy_table())


def _table(rows: pl.DataFrame, facts: Ground) -> Table | Hidden:
    name = f"Autonomy and review by workflow, {_period(facts)}"
    if facts.view.is_people:
        return Hidden(name, "Workflows know no people: clear the filters by department and role")
    if rows.is_empty():
        return Hidden(name, "No rule gives use a workflow, and no outcome names one")
    judged = [(row, _verdict(row)) for row in rows.iter_rows(named=True)]
    several = rows["company"].n_unique() > 1
    shown = pl.DataFrame([_said(row, said, facts) for row, said in judged])
    return Table(
        name=name,
        finding=_finding(judged),
        question="autonomy_ladder",
        metric="accept_share",
        rows=shown if several else shown.drop("Company"),
        note="Levels come from rules on the Data page. Accepted is told with the lower bound of "
        "its 95 % interval, which is what the verdict looks at; thresholds are proposals, below.",
    )


def _verdict(row: Mapping[str, Any]) -> str:
    return verdict(
        row["completed"],
        row["accepted"],
        row["needs_review"],
        row["rework_rate"],
        row["escape_rate"],
    )


def _period(facts: Ground) -> str:
    last = facts.headline.window.last
    return words.period(shift(last, 1 - MONTHS), last)


def _finding(judged: Sequence[tuple[Mapping[str, Any], str]]) -> str:
    counted = {said: sum(1 for _, got in judged if got == said) for said in (READY, TIGHTEN, HOLD)}
    told = [
        f"{words.count(counted[said])} {verb}"
        for said, verb in (
            (READY, "ready to relax review"),
            (TIGHTEN, "to tighten"),
            (HOLD, "to hold"),
        )
        if counted[said]
    ]
    if not told:
        return f"The evidence of {many(len(judged), 'workflow')} is not enough for a verdict"
    return f"{listed(told)}, of {many(len(judged), 'workflow')}"


def _said(row: Mapping[str, Any], said: str, facts: Ground) -> dict[str, str]:
    bound = None
    if row["completed"] and row["accepted"] is not None:
        bound = wilson(row["accepted"], row["completed"])
    accepted = words.share(row["accept_share"])
    if bound is not None:
        accepted += f" (at least {words.share(bound.low)})"
    count = words.DASH if row["completed"] is None else words.count(row["completed"])
    used = words.DASH if row["tokens"] is None else words.tokens(row["tokens"])
    return {
        "Company": row["company"],
        "Workflow": row["workflow"],
        "Autonomy": LEVELS.get(row["autonomy"], words.UNKNOWN),
        "Verdict": said,
        basis(facts.view).capitalize(): used,
        "Completed": count,
        "Accepted": accepted,
        "Reworked": words.share(row["rework_rate"]),
        "Escaped": per_hundred(row["escape_rate"]),
        "Reviewed": words.share(row["oversight_coverage"]),
    }
