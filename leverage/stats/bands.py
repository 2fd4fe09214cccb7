"""Bands that use is set against: what is typical, and what pays."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

NORMAL_QUARTILE: Final = 0.6745
"""The third quartile of the normal distribution: it makes a MAD a standard deviation."""


@dataclass(frozen=True)
class Band:
    """The middle half of n values: first quartile, median, third quartile."""

    p25: float
    p50: float
    p75: float
    n: int

    def place(self, value: float) -> str:
        """Say where a value lies: “below peers”, “typical” or “above peers”."""
        if value < self.p25:
            return "below peers"
        return "above peers" if value > self.p75 else "typical"


def typical_band(values: Sequence[float], is_log: bool = False) -> Band | None:
    """Return the quartiles of values, None where there is none.

    Quantiles of type 7, as numpy's and DuckDB's quantile_cont; with `is_log` interpolated between
    logarithms, for values over several orders of magnitude (all of them above 0).
    """
    if not len(values):
        return None
    array = np.asarray(values, dtype=float)
    places = np.quantile(np.log(array) if is_log else array, [0.25, 0.5, 0.75])
    p25, p50, p75 = (np.exp(places) if is_log else places).tolist()
    return Band(p25, p50, p75, len(array))


def robust_z(value: float, peers: Sequence[float]) -> float | None:
    """Return how many robust standard deviations a value lies above its peers, on the log scale.

    0.6745 (log value − median) ÷ MAD (Iglewicz and Hoaglin 1993). None where the MAD is 0, for half
    of the peers are then alike, and where a value is not above 0; show a rank instead.
    """
    if value <= 0 or not len(peers) or min(peers) <= 0:
        return None
    logs = np.log(np.asarray(peers, dtype=float))
    middle = np.median(logs)
    mad = np.median(np.abs(logs - middle))
    return float(NORMAL_QUARTILE * (np.log(value) - middle) / mad) if mad > 0 else None


@dataclass(frozen=True)
class EconomicBand:
    """Tokens where the net value is highest, that net value, and the tokens where it is gone."""

    best_tokens: float
    net_at_best: float
    break_even_tokens: float


def economic_band(value_scale: float, exponent: float, cost_per_token: float) -> EconomicBand:
    """Return what pays where the value of T tokens is V × T^e and their cost is c × T.

    T* = (V e ÷ c)^(1 ÷ (1 − e)), break-even (V ÷ c)^(1 ÷ (1 − e)). `value_scale` is V in money,
    `cost_per_token` money in the same unit of tokens. Raises ValueError where there is no best:
    an exponent outside 0 to 1 or a value or cost that is not above 0.
    """
    if not 0 < exponent < 1 or value_scale <= 0 or cost_per_token <= 0:
        msg = "an economic band needs an exponent between 0 and 1, and a value and a cost above 0"
        raise ValueError(msg)
    power = 1 / (1 - exponent)
    best = (value_scale * exponent / cost_per_token) ** power
    return EconomicBand(
        best_tokens=best,
        net_at_best=value_scale * best**exponent - cost_per_token * best,
        break_even_tokens=(value_scale / cost_per_token) ** power,
    )


@dataclass(frozen=True)
class Elasticity:
    """By which power outcomes go with tokens within groups, with its 95 % interval."""

    exponent: float
    low: float
    high: float
    n_groups: int
    n: int


def elasticity(
    groups: Sequence[Hashable], tokens: Sequence[float], outcomes: Sequence[float]
) -> Elasticity | None:
    """Return the Theil–Sen slope of log outcome on log tokens, each within its group.

    Every group is measured against its own mean of logarithms, so that what differs between groups
    and stays is no evidence. Pairs where either is not above 0 are left out, groups with one left
    too. None where no group moved. The interval takes months as independent.
    """
    from scipy.stats import theilslopes

    by_group: dict[Hashable, list[tuple[float, float]]] = {}
    for group, used, came in zip(groups, tokens, outcomes, strict=True):
        if used > 0 and came > 0:
            by_group.setdefault(group, []).append((np.log(used), np.log(came)))
    moved = [np.asarray(pairs) for pairs in by_group.values() if len(pairs) > 1]
    if not moved:
        return None
    within = np.concatenate([pairs - pairs.mean(axis=0) for pairs in moved])
    if np.ptp(within[:, 0]) == 0:
        return None
    found = theilslopes(within[:, 1], within[:, 0])
    return Elasticity(
        exponent=float(found.slope),
        low=float(found.low_slope),
        high=float(found.high_slope),
        n_groups=len(moved),
        n=len(within),
    )
