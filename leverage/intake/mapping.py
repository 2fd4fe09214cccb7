"""Turn the text of a file into typed, mapped and checked rows; say of every line what became of it.

Nothing is dropped in silence: rows in = rows taken + set aside by rule + rejected, each with its
reason. Expressions are built with DuckDB's expression objects, so no cell or column name of a file
is ever part of a statement's text.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import polars as pl
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant
from duckdb import Expression
from duckdb import FunctionExpression as Function

from leverage import queries
from leverage.errors import FileRefused
from leverage.intake.kinds import Kind
from leverage.store.key import Key

WORDS = {
    "count": "a whole number",
    "number": "a number",
    "money": "an amount of money",
    "day": "a date",
    "time": "a date and time",
    "epoch": "a Unix time in seconds",
    "month": "a month",
    "flag": "a yes or no",
}
NUMERIC = ("count", "number", "money")
DATED = ("day", "time")
MOST_LINES_NAMED = 5


@dataclass(frozen=True)
class LeftOut:
    """One line that was not taken: set aside by rule, or rejected for a defect."""

    line: int
    what: str  # 'set aside' or 'rejected'
    reason: str


@dataclass
class Mapped:
    """What became of one file: its rows are in the relation `rows` of the connection."""

    kind: Kind
    rows: str
    rows_in: int
    rows_taken: int
    left_out: list[LeftOut]
    totals: dict[str, Any]
    credits: dict[str, Any]
    dropped_columns: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    def reasons(self) -> dict[str, int]:
        """Return how many lines were left out for each reason."""
        counts: dict[str, int] = {}
        for line in self.left_out:
            key = f"{line.what}: {line.reason}"
            counts[key] = counts.get(key, 0) + 1
        return counts


@dataclass(frozen=True)
class Source:
    """The text of one file, as leverage.intake.formats read it, and how to read it further."""

    table: str
    columns: Sequence[str]
    records: int
    ragged: Mapping[int, str]
    name: str


def map_rows(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    kind: Kind,
    key: Key,
    *,
    number: int = 0,
    dates: str | None = None,
    marks: Mapping[str, Collection[str]] | None = None,
    today: date | None = None,
) -> Mapped:
    """Type, map and check the lines of one file into the relation `mapped_<number>`.

    `dates` says how slashed dates are read ('mdy' or 'dmy'); `marks` holds, per field of the kind's
    `marks`, the values an analyst has marked as AI use. Raises FileRefused where the file as a
    whole cannot be trusted.
    """
    raw = con.table(source.table)
    spelled = {name.lower(): name for name in source.columns}
    _refuse_decimal_commas(raw, kind, spelled)
    order = _date_order(raw, kind, spelled, dates)
    typed = {
        name: _typed(dtype, _cell(spelled, name), order) for name, dtype in kind.columns.items()
    }
    rejected = dict(source.ragged)
    rejected |= _defects(raw, kind, spelled, typed, rejected)
    _hash_people(con, raw, kind, spelled, key)
    unknown, dropped = _unknown_columns(raw, kind, source.columns)
    columns = [Column("line"), *(typed[name].alias(name) for name in kind.columns)]
    columns.append(_attrs(unknown).alias("attrs"))
    columns.append(_is_marked(kind, spelled, marks or {}).alias("is_marked_ai"))
    good = raw.filter(~Column("line").isin(*map(Constant, rejected))) if rejected else raw
    for name in ("source", "mapped", f"mapped_{number}"):
        _drop(con, name)
    good.select(*columns).create("source")
    mapped = con.sql(kind.query.sql)
    attrs = con.table("source").select("line", "attrs")
    mapped.join(attrs, "line").create("mapped_all")
    aside = _set_aside(con)
    taken = con.table("mapped_all")
    if aside:
        taken = taken.filter(Column("set_aside").isnull())
    extra = [name for name in ("set_aside",) if name in taken.columns]
    _aligned(con, kind, taken, exclude=extra).create("mapped")
    found = _check(con, kind, source.name, today or date.today())
    if found:
        rejected |= found
        kept = con.table("mapped").filter(~Column("line").isin(*map(Constant, found)))
        kept.create("mapped_kept")
        con.execute("drop table mapped")
        con.execute("alter table mapped_kept rename to mapped")
    _hash_actors(con, kind, key)
    taken_lines = con.sql("select count(distinct line) from mapped").fetchall()[0][0]
    totals, credit_units = _totals(con, kind)
    con.execute("drop table mapped_all")
    con.execute("drop table source")
    con.table("mapped").create(f"mapped_{number}")
    con.execute("drop table mapped")
    left_out = [
        *(LeftOut(line, "set aside", reason) for line, reason in aside.items()),
        *(LeftOut(line, "rejected", reason) for line, reason in rejected.items()),
    ]
    result = Mapped(
        kind=kind,
        rows=f"mapped_{number}",
        rows_in=source.records,
        rows_taken=taken_lines,
        left_out=sorted(left_out, key=lambda left: left.line),
        totals=totals,
        credits=credit_units,
        dropped_columns=dropped,
        unknown_columns=unknown,
    )
    if result.rows_in != result.rows_taken + len(result.left_out):
        msg = (
            f"{source.name}: {result.rows_in} rows in, {result.rows_taken} taken and "
            f"{len(result.left_out)} left out do not add up"
        )
        raise AssertionError(msg)
    return result


# ---- typing ------------------------------------------------------------------------------------


def _cell(spelled: Mapping[str, str], name: str) -> Expression | None:
    there = spelled.get(name.lower())
    return None if there is None else Column(there)


def _typed(dtype: str, cell: Expression | None, order: str | None) -> Expression:
    """Return the cell as its declared type; a column the file lacks is a typed NULL."""
    text = Constant(None).cast("varchar") if cell is None else cell
    if dtype == "personal":
        return Constant(None).cast("varchar")
    if dtype == "person":
        return Function("pseudonym", Function("as_text", text))
    if dtype in DATED:
        return Function(f"as_{dtype}", text, Constant(order).cast("varchar"))
    return Function(f"as_{dtype}", text)


def _is_defect(dtype: str, cell: Expression, typed: Expression) -> Expression | None:
    if dtype not in WORDS:
        return None
    return Function("as_text", cell).isnotnull() & typed.isnull()


def _defects(
    raw: duckdb.DuckDBPyRelation,
    kind: Kind,
    spelled: Mapping[str, str],
    typed: Mapping[str, Expression],
    already: Collection[int],
) -> dict[int, str]:
    """Return the lines with a cell that is not what its column must hold, each with its reason."""
    tests = {
        name: test
        for name, dtype in kind.columns.items()
        if (cell := _cell(spelled, name)) is not None
        and (test := _is_defect(dtype, cell, typed[name])) is not None
    }
    if not tests:
        return {}
    counted = raw.aggregate(
        [Function("count_if", test).alias(f"n{i}") for i, test in enumerate(tests.values())]
    ).fetchall()[0]
    found: dict[int, str] = {}
    for (name, test), n in zip(tests.items(), counted, strict=True):
        if n:
            there = spelled[name.lower()]
            lines = raw.filter(test).select(Column("line"), Column(there)).fetchall()
            for line, value in lines:
                if line not in already and line not in found:
                    found[line] = f"{there} holds “{value}”, not {WORDS[kind.columns[name]]}"
    return found


def _refuse_decimal_commas(
    raw: duckdb.DuckDBPyRelation, kind: Kind, spelled: Mapping[str, str]
) -> None:
    for name, dtype in kind.columns.items():
        cell = _cell(spelled, name) if dtype in NUMERIC else None
        if cell is None:
            continue
        hits = raw.filter(Function("is_decimal_comma", cell)).select(Column("line"), cell)
        first = hits.order("line").limit(1).fetchall()
        if first:
            line, value = first[0]
            raise FileRefused(
                title="This file writes numbers with a decimal comma",
                found=f"Column {spelled[name.lower()]} holds “{value}” in line {line}; read as it "
                "stands it would be wrong by a factor",
                next_step="Export again with a decimal point: set the language of the export, or "
                "of the spreadsheet that saved it, to English",
            )


def _date_order(
    raw: duckdb.DuckDBPyRelation, kind: Kind, spelled: Mapping[str, str], given: str | None
) -> str | None:
    """Return how slashed dates are read: as given, or as the file itself settles it.

    The file settles it where only one order makes every date a date and every period end after it
    starts. Otherwise the order is asked for; it is never guessed.
    """
    cells = {
        name: cell
        for name, dtype in kind.columns.items()
        if dtype in DATED and (cell := _cell(spelled, name)) is not None
    }
    if given is not None or not cells:
        return given
    slashed = {
        name: cell
        for name, cell in cells.items()
        if raw.filter(Function("is_slashed_date", cell)).limit(1).fetchall()
    }
    if not slashed:
        return None
    possible = []
    for order in ("mdy", "dmy"):
        read = {name: Function("as_time", cell, Constant(order)) for name, cell in cells.items()}
        wrong = None
        for name, cell in slashed.items():
            unread = Function("is_slashed_date", cell) & read[name].isnull()
            wrong = unread if wrong is None else wrong | unread
        start, end = kind.header.get("period", (None, None))
        if start in read and end in read:
            backwards = read[end] < read[start]
            wrong = backwards if wrong is None else wrong | backwards
        assert wrong is not None
        if not raw.filter(wrong).limit(1).fetchall():
            possible.append(order)
    if len(possible) == 1:
        return possible[0]
    name, cell = next(iter(slashed.items()))
    hits = raw.filter(Function("is_slashed_date", cell)).select(Column("line"), cell)
    line, value = hits.order("line").limit(1).fetchall()[0]
    raise FileRefused(
        title="The order of day and month in this file cannot be settled",
        found=f"Column {spelled[name.lower()]} holds “{value}” in line {line}, and "
        + ("both orders make sense" if possible else "neither order makes sense in every line"),
        next_step="Say which it is with --dates mdy (month first) or --dates dmy (day first)",
    )


# ---- people ------------------------------------------------------------------------------------


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make what the mapping of people needs on a connection: the aliases met, and their hashes."""
    con.execute(queries.get("intake", "hashed").sql)
    con.execute(queries.get("intake", "pseudonym").sql)


