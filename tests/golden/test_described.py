"""Files that no export fits, read as people described them, against rows worked out by hand.

Each folder of `described` holds a mapping, a file as somebody could have made it, what each line
must become (`expected.csv`, in the form of the exports beside), and the lines that are refused.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from leverage.errors import FileRefused
from leverage.intake import described
from leverage.intake.described import Described
from leverage.intake.kinds import Kind
from tests.golden.mapped import KEY, Row, map_file
from tests.golden.test_exports import READERS, beside, comparable, types

HERE = Path(__file__).parent / "described"
INPUTS = sorted(HERE.glob("*/input.*"))


def mapping(case: str) -> Described:
    """Return the mapping of one folder."""
    return described.parse(described.read(HERE / case / "mapping.yaml"))


def expected_rows(path: Path) -> tuple[list[Row], dict[int, str]]:
    """Return the rows an input must become, and the reason of each line to be set aside."""
    dtypes = types("usage")
    rows: list[Row] = []
    aside = {}
    for cells in beside(path, "expected"):
        reason = cells.pop("set_aside")
        line = int(cells.pop("line"))
        if reason:
            aside[line] = reason
            continue
        row: Row = {"line": line}
        for name, cell in cells.items():
            if cell:
                read = json.loads if name == "attrs" else READERS[dtypes[name]]
                row[name] = read(cell)
        if row["actor_type"] == "person":
            row["actor"] = KEY.pseudonym(row["actor"])
        rows.append(row)
    return rows, aside


def by_name(kind: Described) -> Mapping[str, Kind]:
    """Return the kind a mapping makes as a load is told it."""
    return {kind.kind.name: kind.kind}


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name)
def test_a_described_file_maps_to_the_rows_worked_out_by_hand(path: Path) -> None:
    expected, aside = expected_rows(path)
    faults = {int(row["line"]): row["column"] for row in beside(path, "rejected")}
    told = mapping(path.parent.name)
    rows, done = map_file(path, told.kind.name, described=by_name(told))
    assert [comparable(row) for row in rows] == expected
    left_out = {left.line: left for left in done.left_out}
    assert left_out.keys() == aside.keys() | faults.keys()
    assert {line: left_out[line].reason for line in aside} == aside
    for line, column in faults.items():
        assert left_out[line].reason.startswith(f"{column} holds ")
    assert done.rows_in == done.rows_taken + len(left_out)


def test_what_is_left_out_is_not_read_and_what_is_not_named_is_kept() -> None:
    told = mapping("house_gateway")
    path = HERE / "house_gateway" / "input.csv"
    rows, done = map_file(path, told.kind.name, described=by_name(told))
    assert done.unread_columns == ["Bemerkung"]
    assert done.unknown_columns == ["Abteilung", "model"]
    assert "secret" not in str(rows)


def test_addresses_in_a_column_nobody_named_are_dropped() -> None:
    told = mapping("nested")
    path = HERE / "nested" / "input.json"
    rows, done = map_file(path, told.kind.name, described=by_name(told))
    assert "caller.mail" in done.dropped_columns
    assert "ada@" not in str(rows)


def refused(case: str, text: str, tmp_path: Path, suffix: str = "csv") -> FileRefused:
    """Return how a file is refused under the mapping of a folder."""
    path = tmp_path / f"input.{suffix}"
    path.write_text(text, encoding="utf-8")
    told = mapping(case)
    with pytest.raises(FileRefused) as caught:
        map_file(path, told.kind.name, described=by_name(told))
    return caught.value


GATEWAY = "Datum;Nutzer;Anbieter;Modell;Eingabe (Tsd.);Ausgabe (Tsd.);Anfragen;Kosten\n"


def test_a_column_of_addresses_cannot_pass_for_anything_but_a_person(tmp_path: Path) -> None:
    error = refused(
        "house_gateway", f"{GATEWAY}01.06.2026;;openai;ada@acme.example;1;1;1;1\n", tmp_path
    )
    assert error.title == "Column Modell holds addresses of people"
    assert "takes it for model" in error.found
    assert "ada@" not in str(error)


def test_a_decimal_point_under_a_mapping_of_commas_is_refused(tmp_path: Path) -> None:
    error = refused("house_gateway", f"{GATEWAY}01.06.2026;;openai;gpt-5;1;1;1;12.50\n", tmp_path)
    assert error.title == "This file writes numbers with a decimal point"
    assert "Column Kosten holds “12.50” in line 2" in error.found


def test_a_number_too_large_for_any_count_rejects_its_line(tmp_path: Path) -> None:
    path = tmp_path / "input.csv"
    path.write_text(
        f"{GATEWAY}01.06.2026;;openai;gpt-5;{'9' * 25};1;1;1\n01.06.2026;;openai;gpt-5;1;1;1;1\n",
        encoding="utf-8",
    )
    told = mapping("house_gateway")
    _, done = map_file(path, told.kind.name, described=by_name(told))
    assert (done.rows_in, done.rows_taken) == (2, 1)
    assert done.left_out[0].reason.startswith("Eingabe (Tsd.) holds ")


def test_an_export_of_ours_is_never_taken_by_a_mapping() -> None:
    told = described.parse(
        {
            "name": "All of it",
            "columns": {
                "date": "day",
                "user_id": "person",
                "prompt_tokens": {"field": "total_input_tokens", "unit": "tokens"},
            },
            "fixed": {"vendor": "OpenAI"},
        }
    )
    path = Path(__file__).parent / "litellm_daily" / "input.csv"
    _, done = map_file(path, "litellm_daily", described=by_name(told))
    assert done.kind.name == "litellm_daily"
