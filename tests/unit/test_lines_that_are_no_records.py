"""What spreadsheets add to an export is set aside with its reason and never counts as use."""

import csv
import io
from pathlib import Path

from leverage.intake.raw import as_csv
from tests.support import Desk

FOCUS = (
    "ChargePeriodStart,ChargePeriodEnd,BillingAccountId,BillingCurrency,BilledCost,EffectiveCost,"
    "ListCost,ChargeCategory,ProviderName,ServiceName,ServiceCategory,SubAccountName"
)
SPEND = (
    "email,account_uuid,product,model,total_requests,total_prompt_tokens,total_completion_tokens,"
    "total_net_spend_usd,total_gross_spend_usd\n"
    "ana@acme.example,u-1,Chat,claude-sonnet-5,2,100,10,1.50,1.50\n"
    "bo@acme.example,u-2,Chat,claude-sonnet-5,3,200,20,2.50,2.50\n"
)


def test_a_totals_row_in_a_file_without_days_does_not_count_twice(tmp_path: Path) -> None:
    name = "spend-2026-09-01-to-2026-09-30.csv"
    desk = Desk(tmp_path)
    (file,) = desk.stage(desk.file(SPEND + "Grand Total,,,,5,300,30,4.00,4.00\n", name)).files
    assert (file.rows_taken, file.reasons) == (2, {"set aside: totals row": 1})
    assert file.totals["net_cost_usd"] == 4


def test_a_totals_row_under_a_month_is_no_plan_that_somebody_bought(tmp_path: Path) -> None:
    seats = "month,vendor,plan,seats,price\n2026-09,openai,Team,10,20\n2026-09,,Total,10,20\n"
    (file,) = Desk(tmp_path).stage(seats).files
    assert (file.rows_taken, file.reasons) == (1, {"set aside: totals row": 1})


def test_a_name_that_begins_like_a_total_is_a_name(tmp_path: Path) -> None:
    seats = "month,vendor,plan,seats,price\n2026-09,Total Energies AI,Total care,10,20\n"
    (file,) = Desk(tmp_path).stage(seats).files
    assert (file.rows_taken, file.reasons) == (1, {})


def test_the_header_again_among_names_is_nobody(tmp_path: Path) -> None:
    text = (
        "work_email,department,effective_date\na@acme.example,Sales,2026-09-01\n"
        "Work_Email,Department,Effective_Date\nb@acme.example,Sales,2026-09-01\n"
    )
    (file,) = Desk(tmp_path).stage(text).files
    assert (file.rows_taken, file.reasons) == (2, {"set aside: the header again": 1})


def test_cells_with_line_breaks_come_back_as_one_record_of_the_download() -> None:
    cells = ["two\nlines", "two\rlines", 'a "quote"', "plain"]
    (record,) = csv.reader(io.StringIO(as_csv(cells), newline=""))
    assert record == cells


def test_the_header_again_is_no_second_company(tmp_path: Path) -> None:
    text = (
        "month,company,vendor,plan,seats,price\n2026-09,Acme,openai,Team,10,20\n"
        "Month,Company,Vendor,Plan,Seats,Price\n2026-09,NULL,openai,Pro,5,20\n"
    )
    (file,) = Desk(tmp_path).stage(text, company=None).files
    assert (file.refused, file.company, file.rows_taken) == (None, "Acme", 2)


def test_words_for_nothing_are_not_offered_to_be_marked_as_use_of_ai(tmp_path: Path) -> None:
    lines = [
        f"2026-06-01,2026-06-02,bill-1,USD,1,1,1,Usage,Hostco,{service},Compute,team-a"
        for service in ("Model Host", "-", "n/a", "NULL", "")
    ]
    text = "\n".join([FOCUS, *lines]) + "\n"
    (file,) = Desk(tmp_path).stage(text).files
    assert file.marks["service"] == ["Model Host"]
