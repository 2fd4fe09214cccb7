"""A load that is cancelled: nothing of it is stored, nothing of it lies about, and it says so."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leverage import loading
from tests.support import Desk, days, gateway, gateway_row

ROOT = Path(__file__).parents[2]
PEOPLE = 5_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export whose load takes a few seconds."""
    path = tmp_path_factory.mktemp("large") / "june.csv"
    whole = days("2026-06-01", "2026-06-30")
    rows = (gateway_row(day, f"p{i}@acme.example") for i in range(PEOPLE) for day in whole)
    path.write_text(gateway(rows), encoding="utf-8")
    return path


def loader(desk: Desk, path: Path) -> subprocess.Popen[str]:
    """Start the command that loads one file and tells how far it is."""
    command = [sys.executable, "-m", "leverage", "load", str(path), "--company", "Acme", "--json"]
    return subprocess.Popen(
        [*command, "--data-root", str(desk.root)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def events(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """Return what a loader tells, as it tells it."""
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


@pytest.mark.parametrize(
    ("phase", "number"),
    [
        ("reading", signal.SIGINT),
        ("mapping lines", signal.SIGTERM),
        ("writing rows", signal.SIGINT),
    ],
)
def test_a_cancelled_load_stores_nothing_says_so_and_leaves_nothing_behind(
    tmp_path: Path, large: Path, phase: str, number: signal.Signals
) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-05-01", tokens=7)]))
    process = loader(desk, large)
    for event in events(process):
        if event.get("phase") == phase:
            os.killpg(process.pid, number)
            break
    last = [event["event"] for event in events(process)][-1]
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert last == "cancelled"
    assert said == "Cancelled; nothing was stored.\n"
    assert list((tmp_path / "staging").iterdir()) == []
    assert desk.store.newest() == 1
    assert desk.usage() == [("2026-05-01", 7)]
    desk.load(gateway([gateway_row("2026-05-02", tokens=8)]))
    assert desk.usage() == [("2026-05-01", 7), ("2026-05-02", 8)]


def test_rows_of_one_large_file_are_told_phase_by_phase_and_never_fall(
    tmp_path: Path, large: Path
) -> None:
    with loader(Desk(tmp_path), large) as process:
        told = [event for event in events(process) if event["event"] == "progress"]
    assert process.returncode == 0
    seen: dict[str, list[int]] = {}
    for event in told:
        assert 0 <= event["rows"] <= event["of"]
        seen.setdefault(event["phase"], []).append(event["rows"])
    assert seen["mapping lines"]
    assert all(rows == sorted(rows) for rows in seen.values())
    of = {event["phase"]: event["of"] for event in told}
    assert of["mapping lines"] == of["writing rows"] == PEOPLE * 30
    assert seen["writing rows"][-1] == PEOPLE * 30


def test_a_signal_that_comes_while_a_change_is_committed_is_too_late_and_says_so() -> None:
    script = (
        "import os, signal, time\n"
        "from leverage.loading import Cancel\n"
        "with Cancel(print) as cancel:\n"
        "    with cancel.commit():\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        time.sleep(0.5)\n"
        "    time.sleep(0.5)\n"
        "print('ended')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "It was too late to cancel: the load is stored.\nended\n"


def test_what_dead_loaders_left_behind_goes_and_what_live_ones_hold_stays(tmp_path: Path) -> None:
    staging = tmp_path / "staging"
    dead, alive, young = (staging / f"work-{n}-x" for n in (1, 2, 3))
    for folder in (dead, alive, young):
        (folder / "spill").mkdir(parents=True)
    for folder in (dead, alive):
        os.utime(folder, (0, 0))
    handle = os.open(alive, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with loading.working_folder(tmp_path) as mine:
            assert sorted(staging.iterdir()) == sorted([alive, young, mine])
    finally:
        os.close(handle)
    assert sorted(staging.iterdir()) == [alive, young]
    loading.sweep(tmp_path, 3)
    assert list(staging.iterdir()) == [alive]
