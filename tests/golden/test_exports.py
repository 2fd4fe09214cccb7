"""Every mapping of queries/exports over invented files, against rows worked out by hand.

`<kind>/input*` holds rows under a documented header; `expected*.csv` beside it holds what each line
must become, worked out from the documentation of the export and never from the mapping. An empty
cell there, and a column that is not there, must be NULL. A line that is set aside states its reason
and nothing else; `rejected*.csv` names the lines that are refused and the column at fault. People
stand there in clear and are hashed before the comparison.
"""

import csv
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from leverage import queries
from leverage.intake.mapping import ALIASES
from leverage.rules import Rule
from tests.golden.mapped import KEY, Row, map_file

HERE = Path(__file__).parent
INPUTS = sorted(HERE.glob("*/input*"))
# What an analyst of the invented company has marked as AI use.
MARKS = {
    "aws_cur2/input.csv": {"service": ["AmazonSageMaker"]},
    "aws_cur2/input_athena.csv": {"service": ["AmazonSageMaker"]},
    "aws_cur2/input_legacy.csv": {"service": ["AmazonSageMaker"]},
    "azure_cost/input.csv": {"service": ["Vector Store"]},
    "focus/input_v12.csv": {"provider": ["Acme AI"]},
    "focus/input_v13.csv": {"account": ["s-marked"]},
    "gcp_billing/input.csv": {"account": ["lab"]},
}
PEOPLE = ("person", "alias", "manager", "github_login", "user_principal_name")
READERS: dict[str, Callable[[str], Any]] = {
    "BIGINT": int,
    "DATE": date.fromisoformat,
    "DECIMAL(18,6)": Decimal,
    "DECIMAL(18,9)": Decimal,
    "MAP(VARCHAR, DOUBLE)": json.loads,
    "VARCHAR": str,
    "VARCHAR[]": json.loads,
}


def marks_of(company: str) -> list[Rule]:
    """Return all that is marked, as rules of a company."""
    marked = {
        (name, value)
        for marks in MARKS.values()
        for name, values in marks.items()
        for value in values
    }
    return [Rule(company, "ai_use", name, value, "ai") for name, value in sorted(marked)]


def beside(path: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of the expected or rejected lines of one input; none where no file says."""
    other = path.with_name(path.name.replace("input", name)).with_suffix(".csv")
    if not other.exists():
        return []
    with other.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def types(table: str) -> dict[str, str]:
    """Return the type of each column of a table."""
    with duckdb.connect() as con:
        rows = con.sql(queries.get("tables", table).sql)
        return dict(zip(rows.columns, map(str, rows.types), strict=True))


def readers(kind: str) -> dict[str, Callable[[str], Any]]:
    """Return what reads a cell of each column of the table that the kind goes to."""
    dtypes = types(queries.get("exports", kind).header["table"])
    known = {name: READERS[dtype] for name, dtype in dtypes.items() if dtype in READERS}
    return known | {"line": int, "attrs": json.loads} | dict.fromkeys(ALIASES, str)


def expected_rows(path: Path) -> tuple[list[Row], dict[int, str]]:
    """Return the rows an input must become, and the reason of each line to be set aside."""
    read = readers(path.parent.name)
    rows, aside = [], {}
    for cells in beside(path, "expected"):
        reason = cells.pop("set_aside", "")
        if reason:
            aside[int(cells["line"])] = reason
            continue
        row = {name: read[name](cell) for name, cell in cells.items() if cell}
        for name in (*PEOPLE, "actor"):
            if name in row and (name != "actor" or row["actor_type"] == "person"):
                row[name] = KEY.pseudonym(row[name])
        rows.append(row)
    return rows, aside


def comparable(row: Row) -> Row:
    """Return a mapped row with its JSON read, and a person found in a key's name hashed."""
    changed = dict(row)
    if "attrs" in row:
        changed["attrs"] = json.loads(row["attrs"])
    if row.get("actor_type") == "person" and not row["actor"].startswith("p:"):
        changed["actor"] = KEY.pseudonym(row["actor"])
    return changed


def test_every_kind_of_export_has_rows_worked_out_by_hand() -> None:
    assert {path.parent.name for path in INPUTS} == set(queries.folder("exports"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_export_maps_to_the_rows_worked_out_by_hand(path: Path) -> None:
    expected, aside = expected_rows(path)
    faults = {int(row["line"]): row["column"] for row in beside(path, "rejected")}
    marks = MARKS.get(path.relative_to(HERE).as_posix())
    rows, done = map_file(path, path.parent.name, marks=marks)
    assert [comparable(row) for row in rows] == expected
    left_out = {left.line: left for left in done.left_out}
    assert left_out.keys() == aside.keys() | faults.keys()
    assert {line: left_out[line].reason for line in aside} == aside
    for line, column in faults.items():
        assert left_out[line].reason.startswith(f"{column} holds ")
