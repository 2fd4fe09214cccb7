"""How values are spread over their holders, and how sure a median is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

MAD_TO_DEVIATION: Final = 1.4826
"""How many median absolute deviations a standard deviation is, where values are normal."""


@dataclass(frozen=True)
class Interval:
    """The range a figure is in, and how often such a range holds it."""

    low: float
    high: float
    coverage: float


def median_interval(values: Sequence[float], coverage: float = 0.95) -> Interval | None:
    """Return the narrowest pair of order statistics that holds the median that often.

    Binomial, so that it assumes no distribution: the ranks r and n + 1 − r hold the median with
    1 − 2 P(B(n, ½) < r). Where even the least and the greatest hold it less often they are
    returned with what they hold. None where there is no value.
    """
    from scipy.stats import binom

    n = len(values)
    if n == 0:
        return None
    ordered = sorted(float(value) for value in values)
    rank = max(1, int(binom.ppf((1 - coverage) / 2, n, 0.5)))
    while rank > 1 and 1 - 2 * binom.cdf(rank - 1, n, 0.5) < coverage:
        rank -= 1
    held = 1 - 2 * binom.cdf(rank - 1, n, 0.5)
    return Interval(ordered[rank - 1], ordered[n - rank], float(held))


def gini(values: Sequence[float], is_corrected: bool = False) -> float | None:
    """Return how unevenly values are spread, 0 (all alike) to 1 − 1/n (one has everything).

    2 Σ i x_i ÷ (n Σ x) − (n + 1) ÷ n over ascending values; corrected by n ÷ (n − 1) it ends at 1.
    None where the values add up to nothing, or where one value is corrected.
    """
    n, total = len(values), float(sum(values))
    if total <= 0 or (is_corrected and n < 2):
        return None
    ordered = np.sort(np.asarray(values, dtype=float))
    found = 2 * float(np.arange(1, n + 1) @ ordered) / (n * total) - (n + 1) / n
    # What all have alike must read 0, and not what rounding left over.
    return max(0.0, found * n / (n - 1) if is_corrected else found)


def hhi(amounts: Sequence[float]) -> float | None:
    """Return the concentration of amounts: the sum of squared shares, 1/n to 1.

    Herfindahl and Hirschman. None where the amounts add up to nothing.
    """
    total = float(sum(amounts))
    if total <= 0:
        return None
    return float(sum((amount / total) ** 2 for amount in amounts))


def effective_number(
    amounts: Sequence[float], by: Literal["hhi", "shannon"] = "hhi"
) -> float | None:
    """Return how many equal holders would be as concentrated as these: 1 ÷ HHI or exp(entropy).

    None where the amounts add up to nothing.
    """
    concentration = hhi(amounts)
    if concentration is None:
        return None
    if by == "hhi":
        return 1 / concentration
    total = float(sum(amounts))
    shares = np.asarray([amount / total for amount in amounts if amount > 0], dtype=float)
    return float(np.exp(-(shares @ np.log(shares))))


def weighted_median(values: Sequence[float], weights: Sequence[float]) -> float | None:
    """Return the least value that, with all below it, has half of the weight or more.

    None where there is no weight.
    """
    total = float(sum(weights))
    if total <= 0:
        return None
    so_far = 0.0
    for value, weight in sorted(zip(values, weights, strict=True)):
        so_far += weight
        if 2 * so_far >= total:
            return float(value)
    return float(max(values))
