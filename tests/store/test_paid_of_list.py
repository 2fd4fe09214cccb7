"""What was paid stands beside the list price only where most of the tokens have one."""

from pathlib import Path

from leverage.figures.cost import cost
from leverage.figures.figure import Figure
from leverage.view import View
from tests.support import Desk, gateway, gateway_row

OCTOBER = View(months=("2026-10", "2026-10"))


def figure(desk: Desk) -> Figure:
    """Return the card of what was paid of the list price."""
    asker = desk.asker()
    found = cost(lambda question: asker.ask(question, OCTOBER))
    assert found is not None
    (told,) = (one for one in found.figures if one.metric == "paid_of_list_share")
    return told


def loaded(root: Path, priced: int, unpriced: int) -> Desk:
    """Return a store of so many tokens put in of a model with a list price and of one without."""
    desk = Desk(root)
    rows = [
        gateway_row("2026-10-05", tokens=priced, spend="1"),
        gateway_row("2026-10-06", tokens=unpriced, spend="99", model="in-house-1"),
    ]
    desk.load(gateway(rows), account="gw")
    return desk


def test_what_was_paid_is_not_held_against_the_list_price_of_few_of_the_tokens(
    tmp_path: Path,
) -> None:
    """The cost of a model without a price stood over the list price of another: thousands of %."""
    told = figure(loaded(tmp_path, priced=700, unpriced=300))
    assert told.text is None
    assert told.reason == "Not told: only 70 % of the tokens have a published list price"


def test_the_share_of_tokens_that_have_a_list_price_stands_beside_what_was_paid_of_it(
    tmp_path: Path,
) -> None:
    told = figure(loaded(tmp_path, priced=8_000_000, unpriced=2_000_000))
    # 8 M tokens at 1.25 USD and 0.8 M put out at 10 USD per million are 18 USD.
    assert "80 % of its tokens have a list price" in told.beside
    assert "usage without seats: 100 USD of 18.00 USD" in told.beside
    assert told.text == "556 %"


def test_without_any_list_price_it_is_unknown(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-10-05", model="in-house-1")]), account="gw")
    assert figure(desk).reason == "Unknown: no tokens in this view have a published list price"
