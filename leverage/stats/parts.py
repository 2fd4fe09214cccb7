"""What a gap between two figures is made of: parts that add up to it exactly."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import permutations
from math import log, prod
from typing import Generic, Literal, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Kitagawa(Generic[Key]):
    """A gap of two weighted means: what comes of the mix, and what of the rates within it.

    `by_key` has the mix and the intensity part of each key; `one_sided` are the keys only one side
    has: their rate on the other side counts as 0, so that how they split is a convention.
    """

    gap: float
    mix: float
    intensity: float
    by_key: Mapping[Key, tuple[float, float]]
    one_sided: tuple[Key, ...]


def kitagawa(
    own: Mapping[Key, tuple[float, float]], other: Mapping[Key, tuple[float, float]]
) -> Kitagawa[Key]:
    """Split Σ share × rate of one side minus that of the other (Kitagawa 1955).

    Each side has (share, rate) by key. mix = Σ Δshare × mean rate, intensity = Σ Δrate × mean
    share; they add up to the gap.
    """
    by_key: dict[Key, tuple[float, float]] = {}
    for key in dict.fromkeys((*own, *other)):
        share, rate = own.get(key, (0.0, 0.0))
        other_share, other_rate = other.get(key, (0.0, 0.0))
        by_key[key] = (
            (share - other_share) * (rate + other_rate) / 2,
            (rate - other_rate) * (share + other_share) / 2,
        )
    mix = sum(part for part, _ in by_key.values())
    intensity = sum(part for _, part in by_key.values())
    one_sided = tuple(key for key in by_key if (key in own) != (key in other))
    return Kitagawa(mix + intensity, mix, intensity, by_key, one_sided)


@dataclass(frozen=True)
class Parts:
    """A gap of two products, and what comes of each factor: the parts add up to the gap."""

    gap: float
    by_factor: Mapping[str, float]
    method: Literal["lmdi", "kitagawa"]


def lmdi(own: Mapping[str, float], other: Mapping[str, float]) -> Parts:
    """Split the difference of two products of the same factors, own minus other.

    part = L(a, b) × ln(x_a ÷ x_b), L = (a − b) ÷ ln(a ÷ b): the additive logarithmic mean Divisia
    index (Ang 2004). Where a factor is not above 0 it has no logarithm, and Kitagawa's mean of
    both sides stands in, for more than two factors averaged over every order of changing them.
    """
    a, b = prod(own.values()), prod(other.values())
    if min(*own.values(), *other.values()) <= 0:
        return Parts(a - b, _over_all_orders(own, other), "kitagawa")
    # L(a, a) is a, the limit of the quotient; a ratio that rounds to 1 has no other.
    apart = log(a / b)
    mean = (a - b) / apart if apart else a
    by_factor = {name: mean * log(own[name] / other[name]) for name in own}
    return Parts(a - b, by_factor, "lmdi")


def _over_all_orders(own: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Return what each factor adds when it changes, mean over the orders they can change in."""
    orders = list(permutations(own))
    parts = dict.fromkeys(own, 0.0)
    for order in orders:
        now = dict(other)
        for name in order:
            before = prod(now.values())
            now[name] = own[name]
            parts[name] += (prod(now.values()) - before) / len(orders)
    return parts
