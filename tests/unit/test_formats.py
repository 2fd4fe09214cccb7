"""Every format reads to the text it holds, with the line it stands in; what cannot is refused."""

import csv
import gzip
import importlib
import io
import json
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from leverage.errors import FileRefused
from leverage.intake import archives, delimited, formats
from leverage.intake.formats import Raw

xlsxwriter = importlib.import_module("xlsxwriter")  # has no types
DEFECTS = Path(__file__).parents[1] / "files" / "defects"
SMALL = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
USAGE = "date,user,cost\n2026-05-01,ada,1.5\n2026-05-02,bo,2\n"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def rows(con: duckdb.DuckDBPyConnection, raw: Raw) -> list[tuple[Any, ...]]:
    """The table as it stands, line first, in the order of the lines."""
    return con.table(raw.table).order("line").fetchall()


def is_usage(names: Sequence[str]) -> bool:
    return {"date", "user", "cost"} <= {name.lower() for name in names}


def one(con: duckdb.DuckDBPyConnection, path: Path, content: bytes | str, **options: Any) -> Raw:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (raw,) = formats.read(con, path, **options)
    return raw


# ---- refusals ----------------------------------------------------------------------------------


def packed(*members: tuple[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def encrypted_zip() -> bytes:
    """A zip whose one member says that it is encrypted, in both places that say so."""
    content = bytearray(packed(("usage.csv", USAGE)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def lying_zip() -> bytes:
    """A zip whose one member is longer than its table of contents says."""
    content = bytearray(packed(("usage.csv", "date,cost\n" + "2026-05-01,1\n" * 1000)))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def parquet() -> bytes:
    out = io.BytesIO()
    pl.DataFrame({"date": ["2026-05-01"] * 500, "n": range(500)}).write_parquet(out)
    return out.getvalue()


def workbook(fill: Callable[[Any], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


def sheet(*lines: Sequence[object]) -> bytes:
    def fill(book: Any) -> None:
        page = book.add_worksheet("Usage")
        for at, line in enumerate(lines):
            page.write_row(at, 0, line)

    return workbook(fill)


MADE: dict[str, Callable[[], bytes]] = {
    "random.bin": lambda: random.Random(4).randbytes(5_000),
    "word.docx": lambda: packed(("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>")),
    "cut_short.csv.gz": lambda: gzip.compress(USAGE.encode() * 50, mtime=0)[:-20],
    "cut_short.zip": lambda: packed(("usage.csv", USAGE))[:-30],
    "cut_short.parquet": lambda: parquet()[:-40],
    "damaged.parquet": lambda: parquet()[:60] + b"\0" * 40 + parquet()[100:],
    "cut_short.xlsx": lambda: sheet(["date", "cost"], ["2026-05-01", 1])[:-60],
    "damaged.xlsx": lambda: packed(("xl/workbook.xml", "<broken")),
    "lying.zip": lying_zip,
    "encrypted.zip": encrypted_zip,
    "bomb.zip": lambda: packed(("usage.csv", b"0" * (80 << 20))),
    "bomb.csv.gz": lambda: gzip.compress(b"0" * (80 << 20), mtime=0),
    "too_many_members.zip": lambda: packed(*((f"{n}.csv", "") for n in range(501))),
    "nothing_inside.zip": lambda: packed(("__MACOSX/._a.csv", "x"), (".DS_Store", "x")),
    "zip_in_zip.zip": lambda: packed(("inner.zip", packed(("usage.csv", USAGE)))),
    "zip_in_gz.gz": lambda: gzip.compress(packed(("usage.csv", USAGE))),
    "picture_in_zip.zip": lambda: packed(("a.csv", USAGE), ("b.png", b"\x89PNG\r\n\x1a\n")),
    "no_sheet_filled.xlsx": lambda: workbook(lambda book: book.add_worksheet()),
    "title_above_header.xlsx": lambda: sheet(["Usage in May"], [], ["date", "cost"], [1, 2]),
    "header_twice.xlsx": lambda: sheet(["date", "cost"], ["date", "cost"], [1, 2]),
    "duplicate_columns.xlsx": lambda: sheet(["date", "cost", "Cost"], [1, 2, 3]),
    "utf16_cut_short.csv": lambda: USAGE.encode("utf-16")[:-1],
    "utf8_cut_short.csv": lambda: "date,user\n2026-05-01,Zoë\n2026-05-02,Zoë".encode()[:-1],
    "nested_too_deeply.json": lambda: b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "one_endless_line.csv": lambda: b"a,b" * (1 << 19),
}

REFUSED = [
    ("empty.csv", "is empty", "0 bytes"),
    ("only_blank_lines.csv", "is empty", "not one character"),
    ("document.pdf", "is not a table", "a PDF document"),
    ("picture.png", "is not a table", "a picture"),
    ("letter.rtf", "is not a table", "a text document"),
    ("word.docx", "is not a table", "a Word document"),
    ("old_excel.xls", "is not a table", "Office file of the old kind, or one locked"),
    ("random.bin", "is not a table", "a binary file"),
    ("sign_in_page.csv", "is not a table", "sign-in page"),
    ("error_page.xml", "is not a table", "XML"),
    ("prose.txt", "is not separated by commas", "Line 1 is one column: “Dear reader”"),
    ("cut_short.csv", "is cut short", "line, 5, has no line break and is not whole: 2 values"),
    ("cut_short_in_a_quote.csv", "is cut short", "line, 5, has no line break"),
    ("cut_short.json", "is cut short", "does not end with “}”"),
    ("cut_short_list.json", "is cut short", "does not end with “]”"),
    ("cut_short.ndjson", "is cut short", "last line, 2,"),
    ("nested_too_deeply.json", "is nested too deeply", "depth of 128"),
    ("broken.json", "is not valid JSON", "byte"),
    ("cut_short.csv.gz", "is damaged or cut short", "unpacked to its end"),
    ("cut_short.zip", "is damaged or cut short", "unpacked to its end"),
    ("cut_short.parquet", "is damaged or cut short", "Parquet"),
    ("damaged.parquet", "is damaged or cut short", "Parquet"),
    ("cut_short.xlsx", "is damaged or cut short", "unpacked to its end"),
    ("damaged.xlsx", "is damaged", "as a workbook"),
    ("utf16_cut_short.csv", "is not readable text", "UTF-16"),
    ("utf8_cut_short.csv", "is damaged or cut short", "unexpected end"),
    ("neither_utf8_nor_cp1252.csv", "is not readable text", "Windows-1252"),
    ("separated_by_bars.csv", "is not separated by commas", "vertical bars"),
    ("separated_by_spaces.txt", "is not separated by commas", "spaces"),
    ("one_endless_line.csv", "is not a table", "no line break"),
    ("duplicate_columns.csv", "columns of the same name", "user, User"),
    ("duplicate_columns.xlsx", "columns of the same name", "cost, Cost"),
    ("title_above_header.csv", "lines above its header", "in line 3, not in line 1"),
    ("padded_title_above_header.csv", "lines above its header", "in line 3, not in line 1"),
    ("title_above_header.xlsx", "lines above its header", "in line 3, not in line 1"),
    ("title_of_two_values_above_header.csv", "fits its header", "names 2 columns, line 2"),
    ("header_names_fewer_columns.csv", "fits its header", "below hold 5 values"),
    ("header_twice.csv", "two header rows", "line 2 is a header again"),
    ("header_in_another_case_twice.csv", "two header rows", "line 2 is a header again"),
    ("header_twice.xlsx", "two header rows", "line 2 is a header again"),
    ("units_below_header.csv", "two header rows", "line 2 holds units: tokens, USD"),
    ("quote_never_closed.csv", "quote that is never closed", "opens in line 4"),
    ("quote_never_closed_to_the_end.csv", "quote that is never closed", "opens in line 4"),
    ("quote_never_closed_in_the_last_line.csv", "quote that is never closed", "in line 5"),
    ("bomb.zip", "would unpack to more", "250 times"),
    ("bomb.csv.gz", "would unpack to more", "250 times"),
    ("too_many_members.zip", "would unpack to more", "501 files"),
    ("lying.zip", "is damaged or cut short", "unpacked to its end"),
    ("encrypted.zip", "locked with a password", "encrypted"),
    ("nothing_inside.zip", "holds no file", "empty"),
    ("zip_in_zip.zip", "an archive inside an archive", "one layer"),
    ("zip_in_gz.gz", "an archive inside an archive", "one layer"),
    ("picture_in_zip.zip", "“b.png” is not a table", "a picture"),
    ("no_sheet_filled.xlsx", "holds no table", "filled in “Sheet1”"),
]


@pytest.mark.parametrize(("file", "title", "found"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_defect_is_refused_in_words_that_name_it(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, file: str, title: str, found: str
) -> None:
    path = DEFECTS / file
    if file in MADE:
        path = tmp_path / file
        path.write_bytes(MADE[file]())
    with pytest.raises(FileRefused) as refused:
        formats.read(con, path)
    assert title in refused.value.title
    assert found in refused.value.found
    assert refused.value.next_step
    assert str(tmp_path) not in str(refused.value)


def test_every_defect_on_file_is_tried() -> None:
    assert {path.name for path in DEFECTS.iterdir()} | MADE.keys() == {row[0] for row in REFUSED}


def test_a_known_header_below_other_lines_is_named_even_where_all_have_one_width(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = "Report,May,2026\nBy,The,Console\n" + USAGE
    with pytest.raises(FileRefused, match="in line 3, not in line 1"):
        one(con, tmp_path / "a.csv", content, is_header=is_usage)


def test_a_second_known_header_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    content = "date,user,cost,a\ndate,user,cost,b\n1,2,3,4\n"
    with pytest.raises(FileRefused, match="line 2 is a header again"):
        one(con, tmp_path / "a.csv", content, is_header=is_usage)


def test_limits_hold_where_an_archive_states_less_than_it_unpacks_to(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    with pytest.raises(FileRefused, match="Unpacked, it has more than"):
        one(con, tmp_path / "a.csv.gz", gzip.compress(USAGE.encode() * 50))
    with pytest.raises(FileRefused, match="Unpacked, it has more than"):
        one(con, tmp_path / "a.zip", packed(("a.csv", USAGE * 20), ("b.csv", USAGE * 20)))


def test_a_workbook_has_a_lower_limit_since_it_is_read_in_memory(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_WORKBOOK_BYTES", 1000)
    with pytest.raises(FileRefused, match="the workbook has"):
        one(con, tmp_path / "a.xlsx", sheet(["a", "b"], [1, 2]))


def test_working_copies_are_gone_once_nothing_refers_to_them(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    raw = one(con, tmp_path / "a.csv.gz", gzip.compress(USAGE.encode()))
    assert raw.original([2]) == {2: "2026-05-01,ada,1.5"}
    del raw
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv.gz"]


# ---- delimited files ---------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("wrap", [bytes, gzip.compress])
def test_each_delimiter_encoding_and_wrapping_reads_alike(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    delimiter: str,
    encoding: str,
    wrap: Callable[[bytes], bytes],
) -> None:
    text = delimiter.join(["date", " user ", "cost"]) + "\r\n"
    text += delimiter.join(["2026-05-01", "Zoë", "1"]) + "\r\n"
    raw = one(con, tmp_path / "usage.data", wrap(text.encode(encoding)))
    assert raw.columns == ("date", "user", "cost")
    assert rows(con, raw) == [(2, "2026-05-01", "Zoë", "1")]
    assert (raw.format, raw.records, raw.ragged) == ("csv", 1, ())
    assert raw.original([2]) == {2: delimiter.join(["2026-05-01", "Zoë", "1"])}
    assert raw.header_text == delimiter.join(["date", " user ", "cost"])
    assert bool(raw.notes) == (encoding == "cp1252")


def test_a_semicolon_file_with_decimal_commas_keeps_its_columns(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    raw = one(con, tmp_path / "a.csv", "date;cost;share\n2026-05-01;1,5;0,25\n2026-05-02;2,5;0,5\n")
    assert rows(con, raw) == [(2, "2026-05-01", "1,5", "0,25"), (3, "2026-05-02", "2,5", "0,5")]


def test_lines_that_do_not_fit_are_kept_apart_with_their_number_reason_and_text(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n"x"y,1,2\n10,"11\n12",13\n\n14,15,16,,\n'
    raw = one(con, tmp_path / "a.csv", content)
    assert [(bad.line, bad.reason, bad.text) for bad in raw.ragged] == [
        (3, "2 values where the header has 3", "4,5"),
        (4, "4 values where the header has 3", "6,7,8,9"),
        (5, "a quote stands in the middle of a value", '"x"y,1,2'),
    ]
    assert rows(con, raw) == [(2, "1", "2", "3"), (6, "10", "11\n12", "13"), (9, "14", "15", "16")]
    assert raw.records == 6
    assert raw.original([4, 6, 99]) == {4: "6,7,8,9", 6: '10,"11\n12",13'}
    assert raw.original([]) == {}


def test_more_broken_lines_than_a_table_can_have_are_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "MOST_RAGGED", 2)
    with pytest.raises(FileRefused, match="Line 3: 1 values where the header has 2"):
        one(con, tmp_path / "a.csv", "a,b\n1,2\n3\n4\n5\n")


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n\n"])
def test_a_header_alone_is_a_table_without_records(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, end: str
) -> None:
    raw = one(con, tmp_path / "a.csv", "date,user,cost" + end)
    assert (raw.columns, raw.records, rows(con, raw)) == (("date", "user", "cost"), 0, [])


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("a,b\n1,2\n3,4", [2, 3]),
        ("a,b\n1,2\n3,4\n\n\n", [2, 3]),
        ("a,b\r\n1,2\r\n3,4\r\n", [2, 3]),
        ("a,b\r1,2\r3,4\r", [2, 3]),
        ("a,b\r\n1,2\n3,4\r\n", [2, 3]),
        ("\n\na,b\n1,2\n\n  \n3,4\n", [4, 7]),
        ('"a\nx",b\n1,2\n3,4\n', [3, 4]),
    ],
)
def test_line_numbers_are_those_an_editor_shows(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, content: str, lines: list[int]
) -> None:
    raw = one(con, tmp_path / "a.csv", content)
    assert rows(con, raw) == [(lines[0], "1", "2"), (lines[1], "3", "4")]
    assert raw.original(lines) == {lines[0]: "1,2", lines[1]: "3,4"}


def test_columns_without_a_name_or_named_line_get_one_of_their_own(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    raw = one(con, tmp_path / "a.csv", ",Line,key,value,,\nx,y,k,v,,\n")
    assert raw.columns == ("column 1", "Line (2)", "key", "value")
    assert rows(con, raw) == [(2, "x", "y", "k", "v")]


def test_a_name_with_signs_of_a_pattern_reads_that_file_only(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "usage1.csv").write_text("a,b\nwrong,file\n")
    raw = one(con, tmp_path / "usage[1]*.csv", USAGE)
    assert raw.name == "usage[1]*.csv"
    assert raw.records == 2


def test_a_file_larger_than_one_buffer_keeps_every_line_in_its_place(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    filling = "x" * 400
    lines = [f"{n},{filling},end" for n in range(2, 90_002)]
    raw = one(con, tmp_path / "a.csv", "n,filling,end\n" + "\n".join(lines))
    assert raw.records == 90_000
    wrong = con.table(raw.table).filter("line <> n::bigint or \"end\" <> 'end'")
    assert len(wrong) == 0
    lines[80_000] = "ragged"
    raw = one(con, tmp_path / "b.csv", "n,filling,end\n" + "\n".join(lines))
    assert [bad.line for bad in raw.ragged] == [80_002]
    assert len(con.table(raw.table).filter("line <> n::bigint or \"end\" <> 'end'")) == 0


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=6)
WESTERN = st.text("abcé€ \"',;.|#-", max_size=6)
BREAKS = st.sampled_from(["", "", "", "\n", "\r\n", "\r", "\t", '"', ",", ";", " "])
Table = tuple[list[list[str]], bytes, list[int]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table, its bytes as csv writes them, and the line in which each of its rows begins.

    The line is found by counting the line breaks before it, not by reading the text.
    """
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    text = WESTERN if encoding == "cp1252" else TEXT
    cell = st.tuples(text, BREAKS, text).map("".join)
    width = draw(st.integers(2, 4))
    body = draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=6))
    # A first row of signs for units alone is refused as a second header.
    assume(not body or any(cell not in "$€£%" for cell in body[0]))
    out = io.StringIO()
    # Left to quote the least, csv leaves a carriage return bare unless lines end in one.
    if draw(st.booleans()):
        writer = csv.writer(out, delimiter=draw(st.sampled_from(",;\t")))
    else:
        writer = csv.writer(
            out,
            delimiter=draw(st.sampled_from(",;\t")),
            lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
            quoting=csv.QUOTE_ALL,
        )
    writer.writerow([f"h{n}" for n in range(width)])
    lines = []
    for row in body:
        before = out.getvalue()
        lines.append(1 + before.count("\r") + before.count("\n") - before.count("\r\n"))
        writer.writerow(row)
    content = out.getvalue().encode(encoding)
    assume(encoding != "cp1252" or content.isascii() or not is_utf8(content))
    return body, content, lines


def is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@SMALL
@given(table=tables())
def test_any_table_reads_back_with_its_cells_and_its_lines(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, table: Table
) -> None:
    body, content, lines = table
    raw = one(con, tmp_path / "a.csv", content)
    found = [(line, *(cell or "" for cell in row)) for line, *row in rows(con, raw)]
    assert found == [(line, *row) for line, row in zip(lines, body, strict=True)]
    assert raw.records == len(body)


LINES = {
    "good": "1,2,3",
    "quoted": '1,"2\n2",3',
    "short": "1,2",
    "long": "1,2,3,4",
    "stray": '"1"1,2,3',
}


@SMALL
@given(kinds=st.lists(st.sampled_from(sorted(LINES)), max_size=12))
def test_records_are_always_rows_and_ragged_lines_together(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, kinds: list[str]
) -> None:
    kinds = ["good", *kinds]
    starts = []
    content = "a,b,c\n"
    for kind in kinds:
        starts.append(content.count("\n") + 1)
        content += LINES[kind] + "\n"
    raw = one(con, tmp_path / "a.csv", content)
    fits = [at for at, kind in zip(starts, kinds, strict=True) if kind in ("good", "quoted")]
    assert [row[0] for row in rows(con, raw)] == fits
    assert sorted([*fits, *(bad.line for bad in raw.ragged)]) == starts
    assert raw.records == len(kinds)
    found = raw.original(starts)
    assert [found[at] for at in starts] == [LINES[kind] for kind in kinds]


# ---- zip ---------------------------------------------------------------------------------------


def test_each_member_of_a_zip_is_a_table_with_its_own_name_and_digest(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "exports.zip"
    inner = gzip.compress(b'[{"a": 1}]', mtime=0)
    path.write_bytes(
        packed(
            ("may/usage.csv", USAGE),
            ("may/", ""),
            ("__MACOSX/may/._usage.csv", b"\0\5"),
            ("may/.DS_Store", b"\0"),
            ("list.json.gz", inner),
        )
    )
    first, second = formats.read(con, path)
    assert (first.name, first.size_bytes) == ("may/usage.csv", len(USAGE))
    assert first.digest == sha256(USAGE.encode()).hexdigest()
    assert (second.name, second.digest) == ("list.json.gz", sha256(inner).hexdigest())
    assert rows(con, first) == [(2, "2026-05-01", "ada", "1.5"), (3, "2026-05-02", "bo", "2")]
    assert rows(con, second) == [(1, "1")]
    assert first.original([3]) == {3: "2026-05-02,bo,2"}


def test_a_refused_member_of_a_zip_is_named_and_the_others_are_read(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "exports.zip"
    path.write_bytes(
        packed(
            ("photo.png", b"\x89PNG\r\n\x1a\n"),
            ("may/usage.csv", USAGE),
            ("may/titled.csv", "A report\n" + USAGE),
            ("inner.zip", packed(("a.csv", USAGE))),
            ("june.csv", USAGE),
        )
    )
    refused: dict[str, str] = {}
    read = formats.read(
        con, path, refuse=lambda part, error: refused.update({part.name: error.title})
    )
    assert [raw.name for raw in read] == ["may/usage.csv", "june.csv"]
    assert list(refused) == ["photo.png", "may/titled.csv", "inner.zip"]
    assert refused["photo.png"] == "“photo.png” is not a table"
    assert "lines above its header" in refused["may/titled.csv"]


def test_a_damaged_member_of_a_zip_does_not_keep_the_others_out(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    whole = packed(("first.csv", USAGE), ("second.csv", USAGE))
    at = whole.index(b"first.csv") + len("first.csv")
    path = tmp_path / "exports.zip"
    path.write_bytes(whole[:at] + bytes(8) + whole[at + 8 :])
    refused: dict[str, str] = {}
    read = formats.read(
        con, path, refuse=lambda part, error: refused.update({part.name: error.title})
    )
    assert [raw.name for raw in read] == ["second.csv"]
    assert refused == {"first.csv": "“first.csv” is damaged or cut short"}


def test_of_an_archive_that_unpacks_to_too_much_nothing_is_read(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    path = tmp_path / "exports.zip"
    path.write_bytes(packed(("small.csv", USAGE), ("large.csv", USAGE * 50)))
    with pytest.raises(FileRefused, match="Unpacked, it has more than"):
        formats.read(con, path, refuse=lambda _part, _error: None)


def test_the_digest_of_a_packed_file_is_that_of_the_upload(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = gzip.compress(USAGE.encode())
    raw = one(con, tmp_path / "copy", content, name="usage.csv.gz")
    assert (raw.name, raw.digest) == ("usage.csv.gz", sha256(content).hexdigest())
    assert raw.size_bytes == len(content)


# ---- JSON --------------------------------------------------------------------------------------

PAGE = {
    "object": "page",
    "data": [
        {
            "object": "bucket",
            "start_time": 1730419200,
            "results": [
                {"model": "a", "tokens": {"input": 5, "cache": {"5m": 0.1}}, "tags": ["x", 1]},
                {"model": None, "start_time": 7, "batch": True},
            ],
        },
        {"object": "bucket", "start_time": 1730505600, "results": []},
    ],
    "has_more": False,
}


def test_nested_records_inherit_from_their_parents_and_their_own_values_win(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    raw = one(con, tmp_path / "page.json", json.dumps(PAGE, indent=1))
    assert raw.is_nested
    assert (raw.columns, raw.records) == ((), 0)
    assert raw.literals == {
        "object": "page",
        "has_more": False,
        "data[].object": "bucket",
        "data[].start_time": 1730419200,
        "data[].results[].model": "a",
        "data[].results[].tokens.input": 5,
        "data[].results[].tokens.cache.5m": 0.1,
        "data[].results[].start_time": 7,
        "data[].results[].batch": True,
    }
    assert formats.all_keys(raw.document) == formats.all_keys(PAGE)
    assert formats.all_keys(PAGE) == (
        "object", "data", "has_more", "start_time", "results", "model", "tokens", "tags", "batch",
        "input", "cache", "5m",
    )  # fmt: skip
    flat = formats.flatten(con, raw, "data[].results[]")
    assert not flat.is_nested
    found = [dict(zip(("line", *flat.columns), row, strict=True)) for row in rows(con, flat)]
    assert found == [
        {
            "line": 1,
            "object": "bucket",
            "has_more": "false",
            "start_time": "1730419200",
            "model": "a",
            "tokens.input": "5",
            "tokens.cache.5m": "0.1",
            "tags": '["x",1]',
            "batch": None,
        },
        {
            "line": 2,
            "object": "bucket",
            "has_more": "false",
            "start_time": "7",
            "model": None,
            "tokens.input": None,
            "tokens.cache.5m": None,
            "tags": None,
            "batch": "true",
        },
    ]
    assert flat.empty_parents == (
        {"object": "bucket", "has_more": "false", "start_time": "1730505600"},
    )
    assert json.loads(flat.original([2])[2])["batch"] is True


def test_a_record_has_those_lists_of_its_parents_that_are_asked_for(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    page = {"of": {"names": ["a", {"b": 1}], "ids": [1]}, "data": [{"x": 1}, {"x": 2}]}
    raw = one(con, tmp_path / "page.json", json.dumps(page))
    assert formats.flatten(con, raw, "data[]").columns == ("x",)
    flat = formats.flatten(con, raw, "data[]", ["of.names"])
    assert rows(con, flat) == [(1, '["a",{"b":1}]', "1"), (2, '["a",{"b":1}]', "2")]


def test_a_page_without_any_result_still_tells_its_empty_parents(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = (
        '{"data": [{"day": "2026-05-01", "results": []}, {"day": "2026-05-02", "results": []}]}'
    )
    flat = formats.flatten(con, one(con, tmp_path / "a.json", content), "data[].results[]")
    assert (flat.records, flat.columns) == (0, ())
    assert [parent["day"] for parent in flat.empty_parents] == ["2026-05-01", "2026-05-02"]


@pytest.mark.parametrize("records", ["rows[]", "data[].rows[]"])
def test_records_that_are_not_where_they_should_be_are_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, records: str
) -> None:
    raw = one(con, tmp_path / "page.json", json.dumps(PAGE))
    with pytest.raises(FileRefused, match="nothing there is called “rows”"):
        formats.flatten(con, raw, records)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"total": 2, "items": [{"a": 1}, {"a": 2}]}, [("2", "1"), ("2", "2")]),
        ({"total": 0, "items": []}, []),
        ({"a": 1, "tags": ["x"]}, [("1", '["x"]')]),
        ({"a": [{"x": 1}], "b": [{"y": 2}]}, [('[{"x":1}]', '[{"y":2}]')]),
    ],
)
def test_without_a_path_the_one_list_of_objects_holds_the_records(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    document: dict[str, Any],
    expected: list[tuple[str, ...]],
) -> None:
    raw = one(con, tmp_path / "a.json", json.dumps(document))
    flat = formats.flatten(con, raw, None)
    assert [row[1:] for row in rows(con, flat)] == expected


def test_a_list_of_objects_is_a_table_whose_nested_keys_have_dotted_names(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    records = [
        {"a": "é", "b": {"c": 123456789012345678901234567890, "d.e/f~g": 1e-7}, "User": "x"},
        {"a": None, "b": None, "z": {}, "user": "y", "line": 9},
        {"a": {"deep": [1, {"k": 2}]}, "z": {"only": "here"}},
    ]
    raw = one(con, tmp_path / "a.json", json.dumps(records).encode("utf-16"))
    assert raw.format == "json"
    assert rows(con, raw) == [
        (1, "é", "123456789012345678901234567890", "1e-7", "x", None, None, None, None),
        (2, None, None, None, None, "y", "9", None, None),
        (3, '{"deep":[1,{"k":2}]}', None, None, None, None, None, '[1,{"k":2}]', "here"),
    ]
    assert raw.columns == (
        "a", "b.c", "b.d.e/f~g", "User", "user (2)", "line (2)", "a.deep", "z.only",
    )  # fmt: skip
    assert json.loads(raw.original([2])[2]) == records[1]


def test_a_list_with_one_record_is_a_table(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert rows(con, one(con, tmp_path / "a.json", '[{"a": 1}]')) == [(1, "1")]
    empty = one(con, tmp_path / "b.json", "[]")
    assert (empty.is_nested, empty.records, empty.columns) == (False, 0, ())


def test_lines_of_json_keep_their_numbers_and_broken_ones_are_kept_apart(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = '\n{"day": "2026-05-01", "n": 1}\r\n\r\n{"day": "2026-05-02", \r\n[1]\r\n{"n": 2}\r\n'
    raw = one(con, tmp_path / "a.csv", content)
    assert (raw.format, raw.records) == ("ndjson", 4)
    assert rows(con, raw) == [(2, "2026-05-01", "1"), (6, None, "2")]
    assert [(bad.line, bad.text.strip()) for bad in raw.ragged] == [
        (4, '{"day": "2026-05-02",'),
        (5, "[1]"),
    ]
    assert raw.original([2]) == {2: '{"day": "2026-05-01", "n": 1}'}


def test_lines_of_json_whose_first_is_broken_are_still_lines(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    raw = one(con, tmp_path / "a.ndjson", '{"n": \n{"n": 2}\n{"n": 3}\n')
    assert rows(con, raw) == [(2, "2"), (3, "3")]
    assert [bad.line for bad in raw.ragged] == [1]


def test_pages_one_a_line_are_nested_where_their_insides_are_known(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    page = '{"user": "ada", "days": [{"date": "2026-05-01", "cost": 1}]}'
    content = page + "\n" + '{"user": "bo", "days": []}' + "\n" + "broken\n"
    raw = one(con, tmp_path / "a.ndjson", content, is_header=is_usage)
    assert raw.is_nested
    flat = formats.flatten(con, raw, "days[]")
    assert rows(con, flat) == [(1, "ada", "2026-05-01", "1")]
    assert flat.empty_parents == ({"user": "bo"},)
    assert [bad.text for bad in flat.ragged] == ["broken"]
    assert flat.records == 2


def test_one_record_alone_is_a_table_where_its_own_keys_are_known(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = '{"date": "2026-05-01", "user": "ada", "cost": 1, "by": [{"ide": "x"}]}\n'
    raw = one(con, tmp_path / "a.ndjson", content, is_header=is_usage)
    assert rows(con, raw) == [(1, "2026-05-01", "ada", "1", '[{"ide":"x"}]')]
    nested = one(con, tmp_path / "b.ndjson", content)
    assert rows(con, formats.flatten(con, nested, "[]")) == rows(con, raw)


def test_pretty_documents_one_after_the_other_are_several(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    content = "\n".join(json.dumps({"n": n}, indent=2) for n in (1, 2))
    assert rows(con, one(con, tmp_path / "a.json", content)) == [(1, "1"), (2, "2")]


def test_a_key_without_a_name_gets_one(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    raw = one(con, tmp_path / "a.json", '[{"x": 1, "": 2}, {"column 2": 3}]')
    assert raw.columns == ("x", "column 2", "column 2 (2)")
    assert rows(con, raw) == [(1, "1", "2", None), (2, None, None, "3")]


def test_keys_used_as_names_are_refused_once_they_are_too_many(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused, match="2,001 columns"):
        one(con, tmp_path / "a.json", json.dumps([{f"user{n}": n for n in range(2001)}]))


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), TEXT)
RECORD = st.dictionaries(st.sampled_from(["a", "b/c", "d.e", "~", "é"]), SCALARS, min_size=1)


def as_text(record: dict[str, Any]) -> dict[str, str]:
    filled = {key: value for key, value in record.items() if value is not None}
    return {key: v if isinstance(v, str) else json.dumps(v) for key, v in filled.items()}


def filled(raw: Raw, row: Sequence[Any]) -> dict[str, str]:
    named = zip(raw.columns, row[1:], strict=True)
    return {name: cell for name, cell in named if cell is not None}


@SMALL
@given(records=st.lists(RECORD, max_size=6))
def test_any_list_of_records_reads_back_as_text(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, records: list[dict[str, Any]]
) -> None:
    raw = one(con, tmp_path / "a", json.dumps(records))
    assert [filled(raw, row) for row in rows(con, raw)] == list(map(as_text, records))
    assert [row[0] for row in rows(con, raw)] == list(range(1, len(records) + 1))


@SMALL
@given(
    lines=st.lists(
        st.tuples(RECORD, st.sampled_from(["\n", "\r\n", "\n\n", "\r\n \n"])),
        min_size=2,
        max_size=6,
    )
)
def test_any_lines_of_json_read_back_as_text_with_their_lines(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, lines: list[tuple[dict[str, Any], str]]
) -> None:
    content, expected = "", []
    for record, end in lines:
        expected.append((content.count("\n") + 1, as_text(record)))
        content += json.dumps(record) + end
    raw = one(con, tmp_path / "a", content)
    assert [(row[0], filled(raw, row)) for row in rows(con, raw)] == expected


# ---- workbooks and Parquet ---------------------------------------------------------------------


def test_a_sheet_reads_as_text_with_its_row_numbers(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    def fill(book: Any) -> None:
        page = book.add_worksheet("Usage")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(2, 1, ["date", " n ", "", "id", "flag"])
        page.write_datetime(3, 1, datetime(2026, 5, 1), day)
        page.write_row(3, 2, [3.0, None, "007", True])
        page.write_datetime(5, 1, datetime(2026, 5, 2, 14, 30), day)
        page.write_row(5, 2, [0.1 + 0.2, None, 'a "b", c', False])

    raw = one(con, tmp_path / "usage.csv", workbook(fill))
    assert raw.format == "xlsx"
    assert raw.columns == ("date", "n", "id", "flag")
    assert rows(con, raw) == [
        (4, "2026-05-01", "3", "007", "true"),
        (6, "2026-05-02 14:30:00", "0.3", 'a "b", c', "false"),
    ]
    assert raw.original([6]) == {6: '2026-05-02 14:30:00,0.3,"a ""b"", c",false'}
    assert (raw.records, raw.header_text, raw.notes) == (2, "date,n,id,flag", ())


def test_a_cell_with_an_error_is_empty_and_said_to_be(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    def fill(book: Any) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["date", "cost"])
        page.write_row(30, 0, ["2026-05-01"])
        page.write_formula(30, 1, "=1/0", None, "#DIV/0!")

    raw = one(con, tmp_path / "a.xlsx", workbook(fill))
    assert rows(con, raw) == [(31, "2026-05-01", None)]
    assert raw.notes == ("Cells with an error are read as empty: 1, from row 31",)


def test_of_several_sheets_the_known_one_is_read_and_the_others_are_named(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Empty")
        book.add_worksheet("Cover").write_row(0, 0, ["Made for", "you"])
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["date", "user", "cost"])
        page.write_row(1, 0, ["2026-05-01", "ada", 1])

    content = workbook(fill)
    raw = one(con, tmp_path / "a.xlsx", content, is_header=is_usage)
    assert rows(con, raw) == [(2, "2026-05-01", "ada", "1")]
    assert raw.notes == ("Read from the sheet “Data”; not read: “Cover”",)
    raw = one(con, tmp_path / "a.xlsx", content)
    assert raw.columns == ("Made for", "you")
    assert raw.notes == ("Read from the sheet “Cover”; not read: “Data”",)


def test_parquet_reads_as_text_and_its_structures_as_json(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    frame = pl.DataFrame(
        {
            "Day": [date(2026, 5, 1), None],
            "at": [datetime(2026, 5, 1, 12, 30), None],
            "line": ["mine", ""],
            "n": [2**60, None],
            "usage": [{"input": 1, "models": ["a"]}, None],
        }
    )
    out = io.BytesIO()
    frame.write_parquet(out)
    raw = one(con, tmp_path / "a", out.getvalue())
    assert raw.columns == ("Day", "at", "line (2)", "n", "usage")
    assert rows(con, raw) == [
        (1, "2026-05-01", "2026-05-01 12:30:00", "mine", str(2**60), '{"input":1,"models":["a"]}'),
        (2, None, None, "", None, None),
    ]
    assert raw.original([2]) == {2: ",,,,"}
