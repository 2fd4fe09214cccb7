"""Read comma, semicolon and tab separated files, each record with its line in the file.

DuckDB reads the file at once where every record is one line and every line fits the header. Any
other file is gone through record by record, which is exact and about five times slower: quoted line
breaks, blank lines and lines that do not fit keep their numbers, and a quote that is never
closed, which would swallow rows in silence, is found and refused.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant

from leverage import queries
from leverage.errors import FileRefused
from leverage.intake.archives import BLOCK_BYTES, Part
from leverage.intake.raw import (
    HEADER_SOUGHT_IN,
    MOST_RAGGED,
    BadLine,
    IsHeader,
    Raw,
    check_header,
    header_names,
    new_table,
    numbered,
    refuse_ragged,
)

DELIMITERS = (",", ";", "\t")
OTHER_DELIMITERS = {"|": "vertical bars (|)", ":": "colons", "~": "tildes (~)", " ": "spaces"}
SAMPLE_CHARACTERS = 1 << 20
SAMPLE_RECORDS = 25
LONGEST_VALUE = 16 << 20


class Record(NamedTuple):
    """One record as it stands: first and last line, and its cells or why it has none."""

    first: int
    last: int
    cells: list[str]
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Tell whether the line is empty, or nothing but spaces."""
        return not self.fault and len(self.cells) < 2 and not "".join(self.cells).strip()

    @property
    def is_open(self) -> bool:
        """Tell whether the file ended inside a quote."""
        return self.fault == "unexpected end of data"


def read_delimited(
    con: duckdb.DuckDBPyConnection,
    part: Part,
    is_header: IsHeader | None,
    may_repeat: IsHeader | None = None,
) -> Raw:
    """Read a delimited file into a table; the header is its first line that is not blank."""
    delimiter, sample = _dialect(part, is_header)
    header = sample[0]
    check_header([(record.first, record.cells) for record in sample], is_header, part.name)
    columns = header_names(header.cells[: _width(sample)], part.name, may_repeat)
    _refuse_another_width(part, sample, len(columns))
    table = new_table()
    ragged: tuple[BadLine, ...] = ()
    lines = _plain_lines(part.path)
    is_plain = bool(lines) and header.last == 1
    is_plain = is_plain and _read_at_once(con, part, table, columns, delimiter, lines - 1)
    if not is_plain:
        ragged = _read_one_by_one(con, part, table, columns, delimiter, header.last)

    def texts(wanted: Collection[int]) -> dict[int, str]:
        spans = {line: line for line in wanted}
        if not is_plain:
            records = _records_of(part.path, delimiter)
            spans = {record.first: record.last for record in records if record.first in spans}
        return _texts(part.path, spans)

    return Raw(
        name=part.name,
        digest=part.digest,
        size_bytes=part.size_bytes,
        format="csv",
        columns=columns,
        table=numbered(table) if is_plain else table,
        records=len(con.table(table)) + len(ragged),
        ragged=ragged,
        header_text=_texts(part.path, {header.first: header.last})[header.first],
        notes=part.notes,
        texts=texts,
    )


# ---- what the file looks like ------------------------------------------------------------------


