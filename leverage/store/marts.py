"""Rebuild the marts of the months a change touched, in that same change."""

from collections.abc import Callable, Iterator, Sequence

import duckdb
import polars as pl
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant

from leverage import database, privacy, queries
from leverage.store.delta import Change

# What the people of so many rows used fits in the loader's memory, whatever the store holds.
MOST_ROWS_AT_ONCE = 2_000_000
# How many statements of a part take long with many rows; see database.watched.
STATEMENTS_A_PART = 5
# privacy.decide knows what a person used as bits of one integer.
MOST_USES = 126
# The statements of queries/marts that later ones select from, in order. The first hold for every
# month, the others are made anew for each part; each is read several times, so each is a table.
OF_ALL_MONTHS = ("account_names", "roster", "identities_now", "key_owners")
OF_SOME_MONTHS = ("authority", "counted")
PEOPLE_MARTS = ("cube_month", "user_month")
SOURCE_MARTS = ("source_month", "channel_month", "cost_day")
OF_WHO_IS_WHO = ("suggested_matches", "known_keys")
WORK_MARTS = ("workflow_month", "unassigned_month")
# What the marts are made from, with those a rebuild looks at to know what is there.
READ = (
    "usage",
    "people",
    "identities",
    "aliases",
    "actor_forms",
    "companies",
    "rates",
    "rules",
    "mappings",
    "dictionary",
    "cube_month",
    "source_month",
    "workflow_month",
    "channel_month",
    "cost_day",
    *OF_WHO_IS_WHO,
)
Write = Callable[[Change, duckdb.DuckDBPyConnection, list[str]], None]


