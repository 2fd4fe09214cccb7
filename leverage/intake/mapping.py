"""Turn the text of a file into typed, mapped and checked rows; say of every line what became of it.

Nothing is dropped in silence: rows in = rows taken + set aside by rule + rejected, each with its
reason. Expressions are built with DuckDB's expression objects, so no cell or column name of a file
is ever part of a statement's text.
"""

import operator
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any, TypeVar

import duckdb
import polars as pl
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant
from duckdb import Expression, decimal_type
from duckdb import FunctionExpression as Function
from duckdb.sqltypes import BIGINT, VARCHAR, DuckDBPyType

from leverage import database, queries
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
Test = TypeVar("Test")
NUMERIC = ("count", "number", "money")
DATED = ("day", "time")
MOST_LINES_NAMED = 5
HEADER_AGAIN = ("header", "")
# An address in the name of a key is hashed, and the name is stored without it.
KEY_NAME = "key_name"
AGAIN = re.compile(r" \(\d+\)$")


@dataclass(frozen=True)
class LeftOut:
    """One line that was not taken: set aside by rule, or rejected for a defect."""

    line: int
    what: str  # 'set aside' or 'rejected'
    reason: str


@dataclass
class Mapped:
    """What became of one file: its rows are in the relation `rows` of the connection.

    It is a view of `lies_in`, a table without the columns that the mapping has not.
    """

    kind: Kind
    rows: str
    lies_in: str
    rows_in: int
    rows_taken: int
    left_out: list[LeftOut]
    totals: dict[str, Any]
    credits: dict[str, Any]
    dropped_columns: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)
    meanings: list[tuple[str, str, date, date]] = field(default_factory=list)

    def drop(self, con: duckdb.DuckDBPyConnection) -> None:
        """Let go of the rows."""
        con.execute(f"drop view {self.rows}")
        con.execute(f"drop table {self.lies_in}")

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
    period: tuple[date, date] | None = None,
    today: date | None = None,
) -> Mapped:
    """Type, map and check the lines of one file into the relation `mapped_<number>`.

    `dates` says how slashed dates are read ('mdy' or 'dmy'); `marks` holds, per field of the kind's
    `marks`, the values an analyst has marked as AI use; `period` is the first and last day a person
    has said the file stands for. A mapping finds it, or else the period the file's name states, in
    `stated_first_day` and `stated_last_day`. Raises FileRefused where the file as a whole cannot be
    trusted.
    """
    stated = _stated_period(source, kind, period)
    spelled = kind.spelled(source.columns)
    unknown = _unknown_columns(kind, source.columns)
    # Nobody knows which of them holds a prompt, and no prompt may reach the store.
    unread = [name for name in unknown if kind.leaves_unknown or name.lower() in kind.dropped]
    unknown = [name for name in unknown if name not in unread]
    text = _as_text(con, source, kind, spelled, unknown)
    seen = _seen(text, kind, spelled, unknown)
    _refuse_other_decimals(text, kind, spelled, seen)
    _refuse_addresses(kind, spelled, seen)
    order = _date_order(text, kind, spelled, dates, seen)
    aside = _not_records(text, kind, spelled, seen)
    _hash_people(con, text, kind, key)
    dropped = [name for name in unknown if seen["address", name]]
    unknown = [name for name in unknown if name not in dropped]
    typed = text.select(
        Column("line"),
        *(_typed(kind, name, order).alias(name) for name in kind.columns),
        *(Column(name).alias(f"text of {name}") for name in _checked(kind)),
        _attrs(unknown).alias("attrs"),
        _is_marked(kind, marks or {}).alias("is_marked_ai"),
        *(Constant(day).cast("date").alias(name) for name, day in stated.items()),
    )
    columns = ["line", *kind.columns, "attrs", "is_marked_ai", *stated]
    tests = _tests(kind, spelled)
    # The text beside the typed cells is wanted for defects alone, and seldom there are any.
    defective = reduce(or_, tests.values(), Constant(False)).alias("is_defective")
    _drop(con, "typed")
    typed.select(*map(Column, columns), defective).create("typed")
    good = con.table("typed")
    rejected = dict(source.ragged)
    if any(_counts(good, {"defective": Column("is_defective")}).values()):
        typed.filter(defective).create("defective")
        known = rejected.keys() | aside.keys()
        rejected |= _defects(con.table("defective"), kind, spelled, tests, known)
        _drop(con, "defective")
    if bad := rejected.keys() | aside.keys():
        good = good.filter(~Column("line").isin(*map(Constant, bad)))
    good.select(*map(Column, columns)).create_view("source", replace=True)
    mapped = con.sql(kind.query.sql)
    if "set_aside" in mapped.columns:
        aside |= dict(
            mapped.filter(Column("set_aside").isnotnull()).select("line", "set_aside").fetchall()
        )
        mapped = mapped.filter(Column("set_aside").isnull())
    if unknown:
        mapped = mapped.join(con.table("source").select("line", "attrs"), "line")
    rows = f"mapped_rows_{number}"
    _drop(con, rows)
    _aligned(kind, mapped).create(rows)
    _complete(kind, con.table(rows)).create_view(f"mapped_{number}", replace=True)
    con.table(f"mapped_{number}").create_view("mapped", replace=True)
    found = _check(con, kind, source.name, today or date.today())
    if found:
        rejected |= found
        kept = con.table(rows).filter(~Column("line").isin(*map(Constant, found)))
        kept.create("mapped_kept")
        con.execute(f"drop table {rows}")
        con.execute(f"alter table mapped_kept rename to {rows}")
    _hash_actors(con, kind, key)
    _hash_key_names(con, kind, key)
    taken_lines = con.execute("select count(distinct line) from mapped").fetchall()[0][0]
    totals, credit_units = _totals(con, kind)
    meanings = _meanings(con, kind)
    con.execute("drop view source")
    for name in ("typed", "cells"):
        _drop(con, name)
    con.execute("drop view mapped")
    left_out = [
        *(LeftOut(line, "set aside", reason) for line, reason in aside.items()),
        *(LeftOut(line, "rejected", reason) for line, reason in rejected.items()),
    ]
    result = Mapped(
        kind=kind,
        rows=f"mapped_{number}",
        lies_in=rows,
        rows_in=source.records,
        rows_taken=taken_lines,
        left_out=sorted(left_out, key=lambda left: left.line),
        totals=totals,
        credits=credit_units,
        dropped_columns=dropped,
        unknown_columns=unknown,
        unread_columns=unread,
        meanings=meanings,
    )
    if result.rows_in != result.rows_taken + len(result.left_out):
        msg = (
            f"{source.name}: {result.rows_in} rows in, {result.rows_taken} taken and "
            f"{len(result.left_out)} left out do not add up"
        )
        raise AssertionError(msg)
    return result


