"""Samples of the vendors' own APIs and consoles, each for its own company, against the file."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support import Desk, OfPile, Pile

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder shared/samples is not beside the project"
)
CENTS = 100


def document(name: str) -> dict[str, Any]:
    """Return a sample page as the json module reads it, numbers exact."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    page: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return page


def cells(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as the file has them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def results(name: str) -> list[dict[str, Any]]:
    """Return the results of all buckets of a sample page."""
    return [result for bucket in document(name)["data"] for result in bucket["results"]]


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Pile:
    """Load all samples but those of ChatGPT, which are about one workspace."""
    names = (
        "anthropic_api/usage_report_messages.json",
        "anthropic_api/cost_report.json",
        "anthropic_api/usage_report_claude_code.json",
        "anthropic_api/analytics_user_cost_report.json",
        "openai_api/costs.json",
        "openai_dashboard/completions_usage_empty.SYNTHETIC.csv",
        spend_report(),
    )
    return Pile(Desk(tmp_path_factory.mktemp("a")), {name: SAMPLES / name for name in names})


def spend_report() -> str:
    """Return the name of the one spend report, which says its period."""
    (path,) = (SAMPLES / "claude_enterprise_spend_report").glob("*.csv")
    return path.relative_to(SAMPLES).as_posix()


def stored(desk: OfPile | Desk, column: str, row_kind: str | None = None) -> Decimal:
    """Return the sum of one column of the stored usage, of one kind of row or of all."""
    usage = desk.table("usage")
    if row_kind:
        usage = usage.filter(usage["row_kind"] == row_kind)
    return Decimal(usage[column].sum() or 0)


def measured(desk: OfPile | Desk, key: str) -> Decimal:
    """Return the sum of one metric over the stored usage."""
    every = [metrics for metrics in desk.table("usage")["metrics"] if metrics]
    return total(metrics[key] for metrics in every if key in metrics)


def days(desk: OfPile) -> tuple[date, date]:
    """Return the first and last day that the one load of a file covers."""
    ((span,),) = (row["spans"] for row in desk.loads)
    return date.fromisoformat(str(span.first)), date.fromisoformat(str(span.last))


def total(values: Iterable[Any]) -> Decimal:
    """Return an exact sum of numbers or of texts that are numbers."""
    return sum((Decimal(value) for value in values), Decimal(0))


def test_the_messages_usage_report_loads_with_disjoint_parts(pile: Pile) -> None:
    name = "anthropic_api/usage_report_messages.json"
    found = results(name)
    desk = pile.of(name)
    writes = [count for result in found for count in result["cache_creation"].values()]
    assert stored(desk, "cache_write_tokens") == total(writes)
    for column, theirs in (
        ("input_tokens", "uncached_input_tokens"),
        ("cache_read_tokens", "cache_read_input_tokens"),
        ("output_tokens", "output_tokens"),
    ):
        assert stored(desk, column) == total(result[theirs] for result in found), column
    assert desk.table("usage")["requests"].null_count() == len(found)


def test_the_cost_report_loads_its_cents_as_dollars(pile: Pile) -> None:
    name = "anthropic_api/cost_report.json"
    desk = pile.of(name)
    cents = total(result["amount"] for result in results(name))
    assert stored(desk, "net_cost_usd") == cents / CENTS == Decimal("51.2345")


def test_the_claude_code_report_keeps_activity_and_tokens_apart(pile: Pile) -> None:
    name = "anthropic_api/usage_report_claude_code.json"
    desk = pile.of(name)
    actors = document(name)["data"]
    used = [model for actor in actors for model in actor["model_breakdown"]]
    for column, theirs in (
        ("input_tokens", "input"),
        ("cache_read_tokens", "cache_read"),
        ("cache_write_tokens", "cache_creation"),
        ("output_tokens", "output"),
    ):
        expected = total(model["tokens"][theirs] for model in used)
        assert stored(desk, column) == stored(desk, column, "tokens") == expected
    cents = total(model["estimated_cost"]["amount"] for model in used)
    assert stored(desk, "estimated_cost_usd") == cents / CENTS
    commits = [actor["core_metrics"]["commits_by_claude_code"] for actor in actors]
    assert measured(desk, "commits") == total(commits)
    assert "developer@" not in str(desk.table("usage").rows())


def test_the_openai_cost_page_loads_its_dollars(pile: Pile) -> None:
    name = "openai_api/costs.json"
    desk = pile.of(name)
    dollars = total(result["amount"]["value"] for result in results(name))
    assert stored(desk, "net_cost_usd") == dollars == Decimal("0.06")
    assert set(desk.table("usage")["kind"]) == {"openai_cost_api"}


def test_a_dashboard_export_of_days_without_use_is_recognised_and_says_so(pile: Pile) -> None:
    report = pile.reports["openai_dashboard/completions_usage_empty.SYNTHETIC.csv"]
    assert report.kind == "openai_activity"
    assert report.refused is not None
    assert "Nothing here is use" in report.refused["title"]
    assert "1 set aside: no use in that time" in report.refused["found"]


def test_the_enterprise_cost_report_loads_net_and_list_in_dollars(pile: Pile) -> None:
    name = "anthropic_api/analytics_user_cost_report.json"
    rows = document(name)["data"]
    desk = pile.of(name)
    assert stored(desk, "net_cost_usd") == total(row["amount"] for row in rows) / CENTS
    assert stored(desk, "list_cost_usd") == total(row["list_amount"] for row in rows) / CENTS
    usage = desk.table("usage")
    assert set(usage["kind"]) == {"claude_enterprise_cost"}
    assert set(usage["account"]) == {document(name)["organization_id"]}
    assert "jane" not in str(usage.rows()).lower()


def test_the_spend_report_stands_for_the_period_in_its_name(pile: Pile) -> None:
    rows = cells(SAMPLES / spend_report())
    desk = pile.of(spend_report())
    for column, theirs in (
        ("input_tokens", "total_prompt_tokens"),
        ("output_tokens", "total_completion_tokens"),
        ("requests", "total_requests"),
        ("net_cost_usd", "total_net_spend_usd"),
        ("gross_cost_usd", "total_gross_spend_usd"),
    ):
        assert stored(desk, column) == total(row[theirs] for row in rows), column
    usage = desk.table("usage")
    assert set(usage["period_start"]) == {date(2026, 10, 1)}
    assert set(usage["period_end"]) == {date(2026, 10, 31)}
    assert days(desk) == (date(2026, 10, 1), date(2026, 10, 31))


def test_projects_beside_users_add_no_message(tmp_path: Path) -> None:
    folder = SAMPLES / "chatgpt_enterprise"
    desk = Desk(tmp_path)
    desk.load(folder / "users_monthly.SYNTHETIC.csv")
    desk.load(folder / "projects.SYNTHETIC.csv")
    usage = desk.table("usage")
    members = cells(folder / "users_monthly.SYNTHETIC.csv")
    assert stored(desk, "messages") == total(row["messages"] or 0 for row in members)
    projects = cells(folder / "projects.SYNTHETIC.csv")
    in_projects = total(row["messages_workspace"] for row in projects)
    assert measured(desk, "messages_in_project") == in_projects
    assert len(set(usage["account"])) == 1, "a workspace that is known is not asked for again"
