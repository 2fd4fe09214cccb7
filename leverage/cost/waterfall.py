"""Why a bill moved between two months: parts that add up to the change, to the cent.

All money is in one currency.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, get_args

from leverage.cost.cents import parts_to_the_cent, to_the_cent

Cohort = Literal["joiners", "leavers", "continuing", "people", "non-people"]
Part = Literal[
    "seat count",
    "seat price",
    "cost without tokens",
    "joiners",
    "leavers",
    "continuing",
    "people",
    "non-people",
    "mix",
    "price",
    "cost not known throughout",
]
PARTS: Final[tuple[Part, ...]] = get_args(Part)


@dataclass(frozen=True)
class Used:
    """Use of one vendor's model by one cohort in one month.

    People who used tokens in the later month only are joiners, in the earlier only leavers, in
    both continuing, and people where it may not be told which; services and unknown actors are
    non-people. `tokens` is None or 0 where the vendor reports none, `cost` None where it is
    unknown.
    """

    vendor: str
    model: str
    cohort: Cohort
    tokens: int | None
    cost: Decimal | None


@dataclass(frozen=True)
class Seats:
    """Seats of one plan in one month; `price` is of one seat, None where it is unknown."""

    vendor: str
    plan: str
    seats: Decimal
    price: Decimal | None


@dataclass(frozen=True)
class Waterfall:
    """A change of a bill, and the parts that add up to it exactly.

    All to the cent. `unpriced_tokens` are those of the earlier and of the later month whose
    cost nobody knows: they are in neither bill.
    """

    before: Decimal
    after: Decimal
    parts: Mapping[Part, Decimal]
    unpriced_tokens: tuple[int, int]

    @property
    def change(self) -> Decimal:
        """Return what the bill moved by."""
        return self.after - self.before


@dataclass
class _Side:
    """What one thing had in a month: how many, what they cost, and whether all of it is known."""

    n: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    is_known: bool = True

    def add(self, n: Decimal | int, cost: Decimal | Fraction | None) -> None:
        self.n += Fraction(n)
        self.cost += Fraction(cost or 0)
        self.is_known = self.is_known and cost is not None

    @property
    def price(self) -> Fraction | None:
        return self.cost / self.n if self.n else None


_Sides = defaultdict[tuple[str, str], tuple[_Side, _Side]]


def waterfall(
    used: tuple[Iterable[Used], Iterable[Used]], seats: tuple[Iterable[Seats], Iterable[Seats]]
) -> Waterfall:
    """Split the change of a bill, each pair being the earlier and the later month.

    Seats: Δcount × old price, and later count × Δprice. Use with tokens: each cohort's Δtokens ×
    the old mean price; mix = Σ (later tokens − all later tokens × old share) × old price; price =
    Σ later tokens × Δprice. What is new has no old price and takes its later one, so that it lands
    in count or mix. A vendor that reports tokens in one of the months only, though it costs in
    both, counts as cost without tokens. What has an unknown cost in either month stands apart.
    The parts are rounded by largest remainder, so that one of 0 stays 0.
    """
    rows = (tuple(used[0]), tuple(used[1]))
    apart = _without_comparable_tokens(rows)
    parts = dict.fromkeys(PARTS, Fraction(0))
    totals = [Fraction(0), Fraction(0)]
    by_model: _Sides = defaultdict(lambda: (_Side(), _Side()))
    for month, side in enumerate(rows):
        for row in side:
            totals[month] += Fraction(row.cost or 0)
            if row.tokens and row.vendor not in apart:
                by_model[row.vendor, row.model][month].add(row.tokens, row.cost)
            else:
                sign = 1 if month else -1
                parts["cost without tokens"] += sign * Fraction(row.cost or 0)
    compared = _known_throughout(by_model, parts)
    by_plan: _Sides = defaultdict(lambda: (_Side(), _Side()))
    for month, plans in enumerate(seats):
        for plan in plans:
            cost = None if plan.price is None else Fraction(plan.seats) * Fraction(plan.price)
            totals[month] += cost or 0
            by_plan[plan.vendor, plan.plan][month].add(plan.seats, cost)
    for before, after in _known_throughout(by_plan, parts).values():
        old, new = _prices(before, after)
        parts["seat count"] += (after.n - before.n) * old
        parts["seat price"] += after.n * (new - old)
    _split_use(compared, rows, apart, parts)
    start, end = (to_the_cent(total) for total in totals)
    return Waterfall(
        before=start,
        after=end,
        parts=dict(zip(parts, parts_to_the_cent(tuple(parts.values()), end - start), strict=True)),
        unpriced_tokens=(_unpriced(rows[0]), _unpriced(rows[1])),
    )


def by_cohort(
    row: Used, *, joiners_share: float | None = None, leavers_share: float | None = None
) -> tuple[Used, ...]:
    """Split the use of people of one month by the shares of joiners or leavers in its tokens.

    Give `joiners_share` for the later month and `leavers_share` for the earlier one. Only tokens
    are split: a cohort moves a bill by its tokens at the old mean price, whatever they cost.
    """
    share = joiners_share if joiners_share is not None else leavers_share
    if share is None or not row.tokens:
        return (row,)
    apart = round(row.tokens * share)
    cohort: Cohort = "joiners" if joiners_share is not None else "leavers"
    nothing = None if row.cost is None else Decimal(0)
    return (
        Used(row.vendor, row.model, cohort, apart, nothing),
        Used(row.vendor, row.model, row.cohort, row.tokens - apart, row.cost),
    )


def _split_use(
    compared: Mapping[tuple[str, str], tuple[_Side, _Side]],
    rows: tuple[Sequence[Used], Sequence[Used]],
    apart: set[str],
    parts: dict[Part, Fraction],
) -> None:
    tokens = [sum((sides[month].n for sides in compared.values()), Fraction(0)) for month in (0, 1)]
    cost = [
        sum((sides[month].cost for sides in compared.values()), Fraction(0)) for month in (0, 1)
    ]
    if not any(tokens):
        return
    # Where nothing was used before, all of it is more use, at what it costs now.
    mean = cost[0] / tokens[0] if tokens[0] else cost[1] / tokens[1]
    for month, side in enumerate(rows):
        for row in side:
            if row.tokens and row.vendor not in apart and (row.vendor, row.model) in compared:
                parts[row.cohort] += (1 if month else -1) * row.tokens * mean
    if not tokens[0]:
        return
    for before, after in compared.values():
        old, new = _prices(before, after)
        parts["mix"] += (after.n - tokens[1] * before.n / tokens[0]) * old
        parts["price"] += after.n * (new - old)


def _without_comparable_tokens(rows: tuple[Sequence[Used], Sequence[Used]]) -> set[str]:
    """Return vendors that cost in both months and report tokens in one of them only."""
    counts = [{row.vendor for row in side if row.tokens} for side in rows]
    costs = [{row.vendor for row in side if row.cost} for side in rows]
    return (counts[0] ^ counts[1]) & costs[0] & costs[1]


def _known_throughout(
    sides: _Sides, parts: dict[Part, Fraction]
) -> dict[tuple[str, str], tuple[_Side, _Side]]:
    """Return what has a known cost in both months; what the rest moved by goes to its own part."""
    known = {key: pair for key, pair in sides.items() if pair[0].is_known and pair[1].is_known}
    for key, (before, after) in sides.items():
        if key not in known:
            parts["cost not known throughout"] += after.cost - before.cost
    return known


def _prices(before: _Side, after: _Side) -> tuple[Fraction, Fraction]:
    """Return the old and the new price; where there is only one it is both, and 0 without any."""
    old, new = before.price, after.price
    either = (old if new is None else new) or Fraction(0)
    return either if old is None else old, either if new is None else new


def _unpriced(rows: Iterable[Used]) -> int:
    return sum(row.tokens or 0 for row in rows if row.cost is None)