def _hash_people(
    con: duckdb.DuckDBPyConnection,
    raw: duckdb.DuckDBPyRelation,
    kind: Kind,
    spelled: Mapping[str, str],
    key: Key,
) -> None:
    for name, dtype in kind.columns.items():
        cell = _cell(spelled, name)
        if dtype == "person" and cell is not None:
            aliases = raw.select(Function("as_text", cell).alias("alias")).distinct()
            _remember(con, key, aliases)


def _hash_actors(con: duckdb.DuckDBPyConnection, kind: Kind, key: Key) -> None:
    """Hash people that a mapping found inside another column, as in a key's name."""
    if kind.table == "usage":
        aliases = con.table("mapped").filter(Column("actor_type") == Constant("person"))
        _remember(con, key, aliases.select(Column("actor").alias("alias")).distinct())


def _remember(con: duckdb.DuckDBPyConnection, key: Key, aliases: duckdb.DuckDBPyRelation) -> None:
    known = {alias for (alias,) in con.table("hashed").select("alias").fetchall()}
    new = [
        alias
        for (alias,) in aliases.fetchall()
        if alias is not None and alias not in known and not alias.startswith("p:")
    ]
    if new:
        pairs = key.pseudonyms(new)
        frame = pl.DataFrame({"alias": list(pairs), "pseudonym": list(pairs.values())})
        con.from_arrow(frame.to_arrow()).insert_into("hashed")


