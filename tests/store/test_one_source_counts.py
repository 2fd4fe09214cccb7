"""Where two exports tell of one use one of them counts, for tokens, cost, requests and messages."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leverage.errors import ChangeRefused
from leverage.store import changes
from tests.support import (
    GITHUB,
    Desk,
    chatgpt,
    gateway,
    gateway_row,
    github,
    github_row,
    roster,
)

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


# ---- sources that know none of the vendor's accounts -------------------------------------------

MIDNIGHT = int(datetime.fromisoformat(DAY).replace(tzinfo=UTC).timestamp())


def span(tokens: int, user: str | None = "a@example.com") -> str:
    """Return a span of one call to OpenAI, its output a tenth of the input."""
    said = {
        "gen_ai.system": "openai",
        "gen_ai.request.model": "gpt-5",
        "gen_ai.usage.prompt_tokens": tokens,
        "gen_ai.usage.completion_tokens": tokens // 10,
        **({"user.id": user} if user else {}),
    }
    return json.dumps({"name": "chat", "start_time": f"{DAY}T08:00:00Z", "attributes": said}) + "\n"


def openai_usage(*days: tuple[int, int]) -> str:
    """Return OpenAI's own usage: (days after DAY, input tokens) of nobody named."""
    buckets = [
        {
            "object": "bucket",
            "start_time": MIDNIGHT + 86400 * after,
            "end_time": MIDNIGHT + 86400 * (after + 1),
            "results": [
                {
                    "object": "organization.usage.completions.result",
                    "input_tokens": tokens,
                    "output_tokens": 0,
                    "num_model_requests": 3,
                    "model": "gpt-5",
                }
            ],
        }
        for after, tokens in days
    ]
    return json.dumps({"object": "page", "data": buckets, "has_more": False})


def openai_bill(usd: str) -> str:
    """Return a day of OpenAI's bill."""
    return f"start_time,amount_value,amount_currency\n{MIDNIGHT},{usd},usd\n"


def test_of_a_gateway_and_spans_of_one_vendor_and_day_one_counts(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY, tokens=100)]))
    desk.load(span(70))
    assert counted(desk, "input_tokens") == 70, "both name people, so the later load"
    assert counted(desk, "estimated_cost_usd") == Decimal("0.5"), "a list price goes behind"


def test_of_two_that_know_no_account_the_one_that_names_people_counts(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY, tokens=100)]), span(70, user=None))
    assert counted(desk, "input_tokens") == 100


def test_two_accounts_of_one_gateway_add_up_beside_another_source(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY, tokens=100)]), account="east")
    desk.load(span(70))
    desk.load(gateway([gateway_row(DAY, tokens=40)]), account="west")
    assert counted(desk, "input_tokens") == 140
    assert counted(desk, "estimated_cost_usd") == 1


def test_other_vendors_and_days_of_another_source_still_count(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(span(70))
    rows = [gateway_row("2026-09-16", tokens=8), gateway_row(DAY, provider="mistral", tokens=5)]
    desk.load(gateway([gateway_row(DAY, tokens=100), *rows]))
    assert counted(desk, "input_tokens") == 113


def test_what_holds_activity_alone_hides_no_tokens_of_a_gateway(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        gateway([gateway_row(DAY, tokens=100)]), chatgpt(DAY, "2026-09-21", ["b@example.com"])
    )
    assert counted(desk, "input_tokens") == 100
    assert counted(desk, "estimated_cost_usd") == Decimal("0.5")
    assert counted(desk, "messages") == 10
    assert len(desk.table("user_month")) == 2, "both people used OpenAI"


def test_a_bill_without_tokens_leaves_them_to_the_gateway(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY, tokens=100)]), openai_bill("7.25"))
    assert counted(desk, "input_tokens") == 100
    assert counted(desk, "billed_cost_usd") == Decimal("7.25")
    assert counted(desk, "estimated_cost_usd") == 0
    assert counted(desk, "rows_without_cost") == 0


