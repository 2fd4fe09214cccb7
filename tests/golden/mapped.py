"""Map one file as a load does, up to where rows are rolled up, priced and stored."""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from leverage import database
from leverage.intake import formats, kinds, mapping, staging
from leverage.store.key import Key

Row = dict[str, Any]
KEY = Key(b"golden")
# Held for the whole run: a workspace is gone when its context is.
OPEN = ExitStack()
TODAY = date(2026, 11, 1)


def map_file(
    path: Path,
    kind_name: str,
    *,
    dates: str | None = None,
    marks: Mapping[str, Collection[str]] | None = None,
    described: Mapping[str, kinds.Kind] | None = None,
) -> tuple[list[Row], mapping.Mapped]:
    """Return the mapped rows of a file, in the order of its lines, and what became of the others.

    Rows of one line stand by row_kind, then by model. The file must be recognised as the kind;
    columns that are NULL in it are left out of its row.
    """
    with database.workspace() as con:
        mapping.prepare(con)
        (raw,) = formats.read(con, path, path.name, kinds.is_known_header, kinds.may_repeat)
        kind, raw = staging.recognised(con, raw, None, described or {})
        assert kind.name == kind_name
        raw = formats.flatten(con, raw, kind.header.get("records"), kind.inherits)
        ragged = {bad.line: bad.reason for bad in raw.ragged}
        source = mapping.Source(raw.table, raw.columns, raw.records, ragged, raw.name)
        done = mapping.map_rows(con, source, kind, KEY, dates=dates, marks=marks, today=TODAY)
        rows = con.table(done.rows)
        order = [name for name in ("line", "row_kind", "model", "metric") if name in rows.columns]
        columns, lines = rows.columns, rows.order(", ".join(order)).fetchall()
    return [
        {name: cell for name, cell in zip(columns, line, strict=True) if cell is not None}
        for line in lines
    ], done
