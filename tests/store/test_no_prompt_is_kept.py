"""What people wrote to a model stays out of the store and out of the lines that were left out."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leverage.store.stage import Stage
from tests.support import Desk

PROMPT = "the plan to buy Initech"

LITELLM: list[dict[str, Any]] = [
    {
        "request_id": f"r-{number}",
        "spend": 0.5,
        "startTime": "2026-09-15T08:00:00Z",
        "model": "gpt-5",
        "model_group": "gpt-5",
        "user": "a@example.com",
        "prompt_tokens": tokens,
        "completion_tokens": 1,
        "messages": [{"role": "user", "content": PROMPT}],
        "response": {"choices": [{"message": {"content": PROMPT}}]},
        "proxy_server_request": {"body": {"messages": PROMPT}},
        "metadata": {"notes": {"prompt": PROMPT}, "usage_object": {"prompt_tokens": 1}},
        "request_tags": ["support"],
        "somewhere_new": PROMPT,
    }
    for number, tokens in enumerate((10, "many"))
]
LANGFUSE: list[dict[str, Any]] = [
    {
        "id": kind,
        "trace_id": "t",
        "type": kind,
        "start_time": "2026-09-15 08:00:00.000000",
        "provided_model_name": "gpt-5",
        "usage_details": {"input": tokens},
        "total_cost": 0,
        "input": PROMPT,
        "output": {"answer": PROMPT},
        "metadata": {"question": PROMPT},
        "status_message": PROMPT,
        "somewhere_new": PROMPT,
    }
    for kind, tokens in (("GENERATION", 5), ("SPAN", 0))
]


@pytest.mark.parametrize("records", [LITELLM, LANGFUSE], ids=["litellm", "langfuse"])
def test_a_prompt_is_neither_stored_nor_kept_with_what_was_left_out(
    tmp_path: Path, records: list[dict[str, Any]]
) -> None:
    desk = Desk(tmp_path)
    text = "\n".join(map(json.dumps, records)) + "\n"
    stage: Stage = desk.stage(text)
    (report,) = stage.files
    assert report.refused is None
    assert (report.rows_in, report.rows_taken) == (2, 1)
    for path in stage.folder.glob("*.parquet"):
        assert PROMPT not in str(pl.read_parquet(path).to_dicts()), path.name
    assert PROMPT not in json.dumps(report.notes + list(report.reasons))
    desk.load(text)
    assert PROMPT not in str(desk.table("usage").to_dicts())
