"""What reading a file gives: a table of text that knows its lines, whatever the format was."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import duckdb

from leverage import queries
from leverage.errors import FileRefused

IsHeader = Callable[[Sequence[str]], bool]
Texts = Callable[[Collection[int]], dict[int, str]]

HEADER_SOUGHT_IN = 5
MOST_RAGGED = 100_000
UNIT = re.compile(
    r"usd|eur|gbp|chf|jpy|[$€£%]|(input |output )?tokens?|requests?|credits?|count|number|text"
    r"|string|integer|float|decimal|boolean|date|datetime|timestamp|yyyy-mm-dd|cents"
    r"|hours?|minutes?|seconds?|days?"
)
"""What a row of units holds: currencies, measures, types."""

_numbers = itertools.count(1)


@dataclass(frozen=True)
class BadLine:
    """A line that is no record: its number, why, and its text as it stands in the file."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Raw:
    """One table of text, as found in one file or in one member of a zip.

    `table` names a table of the connection that read it: `line` (BIGINT) and one VARCHAR column per
    entry of `columns`. `line` is the physical number of the record's first line in a delimited file
    and in NDJSON, the row number in a sheet, and the number of the record from 1 in JSON and
    Parquet. A cell without text is NULL or ''. `records` counts the rows of the table and the
    `ragged` lines, which share no line number.

    A nested JSON file is no table yet: it has no columns and no records, `document` holds the
    shapes of what is in it (every key; for values their type) and `literals` the first plain value
    at each place of its first documents, by names such as `data[].results[].object`. `flatten`
    makes the table and tells the `empty_parents`: the plain values of every parent whose list held
    nothing, such as a day without use.
    """

    name: str
    digest: str
    size_bytes: int
    format: str
    columns: tuple[str, ...]
    table: str
    records: int
    ragged: tuple[BadLine, ...]
    header_text: str
    notes: tuple[str, ...] = ()
    document: list[dict[str, Any]] | None = None
    literals: dict[str, Any] | None = None
    empty_parents: tuple[dict[str, str], ...] = ()
    texts: Texts = field(default=lambda lines: {}, repr=False, compare=False)

    @property
    def is_nested(self) -> bool:
        """Tell whether this still has to be flattened."""
        return self.document is not None

    def original(self, lines: Collection[int]) -> dict[int, str]:
        """Return the text of these lines as it was handed in, for the download of rejected rows.

        Verbatim for delimited files and NDJSON, line breaks inside quotes included; compact JSON
        for JSON; comma separated for sheets and Parquet. Lines the file does not have are left out.
        """
        return self.texts(lines) if lines else {}


def new_table() -> str:
    """Return a name that no other table of this process has."""
    return f"intake_{next(_numbers)}"


def drop(con: duckdb.DuckDBPyConnection) -> None:
    """Drop every table that reading made in the schema in use: their files are mapped."""
    for (name,) in con.execute("show tables").fetchall():
        if name.startswith("intake_"):
            con.execute(f"drop view if exists {numbered(name)}")
            con.execute(f"drop table {name}")


def numbered(table: str) -> str:
    """Return the name of the view that gives a table its lines, where the table has none itself."""
    return f"lines_of_{table}"


def as_csv(cells: Sequence[object]) -> str:
    """Return the cells as one comma separated line without its line break."""
    out = io.StringIO()
    # The writer quotes a line break in a cell only where it may end its own lines with one.
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")


def rows_of(
    con: duckdb.DuckDBPyConnection, table: str, lines: Collection[int]
) -> Iterator[tuple[Any, ...]]:
    """Return the chosen rows of a table that intake made, line number first."""
    query = queries.get("intake", "lines")
    yield from con.sql(query.sql, params={"name": table, "lines": list(lines)}).fetchall()


def distinct_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return names that DuckDB can tell apart from each other and from `line`.

    DuckDB does not mind case, so the second of `User` and `user` becomes `user (2)`. It takes no
    column without a name, so the third of the columns becomes `column 3` where it has none.
    """
    seen = Counter({"line": 1})
    distinct = []
    for name in (name or f"column {i}" for i, name in enumerate(names, 1)):
        distinct.append(name)
        while seen[distinct[-1].casefold()]:
            seen[name.casefold()] += 1
            distinct[-1] = f"{name} ({seen[name.casefold()]})"
        seen[distinct[-1].casefold()] += 1
    return tuple(distinct)


def header_names(
    cells: Sequence[str | None], file: str, may_repeat: IsHeader | None = None
) -> tuple[str, ...]:
    """Return the column names of a header, outer spaces stripped; refuse a name used twice.

    `may_repeat` tells whether a header is one that repeats names, as trackers do that give each of
    an issue's labels a column.
    """
    names = [(cell or "").strip().removeprefix("\ufeff").strip() for cell in cells]
    counted = Counter(name.casefold() for name in names if name)
    twice = list(dict.fromkeys(name for name in names if counted[name.casefold()] > 1))
    if twice and not (may_repeat and may_repeat(names)):
        raise FileRefused(
            title=f"“{file}” has several columns of the same name",
            found=f"Used more than once in the header: {', '.join(twice)}",
            next_step="Rename or remove the surplus columns, so that each name stands once",
        )
    return distinct_names(names)


def refuse_ragged(file: str, line: int, reason: str) -> NoReturn:
    """Refuse a file of which more than MOST_RAGGED lines are no records; names the first."""
    raise FileRefused(
        title=f"“{file}” does not hold one table",
        found=f"More than {MOST_RAGGED:,} lines are no records of it. Line {line}: {reason}",
        next_step="Export it again without changing it in a spreadsheet or an editor",
    )


def check_header(
    rows: Sequence[tuple[int, Sequence[str | None]]], is_header: IsHeader | None, file: str
) -> None:
    """Refuse a file whose header is not its first row, or that has two of them.

    `rows` are the first rows that are not blank, each with its line number. Which names make a
    known header only `is_header` can tell; without its help a title is a first row with one value
    above wider rows, and a second header repeats the first or holds nothing but units.
    """
    texts = [[(cell or "").strip() for cell in cells] for _, cells in rows]
    lines = [line for line, _ in rows]
    known = [bool(is_header and is_header(cells)) for cells in texts[:HEADER_SOUGHT_IN]]
    if not known[0] and True in known:
        _refuse_lines_above(file, lines, known.index(True))
    filled = [[cell.casefold() for cell in cells if cell] for cells in texts]
    if not known[0] and len(filled[0]) <= 1:
        wide = (i for i, cells in enumerate(filled[:HEADER_SOUGHT_IN]) if len(cells) > 1)
        below = next(wide, None)
        if below is not None:
            _refuse_lines_above(file, lines, below)
    if len(filled) > 1 and filled[1]:
        again = filled[1] == filled[0] or (len(known) > 1 and known[1])
        units = len(filled[1]) > 1 and all(UNIT.fullmatch(cell.strip("()[]")) for cell in filled[1])
        if again or units:
            raise FileRefused(
                title=f"“{file}” has two header rows",
                found=f"The header is in line {lines[0]}, and line {lines[1]} "
                + (
                    "is a header again"
                    if again
                    else "holds units: " + ", ".join(filter(None, texts[1]))
                ),
                next_step=f"Delete line {lines[1]}, so that rows follow the header directly",
            )


def _refuse_lines_above(file: str, lines: Sequence[int], at: int) -> None:
    raise FileRefused(
        title=f"“{file}” has lines above its header",
        found=f"The header is in line {lines[at]}, not in line {lines[0]}",
        next_step=f"Delete every line above line {lines[at]}, so that the header comes first",
    )