def test_who_a_gateway_names_where_nothing_of_it_counts_used_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY, tokens=100)]), openai_usage((0, 1000)), openai_bill("7.25"))
    assert counted(desk, "input_tokens") == 1000
    assert counted(desk, "requests") == 3
    assert len(desk.table("user_month")) == 0


# ---- another source chosen ---------------------------------------------------------------------


def choose(desk: Desk, measure: str, kind: str, account: str = "*") -> int | None:
    return changes.choose_source(desk.store, "Acme", "OpenAI", account, measure, kind, "tester")


def test_a_chosen_source_counts_on_its_days_and_the_rule_on_the_others(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(openai_usage((0, 1000), (1, 2000)), gateway([gateway_row(DAY, tokens=100)]))
    before = counted(desk, "estimated_cost_usd")
    assert counted(desk, "input_tokens") == 3000
    assert choose(desk, "tokens", "litellm_daily") == 3
    assert counted(desk, "input_tokens") == 2100
    assert counted(desk, "estimated_cost_usd") == before, "cost is chosen apart"
    assert choose(desk, "cost", "litellm_daily") == 4
    assert counted(desk, "estimated_cost_usd") > Decimal("0.5"), "of the second day, by list price"
    assert choose(desk, "tokens", "usual") == 5
    assert counted(desk, "input_tokens") == 3000
    actions = desk.store.log().select("action", "summary").rows()[2:]
    assert actions[0] == ("edit", "remembers authority: tokens OpenAI/* is litellm_daily")


def test_a_choice_that_stands_already_changes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY)]), span(70))
    number = choose(desk, "tokens", "litellm_daily")
    assert number is not None
    assert choose(desk, "tokens", "litellm_daily") is None
    assert desk.store.newest() == number


def test_a_chosen_source_keeps_counting_when_another_is_loaded_later(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY, tokens=100)]))
    choose(desk, "tokens", "litellm_daily")
    desk.load(span(70))
    desk.load(openai_usage((0, 1000)))
    assert counted(desk, "input_tokens") == 100


def test_a_source_is_chosen_for_one_account_of_several(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    cost = "start_time,amount_value,amount_currency,organization_id\n"
    desk.load(f"{cost}{MIDNIGHT},7,usd,north\n{MIDNIGHT},5,usd,south\n")
    desk.load(openai_usage((0, 1_000_000)), account="north")
    desk.load(openai_usage((0, 2_000_000)), account="south")
    listed = desk.table("usage")["estimated_cost_usd"].drop_nulls().sort().to_list()
    assert len(listed) == 2
    assert listed[1] == 2 * listed[0]
    assert counted(desk, "billed_cost_usd") == 12
    choose(desk, "cost", "openai_usage", "south")
    assert counted(desk, "billed_cost_usd") == 7
    assert counted(desk, "estimated_cost_usd") == listed[1]


def test_a_gateway_cannot_be_chosen_for_an_account_it_does_not_know(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY)]))
    with pytest.raises(ChangeRefused, match="can count for all of OpenAI alone"):
        choose(desk, "tokens", "litellm_daily", "north")
    with pytest.raises(ChangeRefused, match="No use of OpenAI by Acme comes from “openai_usage”"):
        choose(desk, "tokens", "openai_usage")
    assert desk.store.newest() == 1


# ---- month by month ----------------------------------------------------------------------------


def by_month(desk: Desk) -> list[dict[str, Any]]:
    """Return the rows of source_month, by kind."""
    return desk.table("source_month").sort("month", "kind").to_dicts()


