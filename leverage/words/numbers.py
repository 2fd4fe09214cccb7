"""Numbers as a person says them: “412 k USD”, “3.2 M”, “88 %”, “+6 %”.

Unknown is the word “unknown”, never 0, None or nan; 0 is a measured zero, and what rounds to 0
without being it is “under” something.
"""

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

Number = int | float | Decimal
Say = Callable[[Number | None], str]

UNKNOWN: Final = "unknown"
NO_CHANGE: Final = "no change"
DASH: Final = "–"  # the same in a table

_MINUS: Final = "−"
# Money is said to the cent below the one, whole below the other, and from there in words of size.
_SAID_WHOLE: Final = 100
_SAID_IN_SHORT: Final = 10_000
_BEFORE_UNIT: Final = re.compile(
    r"(?<=\d)(?: (?:k|M|bn|tn))?(?: (?:%|h|[A-Z]{3}))?(?=$|[\s.,;:)\]])"
)
_UNITS: Final = (("k", 3), ("M", 6), ("bn", 9), ("tn", 12))


def unbroken(text: str) -> str:
    """Return text in which no line ends between a number and its unit."""
    return _BEFORE_UNIT.sub(lambda unit: unit[0].replace(" ", "\u00a0"), text)


def exact(value: Number | None) -> Decimal | None:
    """Return the number exactly, None where it is unknown (None, nan, infinite)."""
    if value is None or not math.isfinite(value):
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _round(value: Decimal, places: int = 0) -> Decimal:
    """Round half up, as a person does."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    """Write a rounded number without exponent or trailing zeros: 12.0 is “12”."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(size: Decimal) -> str:
    """Write a number of 1,000 or more in thousands, millions, … : one decimal under 100."""
    for unit, exponent in _UNITS:
        scaled = size.scaleb(-exponent)
        rounded = _round(scaled, 1 if scaled < 100 else 0)
        if rounded < 1000 or unit == _UNITS[-1][0]:
            break
    return f"{_plain(rounded)} {unit}"


def _signed(number: Decimal, text: str) -> str:
    return f"{_MINUS}{text}" if number < 0 else text


def _whole(value: Number | None, short_from: int) -> str:
    """Write a number of things, in words of size from `short_from` on."""
    number = exact(value)
    if number is None:
        return UNKNOWN
    size = abs(number)
    if 0 < size < Decimal("0.5"):
        return "under 1"
    rounded = _round(size)
    return _signed(number, _plain(rounded) if rounded < short_from else _short(size))


def count(value: Number | None) -> str:
    """Say how many: “1,284”, from a million on “1.2 M”."""
    return _whole(value, 1_000_000)


def tokens(value: Number | None) -> str:
    """Say a number of tokens: “412”, “58.3 k”, “3.2 M”, “2.1 bn”."""
    return _whole(value, 1_000)


def size(size_bytes: Number | None) -> str:
    """Say how large a file is: “2.2 GB”, “840 kB”; units of a thousand, as disks are sold."""
    number = exact(size_bytes)
    if number is None:
        return UNKNOWN
    for unit, exponent in (("GB", 9), ("MB", 6), ("kB", 3)):
        scaled = number.scaleb(-exponent)
        if scaled >= 1:
            return f"{_plain(_round(scaled, 1 if scaled < 100 else 0))} {unit}"
    return f"{_plain(_round(number))} bytes"


def money(amount: Number | None, currency: str = "USD") -> str:
    """Say an amount of money: “38.10 USD”, “3,540 USD”, “412 k USD”, “1.2 M EUR”."""
    number = exact(amount)
    if number is None:
        return UNKNOWN
    size = abs(number)
    if size == 0:
        text = "0"
    elif size < Decimal("0.005"):
        return f"under 0.01 {currency}"
    elif _round(size, 2) < _SAID_WHOLE:
        text = f"{_round(size, 2):f}"
    elif _round(size) < _SAID_IN_SHORT:
        text = _plain(_round(size))
    else:
        text = _short(size)
    return f"{_signed(number, text)} {currency}"


def money_between(low: Number, high: Number, currency: str = "USD") -> str:
    """Say a range of money, its currency once and both ends as closely: “−49 to 2,384 USD”."""
    ends = [exact(low) or Decimal(0), exact(high) or Decimal(0)]
    is_wide = max(abs(end) for end in ends) >= 100
    said = [
        # An end that would read as 0 keeps its cents: it is not nothing.
        f"{_signed(end, _plain(_round(abs(end))))} {currency}"
        if is_wide and abs(end) < 100 and _round(end)
        else money(end, currency)
        for end in ends
    ]
    if said[0] == said[1]:
        return said[0]
    return f"{said[0].removesuffix(f' {currency}')} to {said[1]}"


