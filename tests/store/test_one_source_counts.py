"""Where two exports tell of one use one of them counts, for tokens, cost, requests and messages."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support import GITHUB, Desk, gateway, gateway_row, roster

DAY = "2026-09-15"
TOKENS = ",input,output,cache_read,cache_write"


def counted(desk: Desk, column: str) -> Decimal:
    """Return the sum of one column of what counts."""
    return Decimal(desk.table("cube_month")[column].sum() or 0)


def spend_logs(*tokens: int, user: str = "a@example.com") -> str:
    """Return a LiteLLM export of one request for each number of prompt tokens."""
    requests = [
        {
            "request_id": f"r-{number}",
            "spend": 0.5,
            "startTime": f"{DAY}T08:00:00Z",
            "model": "gpt-5",
            "model_group": "gpt-5",
            "custom_llm_provider": "openai",
            "api_key": "key-1",
            "user": user,
            "prompt_tokens": count,
            "completion_tokens": 1,
            "status": "success",
        }
        for number, count in enumerate(tokens)
    ]
    return json.dumps(requests)


def cursor_event(user: str, cents: float) -> dict[str, Any]:
    """Return one event as Cursor's Admin API writes it."""
    moment = datetime.fromisoformat(DAY).replace(hour=8, tzinfo=UTC)
    return {
        "timestamp": str(int(moment.timestamp() * 1000)),
        "userEmail": user,
        "model": "gpt-5",
        "kind": "Usage-based",
        "requestsCosts": 1,
        "isTokenBasedCall": True,
        "isChargeable": True,
        "tokenUsage": {"inputTokens": 100, "outputTokens": 10, "totalCents": cents},
        "chargedCents": cents,
    }


def github_user(login: str, **more: object) -> dict[str, Any]:
    """Return one user's day of the Copilot metrics."""
    return {
        "user_id": 1,
        "user_login": login,
        "day": DAY,
        "user_initiated_interaction_count": 7,
        "code_generation_activity_count": 5,
        "code_acceptance_activity_count": 1,
        **more,
    }


CLI = {
    "totals_by_cli": {
        "request_count": 3,
        "token_usage": {"prompt_tokens_sum": 900, "output_tokens_sum": 90},
    }
}


def github_report(**more: object) -> dict[str, Any]:
    """Return a day of the organisation's Copilot report."""
    return {
        "day_totals": [
            {
                "day": DAY,
                "monthly_active_agent_users": 2,
                "user_initiated_interaction_count": 11,
                "code_generation_activity_count": 5,
                **more,
            }
        ]
    }


def test_a_gateway_that_is_exported_twice_counts_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY, tokens=100)]))
    desk.load(spend_logs(60, 40))
    assert counted(desk, "input_tokens") == 100
    assert counted(desk, "requests") == 2, "the later of two exports that both name people"
    assert counted(desk, "estimated_cost_usd") == 1


def test_cursor_events_count_once_beside_daily_use_and_spend(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        "Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,"
        f"Output Tokens,Total Tokens,Cost\n{DAY}T08:00:00Z,a@example.com,On-Demand,gpt-5,No,0,100,"
        "0,10,110,$0.50\n"
    )
    desk.load(json.dumps({"usageEvents": [cursor_event("a@example.com", 50)]}))
    millis = int(datetime.fromisoformat(DAY).replace(tzinfo=UTC).timestamp() * 1000)
    used = {"date": millis, "email": "a@example.com", "agentRequests": 4, "totalTabsShown": 9}
    desk.load(json.dumps({"data": [used]}))
    spent = {"email": "a@example.com", "spendCents": 50, "fastPremiumRequests": 1}
    desk.load(json.dumps({"teamMemberSpend": [spent], "subscriptionCycleStart": millis}))
    assert counted(desk, "requests") == 1
    assert counted(desk, "messages") == 4
    assert counted(desk, "input_tokens") == 100
    assert counted(desk, "billed_cost_usd") == Decimal("0.5")


def test_of_two_reports_of_one_use_the_one_that_names_people_counts(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(json.dumps(github_user("octo-ana", **CLI)))
    desk.load(json.dumps(github_report(**CLI)))
    assert counted(desk, "messages") == 7
    assert counted(desk, "input_tokens") == 900
    assert counted(desk, "requests") == 3
    assert desk.table("user_month")["input_tokens"].sum() == 900


def test_without_people_a_report_still_counts(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(json.dumps(github_report(**CLI)))
    assert counted(desk, "messages") == 11
    assert counted(desk, "input_tokens") == 900
    assert len(desk.table("user_month")) == 0


def test_a_bill_with_all_tokens_goes_before_a_report_of_some(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    bill = (
        f"{DAY},octo-ana,copilot,copilot_ai_credit,GPT-5,10,ai-credits,0.01,0.1,0,0.1,3900,acme,,,"
        "0,0,5000,500,0,0"
    )
    desk.load(f"{GITHUB}{TOKENS}\n{bill}\n")
    desk.load(json.dumps(github_user("octo-ana", **CLI)))
    assert counted(desk, "input_tokens") == 5000
    assert counted(desk, "messages") == 7
    assert counted(desk, "billed_cost_usd") == Decimal("0.1")


def test_who_a_vendor_calls_active_is_active_though_nothing_was_counted(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(roster("2026-01-01", {"a@example.com": "Sales", "b@example.com": "Sales"}))
    desk.load(
        "Report Refresh Date,Report Period,User Principal Name,Last Activity Date,"
        "Microsoft Teams Copilot Last Activity Date\n"
        "2026-09-30,30,a@example.com,2026-09-29,2026-09-29\n"
        "2026-09-30,30,b@example.com,2026-08-29,\n"
    )
    people = desk.table("user_month").filter(desk.table("user_month")["month"] == "2026-09")
    assert len(people) == 1
    assert desk.table("usage")["messages"].null_count() == 2
