"""The tab by workflow: what accepted work costs, what was measured, and what it is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import polars as pl

from leverage import roi, words
from leverage.figures.effects import Effect, interventions, outcome_rows
from leverage.figures.figure import Ask, Hidden, Table
from leverage.figures.ground import many
from leverage.figures.roi import believed, measured, said
from leverage.figures.roi.believed import BASES, Believed, Chosen
from leverage.figures.roi.facts import Facts, Subject, facts
from leverage.figures.scope import listed
from leverage.words import DASH

Row = Mapping[str, Any]

COSTS: Final = "What accepted work costs"
WORTH: Final = "What the work of a workflow is worth"
NO_OUTCOMES: Final = (
    "No outcomes name a workflow in these months: load outcomes with a workflow, completed and "
    "accepted work"
)


@dataclass(frozen=True)
class Way:
    """One workflow: what its use cost, None where unknown, and the ways it can be counted in.

    `effect` is the one behind its measured value, the strongest there is.
    """

    workflow: str
    cost_usd: float | None
    lines: tuple[roi.Line, ...]
    effect: Effect | None
    chosen: Chosen | None

    @property
    def bases(self) -> set[roi.Basis]:
        """Return what it can be counted by, and what it is counted by now."""
        there = {line.basis for line in self.lines}
        return there if self.chosen is None else there | {self.chosen.basis}

    @property
    def basis(self) -> roi.Basis | None:
        """Return what it is counted by: as chosen, else the best rung of evidence there is."""
        if self.chosen is not None:
            return self.chosen.basis
        order = list(BASES)
        best = min(
            self.lines,
            key=lambda line: (roi.rung_of(line.attribution).name, order.index(line.basis)),
            default=None,
        )
        return best.basis if best is not None else None

    @property
    def line(self) -> roi.Line | None:
        """Return the way that counts, None where there is none, or not the one that is chosen."""
        if self.basis is None:
            return None
        return next(iter(roi.by_basis(self.lines, {self.workflow: self.basis})), None)

    @property
    def aside(self) -> list[roi.Line]:
        """Return the ways that are left aside."""
        return [line for line in self.lines if line is not self.line]


@dataclass(frozen=True)
class Choice:
    """What the form needs by which the owner says how a workflow is counted."""

    company: str
    first_day: date
    ways: tuple[Way, ...]

    def holds_from(self, way: Way) -> date:
        """Return from when a choice holds: not before the one it changes, which would count."""
        since = way.chosen.since if way.chosen is not None else None
        return self.first_day if since is None else max(self.first_day, since)


@dataclass(frozen=True)
class Workflows:
    """What the tab by workflow shows; `choice` is None where no single company is in view."""

    costs: Table | Hidden
    measured: Table | Hidden
    worth: Table | Hidden
    choice: Choice | None


def workflows(ask: Ask) -> Workflows | None:
    """Return the tab by workflow, None where nothing that was loaded matches the view."""
    found = facts(ask)
    if found is None:
        return None
    if found.why_nothing:
        costs, told, worth = (
            Hidden(name, found.why_nothing) for name in (COSTS, measured.NAME, WORTH)
        )
        return Workflows(costs, told, worth, None)
    rows, subject = ask("workflow_costs").frame, found.subject
    if subject is None:
        reason = said.why_not_one(found)
        told, worth = Hidden(measured.NAME, reason), Hidden(WORTH, reason)
        return Workflows(found.judged(_costs(found, rows)), told, worth, None)
    done = interventions(ask)
    effects = measured.measured(outcome_rows(ask), done, found.whole, subject.believed)
    ways = _ways(rows.filter(pl.col("company") == subject.company), subject.believed, effects)
    first_day = date.fromisoformat(f"{found.headline.window.first}-01")
    return Workflows(
        costs=found.judged(_costs(found, rows)),
        measured=measured.table(found, effects, done),
        worth=_worth(found, subject, ways),
        choice=Choice(subject.company, first_day, ways),
    )


def _costs(found: Facts, rows: pl.DataFrame) -> Table | Hidden:
    if rows.is_empty():
        return Hidden(COSTS, NO_OUTCOMES)
    several = rows["company"].n_unique() > 1
    table = [
        {
            "Company": row["company"],
            "Workflow": row["workflow"],
            "Usage cost": _money(found, row["cost_usd"]),
            "At list price": _money(found, row["list_cost_usd"]),
            "Completed": _count(row["completed"]),
            "Accepted": _count(row["accepted"]),
            "Per accepted piece": _money(found, row["cost_per_accepted_usd"]),
            "Spent on what was not accepted": _money(found, row["cost_not_accepted_usd"]),
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
        "the Data page, so that what no rule catches costs nothing here. Use that seats or plans "
        "include is billed at 0; what it would have cost stands under “At list price”.",
    )


def _ways(
    rows: pl.DataFrame, held: Believed, effects: Sequence[measured.Measured]
) -> tuple[Way, ...]:
    """Return the workflows with accepted work or a measured gain, and how each can be counted."""
    names: dict[str, str] = {}
    costs: dict[str, float | None] = {}
    lines: dict[str, list[roi.Line]] = {}
    behind: dict[str, Effect] = {}
    for row in rows.filter(pl.col("accepted") > 0).iter_rows(named=True):
        key = row["workflow"].lower()
        names[key] = row["workflow"]
        costs[key] = None if row["cost_usd"] is None else float(row["cost_usd"])
        lines[key] = _lines(row, held)
    for found in effects:
        # Of several effects on one workflow the strongest counts: their gains may be the same.
        key = (found.effect.workflow or "").lower()
        if found.line is not None and key not in behind:
            names.setdefault(key, found.effect.workflow or "")
            lines.setdefault(key, []).append(replace(found.line, workflow=names[key]))
            behind[key] = found.effect
    return tuple(
        Way(name, costs.get(key), tuple(lines[key]), behind.get(key), held.chosen.get(key))
        for key, name in names.items()
    )


def _worth(found: Facts, subject: Subject, ways: Sequence[Way]) -> Table | Hidden:
    if not ways:
        return Hidden(WORTH, NO_OUTCOMES)
    told = [
        _told(found, way, line, subject.believed) for way in ways if (line := way.line) is not None
    ]
    table = [row for row, _ in told]
    unsaid = [way.workflow for way in ways if not way.lines and way.chosen is None]
    notes = [_about_choice(way, way.chosen) for way in ways if way.chosen is not None]
    if not table:
        notes.append(
            "Unknown: of no workflow is it assumed how many minutes a piece saves, or what a piece "
            f"gained is worth, nor was a gain measured ({listed(unsaid)})"
        )
        return Hidden(WORTH, " ".join(notes))
    if unsaid:
        notes.append(f"Nothing is assumed of {listed(unsaid)}.")
    return Table(
        name=f"{WORTH}, P10 to P90 of 10,000 draws, {found.when}",
        finding=_verdict(found, told, len(ways)),
        question="workflow_costs",
        metric="net_value_usd",
        rows=pl.DataFrame(table),
        note="A workflow is counted in one way and never in two, and none of it is added to the "
        "value of all work above: that would count one gain twice. What was measured of a whole "
        "department is another way to put the same work in money as its time saved. Seats are in "
        f"no workflow. {' '.join(notes)}",
    )


def _verdict(found: Facts, told: Sequence[tuple[dict[str, str], roi.Spread | None]], n: int) -> str:
    """Say which workflow is worth less than its use costs, if any is, and how many are valued."""
    valued = (
        f"{words.count(len(told))} of {many(n, 'workflow')} {'has' if n == 1 else 'have'} a value"
    )
    losing = [(net.p90, row["Workflow"], net) for row, net in told if net and net.p90 < 0]
    if not losing:
        return valued
    _, name, net = min(losing, key=lambda one: one[0])
    return f"{name} is worth less than it uses: {said.between_money(net, found.currency)}; {valued}"


def _about_choice(way: Way, chosen: Chosen) -> str:
    since = "" if chosen.since is None else f" from {chosen.since:%Y-%m-%d}"
    told = f"{chosen.author} counts {way.workflow} by {BASES[chosen.basis]}{since}: {chosen.why}."
    if way.line is None:
        told += f" There is no such value in these months, so that {way.workflow} has none."
    return told


def _lines(row: Row, held: Believed) -> list[roi.Line]:
    """Return the ways in which the accepted work of a workflow can be put in money."""
    workflow = row["workflow"]
    wage, attribution = held.get(believed.WAGE), held.of(believed.ATTRIBUTION, workflow)
    minutes = held.of(believed.PIECE_MINUTES, workflow)
    gain, worth = held.of(believed.GAIN, workflow), held.of(believed.WORTH, workflow)
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


def _told(
    found: Facts, way: Way, line: roi.Line, held: Believed
) -> tuple[dict[str, str], roi.Spread | None]:
    """Return the row of a workflow, and its value less its usage cost where that is known."""
    case = roi.Case(
        months=1,
        lines=(line,),
        cost=roi.Cost(usage_usd=way.cost_usd or 0.0, seats_usd=0.0),
        horizon_months=held.horizon_months,
    )
    returns = roi.returns(case)
    if isinstance(returns, str):
        msg = f"a line with accepted work has no value: {returns}"
        raise TypeError(msg)
    effect, value = way.effect if line.basis == "measured" else None, returns.value_usd
    holds_zero = value.holds_zero or (effect is not None and effect.holds_zero)
    net = None if way.cost_usd is None else returns.net_usd
    by = f"chosen by {way.chosen.author}" if way.chosen is not None else "the best rung there is"
    left = listed([BASES[other.basis] for other in way.aside])
    aside = f"; left aside: {left}" if left else ""
    row = {
        "Workflow": way.workflow,
        "Counted by": f"{BASES[line.basis]}, {by}{aside}",
        "Rung of evidence": measured.rung(line.attribution),
        "n": words.count(line.active_days if isinstance(line, roi.TimeSaved) else line.n),
        "Value": said.judged_between(value, found.currency, holds_zero=holds_zero),
        "P50": found.currency.say(value.p50),
        "Less its usage cost": DASH if net is None else said.judged_between(net, found.currency),
    }
    return row, net


def _money(found: Facts, usd: Any) -> str:
    return DASH if usd is None else found.currency.say(usd)


def _count(pieces: float | None) -> str:
    return DASH if pieces is None else words.count(pieces)
