"""Hard files of every kind through the loader's own process and into a store.

All files that are to be read alike go in one call, since a process takes a second to start. Files
of one kind that share days are then one replacement, so what the store holds at the end is the sum
of what every line was worked out to be.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leverage.store import changes
from tests.golden.test_exports import INPUTS, marks_of
from tests.property import hard
from tests.support import Desk

ROOT = Path(__file__).parents[2]
NUMBER, LINES = 90, 10
SUMMED = [name for name in hard.TOTALS if name not in ("list_cost_usd", "estimated_cost_usd")]
"""What a load adds nothing to: prices are looked up where an export has none."""
WITHOUT_A_DAY = ("entra_users", "roster")
"""Kinds of which some files do not say from when they hold."""


def loaded(desk: Desk, files: Sequence[Path], *more: str) -> list[dict[str, Any]]:
    """Load files by the command line in a process of its own; return what it says of each."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "leverage", "load", "--json", "--data-root", str(desk.root)),
            *("--company", "Acme", "--by", "tester", *more, "--", *map(str, files)),
        ],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return [event for event in events if event["event"] == "file"]


@pytest.mark.parametrize("dates", [None, "mdy", "dmy"])
def test_the_store_holds_what_every_line_was_worked_out_to_be(
    dates: str | None, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    changes.decide(desk.store, marks_of("Acme"), "tester")
    made = [
        file
        for path in INPUTS
        if path.parent.name not in WITHOUT_A_DAY
        and (file := hard.hard_file(path, NUMBER, LINES)).dates == dates
        and any(fate.what == "taken" for fate in file.fates.values())
    ]
    paths = [
        file.write(tmp_path / "files" / f"{file.kind.name}-{i}") for i, file in enumerate(made)
    ]
    said = loaded(desk, paths, *(["--dates", dates] if dates else []))
    assert len(said) == len(made)
    for file, event in zip(made, said, strict=True):
        fates = [fate.what for fate in file.fates.values()]
        assert event["refused"] is None, (file.story, event["refused"])
        assert event["kind"] == file.kind.name
        assert event["rows_in"] == len(fates)
        assert event["rows_taken"] == fates.count("taken")
        assert event["rows_set_aside"] + event["rows_rejected"] == len(fates) - event["rows_taken"]
    stored = desk.table("usage")
    rows = {name: [r for f in made if f.kind.name == name for r in f.rows] for name in kinds(made)}
    for kind, expected in rows.items():
        of_kind = stored.filter(kind=kind)
        for name in SUMMED:
            held = Decimal(str(of_kind[name].sum())) if of_kind[name].count() else None
            wanted = hard.total(expected, name)
            assert (held is None) == (wanted is None), (kind, name)
            if held is not None and wanted is not None:
                # Every stored row is rounded to six places.
                assert abs(held - wanted) <= len(of_kind) * Decimal("0.0000005"), (kind, name)


def kinds(files: Sequence[hard.HardFile]) -> list[str]:
    """Return the kinds among the files whose rows go to the table of usage."""
    return sorted({file.kind.name for file in files if file.kind.table == "usage"})
