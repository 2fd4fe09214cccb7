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


def sentence(desk: Desk) -> str:
    """Return the sentence on what was paid of the list price."""
    asker = desk.asker()
    found = cost(lambda question: asker.ask(question, OCTOBER))
    assert found is not None
    (told,) = (one.text for one in found.sentences if "list price" in one.text)
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
    # 8 M tokens at 1.25 USD and 0.8 M put out at 10 USD per million are 18 USD. The 99 USD of the
    # model without a price are on neither side.
    assert "usage with a list price: 1.00 USD of 18.00 USD" in told.beside
    assert "80 % of the tokens have one" in told.beside
    assert told.text == "6 %"


def test_the_sentence_holds_like_against_like_and_says_how_much_of_the_tokens_it_covers(
    tmp_path: Path,
) -> None:
    """All usage stood against the list price of a part of the tokens: 85 % where it was 76 %."""
    desk = loaded(tmp_path, priced=8_000_000, unpriced=2_000_000)
    assert sentence(desk) == (
        "Usage with a list price, 80 % of the tokens, cost 1.00 USD, 6 % of its list price of "
        "18.00 USD: discounts, credits and use that plans include."
    )


def test_a_sentence_on_all_tokens_does_not_say_how_much_it_covers(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    rows = [gateway_row("2026-10-05", tokens=8_000_000, spend="9")]
    desk.load(gateway(rows), account="gw")
    assert sentence(desk) == (
        "Usage cost 9.00 USD, 50 % of its list price of 18.00 USD: discounts, credits and use that "
        "plans include."
    )


def test_a_sentence_on_more_than_the_list_price_says_why(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    rows = [gateway_row("2026-10-05", tokens=8_000_000, spend="27")]
    desk.load(gateway(rows), account="gw")
    assert sentence(desk) == (
        "Usage cost 27.00 USD, 150 % of its list price of 18.00 USD: not all that is paid for is "
        "tokens with a list price."
    )


def test_without_any_list_price_it_is_unknown(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-10-05", model="in-house-1")]), account="gw")
    assert figure(desk).reason == "Unknown: no tokens in this view have a published list price"
