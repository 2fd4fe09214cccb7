"""Small rates and shares, said closely enough to see them move."""

from leverage import words


def per_hundred(rate: words.Number | None) -> str:
    """Say a small rate: “1.6 per 100”."""
    return words.UNKNOWN if rate is None else f"{float(rate) * 100:.1f} per 100"


def tenths(part: words.Number | None) -> str:
    """Say a share to a tenth of a percent, beside one that would read the same: “63.8 %”."""
    return words.UNKNOWN if part is None else f"{float(part) * 100:.1f} %"


def decimal(value: words.Number | None) -> str:
    """Say a number of things to a tenth: “5.6”, from a hundred on whole."""
    if value is None:
        return words.UNKNOWN
    return f"{float(value):.1f}" if abs(float(value)) < 100 else words.count(value)
