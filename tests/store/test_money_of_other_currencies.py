"""Money in another currency counts by the rate of its month, and invoices stand against it."""

from decimal import Decimal
from pathlib import Path

import pytest

from leverage.errors import FileRefused
from leverage.figures.reconciled import reconciled
from leverage.store import changes
from leverage.view import View
from tests.support import Desk, gateway, gateway_row

RATES = "month,currency,usd_per_unit,source\n2026-09,EUR,1.25,accounts\n"
SEATS = "month,vendor,plan,seats,price,currency\n2026-09,OpenAI,Team,4,10,EUR\n"
BILL = (
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,"
    "quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,"
    "organization_name,user_email,api_source\n"
    "1788220800,1788307200,2026-09-01T00:00:00,2026-09-02T00:00:00,80,eur,1,tokens,"
    '"gpt-5, input_tokens",,key,proj,org-1,P,O,,\n'
)
SEPTEMBER = View(months=("2026-09", "2026-09"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a store with a bill of 80 EUR and seats of 40 EUR in September, to be copied."""
    desk = Desk(tmp_path_factory.mktemp("made"))
    desk.load(BILL)
    desk.load(SEATS)
    return desk


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Desk:
    """Return a copy of it, to change."""
    return made.copy(tmp_path)


def full_cost(desk: Desk) -> Decimal | None:
    """Return the full cost of September in USD."""
    frame = desk.asker().ask("headline", SEPTEMBER).frame
    return frame["full_cost_usd"][0] if len(frame) else None


def test_without_a_rate_it_stands_in_its_own_row_and_in_no_total(desk: Desk) -> None:
    assert full_cost(desk) is None
    apart = desk.asker().ask("other_currencies", SEPTEMBER).frame
    assert apart["amount"].to_list() == [120]


def test_a_rate_brings_it_into_the_total_and_undoing_the_rate_takes_it_out(desk: Desk) -> None:
    (loaded,) = desk.load(RATES)
    assert full_cost(desk) == Decimal(120) * Decimal("1.25")
    assert desk.asker().ask("other_currencies", SEPTEMBER).frame.is_empty()
    assert loaded.number is not None
    changes.undo(desk.store, loaded.number, "tester")
    assert full_cost(desk) is None


def test_a_corrected_rate_replaces_the_one_of_its_month(desk: Desk) -> None:
    desk.load(RATES)
    desk.load(RATES.replace("1.25", "1.50"))
    assert full_cost(desk) == 180


def test_rate_twice(desk: Desk) -> None:
    stage = desk.stage(RATES + "2026-09,EUR,1.3,other\n")
    assert stage.files[0].refused is not None
    assert "two rates of one currency" in stage.files[0].refused["title"]
    with pytest.raises(FileRefused):
        raise FileRefused(**stage.files[0].refused)


def test_invoices_are_held_against_use_and_seats_to_the_cent(desk: Desk) -> None:
    assert reconciled(desk.asker()) is None
    desk.load(RATES)
    desk.load(
        "month,vendor,invoice,covers,amount,currency\n"
        "2026-09,OpenAI,1,usage,80,EUR\n"
        "2026-09,OpenAI,2,seats,40.01,EUR\n"
        "2026-09,OpenAI,3,prepaid,500,USD\n"
    )
    found = reconciled(desk.asker())
    assert found is not None
    (row,) = found.rows.iter_rows(named=True)
    assert (row["Metered as billed"], row["Seats"]) == (100, 50)
    assert row["Invoiced"] == Decimal("150.01")
    assert row["Invoiced for else"] == 500
    assert row["Unexplained"] == Decimal("0.01")
    assert "0.01 USD more was invoiced" in found.finding


def test_an_invoice_without_a_rate_is_unknown_and_not_zero(desk: Desk) -> None:
    desk.load("month,vendor,invoice,covers,amount,currency\n2026-09,OpenAI,1,usage,80,EUR\n")
    found = reconciled(desk.asker())
    assert found is not None
    assert found.rows["Invoiced"].to_list() == [None]
    assert found.rows["Unexplained"].to_list() == [None]
    assert found.finding.startswith("No invoice can be compared")


def test_use_without_an_invoice_has_no_remainder(desk: Desk) -> None:
    desk.load(RATES)
    desk.load(gateway([gateway_row("2026-09-02")]))
    desk.load("month,vendor,invoice,covers,amount,currency\n2026-08,GitHub,1,usage,5,USD\n")
    found = reconciled(desk.asker())
    assert found is not None
    unexplained = dict(found.rows.select("Vendor", "Unexplained").rows())
    assert unexplained["OpenAI"] is None
    assert unexplained["GitHub"] == 5


def test_what_has_no_rate_leaves_the_remainder_unknown_and_is_not_taken_for_nothing(
    desk: Desk,
) -> None:
    desk.load("month,vendor,invoice,covers,amount,currency\n2026-09,OpenAI,1,usage,100,USD\n")
    found = reconciled(desk.asker())
    assert found is not None
    assert found.rows["Invoiced"].to_list() == [100]
    assert found.rows["Unexplained"].to_list() == [None]


def test_seats_that_no_invoice_covers_are_not_missing_from_the_invoice_for_use(desk: Desk) -> None:
    desk.load(RATES)
    desk.load("month,vendor,invoice,covers,amount,currency\n2026-09,OpenAI,1,usage,103,USD\n")
    found = reconciled(desk.asker())
    assert found is not None
    assert found.rows["Unexplained"].to_list() == [3]
