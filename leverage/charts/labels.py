"""Keep labels at line ends from covering each other."""

import math
from collections.abc import Sequence


def spread(wanted: Sequence[float], heights: Sequence[float], end: float) -> list[float]:
    """Move labels apart along 0..end, each as little as its neighbours allow.

    `wanted` are the centres labels would have, in ascending order; `heights` their heights, which
    together must fit. Labels that would overlap become one block around the mean of where its
    members wanted to be, as in the pooling of isotonic regression.
    """
    blocks: list[tuple[float, float, int]] = []  # top, height, labels
    for centre, height in zip(wanted, heights, strict=True):
        top, size, labels = _within(centre - height / 2, height, end), height, 1
        while blocks and blocks[-1][0] + blocks[-1][1] > top:
            before_top, before_size, before_labels = blocks.pop()
            shifted = before_top * before_labels + (top - before_size) * labels
            labels += before_labels
            size += before_size
            top = _within(shifted / labels, size, end)
        blocks.append((top, size, labels))
    centres: list[float] = []
    for top, _, labels in blocks:
        for height in heights[len(centres) : len(centres) + labels]:
            centres.append(top + height / 2)
            top += height
    return centres


def _within(top: float, size: float, end: float) -> float:
    return max(0.0, min(top, end - size))


def nice(low: float, high: float, ticks: int) -> tuple[float, float]:
    """Widen a range to round ends, as the scale of the chart will (d3-scale's `nice`)."""
    if low == high:
        return low, high
    step = 0.0
    for _ in range(10):
        before, step = step, _step(low, high, ticks)
        if step == before:
            break
        low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    return low, high


def _step(low: float, high: float, ticks: int) -> float:
    """Return the distance of ticks: 1, 2 or 5 times a power of ten."""
    raw = (high - low) / ticks
    power = 10.0 ** math.floor(math.log10(raw))
    error = raw / power
    factor = next(
        (size for size, least in ((10, 50**0.5), (5, 10**0.5), (2, 2**0.5)) if error >= least), 1
    )
    return factor * power
