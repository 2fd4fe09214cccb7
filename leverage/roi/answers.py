"""Does it pay: break-even, the range of returns, and what the answer hangs on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from leverage.roi.assumptions import Array, Assumption
from leverage.roi.case import MINUTES, At, Case, Reason, likeliest

MONTHS: Final = 12


@dataclass(frozen=True)
class Spread:
    """Where most draws of a figure lie: between P10 and P90 are 80 % of them.

    The mean of a skewed figure is not its P50; both are told.
    """

    p10: float
    p50: float
    p90: float
    mean: float

    @property
    def holds_zero(self) -> bool:
        """Tell whether the figure is not distinguishable from zero."""
        return self.p10 <= 0 <= self.p90


@dataclass(frozen=True)
class BreakEven:
    """What it takes for the use of a window to be worth its cost.

    `minutes` saved per active day and `realisation`, a share, each with all else at its likeliest;
    a realisation above 1 cannot be had, and minutes above the cap cannot either. What is unknown
    is None with its `reason`; minutes need no belief about time saved, realisation does.
    """

    minutes: float | None = None
    realisation: float | None = None
    is_within_cap: bool | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Point:
    """The case with every assumption at its likeliest: one point of the range, not the answer."""

    value_usd: float
    cost_usd: float
    net_usd: float
    benefit_cost_ratio: float | None
    roi: float | None
    payback_months: float | None
    npv_usd: float | None


@dataclass(frozen=True)
class Payback:
    """After how many months the cost is paid back; None where it is not within the horizon."""

    p10: float | None
    p50: float | None
    p90: float | None
    never_share: float
    """The share of draws in which it is not paid back within the horizon."""


@dataclass(frozen=True)
class Returns:
    """What comes of a case: value, cost and net of its window, and the plan over the horizon.

    `realised_hours` are those of the time saved that the value stands for, not those of outcomes.
    Ratios are None where there is no cost to divide by, the net present value where no discount
    rate is assumed. `loss_probability` is the share of draws in which the window costs more than
    it is worth; `capped_share` that of draws in which the cap on hours binds.
    """

    point: Point
    realised_hours: Spread
    value_usd: Spread
    cost_usd: Spread
    net_usd: Spread
    benefit_cost_ratio: Spread | None
    roi: Spread | None
    payback_months: Payback
    npv_usd: Spread | None
    loss_probability: float
    capped_share: float | None


@dataclass(frozen=True)
class Bar:
    """What one assumption does to the net: at its lowest and highest, all others at likeliest."""

    assumption: Assumption
    at_low_usd: float
    at_high_usd: float

    @property
    def swing_usd(self) -> float:
        """Return how far apart the two are."""
        return abs(self.at_high_usd - self.at_low_usd)


def break_even(case: Case) -> BreakEven:
    """Return the minutes per active day and the realisation at which value equals cost.

    minutes = 60 × (C − value of outcomes) ÷ Σ (active days × wage × (1 − rework) × realisation ×
    attribution); realisation likewise, with the minutes that are assumed. Where outcomes alone
    are worth the cost it is 0. The cap is left aside and compared with.
    """
    days = case.active_days
    reason = case.why_no_cost or ("no use" if not days else None)
    if reason:
        return BreakEven(reason=reason)
    minutes = _if_finite(_break_even_minutes(case, likeliest))
    if minutes is None:
        return BreakEven(reason="no gain")
    within = None
    if case.cap_hours is not None:
        within = minutes * days <= case.cap_hours.mode * MINUTES * case.capped_days
    found = BreakEven(minutes, is_within_cap=within)
    if any(line.minutes is None for line in case.saved):
        return replace(found, reason="gain unknown")
    share = _if_finite(_break_even_realisation(case, likeliest))
    return replace(found, realisation=share, reason="no gain" if share is None else None)


def break_even_spread(case: Case) -> Spread | None:
    """Return the minutes per active day to break even over 10,000 draws of all that is assumed.

    None where the break-even is unknown, or one of the draws saves nothing.
    """
    if break_even(case).minutes is None:
        return None
    minutes = _break_even_minutes(case, case.drawn())
    return _spread(minutes) if np.isfinite(minutes).all() else None


def returns(case: Case) -> Returns | Reason:
    """Return what comes of a case over 10,000 seeded draws, or why that is not known."""
    if case.why_not:
        return case.why_not
    at = case.drawn()
    value, cost = np.broadcast_arrays(case.value(at), case.cost_usd(at))
    has_cost = bool((cost > 0).all())
    ratio = value / cost if has_cost else None
    kept, rate = case.kept_share(at), case.discount_rate
    once, flows = case.cost.once(at), case.flows(at)
    return Returns(
        point=point(case),
        realised_hours=_spread(case.realised_hours(at)),
        value_usd=_spread(value),
        cost_usd=_spread(cost),
        net_usd=_spread(value - cost),
        benefit_cost_ratio=None if ratio is None else _spread(ratio),
        roi=None if ratio is None else _spread(ratio - 1),
        payback_months=_payback_of(_paid_back(once, flows)),
        npv_usd=None if rate is None else _spread(_npv(once, flows, at(rate), MONTHS)),
        loss_probability=float((value < cost).mean()),
        capped_share=None if case.cap_hours is None else float((kept < 1).mean()),
    )


def point(case: Case) -> Point:
    """Return a case with every assumption at its likeliest; `why_not` must be None."""
    value, cost = (float(part[0]) for part in (case.value(likeliest), case.cost_usd(likeliest)))
    once, flows = float(case.cost.once(likeliest)[0]), case.flows(likeliest)[0].tolist()
    rate = case.discount_rate
    return Point(
        value_usd=value,
        cost_usd=cost,
        net_usd=value - cost,
        benefit_cost_ratio=value / cost if cost > 0 else None,
        roi=(value - cost) / cost if cost > 0 else None,
        payback_months=payback(once, flows),
        npv_usd=None if rate is None else npv(once, flows, rate.mode),
    )


def tornado(case: Case) -> tuple[Bar, ...]:
    """Return what each assumption does to the net of the window, the widest swing first.

    One at a time at its lowest and highest, all others at their likeliest; what has no range or
    moves nothing is left out. Empty where there is no return.
    """
    if case.why_not:
        return ()
    moved = [assumption for assumption in case.assumptions if not assumption.is_certain]
    # Two scenarios an assumption, all of them at once.
    scenarios: dict[Assumption, Array] = {}
    for assumption in case.assumptions:
        values = np.full(2 * len(moved), assumption.mode, dtype=float)
        if assumption in moved:
            place = 2 * moved.index(assumption)
            values[place : place + 2] = assumption.low, assumption.high
        scenarios[assumption] = values
    at = scenarios.__getitem__
    net = np.broadcast_to(case.value(at) - case.cost_usd(at), 2 * len(moved))
    bars = [Bar(a, float(net[2 * i]), float(net[2 * i + 1])) for i, a in enumerate(moved)]
    return tuple(sorted((bar for bar in bars if bar.swing_usd), key=lambda bar: -bar.swing_usd))


def payback(upfront_usd: float, monthly_usd: Sequence[float]) -> float | None:
    """Return after how many months what is paid first has come back, None where it never does.

    `monthly_usd` is the net of each month; within a month it comes in evenly. What has come back
    once and is lost again has not been paid back.
    """
    found = float(_paid_back(np.asarray([upfront_usd]), np.asarray([monthly_usd], dtype=float))[0])
    return found if np.isfinite(found) else None


def npv(
    upfront_usd: float, flows_usd: Sequence[float], annual_rate: float, per_year: int = MONTHS
) -> float:
    """Return the net present value: −C₀ + Σ net_t ÷ (1 + d)^(t ÷ flows a year).

    Each flow is counted at the end of its period.
    """
    flows = np.asarray([flows_usd], dtype=float)
    found = _npv(np.asarray([upfront_usd]), flows, np.asarray([annual_rate]), per_year)
    return float(found[0])


def _npv(once: Array, flows: Array, annual_rate: Array, per_year: int) -> Array:
    years = np.arange(1, flows.shape[1] + 1) / per_year
    worth: Array = (flows / (1 + annual_rate[:, np.newaxis]) ** years).sum(axis=1)
    return worth - once


def _paid_back(once: Array, flows: Array) -> Array:
    """Return when the sum of flows makes good what was paid once, inf where it does not."""
    once = np.broadcast_to(once, len(flows)) if len(once) == 1 else once
    flows = np.broadcast_to(flows, (len(once), flows.shape[1]))
    so_far = np.cumsum(flows, axis=1) - once[:, np.newaxis]
    before = np.column_stack([-once, so_far])
    # A debt that only rounding leaves is none.
    owed = before < -1e-9 * np.abs(before).max(axis=1, keepdims=True)
    months = flows.shape[1]
    last = np.where(owed.any(axis=1), months - np.argmax(owed[:, ::-1], axis=1), -1)
    found = np.full(len(once), np.inf)
    found[last == -1] = 0.0
    rows = np.flatnonzero((last >= 0) & (last < months))
    month = last[rows]
    found[rows] = month - before[rows, month] / flows[rows, month]
    return found


def _payback_of(months: Array) -> Payback:
    # No value is interpolated between a month and never.
    ends = np.quantile(months, [0.1, 0.5, 0.9], method="inverted_cdf").tolist()
    p10, p50, p90 = (end if np.isfinite(end) else None for end in ends)
    return Payback(p10, p50, p90, float(np.isinf(months).mean()))


def _if_finite(found: Array) -> float | None:
    """Return the one value found, None where it is beyond any number."""
    return float(found[0]) if np.isfinite(found[0]) else None


def _break_even_minutes(case: Case, at: At) -> Array:
    per_minute = sum(
        (line.active_days / MINUTES * line.usd_per_hour(at) for line in case.saved), np.zeros(1)
    )
    return _quotient(_to_be_earned(case, at), per_minute)


def _break_even_realisation(case: Case, at: At) -> Array:
    in_full = sum((line.hours(at) * line.usd_if_realised(at) for line in case.saved), np.zeros(1))
    return _quotient(_to_be_earned(case, at), case.kept_share(at) * in_full)


def _to_be_earned(case: Case, at: At) -> Array:
    """Return the cost that time saved must cover: what outcomes are not worth."""
    gained = sum((line.value(at) for line in case.gained), np.zeros(1))
    return np.maximum(case.cost_usd(at) - gained, 0.0)


def _quotient(part: Array, whole: Array) -> Array:
    part, whole = np.broadcast_arrays(part, whole)
    found: Array = np.divide(part, whole, out=np.full(part.shape, np.inf), where=whole > 0)
    return found


def _spread(draws: Array) -> Spread:
    p10, p50, p90 = np.quantile(draws, [0.1, 0.5, 0.9]).tolist()
    return Spread(p10, p50, p90, float(draws.mean()))
