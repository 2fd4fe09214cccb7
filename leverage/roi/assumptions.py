"""What is believed and not measured: a lowest, a likeliest and a highest value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from leverage.errors import ChangeRefused

Array = npt.NDArray[np.float64]
Shape = Literal["triangular", "pert"]

DRAWS: Final = 10_000
SEED: Final = 20261101
KEPT: Final = 256


@dataclass(frozen=True)
class Assumption:
    """One thing that is believed, as a range in `unit`, of one workflow and role or of all.

    `shape` is how values between lowest and highest are weighed: triangular, or PERT, which trusts
    the likeliest value more. Where lowest and highest are the same it is a plain number. Raises
    ChangeRefused where the three values are not in order.
    """

    name: str
    low: float
    mode: float
    high: float
    unit: str = ""
    workflow: str | None = None
    role: str | None = None
    source: str = ""
    author: str = ""
    effective_date: date | None = None
    evidence_grade: str = ""
    shape: Shape = "triangular"

    def __post_init__(self) -> None:
        values = (self.low, self.mode, self.high)
        if not all(map(isfinite, values)) or not self.low <= self.mode <= self.high:
            raise ChangeRefused(
                title=f"The assumption “{self.name}” is no range",
                found=f"Lowest, likeliest and highest are {', '.join(map(str, values))}",
                next_step="Give three numbers that do not fall",
            )

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what it is an assumption of: its name, workflow and role."""
        return self.name, self.workflow or "", self.role or ""

    @property
    def is_certain(self) -> bool:
        """Tell whether it is a plain number."""
        return self.low == self.high

    def quantile(self, shares: Array) -> Array:
        """Return the values that given shares of its distribution, 0 to 1, lie below.

        The triangular distribution, or PERT: a beta distribution over the range with α = 1 +
        4 (mode − low) ÷ (high − low) and β = 1 + 4 (high − mode) ÷ (high − low), whose mean is
        (low + 4 mode + high) ÷ 6 (Malcolm and others 1959).
        """
        width, rise, fall = self.high - self.low, self.mode - self.low, self.high - self.mode
        if self.is_certain:
            return np.full_like(shares, self.mode, dtype=float)
        if self.shape == "pert":
            from scipy.special import betaincinv

            found: Array = betaincinv(1 + 4 * rise / width, 1 + 4 * fall / width, shares)
            return self.low + width * found
        return np.where(
            shares * width < rise,
            self.low + np.sqrt(shares * width * rise),
            self.high - np.sqrt((1 - shares) * width * fall),
        )


def drawn(assumptions: Iterable[Assumption], draws: int = DRAWS) -> dict[Assumption, Array]:
    """Return independent draws of each assumption, the same ones each time.

    An assumption's chances come from its own name, workflow and role: changing the range of one
    leaves the draws of all others as they were, so that what moves is that change and not chance.
    Each part of a range is drawn from alike (a Latin hypercube; McKay and others 1979), which
    makes means and quantiles steadier than free draws. Raises ValueError where two different
    ranges are given for the same thing.
    """
    distinct = set(assumptions)
    if len({assumption.key for assumption in distinct}) < len(distinct):
        msg = "two ranges are given for one name, workflow and role"
        raise ValueError(msg)
    return {assumption: _drawn(assumption, draws) for assumption in distinct}


@lru_cache(maxsize=KEPT)
def _drawn(assumption: Assumption, draws: int) -> Array:
    """Return the draws of one assumption; PERT takes long, and what-ifs change one at a time."""
    random = np.random.default_rng([SEED, *"\0".join(assumption.key).encode()])
    found = assumption.quantile((random.permutation(draws) + 0.5) / draws)
    found.flags.writeable = False
    return found
