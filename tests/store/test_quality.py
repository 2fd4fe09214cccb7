"""Coverage, confidence and what looks wrong, on small stores worked out by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leverage.ask import Asker
from leverage.figures.quality import Quality, quality
from leverage.view import View
from tests import stores
from tests.support import (
    GITHUB,
    Desk,
    days,
    gateway,
    gateway_row,
    github,
    github_row,
    roster,
)

TODAY = date(2026, 11, 5)
TEN = {f"k{i}@example.com": "Sales" for i in range(10)}


def told(desk: Desk, today: date = TODAY) -> Quality:
    found = quality(desk.asker(), today)
    assert found is not None
    return found


def leads(desk: Desk, today: date = TODAY) -> list[str]:
    return [point.lead for point in told(desk, today).points]


def confidence(asker: Asker, **view: Any) -> dict[str, Any]:
    (row,) = asker.ask("confidence", View(months=("2026-10", "2026-10"), **view)).frame.to_dicts()
    return row


# ---- confidence --------------------------------------------------------------------------------


def test_confidence_rests_on_days_owners_and_estimates(tmp_path: Path) -> None:
    # Two sources of October: one has all 31 days, the other the first 26 of them. 57 of 62 days are
    # loaded, one source ends 5 days before the period, and the newest loaded day ends the period.
    # The gateway's 31 dollars are the estimate of a vendor; Copilot's bill is 0. Nobody is known.
    desk = Desk(tmp_path)
    desk.load(
        gateway(gateway_row(day, spend="1") for day in days("2026-10-01", "2026-10-31")),
        github([github_row(day) for day in days("2026-10-01", "2026-10-26")]),
    )
    row = confidence(desk.asker())
    assert (row["sources"], row["sources_behind"], row["days_behind"]) == (2, 1, 5)
    assert row["covered_share"] == pytest.approx(57 / 62)
    assert row["known_owner_share"] is None
    assert row["known_owner_share_at_least"] is None
    assert row["estimated_share"] == 1


def test_a_period_ends_on_its_newest_day_where_that_comes_first(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway(gateway_row(day) for day in days("2026-10-01", "2026-10-12")))
    row = confidence(desk.asker())
    assert (row["days_behind"], row["covered_share"]) == (0, 1)


def test_a_source_that_began_later_or_ended_long_ago_is_not_expected(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway(gateway_row(day) for day in days("2026-05-01", "2026-05-31")), account="a")
    desk.load(gateway(gateway_row(day) for day in days("2026-10-01", "2026-10-31")), account="b")
    desk.load(github([github_row(day) for day in days("2026-10-22", "2026-10-31")]))
    row = confidence(desk.asker())
    assert (row["sources"], row["days_behind"], row["covered_share"]) == (2, 0, 1)


def test_a_filter_by_vendor_looks_at_the_sources_of_that_vendor(tmp_path: Path) -> None:
    # A gateway's rows name their vendors, so it may hold anybody's use; GitHub's bill its own only.
    desk = Desk(tmp_path)
    desk.load(
        gateway(gateway_row(day) for day in days("2026-10-01", "2026-10-31")),
        github([github_row(day) for day in days("2026-10-01", "2026-10-26")]),
    )
    assert confidence(desk.asker(), vendor=("OpenAI",))["covered_share"] == 1
    assert confidence(desk.asker(), vendor=("GitHub",))["sources_behind"] == 1


def test_a_filter_by_people_leaves_the_owners_those_of_the_company(tmp_path: Path) -> None:
    # 14 people use alike, 6 of them are in no roster: 8 of 14 shares have an owner. The six stand
    # as (no department), so that is told; under a filter it must be the same and not 8 of 8.
    desk = Desk(tmp_path)
    known = dict.fromkeys(stores.ENGINEERING, "Engineering")
    desk.load(roster("2026-10-01", known))
    desk.load(stores.month("2026-10", "31", 1000, "1.0"), account="gw")
    asker = desk.asker()
    whole = confidence(asker)["known_owner_share"]
    assert whole == pytest.approx(9 / 15)  # one engineer has a second row
    assert confidence(asker, department=("Engineering",))["known_owner_share"] == whole


def test_few_people_without_an_owner_are_told_in_steps_here_too(tmp_path: Path) -> None:
    # 40 people of a roster and one in none: 40 of 41 shares, 97.6 %, are told as at least 95 %.
    desk = Desk(tmp_path)
    known = {f"k{i}@example.com": "Sales" for i in range(40)}
    rows = [gateway_row("2026-10-01", who, tokens=1000) for who in (*known, "x@example.com")]
    desk.load(roster("2026-10-01", known), gateway(rows))
    for view in ({}, {"department": ("Sales",)}):
        row = confidence(desk.asker(), **view)
        assert (row["known_owner_share"], row["known_owner_share_at_least"]) == (None, 0.95)


# ---- coverage ----------------------------------------------------------------------------------


def shares(desk: Desk) -> dict[str, dict[str, Any]]:
    view = View(months=("2026-10", "2026-10"), tokens="raw")
    rows = desk.asker().ask("coverage_shares", view).frame
    return {row["vendor"]: row for row in rows.iter_rows(named=True)}


def test_shares_of_cost_and_tokens_are_those_of_models_that_have_both(tmp_path: Path) -> None:
    # OpenAI: gpt-5 100 + 10 tokens for 3 USD, a model without a price 200 + 20 for nothing known.
    # Copilot's bill: 5 USD and no tokens.
    desk = Desk(tmp_path)
    bill = github_row("2026-10-01").split(",")
    bill[GITHUB.split(",").index("net_amount")] = "5"
    desk.load(
        gateway(
            [
                gateway_row("2026-10-01", spend="3"),
                gateway_row("2026-10-01", tokens=200, model="no-such-model", spend=""),
            ]
        )
    )
    desk.load(github([",".join(bill)]))
    found = shares(desk)
    openai, copilot = found["OpenAI"], found["GitHub"]
    assert float(openai["usage_cost_usd"]) == 3
    assert openai["cost_with_tokens_share"] == 1
    assert openai["tokens"] == 330
    assert openai["tokens_with_cost_share"] == pytest.approx(110 / 330)
    assert float(copilot["usage_cost_usd"]) == 5
    assert copilot["cost_with_tokens_share"] == 0
    assert copilot["tokens_with_cost_share"] is None
    assert openai["owned_tokens_share"] is None  # no roster is loaded
    # 3 of 8 dollars have tokens; 110 of 330 tokens a cost.
    assert told(desk).finding == (
        "In October 2026 38 % of the usage cost has tokens and 33 % of the tokens have a cost"
    )


def test_what_has_an_owner_is_told_where_it_tells_of_no_few_people(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    strangers = [f"x{i}@example.com" for i in range(10)]
    rows = [gateway_row("2026-10-01", who, spend="2") for who in (*TEN, *strangers)]
    desk.load(
        roster("2026-10-01", TEN),
        gateway([*rows, *(gateway_row("2026-10-02", who, spend="1") for who in TEN)]),
    )
    openai = shares(desk)["OpenAI"]
    assert openai["owned_tokens_share"] == pytest.approx(20 / 30)
    assert openai["owned_cost_share"] == pytest.approx(30 / 50)
    assert openai["owned_tokens_share_at_least"] is None


def test_what_one_person_in_no_roster_used_is_told_in_steps_or_not_at_all(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    known = {f"k{i}@example.com": "Sales" for i in range(40)}
    rows = [gateway_row("2026-10-01", who, tokens=1000) for who in (*known, "x@example.com")]
    desk.load(roster("2026-10-01", known), gateway(rows))
    openai = shares(desk)["OpenAI"]
    assert (openai["owned_tokens_share"], openai["owned_cost_share"]) == (None, None)
    assert openai["owned_tokens_share_at_least"] == 0.95
    assert openai["owned_cost_share_at_least"] is None  # 20.50 USD: a step would tell too much
    (row,) = told(desk).coverage.to_dicts()
    assert row["of them with an owner"] == "at least 95 %"
    assert row["of it with an owner"] == "–"


# ---- what looks wrong --------------------------------------------------------------------------


def test_nothing_is_said_of_an_empty_store_and_nothing_wrong_of_a_sound_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert quality(desk.asker(0), TODAY) is None
    desk.load(gateway(gateway_row(day) for day in days("2026-10-01", "2026-10-31")))
    assert told(desk).points == ()
    assert told(desk).period == "October 2026"


def weekly(desk: Desk, last: int) -> None:
    """Load a file a week, from Monday 5 October on, each of seven days."""
    for start in range(5, last - 5, 7):
        week = days(f"2026-10-{start:02d}", f"2026-10-{start + 6:02d}")
        desk.load(gateway(gateway_row(day) for day in week), account="gw")


def test_a_source_whose_next_file_is_over_its_time_is_late(tmp_path: Path) -> None:
    # Files end on 11, 18 and 25 October, every 7 days; a third of that, or 3 days, is granted.
    desk = Desk(tmp_path)
    weekly(desk, 25)
    assert leads(desk, date(2026, 11, 4)) == []
    assert leads(desk, date(2026, 11, 5)) == ["LiteLLM daily user spend (gw) of Acme is late"]
    (point,) = told(desk, date(2026, 11, 5)).points
    assert point.text.startswith(
        "It ends on 25 October 2026, and its files come about every 7 days"
    )


def test_a_source_without_the_last_month_is_missing_and_not_late(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    weekly(desk, 25)
    assert leads(desk, date(2026, 12, 5)) == []


def test_a_file_loaded_under_two_accounts_is_named_with_its_loads(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = gateway(gateway_row(day) for day in days("2026-10-01", "2026-10-02"))
    desk.load(text, account="east")
    desk.load(text, account="west")
    (point,) = told(desk).points
    assert point.lead == "The file export-1.csv is loaded under several names"
    assert point.text.startswith("Loads 1 and 2 hold the same bytes")


def test_a_file_loaded_again_in_its_place_is_not_double(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = gateway(gateway_row(day) for day in days("2026-10-01", "2026-10-02"))
    desk.load(text, account="east")
    desk.load(text, account="east")
    assert told(desk).points == ()


def test_accounts_with_the_same_amounts_are_named(tmp_path: Path) -> None:
    # The second file has one line more, so its bytes differ; two equal days would be chance.
    desk = Desk(tmp_path)
    rows = [gateway_row(f"2026-10-0{day}", tokens=100 * day) for day in (1, 2, 5)]
    desk.load(gateway(rows), account="east")
    desk.load(gateway([*rows, gateway_row("2026-10-06")]), account="west")
    (point,) = told(desk).points
    assert point.lead == (
        "LiteLLM daily user spend (east) of Acme and LiteLLM daily user spend (west) of Acme hold "
        "the same amounts"
    )
    assert point.text.startswith("On 3 days of 1 to 5 October 2026. ")
    desk.load(gateway([*rows[:2], gateway_row("2026-10-05", tokens=1)]), account="east")
    assert told(desk).points == ()


def test_a_workday_without_use_of_a_daily_source_is_a_gap(tmp_path: Path) -> None:
    # 1 September to 30 October 2026 has 44 workdays; Wednesday 14 and Thursday 15 are not there.
    desk = Desk(tmp_path)
    there = [day for day in days("2026-09-01", "2026-10-30") if day[5:] not in ("10-14", "10-15")]
    desk.load(gateway(gateway_row(day) for day in there))
    (point,) = told(desk).points
    assert point.lead == "LiteLLM daily user spend of Acme has nothing on 2 workdays"
    assert point.text.startswith("14 October 2026 and 15 October 2026. ")


def test_a_day_on_which_no_source_of_the_company_has_anything_is_no_gap(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    there = [day for day in days("2026-09-01", "2026-10-30") if day[5:] != "10-14"]
    desk.load(
        gateway(gateway_row(day) for day in there), github([github_row(day) for day in there])
    )
    assert told(desk).points == ()


def test_a_source_that_is_seldom_there_has_no_gaps(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway(gateway_row(day) for day in days("2026-09-01", "2026-10-30")[::3]))
    assert told(desk).points == ()


def spending(usual: str, odd: str, *, tokens: int = 100) -> str:
    """Return a gateway's file of ten weeks, every day alike but Friday 30 October."""
    there = days("2026-08-24", "2026-10-31")
    return gateway(
        gateway_row(day, spend=odd if day == "2026-10-30" else usual, tokens=tokens)
        for day in there
    )


