"""Hard CSV files of every kind, read, recognised, mapped and checked in memory.

Columns in another order, more and fewer of them, names in another case; commas, semicolons and
tabs; every line end, also mixed; UTF-8, UTF-16 and Windows-1252; quotes and line breaks in cells;
nothing said in ten ways; thousands separators and dollar signs; instants in other zones, days by
the hour, dates in either order; amounts below zero; totals, blank lines and the header again.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.golden.test_exports import INPUTS
from tests.property import hard
from tests.property.conftest import CASES

FILES = [path for path in INPUTS if path.suffix == ".csv"]
ROUNDS = 2
LINES = 45
DONE: dict[tuple[Path, int], int] = {}


@pytest.mark.parametrize("number", range(ROUNDS))
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_line_of_a_hard_csv_becomes_what_was_worked_out_for_it(
    path: Path, number: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    cases = hard.check(hard.hard_file(path, number, LINES), tmp_path)
    DONE[path, number] = cases
    record_property(CASES, cases)


def test_the_hard_csv_files_hold_at_least_six_and_a_half_thousand_cases() -> None:
    if len(DONE) < len(FILES) * ROUNDS:
        pytest.skip("only a part of the files was tried in this run")
    assert sum(DONE.values()) >= 6_500
