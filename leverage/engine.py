"""The server's DuckDB over the store: one schema of relations a data version.

A shared DuckDB connection hands one session another session's rows, so every query runs on a
cursor of its own (`Engine.cursor`). Macros live once in `main`; the relations of a data version
live in a schema that the cursor chooses with `use`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import duckdb
import polars as pl

from leverage import database, queries
from leverage.store import Store

MAX_SECONDS = 20
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

_numbers = count(1)


def serve(con: duckdb.DuckDBPyConnection) -> None:
    """Make what questions read beside the tables: derived tables first, then the filter macros."""
    derived = queries.folder("served").values()
    tables = [query for query in derived if query.header["served_as"] == "table"]
    database.in_order_of_need(tables, lambda query: con.sql(query.sql).create(query.name))
    database.define(con, [query for query in derived if query.header["served_as"] == "macro"])


@dataclass
class Engine:
    """The server's DuckDB: opens data versions of stores and answers on cursors."""

    _con: duckdb.DuckDBPyConnection = field(default_factory=database.connection)
    _schemas: dict[tuple[str, int], str] = field(default_factory=dict)
    _readers: dict[tuple[str, int], int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    keep_open: int = 4

    @contextmanager
    def cursor(self, store: Store, number: int) -> Iterator[duckdb.DuckDBPyConnection]:
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

    def _open(self, store: Store, pin: tuple[str, int]) -> None:
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
            database.attach(opener, served, IN_MEMORY if newest else ())
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
        self, store: Store, number: int, query: queries.Query, values: dict[str, Any]
    ) -> pl.DataFrame:
        """Run one query on one data version and return its rows."""
        with self.cursor(store, number) as cursor:
            cursor.execute(f"set max_execution_time = {MAX_SECONDS * 1000}")
            rows: pl.DataFrame = cursor.sql(query.sql, params=query.bind(values)).pl()
            return rows
