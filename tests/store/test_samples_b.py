"""Samples of gateways, Cursor, GitHub and Microsoft, each for a company of its own, by file sums.

The samples stand beside the project and are no part of it; without them these tests are skipped.
"""

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support import Desk, OfPile, Pile

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder shared/samples is not beside the project"
)
FOLDERS = ("litellm", "openrouter", "langfuse", "cursor", "github_copilot", "m365_copilot")
SIX = Decimal("0.000001")


def cells(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV as the file has them."""
    with (SAMPLES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def document(name: str) -> Any:
    """Return a JSON document, numbers with a point as they are written."""
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"), parse_float=Decimal)


def documents(name: str) -> list[Any]:
    """Return the documents of a file that holds one a line."""
    lines = (SAMPLES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal) for line in lines if line.strip()]


def total(values: Iterable[Any]) -> Decimal:
    """Return the sum of what is there, each value rounded to six places as a stored row is."""
    return sum((Decimal(str(value or 0)).quantize(SIX) for value in values), Decimal(0))


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Pile:
    """Load all samples of the folders."""
    paths = sorted(path for folder in FOLDERS for path in (SAMPLES / folder).iterdir())
    files = {path.relative_to(SAMPLES).as_posix(): path for path in paths}
    samples = {name: path for name, path in files.items() if path.suffix not in (".txt", ".md")}
    return Pile(Desk(tmp_path_factory.mktemp("b")), samples)


def of(pile: Pile, name: str, kind: str) -> OfPile:
    """Return what was stored of one sample; it must be recognised as the kind."""
    desk = pile.of(name)
    assert set(desk.table("usage")["kind"]) == {kind}
    return desk


def stored(desk: OfPile, column: str, row_kind: str | None = None) -> Decimal:
    """Return the sum of one column of the stored usage."""
    usage = desk.table("usage")
    if row_kind is not None:
        usage = usage.filter(usage["row_kind"] == row_kind)
    return Decimal(usage[column].sum() or 0)


def metric(desk: OfPile, key: str) -> Decimal:
    """Return the sum of one additive extra of the stored usage."""
    maps = desk.table("usage")["metrics"].drop_nulls().to_list()
    return sum((Decimal(str(row.get(key, 0))) for row in maps), Decimal(0))


def test_litellm_spend_logs_load_with_their_tokens_and_spend(pile: Pile) -> None:
    logs = document("litellm/spend_logs.json")
    desk = of(pile, "litellm/spend_logs.json", "litellm_spend_logs")
    parts = ("input_tokens", "cache_read_tokens", "cache_write_tokens")
    assert sum(stored(desk, part) for part in parts) == total(log["prompt_tokens"] for log in logs)
    assert stored(desk, "output_tokens") == total(log["completion_tokens"] for log in logs)
    assert stored(desk, "requests") == len(logs)
    assert stored(desk, "failed_requests") == sum(log["status"] == "failure" for log in logs)
    assert abs(stored(desk, "estimated_cost_usd") - total(log["spend"] for log in logs)) <= SIX


@pytest.mark.parametrize(
    ("name", "kind", "columns"),
    [
        (
            "openrouter/activity_daily_by_model.csv",
            "openrouter_daily",
            {
                "input_tokens": "Prompt Tokens",
                "output_tokens": "Completion Tokens",
                "reasoning_tokens": "Reasoning Tokens",
                "requests": "Requests",
                "net_cost_usd": "Usage",
            },
        ),
        (
            "openrouter/activity_generations.SYNTHETIC.csv",
            "openrouter_generations",
            {
                "cache_read_tokens": "tokens_cached",
                "output_tokens": "tokens_completion",
                "reasoning_tokens": "tokens_reasoning",
                "net_cost_usd": "cost_total",
            },
        ),
    ],
)
def test_openrouter_csvs_load_with_the_totals_of_the_file(
    pile: Pile, name: str, kind: str, columns: dict[str, str]
) -> None:
    rows = cells(name)
    desk = of(pile, name, kind)
    for ours, theirs in columns.items():
        assert stored(desk, ours) == total(row[theirs] for row in rows), ours


def test_openrouter_prompts_are_split_into_what_was_cached_and_the_rest(pile: Pile) -> None:
    name = "openrouter/activity_generations.SYNTHETIC.csv"
    desk = of(pile, name, "openrouter_generations")
    both = stored(desk, "input_tokens") + stored(desk, "cache_read_tokens")
    assert both == total(row["tokens_prompt"] for row in cells(name))


def test_the_openrouter_activity_api_loads_with_its_totals(pile: Pile) -> None:
    items = document("openrouter/activity_api.json")["data"]
    desk = of(pile, "openrouter/activity_api.json", "openrouter_api")
    for ours, theirs in (
        ("input_tokens", "prompt_tokens"),
        ("output_tokens", "completion_tokens"),
        ("reasoning_tokens", "reasoning_tokens"),
        ("requests", "requests"),
        ("net_cost_usd", "usage"),
    ):
        assert stored(desk, ours) == total(item[theirs] for item in items), ours
    assert metric(desk, "own_key_usage_usd") == total(i["byok_usage_inference"] for i in items)


def test_langfuse_observations_load_with_the_total_of_their_units(pile: Pile) -> None:
    name = "langfuse/observations_v2.SYNTHETIC.jsonl"
    seen = documents(name)
    calls = [item for item in seen if item["type"] == "GENERATION"]
    desk = of(pile, name, "langfuse_observations")
    parts = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")
    held = sum(stored(desk, part) for part in parts)
    assert held == total(item["usage_details"]["total"] for item in calls)
    assert stored(desk, "requests") == len(calls)
    assert stored(desk, "estimated_cost_usd") == total(item["total_cost"] for item in seen)
    (load_row,) = desk.loads
    assert load_row["rows_in"] == len(seen)
    assert load_row["rows_set_aside"] == len(seen) - len(calls)


def test_langfuse_daily_metrics_load_by_model(pile: Pile) -> None:
    days = document("langfuse/metrics_daily.json")["data"]
    models = [model for day in days for model in day["usage"]]
    desk = of(pile, "langfuse/metrics_daily.json", "langfuse_daily_metrics")
    for ours, theirs in (
        ("input_tokens", "inputUsage"),
        ("output_tokens", "outputUsage"),
        ("requests", "countObservations"),
        ("estimated_cost_usd", "totalCost"),
    ):
        assert stored(desk, ours) == total(model[theirs] for model in models), ours
    assert stored(desk, "estimated_cost_usd") == total(day["totalCost"] for day in days)


def test_cursor_events_of_the_api_turn_cents_into_dollars(pile: Pile) -> None:
    name = "cursor/admin_api_filtered_usage_events.json"
    events = document(name)["usageEvents"]
    desk = of(pile, name, "cursor_api_events")
    for ours, theirs in (
        ("input_tokens", "inputTokens"),
        ("cache_read_tokens", "cacheReadTokens"),
        ("cache_write_tokens", "cacheWriteTokens"),
        ("output_tokens", "outputTokens"),
    ):
        assert stored(desk, ours) == total(event["tokenUsage"][theirs] for event in events), ours
    assert stored(desk, "net_cost_usd") == total(event["chargedCents"] / 100 for event in events)
    assert str(desk.table("usage")["day"][0]) == "2025-06-26"


GITHUB_USERS = [
    "users-1-day.example.ndjson",
    "organization-users-1-day-report.json",
    "organization-users-28-day-report.json",
    "enterprise-users-1-day-report.json",
]


def github_records(name: str) -> list[Any]:
    """Return the records of a report, whichever list holds them."""
    if name.endswith(".ndjson"):
        return documents(f"github_copilot/{name}")
    report = document(f"github_copilot/{name}")
    records: list[Any] = report.get("day_totals") or report["user_totals"]
    return records


def cli(record: Any, *keys: str) -> Any:
    """Return a value inside totals_by_cli, None where the record has none."""
    value = record.get("totals_by_cli") or {}
    for key in keys:
        value = value.get(key) or {}
    return value or None


@pytest.mark.parametrize("name", GITHUB_USERS)
def test_github_reports_by_user_load_with_their_sums(pile: Pile, name: str) -> None:
    records = github_records(name)
    desk = of(pile, f"github_copilot/{name}", "github_users")
    assert_github_sums(desk, records)
    names = {record.get("user_login") or record["login"] for record in records}
    assert desk.table("usage")["actor"].n_unique() == len(names)
    assert metric(desk, "ai_credits_used") == total(r.get("ai_credits_used") for r in records)
    assert stored(desk, "net_cost_usd") == 0


@pytest.mark.parametrize("days", [1, 28])
def test_github_reports_of_an_organisation_load_with_their_sums(pile: Pile, days: int) -> None:
    name = f"organization-{days}-day-report.json"
    records = github_records(name)
    desk = of(pile, f"github_copilot/{name}", "github_reports")
    assert_github_sums(desk, records)
    assert desk.table("usage")["actor"].null_count() == len(desk.table("usage"))
    merged = total(record["pull_requests"]["total_merged"] for record in records)
    assert metric(desk, "pull_requests_merged") == merged


def assert_github_sums(desk: OfPile, records: list[Any]) -> None:
    """Compare what both reports have in common."""
    prompts = total(cli(record, "token_usage", "prompt_tokens_sum") for record in records)
    assert stored(desk, "input_tokens") == prompts
    answers = total(cli(record, "token_usage", "output_tokens_sum") for record in records)
    assert stored(desk, "output_tokens") == answers
    assert stored(desk, "requests") == total(cli(record, "request_count") for record in records)
    asked = total(record["user_initiated_interaction_count"] for record in records)
    assert stored(desk, "messages") == asked
    for ours, theirs in (
        ("code_generations", "code_generation_activity_count"),
        ("code_acceptances", "code_acceptance_activity_count"),
        ("lines_added", "loc_added_sum"),
    ):
        assert metric(desk, ours) == total(record[theirs] for record in records), ours


@pytest.mark.parametrize("scope", ["organization", "enterprise"])
def test_the_older_github_metrics_load_with_their_sums(pile: Pile, scope: str) -> None:
    name = f"github_copilot/{scope}_metrics_response_sample.json"
    days = document(name)
    desk = of(pile, name, "github_legacy_metrics")

    def under(day: Any, part: str) -> list[Any]:
        editors = (day.get(part) or {}).get("editors") or []
        return [model for editor in editors for model in editor["models"]]

    chats = [model["total_chats"] for day in days for model in under(day, "copilot_ide_chat")]
    web = [
        model["total_chats"]
        for day in days
        for model in (day.get("copilot_dotcom_chat") or {}).get("models") or []
    ]
    assert stored(desk, "messages") == sum(chats) + sum(web)
    languages = [
        language
        for day in days
        for model in under(day, "copilot_ide_code_completions")
        for language in model["languages"]
    ]
    for ours, theirs in (
        ("code_generations", "total_code_suggestions"),
        ("code_acceptances", "total_code_acceptances"),
        ("lines_added", "total_code_lines_accepted"),
    ):
        assert metric(desk, ours) == sum(language[theirs] for language in languages), ours


def test_the_oldest_github_usage_loads_with_its_sums(pile: Pile) -> None:
    name = "github_copilot/organization_usage_response_sample.json"
    days = document(name)
    desk = of(pile, name, "github_legacy_usage")
    assert stored(desk, "messages") == sum(day["total_chat_turns"] for day in days)
    suggested = sum(day["total_suggestions_count"] for day in days)
    assert metric(desk, "code_generations") == suggested


@pytest.mark.parametrize(
    ("name", "lines", "advice"),
    [
        ("organization_seats_response_sample.json", 9, "seats template"),
        ("enterprise_seats_response_sample.json", 8, "seats template"),
        ("seat-activity-report.SYNTHETIC.csv", 3, "seats template"),
        ("user-teams-1-day.example.ndjson", 3, "github_login"),
    ],
)
def test_what_holds_no_use_is_refused_with_advice(
    pile: Pile, name: str, lines: int, advice: str
) -> None:
    report = pile.reports[f"github_copilot/{name}"]
    assert report.refused is not None
    assert f"{lines} lines: {lines} set aside" in report.refused["found"]
    assert advice in report.refused["next_step"]
    assert not pile.loads(f"github_copilot/{name}")


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_the_microsoft_365_copilot_report_loads_one_row_a_user(pile: Pile, version: str) -> None:
    name = f"m365_copilot/copilot_usage_user_detail_{version}.SYNTHETIC.csv"
    rows = cells(name)
    desk = of(pile, name, "m365_copilot_usage")
    assert len(desk.table("usage")) == len(rows)
    used = sum(bool(row["Last Activity Date"]) for row in rows)
    assert metric(desk, "active_periods") == used
    prompts = total(row.get("Prompts submitted for all apps") for row in rows)
    assert stored(desk, "messages") == prompts
    assert desk.table("usage")["input_tokens"].null_count() == len(rows)


def test_a_viva_person_query_keeps_the_actions_per_app_and_nothing_else(pile: Pile) -> None:
    name = "m365_copilot/viva_person_query_pq_data.csv"
    rows = cells(name)
    desk = of(pile, name, "viva_person_query")
    usage = desk.table("usage")
    assert usage["lines"].sum() == len(rows)
    assert set(usage["actor_type"]) == {"unknown"}
    for ours, theirs in (
        ("word_actions", "Copilot_actions_taken_in_Word"),
        ("teams_actions", "Copilot_actions_taken_in_Teams"),
        ("chat_work_actions", "Copilot_actions_taken_in_Copilot_chat_(work)"),
        ("active_days", "Total_Copilot_active_days"),
    ):
        assert metric(desk, ours) == total(row[theirs] for row in rows), ours
    assert usage["attrs"].null_count() == len(usage)
