"""Cloud bills, logs and user lists, each for a company of its own, against their own sums."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from leverage.intake import kinds
from leverage.store import changes
from tests.support import Desk, OfPile, Pile, gateway, gateway_row

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder shared/samples is not beside the project"
)
GOLDEN = Path(__file__).parents[1] / "golden"
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
AZURE = "azure/azure_openai_rows.SYNTHETIC.csv"
AZURE_IN_EUROPE = f"in Europe/{AZURE}"
PARTS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")


def cells(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as the file has them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def documents(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file that holds one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Pile:
    """Load the samples that are one file."""
    names = (
        "aws_bedrock/cur2_bedrock.SYNTHETIC.csv",
        "aws_bedrock/model_invocation_log.SYNTHETIC.jsonl",
        AZURE,
        "gcp/billing_export_flat.SYNTHETIC.csv",
        "deepseek/amount.SYNTHETIC.csv",
        "ccusage/daily.json",
        "ccusage/codex_sessions_project-alpha_session-alpha.jsonl",
        "otel_genai/spans.SYNTHETIC.jsonl",
    )
    files = {name: SAMPLES / name for name in names} | {AZURE_IN_EUROPE: SAMPLES / AZURE}
    said = {AZURE_IN_EUROPE: {"dates": "dmy"}}
    return Pile(Desk(tmp_path_factory.mktemp("c")), files, said)


def of(pile: Pile, path: Path) -> OfPile:
    """Return what was stored of one sample."""
    return pile.of(path.relative_to(SAMPLES).as_posix())


def stored(desk: OfPile | Desk, column: str) -> Decimal:
    """Return the sum of one column of the stored usage."""
    return Decimal(desk.table("usage")[column].sum() or 0)


def load(tmp_path: Path, path: Path, **options: object) -> Desk:
    """Load one file into an empty store."""
    desk = Desk(tmp_path)
    desk.load(path, **options)
    return desk


@needs_samples
def test_an_aws_bill_counts_its_thousands_of_tokens(pile: Pile) -> None:
    path = SAMPLES / "aws_bedrock" / "cur2_bedrock.SYNTHETIC.csv"
    rows = cells(path)
    desk = of(pile, path)
    for column, word in zip(PARTS, ("-input-tokens", "-read-", "-write-", "-output-"), strict=True):
        of_part = [row for row in rows if word in row["line_item_usage_type"]]
        thousands = sum((Decimal(row["line_item_usage_amount"]) for row in of_part), Decimal(0))
        assert stored(desk, column) == round(thousands * 1000)
    cost = sum((Decimal(row["line_item_unblended_cost"]) for row in rows), Decimal(0))
    assert stored(desk, "net_cost_usd") == cost
    assert "alice" not in str(desk.table("usage").rows())


@needs_samples
def test_a_bedrock_log_counts_the_tokens_it_names(pile: Pile) -> None:
    path = SAMPLES / "aws_bedrock" / "model_invocation_log.SYNTHETIC.jsonl"
    (request,) = documents(path)
    desk = of(pile, path)
    assert stored(desk, "input_tokens") == request["input"]["inputTokenCount"]
    assert stored(desk, "output_tokens") == request["output"]["outputTokenCount"]
    assert stored(desk, "requests") == 1


def with_prompts() -> list[Path]:
    """Return the golden files of kinds that can hold prompts, all of which hold the word secret."""
    holding = [name for name, kind in kinds.kinds().items() if kind.holds_prompts]
    return sorted(path for name in holding for path in (GOLDEN / name).glob("input*"))


@pytest.fixture(scope="module")
def prompts(tmp_path_factory: pytest.TempPathFactory) -> Pile:
    """Load all golden files that can hold prompts."""
    files = {path.relative_to(GOLDEN).as_posix(): path for path in with_prompts()}
    return Pile(Desk(tmp_path_factory.mktemp("prompts")), files)


@pytest.mark.parametrize("path", with_prompts(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_prompt_is_stored_nor_kept_with_the_lines_left_out(prompts: Pile, path: Path) -> None:
    assert b"secret" in path.read_bytes()
    name = path.relative_to(GOLDEN).as_posix()
    usage = prompts.of(name).table("usage")
    left_out = prompts.left_out.filter(pl.col("file") == name)
    assert len(usage)
    assert len(left_out) == prompts.reports[name].rows_in - prompts.reports[name].rows_taken
    everything = str(usage.rows()) + str(left_out.rows())
    assert "secret" not in everything
    assert "@acme" not in everything
    assert set(left_out["original"]) <= {""}


def test_columns_that_could_hold_prompts_are_named_as_not_read(tmp_path: Path) -> None:
    stage = Desk(tmp_path).stage(GOLDEN / "aws_bedrock_log" / "input.ndjson")
    (report,) = stage.files
    assert (report.rows_taken, report.rows_rejected) == (4, 1)
    (note,) = report.notes
    assert note.startswith("Columns not read, because such a file can hold prompts: ")
    assert note.endswith(": requestMetadata.note")


@needs_samples
def test_an_azure_bill_counts_its_thousands_of_tokens(pile: Pile) -> None:
    path = SAMPLES / AZURE
    rows = cells(path)
    desk = of(pile, path)
    for column, word in (("input_tokens", " Inp "), ("output_tokens", " Outp ")):
        of_part = [row for row in rows if word in row["MeterName"]]
        assert stored(desk, column) == 1000 * sum(int(row["Quantity"]) for row in of_part)
    assert stored(desk, "net_cost_usd") == sum(Decimal(row["Cost"]) for row in rows)


@needs_samples
@pytest.mark.parametrize(
    ("name", "day"), [(AZURE, "2026-08-07"), (AZURE_IN_EUROPE, "2026-07-08")], ids=["None", "dmy"]
)
def test_azure_writes_the_month_first_unless_someone_says_otherwise(
    pile: Pile, name: str, day: str
) -> None:
    assert {str(found) for found in pile.of(name).table("usage")["day"]} == {day}


@needs_samples
def test_a_google_bill_is_net_of_its_credits(pile: Pile) -> None:
    path = SAMPLES / "gcp" / "billing_export_flat.SYNTHETIC.csv"
    rows = cells(path)
    desk = of(pile, path)
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
def test_deepseek_hours_become_utc_days_with_every_token(pile: Pile) -> None:
    path = SAMPLES / "deepseek" / "amount.SYNTHETIC.csv"
    rows = cells(path)
    desk = of(pile, path)
    for column, kind in (
        ("input_tokens", "input_cache_miss_tokens"),
        ("cache_read_tokens", "input_cache_hit_tokens"),
        ("output_tokens", "output_tokens"),
        ("requests", "request_count"),
    ):
        assert stored(desk, column) == sum(int(r["amount"]) for r in rows if r["type"] == kind)
    (row,) = desk.table("usage").rows(named=True)
    assert str(row["day"]) == "2026-09-22"


@needs_samples
def test_a_ccusage_report_loads_with_its_own_totals(pile: Pile) -> None:
    path = SAMPLES / "ccusage" / "daily.json"
    totals = json.loads(path.read_text(encoding="utf-8"))["totals"]
    desk = of(pile, path)
    for column, theirs in (
        ("input_tokens", "inputTokens"),
        ("cache_read_tokens", "cacheReadTokens"),
        ("cache_write_tokens", "cacheCreationTokens"),
        ("output_tokens", "outputTokens"),
    ):
        assert stored(desk, column) == totals[theirs]
    assert stored(desk, "estimated_cost_usd") == Decimal(str(totals["totalCost"]))


@needs_samples
def test_claude_code_sessions_load_with_every_token(tmp_path: Path) -> None:
    paths = sorted((SAMPLES / "ccusage").glob("claude_projects_*.jsonl"))
    lines = [line for path in paths for line in documents(path)]
    desk = Desk(tmp_path)
    desk.load(*paths)
    for column, theirs in (
        ("input_tokens", "input_tokens"),
        ("cache_read_tokens", "cache_read_input_tokens"),
        ("cache_write_tokens", "cache_creation_input_tokens"),
        ("output_tokens", "output_tokens"),
    ):
        assert stored(desk, column) == sum(line["message"]["usage"][theirs] for line in lines)
    cost = sum((Decimal(str(line["costUSD"])) for line in lines), Decimal(0))
    assert stored(desk, "estimated_cost_usd") == cost
    assert stored(desk, "requests") == len(lines)


@needs_samples
def test_a_codex_session_adds_up_to_its_last_running_total(pile: Pile) -> None:
    path = SAMPLES / "ccusage" / "codex_sessions_project-alpha_session-alpha.jsonl"
    last = documents(path)[-1]["payload"]["info"]["total_token_usage"]
    desk = of(pile, path)
    cached = stored(desk, "cache_read_tokens")
    assert cached == last["cached_input_tokens"]
    assert stored(desk, "input_tokens") + cached == last["input_tokens"]
    assert stored(desk, "output_tokens") == last["output_tokens"]
    assert stored(desk, "reasoning_tokens") == last["reasoning_output_tokens"]


@needs_samples
def test_otel_parts_add_up_to_the_inclusive_input(pile: Pile) -> None:
    path = SAMPLES / "otel_genai" / "spans.SYNTHETIC.jsonl"
    (span,) = documents(path)
    desk = of(pile, path)
    inputs = sum(stored(desk, column) for column in PARTS[:3])
    assert inputs == span["attributes"]["gen_ai.usage.input_tokens"]
    assert stored(desk, "output_tokens") == span["attributes"]["gen_ai.usage.output_tokens"]


@needs_samples
def test_a_tree_of_reports_is_refused_and_not_read_in_part(tmp_path: Path) -> None:
    stage = Desk(tmp_path).stage(SAMPLES / "hris" / "entra-org-tree.json", period=SEPTEMBER)
    (report,) = stage.files
    assert report.refused is not None
    assert "a tree of reports, not a list of users" in report.refused["found"]


def test_a_user_list_asks_from_when_it_holds(tmp_path: Path) -> None:
    (report,) = Desk(tmp_path).stage(GOLDEN / "entra_users" / "input.json").files
    assert report.refused is not None
    assert "does not say from when it holds" in report.refused["title"]


def test_use_under_a_sign_in_name_belongs_to_the_person_with_the_address(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(GOLDEN / "entra_users" / "input.json", period=SEPTEMBER)
    desk.load(gateway([gateway_row("2026-09-02", "aruiz@acme.onmicrosoft.example")]))
    (row,) = desk.table("usage").rows(named=True)
    (alias,) = (
        found
        for found in desk.table("identities").rows(named=True)
        if found["alias_kind"] == "user_principal_name"
    )
    assert row["actor"] == alias["alias"]
    assert alias["person"] == desk.store.key.pseudonym("ana@acme.example")
    assert len(changes.in_effect(desk.store)) == 2