@pytest.mark.parametrize(
    ("usual", "odd", "is_odd"),
    [
        ("20", "60", True),  # 40 USD and three times
        ("20", "29", False),  # 9 USD over: under the floor of 10
        ("60", "71", False),  # 11 USD over, and less than a fifth
        ("60", "72", True),  # 12 USD and a fifth
    ],
)
def test_a_day_far_over_the_same_weekday_of_eight_weeks_stands_out(
    tmp_path: Path, usual: str, odd: str, is_odd: bool
) -> None:
    desk = Desk(tmp_path)
    desk.load(spending(usual, odd))
    assert [lead.partition(":")[0] for lead in leads(desk)] == ["OpenAI at Acme"] * is_odd
    if odd == "60":
        assert leads(desk)[0].endswith("about 3 times the usual cost on 30 October 2026")


def test_the_spread_of_the_weeks_before_decides_what_is_far(tmp_path: Path) -> None:
    # Fridays 10, 20, … 80 USD: median 45, the middle of 5 5 15 15 25 25 35 35 is 20, and
    # 3.5 × 1.4826 × 20 = 103.8, so that 148 USD is usual and 149 USD is not.
    fridays = ["09-04", "09-11", "09-18", "09-25", "10-02", "10-09", "10-16", "10-23"]
    spends = {f"2026-{day}": str(10 * n) for n, day in enumerate(fridays, start=1)}
    for odd, is_odd in (("148", False), ("149", True)):
        desk = Desk(tmp_path / odd)
        desk.load(
            gateway(
                gateway_row(day, spend=usd) for day, usd in {**spends, "2026-10-30": odd}.items()
            )
        )
        assert len(leads(desk)) == is_odd


def test_no_amount_of_a_day_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(spending("20", "60"))
    window = View(months=("2026-10", "2026-10"))
    rows = desk.asker().ask("spikes", window).frame
    assert rows.select(pl.selectors.float()).width == 0
    assert rows["times_usual"].to_list() == [3]
