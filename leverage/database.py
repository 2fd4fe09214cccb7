"""DuckDB: one in-memory database a process, with its macros, and a schema for each piece of work.

A shared DuckDB connection hands one session another session's rows, so all work is done on cursors.
Macros live once in `main`; the relations of a piece of work, or of a data version, live in a schema
that its cursor chooses with `use`.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from duckdb import sqltypes

from leverage import queries

SECTORS = Path(__file__).parents[1] / "data" / "reference" / "sectors.csv"
LOADER_MEMORY_GB = 2
PROGRESS_SECONDS = 0.2


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """Return this process's in-memory DuckDB, with the project's macros, kinds and sectors.

    Planning the macros takes longer than most loads, so it is done once.
    """
    con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    con.execute("set timezone = 'UTC'")
    # DuckDB 2.0 makes a window over a partition a join with its sums, and loses a filter by month
    # there where the scan has used it up to choose files: the sums were those of all months.
    con.execute("set disabled_optimizers = 'window_self_join'")
    define_macros(con)
    rows = [
        {
            "kind": name,
            "tokens_from": query.header.get("authority", {}).get("tokens", "none"),
            "brings": query.header["table"],
            "vendor": query.header.get("vendor"),
            "family": query.header.get("accounts") or query.header.get("vendor") or name,
            "is_foreign": bool(query.header.get("authority", {}).get("foreign", False)),
        }
        for name, query in queries.folder("exports").items()
    ]
    schema = {
        "kind": pl.String,
        "tokens_from": pl.String,
        "brings": pl.String,
        "vendor": pl.String,
        "family": pl.String,
        "is_foreign": pl.Boolean,
    }
    kinds = pl.DataFrame(rows, schema=schema)
    con.from_arrow(kinds.to_arrow()).create("kinds")
    con.from_arrow(pl.read_csv(SECTORS).to_arrow()).create("sectors")
    return con


_numbers = count(1)


@contextmanager
def workspace(files: Mapping[str, list[str]] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with a schema of its own, gone at the end, with the files' relations."""
    con = connection().cursor()
    schema = f"work_{next(_numbers)}"
    con.execute(f"create schema {schema}")
    con.execute(f"use {schema}")
    try:
        if files is not None:
            attach(con, files)
        yield con
    finally:
        con.execute("use main")
        con.execute(f"drop schema {schema} cascade")
        con.close()


def spill_under(folder: Path) -> None:
    """Hold this process's DuckDB to LOADER_MEMORY_GB; what does not fit goes to files there.

    For the loader, whose files may be larger than the machine's memory. Call it before the first
    table is made, with a folder of this process's own: DuckDB names its files alike in each.
    """
    con = connection()
    con.execute("set temp_directory = $folder", {"folder": str(folder / "spill")})
    con.execute("set memory_limit = $limit", {"limit": f"{LOADER_MEMORY_GB}GB"})


Progress = Callable[[str, int, int], None]
"""Is told the phase of a load, how much of it is done, and how much there is."""


def silent(_phase: str, _done: int, _of: int) -> None:
    """Tell nobody how far a load is."""


@contextmanager
def watched(
    con: duckdb.DuckDBPyConnection, progress: Progress, phase: str, of: int, statements: int = 1
) -> Iterator[None]:
    """Tell from a thread how much of a phase the block's statements on a connection have done.

    DuckDB knows how far the statement under way is, and not how many are to come. `statements` says
    how many of the block take long; each time DuckDB's figure falls, one of them has ended. So what
    is told is about right, it never falls, and a block of small statements tells nothing.
    """
    # In this order: shown on the terminal, its bar would stand in the middle of ours.
    con.execute("set enable_progress_bar_print = false")
    con.execute("set enable_progress_bar = true")
    ended = threading.Event()

    def look() -> None:
        ran, before, told = 0, 0.0, 0
        while not ended.wait(PROGRESS_SECONDS):
            now = max(con.query_progress(), 0.0) / 100
            ran += now < before
            before = now
            done = int(of * min((ran + now) / statements, 0.99))
            if done > told:
                told = done
                progress(phase, done, of)

    thread = threading.Thread(target=look, daemon=True, name="leverage-progress")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def define_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Define every macro of queries/macros and queries/metrics."""
    define(con, [*queries.folder("macros").values(), *queries.folder("metrics").values()])


def define(con: duckdb.DuckDBPyConnection, waiting: list[queries.Query]) -> None:
    """Run statements that define macros, each after those it calls."""
    in_order_of_need(waiting, lambda query: con.execute(query.sql))


def in_order_of_need(waiting: list[queries.Query], make: Callable[[queries.Query], Any]) -> None:
    """Make each of some queries, one that names another after it: DuckDB binds it when made."""
    while waiting:
        later: list[queries.Query] = []
        for query in waiting:
            try:
                make(query)
            except duckdb.CatalogException:
                if len(later) == len(waiting) - 1:
                    raise
                later.append(query)
        waiting = later


def attach(
    con: duckdb.DuckDBPyConnection,
    files: Mapping[str, list[str]],
    in_memory: tuple[str, ...] = (),
) -> None:
    """Make one relation for each table of a data version in the schema in use.

    A table without files is its typed empty self, and a column that came later is NULL in older
    files, because both are a union by name with the table's own statement in queries/tables. The
    kinds that people have described stand beside those of this program in a `kinds` of its own.
    """
    for table, paths in files.items():
        if paths:
            stored = con.read_parquet(paths, hive_partitioning=True, union_by_name=True)
            rows = by_name(table, stored)
        else:
            rows = con.sql(queries.get("tables", table).sql)
        if table in in_memory:
            rows.create(table)
        else:
            rows.create_view(table)
    if files.get("mappings"):
        con.sql(queries.get("marts", "kinds").sql).create("kinds")


def brings(con: duckdb.DuckDBPyConnection, kind: str) -> str:
    """Return the table that a kind's rows go to, as the data version in use knows it."""
    rows = con.table("kinds").filter(
        duckdb.ColumnExpression("kind") == duckdb.ConstantExpression(kind)
    )
    return str(rows.select("brings").fetchall()[0][0])


@cache
def _declared(table: str) -> dict[str, sqltypes.DuckDBPyType]:
    """Return the columns of a table and their types, as its statement in queries/tables has them.

    Asked once: planning the statement takes as long as reading a small file.
    """
    with workspace() as con:
        empty = con.sql(queries.get("tables", table).sql)
        return dict(zip(empty.columns, empty.types, strict=True))


def by_name(table: str, stored: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Return the rows under the columns of a table, NULL where they have none of a column."""
    there = dict(zip(stored.columns, stored.types, strict=True))
    declared = _declared(table)
    if list(there.items()) == list(declared.items()):
        return stored
    # A name where that is enough: an expression takes the library many times longer to look at.
    columns = [
        name
        if there.get(name) == dtype
        else (duckdb.ColumnExpression(name) if name in there else duckdb.ConstantExpression(None))
        .cast(dtype)
        .alias(name)
        for name, dtype in declared.items()
    ]
    return stored.select(*columns)
