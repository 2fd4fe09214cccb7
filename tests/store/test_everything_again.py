"""A golden export of every kind in one store: again, in another order, and corrected later."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from leverage.store import Stage, changes
from tests.golden.test_exports import INPUTS, marks_of
from tests.property import hard
from tests.support import Desk

# One of each kind, the first; what differs between those of a kind is how they are read.
FILES = [*{path.parent.name: path for path in reversed(INPUTS)}.values()][::-1]
FACTS = ("usage", "people", "headcount", "seats", "outcomes")
MARTS = ("cube_month", "user_month", "cost_day")
SUMMED = [
    name
    for name in hard.TOTALS
    # What is not in every file is looked up in a price list, or stands for the line itself.
    if name not in ("list_cost_usd", "estimated_cost_usd", "requests")
]


def staged(desk: Desk, paths: list[Path]) -> Stage:
    """Stage files in one call, with what must be marked as AI use before."""
    changes.decide(desk.store, marks_of("Acme"), "tester")
    return desk.stage(*paths, account="main")


def stored(desk: Desk, stage: Stage) -> list[changes.Loaded]:
    """Store a stage, of which nothing is refused."""
    done = changes.load(desk.store, stage, "tester")
    assert [each.refused for each in done if each.refused] == []
    return done


def content(desk: Desk, *tables: str) -> dict[str, list[str]]:
    """Return the rows of the tables as text, sorted, without what names their load."""
    return {
        name: sorted(map(str, desk.table(name).select(pl.exclude("load_id")).rows()))
        for name in tables
    }


def amounts(desk: Desk) -> dict[str, list[Decimal]]:
    """Return the sums of the usage of each kind, 0 where it reports nothing."""
    sums = desk.table("usage").group_by("kind").agg(pl.col(SUMMED).sum())
    return {kind: [Decimal(str(cell or 0)) for cell in row] for kind, *row in sums.iter_rows()}


def doubled(path: Path) -> bytes | None:
    """Return a golden CSV with all amounts doubled, None where they cannot all be told."""
    kind, golden, types = hard.kind_of(path), hard.fates_of(path), hard.types_of(hard.kind_of(path))
    out = io.StringIO()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        csv.writer(out).writerow(header)
        for cells in reader:
            told = [
                hard.Cell(name, text, types.get(name.lower(), ""))
                for name, text in zip(header, cells, strict=True)
            ]
            is_told = not any(text.startswith(("[", "{")) for text in cells)
            unit = hard.Unit(told, [golden[reader.line_num]], kind, is_told)
            unit.multiply(2)
            if unit.is_taken and unit.fates == [golden[reader.line_num]]:
                return None
            csv.writer(out).writerow([cell.text for cell in unit.cells])
    return out.getvalue().encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk whose store is to hold a golden export of every kind."""
    return Desk(tmp_path_factory.mktemp("everything"))


@pytest.fixture(scope="module", autouse=True)
def first(desk: Desk) -> Stage:
    """Return the stage of a golden export of every kind, which is stored."""
    stage = staged(desk, FILES)
    stored(desk, stage)
    return stage


def test_loading_everything_a_second_time_changes_nothing(desk: Desk) -> None:
    newest, before = desk.store.newest(), content(desk, *FACTS, *MARTS)
    assert newest > 60
    done = stored(desk, staged(desk, FILES))
    assert [each.number for each in done if each.number is not None and each.number > newest] == []
    assert desk.store.newest() == newest
    assert content(desk, *FACTS, *MARTS) == before


def test_the_order_of_files_that_do_not_overlap_does_not_matter(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path)
    (tmp_path / "leverage.key").write_bytes((desk.root / "leverage.key").read_bytes())
    stored(other, staged(other, FILES[::-1]))
    # The marts are left out: of two kinds that tell the same use alike, the later load counts.
    assert content(other, *FACTS) == content(desk, *FACTS)


def test_of_files_that_overlap_the_later_counts(desk: Desk, first: Stage, tmp_path: Path) -> None:
    held = {path: doubled(path) if path.suffix == ".csv" else None for path in FILES}
    untold = {path.parent.name for path, text in held.items() if text is None} | {*hard.WHOLE}
    corrected = []
    for path, text in held.items():
        if text is not None and path.parent.name not in untold:
            corrected.append(tmp_path / path.parent.name / path.name)
            corrected[-1].parent.mkdir(exist_ok=True)
            corrected[-1].write_bytes(text)
    before = amounts(desk)
    stored(desk, staged(desk, corrected))
    after = amounts(desk)
    names = {path.parent.name for path in corrected}
    assert len(names & before.keys()) >= 10
    for kind, sums in before.items():
        for later, cell in zip(after[kind], sums, strict=True):
            # Each row is rounded to six places: doubled before, or after.
            assert abs(later - cell * (2 if kind in names else 1)) < Decimal("0.00005"), kind
    # The first files are no longer in effect on their days, so they count again.
    stored(desk, first)
    assert amounts(desk) == before
