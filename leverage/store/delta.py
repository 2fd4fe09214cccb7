"""The Delta tables of one store: where they live, which version is in force, one writer at a time.

A change writes some tables and then appends one row to `loads`. That row is the commit point: data
version N is row N, and readers open exactly the table versions it names. Whatever a dead writer
left behind is newer than the newest row, is never read, and is put back before the next change.
"""

import json
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import unquote

import duckdb
import polars as pl
import pyarrow as pa
from deltalake import DeltaTable, Schema, WriterProperties, write_deltalake
from deltalake.transaction import AddAction
from filelock import FileLock, Timeout

from leverage import database, queries
from leverage.errors import ChangeRefused, QuestionUnknown, StoreUnusable
from leverage.store.key import Key

FORMAT = 1
# zstd above level 1 buys nothing and DuckDB's own row group keeps parallel reads even (measured).
WRITER = WriterProperties(compression="ZSTD", compression_level=1, max_row_group_size=122_880)


class Pin(NamedTuple):
    """One data version of one store, written `<store id>-N` in links."""

    store_id: str
    number: int

    def __str__(self) -> str:
        """Return the form that links carry."""
        return f"{self.store_id}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `<store id>-N`; anything else is None."""
        match = re.fullmatch(r"([a-z0-9]+)-(\d{1,9})", text.strip())
        return cls(match[1], int(match[2])) if match else None


@cache
def empty(table: str) -> pa.Table:
    """Return a table of the right columns and no rows."""
    with database.workspace() as con:
        return con.sql(queries.get("tables", table).sql).to_arrow_table()


@cache
def _schema(table: str) -> pl.Schema:
    """Return the columns of a table as polars knows them."""
    frame = pl.from_arrow(empty(table))
    assert isinstance(frame, pl.DataFrame)
    return frame.schema


