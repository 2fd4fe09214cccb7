"""Exports that spell their columns otherwise than their mapping does."""

import csv
import json
from pathlib import Path

import duckdb
import pytest

from leverage.errors import FileRefused
from leverage.intake.kinds import kinds, recognise
from tests.golden.mapped import map_file
from tests.golden.test_exports import HERE, MARKS, comparable, expected_rows
from tests.support import Desk

AWS = HERE / "aws_cur2"
LEGACY = AWS / "input_legacy.csv"


def header(path: Path) -> list[str]:
    """Return the header of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


FORMS = {
    "SpanAttributes.gen_ai.request.model,SpanAttributes.gen_ai.usage.input_tokens,Timestamp,"
    "ResourceAttributes.service.name,StatusCode": "gpt-5,9,2026-09-03 08:00:00.123,faq,Error",
    "gen_ai.request.model,gen_ai.usage.input_tokens,startTime,resource.service.name,"
    "status.code": "gpt-5,9,2026-09-03T08:00:00Z,faq,OK",
    "attributes.gen_ai.request.model,gen_ai.usage.input_tokens,start_time,ServiceName,"
    "gen_ai.prompt": "gpt-5,9,2026-09-03T08:00:00Z,faq,a secret question",
}


@pytest.mark.parametrize("names", FORMS)
def test_attributes_of_a_span_are_found_as_columns_of_other_names(
    names: str, tmp_path: Path
) -> None:
    path = tmp_path / "spans.csv"
    path.write_text(f"{names}\n{FORMS[names]}\n", encoding="utf-8")
    (row,), done = map_file(path, "otel_genai_spans")
    assert (row["model"], row["input_tokens"]) == ("gpt-5", 9)
    assert (row["actor"], row["actor_type"], row["workspace"]) == ("faq", "service", "faq")
    assert row["failed_requests"] == names.endswith("StatusCode")
    assert done.unknown_columns == []
    assert "attrs" not in row


def test_spans_whose_attributes_are_nested_objects_are_found(tmp_path: Path) -> None:
    path = tmp_path / "spans.ndjson"
    span = {
        "timestamp": "2026-09-03T08:00:00Z",
        "gen_ai": {"request": {"model": "gpt-5"}, "usage": {"input_tokens": 9}},
        "service": {"name": "faq"},
    }
    path.write_text(f"{json.dumps(span)}\n{json.dumps(span)}\n", encoding="utf-8")
    rows, _ = map_file(path, "otel_genai_spans")
    assert [(row["model"], row["input_tokens"], row["actor"]) for row in rows] == [
        ("gpt-5", 9, "faq")
    ] * 2


def test_no_attribute_of_a_service_but_its_name_is_kept() -> None:
    rows, done = map_file(HERE / "otel_genai_otlp" / "input.json", "otel_genai_otlp")
    assert {row.get("workspace") for row in rows} == {None, "helpdesk", "search"}
    assert done.unknown_columns == []
    assert not any("cy" in str(cell) for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("lineItem/UsageStartDate", "line_item_usage_start_date"),
        ("bill/PayerAccountId", "bill_payer_account_id"),
        ("pricing/publicOnDemandCost", "pricing_public_on_demand_cost"),
        ("savingsPlan/SavingsPlanARN", "savings_plan_savings_plan_a_r_n"),
        ("product/sku", "product_sku"),
        ("product/ProductName", "product.product_name"),
        ("resourceTags/user:CostCenter", "resource_tags.user_cost_center"),
        ("resource_tags_user_cost_center", "resource_tags.user_cost_center"),
        ("discount_total_discount", "discount_total_discount"),
        ("resource_tags", "resource_tags"),
        ("LINE_ITEM_USAGE_TYPE", "LINE_ITEM_USAGE_TYPE"),
    ],
)
def test_a_column_of_the_older_report_is_known_by_the_name_it_has_now(name: str, ours: str) -> None:
    assert kinds()["aws_cur2"].ours(name) == ours


def test_the_older_report_in_parquet_maps_as_its_csv_does(tmp_path: Path) -> None:
    path = tmp_path / "acme-00001.snappy.parquet"
    with duckdb.connect() as con:
        rows = con.read_csv(str(AWS / "input_athena.csv"), all_varchar=True)
        # Of its six lines the last holds an amount that a parquet file could not.
        rows = rows.filter("line_item_unblended_cost <> 'some'")
        typed = {
            "line_item_usage_start_date": "timestamp",
            "line_item_usage_end_date": "timestamp",
            "line_item_usage_amount": "double",
            "line_item_unblended_cost": "double",
            "pricing_public_on_demand_cost": "double",
        }
        columns = [
            f'cast("{name}" as {typed.get(name, "varchar")}) as "{name}"' for name in rows.columns
        ]
        rows.select(", ".join(columns)).write_parquet(str(path), compression="snappy")
    found, _ = map_file(path, "aws_cur2", marks=MARKS["aws_cur2/input_athena.csv"])
    expected, _ = expected_rows(AWS / "input_athena.csv")
    # A parquet file has no header, so that its records count from 1.
    assert [comparable(row) for row in found] == [
        {**row, "line": row["line"] - 1} for row in expected
    ]


def test_the_older_report_shows_its_columns_and_what_can_be_marked(tmp_path: Path) -> None:
    (file,) = Desk(tmp_path).stage(LEGACY).files
    assert file.refused is None
    assert file.marks["service"] == ["1a2b3c", "AmazonBedrock", "AmazonEC2", "AmazonSageMaker"]
    assert file.marks["account"] == ["100", "111", "222"]
    assert file.columns is not None
    assert "lineItem/UsageStartDate" in file.columns
    assert not any("Columns kept" in note for note in file.notes)


def test_what_is_spelled_as_the_mapping_has_it_holds_and_the_other_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    path.write_text(
        "line_item_product_code,lineItem/UsageType,line_item_usage_type,line_item_unblended_cost,"
        "line_item_usage_start_date,product,product/ProductName\n"
        'AmazonBedrock,old,EUC1-NovaPro-input-tokens,1,2026-05-04,{},"Amazon Bedrock"\n',
        encoding="utf-8",
    )
    (row,), done = map_file(path, "aws_cur2")
    assert row["model_name"] == "NovaPro"
    assert done.unknown_columns == ["lineItem/UsageType", "product/ProductName"]
    assert comparable(row)["attrs"] == {
        "lineItem/UsageType": "old",
        "product/ProductName": "Amazon Bedrock",
    }


def test_a_tag_that_names_the_principal_is_left_out_of_the_tags(tmp_path: Path) -> None:
    path = tmp_path / "named.csv"
    path.write_text(
        "lineItem/ProductCode,lineItem/UsageType,lineItem/UnblendedCost,lineItem/UsageStartDate,"
        "resourceTags/iamPrincipal/userName,resourceTags/user:app\n"
        "AmazonBedrock,EUC1-NovaPro-input-tokens,1,2026-05-04,ana,faq\n",
        encoding="utf-8",
    )
    (row,), _ = map_file(path, "aws_cur2")
    assert row["tags"] == 'AmazonBedrock, {"user_app":"faq"}'


def test_a_header_of_the_older_report_that_lacks_its_cost_is_told_what_it_lacks() -> None:
    names = [name for name in header(LEGACY) if name != "lineItem/UnblendedCost"]
    with pytest.raises(FileRefused) as refused:
        recognise(names, None)
    assert "AWS cost and usage report, which also needs line_item_unblended_cost" in str(
        refused.value.parts()
    )
