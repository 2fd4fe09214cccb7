"""Money to the cent: an amount is rounded once, and parts so that they add up to their total."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

Amount = Decimal | Fraction
Pair = tuple[Amount | None, Amount | None]

CENTS: Final = 100


def to_the_cent(amount: Amount) -> Decimal:
    """Return an exact amount rounded once, half up."""
    return _money(_rounded(_cents(amount)))


def parts_to_the_cent(parts: Sequence[Amount], total: Decimal | None = None) -> list[Decimal]:
    """Return parts to the cent that add up to their total, by largest remainder.

    `total` is the cent below or above their sum, which is rounded once where it is not given. So is
    each part; what is in whole cents stays, 0 above all.
    """
    exact = [_cents(part) for part in parts]
    cents = [floor(part) for part in exact]
    whole = _rounded(sum(exact, Fraction(0))) if total is None else int(_cents(total))
    over = whole - sum(cents)
    by_remainder = sorted(range(len(parts)), key=lambda place: cents[place] - exact[place])
    for place in by_remainder[:over]:
        cents[place] += 1
    return [_money(amount) for amount in cents]


def table_to_the_cent(
    rows: Sequence[Pair], totals: tuple[Decimal, Decimal] | None = None
) -> list[tuple[Decimal | None, Decimal | None]]:
    """Return rows of two parts to the cent that add up across and, as near as can be, down.

    `totals` are those of the two columns, exact sums rounded to what all of it is, rounded once,
    where they are not given. The sums of rows are rounded by largest remainder, and the cents that
    a row has above its two parts go where the columns need them. None stays None.
    """
    first, second = (
        [_cents(part) if (part := row[side]) is not None else Fraction(0) for row in rows]
        for side in (0, 1)
    )
    both = [one + other for one, other in zip(first, second, strict=True)]
    if totals is None:
        of_first, of_second = parts_to_the_cent(
            [sum(side, Fraction(0)) / CENTS for side in (first, second)]
        )
    else:
        of_first, of_second = totals
    sums = parts_to_the_cent([amount / CENTS for amount in both], of_first + of_second)
    cents = [floor(amount) for amount in first]
    is_free = []
    for place, (amount, other, whole) in enumerate(zip(first, second, sums, strict=True)):
        spare = int(_cents(whole)) - cents[place] - floor(other)
        is_needed = spare == 2 or (spare == 1 and _remainder(other) == 0)
        cents[place] += is_needed
        if spare == 1 and not is_needed and _remainder(amount):
            is_free.append(place)
    lacking = max(0, int(_cents(of_first)) - sum(cents))
    is_free.sort(key=lambda place: _remainder(second[place]) - _remainder(first[place]))
    for place in is_free[:lacking]:
        cents[place] += 1
    return [
        (
            None if row[0] is None else _money(amount),
            None if row[1] is None else whole - _money(amount),
        )
        for row, amount, whole in zip(rows, cents, sums, strict=True)
    ]


def _cents(amount: Amount) -> Fraction:
    return Fraction(amount) * CENTS


def _rounded(cents: Fraction) -> int:
    return floor(cents + Fraction(1, 2))


def _remainder(cents: Fraction) -> Fraction:
    return cents - floor(cents)


def _money(cents: int) -> Decimal:
    return Decimal(cents) / CENTS
