"""The statistics that SQL cannot say, as pure functions of numbers.

Sequences of numbers go in, numbers or small frozen results come out; nothing here knows of months,
people or tables. Where a result cannot be had it is None or says why, never 0. scipy does what it
has; it is imported where it is used, because importing it takes longer than starting the app.
"""

from leverage.stats.bands import (
    Band,
    EconomicBand,
    Elasticity,
    economic_band,
    elasticity,
    robust_z,
    typical_band,
)
from leverage.stats.comparisons import (
    Pooled,
    RankCorrelation,
    benjamini_hochberg,
    cliffs_delta,
    hodges_lehmann,
    index_against,
    index_among,
    mid_rank_percentile,
    partial_pooling,
    rank_correlation,
    rank_intervals,
    shrunk,
    wilson,
)
from leverage.stats.effects import (
    MeasuredEffect,
    RandomEffects,
    before_after,
    difference_in_differences,
    matched,
    random_effects,
    staggered,
)
from leverage.stats.parts import Kitagawa, Parts, kitagawa, lmdi
from leverage.stats.spread import (
    Interval,
    effective_number,
    gini,
    hhi,
    median_interval,
    weighted_median,
)
from leverage.stats.sweet_spot import SweetSpot, TwoLines, sweet_spot, two_lines

__all__ = [
    "Band",
    "EconomicBand",
    "Elasticity",
    "Interval",
    "Kitagawa",
    "MeasuredEffect",
    "Parts",
    "Pooled",
    "RandomEffects",
    "RankCorrelation",
    "SweetSpot",
    "TwoLines",
    "before_after",
    "benjamini_hochberg",
    "cliffs_delta",
    "difference_in_differences",
    "economic_band",
    "effective_number",
    "elasticity",
    "gini",
    "hhi",
    "hodges_lehmann",
    "index_against",
    "index_among",
    "kitagawa",
    "lmdi",
    "matched",
    "median_interval",
    "mid_rank_percentile",
    "partial_pooling",
    "random_effects",
    "rank_correlation",
    "rank_intervals",
    "robust_z",
    "shrunk",
    "staggered",
    "sweet_spot",
    "two_lines",
    "typical_band",
    "weighted_median",
    "wilson",
]
