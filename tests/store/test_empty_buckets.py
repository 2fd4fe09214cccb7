"""A page of an API tells days without use by buckets that hold nothing, however it dates them."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.support import Desk


@pytest.mark.parametrize(
    ("stamp", "last"),
    [
        ("2026-06-03T00:00:00Z", date(2026, 6, 3)),
        ("2026-06-03T02:00:00+02:00", date(2026, 6, 3)),
        ("03/Jun/2026", date(2026, 6, 3)),
        ("n/a", date(2026, 6, 1)),
        ("some day", date(2026, 6, 1)),
    ],
)
def test_an_empty_bucket_dated_in_any_way_covers_its_day_or_none(
    stamp: str, last: date, tmp_path: Path
) -> None:
    used = {"currency": "USD", "amount": "100", "workspace_id": "w-1", "description": "Claude"}
    page = {
        "data": [
            {"starting_at": "2026-06-01T00:00:00Z", "ending_at": None, "results": [used]},
            {"starting_at": stamp, "ending_at": None, "results": []},
        ]
    }
    desk = Desk(tmp_path)
    (file,) = desk.stage(desk.file(json.dumps(page), "page.json")).files
    assert (file.refused, file.kind, file.rows_taken) == (None, "anthropic_cost_api", 1)
    assert [(span.first, span.last) for span in file.spans] == [(date(2026, 6, 1), last)]
