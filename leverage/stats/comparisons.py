"""One against its peers, one group against another, many groups at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from statistics import NormalDist
from typing import Final

import numpy as np

from leverage.stats.spread import Interval

FEW_PEERS: Final = 10
"""Up to so many peers, one of them moves the median it is set against, and is left out of it."""
LEAST_TEAMS_PER_ARM: Final = 5


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
class DifferenceInDifferences:
    """How much more the treated changed than the others.

    `standard_error` is None where an arm has one team; with fewer than five in one the effect is
    directional: its sign may be said, its size not relied on.
    """

    effect: float
    standard_error: float | None
    n_treated: int
    n_control: int
    degrees_of_freedom: float = inf

    @property
    def is_directional(self) -> bool:
        """Tell whether an arm is too small for the size to be relied on."""
        return min(self.n_treated, self.n_control) < LEAST_TEAMS_PER_ARM

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval, None where there is no standard error.

        By Student's t with Welch's degrees of freedom (1947): with five teams an arm, ± 1.96
        standard errors would hold the effect in nine of ten cases only.
        """
        from scipy.special import stdtrit

        if self.standard_error is None:
            return None
        reach = self.standard_error * float(stdtrit(self.degrees_of_freedom, 0.975))
        return self.effect - reach, self.effect + reach


def difference_in_differences(
    treated: Sequence[tuple[float, float]], control: Sequence[tuple[float, float]]
) -> DifferenceInDifferences | None:
    """Return the mean change of treated teams minus that of the others, None where an arm is empty.

    Each team is (before, after). The standard error comes from how changes vary between teams:
    √(s² ÷ n of the treated + s² ÷ n of the others).
    """
    if not treated or not control:
        return None
    changes = [np.asarray([after - before for before, after in arm]) for arm in (treated, control)]
    effect = float(changes[0].mean() - changes[1].mean())
    n = len(treated), len(control)
    if min(n) < 2:
        return DifferenceInDifferences(effect, None, *n)
    of_means = [float(arm.var(ddof=1)) / len(arm) for arm in changes]
    spread = sum(of**2 / (len(arm) - 1) for of, arm in zip(of_means, changes, strict=True))
    freedom = sum(of_means) ** 2 / spread if spread else inf
    return DifferenceInDifferences(effect, sqrt(sum(of_means)), *n, freedom)


@dataclass(frozen=True)
class RandomEffects:
    """Effects of several studies drawn together, where the studies themselves differ.

    `fixed` is the mean if they did not, `q` how much more they differ than chance allows (Cochran),
    `tau2` the variance between them, `mean` what they have in common and `standard_error` its own.
    `error_of_few` is that error as the studies themselves scatter around the mean.
    """

    fixed: float
    q: float
    tau2: float
    mean: float
    standard_error: float
    error_of_few: float
    n: int

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval of DerSimonian and Laird, too narrow where studies are few."""
        reach = 1.96 * self.standard_error
        return self.mean - reach, self.mean + reach

    @property
    def interval_of_few(self) -> tuple[float, float]:
        """Return the 95 % interval of Hartung and Knapp (2001), by Student's t of n − 1.

        Simulated with 3 to 16 studies that differ or not it held 94 to 96 of 100 effects, that of
        DerSimonian and Laird 85 to 97.
        """
        from scipy.special import stdtrit

        reach = self.error_of_few * float(stdtrit(self.n - 1, 0.975))
        return self.mean - reach, self.mean + reach


def random_effects(
    effects: Sequence[float], standard_errors: Sequence[float]
) -> RandomEffects | None:
    """Return what studies have in common by DerSimonian and Laird (1986), None below two.

    τ² = max(0, (Q − (k − 1)) ÷ (Σw − Σw² ÷ Σw)) with w = 1 ÷ SE²; then each study weighs
    1 ÷ (SE² + τ²). Studies of different people belong side by side, not into one mean.
    """
    y, variance = np.asarray(effects, dtype=float), np.asarray(standard_errors, dtype=float) ** 2
    if len(y) < 2 or (variance <= 0).any():
        return None
    weight = 1 / variance
    fixed = float(weight @ y / weight.sum())
    q = float(weight @ (y - fixed) ** 2)
    tau2 = max(0.0, float((q - len(y) + 1) / (weight.sum() - weight @ weight / weight.sum())))
    weight = 1 / (variance + tau2)
    mean, error = float(weight @ y / weight.sum()), sqrt(1 / float(weight.sum()))
    scatter = sqrt(float(weight @ (y - mean) ** 2) / (len(y) - 1) / float(weight.sum()))
    return RandomEffects(fixed, q, tau2, mean, error, scatter, len(y))


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