def _records(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    csv.field_size_limit(LONGEST_VALUE)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(first, reader.line_num, [], str(error))
        else:
            yield Record(first, reader.line_num, cells)


def _records_of(path: Path, delimiter: str) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _records(file, delimiter)


def _dialect(part: Part, is_header: IsHeader | None) -> tuple[str, list[Record]]:
    """Return the delimiter, and the first records that are not blank, the header first.

    It is the delimiter under which a known header appears, else the one that gives most records one
    width: a decimal comma splits the rows of a semicolon file, but not its header.
    """
    with part.path.open(encoding="utf-8-sig", newline="") as file:
        text = file.read(SAMPLE_CHARACTERS)
        if file.read(1):
            # The last line of the sample may be half a line.
            text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    samples = {delimiter: _sample(text, delimiter) for delimiter in DELIMITERS}

    def fit(delimiter: str) -> tuple[bool, float, int]:
        sample = samples[delimiter]
        widths = Counter(len(record.cells) for record in sample)
        width, often = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
        headers = [[cell.strip() for cell in record.cells] for record in sample[:HEADER_SOUGHT_IN]]
        known = is_header is not None and any(map(is_header, headers))
        return known, often / len(sample) if width > 1 else 0, width

    if not text.strip() or not all(samples.values()):
        raise FileRefused(
            title=f"“{part.name}” is not a table",
            found=f"Its first {SAMPLE_CHARACTERS:,} characters hold no line break",
            next_step="Export it again as CSV, one record a line",
        )
    delimiter = max(DELIMITERS, key=fit)
    sample = samples[delimiter]
    if sample[0].fault:
        _refuse_open_quote(part, delimiter, sample[0])
    if max(len(record.cells) for record in sample) == 1:
        _refuse_one_column(part, sample)
    return delimiter, [record for record in sample if not record.fault]


def _sample(text: str, delimiter: str) -> list[Record]:
    sample: list[Record] = []
    for record in _records(io.StringIO(text, newline=""), delimiter):
        if len(sample) == SAMPLE_RECORDS:
            break
        if not record.is_blank:
            sample.append(record)
    return sample


def _width(sample: Sequence[Record]) -> int:
    """Return how many columns the header has, less the unnamed ones at its end without a value."""
    cells = sample[0].cells
    width = len(cells)
    while width > 1 and not cells[width - 1].strip():
        if any("".join(record.cells[width - 1 :]).strip() for record in sample[1:]):
            break
        width -= 1
    return width


def _fits(cells: Sequence[str], width: int) -> bool:
    """Tell whether the cells fill the columns; empty ones too many are what spreadsheets leave."""
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))


def _plain_lines(path: Path) -> int:
    """Return how many lines a file has before the blank ones at its end; 0 where that is not plain.

    Plain is a file whose lines all end alike, with no blank line among them: the number of a line
    is then the number of its record.
    """
    lines, returns, pairs, before = 1, 0, 0, b"\n"
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - BLOCK_BYTES))
        tail = file.read()
        content = size - len(tail) + len(tail.rstrip(b"\r\n"))
        file.seek(0)
        while content and (block := file.read(min(BLOCK_BYTES, content))):
            content -= len(block)
            joined = before + block
            lines += block.count(b"\n")
            if b"\n\n" in joined:
                return 0
            if b"\r" in joined:
                if b"\n\r\n" in joined:
                    return 0
                returns += block.count(b"\r")
                pairs += joined.count(b"\r\n") - before.count(b"\r\n")
            before = joined[-2:]
    return lines if returns == pairs and pairs in (0, lines - 1) else 0


def _texts(path: Path, spans: dict[int, int]) -> dict[int, str]:
    """Return the text of these spans of lines (first -> last) without the line break at its end."""
    texts: dict[int, str] = {}
    end = max(spans.values(), default=0)
    first = last = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(file, 1):
            if number in spans:
                first, last = number, spans[number]
                texts[first] = ""
            if number <= last:
                texts[first] += line
            if number >= end:
                break
    return {line: text.rstrip("\r\n") for line, text in texts.items()}


# ---- reading it --------------------------------------------------------------------------------


def _read_at_once(
    con: duckdb.DuckDBPyConnection,
    part: Part,
    table: str,
    columns: Sequence[str],
    delimiter: str,
    expected: int,
) -> bool:
    """Read the file as DuckDB does it; tell whether every line came out as one record."""
    values = {
        "path": str(part.path),
        "columns": dict.fromkeys(columns, "VARCHAR"),
        "delimiter": delimiter,
    }
    is_whole = False
    con.begin()
    try:
        con.sql(queries.get("intake", "delimited").sql, params=values).create(table)
        rows = con.table(table)
        # DuckDB keeps the order of the file, and the first record stands in line 2.
        line = Column("rowid") + Constant(2)
        rows.select(line.alias("line"), *map(Column, columns)).create_view(numbered(table))
        is_whole = len(rows) == expected
    except duckdb.InvalidInputException:
        return False
    finally:
        if is_whole:
            con.commit()
        else:
            con.rollback()
    return is_whole


