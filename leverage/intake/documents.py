"""Read JSON: one document, a list of records, or one document a line (NDJSON).

DuckDB splits the file into documents and takes them apart; only where records lie inside lists are
the documents walked one by one. Nested objects become dotted names, lists stay as JSON text.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant
from duckdb import FunctionExpression as Function

from leverage import queries
from leverage.errors import FileRefused
from leverage.intake.archives import Part, Scratch
from leverage.intake.raw import (
    MOST_RAGGED,
    BadLine,
    IsHeader,
    Raw,
    distinct_names,
    new_table,
    refuse_ragged,
    rows_of,
)

UNIT_SEPARATOR = "\x01"
LONGEST_RECORD = 16 << 20
SNIFFED_CHARACTERS = 32 << 20
MOST_COLUMNS = 2_000
# A page of days without use says nothing of what its results would be; a later one does.
DOCUMENTS_LOOKED_AT = 10
# At each depth; more than ten pages have of buckets by the minute.
OBJECTS_LOOKED_AT = 20_000


def all_keys(document: object) -> tuple[str, ...]:
    """Return every key name that stands anywhere in a JSON document, or in shapes, outer first."""
    found: dict[str, None] = {}
    level = [document]
    while level:
        inner: list[object] = []
        for node in level:
            if isinstance(node, dict):
                found |= dict.fromkeys(node)
                inner += node.values()
            elif isinstance(node, list):
                inner += node
        level = inner
    return tuple(found)


def is_json(part: Part) -> bool:
    """Tell whether a text begins as JSON does."""
    with part.path.open(encoding="utf-8-sig") as file:
        return file.read(1 << 16).lstrip().startswith(("{", "["))


def read_json(con: duckdb.DuckDBPyConnection, part: Part, is_header: IsHeader | None) -> Raw:
    """Read a JSON or NDJSON file: a table where its documents are records, else left nested.

    Several documents are records, unless only the keys inside them make a known header. One
    document alone is a record only where its own keys make one.
    """
    layout, documents = _documents(con, part)
    shapes = _shapes(con, documents, part.name)
    is_known = is_header is not None and is_header([*_pointers(shapes)])
    is_inside = is_header is not None and not is_known and is_header(all_keys(shapes))
    nested = Raw(
        name=part.name,
        digest=part.digest,
        size_bytes=part.size_bytes,
        format="ndjson" if layout == "lines" else "json",
        columns=(),
        table=documents,
        records=0,
        ragged=(),
        header_text="",
        notes=part.notes,
        document=shapes,
        literals=_literals(con, documents),
    )
    is_alone = layout == "unstructured" and len(con.table(documents)) == 1
    if is_known or not (is_alone or is_inside):
        return _flattened(con, nested, documents, shapes)
    return nested


def flatten(
    con: duckdb.DuckDBPyConnection,
    raw: Raw,
    records: str | None,
    inherits: Collection[str] = (),
) -> Raw:
    """Make the table of a nested JSON file.

    `records` says where the records lie: `data[].results[]` walks the list `data` of each document
    and the list `results` of each of its items. A record inherits the values of its parents, nested
    objects under dotted names and lists left out, but for those named in `inherits`; where both
    have a value the record's own holds.
    Without `records` a document that holds one list of objects means that list; any other document
    is a record itself, which `[]` says outright. Raises FileRefused where no document has such a
    list.
    """
    if raw.document is None:
        return raw
    path = _only_list(raw.document) if records is None else records
    steps = [step for step in path.replace("[]", "").split(".") if step]
    if not steps:
        return _flattened(con, raw, raw.table, raw.document)
    walk = _Walk(steps, inherits)
    scratch = Scratch()
    file = scratch.file()
    in_order = queries.get("intake", "json_in_order").sql
    documents = con.sql(in_order, params={"documents": raw.table})
    with file.open("w", encoding="utf-8") as out:
        for text, is_object in documents.iter_rows():
            for record in walk.records(json.loads(text)) if is_object else (text,):
                out.write((record if isinstance(record, str) else json.dumps(record)) + "\n")
    if walk.lacks is not None:
        raise FileRefused(
            title=f"“{raw.name}” does not hold its records where they should be",
            found=f"They should be at {path}, and nothing there is called “{walk.lacks}”",
            next_step="Export it again; where the vendor has changed the format, its mapping in "
            "queries/exports has to follow",
        )
    table = new_table()
    _create_lines(con, file, table)
    flat = _flattened(con, raw, table, _shapes(con, table, raw.name))
    return replace(flat, empty_parents=tuple(walk.empty_parents))


# ---- documents ---------------------------------------------------------------------------------


def _documents(con: duckdb.DuckDBPyConnection, part: Part) -> tuple[str, str]:
    """Split a file into documents; returns how they lie in it, and the table of them.

    They lie in lines, in one list (array), or as one or more after each other (unstructured).
    """
    table = new_table()
    with part.path.open(encoding="utf-8-sig") as file:
        text = file.read(SNIFFED_CHARACTERS).strip()
    first, _, rest = text.partition("\n")
    is_list = text.startswith("[")
    if not is_list and rest and _is_document(first):
        _read_lines(con, part, table)
        return "lines", table
    layout = "array" if is_list else "unstructured"
    longest = LONGEST_RECORD if is_list else part.path.stat().st_size + LONGEST_RECORD
    values = {"path": str(part.path), "layout": layout, "size_bytes": longest}
    try:
        con.sql(queries.get("intake", "json_documents").sql, params=values).create(table)
    except duckdb.InvalidInputException as error:
        # The first of many lines may be the broken one.
        if not is_list and any(_is_document(line) for line in rest.split("\n", 5)[:5]):
            _read_lines(con, part, table)
            return "lines", table
        _refuse_broken(part, text, str(error))
    return layout, table


def _read_lines(con: duckdb.DuckDBPyConnection, part: Part, table: str) -> None:
    _create_lines(con, part.path, table)
    last = con.table(table).order("line desc").limit(1).fetchall()[0]
    if not last[2] and not _end(part).endswith((b"\n", b"\r")):
        raise FileRefused(
            title=f"“{part.name}” is cut short",
            found=f"Its last line, {last[0]}, has no line break and is no whole JSON object",
            next_step="Download it again, and wait until the download has ended",
        )


def _end(part: Part) -> bytes:
    with part.path.open("rb") as file:
        file.seek(max(0, part.path.stat().st_size - 64))
        return file.read()


def _is_document(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _create_lines(con: duckdb.DuckDBPyConnection, path: Path, table: str) -> None:
    values = {"path": str(path), "unit_separator": UNIT_SEPARATOR}
    con.sql(queries.get("intake", "json_lines").sql, params=values).create(table)


def _refuse_broken(part: Part, text: str, why: str) -> None:
    closing = "]" if text.startswith("[") else "}"
    if not _end(part).rstrip().endswith(closing.encode()):
        raise FileRefused(
            title=f"“{part.name}” is cut short",
            found=f"It begins as JSON with “{text[0]}” and does not end with “{closing}”",
            next_step="Download it again, and wait until the download has ended",
        )
    raise FileRefused(
        title=f"“{part.name}” is not valid JSON",
        found=why.partition(", ")[2] or why,
        next_step="Export it again without changing it in an editor",
    )


# ---- shapes ------------------------------------------------------------------------------------


def _shapes(con: duckdb.DuckDBPyConnection, documents: str, name: str) -> list[dict[str, Any]]:
    """Return every different shape the documents have: keys with their types, lists as one item."""
    query = queries.get("intake", "json_shapes")
    try:
        found = con.sql(query.sql, params={"documents": documents}).fetchall()
    except duckdb.InvalidInputException as error:
        raise FileRefused(
            title=f"“{name}” is nested too deeply",
            found=str(error).partition(": ")[2],
            next_step="Export it again; a usage export nests a few levels, not hundreds",
        ) from error
    shapes = [json.loads(shape) for (shape,) in found]
    return [shape for shape in shapes if isinstance(shape, dict)]  # {} has the shape "JSON"


def _pointers(shapes: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return the columns that documents of these shapes make: dotted name -> JSON pointer.

    Where a key holds an object here and a value there, both make columns. An object without keys,
    or nothing, makes one only where no document has more.
    """
    leaves: dict[str, tuple[str, bool]] = {}

    def collect(shape: dict[str, Any], name: str, pointer: str) -> None:
        for key, value in shape.items():
            at = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if isinstance(value, dict):
                collect(value, f"{name}{key}.", at)
            else:
                is_bare = value in ("JSON", "NULL") and leaves.get(at, ("", True))[1]
                leaves[at] = (name + key, is_bare)

    for shape in shapes:
        collect(shape, "", "")
    parents = {at[:i] for at in leaves for i, sign in enumerate(at) if sign == "/" and i}
    kept = {at: name for at, (name, is_bare) in leaves.items() if not (is_bare and at in parents)}
    return dict(zip(distinct_names(list(kept.values())), kept, strict=True))


