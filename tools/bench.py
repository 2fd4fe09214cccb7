"""Measure loading, questions and pages on generated data; print figures, assert nothing.

    python -m tools.bench [--rows 1000000 10000000] [--sessions 1 20]

Machines differ and are shared: read the ratios within one run, not the seconds across runs.
"""

import argparse
import asyncio
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from leverage import figures, queries
from leverage.ask import Answer, Asker
from leverage.engine import Engine
from leverage.figures import adoption, cost, leverage, roi, sectors
from leverage.store import Store
from leverage.view import View
from tools import loading

ROOT = Path(__file__).parents[1]
BRIEFING = ("headline", "headline_by_month", "cost_by_vendor", "cost_drivers", "movers")
# What each page shows when it is opened, with its first tab.
PAGES: dict[str, tuple[Callable[[figures.Ask], object], ...]] = {
    "briefing": (figures.briefing,),
    "adoption": (adoption.adoption, adoption.maturity_page),
    "leverage": (leverage.leverage, leverage.places),
    "cost": (cost.cost, cost.ahead),
    "roi": (roi.roi_page, roi.held),
    "sectors": (sectors.sectors, sectors.inside),
}
PEOPLE = 40_000
WARM_RUNS = 7
SECONDS_OF_RERUNS = 15


def generate(folder: Path, rows: int) -> list[Path]:
    """Write a gateway export of `rows` lines over 24 months, its roster and its headcount."""
    export, roster, heads = (folder / f"{name}.csv" for name in ("export", "roster", "headcount"))
    con = duckdb.connect()
    for query, values in (
        ("gateway_export", {"rows": rows, "people": PEOPLE}),
        ("roster_export", {"people": PEOPLE}),
        ("headcount_export", {}),
    ):
        sql = (ROOT / "tools" / "bench_sql" / f"{query}.sql").read_text(encoding="utf-8")
        target = {"gateway_export": export, "roster_export": roster}.get(query, heads)
        con.sql(sql, params=values).write_csv(str(target))
    con.close()
    return [roster, heads, export]


def load(data_root: Path, path: Path) -> tuple[float, int]:
    """Load one file by the command line; returns seconds and rows taken."""
    command = [sys.executable, "-m", "leverage", "load", str(path), "--company", "Bench"]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "--period", "2024-11-01..2026-10-31", "--json", "--data-root", str(data_root)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - started
    files = [json.loads(line) for line in done.stdout.splitlines()]
    return seconds, sum(event.get("rows_taken", 0) for event in files if event["event"] == "file")


def median_ms(run: Callable[[], object]) -> float:
    """Return the median of warm runs in milliseconds."""
    run()
    took = []
    for _ in range(WARM_RUNS):
        started = time.perf_counter()
        run()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)


def in_polars(files: list[str]) -> dict[str, Callable[[], object]]:
    """Return the comparable part of some questions as polars runs over the same parquet files."""
    usage = pl.scan_parquet(files, hive_partitioning=True)
    weighted = (
        pl.col("input_tokens").fill_null(0)
        + 5 * pl.col("output_tokens").fill_null(0)
        + 0.1 * pl.col("cache_read_tokens").fill_null(0)
        + 1.25 * pl.col("cache_write_tokens").fill_null(0)
    )
    last_two = usage.filter(pl.col("month").is_in(["2026-09", "2026-10"]))
    return {
        "headline": lambda: (
            last_two.group_by("month")
            .agg(weighted.sum(), pl.col("estimated_cost_usd").sum(), pl.col("actor").n_unique())
            .collect()
        ),
        "headline_by_month": lambda: (
            usage.group_by("month")
            .agg(weighted.sum(), pl.col("estimated_cost_usd").sum(), pl.col("actor").n_unique())
            .collect()
        ),
        "cost_by_vendor": lambda: (
            usage.group_by("month", "vendor").agg(pl.col("estimated_cost_usd").sum()).collect()
        ),
        "cost_drivers": lambda: (
            last_two.group_by("month", "vendor").agg(pl.col("estimated_cost_usd").sum()).collect()
        ),
    }


