"""Money to the cent: rounded once, and in parts that add up."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from leverage.cost import parts_to_the_cent, table_to_the_cent, to_the_cent

AMOUNTS = st.decimals(-5_000, 5_000, places=6)
CENT = Decimal("0.01")


def money(*amounts: str) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


def test_half_a_cent_is_rounded_up() -> None:
    said = [to_the_cent(Decimal(usd)) for usd in ("0.005", "0.015", "0.0149", "71.817120")]
    assert said == money("0.01", "0.02", "0.01", "71.82")
    assert to_the_cent(Fraction(2, 3)) == Decimal("0.67")


def test_parts_are_rounded_by_largest_remainder_to_their_total_rounded_once() -> None:
    # They are 60.010000 together; 3 parts are 0.3334, 0.3333 and 0.3333 of a cent above the lower.
    assert parts_to_the_cent(money("10.003334", "20.003333", "30.003333")) == money(
        "10.01", "20.00", "30.00"
    )
    # 2,016.247340 in all, of which the lower cents are 2,016.22: three have a cent more.
    departments = money(
        "867.041675", "71.817120", "51.348390", "26.270073", "22.922955", "7.847127"
    )
    assert parts_to_the_cent([*departments, Decimal(969)]) == money(
        "867.04", "71.82", "51.35", "26.27", "22.92", "7.85", "969"
    )


def test_a_part_of_nothing_and_one_of_whole_cents_stay() -> None:
    assert parts_to_the_cent(money("0", "0.005", "3.10", "-0.001")) == money(
        "0", "0.00", "3.10", "0.00"
    )
    assert parts_to_the_cent([]) == []


def test_a_row_is_its_exact_sum_rounded_once_and_columns_add_up_too() -> None:
    """Engineering cost 71.81, the sum of two roundings, and 71.82 where it was rounded once."""
    rows = [
        (Decimal("867.041675"), None),
        (Decimal("10.083760"), Decimal("61.733360")),
        (None, Decimal("51.348390")),
        (None, Decimal("26.270073")),
        (None, Decimal("22.922955")),
        (None, Decimal("7.847127")),
        (Decimal(969), None),
    ]
    # Billed 1,846.125435 and estimated 170.121905 are 2,016.247340: 1,846.13, 170.12 and 2,016.25.
    assert table_to_the_cent(rows) == [
        (Decimal("867.04"), None),
        (Decimal("10.09"), Decimal("61.73")),
        (None, Decimal("51.35")),
        (None, Decimal("26.27")),
        (None, Decimal("22.92")),
        (None, Decimal("7.85")),
        (Decimal("969"), None),
    ]


@given(st.lists(st.tuples(st.none() | AMOUNTS, st.none() | AMOUNTS), max_size=12))
def test_no_cell_is_a_cent_away_and_all_add_up(
    rows: list[tuple[Decimal | None, Decimal | None]],
) -> None:
    found = table_to_the_cent(rows)
    exact = sum((cell for row in rows for cell in row if cell is not None), Decimal(0))
    told = [cell for row in found for cell in row if cell is not None]
    assert sum(told, Decimal(0)) == to_the_cent(exact)
    for row, rounded in zip(rows, found, strict=True):
        for cell, of_cell in zip(row, rounded, strict=True):
            assert (cell is None) == (of_cell is None)
            if cell is not None and of_cell is not None:
                assert abs(of_cell - cell) < CENT
                assert of_cell == cell or cell != cell.quantize(CENT)
