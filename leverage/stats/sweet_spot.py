"""Is there a use beyond which outcomes fall? The two-lines test, and the band around the best use.

A quadratic finds a peak in any curve that flattens, so none is fitted: an outcome has a sweet spot
only where it rises below a breakpoint and falls above it, each by itself and beyond chance
(Simonsohn, “Two lines”, AMPPS 2018). Observations of one group are not independent of each other,
so chance is judged by drawing whole groups again (cluster bootstrap).

Simulated with 24 to 60 groups, 200 trials of each: a curve that rises throughout was called a sweet
spot in 1 of 100 trials, noise in 1 of 100, and the hardest, one that rises and then stays level, in
8 of 100.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Reason = Literal["no outcome", "few groups", "thin third", "thin side", "no rise", "no fall"]

LEAST_GROUPS: Final = 20
LEAST_ASIDE: Final = 5
"""Groups needed in each third of the range of use, and on each side of the breakpoint."""
LEVEL: Final = 0.05
DRAWS: Final = 2000
SEED: Final = 20
GRID: Final = 60
NEAR_SHARE: Final = 0.75
"""The share of observations a smoothed value is drawn from, the nearest, as LOWESS has it."""


@dataclass(frozen=True)
class TwoLines:
    """Two straight lines, below and above a breakpoint, with their one-sided p-values.

    `p_low` is how surely the lower line rises and `p_high` how surely the upper one falls: the
    share of draws in which it does not. They are None where only one group stands behind a line.
    """

    breakpoint: float
    slope_low: float
    slope_high: float
    p_low: float | None
    p_high: float | None

    @property
    def is_reversed(self) -> bool:
        """Tell whether both lines say beyond chance that the outcome rises, then falls."""
        return self.rises and self.falls

    @property
    def rises(self) -> bool:
        """Tell whether the outcome rises below the breakpoint, beyond chance."""
        return self.slope_low > 0 and self.p_low is not None and self.p_low < LEVEL

    @property
    def falls(self) -> bool:
        """Tell whether the outcome falls above the breakpoint, beyond chance."""
        return self.slope_high < 0 and self.p_high is not None and self.p_high < LEVEL


@dataclass(frozen=True)
class SweetSpot:
    """Whether a best use was identified, on how many groups, and why not where it was not.

    `low`, `best` and `high` are uses in the unit they came in, only where it is identified.
    """

    n_groups: int
    n: int
    reason: Reason | None = None
    test: TwoLines | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None

    @property
    def is_identified(self) -> bool:
        """Tell whether every condition held."""
        return self.reason is None


def two_lines(
    x: Sequence[float],
    y: Sequence[float],
    groups: Sequence[Hashable] | None = None,
    at: float | None = None,
) -> TwoLines | None:
    """Fit a line on either side of a breakpoint and tell whether they rise and fall.

    Without groups every observation is one. The breakpoint is `at`, else the median use where the
    smoothed outcome is within one standard error of its highest, moved inwards until five groups
    stand on either side; where so many cannot, it is the median of all. None where a side has no
    two uses to draw a line through.
    """
    drawn = _Clustered.of(x, y, groups)
    at = drawn.breakpoint() if at is None else at
    below, above = drawn.x <= at, drawn.x > at
    low, p_low = drawn.slope(below, sign=1)
    high, p_high = drawn.slope(above, sign=-1)
    if low is None or high is None:
        return None
    return TwoLines(at, low, high, p_low, p_high)


def sweet_spot(
    groups: Sequence[Hashable], use: Sequence[float], outcome: Sequence[float]
) -> SweetSpot:
    """Look for a use beyond which an outcome falls, over observations of groups.

    `use` is above 0 and taken on the log scale; `outcome` is signed so that more is better. It is
    identified only with 20 groups or more, five or more of them in each third of the range of use
    and on either side of the breakpoint, and both lines beyond chance. The band is where the
    smoothed outcome is within one bootstrap standard error of its highest.
    """
    kept = [
        (group, used, came)
        for group, used, came in zip(groups, use, outcome, strict=True)
        if used > 0 and np.isfinite(came)
    ]
    n_groups, n = len({group for group, _, _ in kept}), len(kept)
    if not kept:
        return SweetSpot(0, 0, "no outcome")
    if n_groups < LEAST_GROUPS:
        return SweetSpot(n_groups, n, "few groups")
    drawn = _Clustered.of(
        [float(np.log10(used)) for _, used, _ in kept],
        [came for _, _, came in kept],
        [group for group, _, _ in kept],
    )
    if min(drawn.groups_by_third()) < LEAST_ASIDE:
        return SweetSpot(n_groups, n, "thin third")
    at = drawn.breakpoint()
    if min(drawn.groups_among(drawn.x <= at), drawn.groups_among(drawn.x > at)) < LEAST_ASIDE:
        return SweetSpot(n_groups, n, "thin side")
    low, p_low = drawn.slope(drawn.x <= at, sign=1)
    high, p_high = drawn.slope(drawn.x > at, sign=-1)
    if low is None or high is None:
        return SweetSpot(n_groups, n, "thin side")
    test = TwoLines(at, low, high, p_low, p_high)
    if not test.rises:
        return SweetSpot(n_groups, n, "no rise", test)
    if not test.falls:
        return SweetSpot(n_groups, n, "no fall", test)
    from_x, best_x, to_x = drawn.band()
    return SweetSpot(n_groups, n, None, test, 10**from_x, 10**best_x, 10**to_x)


@dataclass(frozen=True)
class _Clustered:
    """Observations with the number of their group, and how often each draw takes each group."""

    x: Array
    y: Array
    group: npt.NDArray[np.int64]
    n_groups: int
    taken: Array  # draws × groups

    @classmethod
    def of(
        cls, x: Sequence[float], y: Sequence[float], groups: Sequence[Hashable] | None
    ) -> "_Clustered":
        names = list(range(len(x))) if groups is None else list(groups)
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        k = len(numbers)
        # Drawing k groups out of k with the same seed: the same data always give the same answer.
        taken = np.random.default_rng(SEED).multinomial(k, np.full(k, 1 / k), DRAWS)
        return cls(
            np.asarray(x, dtype=float),
            np.asarray(y, dtype=float),
            np.asarray([numbers[name] for name in names]),
            k,
            taken.astype(float),
        )

    def groups_among(self, kept: npt.NDArray[np.bool_]) -> int:
        return len(np.unique(self.group[kept]))

    def groups_by_third(self) -> tuple[int, int, int]:
        """Return how many groups lie, by their median use, in each third of its range."""
        middles = np.asarray([np.median(self.x[self.group == g]) for g in range(self.n_groups)])
        edges = np.linspace(middles.min(), middles.max(), 4)[1:3]
        low, middle, high = np.bincount(np.searchsorted(edges, middles), minlength=3)
        return int(low), int(middle), int(high)

    def slope(
        self, kept: npt.NDArray[np.bool_], sign: Literal[1, -1]
    ) -> tuple[float | None, float | None]:
        """Return the slope of the least-squares line, and the share of draws of the other sign."""
        x = self.x[kept]
        if len(x) < 2 or np.ptp(x) == 0:
            return None, None
        by_group = self._sums(kept)
        slope = float(_slopes(by_group.sum(axis=0, keepdims=True))[0])
        if self.groups_among(kept) < 2:
            return slope, None
        drawn = _slopes(self.taken @ by_group)
        drawn = drawn[np.isfinite(drawn)]
        against = int((sign * drawn <= 0).sum())
        return slope, (against + 1) / (len(drawn) + 1)

    def _sums(self, kept: npt.NDArray[np.bool_]) -> Array:
        """Return the sums of each group that fit a line to any draw of groups."""
        x, y = self.x[kept], self.y[kept]
        by_group = np.zeros((self.n_groups, 5))
        parts = np.column_stack([np.ones_like(x), x, y, x * x, x * y])
        np.add.at(by_group, self.group[kept], parts)
        return by_group

    def smoothed(self) -> tuple[Array, Array, Array]:
        """Return a grid of uses, the smoothed outcome there, and that of every draw.

        A straight line through the nearest three quarters of the observations, the nearer the
        heavier (tricube weights): one pass of LOWESS (Cleveland 1979).
        """
        grid = np.linspace(self.x.min(), self.x.max(), GRID)
        away = np.abs(np.subtract.outer(grid, self.x))
        reach = np.quantile(away, NEAR_SHARE, axis=1, keepdims=True)
        reach = np.where(reach > 0, reach, 1.0)
        near = np.clip(1 - (away / reach) ** 3, 0, None) ** 3
        parts = (np.ones_like(self.x), self.x, self.y, self.x**2, self.x * self.y)
        members = np.zeros((len(self.x), self.n_groups))
        members[np.arange(len(self.x)), self.group] = 1
        # grid × groups × 5: what each group adds to each local line.
        by_group = np.stack([(near * part) @ members for part in parts], axis=2)
        whole = by_group.sum(axis=1)
        drawn = np.einsum("dg,pgs->dps", self.taken[: DRAWS // 4], by_group, optimize=True)
        return grid, _local(whole, grid), _local(drawn, grid)

    def breakpoint(self) -> float:
        """Return the use between rise and fall: the middle of where the outcome is near its best.

        It is moved inwards until enough groups stand on either side; where they cannot, it is the
        median use.
        """
        ordered = np.sort([np.median(self.x[self.group == g]) for g in range(self.n_groups)])
        if self.n_groups < 2 * LEAST_ASIDE:
            return float(np.median(self.x))
        low, _, high = self.band()
        flat = self.x[(self.x >= low) & (self.x <= high)]
        at = float(np.median(flat)) if len(flat) else (low + high) / 2
        # Half-way between neighbours, so that the groups on either side are those counted.
        least = (ordered[LEAST_ASIDE - 1] + ordered[LEAST_ASIDE]) / 2
        most = (ordered[-LEAST_ASIDE - 1] + ordered[-LEAST_ASIDE]) / 2
        return float(min(max(at, least), most))

    def band(self) -> tuple[float, float, float]:
        """Return from where to where the smoothed outcome is near its best, and where that is."""
        grid, whole, drawn = self.smoothed()
        best = int(np.nanargmax(whole))
        error = float(np.nanstd(drawn[:, best]))
        near = whole >= whole[best] - error
        # Only what hangs together with the best: another hill is another story.
        low = high = best
        while low > 0 and near[low - 1]:
            low -= 1
        while high < len(grid) - 1 and near[high + 1]:
            high += 1
        return float(grid[low]), float(grid[best]), float(grid[high])


def _slopes(sums: Array) -> Array:
    """Return the slope of each row of sums (n, Σx, Σy, Σx², Σxy), nan where x does not vary."""
    n, sx, sy, sxx, sxy = (sums[..., part] for part in range(5))
    spread = n * sxx - sx**2
    # Rounding leaves a little where every x is the same.
    varies = spread > 1e-9 * np.maximum(n * sxx, 1e-300)
    found: Array = np.divide(
        n * sxy - sx * sy, spread, out=np.full_like(spread, np.nan), where=varies
    )
    return found


def _local(sums: Array, grid: Array) -> Array:
    """Return the value at each point of the grid of the line its sums stand for."""
    n, sx, sy = sums[..., 0], sums[..., 1], sums[..., 2]
    slope = np.nan_to_num(_slopes(sums))
    level = np.divide(sy, n, out=np.full_like(n, np.nan), where=n > 0)
    centre = np.divide(sx, n, out=np.zeros_like(n), where=n > 0)
    found: Array = level + slope * (grid - centre)
    return found
