"""Files damaged as a whole, one of every kind: each is refused in words, or its lines add up.

A column that gives the kind away is gone, no line follows the header, no cell can be read, nothing
is in the file, its name says another format, or it ends within its header. A golden input of each
kind is the seed.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from leverage import database
from leverage.errors import FileRefused
from leverage.intake import formats, kinds, mapping, staging
from leverage.intake.kinds import Kind
from tests.golden.test_exports import INPUTS
from tests.support import Desk

SEEDS = {path.parent.name: path for path in reversed(INPUTS)}
"""One golden input of each kind, by its name."""
TYPED = ("count", "number", "money", "day", "time", "epoch", "month")
NONSENSE = "?!"


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection that reads files."""
    with database.workspace() as con:
        mapping.prepare(con)
        yield con


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a store that holds nothing."""
    return Desk(tmp_path_factory.mktemp("whole"))


def recognised(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[Kind, formats.Raw]:
    """Read and recognise a file as a load does; its name is that of its kind."""
    (raw,) = formats.read(con, path, path.name, kinds.is_known_header, kinds.may_repeat)
    kind, raw = staging.recognised(con, raw, None, {})
    return kind, formats.flatten(con, raw, kind.header.get("records"), kind.inherits)


def taken_for(con: duckdb.DuckDBPyConnection, path: Path) -> Kind | FileRefused:
    """Return what a file is taken for, or its refusal."""
    try:
        return recognised(con, path)[0]
    except FileRefused as error:
        return error


def is_said(refused: dict[str, str] | None) -> bool:
    """Tell whether a refusal says what happened and what to do."""
    return refused is not None and bool(refused["title"]) and bool(refused["next_step"])


def documents(path: Path) -> tuple[list[Any], bool]:
    """Return the documents of a JSON file, and whether they lie in lines."""
    text = path.read_text(encoding="utf-8")
    try:
        return [json.loads(text)], False
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line], True


def written(path: Path, change: Callable[[Any], Any]) -> bytes:
    """Return a JSON file with each of its documents changed."""
    found, are_lines = documents(path)
    end = "\n" if are_lines else ""
    return "".join(json.dumps(change(document)) + end for document in found).encode()


def cells(path: Path) -> list[list[str]]:
    """Return the records of a CSV, the header first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def as_csv(rows: list[list[str]]) -> bytes:
    """Return the text of a CSV of these records."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def damaged(desk: Desk, how: str, damage: Callable[[Path, Kind], bytes]) -> list[Path]:
    """Write every seed with a damage, in a folder of its kind: some names tell the period."""
    made = []
    for name, path in SEEDS.items():
        folder = desk.root / how / name
        folder.mkdir(parents=True)
        made.append(folder / path.name)
        made[-1].write_bytes(damage(path, kinds.kinds()[name]))
    return made


# ---- damages -----------------------------------------------------------------------------------


def without(path: Path, kind: Kind, column: str) -> bytes:
    """Return a seed without one column, wherever it stands in JSON."""
    if path.suffix == ".csv":
        header, *rows = cells(path)
        kept = [i for i, name in enumerate(header) if kind.ours(name).lower() != column]
        return as_csv([[row[i] for i in kept] for row in [header, *rows]])

    def less(node: Any, prefix: str = "") -> Any:
        if isinstance(node, list):
            return [less(item, prefix) for item in node]
        if not isinstance(node, dict):
            return node
        return {
            key: less(value, f"{prefix}{key}.".lower())
            for key, value in node.items()
            if column not in (key.lower(), kind.ours(prefix + key).lower())
        }

    return written(path, less)


def header_alone(path: Path, kind: Kind) -> bytes:
    """Return a seed without its records."""
    if path.suffix == ".csv":
        return as_csv(cells(path)[:1])
    steps = [step for step in kind.header.get("records", "").replace("[]", "").split(".") if step]

    def emptied(node: Any, steps: list[str]) -> Any:
        if not isinstance(node, dict) or not steps:
            return {}
        held = node.get(steps[0])
        if len(steps) == 1 or not isinstance(held, list):
            return {**node, steps[0]: []}
        return {**node, steps[0]: [emptied(item, steps[1:]) for item in held]}

    return written(path, lambda node: [] if isinstance(node, list) else emptied(node, steps))


def nonsense(path: Path, kind: Kind) -> bytes:
    """Return a seed with every date and every amount replaced by what is none."""
    types = {name.lower(): dtype for name, dtype in kind.columns.items()}
    if path.suffix == ".csv":
        header, *rows = cells(path)
        is_typed = [types.get(kind.ours(name).lower()) in TYPED for name in header]
        return as_csv(
            [header]
            + [
                [NONSENSE if hit else cell for hit, cell in zip(is_typed, row, strict=False)]
                for row in rows
            ]
        )

    def spoilt(node: Any, name: str = "") -> Any:
        if isinstance(node, list):
            return [spoilt(item, name) for item in node]
        if isinstance(node, dict):
            start = f"{name}." if name else ""
            return {key: spoilt(value, start + key) for key, value in node.items()}
        # Records lie under the names of their lists, which their columns do not have.
        ends = [name.split(".", n)[-1].lower() for n in range(name.count(".") + 1)]
        return NONSENSE if any(types.get(kind.ours(end).lower()) in TYPED for end in ends) else node

    return written(path, spoilt)


def cut_in_its_header(path: Path, _: Kind) -> bytes:
    """Return the first half of a CSV's header, or of the first record of JSON."""
    content = path.read_bytes()
    if path.suffix == ".csv":
        return content[: len(content.splitlines()[0]) // 2]
    return content[: len(json.dumps(documents(path)[0][0])) // 4]


# ---- what becomes of them ----------------------------------------------------------------------

OTHERS = {
    # The dashboard's exports of other things share the columns of time; nothing of them is taken.
    ("openai_cost", "amount_currency"): "openai_activity",
    ("openai_cost", "amount_value"): "openai_activity",
    # A table that is refused whatever else it holds.
    ("devlake_pull_requests", "pr_cycle_time"): "devlake_incident_links",
    ("devlake_pull_requests", "pr_pickup_time"): "devlake_incident_links",
}
"""What a file is taken for that lacks a column its kind is known by."""


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_without_a_column_its_kind_is_known_by_is_not_taken_for_that_kind(
    name: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    kind, seed = kinds.kinds()[name], SEEDS[name]
    path = tmp_path / seed.name
    for column in sorted(kind.signature):
        path.write_bytes(without(seed, kind, column))
        found = taken_for(con, path)
        if isinstance(found, FileRefused):
            assert is_said(found.parts()), column
            assert (name, column) not in OTHERS
        else:
            assert found.name == OTHERS.get((name, column)), column


def test_the_columns_of_time_alone_do_not_make_another_vendors_file_openais(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "amount.csv"
    path.write_bytes(without(SEEDS["deepseek_usage"], kinds.kinds()["deepseek_usage"], "amount"))
    found = taken_for(con, path)
    assert isinstance(found, FileRefused)
    assert "Nearest: DeepSeek usage, which also needs amount" in found.found


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_is_known_by_its_content_under_the_name_of_another_format(
    name: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    seed = SEEDS[name]
    suffix = ".parquet" if seed.suffix == ".csv" else ".csv"
    path = tmp_path / f"{seed.stem}{suffix}"
    path.write_bytes(seed.read_bytes())
    kind, raw = recognised(con, path)
    assert kind.name == name
    if seed.suffix != ".csv" or kind.header.get("repeats"):
        return
    header, *rows = cells(seed)
    fitting = [row for row in rows if len(row) == len(header)]
    pl.DataFrame(fitting, header, orient="row").write_parquet(tmp_path / seed.name)
    kind, packed = recognised(con, tmp_path / seed.name)
    assert (kind.name, packed.format, packed.columns) == (name, "parquet", raw.columns)
    assert packed.records == len(fitting)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf", b"{}", b"[]", b"\0"]
)
@pytest.mark.parametrize("suffix", sorted({path.suffix for path in SEEDS.values()} | {".parquet"}))
def test_a_file_of_nothing_is_refused_in_words_whatever_its_name(
    content: bytes, suffix: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / f"export{suffix}"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        recognised(con, path)
    assert is_said(refused.value.parts())


@pytest.mark.parametrize("damage", [header_alone, cut_in_its_header])
def test_a_file_without_a_record_is_refused_in_words(
    damage: Callable[[Path, Kind], bytes], desk: Desk
) -> None:
    paths = damaged(desk, damage.__name__, damage)
    for path, file in zip(paths, desk.stage(*paths).files, strict=True):
        kind = kinds.kinds()[path.parent.name]
        if kind.period_in_name(path.name) and file.kind == kind.name:
            # It says that there was nothing in that time.
            assert file.refused is None
            assert [span.first.day for span in file.spans] == [1]
            assert file.rows_in == 0
        else:
            assert is_said(file.refused), file
        if path.suffix == ".csv" and damage is header_alone and file.refused:
            assert file.refused["title"] == f"{path.name} has a header and no rows"


def test_a_file_in_which_no_date_and_no_amount_can_be_read_is_refused_with_its_counts(
    desk: Desk,
) -> None:
    paths = damaged(desk, "nonsense", nonsense)
    stage = desk.stage(*paths)
    for path, file in zip(paths, stage.files, strict=True):
        assert file.kind == path.parent.name
        assert is_said(file.refused), file
        assert file.rows_taken == 0
        assert file.rows_in == file.rows_set_aside + file.rows_rejected > 0
        assert sum(file.reasons.values()) == file.rows_in
        if file.refused and file.rows_rejected:
            assert file.refused["title"] == f"No line of {path.name} could be taken"
            assert f"holds “{NONSENSE}”, not " in file.refused["found"]
    left = stage.left_out()
    assert len(left) == sum(file.rows_in for file in stage.files)
    assert all(left["reason"])