# ---- typing ------------------------------------------------------------------------------------


def _as_text(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    kind: Kind,
    spelled: Mapping[str, str],
    unknown: Sequence[str],
) -> duckdb.DuckDBPyRelation:
    """Return the cells as text under the names of the kind, NULL where a cell says nothing.

    A column the file lacks holds what the kind has fixed for it, else NULL throughout. The text is
    made once: macros that each cleaned their cell again made the statement, and its planning, many
    times larger.

    An object that the kind names as text, and that JSON has taken apart, is the text of one JSON
    object again: dotted names for what lies deeper, without what the kind names itself, and in the
    order of the names, which is the same whatever order the file has its columns in.
    """
    raw = con.table(source.table)
    columns = [Column("line")]
    named = {name.lower() for name in kind.columns}
    ours = sorted((kind.ours(column), column) for column in source.columns)
    for name, dtype in kind.columns.items():
        there = spelled.get(name.lower())
        start = f"{name.lower()}."
        inner = {
            known_as[len(start) :]: Function("as_text", Column(column))
            for known_as, column in ours
            if not kind.is_described
            and known_as.lower().startswith(start)
            and known_as.lower() not in named
        }
        if there is not None:
            cell = Function("as_text", Column(there))
        elif inner and dtype == "text":
            cell = _as_object(inner)
        else:
            cell = Constant(kind.header.get("fixed", {}).get(name))
        columns.append(cell.cast("varchar").alias(name))
    columns += [Function("as_text", Column(name)).alias(_apart(name)) for name in unknown]
    _drop(con, "cells")
    raw.select(*columns).create("cells")
    return con.table("cells")


def _apart(name: str) -> str:
    """Return the name of an unknown column beside those of the kind, which can be called alike."""
    return f"unknown {name}"