def _only_list(shapes: Sequence[dict[str, Any]]) -> str:
    """Return the path to the one list of objects the documents hold; `[]` where it is not one.

    A list that is empty in every document counts where there is no other.
    """
    lists: dict[str, bool] = {}
    for shape in shapes:
        for key, value in shape.items():
            if isinstance(value, list) and (isinstance(value[0], dict) or value == ["NULL"]):
                lists[key] = lists.get(key, False) or isinstance(value[0], dict)
    of_objects = [key for key, holds in lists.items() if holds]
    candidates = of_objects or list(lists)
    return f"{candidates[0]}[]" if len(candidates) == 1 else "[]"


# ---- tables ------------------------------------------------------------------------------------


def _flattened(
    con: duckdb.DuckDBPyConnection, raw: Raw, documents: str, shapes: Sequence[dict[str, Any]]
) -> Raw:
    """Make every document of a table, which are of these shapes, a row of text."""
    pointers = _pointers(shapes)
    if len(pointers) > MOST_COLUMNS:
        raise FileRefused(
            title=f"“{raw.name}” has too many different keys",
            found=f"{len(pointers):,} columns, among them {', '.join([*pointers][-3:])}",
            next_step="Export it without the fields that use names or ids as keys",
        )
    table = new_table()
    cells = con.sql(
        queries.get("intake", "json_cells").sql,
        params={"documents": documents, "pointers": list(pointers.values())},
    )
    cells.select(
        Column("line"),
        *(
            Function("list_extract", Column("cells"), Constant(i)).alias(name)
            for i, name in enumerate(pointers, 1)
        ),
    ).create(table)
    query = queries.get("intake", "json_not_records")
    others = con.sql(query.sql, params={"documents": documents}).limit(MOST_RAGGED + 1).fetchall()
    ragged = tuple(BadLine(line, "it is not one JSON object", text) for line, text in others)
    if len(ragged) > MOST_RAGGED:
        refuse_ragged(raw.name, ragged[0].line, ragged[0].reason)

    def texts(lines: Collection[int]) -> dict[int, str]:
        return {line: text for line, text, _ in rows_of(con, documents, lines)}

    return replace(
        raw,
        columns=tuple(pointers),
        table=table,
        records=len(con.table(table)) + len(ragged),
        ragged=ragged,
        document=None,
        literals=None,
        texts=texts,
    )


