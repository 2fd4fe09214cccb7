"""Damaged files: bytes flipped, cut off, taken out, doubled, and two files run into one.

Such a file is taken, and then its lines add up, or it is refused in words, and then the store is
what it was. It never ends in an error of the program.
"""

import io
import json
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from leverage import uploads
from leverage.store import FileReport
from tests.golden.test_exports import HERE, INPUTS
from tests.property.hard import SEED
from tests.support import Desk, gateway, gateway_row

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
FILES = sorted(
    path
    for path in SAMPLES.rglob("*")
    if path.is_file() and path.suffix not in (".txt", ".md") and path.stat().st_size < 200_000
)
DAMAGES = ("flipped", "cut off", "taken out", "doubled", "foreign bytes", "run into another")
FOREIGN = (
    b"\0",
    b"\xff\xfe",
    b'"',
    b"\r",
    b"\n\n\n",
    b",,,,",
    b"{",
    b"]",
    b"\xe2\x80\xa8",
    b"\x1f",
)


def damaged(rng: random.Random, content: bytes, other: bytes) -> tuple[str, bytes]:
    """Return a damage and the content with it."""
    how = rng.choice(DAMAGES)
    size = len(content)
    start, end = sorted(rng.randrange(size + 1) for _ in range(2))
    if how == "flipped":
        harmed = bytearray(content)
        for _ in range(rng.choice([1, 1, 3, 30])):
            harmed[rng.randrange(size)] ^= 1 << rng.randrange(8)
        return how, bytes(harmed)
    if how == "cut off":
        return how, content[: rng.randrange(size)]
    if how == "taken out":
        return how, content[:start] + content[min(end, start + 200) :]
    if how == "doubled":
        return how, content[:end] + content[start:]
    if how == "foreign bytes":
        return how, content[:start] + rng.choice(FOREIGN) * rng.choice([1, 2, 50]) + content[start:]
    return how, content[:end] + other[rng.randrange(len(other) + 1) :]


def contents(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def harmed_files(desk: Desk, paths: list[Path], seed: str) -> list[Path]:
    """Write a damaged copy of each file, under its own name in a folder that tells the damage."""
    rng = random.Random(f"{SEED} {seed}")
    made = []
    for number, path in enumerate(paths):
        other = rng.choice(paths)
        how, content = damaged(rng, path.read_bytes(), other.read_bytes())
        folder = desk.root / "harmed" / f"{seed}-{number} {path.parent.name} {how}"
        folder.mkdir(parents=True)
        made.append(folder / path.name)
        made[-1].write_bytes(content)
    return made


def is_told(said: FileReport | uploads.FileResult) -> bool:
    """Tell whether a file was refused in words, or its lines add up."""
    if said.refused is not None:
        return bool(said.refused["title"] and (said.refused["found"] or said.refused["next_step"]))
    return said.rows_in == said.rows_taken + said.rows_set_aside + said.rows_rejected


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a store that holds one load."""
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-05-01")]))
    return desk


@pytest.mark.parametrize("start", range(0, len(INPUTS), 23))
def test_a_damaged_export_is_taken_whole_or_refused_in_words(start: int, desk: Desk) -> None:
    before = contents(desk.root / "store")
    made = harmed_files(desk, INPUTS[start : start + 23], f"golden {start}")
    stage = desk.stage(*made)
    assert len(stage.files) >= len(made)
    assert [file for file in stage.files if not is_told(file)] == []
    assert contents(desk.root / "store") == before


@pytest.mark.skipif(not FILES, reason="the folder shared/samples is not beside the project")
@pytest.mark.parametrize("start", range(0, len(FILES), 25))
def test_a_damaged_sample_is_taken_whole_or_refused_in_words(start: int, desk: Desk) -> None:
    before = contents(desk.root / "store")
    stage = desk.stage(*harmed_files(desk, FILES[start : start + 25], f"samples {start}"))
    assert [file for file in stage.files if not is_told(file)] == []
    assert contents(desk.root / "store") == before


def test_damaged_files_through_the_door_of_the_page_never_change_the_store(desk: Desk) -> None:
    before = contents(desk.root / "store")
    paths = random.Random(SEED).sample([*INPUTS, *FILES], 40)
    given = [
        uploads.Upload(str(i), path.name, io.BytesIO(path.read_bytes()))
        for i, path in enumerate(harmed_files(desk, paths, "uploads"))
    ]
    result = uploads.check(desk.root, "Acme", "Anna", given).wait()
    assert result.stopped is None
    told = {upload for file in result.files for upload in file.uploads}
    assert told == {upload.id for upload in given}
    for file in result.files:
        assert is_told(file), file
        assert "error of its own" not in str(file.refused), file
    assert contents(desk.root / "store") == before


def test_a_load_of_refused_files_alone_changes_not_one_byte_of_the_store(desk: Desk) -> None:
    made = harmed_files(desk, INPUTS[::2], "refused")
    refused = [
        path for path, file in zip(made, desk.stage(*made).files, strict=True) if file.refused
    ]
    assert len(refused) > 5, f"too few of the damages under {HERE.name} are refused"
    before = contents(desk.root / "store")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "leverage", "load", "--json", "--data-root", str(desk.root)),
            *("--company", "Acme", "--by", "tester", "--", *map(str, refused)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(event["refused"] for event in events if event["event"] == "file")
    assert contents(desk.root / "store") == before
