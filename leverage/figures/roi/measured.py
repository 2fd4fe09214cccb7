"""What was measured around something that was done, and how it is put in money."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from leverage import roi, words
from leverage.figures.currency import Currency
from leverage.figures.effects import Effect, Intervention, effects, why_no_effect
from leverage.figures.figure import Hidden, Table
from leverage.figures.ground import many
from leverage.figures.roi import believed
from leverage.figures.roi.believed import Believed
from leverage.figures.roi.facts import Facts
from leverage.figures.scope import listed
from leverage.stats.effects import LEAST_TEAMS_PER_ARM

NAME: Final = "What was measured"
GAINED: Final = "measured_gain"
DONE: Final = "What was done"
RUNG: Final = "Rung of evidence, put down to AI"


@dataclass(frozen=True)
class Unit:
    """What a piece gains in: who states its worth, and whether less of it is better."""

    worth: str
    name: str
    is_less_better: bool


_HOURS = Unit(believed.SOONER, "hours sooner", is_less_better=True)
UNITS: Final = {
    "mttr_hours": _HOURS,
    "lead_time_hours": _HOURS,
    "resolution_hours": _HOURS,
    "accepted_share": Unit(believed.WORTH, "share accepted", is_less_better=False),
}
"""Of other outcomes nobody can state what one is worth."""


@dataclass(frozen=True)
class Measured:
    """One effect; `line` puts it in money, else `why_not` says why it cannot be."""

    effect: Effect
    line: roi.GainMeasured | None
    why_not: str


def measured(
    rows: pl.DataFrame, done: Sequence[Intervention], months: Sequence[str], held: Believed
) -> tuple[Measured, ...]:
    """Return what was measured around what was done in a company, the strongest design first.

    `months` are those whose pieces are put in money, by what the company holds to be true.
    """
    told = []
    for effect in effects(rows, done):
        line = _line(effect, effect.pieces(rows, months), held)
        told.append(
            Measured(effect, None, line) if isinstance(line, str) else Measured(effect, line, "")
        )
    return tuple(told)


def _line(effect: Effect, pieces: float | None, held: Believed) -> roi.GainMeasured | str:
    """Return an effect as what it gained, or why it is not put in money."""
    unit, workflow = UNITS.get(effect.metric), effect.workflow
    if effect.interval is None:
        return f"no, directional: fewer than {LEAST_TEAMS_PER_ARM} on a side"
    if unit is None:
        return "no, what one of it is worth cannot be stated here"
    if workflow is None:
        if effect.later:
            return "no, it is of several departments: name the workflow in the outcomes"
        return "no, it is of the whole company, which every workflow is a part of"
    if pieces is None:
        return "no, hand in n, the cases each mean rests on"
    if not pieces:
        return "no, no piece in view came after it"
    worth = held.of(unit.worth, workflow)
    if worth is None:
        label = believed.BY_NAME[unit.worth].label
        return (
            f"not yet, of {words.count(pieces)} pieces: state under Assumptions, for {workflow}, "
            f"{label[0].lower()}{label[1:]}"
        )
    found, less = effect.found, unit.is_less_better
    gain = roi.measured_gain(found, GAINED, unit.name, workflow, is_less_better=less)
    if gain is None:
        msg = f"an effect with an interval has no gain: {found}"
        raise TypeError(msg)
    attribution = roi.attribution(found.rung, workflow)
    return roi.GainMeasured(workflow, pieces, gain, worth, attribution)


def table(found: Facts, told: Sequence[Measured], done: Sequence[Intervention]) -> Table | Hidden:
    """Return what was measured with its design, its rung and how it becomes money."""
    if not told:
        return Hidden(NAME, why_no_effect(done))
    first = told[0].effect
    # Where anything has a size, what has none is named below it.
    sized = [one for one in told if one.effect.interval is not None]
    few = [one.effect.outcome for one in told if sized and one.effect.interval is None]
    rows = pl.DataFrame([_row(one, found.currency) for one in sized or told])
    note = (
        "In brackets the 95 % interval, SE the standard error; both come from how teams differ. "
        "Money is pieces × what each gained × what one unit of it is worth × the share of the rung "
        "put down to AI: here at the likeliest of each, below drawn over its range, whose middle "
        "may lie elsewhere. Of several effects on one workflow the first counts below. Rungs go "
        "from E1, an experiment, to E5, what people say themselves."
    )
    if few:
        note += (
            f" Fewer than {LEAST_TEAMS_PER_ARM} on a side tell a direction and no size, which is "
            f"never put in money: {listed(sorted(set(few)), len(few))}. The page Leverage tells it."
        )
    return Table(
        name=f"{NAME}, in money for {found.when}",
        finding=f"{first.outcome}: {first.told} after “{first.intervention.event}”",
        question="outcomes_by_month",
        metric="outcome_per_employee",
        rows=rows if rows[DONE].n_unique() > 1 else rows.drop(DONE),
        note=note,
    )


def _row(one: Measured, currency: Currency) -> dict[str, str]:
    effect, done = one.effect, one.effect.intervention
    weight = roi.attribution(effect.found.rung)
    return {
        DONE: f"{done.event}, {words.month_name(done.month)}",
        "Outcome": f"{effect.outcome}, of {effect.workflow or effect.of}",
        "Effect": effect.told,
        "Design": effect.design
        if effect.found.rung == "E4"
        else f"{effect.design}, {many(effect.months, 'month')} each",
        RUNG: f"{effect.found.rung}, {words.share(weight.mode)} to AI",
        "In money": one.why_not if one.line is None else _sum(one.line, currency),
    }


def _sum(line: roi.GainMeasured, currency: Currency) -> str:
    """Say the sum at the likeliest of each: “400 × 4 hours sooner × 0.25 USD × 90 % = 360 USD”."""
    parts = (
        words.count(line.n),
        f"{line.gain.mode:,.3g} {line.gain.unit}",
        currency.say(line.worth.mode),
        words.share(line.attribution.mode),
    )
    return f"{' × '.join(parts)} = {currency.say(line.likeliest_usd)}"


def rung(attribution: roi.Assumption) -> str:
    """Say on which rung of the ladder of evidence a gain stands, and how much of it is AI's."""
    named = roi.rung_of(attribution)
    return f"{named.name} {named.design}, {words.share(attribution.mode)} to AI"