class Store:
    """One folder of Delta tables, `loads` among them."""

    def __init__(self, root: Path) -> None:
        """Open the store in `root`; it must exist, be of this format, and know its key."""
        self.root = root
        described = root / "store.json"
        if not described.is_file():
            raise StoreUnusable(
                title="There is no store here",
                found=f"{root} holds no store.json",
                next_step="Load a file first, or name another folder with --data-root",
            )
        self._about: dict[str, Any] = json.loads(described.read_text(encoding="utf-8"))
        if self._about["format"] > FORMAT:
            raise StoreUnusable(
                title="This store was written by a newer version of the program",
                found=f"Its format is {self._about['format']}; this program knows {FORMAT}",
                next_step="Update the program, then open the store again",
            )
        self.id: str = self._about["id"]
        # What surrounds the commit: a loader that can be cancelled has a say in it.
        self.committing: Callable[[], AbstractContextManager[None]] = nullcontext
        self._files: dict[tuple[str, int], list[str]] = {}
        self._log: tuple[int, pl.DataFrame] | None = None

    @classmethod
    def create(cls, root: Path) -> Self:
        """Make an empty store, or open the one that is there.

        store.json is renamed into place last, so a half-made store is simply made again.
        """
        if not (root / "store.json").is_file():
            _refuse_folder(root.resolve())
            root.mkdir(parents=True, exist_ok=True)
            with FileLock(root / "lock"):
                if not (root / "store.json").is_file():
                    cls._make(root)
        return cls(root)

    @staticmethod
    def _add_tables(root: Path) -> None:
        """Make the tables that are not there, all of them or those a newer program has more."""
        for name, query in queries.folder("tables").items():
            path = root / name
            if not DeltaTable.is_deltatable(str(path)):
                DeltaTable.create(
                    str(path),
                    schema=empty(name).schema,
                    partition_by=[query.header["partition"]] if "partition" in query.header else [],
                )

    @classmethod
    def _make(cls, root: Path) -> None:
        cls._add_tables(root)
        about = {
            "id": secrets.token_hex(4),
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "oldest_version": 0,
        }
        _write_json(root / "store.json", about)

    # ---- reading ---------------------------------------------------------------------------

    def newest(self) -> int:
        """Return the newest data version; 0 before the first change."""
        log = self.log()
        return int(log["n"].max() or 0) if len(log) else 0  # type: ignore[arg-type]

    def log(self) -> pl.DataFrame:
        """Return `loads`, one row per finished change, oldest first."""
        version = _head(self.root / "loads")
        if self._log is None or self._log[0] != version:
            files = _paths(DeltaTable(str(self.root / "loads"), version=version))
            schema = _schema("loads")
            empty_log = pl.DataFrame(schema=schema)
            rows = pl.read_parquet(files).select(schema.names()) if files else empty_log
            self._log = (version, rows.sort("n"))
        return self._log[1]

    def pin(self, number: int | None = None) -> Pin:
        """Return the pin of a data version, the newest by default."""
        return Pin(self.id, self.newest() if number is None else number)

    def table_versions(self, number: int) -> dict[str, int]:
        """Return the version of every table at a data version."""
        if number == 0:
            return dict.fromkeys(queries.folder("tables"), 0)
        if number < self.oldest_version:
            raise QuestionUnknown(
                title=f"Data version {number} is no longer kept",
                found=f"The oldest kept version is {self.oldest_version}",
                next_step="Open the newest version instead",
            )
        rows = self.log().filter(pl.col("n") == number)
        if not len(rows):
            raise QuestionUnknown(
                title=f"There is no data version {number}",
                found=f"The newest is {self.newest()}",
                next_step="Open the newest version instead",
            )
        # A version that is older than a table holds it empty.
        added = dict.fromkeys(queries.folder("tables"), 0)
        added.pop("loads")
        versions: dict[str, int] = json.loads(rows["table_versions"][0])
        return {**added, **versions}

    def files(self, table: str, version: int) -> list[str]:
        """Return the parquet files of one table at one Delta version."""
        if (table, version) not in self._files:
            path = str(self.root / table)
            if not DeltaTable.is_deltatable(path):
                return []  # of a newer program than the one that wrote last
            self.remember(table, DeltaTable(path, version=version))
        return self._files[table, version]

    def remember(self, table: str, delta: DeltaTable) -> None:
        """Take down the files of a table at the version it is open at, so that nobody opens it."""
        self._files[table, delta.version()] = _paths(delta)

    def all_files(
        self, versions: Mapping[str, int], tables: Collection[str] | None = None
    ) -> dict[str, list[str]]:
        """Return the parquet files of the tables, of every one by default, at the given versions.

        Opening a table's log and footers takes as long as a small query, so ask for what is read.
        """
        wanted = versions.keys() if tables is None else versions.keys() & tables
        return {table: self.files(table, versions[table]) for table in sorted(wanted)}

    @property
    def oldest_version(self) -> int:
        """Return the oldest data version that clean-up has kept."""
        return int(self._about["oldest_version"])

    @cached_property
    def key(self) -> Key:
        """Return the key that hashes people, refusing one that is not this store's.

        Only the loader asks for it; the server never does.
        """
        key = Key.of(self.root.parent)
        known = self._about.get("key_fingerprint")
        if known is None:
            self._about["key_fingerprint"] = key.fingerprint
            _write_json(self.root / "store.json", self._about)
        elif known != key.fingerprint:
            raise StoreUnusable(
                title="This store was made with another key",
                found=f"The store knows key {known}, the key given is {key.fingerprint}; people "
                "hashed with it would not match the people already stored",
                next_step="Set LEVERAGE_KEY to the store's own key, or put back its key file",
            )
        return key

    # ---- changing --------------------------------------------------------------------------

    @contextmanager
    def change(
        self, action: str, by: str, on_wait: Callable[[str], None] = lambda _holder: None
    ) -> Iterator["Change"]:
        """Hold the store for one change; yields the change to write with and commit.

        A second writer waits; `on_wait` is told who holds the store. Nothing is visible to readers
        before `Change.commit`, and leaving without it leaves the store as it was.
        """
        lock = FileLock(self.root / "lock")
        holder_file = self.root / "lock.holder"
        try:
            lock.acquire(timeout=0)
        except Timeout:
            holder = holder_file.read_text(encoding="utf-8") if holder_file.is_file() else ""
            on_wait(holder or "another loader")
            lock.acquire()
        try:
            holder_file.write_text(by, encoding="utf-8")
            self._add_tables(self.root)
            newest = self.newest()
            yield Change(self, newest + 1, action, by, self._restored(newest))
        finally:
            holder_file.unlink(missing_ok=True)
            lock.release()

    def _restored(self, newest: int) -> dict[str, int]:
        """Put back every table that is not at the version the newest row names."""
        heads: dict[str, int] = {}
        for table, version in self.table_versions(newest).items():
            if table == "loads":
                continue
            heads[table] = _head(self.root / table)
            if heads[table] != version:
                DeltaTable(str(self.root / table)).restore(version)
                heads[table] = _head(self.root / table)
        return heads

    def clean_up(self, keep: int, by: str) -> int:
        """Delete files that no kept data version needs; returns how many files went.

        The newest `keep` versions stay readable and the loads among them can still be undone, which
        needs the version before; links to older ones say that they are gone.
        """
        with self.change("clean-up", by) as change:
            oldest = max(change.number - keep, self.oldest_version)
            kept = [self.table_versions(n) for n in range(oldest, change.number)]
            self._about["oldest_version"] = oldest
            # First the promise, then the deletion: a crash between leaves too many files.
            _write_json(self.root / "store.json", self._about)
            gone = 0
            for table, head in change.versions.items():
                wanted = {versions[table] for versions in kept if table in versions} | {head}
                gone += len(
                    DeltaTable(str(self.root / table)).vacuum(
                        retention_hours=0,
                        enforce_retention_duration=False,
                        dry_run=False,
                        # What a loader wrote before it died stands in no log.
                        full=True,
                        keep_versions=sorted(wanted),
                    )
                )
            return gone


