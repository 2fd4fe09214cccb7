"""A report that sees only part of an account's use never stands for the whole of it."""

import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from leverage.view import View
from tests.support import Desk

USAGE = json.dumps(
    {
        "data": [
            {
                "starting_at": "2026-09-08T00:00:00Z",
                "results": [
                    {
                        "uncached_input_tokens": 900_000,
                        "cache_read_input_tokens": 0,
                        "output_tokens": 100_000,
                        "api_key_id": "apikey_1",
                        "workspace_id": None,
                        "model": "claude-sonnet-4-5",
                    }
                ],
            }
        ],
        "has_more": False,
    },
    indent=1,
)
CLAUDE_CODE = json.dumps(
    {
        "data": [
            {
                "date": "2026-09-08T00:00:00Z",
                "actor": {"type": "user_actor", "email_address": "ana@acme.example"},
                "organization_id": "org-acme",
                "customer_type": "api",
                "terminal_type": "vscode",
                "model_breakdown": [
                    {
                        "model": "claude-sonnet-4-5",
                        "tokens": {"input": 9_000, "output": 1_000},
                        "estimated_cost": {"currency": "USD", "amount": 4.2},
                    }
                ],
            }
        ],
        "has_more": False,
    },
    indent=1,
)


def estimated(desk: Desk, kind: str) -> Decimal:
    """Return the sum of the stored estimates of one kind."""
    costs = desk.table("usage").filter(pl.col("kind") == kind)["estimated_cost_usd"]
    return Decimal(costs.sum())


@pytest.mark.parametrize("order", [(USAGE, CLAUDE_CODE), (CLAUDE_CODE, USAGE)])
def test_claude_code_beside_the_usage_report_leaves_the_cost_to_it(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    desk = Desk(tmp_path)
    for text in order:
        desk.load(desk.file(text))
    row = desk.asker().ask("headline", View()).frame.row(0, named=True)
    assert estimated(desk, "claude_code_analytics") == Decimal("0.042")
    assert row["full_cost_usd"] == estimated(desk, "anthropic_usage_api") > 1


def test_claude_code_alone_is_the_best_there_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(desk.file(CLAUDE_CODE))
    row = desk.asker().ask("headline", View()).frame.row(0, named=True)
    assert row["full_cost_usd"] == Decimal("0.042")
