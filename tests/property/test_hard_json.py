"""Hard JSON and NDJSON files of every kind, read, recognised, mapped and checked in memory.

Keys in another order, keys nobody knows, objects inside them; numbers told as texts; nothing said
as null and in ten words; instants in other zones; one line or many, indented or not; what is no
record between records.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.golden.test_exports import INPUTS
from tests.property import hard
from tests.property.conftest import CASES

FILES = [path for path in INPUTS if path.suffix != ".csv"]
ROUNDS = 2
UNITS = 40
DONE: dict[tuple[Path, int], int] = {}


@pytest.mark.parametrize("number", range(ROUNDS))
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_record_of_a_hard_json_file_becomes_what_was_worked_out_for_it(
    path: Path, number: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    cases = hard.check(hard.hard_file(path, number, UNITS), tmp_path)
    DONE[path, number] = cases
    record_property(CASES, cases)


def test_the_hard_json_files_hold_at_least_three_and_a_half_thousand_cases() -> None:
    if len(DONE) < len(FILES) * ROUNDS:
        pytest.skip("only a part of the files was tried in this run")
    assert sum(DONE.values()) >= 3_500