# ---- unknown columns ---------------------------------------------------------------------------


def _unknown_columns(
    raw: duckdb.DuckDBPyRelation, kind: Kind, columns: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return the columns no mapping knows: those kept, and those dropped as they hold addresses."""
    known = {name.lower() for name in kind.columns}
    unknown = [name for name in columns if name.lower() not in known]
    if not unknown:
        return [], []
    counted = raw.aggregate(
        [
            Function("count_if", Function("is_address", Column(name))).alias(f"n{i}")
            for i, name in enumerate(unknown)
        ]
    ).fetchall()[0]
    kept = [name for name, n in zip(unknown, counted, strict=True) if not n]
    return kept, [name for name in unknown if name not in kept]


def _attrs(unknown: Sequence[str]) -> Expression:
    """Return the unknown columns that hold something as the text of one JSON object."""
    if not unknown:
        return Constant(None).cast("varchar")
    parts: list[Expression] = []
    for name in unknown:
        parts += [Constant(name), Function("as_text", Column(name))]
    # A merge patch leaves out every key whose value is null.
    merged = Function("json_merge_patch", Constant("{}"), Function("json_object", *parts))
    return Function("nullif", merged.cast("varchar"), Constant("{}"))


def _is_marked(
    kind: Kind, spelled: Mapping[str, str], marks: Mapping[str, Collection[str]]
) -> Expression:
    marked = Constant(False)
    for field_name, columns in kind.header.get("marks", {}).items():
        values = [Constant(value.lower()) for value in marks.get(field_name, ())]
        for name in columns:
            cell = _cell(spelled, name)
            if values and cell is not None:
                hit = Function("lower", Function("as_text", cell)).isin(*values)
                marked = marked | Function("coalesce", hit, Constant(False))
    return marked


# ---- after the mapping -------------------------------------------------------------------------


def _set_aside(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    mapped = con.table("mapped_all")
    if "set_aside" not in mapped.columns:
        return {}
    rows = mapped.filter(Column("set_aside").isnotnull()).select("line", "set_aside").fetchall()
    return dict(rows)


def _aligned(
    con: duckdb.DuckDBPyConnection,
    kind: Kind,
    rows: duckdb.DuckDBPyRelation,
    exclude: Sequence[str],
) -> duckdb.DuckDBPyRelation:
    """Return mapped rows under every column of their table, NULL where the mapping has none.

    Money keeps the decimals it has until rows are rolled up: rounding each line first would make
    the sums of small rows drift.
    """
    declared = con.sql(queries.get("tables", kind.table).sql)
    there = dict(zip(rows.columns, rows.types, strict=True))
    extra = set(there) - set(declared.columns) - {"line", *exclude, *ALIASES}
    if extra:
        msg = f"{kind.name} maps to columns that {kind.table} does not have: {sorted(extra)}"
        raise ValueError(msg)
    columns = [Column("line")]
    for name, dtype in zip(declared.columns, declared.types, strict=True):
        if name in ("load_id", "first_line", "lines", "price_list"):
            continue
        if name not in there:
            columns.append(Constant(None).cast(dtype).alias(name))
        elif dtype.id == "decimal":
            columns.append(Column(name).cast("decimal(38, 18)").alias(name))
        else:
            columns.append(Column(name).cast(dtype).alias(name))
    columns += [Column(name) for name in ALIASES if name in there]
    return rows.select(*columns)


# Columns of a roster that become identities instead of people.
ALIASES = ("github_login",)


def _check(con: duckdb.DuckDBPyConnection, kind: Kind, name: str, today: date) -> dict[int, str]:
    """Run the checks on mapped usage: a file's defect is refused, a line's defect rejects it."""
    found: dict[int, str] = {}
    for query in queries.folder("checks").values():
        if kind.table not in query.header["tables"]:
            continue
        hits = con.sql(query.sql, params=query.bind({"today": today.isoformat()})).fetchall()
        lines = sorted({line for (line,) in hits})
        if lines and query.header["severity"] == "file":
            shown = ", ".join(map(str, lines[:MOST_LINES_NAMED]))
            rest = len(lines) - MOST_LINES_NAMED
            raise FileRefused(
                title=f"{name} holds {query.header['found']}",
                found=f"In line {shown}" + (f" and {rest} more" if rest > 0 else ""),
                next_step=str(query.header["next_step"]),
            )
        for line in lines:
            found.setdefault(line, str(query.header["found"]))
    return found


def _totals(con: duckdb.DuckDBPyConnection, kind: Kind) -> tuple[dict[str, Any], dict[str, Any]]:
    if kind.table != "usage":
        return {}, {}
    rows = con.sql(queries.get("intake", "totals").sql)
    totals = dict(zip(rows.columns, rows.fetchall()[0], strict=True))
    units = con.sql(queries.get("intake", "credits").sql).fetchall()
    return totals, dict(units)


def _drop(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute(f"drop table if exists {name}")
