"""The cost page on small stores, worked out by hand in tests/stores.py."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.app.test_pages import metric, text
from tests.support import Desk

Open = Callable[..., AppTest]


def test_the_parts_of_the_change_add_up_to_it_to_the_cent(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "cost")
    # 215.00 USD in September, 262.50 in October: two seats more at 20 USD, twice the tokens at
    # the old price of 15 USD for 22,500, and a quarter off that price.
    assert metric(app, "Full cost").value == "263 USD"
    assert app.title[0].value.replace("\\", "") == (
        "Full cost of October 2026: 263 USD, +22 % on September 2026; "
        "number of seats moved it most (+40.00 USD)"
    )
    assert "remainder 0.00 USD" in text(app)
    rows = app.table[0].value
    said = [usd.replace("\\", "") for usd in rows["USD"]]
    assert dict(zip(rows["Part"], said, strict=True)) == {
        "Cost in September 2026": "215.00",
        "Number of seats": "+40.00",
        "Use by people": "+15.00",
        "Price of tokens": "−7.50",
        "Cost in October 2026": "262.50",
        "Remainder": "0.00",
    }
    assert metric(app, "Cost per employee").value == "13.13 USD"
    assert metric(app, "Estimated part").value == "9 %"


def test_a_filter_by_model_leaves_seats_out_and_says_so(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, "cost", model="gpt-5")
    said = text(app)
    assert "seats belong to no model" in said
    assert "Usage cost of October 2026" in app.title[0].value.replace("\\", "")


def test_a_month_without_another_says_that_nothing_is_compared(
    open_page: Open, one_month: Desk
) -> None:
    app = open_page(one_month.root, "cost")
    assert not app.exception
    said = text(app)
    assert "Nothing is compared" in said
    for load in ("Load seats", "Load headcount"):
        assert load in said