def _typed(kind: Kind, name: str, order: str | None) -> Expression:
    """Return the text of a column as its declared type, in the unit that the mapping counts in."""
    dtype = kind.columns[name]
    if dtype == "personal":
        return Constant(None).cast("varchar")
    if dtype == "person":
        return Function("pseudonym", Column(name))
    if dtype in DATED:
        return Function(f"as_{dtype}", Column(name), Constant(order).cast("varchar"))
    if dtype == "text":
        return Column(name)
    cell: Expression = Column(name)
    if dtype in NUMERIC and kind.has_decimal_commas:
        cell = Function("with_decimal_point", cell)
    factor = kind.header.get("units", {}).get(name)
    if factor is not None:
        return Function(f"as_{dtype}_times", cell, Constant(factor))
    return Function(f"as_{dtype}", cell)


def _checked(kind: Kind) -> list[str]:
    """Return the columns whose text may turn out not to be of its type."""
    return [name for name, dtype in kind.columns.items() if dtype in WORDS]


def _counts(rows: duckdb.DuckDBPyRelation, tests: Mapping[Test, Expression]) -> dict[Test, int]:
    """Return in how many rows each test holds, in one pass."""
    if not tests:
        return {}
    sums = [Function("count_if", test).alias(f"n{i}") for i, test in enumerate(tests.values())]
    return dict(zip(tests, rows.aggregate(sums).fetchall()[0], strict=True))


def _tests(kind: Kind, spelled: Mapping[str, str]) -> dict[str, Expression]:
    """Return, by column of the file, what holds where a cell is not what the column must hold."""
    return {
        name: Column(f"text of {name}").isnotnull() & Column(name).isnull()
        for name in _checked(kind)
        if name.lower() in spelled
    }


def _defects(
    typed: duckdb.DuckDBPyRelation,
    kind: Kind,
    spelled: Mapping[str, str],
    tests: Mapping[str, Expression],
    already: Collection[int],
) -> dict[int, str]:
    """Return the lines with a cell that is not what its column must hold, each with its reason."""
    found: dict[int, str] = {}
    for name, n in _counts(typed, tests).items():
        if n:
            hits = typed.filter(tests[name]).select(Column("line"), Column(f"text of {name}"))
            for line, value in hits.fetchall():
                if line not in already and line not in found:
                    there = spelled[name.lower()]
                    found[line] = f"{there} holds “{value}”, not {WORDS[kind.columns[name]]}"
    return found


def _seen(
    text: duckdb.DuckDBPyRelation,
    kind: Kind,
    spelled: Mapping[str, str],
    unknown: Sequence[str],
) -> dict[tuple[str, str], int]:
    """Return in how many cells each column holds what decides how the file is read, in one pass.

    The keys are (what, column) of the columns that the file has: the wrong decimal sign, slashed
    dates, words for a total where somebody or something should be named, and addresses where nobody
    knows what the column is, or where a person has said that it is something else. Beside them
    stands in how many lines the header is repeated.
    """
    tests: dict[tuple[str, str], Expression] = {HEADER_AGAIN: _is_header(kind, spelled)}
    for name, dtype in kind.columns.items():
        if name.lower() not in spelled:
            continue
        if dtype in NUMERIC:
            tests["decimal sign", name] = _has_other_decimals(kind, name)
        elif dtype in DATED:
            tests["slashed date", name] = Function("is_slashed_date", Column(name))
        elif dtype == "text" and kind.is_described and name != KEY_NAME:
            tests["person", name] = Function("is_address", Column(name))
        if dtype == "person" or (dtype == "text" and _gives_away(kind, name)):
            tests["total", name] = Function("is_total", Column(name))
    for name in unknown:
        tests["address", name] = Function("is_address", Column(_apart(name)))
    return _counts(text, tests)


def _gives_away(kind: Kind, name: str) -> bool:
    """Tell whether a column is one of those a file is known by."""
    return kind.is_described or name.lower() in kind.signature


def _is_header(kind: Kind, spelled: Mapping[str, str]) -> Expression:
    """Return whether every column that gives the kind away holds its own name."""
    return reduce(
        operator.and_,
        (
            Function("lower", Column(name)) == Constant(spelled[name.lower()].lower())
            for name in kind.columns
            if name.lower() in spelled and _gives_away(kind, name)
        ),
    )