@dataclass
class Change:
    """One change under way: tables written so far, and the version each of them has now."""

    store: Store
    number: int
    action: str
    by: str
    versions: dict[str, int]
    _committed: bool = field(default=False)

    def files(self, tables: Collection[str] | None = None) -> dict[str, list[str]]:
        """Return the files of the tables, all by default, as this change has left them so far."""
        return self.store.all_files(self.versions, tables)

    def write(self, table: str, rows: pa.Table) -> None:
        """Replace a table whole."""
        delta = DeltaTable(str(self.store.root / table))
        # A table of an older program may lack columns, or have some that are no longer kept.
        write_deltalake(
            delta, rows, mode="overwrite", schema_mode="merge", writer_properties=WRITER
        )
        self._written(table, delta)

    def write_months(
        self,
        con: duckdb.DuckDBPyConnection,
        table: str,
        rows: duckdb.DuckDBPyRelation,
        months: Sequence[str],
    ) -> None:
        """Replace the given months of a table with rows of the connection, in their order."""
        if not months:
            return
        folder = self.store.root / table
        rows.create_view("written", replace=True)
        query = queries.get("changes", "written")
        files = con.execute(query.sql, query.bind({"folder": str(folder)})).fetchall()
        con.execute("drop view written")
        delta = DeltaTable(str(folder))
        self._add_columns(delta, table)
        delta.create_write_transaction(
            [_added(folder, *described) for described in files],
            mode="overwrite",
            schema=delta.schema(),
            partition_by=["month"],
            partition_filters=[("month", "in", sorted(months))],
        )
        delta.update_incremental()
        self._written(table, delta)

    def _written(self, table: str, delta: DeltaTable) -> None:
        """Take down the version and the files of a table as a write has left it."""
        self.versions[table] = delta.version()
        self.store.remember(table, delta)

    @staticmethod
    def _add_columns(delta: DeltaTable, table: str) -> None:
        """Give a table of an older program the columns it lacks."""
        known = {field.name for field in delta.schema().fields}
        declared = Schema.from_arrow(empty(table).schema).fields
        lacking = [field for field in declared if field.name not in known]
        if lacking:
            delta.alter.add_columns(lacking)

    def commit(self, rows: Sequence[dict[str, Any]]) -> int:
        """Append the rows that make this change the newest data version; returns its last number.

        A change of several loads has one row for each; all name the same table versions, because
        they landed together.
        """
        if self._committed:
            raise ChangeRefused(title="This change is already committed")
        shared = {
            "action": self.action,
            "changed_at": datetime.now(UTC).replace(tzinfo=None),
            "loaded_by": self.by,
            "table_versions": json.dumps(self.versions, sort_keys=True),
        }
        full = [{**row, **shared, "n": self.number + place} for place, row in enumerate(rows)]
        schema = empty("loads").schema
        unknown = {name for row in full for name in row} - set(schema.names)
        if unknown:
            msg = f"loads has no column {sorted(unknown)}"
            raise ValueError(msg)
        # Through polars: Arrow by itself would first import pandas, which takes as long as a load.
        landed = pl.DataFrame(full, schema=_schema("loads")).to_arrow().cast(schema)
        with self.store.committing():
            write_deltalake(
                str(self.store.root / "loads"),
                landed,
                mode="append",
                writer_properties=WRITER,
            )
        self._committed = True
        return self.number + len(full) - 1


def _refuse_folder(root: Path) -> None:
    """Refuse a folder with a name that Delta or DuckDB would read as something else."""
    held = sorted({sign for sign in "%*?[]{}" if sign in str(root)})
    if held:
        raise StoreUnusable(
            title="The data cannot lie in this folder",
            found=f"“{root}” has {' '.join(held)} in its name",
            next_step="Name another folder with DATA_ROOT or --data-root",
        )


def _added(
    folder: Path,
    path: str,
    rows: int,
    size_bytes: int,
    _footer_bytes: int,
    columns: Mapping[str, Mapping[str, str]],
    partition: Mapping[str, str],
    *_others: object,
) -> AddAction:
    """Return what Delta's log says of a file that DuckDB has written and described."""
    nulls = {
        name.strip('"'): int(told["null_count"])
        for name, told in columns.items()
        if '"."' not in name and "null_count" in told
    }
    return AddAction(
        path=Path(path).relative_to(folder).as_posix(),
        size=size_bytes,
        partition_values=dict(partition),
        modification_time=int(Path(path).stat().st_mtime * 1000),
        data_change=True,
        stats=json.dumps({"numRecords": rows, "nullCount": nulls}),
    )


def _paths(table: DeltaTable) -> list[str]:
    """Return the files of a table. Delta gives them as URIs: a space in the folder is %20."""
    return [unquote(uri) for uri in table.file_uris()]


def _head(folder: Path) -> int:
    """Return the newest version of a table: Delta names the file of each commit after its version.

    Every change asks it of every table, and opening a table to ask it takes thirty times as long.
    """
    return max(int(path.stem) for path in (folder / "_delta_log").glob("*[0-9].json"))


def _write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a small file so that a reader sees the old or the new one, never half of it."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(json.dumps(value, indent=1), encoding="utf-8")
    draft.replace(path)
