"""Measure loading by format, beside plain DuckDB and polars on the same file; assert nothing.

    python -m tools.loading [--rows 600000]

The three read the same generated rows: the loader with all it does (recognise, map, check, price,
store, roll up), the other two as they read a file, sort it and write it as zstd parquet. Each runs
in a process of its own, its start included. Where others share the machine, CPU seconds say more
than the clock.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

ROOT = Path(__file__).parents[1]
PEOPLE = 40_000
ROWS = 600_000
# A sheet holds a million rows at most, and is read row by row whoever reads it.
SHEET_ROWS = 100_000
SORTED_BY = ["user_id", "date"]
FORMATS = ("csv", "ndjson", "json", "parquet", "xlsx")
CONTENDERS = ("leverage", "duckdb", "polars")


class Cost(NamedTuple):
    """What one process took: seconds by the clock, and on all cores together."""

    seconds: float
    cpu_seconds: float


def generate(folder: Path, rows: int) -> dict[str, tuple[Path, int]]:
    """Write the same gateway export in every format; returns path and rows by format."""
    made = {name: (folder / f"export.{name}", rows) for name in FORMATS}
    made["xlsx"] = (folder / "export.xlsx", min(rows, SHEET_ROWS))
    path = ROOT / "tools" / "bench_sql" / "gateway_export.sql"
    with duckdb.connect() as con:
        con.sql(
            path.read_text(encoding="utf-8"), params={"rows": rows, "people": PEOPLE}
        ).write_parquet(str(made["parquet"][0]), compression="zstd")
    frame = pl.read_parquet(made["parquet"][0])
    frame.write_csv(made["csv"][0])
    frame.write_ndjson(made["ndjson"][0])
    frame.write_json(made["json"][0])
    frame.head(SHEET_ROWS).write_excel(made["xlsx"][0])
    return made


def plain_duckdb(form: str, source: Path, target: Path) -> None:
    """Read, sort and write a file as DuckDB does it by itself."""
    con = duckdb.connect()
    if form == "csv":
        rows = con.read_csv(str(source))
    elif form == "parquet":
        rows = con.read_parquet(str(source))
    else:
        rows = con.read_json(str(source))
    rows.order(", ".join(SORTED_BY)).write_parquet(str(target), compression="zstd")


def plain_polars(form: str, source: Path, target: Path) -> None:
    """Read, sort and write a file as polars does it by itself."""
    rows = {
        "csv": lambda: pl.scan_csv(source),
        "ndjson": lambda: pl.scan_ndjson(source),
        "json": lambda: pl.read_json(source).lazy(),
        "parquet": lambda: pl.scan_parquet(source),
        "xlsx": lambda: pl.read_excel(source).lazy(),
    }[form]()
    rows.sort(SORTED_BY).sink_parquet(target, compression="zstd")


def measure(contender: str, form: str, source: Path, rows: int) -> Cost | None:
    """Return what a contender takes for a file; None where it does not read the format."""
    if (contender, form) == ("duckdb", "xlsx"):
        return None  # its reader of sheets is an extension that the wheel does not hold
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tools.loading", "--run", contender, form, str(source)]
        if contender == "leverage":
            command = [sys.executable, "-m", "leverage", "load", str(source), "--company", "Bench"]
            command += ["--json", "--data-root", folder]
        else:
            command.append(f"{folder}/sorted.parquet")
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if contender == "leverage":
            said = [json.loads(line) for line in done.stdout.splitlines()]
            taken = sum(event["rows_taken"] for event in said if event["event"] == "file")
            if taken != rows:
                msg = f"{source.name}: {taken} of {rows} rows were taken"
                raise RuntimeError(msg)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, cpu)


def report(rows: int) -> None:
    """Print rows a second by format and contender, and what share of the others' speed ours is."""
    print(f"loading, {rows:,} rows ({min(rows, SHEET_ROWS):,} in a sheet); rows a second, and")
    print("rows a CPU second; the shares are ours of theirs, by the clock and by CPU time")
    print(f"  {'':8}" + "".join(f"{name:>22}" for name in CONTENDERS) + "   of duckdb    of polars")
    with tempfile.TemporaryDirectory() as folder:
        for form, (path, count) in generate(Path(folder), rows).items():
            costs = {name: measure(name, form, path, count) for name in CONTENDERS}
            ours = costs["leverage"]
            assert ours is not None
            line = f"  {form:8}"
            for cost in costs.values():
                line += (
                    f"{'-':>22}"
                    if cost is None
                    else f"{count / cost.seconds:11,.0f}{count / cost.cpu_seconds:11,.0f}"
                )
            for name in ("duckdb", "polars"):
                cost = costs[name]
                if cost is None:
                    line += f"{'-':>13}"
                else:
                    line += f"{cost.seconds / ours.seconds:7.2f}"
                    line += f"{cost.cpu_seconds / ours.cpu_seconds:6.2f}"
            print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or run one contender once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--run", nargs=4, metavar=("WHO", "FORMAT", "SOURCE", "TARGET"))
    given = parser.parse_args(arguments)
    if given.run:
        who, form, source, target = given.run
        run = {"duckdb": plain_duckdb, "polars": plain_polars}[who]
        run(form, Path(source), Path(target))
        return
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, duckdb {duckdb.__version__}")
    report(given.rows)


if __name__ == "__main__":
    main()