def _not_records(
    text: duckdb.DuckDBPyRelation,
    kind: Kind,
    spelled: Mapping[str, str],
    seen: Mapping[tuple[str, str], int],
) -> dict[int, str]:
    """Return the lines to set aside that are no records, each with its reason.

    Spreadsheets sum up the lines above, and files that were put together repeat their header. A
    date or an amount would reject most of them; a file of names alone would take them for records.
    """
    found: dict[int, str] = {}
    for (what, name), n in seen.items():
        if n and what == "total":
            hits = text.filter(Function("is_total", Column(name)))
            found |= {line: "totals row" for (line,) in hits.select(Column("line")).fetchall()}
    if seen[HEADER_AGAIN]:
        hits = text.filter(_is_header(kind, spelled)).select(Column("line"))
        found |= {line: "the header again" for (line,) in hits.fetchall()}
    return found


def _has_other_decimals(kind: Kind, name: str) -> Expression:
    """Return the test for a number whose decimal sign is not that of the kind."""
    cell: Expression = Column(name)
    if kind.has_decimal_commas:
        cell = Function("translate", cell, Constant(".,"), Constant(",."))
    return Function("is_decimal_comma", cell)


def _refuse_other_decimals(
    text: duckdb.DuckDBPyRelation,
    kind: Kind,
    spelled: Mapping[str, str],
    seen: Mapping[tuple[str, str], int],
) -> None:
    sign, other = ("point", "comma") if kind.has_decimal_commas else ("comma", "point")
    advice = (
        f"Say in its mapping that numbers have a decimal {sign}"
        if kind.is_described
        else "Export again with a decimal point: set the language of the export, or of the "
        "spreadsheet that saved it, to English"
    )
    for name in kind.columns:
        if seen.get(("decimal sign", name)):
            hits = text.filter(_has_other_decimals(kind, name))
            hits = hits.select(Column("line"), Column(name)).order("line").limit(1)
            line, value = hits.fetchall()[0]
            raise FileRefused(
                title=f"This file writes numbers with a decimal {sign}",
                found=f"Column {spelled[name.lower()]} holds “{value}” in line {line}; read with a "
                f"decimal {other} it would be wrong by a factor",
                next_step=advice,
            )


def _refuse_addresses(
    kind: Kind, spelled: Mapping[str, str], seen: Mapping[tuple[str, str], int]
) -> None:
    """Refuse a described file where a column that was said to be no person holds addresses."""
    for name in kind.columns:
        if name in spelled and seen.get(("person", name)):
            raise FileRefused(
                title=f"Column {spelled[name]} holds addresses of people",
                found=f"The mapping “{kind.title}” takes it for {name}, which is stored as it "
                f"stands; {seen['person', name]} lines hold an address",
                next_step="Map the column to person, which is hashed, or leave it out",
            )


def _date_order(
    text: duckdb.DuckDBPyRelation,
    kind: Kind,
    spelled: Mapping[str, str],
    given: str | None,
    seen: Mapping[tuple[str, str], int],
) -> str | None:
    """Return how slashed dates are read: as given, as the file settles it, or as its kind writes.

    The file settles it where only one order makes every date a date and every period end after it
    starts. Otherwise the order that the kind is documented to write holds; where there is none it
    is asked for, and never guessed.
    """
    dated = [name for name, dtype in kind.columns.items() if dtype in DATED]
    is_slashed = {name: Function("is_slashed_date", Column(name)) for name in dated}
    slashed = [name for name in dated if seen.get(("slashed date", name))]
    if given is not None or not slashed:
        return given
    possible = []
    for order in ("mdy", "dmy"):
        read = {name: Function("as_time", Column(name), Constant(order)) for name in dated}
        wrong = {name: is_slashed[name] & read[name].isnull() for name in slashed}
        start, end = kind.header.get("period", (None, None))
        if start in read and end in read:
            wrong["backwards"] = read[end] < read[start]
        if not any(_counts(text, wrong).values()):
            possible.append(order)
    if len(possible) == 1:
        return possible[0]
    documented = kind.header.get("dates")
    if documented in possible:
        return str(documented)
    name = slashed[0]
    hits = text.filter(is_slashed[name]).select(Column("line"), Column(name))
    line, value = hits.order("line").limit(1).fetchall()[0]
    raise FileRefused(
        title="The order of day and month in this file cannot be settled",
        found=f"Column {spelled[name.lower()]} holds “{value}” in line {line}, and "
        + ("both orders make sense" if possible else "neither order makes sense in every line"),
        next_step="Say which it is with --dates mdy (month first) or --dates dmy (day first)",
    )