def money_apart(amount: Number | None, other: Number | None) -> Decimal | None:
    """Return how far an amount lies above another as both are said, None where one is unknown.

    A reader who subtracts what stands there finds the same. Said in words of size (“12.3 k USD”)
    amounts bear no subtraction, and exact ones are taken.
    """
    ends = exact(amount), exact(other)
    if ends[0] is None or ends[1] is None:
        return None
    if max(_round(abs(end)) for end in ends if end is not None) >= _SAID_IN_SHORT:
        return ends[0] - ends[1]
    return _as_money(ends[0]) - _as_money(ends[1])


def _as_money(amount: Decimal) -> Decimal:
    """Return an amount below 10,000 as it is said: to the cent below 100, else whole."""
    return _round(amount, 2 if _round(abs(amount), 2) < _SAID_WHOLE else 0)


def _percent(ratio: Decimal) -> str:
    """Say a ratio of 0 or more as a percentage: “6 %”, “0.4 %”, “under 0.1 %”, “240 %”."""
    hundredths = ratio * 100
    if 0 < hundredths < Decimal("0.05"):
        return "under 0.1 %"
    return f"{_plain(_round(hundredths, 1 if hundredths < 1 else 0))} %"


def share(part: Number | None) -> str:
    """Say a part 0..1 of a whole: “88 %”; less than the whole never reads 100 %."""
    number = exact(part)
    if number is None:
        return UNKNOWN
    if Decimal("0.9995") <= number < 1:
        return "over 99.9 %"
    if Decimal("0.995") <= number < 1:
        return f"{_round(number * 100, 1):f} %"
    return _signed(number, _percent(abs(number)))


def points_apart(part: Number | None, other: Number | None) -> str:
    """Say how far two shares lie apart as both are said: “2 points”, “0.4 points”.

    Never “2 %”, which would be of the share.
    """
    apart = _points_above(part, other)
    if apart is None:
        return UNKNOWN
    if apart == 0 and part != other:
        return "under 1 point"
    if 0 < abs(apart) < Decimal("0.05"):
        return "under 0.1 points"
    text = _plain(_round(abs(apart), 1))
    return f"{text} point" if text == "1" else f"{text} points"


def points_moved(part: Number | None, previous: Number | None) -> str:
    """Say how a share stands to an earlier one as both are said: “+2 points”, “no change”."""
    return moved(_points_above(part, previous), lambda _: points_apart(part, previous))


def _points_above(part: Number | None, other: Number | None) -> Decimal | None:
    """Return the hundredths between two shares as both are said, None where one is unknown."""
    ends = exact(part), exact(other)
    return None if ends[0] is None or ends[1] is None else _as_share(ends[0]) - _as_share(ends[1])


def _as_share(part: Decimal) -> Decimal:
    """Return the hundredths of a share as it is said, exactly where that takes words."""
    hundredths = part * 100
    size = abs(hundredths)
    if size < Decimal("0.05") or Decimal("99.95") <= hundredths < 100:
        return hundredths
    return _round(hundredths, 1 if size < 1 or Decimal("99.5") <= hundredths < 100 else 0)


def change(value: Number | None, previous: Number | None) -> str:
    """Say how a number stands to an earlier one: “+6 %”, “no change”, “from nothing”, “13 times”.

    Against a negative number a percentage means nothing, and the answer is “not comparable”.
    """
    now, before = exact(value), exact(previous)
    if now is None or before is None:
        return UNKNOWN
    if now == before:
        return NO_CHANGE
    if before == 0:
        return "from nothing"
    if before < 0 or now < 0:
        return "not comparable"
    if now == 0:
        return "to nothing"
    if now / before >= 10:
        return f"{_times(now / before)} times"
    return _directed(now > before, difference(now, before))


def _times(ratio: Decimal) -> str:
    return "over 1,000" if ratio > 1000 else _plain(_round(ratio))


def difference(value: Decimal, previous: Decimal) -> str:
    """Say how far a number is from an earlier one that is above 0, without direction: “6 %”."""
    relative = abs(value - previous) / previous
    return _percent(relative) if value > previous else share(relative)


def moved(value: Number | None, say: Say) -> str:
    """Say a difference with its sign: “+15 k USD”, “−4 k USD”, “no change”."""
    number = exact(value)
    if number is None:
        return UNKNOWN
    if number == 0:
        return NO_CHANGE
    return _directed(number > 0, say(abs(number)))


def _directed(is_more: bool, size: str) -> str:
    """Put a sign before a size; “under 0.1 %” takes a word after it instead."""
    if size[0].isdigit():
        return f"{'+' if is_more else _MINUS}{size}"
    return f"{size} {'more' if is_more else 'less'}"
