"""Usage maturity: ten dimensions in four pillars, their geometric mean, and what holds it back.

The rule, after CMMI-like models: a dimension's value becomes a score by five cut-offs; a pillar is
the mean of its known dimensions; the whole is the geometric mean of the four pillars, so that an
imbalance is not bought off; a stage needs its gates as well as its score. Exports show use: they
cannot see culture, data or policy.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

CUTOFFS: Final = Path(__file__).parents[1] / "data" / "reference" / "maturity_cutoffs.csv"
SCORES: Final = (0, 25, 50, 75, 100)
STAGES: Final = ("Exploring", "Piloting", "Scaling", "Embedded", "Orchestrating")
STAGE_STARTS: Final = (0, 20, 40, 60, 80)
LEAST_COVERAGE: Final = 0.7
"""Below this share of known dimensions there is no stage."""

LEAST_PILLAR: Final = 1.0
"""A pillar of 0 would make the geometric mean 0 whatever the others are."""

DRAWS: Final = 500
_EVENNESS: Final = 25.0
"""How near to equal the drawn weights of the pillars are: each is 0.25, give or take 0.04."""

_SEED: Final = 20261101
Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Dimension:
    """One thing that is measured: at which values its scores begin, why, and what would lift it."""

    pillar: str
    name: str
    label: str
    unit: str
    cuts: tuple[float, ...]
    is_log: bool
    is_judgement: bool
    reason: str
    lift: str

    def score(self, value: float | None) -> float | None:
        """Return the score of a value, 0 to 100; None where the value is unknown."""
        if value is None:
            return None
        if self.is_log:
            value = max(value, self.cuts[0])
            return float(np.interp(math.log(value), np.log(self.cuts), SCORES))
        return float(np.interp(value, self.cuts, SCORES))


@dataclass(frozen=True)
class Gate:
    """What a stage above `caps_at` asks for: at least so much of a dimension."""

    dimension: str
    least: float
    caps_at: int


GATES: Final = (
    Gate("breadth", 0.10, 1),
    Gate("breadth", 0.30, 2),
    Gate("known_owner_share", 0.50, 2),
    Gate("known_owner_share", 0.80, 3),
    Gate("known_owner_share", 0.95, 4),
)


@dataclass(frozen=True)
class Maturity:
    """The usage maturity of one month.

    `values` and `scores` by dimension, None where unknown; `pillars` by name, likewise; `coverage`
    the share of dimensions that are known. `score` and `stage` (1 to 5) are None below
    LEAST_COVERAGE, or where a pillar has no dimension; `stage_by_score` is what the score alone
    would give, and `gate` the one that caps the stage, None where none does. `stability` is the
    share of draws that keep the stage.
    """

    values: Values
    scores: Values
    pillars: Values
    coverage: float
    score: float | None = None
    stage_by_score: int | None = None
    stage: int | None = None
    gate: Gate | None = None
    stability: float | None = None

    @property
    def lowest_pillar(self) -> str | None:
        """Return the pillar with the lowest score."""
        known = {name: score for name, score in self.pillars.items() if score is not None}
        return min(known, key=lambda name: known[name]) if known else None

    def lowest_dimension(self, pillar: str, rule: Sequence[Dimension]) -> Dimension | None:
        """Return the dimension of a pillar with the lowest score."""
        known = [
            (score, dimension)
            for dimension in rule
            if dimension.pillar == pillar and (score := self.scores[dimension.name]) is not None
        ]
        return min(known, key=lambda pair: pair[0])[1] if known else None


@cache
def proposed() -> tuple[Dimension, ...]:
    """Return the dimensions with the cut-offs this product proposes."""
    with CUTOFFS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Dimension(
                pillar=row["pillar"],
                name=row["dimension"],
                label=row["label"],
                unit=row["unit"],
                cuts=tuple(float(row[f"at_{score}"]) for score in SCORES),
                is_log=row["scale"] == "log",
                is_judgement=row["is_judgement"] == "yes",
                reason=row["reason"],
                lift=row["lift"],
            )
            for row in csv.DictReader(file)
        )


def with_cutoffs(changed: Mapping[tuple[str, int], tuple[float, str]]) -> tuple[Dimension, ...]:
    """Return the dimensions with some cut-offs changed: (dimension, score) -> (value, reason).

    A change that would not leave the cut-offs of a dimension rising is left out.
    """
    dimensions = []
    for dimension in proposed():
        own = {score: told for (name, score), told in changed.items() if name == dimension.name}
        cuts = tuple(
            own[score][0] if score in own else cut
            for score, cut in zip(SCORES, dimension.cuts, strict=True)
        )
        if own and all(low < high for low, high in pairwise(cuts)):
            reason = "; ".join(told for _, told in own.values())
            dimension = replace(dimension, cuts=cuts, reason=reason, is_judgement=True)
        dimensions.append(dimension)
    return tuple(dimensions)


def why_no_cutoff(dimension: Dimension, score: int, value: float) -> str | None:
    """Say why a score cannot begin at a value, None where it can: cut-offs rise from 0 to 100."""
    place = SCORES.index(score)
    below = dimension.cuts[place - 1] if place else None
    above = dimension.cuts[place + 1] if place + 1 < len(SCORES) else None
    if below is not None and value <= below:
        return f"It must be above {below:g}, where the score {SCORES[place - 1]} begins"
    if above is not None and value >= above:
        return f"It must be below {above:g}, where the score {SCORES[place + 1]} begins"
    if dimension.is_log and value <= 0:
        return "It must be above 0"
    return None


def maturity(values: Values, rule: Sequence[Dimension]) -> Maturity:
    """Return the maturity of one month's values; a dimension that is not in them is unknown."""
    known = {dimension.name: values.get(dimension.name) for dimension in rule}
    scores = {dimension.name: dimension.score(known[dimension.name]) for dimension in rule}
    pillars = _pillars(scores, rule)
    coverage = sum(score is not None for score in scores.values()) / len(scores)
    found = Maturity(known, scores, pillars, coverage)
    parts = [score for score in pillars.values() if score is not None]
    if coverage < LEAST_COVERAGE or len(parts) < len(pillars):
        return found
    score = composite(parts)
    by_score = stage_of(score)
    stage, gate = _gated(by_score, known)
    return replace(found, score=score, stage_by_score=by_score, stage=stage, gate=gate)