def _stated_period(
    source: Source, kind: Kind, given: tuple[date, date] | None
) -> dict[str, date | None]:
    """Return the days the file as a whole stands for: as given, else as its name states them."""
    period = given or kind.period_in_name(source.name)
    header = kind.header
    if period is None and header.get("period_in_name") and not {"day", "period"} & header.keys():
        raise FileRefused(
            title=f"“{source.name}” does not say which time it covers",
            found=f"A {kind.title} export has no dates in it; its period stands in its name alone",
            next_step="Give the file the name it was exported under, or say the time with --period",
        )
    first, last = period or (None, None)
    return {"stated_first_day": first, "stated_last_day": last}


# ---- people ------------------------------------------------------------------------------------


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make what the mapping of people needs on a connection: aliases and key names, with hashes."""
    con.execute(queries.get("intake", "hashed").sql)
    con.execute(queries.get("intake", "hashed_key_names").sql)
    con.execute(queries.get("intake", "pseudonym").sql)


def _hash_people(
    con: duckdb.DuckDBPyConnection, text: duckdb.DuckDBPyRelation, kind: Kind, key: Key
) -> None:
    for name, dtype in kind.columns.items():
        if dtype == "person":
            _remember(con, key, text.select(Column(name).alias("alias")).distinct())


def _hash_actors(con: duckdb.DuckDBPyConnection, kind: Kind, key: Key) -> None:
    """Hash people that a mapping found inside another column, as in a key's name."""
    if kind.table == "usage":
        aliases = con.table("mapped").filter(Column("actor_type") == Constant("person"))
        _remember(con, key, aliases.select(Column("actor").alias("alias")).distinct())


def _hash_key_names(con: duckdb.DuckDBPyConnection, kind: Kind, key: Key) -> None:
    """Hash whose keys the names of keys may tell, where a row names no person itself."""
    if kind.table != "usage":
        return
    new = con.execute(queries.get("intake", "new_key_names").sql).fetchall()
    if new:
        frame = pl.DataFrame(
            [{"key_name": name, **key.of_key_name(name)} for (name,) in new],
            schema=dict.fromkeys(con.table("hashed_key_names").columns, pl.String),
        )
        con.from_arrow(frame.to_arrow()).insert_into("hashed_key_names")


def _remember(con: duckdb.DuckDBPyConnection, key: Key, aliases: duckdb.DuckDBPyRelation) -> None:
    known = {alias for (alias,) in con.table("hashed").select("alias").fetchall()}
    new = [
        alias
        for (alias,) in aliases.fetchall()
        if alias is not None and alias not in known and not alias.startswith("p:")
    ]
    if new:
        frame = pl.DataFrame(
            [
                {"alias": alias, "pseudonym": pseudonym, **key.forms(alias)}
                for alias, pseudonym in key.pseudonyms(new).items()
            ],
            schema=dict.fromkeys(con.table("hashed").columns, pl.String),
        )
        con.from_arrow(frame.to_arrow()).insert_into("hashed")


# ---- unknown columns ---------------------------------------------------------------------------


def _unknown_columns(kind: Kind, columns: Sequence[str]) -> list[str]:
    """Return the columns that no mapping knows; those that hold addresses are dropped.

    What stands inside an object that a mapping names is known with it: `metadata` knows
    `metadata.trace.id`. So is what a kind repeats under one name, which comes as “Comment (2)”, and
    is read no further.
    """
    if kind.is_described:
        described = set(kind.spelled(columns).values())
        return [name for name in columns if name not in described]
    known = {name.lower() for name in kind.columns}
    spelled = kind.spelled(columns)

    def is_known(name: str) -> bool:
        ours = kind.ours(name)
        if ours.lower() in known:
            return spelled[ours.lower()] == name
        parts = (AGAIN.sub("", ours) if kind.header.get("repeats") else ours).lower().split(".")
        tops = {".".join(parts[:n]) for n in range(1, len(parts) + 1)} & known
        # What is only spelled as if it stood inside a column has no place where that is there.
        return bool(tops) and (ours == name or not tops & spelled.keys())

    return [name for name in columns if not is_known(name)]