def _read_one_by_one(
    con: duckdb.DuckDBPyConnection,
    part: Part,
    table: str,
    columns: Sequence[str],
    delimiter: str,
    header_end: int,
) -> tuple[BadLine, ...]:
    """Write every record that fits out again with its line, read that; return those that do not."""
    width = len(columns)
    bad: dict[int, str] = {}
    written = 0
    record = Record(0, 0, [])
    numbered = part.scratch.file()
    with numbered.open("w", encoding="utf-8", newline="") as file:
        # All quoted, since csv leaves a carriage return bare that DuckDB takes for a line break.
        out = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for record in _records_of(part.path, delimiter):
            if record.last <= header_end or record.is_blank:
                continue
            if _fits(record.cells, width):
                out.writerow((record.first, *record.cells[:width]))
                written += 1
                continue
            if record.is_open or record.last > record.first:
                _refuse_open_quote(part, delimiter, record)
            bad[record.first] = _why(record, width)
            if len(bad) > MOST_RAGGED:
                refuse_ragged(part.name, *next(iter(bad.items())))
    if record.first in bad:
        _refuse_cut_short(part, record, width)
    values = {
        "path": str(numbered),
        "columns": {"line": "BIGINT", **dict.fromkeys(columns, "VARCHAR")},
    }
    con.sql(queries.get("intake", "numbered").sql, params=values).create(table)
    numbered.unlink()
    if (read := len(con.table(table))) != written:
        raise FileRefused(
            title=f"“{part.name}” could not be read reliably",
            found=f"{written} records are in it, {read} came out",
            next_step="Export it again as CSV without line breaks inside values",
        )
    texts = _texts(part.path, {line: line for line in bad})
    return tuple(BadLine(line, reason, texts[line]) for line, reason in bad.items())


def _why(record: Record, width: int) -> str:
    if "expected after" in record.fault:
        return "a quote stands in the middle of a value"
    if record.fault:
        return f"it cannot be split into columns ({record.fault})"
    return f"{len(record.cells)} values where the header has {width}"


# ---- refusals ----------------------------------------------------------------------------------


def _refuse_one_column(part: Part, sample: Sequence[Record]) -> None:
    first = sample[0].cells[0]
    found = f"Line {sample[0].first} is one column: “{first[:80]}”"
    for delimiter, words in OTHER_DELIMITERS.items():
        counts = {record.cells[0].count(delimiter) for record in sample if record.cells}
        if len(counts) == 1 and counts != {0}:
            found = f"Its values are separated by {words}: “{first[:80]}”"
            break
    raise FileRefused(
        title=f"“{part.name}” is not separated by commas, semicolons or tabs",
        found=found,
        next_step="Export it again as CSV, or save it as CSV with commas between the values",
    )


def _refuse_another_width(part: Part, sample: Sequence[Record], width: int) -> None:
    """Refuse a file of which no line fits the header, as with a title of several values above."""
    rows = [record for record in sample[1:] if record.cells]
    if len(rows) < 2 or any(_fits(record.cells, width) for record in rows):
        return
    usual, often = Counter(len(record.cells) for record in rows).most_common(1)[0]
    if often > 1:
        raise FileRefused(
            title=f"No line of “{part.name}” fits its header",
            found=f"Line {sample[0].first} names {width} columns, line {rows[0].first} and those "
            f"below hold {usual} values",
            next_step="Delete any lines above the real header; otherwise export the file again",
        )


def _refuse_open_quote(part: Part, delimiter: str, record: Record) -> None:
    """Refuse a record that runs on because of a quote, naming the line where that quote opens.

    A quote that stays open makes its line hold an odd number of them; the last line of a record
    that did end is the one that closed it.
    """
    text = _texts(part.path, {record.first: record.last})[record.first]
    lines = io.StringIO(text, newline="").readlines()
    odd = [
        record.first + i
        for i, line in enumerate(lines)
        if line.count('"') % 2 and (record.is_open or i < len(lines) - 1)
    ]
    opened = odd[-1] if odd else record.first
    if record.is_open and opened == record.last and _ends_within_line(part.path):
        _refuse_cut_short(part, record, 0)
    raise FileRefused(
        title=f"“{part.name}” has a quote that is never closed",
        found=f"It opens in line {opened} and swallows the lines below it",
        next_step=f"Close or remove the quote in line {opened}, or export the file again",
    )


def _refuse_cut_short(part: Part, record: Record, width: int) -> None:
    if _ends_within_line(part.path):
        held = "ends inside a quote" if record.is_open else _why(record, width)
        raise FileRefused(
            title=f"“{part.name}” is cut short",
            found=f"Its last line, {record.last}, has no line break and is not whole: {held}",
            next_step="Download it again, and wait until the download has ended",
        )


def _ends_within_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, io.SEEK_END)
        return file.read(1) not in b"\r\n"
