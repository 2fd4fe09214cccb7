"""Loaders that are killed at any moment, and loaders beside each other."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import polars as pl

from leverage.store import Store, changes
from tests.support import Desk, gateway, gateway_row

ROOT = Path(__file__).parents[2]
KILLS = 20


def loader(desk: Desk, path: Path) -> subprocess.Popen[bytes]:
    """Start the command that loads one file."""
    command = [sys.executable, "-m", "leverage", "load", str(path), "--company", "Acme"]
    return subprocess.Popen(
        [*command, "--data-root", str(desk.root)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def sums(desk: Desk, number: int) -> tuple[int, int]:
    """Return rows and input tokens of usage at a data version; the marts must agree."""
    usage, cube = desk.table("usage", number), desk.table("cube_month", number)
    tokens = int(usage["input_tokens"].sum() or 0)
    assert int(cube["input_tokens"].sum() or 0) == tokens, f"version {number} is half a load"
    by_day = desk.table("cost_day", number)["about_cost_usd"].sum()
    assert by_day == cube["estimated_cost_usd"].sum(), f"the days of version {number} are not its"
    return len(usage), tokens


def test_a_loader_killed_at_twenty_moments_leaves_every_version_whole(tmp_path: Path) -> None:
    chance = random.Random(20)
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-06-01", tokens=1_000)]))
    desk.load(gateway([gateway_row("2026-06-02", tokens=7)]))
    changes.undo(desk.store, 2, "tester")
    files = [
        desk.file(gateway([gateway_row("2026-07-01", f"p{i}@x.example", tokens=10_000 + i)]))
        for i in range(KILLS)
    ]
    started = time.monotonic()
    assert loader(desk, desk.file(gateway([gateway_row("2026-06-03", tokens=50)]))).wait() == 0
    usual = time.monotonic() - started
    known = {number: sums(desk, number) for number in range(1, desk.store.newest() + 1)}
    landed: int | None = None
    for i, path in enumerate(files):
        process = loader(desk, path)
        # The last third of a load is where it writes; most kills fall there.
        time.sleep(usual * chance.triangular(0.2, 1.05, 0.9))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        store = Store(desk.root / "store")
        for number, seen in known.items():
            assert sums(desk, number) == seen
        newest = store.newest()
        assert newest in (max(known), max(known) + 1)
        if newest > max(known):
            landed = i
            known[newest] = sums(desk, newest)
    desk.load(gateway([gateway_row("2026-06-04", tokens=60)]))
    rows = desk.table("usage").filter(pl.col("input_tokens") != 0)["input_tokens"].to_list()
    expected = [50, 60, 1_000, *([10_000 + landed] if landed is not None else [])]
    assert sorted(rows) == expected, "neither a dead load's rows nor undone rows are there"


def test_two_loaders_at_once_both_land_and_readers_never_see_half(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-06-01", tokens=1)]))
    mine = [desk.file(gateway([gateway_row(f"2026-06-{10 + i}", tokens=10)])) for i in range(3)]
    theirs = [desk.file(gateway([gateway_row(f"2026-06-{20 + i}", tokens=100)])) for i in range(3)]
    failed: list[int] = []
    done = threading.Event()
    read: list[int] = []

    def run(files: list[Path]) -> None:
        for path in files:
            code = loader(desk, path).wait()
            if code:
                failed.append(code)

    def look() -> None:
        while not done.is_set():
            newest = Store(desk.root / "store").newest()
            rows, tokens = sums(desk, newest)
            assert rows == newest, "each load brings one row"
            read.append(tokens)

    loaders = [threading.Thread(target=run, args=(files,)) for files in (mine, theirs)]
    reader = threading.Thread(target=look)
    for thread in (*loaders, reader):
        thread.start()
    for thread in loaders:
        thread.join()
    done.set()
    reader.join()
    assert not failed
    log = desk.store.log()
    assert log["n"].to_list() == list(range(1, 8))
    assert desk.table("usage")["input_tokens"].sum() == 331
    assert read == sorted(read), "what a reader sees only grows"
