"""What the gap to the peers is made of: parts that add up to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from leverage import charts, stats, words
from leverage.figures.figure import Chart, Hidden
from leverage.figures.ground import Row
from leverage.figures.scope import basis, listed
from leverage.figures.sectors.standing import Standing

OTHERS = "The others together"
MIX = "Mix of departments"
INTENSITY = "Use inside departments"
APART = "Use of no department"
LEVEL_SHARE = 0.05
"""A gap smaller than this share of the others' figure has no cause to look for."""
_SUMMED = ("person_months", "employee_months", "tokens", "full_cost_usd")


@dataclass(frozen=True)
class Split:
    """A gap per employee between the subject and the others together, and its parts."""

    own: float
    others: float
    parts: tuple[tuple[str, float], ...]
    one_sided: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """Return by how much the subject is above the others together."""
        return self.own - self.others


@dataclass(frozen=True)
class _Side:
    """One side of a comparison by department: (share of employees, tokens per employee)."""

    value: float
    groups: Mapping[str, tuple[float, float]]

    @property
    def apart(self) -> float:
        """Return the tokens per employee that stand in no department with known employees."""
        return self.value - sum(share * rate for share, rate in self.groups.values())


def tokens_split(facts: Standing, groups: pl.DataFrame) -> Split | None:
    """Split the gap in tokens per employee by department, None where a side is unknown.

    Mix is what comes of where people work, intensity of how much they use there (Kitagawa). Use
    that stands in no department (services, nobody named) has no employees and is a part of its own.
    """
    peers = {str(peer["company"]) for peer in facts.peers}
    own = _side([facts.subject], groups.filter(company=facts.name))
    other = _side(facts.peers, groups.filter(pl.col("company").is_in(peers)))
    if own is None or other is None:
        return None
    split = stats.kitagawa(own.groups, other.groups)
    return Split(
        own=own.value,
        others=other.value,
        parts=(
            (MIX, split.mix),
            (INTENSITY, split.intensity),
            (APART, own.apart - other.apart),
        ),
        one_sided=tuple(key for key in split.one_sided if not words.is_remainder(key)),
    )


def _side(companies: Iterable[Row], groups: pl.DataFrame) -> _Side | None:
    rows = list(companies)
    tokens = [row["tokens"] for row in rows]
    employees = [row["employee_months_with_tokens"] for row in rows]
    if not rows or None in tokens or None in employees or not sum(employees):
        return None
    summed = (
        groups.filter(pl.col("dimension") == "department")
        .drop_nulls("employee_months")
        .group_by("label")
        .agg(pl.col("tokens").sum(), pl.col("employee_months").sum())
        .sort("label")
    )
    total = float(sum(employees))
    return _Side(
        value=float(sum(tokens)) / total,
        groups={
            label: (heads / total, (used or 0.0) / heads)
            for label, used, heads in summed.iter_rows()
        },
    )


def cost_split(facts: Standing) -> Split | None:
    """Split the gap in cost per employee into breadth, depth and price, None where unknown.

    Active share × tokens per active person × price per token is the cost per employee; each part
    is what comes of one factor (LMDI).
    """
    own = _factors(facts.subject)
    other = _factors({name: facts.total(name) for name in _SUMMED})
    if own is None or other is None:
        return None
    parts = stats.lmdi(own, other)
    value, others = _product(own), _product(other)
    return Split(own=value, others=others, parts=tuple(parts.by_factor.items()))


def _factors(sums: Row) -> dict[str, float] | None:
    people, employees, tokens, cost = (sums[name] for name in _SUMMED)
    if not people or not employees or not tokens or cost is None:
        return None
    return {
        "Breadth: who uses it": people / employees,
        "Depth: tokens of who does": tokens / people,
        "Price of a token": float(cost) / tokens,
    }


def _product(factors: Mapping[str, float]) -> float:
    value = 1.0
    for factor in factors.values():
        value *= factor
    return value


def tokens_chart(facts: Standing, split: Split | None) -> Chart | Hidden:
    """Return the gap in tokens per employee as a chart, or why there is none."""
    name = "What the gap is made of"
    if not facts.is_set_against:
        return Hidden(name, facts.why_no_peers)
    if facts.ground.view.is_by_use:
        return Hidden(
            name, "Told for all use together: clear the filters by vendor, model and work"
        )
    if split is None:
        return Hidden(name, "Tokens or employees of one side are unknown")
    measure = (
        f"{basis(facts.ground.view).capitalize()} per employee and month, "
        f"{facts.ground.span.span.name}"
    )
    ends = ((OTHERS, split.others), split.parts, (facts.name, split.own))
    note = None
    if split.one_sided:
        note = (
            f"On one side only: {listed(split.one_sided)}. How that part divides into mix and use "
            "is a convention"
        )
    return Chart(
        name=name,
        question="groups_compared",
        metric="tokens_per_employee",
        spec=charts.titled(charts.gap_parts.spec(), _finding(split, facts.name), measure),
        rows=charts.gap_parts.frame(*ends, words.tokens).to_arrow(),
        alt=charts.gap_parts.alt_text(*ends, measure, words.tokens),
        note=note,
    )


def cost_chart(facts: Standing, split: Split | None) -> Chart | Hidden:
    """Return the gap in cost per employee as a chart, or why there is none."""
    name = "Breadth, depth and price"
    if not facts.is_set_against:
        return Hidden(name, facts.why_no_peers)
    if facts.ground.view.is_by_use:
        return Hidden(
            name, "Told for all use together: clear the filters by vendor, model and work"
        )
    lacking = [str(row["company"]) for row in facts.compared if not row["is_seats_known"]]
    if lacking:
        return Hidden(name, f"Seats of {listed(lacking)} are unknown, so that costs do not compare")
    if split is None:
        return Hidden(name, "Cost, people or tokens of one side are unknown")
    measure = f"Full cost per employee and month, USD, {facts.ground.span.span.name}"
    ends = ((OTHERS, split.others), split.parts, (facts.name, split.own))
    return Chart(
        name=name,
        question="companies_compared",
        metric="cost_per_employee_usd",
        spec=charts.titled(charts.gap_parts.spec(), _cost_finding(split, facts.name), measure),
        rows=charts.gap_parts.frame(*ends, words.money).to_arrow(),
        alt=charts.gap_parts.alt_text(*ends, measure, words.money),
        note="Price is full cost, seats included, for each token; the parts add up to the gap",
    )


def _finding(split: Split, name: str) -> str:
    if abs(split.gap) < LEVEL_SHARE * abs(split.others):
        return f"{name} is about where the others are: the parts cancel out"
    side = "above" if split.gap > 0 else "below"
    part, _ = max(split.parts, key=lambda part: part[1] if split.gap > 0 else -part[1])
    said = {
        MIX: "where its people work",
        INTENSITY: "how much departments use",
        APART: "use that belongs to no department",
    }[part]
    return f"Most of what puts {name} {side} the others is {said}"


def _cost_finding(split: Split, name: str) -> str:
    if abs(split.gap) < LEVEL_SHARE * abs(split.others):
        return f"{name} pays about what the others pay: the parts cancel out"
    part, _ = max(split.parts, key=lambda part: part[1] if split.gap > 0 else -part[1])
    factor = part.partition(":")[0]
    side = "more" if split.gap > 0 else "less"
    return f"{factor} does most to make {name} pay {side} per employee"
