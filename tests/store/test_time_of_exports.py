"""Which days an export stands for, where its rows do not say it one by one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leverage.store import changes
from tests.support import Desk

SPEND = (
    "email,account_uuid,product,model,model_family,total_requests,total_prompt_tokens,"
    "total_completion_tokens,total_net_spend_usd,total_gross_spend_usd\n"
    "ana@acme.example,a-1,Chat,claude-sonnet-5,sonnet,2,100,10,0.5,0.5\n"
)
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


def covered(desk: Desk) -> list[tuple[str, str]]:
    """Return the first and last day of every span that the loads of a store cover."""
    spans = (span for row in changes.in_effect(desk.store) for span in row["spans"])
    return sorted((str(span.first), str(span.last)) for span in spans)


def periods(desk: Desk) -> set[tuple[Any, ...]]:
    """Return the day and the period of the stored rows."""
    return set(desk.table("usage").select("day", "period_start", "period_end").rows())


def enterprise_usage(starting_at: str | None) -> str:
    """Return a page of the Claude Enterprise user usage report with one row."""
    row = {
        "actor": {"user_id": "user_ana", "email_address": "ana@acme.example", "deleted": False},
        "starting_at": starting_at,
        "uncached_input_tokens": 7,
        "cache_read_input_tokens": 0,
        "output_tokens": 1,
        "total_tokens": 8,
        "product": None,
    }
    return json.dumps({"data": [row], "has_more": False, "organization_id": "org_acme"}, indent=1)


def test_the_period_in_a_files_name_is_that_of_its_rows(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(desk.file(SPEND, "spend-report-0-2026-09-01-to-2026-09-30.csv"))
    assert periods(desk) == {(SEPTEMBER[0], *SEPTEMBER)}
    assert covered(desk) == [("2026-09-01", "2026-09-30")]


def test_a_period_that_is_said_wins_over_the_one_in_the_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    path = desk.file(SPEND, "spend-report-0-2026-08-01-to-2026-08-31.csv")
    desk.load(path, period=SEPTEMBER)
    assert periods(desk) == {(SEPTEMBER[0], *SEPTEMBER)}


def test_a_file_that_says_its_period_nowhere_is_refused_in_words(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (report,) = desk.stage(desk.file(SPEND, "spend.csv")).files
    assert report.refused is not None
    assert "does not say which time it covers" in report.refused["title"]
    assert "--period" in report.refused["next_step"]


def test_rows_without_buckets_stand_for_the_period_that_is_said(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(desk.file(enterprise_usage(None), "usage.json"), period=SEPTEMBER)
    assert periods(desk) == {(SEPTEMBER[0], *SEPTEMBER)}


def test_rows_with_buckets_keep_their_day_whatever_is_said(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = enterprise_usage("2026-09-07T00:00:00Z")
    desk.load(desk.file(text, "usage.json"), period=SEPTEMBER)
    assert periods(desk) == {(date(2026, 9, 7), None, None)}
    assert covered(desk) == [("2026-09-01", "2026-09-30")]


def test_a_row_that_no_one_gives_a_time_is_rejected(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (report,) = desk.stage(desk.file(enterprise_usage(None), "usage.json")).files
    assert report.reasons == {"rejected: no date": 1}


@pytest.mark.parametrize("last", ["2026-09-05T00:00:00Z", "2026-09-05T23:00:00+00:00"])
def test_buckets_without_results_are_days_without_use_however_they_write_time(
    tmp_path: Path, last: str
) -> None:
    result = {
        "uncached_input_tokens": 5,
        "cache_read_input_tokens": 0,
        "output_tokens": 1,
        "workspace_id": None,
    }
    buckets = [
        {"starting_at": "2026-09-01T00:00:00Z", "ending_at": None, "results": []},
        {"starting_at": "2026-09-03T00:00:00Z", "ending_at": None, "results": [result]},
        {"starting_at": last, "ending_at": None, "results": []},
    ]
    desk = Desk(tmp_path)
    desk.load(desk.file(json.dumps({"data": buckets, "has_more": False}, indent=1), "page.json"))
    assert covered(desk) == [("2026-09-01", "2026-09-05")]


def test_exports_of_two_endpoints_do_not_replace_each_other(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for endpoint, unit in (("embeddings", "input_tokens"), ("moderations", "input_tokens")):
        result = {
            "object": f"organization.usage.{endpoint}.result",
            unit: 10,
            "num_model_requests": 3,
            "project_id": None,
        }
        bucket = {"object": "bucket", "start_time": 1788220800, "results": [result]}
        desk.load(desk.file(json.dumps({"object": "page", "data": [bucket]}, indent=1)))
    usage = desk.table("usage")
    assert set(usage["kind"]) == {"openai_embeddings", "openai_moderations"}
    assert usage["requests"].sum() == 6
