"""Cloud bills, logs and user lists, loaded each into a store of its own, against their own sums."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support import Desk

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder shared/samples is not beside the project"
)
GOLDEN = Path(__file__).parents[1] / "golden"
PARTS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")


def cells(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as the file has them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def documents(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file that holds one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def stored(desk: Desk, column: str) -> Decimal:
    """Return the sum of one column of the stored usage."""
    return Decimal(desk.table("usage")[column].sum() or 0)


def load(tmp_path: Path, path: Path, **options: object) -> Desk:
    """Load one file into an empty store."""
    desk = Desk(tmp_path)
    desk.load(path, **options)
    return desk


@needs_samples
def test_an_aws_bill_counts_its_thousands_of_tokens(tmp_path: Path) -> None:
    path = SAMPLES / "aws_bedrock" / "cur2_bedrock.SYNTHETIC.csv"
    rows = cells(path)
    desk = load(tmp_path, path)
    for column, word in zip(PARTS, ("-input-tokens", "-read-", "-write-", "-output-"), strict=True):
        of_part = [row for row in rows if word in row["line_item_usage_type"]]
        thousands = sum((Decimal(row["line_item_usage_amount"]) for row in of_part), Decimal(0))
        assert stored(desk, column) == round(thousands * 1000)
    cost = sum((Decimal(row["line_item_unblended_cost"]) for row in rows), Decimal(0))
    assert stored(desk, "net_cost_usd") == cost
    assert "alice" not in str(desk.table("usage").rows())


@needs_samples
def test_a_bedrock_log_counts_the_tokens_it_names(tmp_path: Path) -> None:
    path = SAMPLES / "aws_bedrock" / "model_invocation_log.SYNTHETIC.jsonl"
    (request,) = documents(path)
    desk = load(tmp_path, path)
    assert stored(desk, "input_tokens") == request["input"]["inputTokenCount"]
    assert stored(desk, "output_tokens") == request["output"]["outputTokenCount"]
    assert stored(desk, "requests") == 1


def test_no_prompt_of_a_log_is_stored_nor_kept_with_the_lines_left_out(tmp_path: Path) -> None:
    path = GOLDEN / "aws_bedrock_log" / "input.ndjson"
    assert b"secret" in path.read_bytes()
    desk = Desk(tmp_path)
    stage = desk.stage(path)
    (report,) = stage.files
    assert (report.rows_taken, report.rows_rejected) == (4, 1)
    assert any("input.inputBodyJson.messages" in note for note in report.notes)
    stage_left = str(stage.left_out().rows())
    desk.load(path)
    everything = str(desk.table("usage").rows()) + stage_left
    assert "secret" not in everything
    assert "bo@acme" not in everything


@needs_samples
def test_an_azure_bill_counts_its_thousands_of_tokens(tmp_path: Path) -> None:
    path = SAMPLES / "azure" / "azure_openai_rows.SYNTHETIC.csv"
    rows = cells(path)
    desk = load(tmp_path, path)
    for column, word in (("input_tokens", " Inp "), ("output_tokens", " Outp ")):
        of_part = [row for row in rows if word in row["MeterName"]]
        assert stored(desk, column) == 1000 * sum(int(row["Quantity"]) for row in of_part)
    assert stored(desk, "net_cost_usd") == sum(Decimal(row["Cost"]) for row in rows)


@needs_samples
@pytest.mark.parametrize(("said", "day"), [(None, "2026-08-07"), ("dmy", "2026-07-08")])
def test_azure_writes_the_month_first_unless_someone_says_otherwise(
    tmp_path: Path, said: str | None, day: str
) -> None:
    path = SAMPLES / "azure" / "azure_openai_rows.SYNTHETIC.csv"
    desk = load(tmp_path, path, dates=said)
    assert {str(found) for found in desk.table("usage")["day"]} == {day}


@needs_samples
def test_a_google_bill_is_net_of_its_credits(tmp_path: Path) -> None:
    path = SAMPLES / "gcp" / "billing_export_flat.SYNTHETIC.csv"
    rows = cells(path)
    desk = load(tmp_path, path)
    for column, word in (("input_tokens", " Input "), ("output_tokens", " Output ")):
        of_part = [row for row in rows if word in row["sku.description"]]
        assert stored(desk, column) == sum(int(row["usage.amount"]) for row in of_part)
    gross = sum(Decimal(row["cost"]) for row in rows)
    credited = [credit["amount"] for row in rows for credit in json.loads(row["credits"])]
    assert stored(desk, "gross_cost_usd") == gross
    assert stored(desk, "net_cost_usd") == gross + sum(map(Decimal, map(str, credited)))


def test_a_google_bill_says_the_same_as_json_and_as_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVERAGE_KEY", "one key for both stores")
    path = GOLDEN / "gcp_billing" / "input_rows.json"
    parquet = tmp_path / "rows.parquet"
    with duckdb.connect() as con:
        con.read_json(str(path)).write_parquet(str(parquet))
    ours, theirs = (
        load(tmp_path / file.suffix, file).table("usage").drop("load_id").rows()
        for file in (path, parquet)
    )
    assert ours == theirs
    assert len(ours) == 1, "two hours of a day are one row"


@needs_samples
def test_deepseek_hours_become_utc_days_with_every_token(tmp_path: Path) -> None:
    path = SAMPLES / "deepseek" / "amount.SYNTHETIC.csv"
    rows = cells(path)
    desk = load(tmp_path, path)
    for column, kind in (
        ("input_tokens", "input_cache_miss_tokens"),
        ("cache_read_tokens", "input_cache_hit_tokens"),
        ("output_tokens", "output_tokens"),
        ("requests", "request_count"),
    ):
        assert stored(desk, column) == sum(int(r["amount"]) for r in rows if r["type"] == kind)
    (row,) = desk.table("usage").rows(named=True)
    assert str(row["day"]) == "2026-09-22"
