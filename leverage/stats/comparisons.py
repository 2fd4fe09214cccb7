"""One against its peers, one group against another, many groups at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

import numpy as np

from leverage.stats.spread import Interval

FEW_PEERS: Final = 10
"""Up to so many peers, one of them moves the median it is set against, and is left out of it."""


def index_against(value: float, peers: Sequence[float]) -> float | None:
    """Return 100 × value ÷ median of the peers; None where there is none, or their median is 0."""
    middle = float(np.median(np.asarray(peers, dtype=float))) if len(peers) else 0.0
    return 100 * value / middle if middle else None


def index_among(values: Sequence[float]) -> list[float | None]:
    """Return the index of each value against the median of the others.

    With more than ten others it is that of all, itself included, which is then the same for every
    one of them.
    """
    if len(values) - 1 > FEW_PEERS:
        return [index_against(value, values) for value in values]
    return [
        index_against(value, [*values[:at], *values[at + 1 :]]) for at, value in enumerate(values)
    ]


def mid_rank_percentile(value: float, peers: Sequence[float]) -> float | None:
    """Return the share of peers below a value, those alike counted half; None without peers."""
    if not len(peers):
        return None
    below = sum(peer < value for peer in peers)
    alike = sum(peer == value for peer in peers)
    return (below + alike / 2) / len(peers)


def cliffs_delta(own: Sequence[float], other: Sequence[float]) -> float | None:
    """Return how often a value of one group is above one of the other, minus how often below.

    −1 to 1 over all pairs; None where a group is empty.
    """
    if not len(own) or not len(other):
        return None
    return float(np.sign(np.subtract.outer(np.asarray(own), np.asarray(other))).mean())


def hodges_lehmann(own: Sequence[float], other: Sequence[float]) -> float | None:
    """Return the median of all differences between two groups; None where a group is empty."""
    if not len(own) or not len(other):
        return None
    return float(np.median(np.subtract.outer(np.asarray(own), np.asarray(other))))


def wilson(successes: float, n: float, coverage: float = 0.95) -> Interval | None:
    """Return Wilson's interval of a proportion, None where n is 0.

    Written out, because scipy's binomtest takes seconds to import and pages need little else of it.
    """
    if n <= 0:
        return None
    z = NormalDist().inv_cdf((1 + coverage) / 2)
    part, weight = successes / n, 1 + z * z / n
    middle = (part + z * z / (2 * n)) / weight
    reach = z * sqrt(part * (1 - part) / n + z * z / (4 * n * n)) / weight
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach), coverage)


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted for having been read together, in the order given.

    Those at or under a rate keep false findings under that rate (Benjamini and Hochberg 1995).
    """
    from scipy.stats import false_discovery_control

    return [float(p) for p in false_discovery_control(p_values)] if len(p_values) else []


@dataclass(frozen=True)
class Pooled:
    """A group's mean, pulled towards the mean of all by how little is known of it.

    `weight` is what of its own mean is left (1: all of it), `standard_error` that of `shrunk`.
    """

    name: str
    n: int
    mean: float
    shrunk: float
    weight: float
    standard_error: float


def shrunk(
    mean: float, grand_mean: float, n: int, within_variance: float, between_variance: float
) -> tuple[float, float]:
    """Return a mean pulled towards the grand mean, and the weight its own part kept.

    weight = τ² ÷ (τ² + σ² ÷ n). Where nothing varies the mean is what it is, with weight 1.
    """
    of_mean = within_variance / n
    known = between_variance + of_mean
    weight = between_variance / known if known else 1.0
    return weight * mean + (1 - weight) * grand_mean, weight


def partial_pooling(groups: Mapping[str, Sequence[float]]) -> list[Pooled]:
    """Return every group's mean after partial pooling, in the order given.

    The variance within groups is pooled over them, that between groups is what the means vary more
    than it explains (analysis of variance, moments), 0 where they vary less. Empty where fewer
    than two groups have values or none has two.
    """
    arrays = {name: np.asarray(values, dtype=float) for name, values in groups.items() if values}
    k, total = len(arrays), sum(len(values) for values in arrays.values())
    if k < 2 or total == k:
        return []
    grand = float(np.concatenate(list(arrays.values())).mean())
    within = sum(((values - values.mean()) ** 2).sum() for values in arrays.values()) / (total - k)
    between_ms = sum(len(v) * (v.mean() - grand) ** 2 for v in arrays.values()) / (k - 1)
    usual_n = (total - sum(len(v) ** 2 for v in arrays.values()) / total) / (k - 1)
    between = max(0.0, float((between_ms - within) / usual_n))
    found = []
    for name, values in arrays.items():
        n, mean = len(values), float(values.mean())
        pulled, weight = shrunk(mean, grand, n, float(within), between)
        # What is left unknown of a group: of its own mean as far as it counts, and of the mean of
        # all as far as it does not.
        of_grand = between / k + float(within) / total
        error = sqrt(weight * float(within) / n + (1 - weight) ** 2 * of_grand)
        found.append(Pooled(name, n, mean, pulled, weight, error))
    return found


def rank_intervals(
    pooled: Sequence[Pooled], coverage: float = 0.9, draws: int = 4000, seed: int = 20
) -> dict[str, tuple[int, int]]:
    """Return the ranks each group may have, 1 the highest, so that a rank is never read as sure.

    Means are drawn from their normal distributions again and again and ranked each time; the same
    seed gives the same ranks.
    """
    if not pooled:
        return {}
    rng = np.random.default_rng(seed)
    means = np.asarray([group.shrunk for group in pooled])
    errors = np.asarray([group.standard_error for group in pooled])
    drawn = rng.normal(means, errors, (draws, len(pooled)))
    ranks = (-drawn).argsort(axis=1).argsort(axis=1) + 1
    tail = (1 - coverage) / 2
    low = np.quantile(ranks, tail, axis=0, method="inverted_cdf")
    high = np.quantile(ranks, 1 - tail, axis=0, method="inverted_cdf")
    return {g.name: (int(a), int(b)) for g, a, b in zip(pooled, low, high, strict=True)}


@dataclass(frozen=True)
class RankCorrelation:
    """How two orders go together, −1 to 1, and how often chance alone gives as much.

    The p-value is that of Kendall's exact test, which holds for a few units too.
    """

    spearman: float
    p_value: float


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> RankCorrelation | None:
    """Return how two orders of the same units go together; None where either has one value only."""
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    from scipy.stats import kendalltau, spearmanr

    return RankCorrelation(
        float(spearmanr(one, other).statistic), float(kendalltau(one, other).pvalue)
    )
