"""DuckDB over the store: one in-memory database a process, one schema of relations a data version.

A shared DuckDB connection hands one session another session's rows, so every query runs on a
cursor of its own (`Engine.cursor`). Macros live once in `main`; the relations of a data version
live in a schema that the cursor chooses with `use`.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
from duckdb import sqltypes

from leverage import queries

if TYPE_CHECKING:
    from leverage.store import Store

MAX_SECONDS = 20
SECTORS = Path(__file__).parents[1] / "data" / "reference" / "sectors.csv"
LOADER_MEMORY_GB = 2
PROGRESS_SECONDS = 0.2
# Small enough to hold in memory; the newest version's are, so that a page asks no file.
IN_MEMORY = (
    "cube_month",
    "user_month",
    "workflow_month",
    "unassigned_month",
    "channel_month",
    "source_month",
    "cost_day",
    "headcount",
    "seats",
    "companies",
    "rules",
    "alert_states",
    "loads",
    "dictionary",
)
# What the server may see. Aliases and their people stay with the loader.
LOADER_ONLY = ("identities", "aliases", "actor_forms")
SERVED = tuple(name for name in queries.folder("tables") if name not in LOADER_ONLY)


@cache
def _database() -> duckdb.DuckDBPyConnection:
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
    con = _database().cursor()
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
    con = _database()
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
    _after_what_they_need(waiting, lambda query: con.execute(query.sql))


def _after_what_they_need(
    waiting: list[queries.Query], make: Callable[[queries.Query], Any]
) -> None:
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


def serve(con: duckdb.DuckDBPyConnection) -> None:
    """Make what questions read beside the tables: derived tables first, then the filter macros."""
    derived = queries.folder("served").values()
    tables = [query for query in derived if query.header["served_as"] == "table"]
    _after_what_they_need(tables, lambda query: con.sql(query.sql).create(query.name))
    define(con, [query for query in derived if query.header["served_as"] == "macro"])


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


@dataclass
class Engine:
    """The server's DuckDB: opens data versions of stores and answers on cursors."""

    _con: duckdb.DuckDBPyConnection = field(default_factory=_database)
    _schemas: dict[tuple[str, int], str] = field(default_factory=dict)
    _readers: dict[tuple[str, int], int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    keep_open: int = 4

    @contextmanager
    def cursor(self, store: "Store", number: int) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor that sees the relations of one data version."""
        pin = (store.id, number)
        with self._lock:
            if pin not in self._schemas:
                self._open(store, pin)
            self._readers[pin] = self._readers.get(pin, 0) + 1
            schema = self._schemas[pin]
        try:
            cursor = self._con.cursor()
            try:
                cursor.execute(f"use {schema}")
                yield cursor
            finally:
                cursor.close()
        finally:
            with self._lock:
                self._readers[pin] -= 1

    def _open(self, store: "Store", pin: tuple[str, int]) -> None:
        files = store.all_files(store.table_versions(pin[1]))
        # The versions name every table but the log, which is read as it stood at that version.
        files.pop("loads", None)
        served = {table: paths for table, paths in files.items() if table in SERVED}
        # A name of its own: another engine of this process may hold the same version.
        schema = f"v_{pin[0]}_{pin[1]}_{next(_numbers)}"
        newest = pin[1] == store.newest()
        opener = self._con.cursor()
        try:
            opener.execute(f"create schema {schema}")
            opener.execute(f"use {schema}")
            attach(opener, served, IN_MEMORY if newest else ())
            log = store.log().filter(pl.col("n") <= pin[1])
            opener.from_arrow(log.to_arrow()).create("loads")
            serve(opener)
        except BaseException:
            opener.execute(f"use main; drop schema if exists {schema} cascade")
            raise
        finally:
            opener.close()
        self._schemas[pin] = schema
        self._close_idle(pin)

    def _close_idle(self, latest: tuple[str, int]) -> None:
        """Close the oldest versions nobody reads: dropping a schema breaks its open cursors."""
        idle = [pin for pin in self._schemas if pin != latest and not self._readers.get(pin)]
        for pin in idle[: max(0, len(self._schemas) - self.keep_open)]:
            self._con.execute(f"drop schema {self._schemas.pop(pin)} cascade")
            self._readers.pop(pin, None)

    def ask(
        self, store: "Store", number: int, query: queries.Query, values: dict[str, Any]
    ) -> pl.DataFrame:
        """Run one query on one data version and return its rows."""
        with self.cursor(store, number) as cursor:
            cursor.execute(f"set max_execution_time = {MAX_SECONDS * 1000}")
            rows: pl.DataFrame = cursor.sql(query.sql, params=query.bind(values)).pl()
            return rows
