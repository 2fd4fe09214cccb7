"""How far a figure can be trusted: the worst of what it rests on, with the reason in words."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from leverage import queries, words

CUTOFFS: Final = Path(__file__).parents[2] / "data" / "reference" / "confidence_cutoffs.csv"
ALWAYS: Final = ("freshness", "completeness")
"""What every figure is judged by; `judged_by` in the header of a metric names what else."""
LESS_IS_BETTER: Final = ("freshness", "estimated")

Grade = Literal["high", "medium", "low"]
GRADES: Final[tuple[Grade, ...]] = ("high", "medium", "low")
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Confidence:
    """A grade, and what keeps it from being better: nothing where it is high."""

    grade: Grade
    because: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """Say the grade alone: “confidence: medium”."""
        return f"confidence: {self.grade}"

    @property
    def said(self) -> str:
        """Say the grade and why: “medium, because 31 % of cost is estimated”."""
        return f"{self.grade}, because {' and '.join(self.because)}" if self.because else self.grade


class Cutoff(NamedTuple):
    """Up to where one factor is of high and of medium confidence."""

    high: float
    medium: float


@cache
def cutoffs() -> dict[str, Cutoff]:
    """Return the cut-off of each factor, from the reference table."""
    with CUTOFFS.open(encoding="utf-8", newline="") as file:
        return {
            row["factor"]: Cutoff(float(row["high"]), float(row["medium"]))
            for row in csv.DictReader(file)
        }


def rule() -> str:
    """Say by what confidence is judged, with the cut-offs in force."""
    cut = cutoffs()
    behind = f"{words.count(cut['freshness'].medium)} days"
    last_day = "the last day of the period"
    if cut["freshness"].high:
        last_day = f"{words.count(cut['freshness'].high)} days before the period's end"
    parts = {
        grade: (
            f"{words.share(getattr(cut['completeness'], grade))} of its days loaded, a known owner "
            f"for {words.share(getattr(cut['allocation'], grade))} of all use, and no more than "
            f"{words.share(getattr(cut['estimated'], grade))} of the cost estimated"
        )
        for grade in ("high", "medium")
    }
    return (
        "Confidence in a figure is the worst of what it rests on. High asks that every source "
        f"reaches {last_day}, {parts['high']}; medium that none ends over {behind} before that "
        f"day, {parts['medium']}. Owners matter to figures of people and to what is split or "
        "filtered by people, estimates to cost. These cut-offs are proposals of this product."
    )


def confidence(
    metric: str, facts: Facts | None, *, is_by_people: bool = False
) -> Confidence | None:
    """Return the confidence in a figure of a metric; None where nothing is loaded.

    `facts` is the row of the question `confidence`. The worst factor decides. Whether use has a
    known owner touches what counts people, and what is split or filtered by them (`is_by_people`).
    What a figure must be judged by and nobody knows, as who used it where no roster is loaded,
    makes it low.
    """
    if facts is None:
        return None
    factors = [*ALWAYS, *queries.get("metrics", metric).header.get("judged_by", ())]
    if is_by_people and "allocation" not in factors:
        factors.append("allocation")
    judged = [(_grade(factor, facts), _reason(factor, facts)) for factor in factors]
    worst = max((grade for grade, _ in judged), key=GRADES.index)
    if worst == "high":
        return Confidence("high")
    return Confidence(worst, tuple(reason for grade, reason in judged if grade == worst))


def _grade(factor: str, facts: Facts) -> Grade:
    value = _value(factor, facts)
    if value is None:
        return "low"
    cutoff = cutoffs()[factor]
    sign = 1 if factor in LESS_IS_BETTER else -1
    if sign * value <= sign * cutoff.high:
        return "high"
    return "medium" if sign * value <= sign * cutoff.medium else "low"


def _value(factor: str, facts: Facts) -> float | None:
    value: float | None = facts[_COLUMNS[factor]]
    if factor == "allocation" and value is None:
        # Told in steps where the exact share would tell what a few people used.
        value = facts["known_owner_share_at_least"]
    if factor == "estimated" and value is None:
        return 0.0  # no cost is known, so that the figure is hidden anyway
    return value


_COLUMNS: Final = {
    "freshness": "days_behind",
    "completeness": "covered_share",
    "allocation": "known_owner_share",
    "estimated": "estimated_share",
}


def _reason(factor: str, facts: Facts) -> str:
    """Say what a factor lacks, as a clause."""
    if factor == "freshness":
        many, behind = facts["sources_behind"], facts["days_behind"]
        ends = "source ends" if many == 1 else "sources end"
        days = f"{words.count(behind)} day{'s' * (behind != 1)}"
        return f"{words.count(many)} {ends} up to {days} before the period does"
    if factor == "completeness":
        return f"{words.share(facts['covered_share'])} of its days are loaded"
    if factor == "estimated":
        return f"{words.share(facts['estimated_share'])} of cost is estimated"
    owned, least = facts["known_owner_share"], facts["known_owner_share_at_least"]
    if owned is not None:
        return f"{words.share(1 - owned)} of all use has no known owner"
    if least is not None:
        return f"up to {words.share(1 - least)} of all use has no known owner"
    return "it cannot be told who used it"
