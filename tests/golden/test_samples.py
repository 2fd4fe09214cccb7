"""Each mapping over real files and documentation examples; totals are taken a second way from text.

The samples stand beside the project and are no part of it; without them these tests are skipped.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.golden.mapped import Row, map_file

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder of sample exports is not on this machine"
)


def lines(path: str) -> list[dict[str, str]]:
    """Return the rows of a sample as the csv module reads them, all text."""
    with (SAMPLES / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def total(rows: Iterable[dict[str, Any]], *names: str) -> Decimal:
    """Return the sum over the named columns, in which blanks and words count nothing."""
    cells = [
        str(row.get(name) or 0).strip().lstrip("$").replace(",", "")
        for row in rows
        for name in names
    ]
    return sum((Decimal(cell) for cell in cells if cell[-1:].isdigit()), Decimal())


def taken(path: str, kind: str, **options: Any) -> list[Row]:
    """Return the mapped rows of a sample."""
    return map_file(SAMPLES / path, kind, **options)[0]


def test_openai_usage_keeps_every_token_and_request() -> None:
    page = json.loads((SAMPLES / "openai_api/usage_completions.json").read_text("utf-8"))
    results = [result for bucket in page["data"] for result in bucket["results"]]
    rows = taken("openai_api/usage_completions.json", "openai_usage")
    inputs = ("input_tokens", "cache_read_tokens", "cache_write_tokens")
    assert total(rows, *inputs) == total(results, "input_tokens")
    assert total(rows, "output_tokens") == total(results, "output_tokens")
    assert total(rows, "requests") == total(results, "num_model_requests")


def test_openai_cost_keeps_a_row_without_line_item_that_is_no_total() -> None:
    path = "openai_dashboard/cost_2026-09-28_2026-09-30.SYNTHETIC.csv"
    rows, done = map_file(SAMPLES / path, "openai_cost")
    assert total(rows, "net_cost_usd") == total(lines(path), "amount_value")
    assert [left.reason for left in done.left_out] == ["blank day"]


def test_anthropic_tokens_keep_every_token() -> None:
    path = "anthropic_console/claude_api_tokens_2026_08.SYNTHETIC.csv"
    rows, source = taken(path, "anthropic_tokens"), lines(path)
    for mapped, exported in (
        ("input_tokens", ["usage_input_tokens_no_cache"]),
        ("cache_read_tokens", ["usage_input_tokens_cache_read"]),
        (
            "cache_write_tokens",
            ["usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h"],
        ),
        ("output_tokens", ["usage_output_tokens"]),
    ):
        assert total(rows, mapped) == total(source, *exported)


def test_anthropic_cost_keeps_billed_and_list_price_apart() -> None:
    path = "anthropic_console/claude_api_cost_2026_08.SYNTHETIC.csv"
    rows, source = taken(path, "anthropic_cost"), lines(path)
    assert total(rows, "net_cost_usd") == total(source, "cost_usd")
    assert total(rows, "list_cost_usd") == total(source, "list_price_usd")


def test_a_real_github_bill_was_710_51_before_discount_and_nothing_after() -> None:
    path = "github_copilot/billing-credit-usage.real.pseudonymised.csv"
    rows, source = taken(path, "github_billing"), lines(path)
    assert len(rows) == len(source) == 123
    assert total(rows, "gross_cost_usd") == total(source, "gross_amount")
    assert round(total(rows, "gross_cost_usd"), 2) == Decimal("710.51")
    assert [row["net_cost_usd"] for row in rows] == [0] * 123


@pytest.mark.parametrize(
    "path",
    [
        "github_copilot/billing-credit-usage.real.pseudonymised.csv",
        "github_copilot/ai-usage-report-with-tokens.SYNTHETIC.csv",
    ],
)
def test_github_credits_are_summed_within_their_unit(path: str) -> None:
    rows, done = map_file(SAMPLES / path, "github_billing")
    units = {"ai-credits": "github_ai_credit", "requests": "github_premium_request"}
    by_unit: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines(path):
        by_unit[units[line["unit_type"]]].append(line)
    assert {row["credit_unit"] for row in rows} == by_unit.keys()
    for unit, of_unit in by_unit.items():
        # Sixteen decimals in the file, twelve in the mapping.
        assert round(done.credits[unit] - total(of_unit, "quantity"), 9) == 0


def test_github_token_columns_are_the_token_parts() -> None:
    path = "github_copilot/ai-usage-report-with-tokens.SYNTHETIC.csv"
    rows, source = taken(path, "github_billing"), lines(path)
    assert total(rows, "input_tokens") == total(source, "input")
    assert total(rows, "cache_read_tokens") == total(source, "cache_read")
    assert total(rows, "cache_write_tokens") == total(source, "cache_write")
    assert total(rows, "output_tokens") == total(source, "output")
    assert total(rows, "net_cost_usd") == total(source, "net_amount")


@pytest.mark.parametrize(
    "path", ["cursor/usage-events-demo.csv", "cursor/team-usage-events.v4.SYNTHETIC.csv"]
)
def test_cursor_token_parts_add_up_to_the_total_the_file_states(path: str) -> None:
    rows, source = taken(path, "cursor_events"), lines(path)
    parts = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")
    assert total(rows, *parts) == total(source, "Total Tokens")
    assert total(rows, "net_cost_usd") == total(source, "Cost")
    included = [line for line in source if line["Cost"] == "Included"]
    assert [row["cost_basis"] for row in rows].count("covered_by_plan") == len(included)
    assert total(rows, "requests") == len(source)


def test_litellm_parts_add_up_to_the_inclusive_prompt_tokens() -> None:
    path = "litellm/daily_user_spend.csv"
    rows, source = taken(path, "litellm_daily"), lines(path)
    inputs = ("input_tokens", "cache_read_tokens", "cache_write_tokens")
    assert total(rows, *inputs) == total(source, "prompt_tokens")
    assert total(rows, "output_tokens") == total(source, "completion_tokens")
    assert total(rows, "estimated_cost_usd") == total(source, "spend")
    assert total(rows, "requests") == total(source, "api_requests")
    assert total(rows, "failed_requests") == total(source, "failed_requests")


def test_chatgpt_messages_and_credits_are_those_of_the_members() -> None:
    path = "chatgpt_enterprise/users_monthly.SYNTHETIC.csv"
    rows, done = map_file(SAMPLES / path, "chatgpt_users")
    source = lines(path)
    assert total(rows, "messages") == total(source, "messages")
    assert total(rows, "credits") == total(source, "credits_used")
    pending = [line for line in source if line["user_status"] == "pending"]
    assert [left.reason for left in done.left_out] == ["pending member"] * len(pending)


def test_focus_takes_the_ai_charges_of_a_cloud_bill_and_sets_the_rest_aside() -> None:
    path = "focus/focus_sample_1.0.csv"
    rows, done = map_file(SAMPLES / path, "focus")
    source = [line for line in lines(path) if line["ServiceCategory"] == "AI and Machine Learning"]
    assert len(rows) == len(source)
    assert len(rows) + len(done.left_out) == 1000
    assert {left.reason for left in done.left_out} == {"not AI use"}
    assert total(rows, "net_cost_usd") == total(source, "BilledCost")
    assert total(rows, "amortised_cost_usd") == total(source, "EffectiveCost")
    assert total(rows, "list_cost_usd") == total(source, "ListCost")


@pytest.mark.parametrize("example", ["a1", "a2", "b1", "b2", "b3", "c"])
def test_focus_prepaid_credits_are_bought_once_and_used_apart(example: str) -> None:
    path = f"focus/spec_1.2_saas_examples/virtual_currency_pricing_model_{example}.csv"
    source = lines(path)
    rows = taken(path, "focus", dates="mdy", marks={"provider": ["ACMECORP"]})
    assert [row["row_kind"] == "purchase" for row in rows] == [
        line["ChargeCategory"] == "Purchase" for line in source
    ]
    assert total(rows, "net_cost_usd") == total(source, "BilledCost")
    assert total(rows, "amortised_cost_usd") == total(source, "EffectiveCost")
    tokens = [line for line in source if line["PricingCurrency"] == "Token"]
    assert total(rows, "credits") == total(tokens, "PricingCurrencyEffectiveCost")


def test_a_roster_keeps_everyone_and_nobody_in_clear() -> None:
    path = "hris/roster.SYNTHETIC.csv"
    rows, source = taken(path, "roster"), lines(path)
    assert len({row["person"] for row in rows}) == len(source)
    assert total(rows, "fte") == total(source, "fte")
    assert all(row["person"].startswith("p:") for row in rows)
    assert "@" not in str(rows)


def test_headcount_is_what_the_file_counts() -> None:
    path = "hris/headcount_by_department.SYNTHETIC.csv"
    rows, source = taken(path, "headcount"), lines(path)
    assert total(rows, "employees") == total(source, "employees")
    assert total(rows, "fte") == total(source, "fte")
