"""Loaders that are killed at any moment, and loaders at work at the same time.

The killed ones are processes of their own, ended with SIGKILL while they hold the store: the delays
are drawn, with a fixed seed, over the time that one undisturbed load holds it.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from leverage import engine
from leverage.ask import Asker
from leverage.store import Store, changes
from leverage.view import View
from tests.support import Desk, days, gateway, gateway_row

ROOT = Path(__file__).parents[2]
JUNE = days("2026-06-01", "2026-06-30")
KILLS = 20
MOST_SECONDS = 60


def loader(desk: Desk, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start a loader of its own on the desk's store."""
    return subprocess.Popen(
        [sys.executable, "-m", "leverage", "load", *arguments, "--data-root", str(desk.root)],
        cwd=ROOT,
        env={**os.environ, "LEVERAGE_KEY": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(path: Path, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a file is there or the process has ended."""
    end = time.monotonic() + MOST_SECONDS
    while not path.is_file() and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.001)


def staged(desk: Desk, tokens: dict[str, int]) -> str:
    """Stage a gateway export of some days and return the stage's id."""
    rows = [gateway_row(day, tokens=n) for day, n in sorted(tokens.items())]
    return desk.stage(gateway(rows), account="gw").id


def test_a_loader_killed_at_any_moment_leaves_every_version_whole(tmp_path: Path) -> None:
    """No half of a load is seen, and neither the dead load's nor undone rows ever come back.

    Every load covers days of one month, which is rewritten whole each time; the tokens of a day
    say which load they are from, so a row out of place is seen.
    """
    rng = random.Random(20)
    desk = Desk(tmp_path)
    desk.load(gateway(gateway_row(day, tokens=1) for day in JUNE), account="gw")
    held = dict.fromkeys(JUNE, 1)
    history = {1: dict(held)}
    holder = desk.root / "store" / "lock.holder"

    def check() -> None:
        for number, expected in history.items():
            assert desk.usage(number) == sorted(expected.items()), f"version {number}"

    process = loader(desk, "--staged", staged(desk, {JUNE[0]: 2}))
    wait_for(holder, process)
    start = time.monotonic()
    assert process.wait(MOST_SECONDS) == 0
    seconds = time.monotonic() - start
    held[JUNE[0]] = 2
    history[2] = dict(held)
    check()

    killed = 0
    for attempt in range(KILLS):
        brought = dict.fromkeys(rng.sample(JUNE, 3), 1000 + attempt)
        covered = [day for day in JUNE if min(brought) <= day <= max(brought)]
        process = loader(desk, "--staged", staged(desk, brought))
        wait_for(holder, process)
        time.sleep(seconds * (attempt + rng.random()) / KILLS)
        process.kill()
        killed += process.wait(MOST_SECONDS) == -signal.SIGKILL
        newest = desk.store.newest()
        assert newest in (max(history), max(history) + 1)
        if newest not in history:
            # Its row in the log was written before it died, so it landed, and whole.
            for day in covered:
                held.pop(day, None)
            held |= brought
            history[newest] = dict(held)
        check()

        day = rng.choice(JUNE)
        (done,) = desk.load(gateway([gateway_row(day, tokens=2000 + attempt)]), account="gw")
        assert done.number == newest + 1
        before = dict(held)
        held[day] = 2000 + attempt
        history[newest + 1] = dict(held)
        if attempt % 4 == 0:
            assert changes.undo(desk.store, newest + 1, "tester") == newest + 2
            held = before
            history[newest + 2] = dict(held)
        assert desk.usage() == sorted(held.items())
        assert desk.table("cube_month")["input_tokens"].sum() == sum(held.values())
    check()
    assert killed >= KILLS // 2, "most loaders ended before they were killed"
    assert desk.store.log()["n"].to_list() == sorted(history)


LOADS = 4
SEVERAL_LOADS = """
import sys
from leverage.__main__ import main
root, by, *files = sys.argv[1:]
for file in files:
    code = main(["load", file, "--company", "Acme", "--account", "gw", "--by", by,
                 "--data-root", root])
    if code:
        sys.exit(code)
"""


def test_two_loaders_at_once_both_land_and_readers_see_whole_versions(tmp_path: Path) -> None:
    """Every load adds one row of 100 tokens to the same month: version N holds N rows."""
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(JUNE[0])]), account="gw")
    writers = []
    for by, first in (("Ada", 1), ("Bob", 1 + LOADS)):
        files = [str(desk.file(gateway([gateway_row(day)]))) for day in JUNE[first : first + LOADS]]
        writers.append(
            subprocess.Popen(
                [sys.executable, "-c", SEVERAL_LOADS, str(desk.root), by, *files],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
    asker = Asker(engine.Engine(), Store(desk.root / "store"), 1)
    done = threading.Event()
    seen: list[tuple[int, float, float]] = []
    errors: list[BaseException] = []

    def read() -> None:
        view = View(months=("2026-06", "2026-06"), tokens="raw")
        try:
            while not done.is_set():
                now = replace(asker, number=asker.store.newest())
                (this,) = now.ask("headline", view).frame.iter_rows(named=True)
                seen.append((now.number, this["tokens"], float(this["full_cost_usd"])))
        except BaseException as error:
            errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    codes = [writer.wait(MOST_SECONDS * 3) for writer in writers]
    done.set()
    reader.join()
    assert codes == [0, 0]
    assert not errors, errors
    assert seen
    for number, tokens, cost in seen:
        assert (tokens, cost) == (110 * number, 0.5 * number)
    log = desk.store.log()
    assert log["n"].to_list() == list(range(1, 2 + 2 * LOADS))
    assert sorted(log["loaded_by"].to_list()) == sorted([*["Ada", "Bob"] * LOADS, "tester"])
    assert desk.usage() == [(day, 100) for day in JUNE[: 1 + 2 * LOADS]]