def test_each_source_is_kept_by_month_with_what_of_it_counts_and_why(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        gateway([gateway_row(DAY, tokens=100), gateway_row("2026-09-20", tokens=40)]),
        openai_usage((0, 1000), (1, 2000)),
        openai_bill("7.25"),
    )
    seen = [
        {name: row[name] for name in ("kind", "days", "counted_tokens", "counted_cost_usd")}
        | {name: row[name] for name in ("days_counted_for_tokens", "days_counted_for_cost")}
        | {"why": (row["tokens_reason"], row["cost_reason"])}
        for row in by_month(desk)
    ]
    listed = desk.table("usage").filter(
        (pl.col("kind") == "openai_usage") & (pl.col("day") == date(2026, 9, 16))
    )["estimated_cost_usd"][0]
    assert seen == [
        {
            "kind": "litellm_daily",
            "days": 2,
            "days_counted_for_tokens": 1,
            "days_counted_for_cost": 1,
            "counted_tokens": 44,
            "counted_cost_usd": Decimal("0.5"),
            "why": ("usage_file", "vendor_estimate"),
        },
        {
            "kind": "openai_cost",
            "days": 1,
            "days_counted_for_tokens": 0,
            "days_counted_for_cost": 1,
            "counted_tokens": None,
            "counted_cost_usd": Decimal("7.25"),
            "why": (None, "bill"),
        },
        {
            "kind": "openai_usage",
            "days": 2,
            "days_counted_for_tokens": 2,
            "days_counted_for_cost": 1,
            "counted_tokens": 3000,
            "counted_cost_usd": listed,
            "why": ("usage_file", "list_price"),
        },
    ]
    tokens = sum(counted(desk, part) for part in ("input_tokens", "output_tokens"))
    assert sum(row["counted_tokens"] or 0 for row in seen) == tokens
    cost = sum(counted(desk, part) for part in ("billed_cost_usd", "estimated_cost_usd"))
    assert sum(row["counted_cost_usd"] or 0 for row in seen) == cost


@pytest.mark.parametrize(
    ("loads", "kind", "reason"),
    [
        ((gateway([gateway_row(DAY)]), openai_usage((0, 5))), "litellm_daily", "own_export"),
        ((gateway([gateway_row(DAY)]), span(70)), "litellm_daily", "later_load"),
        ((span(70, user=None), gateway([gateway_row(DAY)])), "otel_genai_spans", "names_people"),
        ((github([github_row(DAY)]),), "github_billing", None),
    ],
)
def test_what_does_not_count_says_what_goes_before_it(
    tmp_path: Path, loads: tuple[str, ...], kind: str, reason: str | None
) -> None:
    desk = Desk(tmp_path)
    for text in loads:
        desk.load(text)
    (row,) = [row for row in by_month(desk) if row["kind"] == kind]
    assert row["counted_tokens"] is None
    assert row["tokens_reason"] == reason


def test_a_month_that_lost_its_sources_loses_their_rows(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY)]))
    changes.undo(desk.store, 1, "tester")
    assert by_month(desk) == []


def test_a_source_is_held_against_what_counts_on_its_own_days(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    rows = [gateway_row(DAY, tokens=1000), gateway_row("2026-09-20", tokens=50)]
    desk.load(gateway(rows), openai_usage((0, 880), (1, 9000)))
    asked = {"from_month": "2026-09", "to_month": "2026-09", "companies": None, "vendors": None}
    found = desk.asker().rows("sources_by_month", asked)
    rest = ("kind", "tokens", "counted_tokens", "uncounted_tokens", "tokens_counted_instead")
    assert found.select(rest).sort("kind").rows() == [
        ("litellm_daily", 1155, 55, 1100, 880),
        ("openai_usage", 9880, 9880, None, None),
    ]


def test_an_account_is_held_against_the_gateway_that_was_chosen_over_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(openai_usage((0, 1000)), gateway([gateway_row(DAY, tokens=100)]))
    choose(desk, "tokens", "litellm_daily")
    row = next(row for row in by_month(desk) if row["kind"] == "openai_usage")
    assert (row["uncounted_tokens"], row["tokens_counted_instead"]) == (1000, 110)
    assert row["tokens_reason"] == "other_chosen"