def _literals(con: duckdb.DuckDBPyConnection, documents: str) -> dict[str, Any] | None:
    """Return the first plain value at each place of the first documents.

    A place inside lists is named as `flatten` takes it: `data[].results[].object`.
    """
    in_order = con.sql(queries.get("intake", "json_in_order").sql, params={"documents": documents})
    first = in_order.filter(Column("is_object")).limit(DOCUMENTS_LOOKED_AT).fetchall()
    found: dict[str, Any] = {}
    level: list[tuple[str, dict[str, Any]]] = [("", json.loads(text)) for text, _ in first]
    while level:
        for prefix, node in level:
            for key, value in node.items():
                if not isinstance(value, dict | list):
                    found.setdefault(prefix + key, value)
        level = list(islice(_inner(level), OBJECTS_LOOKED_AT))
    return found if first else None


def _inner(level: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the objects that stand in those of a level, each with the place it stands at."""
    for prefix, node in level:
        for key, value in node.items():
            if isinstance(value, dict):
                yield f"{prefix}{key}.", value
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, dict):
                        yield f"{prefix}{key}[].", item


class _Walk:
    """Walk documents down to the records in their lists."""

    def __init__(self, steps: Sequence[str], inherits: Collection[str]) -> None:
        self.steps = steps
        self.inherits = inherits
        self.empty_parents: list[dict[str, str]] = []
        self.reached = [False for _ in steps]
        self.seen = [False for _ in steps]

    @property
    def lacks(self) -> str | None:
        """Return the first step that no parent has, where there were parents to have it."""
        for step, is_reached, is_seen in zip(self.steps, self.reached, self.seen, strict=True):
            if is_reached and not is_seen:
                return step
        return None

    def records(
        self, parent: dict[str, Any], inherited: dict[str, Any] | None = None, depth: int = 0
    ) -> Iterator[dict[str, Any] | str]:
        """Give each record with what it inherits; what is no object, as JSON text."""
        own = {**(inherited or {}), **_flat(parent, lists=self.inherits)}
        step = self.steps[depth]
        held = parent.get(step)
        items = held if isinstance(held, list) else [] if held is None else [held]
        self.reached[depth] = True
        self.seen[depth] |= step in parent
        if not items:
            self.empty_parents.append({name: _text(v) for name, v in own.items() if v is not None})
        for item in items:
            if not isinstance(item, dict):
                yield json.dumps(item)
            elif depth + 1 < len(self.steps):
                yield from self.records(item, own, depth + 1)
            else:
                yield {**own, **_flat(item)}


def _flat(
    node: dict[str, Any], prefix: str = "", *, lists: Collection[str] | None = None
) -> dict[str, Any]:
    """Return an object with those inside it under dotted names; of lists all, or those named."""
    flat: dict[str, Any] = {}
    for key, value in node.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.", lists=lists)
        elif lists is None or not isinstance(value, list) or prefix + key in lists:
            flat[prefix + key] = value
    return flat


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
