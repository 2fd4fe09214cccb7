"""Read an uploaded file, of any format the product takes, into tables of text.

A file is known by its content, never by its name. Nothing here knows an export kind: what a file
means is for recognition and mapping to say. A file that cannot be read as it stands is refused in
words; no line of it is dropped in silence.
"""

from pathlib import Path

import duckdb
import fastexcel
import polars as pl
from duckdb import ColumnExpression as Column
from duckdb import FunctionExpression as Function

from leverage import queries
from leverage.errors import FileRefused
from leverage.intake.archives import Part, Refuse, parts, refuse_whole
from leverage.intake.delimited import read_delimited
from leverage.intake.documents import all_keys, flatten, is_json, read_json
from leverage.intake.raw import (
    HEADER_SOUGHT_IN,
    BadLine,
    IsHeader,
    Raw,
    as_csv,
    check_header,
    distinct_names,
    header_names,
    new_table,
    rows_of,
)

__all__ = ["BadLine", "Raw", "all_keys", "flatten", "read"]

NESTED_TYPES = ("list", "struct", "map", "array", "union")
MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"


def read(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    name: str | None = None,
    is_header: IsHeader | None = None,
    may_repeat: IsHeader | None = None,
    refuse: Refuse = refuse_whole,
) -> list[Raw]:
    """Read a file, or each file in a zip, into tables of the connection.

    Takes comma, semicolon and tab separated text, JSON, NDJSON, Parquet and .xlsx, plain, .gz or in
    a .zip; text as UTF-8, UTF-16 with its mark, or Windows-1252. `name` is what people call the
    file. `is_header` tells whether a row of names is the header of some known kind, which helps to
    find a header that is not where it belongs; `may_repeat` whether such a header repeats names,
    which is a defect in any other. The connection must not be in a transaction. Raises
    FileRefused where a file is not a table that can be trusted. Of a zip `refuse` is told of each
    member that is none; unless it raises that error, the others are read.
    """
    read = []
    for part in parts(path, name or path.name, refuse):
        try:
            read.append(_read_part(con, part, is_header, may_repeat))
        except FileRefused as error:
            if not part.is_member:
                raise
            refuse(part, error)
    return read


def _read_part(
    con: duckdb.DuckDBPyConnection,
    part: Part,
    is_header: IsHeader | None,
    may_repeat: IsHeader | None,
) -> Raw:
    if part.kind == "parquet":
        return _read_parquet(con, part)
    if part.kind == "xlsx":
        return _read_workbook(con, part, is_header)
    if is_json(part):
        return read_json(con, part, is_header)
    return read_delimited(con, part, is_header, may_repeat)


def _read_parquet(con: duckdb.DuckDBPyConnection, part: Part) -> Raw:
    """Read every column as text; lists and structures as JSON text."""
    table = new_table()
    try:
        query = queries.get("intake", "parquet")
        rows = con.sql(query.sql, params={"path": str(part.path)})
        columns = distinct_names(rows.columns[1:])
        rows.select(
            Column(rows.columns[0]).alias("line"),
            *(
                (Function("to_json", Column(name)) if dtype.id in NESTED_TYPES else Column(name))
                .cast("varchar")
                .alias(alias)
                for name, alias, dtype in zip(
                    rows.columns[1:], columns, rows.types[1:], strict=True
                )
            ),
        ).create(table)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise FileRefused(
            title=f"“{part.name}” is damaged or cut short",
            found="It begins as a Parquet file and cannot be read to its end",
            next_step="Download it again, and wait until the download has ended",
        ) from error
    return _as_raw(con, part, columns, table, part.notes)


def _read_workbook(con: duckdb.DuckDBPyConnection, part: Part, is_header: IsHeader | None) -> Raw:
    """Read one sheet as text: the first with a known header, else the first that is not empty."""
    try:
        workbook = fastexcel.read_excel(part.path.read_bytes())
        sheets = {sheet: _rows(workbook, sheet) for sheet in workbook.sheet_names}
    except fastexcel.FastExcelError as error:
        raise FileRefused(
            title=f"“{part.name}” is damaged",
            found=f"It cannot be read as a workbook ({str(error).splitlines()[0]})",
            next_step="Open it in Excel, save it as .xlsx or CSV, and hand that in",
        ) from error
    filled = [sheet for sheet, (rows, _) in sheets.items() if not rows.is_empty()]
    if not filled:
        raise FileRefused(
            title=f"“{part.name}” holds no table",
            found=f"No cell is filled in {', '.join(f'“{sheet}”' for sheet in sheets)}",
            next_step="Export it again; charts and pictures cannot be read, only cells",
        )
    chosen = next(
        (sheet for sheet in filled if _has_known_header(sheets[sheet][0], is_header)), filled[0]
    )
    rows, notes = sheets[chosen]
    header = rows.row(0)
    check_header(
        [(row[0], row[1:]) for row in rows.head(HEADER_SOUGHT_IN).rows()], is_header, part.name
    )
    body = rows[1:]
    used = [
        (cell, name)
        for cell, name in zip(header[1:], rows.columns[1:], strict=True)
        if cell or body[name].is_not_null().any()
    ]
    columns = header_names([cell for cell, _ in used], part.name)
    named = zip(used, columns, strict=True)
    body = body.select("line", *(pl.col(name).alias(alias) for (_, name), alias in named))
    table = new_table()
    con.from_arrow(body.to_arrow()).create(table)
    if len(filled) > 1:
        left = ", ".join(f"“{sheet}”" for sheet in filled if sheet != chosen)
        notes = [*notes, f"Read from the sheet “{chosen}”; not read: {left}"]
    return _as_raw(con, part, columns, table, (*part.notes, *notes))


def _rows(workbook: fastexcel.ExcelReader, name: str) -> tuple[pl.DataFrame, list[str]]:
    """Return the rows of a sheet that are not blank as text, with the row number as `line`.

    Also returns what has to be said of it: a cell like #DIV/0! has no text and is read as empty.
    """
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    cells, errors = sheet.to_arrow_with_errors()
    rows = (
        pl.DataFrame(cells)
        .with_columns(pl.all().str.replace(MIDNIGHT, "$1"))
        .with_row_index("line", offset=1)
        .cast({"line": pl.Int64})
        .filter(pl.any_horizontal(pl.exclude("line").str.strip_chars() != ""))
    )
    if errors is None:
        return rows, []
    first = min(error.position[0] for error in errors.errors) + 1
    return rows, [f"Cells with an error are read as empty: {len(errors.errors)}, from row {first}"]


def _has_known_header(rows: pl.DataFrame, is_header: IsHeader | None) -> bool:
    sought = rows.head(HEADER_SOUGHT_IN).rows()
    return is_header is not None and any(
        is_header([(cell or "").strip() for cell in row[1:]]) for row in sought
    )


def _as_raw(
    con: duckdb.DuckDBPyConnection,
    part: Part,
    columns: tuple[str, ...],
    table: str,
    notes: tuple[str, ...],
) -> Raw:
    return Raw(
        name=part.name,
        digest=part.digest,
        size_bytes=part.size_bytes,
        format=part.kind,
        columns=columns,
        table=table,
        records=len(con.table(table)),
        ragged=(),
        header_text=as_csv(columns),
        notes=notes,
        texts=lambda lines: {line: as_csv(cells) for line, *cells in rows_of(con, table, lines)},
    )