def _attrs(unknown: Sequence[str]) -> Expression:
    """Return the unknown columns that hold something as the text of one JSON object."""
    return _as_object({name: Column(_apart(name)) for name in unknown})


def _as_object(cells: Mapping[str, Expression]) -> Expression:
    """Return the text of one JSON object of the cells that hold something, NULL where none does."""
    if not cells:
        return Constant(None).cast("varchar")
    parts: list[Expression] = []
    for name, cell in cells.items():
        parts += [Constant(name), cell]
    # A merge patch leaves out every key whose value is null.
    merged = Function("json_merge_patch", Constant("{}"), Function("json_object", *parts))
    return Function("nullif", merged.cast("varchar"), Constant("{}"))


def _is_marked(kind: Kind, marks: Mapping[str, Collection[str]]) -> Expression:
    marked = Constant(False)
    for field_name, columns in kind.header.get("marks", {}).items():
        values = [Constant(value.lower()) for value in marks.get(field_name, ())]
        for name in columns:
            if values:
                hit = Function("lower", Column(name)).isin(*values)
                marked = marked | duckdb.CoalesceOperator(hit, Constant(False))
    return marked


# ---- after the mapping -------------------------------------------------------------------------


@cache
def _declared(table: str) -> dict[str, DuckDBPyType]:
    """Return the columns of a table with their types, as queries/tables declares them."""
    with database.workspace() as con:
        rows = con.sql(queries.get("tables", table).sql)
        return dict(zip(rows.columns, rows.types, strict=True))


def _aligned(kind: Kind, rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Return mapped rows under the columns of their table, each of its type.

    Money keeps the decimals it has until rows are rolled up: rounding each line first would make
    the sums of small rows drift.
    """
    types = _types(kind)
    extra = set(rows.columns) - set(types) - {"set_aside"}
    if extra:
        msg = f"{kind.name} maps to columns that {kind.table} does not have: {sorted(extra)}"
        raise ValueError(msg)
    there = dict(zip(rows.columns, rows.types, strict=True))
    return rows.select(
        *(
            name if there[name] == dtype else Column(name).cast(dtype).alias(name)
            for name, dtype in types.items()
            if name in there
        )
    )


def _complete(kind: Kind, rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Return aligned rows under every column of their table, NULL where the mapping has none.

    They lie without those columns, which are most: NULL takes as much memory as a number.
    """
    there = set(rows.columns)
    return rows.select(
        *(
            name if name in there else Constant(None).cast(dtype).alias(name)
            for name, dtype in _types(kind).items()
        )
    )


def _types(kind: Kind) -> dict[str, DuckDBPyType]:
    """Return the columns of a mapped row of a kind with their types."""
    found = {"line": BIGINT, **_declared(kind.table)}
    if kind.table == "people":
        found |= dict.fromkeys(ALIASES, VARCHAR)
    for name in ("load_id", "first_line", "lines", "price_list", "key_actor"):
        found.pop(name, None)
    unrounded = decimal_type(38, 18)
    return {name: unrounded if dtype.id == "decimal" else dtype for name, dtype in found.items()}


# Columns of a roster that become identities instead of people.
ALIASES = ("github_login", "user_principal_name")


def _check(con: duckdb.DuckDBPyConnection, kind: Kind, name: str, today: date) -> dict[int, str]:
    """Run the checks on mapped usage: a file's defect is refused, a line's defect rejects it."""
    found: dict[int, str] = {}
    for query in queries.folder("checks").values():
        if kind.table not in query.header["tables"]:
            continue
        hits = con.execute(query.sql, query.bind({"today": today.isoformat()})).fetchall()
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
    rows = con.execute(queries.get("intake", "totals").sql)
    names = [name for name, *_ in rows.description or ()]
    totals = dict(zip(names, rows.fetchall()[0], strict=True))
    units = con.execute(queries.get("intake", "credits").sql).fetchall()
    return totals, dict(units)


def _meanings(con: duckdb.DuckDBPyConnection, kind: Kind) -> list[tuple[str, str, date, date]]:
    """Return what the numbers of a file of use stand for: field, value, first and last day."""
    if kind.table != "usage":
        return []
    return con.execute(queries.get("intake", "meanings").sql).fetchall()


def _drop(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute(f"drop table if exists {name}")