def questions(data_root: Path) -> None:
    """Print the median of each briefing question, and of its polars twin where there is one."""
    store = Store(data_root / "store")
    number = store.newest()
    started = time.perf_counter()
    asker = Asker(Engine(), store, number)
    asker.ask("months", View())
    print(f"  open the newest version {time.perf_counter() - started:6.2f} s")
    usage = store.files("usage", store.table_versions(number)["usage"])
    twins = in_polars(usage)
    for name in BRIEFING:
        ours = median_ms(lambda name=name: asker.ask(name, View()))  # type: ignore[misc]
        line = f"  {name:20} {ours:8.1f} ms"
        if name in twins:
            polars = median_ms(twins[name])
            line += f"   polars over parquet {polars:8.1f} ms   ratio {polars / ours:5.1f}"
        print(line)
    for name, parts in PAGES.items():
        print(f"  page {name:15} {median_ms(lambda parts=parts: opened(asker, parts)):8.1f} ms")  # type: ignore[misc]
    print(
        f"  memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


def opened(asker: Asker, parts: tuple[Callable[[figures.Ask], object], ...]) -> None:
    """Make what a page shows when it is opened; what its parts share is asked once, as there."""
    answers: dict[str, Answer] = {}

    def ask(question: str) -> Answer:
        if question not in answers:
            answers[question] = asker.ask(question, View())
        return answers[question]

    for part in parts:
        part(ask)


@contextmanager
def server(data_root: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Serve the pages on a free port of the loopback; yields the port and the process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1", "--server.headless", "true"],
        cwd=ROOT,
        env={**os.environ, "DATA_ROOT": str(data_root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


async def session(port: int, until: float, took: list[float]) -> None:
    """Rerun the briefing over and over in one session, until the given moment."""
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(url, max_size=None, subprotocols=["streamlit"]) as socket_:  # type: ignore[list-item]
        first = True
        while first or time.perf_counter() < until:
            message = BackMsg()
            message.rerun_script.query_string = ""
            started = time.perf_counter()
            await socket_.send(message.SerializeToString())
            while True:
                answer = ForwardMsg()
                answer.ParseFromString(await socket_.recv())  # type: ignore[arg-type]
                if answer.WhichOneof("type") == "script_finished":
                    break
            if not first:
                took.append(time.perf_counter() - started)
            first = False


async def hammer(port: int, sessions: int) -> list[float]:
    """Return the seconds of every rerun that `sessions` sessions got done together."""
    took: list[float] = []
    until = time.perf_counter() + SECONDS_OF_RERUNS
    await asyncio.gather(*(session(port, until, took) for _ in range(sessions)))
    return took


def resident_mb(pid: int) -> int:
    """Return the memory a process holds, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def pages(data_root: Path, counts: list[int]) -> None:
    """Print reruns per second of the briefing for each number of sessions."""
    with server(data_root) as (port, pid):
        asyncio.run(hammer(port, 1))
        for count in counts:
            took = asyncio.run(hammer(port, count))
            print(
                f"  {count:3} sessions {len(took) / SECONDS_OF_RERUNS:6.1f} reruns/s   "
                f"median {statistics.median(took) * 1000:6.0f} ms   server {resident_mb(pid)} MB"
            )


def main() -> None:
    """Run every measurement and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 20])
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, duckdb {duckdb.__version__}")
    loading.report(loading.ROWS)
    for rows in given.rows:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            print(f"{rows:,} rows")
            for path in generate(root, rows):
                seconds, taken = load(root, path)
                peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
                print(
                    f"  load {path.stem:10} {taken:10,} rows {seconds:7.1f} s "
                    f"{taken / seconds:9,.0f} rows/s, largest loader so far {peak} MB"
                )
            questions(root)
            pages(root, given.sessions)


if __name__ == "__main__":
    queries.folder("questions")
    main()