def stable(months: Sequence[Values], rule: Sequence[Dimension]) -> Maturity:
    """Return the maturity of the last of some months, with how often it keeps its stage.

    500 draws: the pillars' weights from a Dirichlet distribution around equal, and the values from
    as many months drawn with replacement. A stage that holds in few draws is near a cut-off.
    """
    found = maturity(months[-1], rule)
    if found.stage is None:
        return found
    random = np.random.default_rng(_SEED)
    kept = drawn = 0
    known: dict[tuple[int, ...], Maturity] = {}  # few months can be drawn in few ways
    for weights in random.dirichlet([_EVENNESS] * len(found.pillars), size=DRAWS):
        some = tuple(sorted(random.integers(len(months), size=len(months)).tolist()))
        if some not in known:
            means = {d.name: _mean([months[i] for i in some], d.name) for d in rule}
            known[some] = maturity(means, rule)
        again = known[some]
        parts = [score for score in again.pillars.values() if score is not None]
        if len(parts) < len(again.pillars):
            continue
        drawn += 1
        stage, _ = _gated(stage_of(composite(parts, weights)), again.values)
        kept += stage == found.stage
    return replace(found, stability=kept / drawn if drawn else None)


def composite(pillars: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return the geometric mean of the pillars, with equal weights unless told otherwise."""
    logs = np.log(np.maximum(pillars, LEAST_PILLAR))
    return float(np.exp(np.average(logs, weights=weights)))


def stage_of(score: float) -> int:
    """Return the stage a score alone gives, 1 to 5."""
    return sum(score >= start for start in STAGE_STARTS)


def _gated(stage: int, values: Values) -> tuple[int, Gate | None]:
    """Return the stage after its gates, and the gate that caps it; an unknown input passes none."""
    caps = [
        gate
        for gate in GATES
        if (value := values.get(gate.dimension)) is None or value < gate.least
    ]
    lowest = min(caps, key=lambda gate: gate.caps_at, default=None)
    if lowest is None or lowest.caps_at >= stage:
        return stage, None
    return lowest.caps_at, lowest


def next_gate(found: Maturity) -> Gate | None:
    """Return the gate that the stage above the present one would still ask for."""
    if found.stage is None:
        return None
    for gate in sorted(GATES, key=lambda gate: gate.caps_at):
        value = found.values.get(gate.dimension)
        if gate.caps_at >= found.stage and (value is None or value < gate.least):
            return gate
    return None


def _pillars(scores: Values, rule: Sequence[Dimension]) -> dict[str, float | None]:
    pillars: dict[str, float | None] = {}
    for name in dict.fromkeys(dimension.pillar for dimension in rule):
        known = [
            score
            for dimension in rule
            if dimension.pillar == name and (score := scores[dimension.name]) is not None
        ]
        pillars[name] = max(sum(known) / len(known), LEAST_PILLAR) if known else None
    return pillars


def _mean(months: Sequence[Values], name: str) -> float | None:
    known = [value for month in months if (value := month.get(name)) is not None]
    return sum(known) / len(known) if known else None