def all_months(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return every month the usage relation holds, oldest first."""
    return sorted(_months(con, "usage"))


def rebuild(
    change: Change, months: Sequence[str] | None, progress: database.Progress = database.silent
) -> None:
    """Write every mart anew for the given months, or for all of them.

    Months that lost all their usage lose their marts with it. Months that a program with fewer
    marts wrote get theirs.
    """
    with database.workspace(change.files(READ)) as con:
        new_uses = _rows(con, "new_uses")
        if len(new_uses):
            dictionary = pl.concat([con.table("dictionary").pl(), new_uses])
            change.write("dictionary", dictionary.to_arrow())
            con.execute("drop view dictionary")
            con.from_arrow(dictionary.to_arrow()).create("dictionary")
        wanted = set(all_months(con) if months is None else months)
        known = _months(con, "cube_month")
        made = set.intersection(*(_months(con, mart) for mart in (*SOURCE_MARTS, "workflow_month")))
        stale = known if months is None else known - made
        if not wanted and not stale:
            return
        _make_tables(con, OF_ALL_MONTHS)
        con.sql(queries.get("marts", "suggested").sql).create_view("suggested")
        for mart in OF_WHO_IS_WHO:
            _write_if_other(change, con, mart)
        _rebuild(
            change, con, wanted | stale, (_write_people, _write_sources, _write_work), progress
        )


def rebuild_work(change: Change) -> None:
    """Write the marts of work anew for all months; rules of work move no others."""
    with database.workspace(change.files(READ)) as con:
        _make_tables(con, OF_ALL_MONTHS)
        _rebuild(change, con, set(all_months(con)), (_write_work,))


def _months(con: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {month for (month,) in con.table(table).select("month").distinct().fetchall()}


def _make_tables(
    con: duckdb.DuckDBPyConnection, names: Sequence[str], months: Sequence[str] = ()
) -> None:
    for name in names:
        _sql(con, name, [*months]).create(name)


def _rebuild(
    change: Change,
    con: duckdb.DuckDBPyConnection,
    months: set[str],
    writes: Sequence[Write],
    progress: database.Progress = database.silent,
) -> None:
    """Write some marts of the months, part by part, from what counts in each."""
    parts = _in_parts(con, sorted(months))
    statements = STATEMENTS_A_PART * len(parts)
    with database.watched(con, progress, "building months", len(months), statements):
        for some in _counted(con, parts):
            for write in writes:
                write(change, con, some)


def work(con: duckdb.DuckDBPyConnection) -> Iterator[list[str]]:
    """Make the tables that use_by_work is made of, part by part; yields the months of each.

    For looking at work under other rules, of the use that the connection's `usage` holds.
    """
    _make_tables(con, OF_ALL_MONTHS)
    yield from _counted(con, _in_parts(con, all_months(con)))


def _counted(con: duckdb.DuckDBPyConnection, parts: Sequence[list[str]]) -> Iterator[list[str]]:
    """Yield the months of each part while the tables OF_SOME_MONTHS hold what counts in it."""
    con.execute("alter view usage rename to usage_of_all_months")
    for some in parts:
        usage = con.table("usage_of_all_months")
        usage.filter(Column("month").isin(*map(Constant, some))).create_view("usage")
        con.sql(queries.get("marts", "usage_in_usd").sql).create_view("usage_in_usd")
        _make_tables(con, OF_SOME_MONTHS, some)
        yield some
        for name in OF_SOME_MONTHS:
            con.execute(f"drop table {name}")
        con.execute("drop view usage_in_usd")
        con.execute("drop view usage")


def _in_parts(con: duckdb.DuckDBPyConnection, months: Sequence[str]) -> list[list[str]]:
    """Return the months in parts of about MOST_ROWS_AT_ONCE rows of usage."""
    counted = con.table("usage").aggregate("month, count(*)", "month").fetchall()
    rows_of = dict(counted)
    parts: list[list[str]] = []
    held = 0
    for month in months:
        if not parts or held + rows_of.get(month, 0) > MOST_ROWS_AT_ONCE:
            parts.append([])
            held = 0
        parts[-1].append(month)
        held += rows_of.get(month, 0)
    return parts


def _write_people(change: Change, con: duckdb.DuckDBPyConnection, months: list[str]) -> None:
    _sql(con, "person_month", months).create("person_month")
    shown = _shown_cells(
        _rows(con, "people_cells"), _rows(con, "dominance"), con.table("dictionary").pl()
    )
    con.from_arrow(shown.to_arrow()).create("shown_cells")
    _write(change, con, PEOPLE_MARTS, months)
    for name in ("person_month", "shown_cells"):
        con.execute(f"drop table {name}")


def _write_sources(change: Change, con: duckdb.DuckDBPyConnection, months: list[str]) -> None:
    _write(change, con, SOURCE_MARTS, months)


def _write_work(change: Change, con: duckdb.DuckDBPyConnection, months: list[str]) -> None:
    _sql(con, "use_by_work", months).create("use_by_work")
    _write(change, con, WORK_MARTS, months)
    con.execute("drop table use_by_work")


def _write(
    change: Change, con: duckdb.DuckDBPyConnection, names: Sequence[str], months: list[str]
) -> None:
    for mart in names:
        rows = database.by_name(mart, _sql(con, mart, months))
        change.write_months(con, mart, rows, months)


def _write_if_other(change: Change, con: duckdb.DuckDBPyConnection, mart: str) -> None:
    """Write a small mart of all months, unless its rows are those that stand."""
    rows = database.by_name(mart, con.sql(queries.get("marts", mart).sql)).order("all")
    made, stored = rows.to_arrow_table(), con.table(mart).order("all").to_arrow_table()
    if made != stored:
        change.write(mart, made)


def _shown_cells(
    people_cells: pl.DataFrame, dominance: pl.DataFrame, dictionary: pl.DataFrame
) -> pl.DataFrame:
    """Decide company by company and month by month which cells may be shown.

    Of a company that used more vendors and models in one month than an integer has bits nothing is
    split by people: leaving some of them out of the decision would leave out their public totals.
    """
    found = [pl.DataFrame(schema=dict.fromkeys(privacy.SHOWN_CELLS, pl.String))]
    for (company, month), cells in people_cells.group_by("company", "month", maintain_order=True):
        used = cells.select(pl.col("uses").explode()).unique().sort("uses")
        if len(used) > MOST_USES:
            found.append(_all_pooled(cells, dictionary))
            continue
        pairs = used.join(dictionary, left_on="uses", right_on="id").with_row_index("bit")
        powers = pl.Series("mask", [1 << bit for bit in pairs["bit"]], dtype=pl.Int128)
        masks = pl.col("uses").list.eval(
            pl.element().replace_strict(pairs["uses"], powers, return_dtype=pl.Int128)
        )
        masked = cells.select(pl.exclude("uses"), use_mask=masks.list.sum())
        largest = dominance.filter(pl.col("company") == company, pl.col("month") == month)
        columns = pairs.select(pl.col("bit").cast(pl.Int64), "vendor", "model")
        found.append(privacy.decide(masked, largest, columns))
    return pl.concat(found)


def _all_pooled(cells: pl.DataFrame, dictionary: pl.DataFrame) -> pl.DataFrame:
    """Return the labels of a company and month of which nothing is split by people."""
    return (
        cells.explode("uses")
        .join(dictionary, left_on="uses", right_on="id")
        .select("company", "month", "department", "role", "vendor", "model")
        .unique()
        .with_columns(
            shown_department=pl.lit(privacy.SMALL_GROUPS),
            shown_role=pl.lit(privacy.SMALL_GROUPS),
            shown_vendor=pl.lit(privacy.OTHER_VENDORS),
            shown_model=pl.lit(privacy.OTHER_MODELS),
        )
        .select(privacy.SHOWN_CELLS)
    )


def _sql(con: duckdb.DuckDBPyConnection, mart: str, months: list[str]) -> duckdb.DuckDBPyRelation:
    query = queries.get("marts", mart)
    return con.sql(query.sql, params=query.bind({"months": months}))


def _rows(con: duckdb.DuckDBPyConnection, mart: str) -> pl.DataFrame:
    rows: pl.DataFrame = con.sql(queries.get("marts", mart).sql).pl()
    return rows
