"""Rebuild the marts of the months a change touched, in that same change."""

from collections.abc import Sequence

import duckdb
import polars as pl

from leverage import engine, privacy, queries
from leverage.store.delta import Change

# What the people of so many rows used fits in the loader's memory, whatever the store holds.
MOST_ROWS_AT_ONCE = 2_000_000
# privacy.decide knows what a person used as bits of one integer.
MOST_USES = 126
# The statements of queries/marts that later ones select from, in order.
VIEWS = ("roster", "identities_now", "suggested", "usage_in_usd")
MARTS = ("cube_month", "user_month", "source_month")


def all_months(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return every month the usage relation holds, oldest first."""
    months = con.table("usage").select("month").distinct().order("month").fetchall()
    return [month for (month,) in months]


def rebuild(change: Change, months: Sequence[str] | None) -> None:
    """Write the MARTS anew for the given months, or for all of them.

    Months that lost all their usage lose their marts with it. Months that a program without
    source_month wrote get theirs.
    """
    with engine.workspace(change.files()) as con:
        new_uses = _rows(con, "new_uses")
        if len(new_uses):
            dictionary = pl.concat([con.table("dictionary").pl(), new_uses])
            change.write("dictionary", dictionary.to_arrow())
            con.execute("drop view dictionary")
            con.from_arrow(dictionary.to_arrow()).create("dictionary")
        wanted = list(all_months(con) if months is None else months)
        known = _months_of(con, "cube_month")
        stale = known if months is None else known - _months_of(con, "source_month")
        if not wanted and not stale:
            return
        # It reads all of usage, and every mart asks for it.
        con.sql(queries.get("marts", "account_names").sql).create("account_names")
        for name in VIEWS:
            con.sql(queries.get("marts", name).sql).create_view(name)
        for mart in MARTS:
            con.execute(f"drop view {mart}")
        matches = con.sql(queries.get("marts", "suggested_matches").sql)
        change.write("suggested_matches", matches.to_arrow_table())
        for some in _in_parts(con, sorted({*wanted, *stale})):
            _rebuild(change, con, some)


def _months_of(con: duckdb.DuckDBPyConnection, mart: str) -> set[str]:
    """Return the months a mart holds rows of."""
    return {month for (month,) in con.table(mart).select("month").distinct().fetchall()}


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


def _rebuild(change: Change, con: duckdb.DuckDBPyConnection, months: list[str]) -> None:
    # Every mart asks what counts, so it is decided once.
    _sql(con, "authority", months).create("authority")
    con.sql(queries.get("marts", "counted").sql).create_view("counted")
    _sql(con, "person_month", months).create("person_month")
    shown = _shown_cells(
        _rows(con, "people_cells"), _rows(con, "dominance"), con.table("dictionary").pl()
    )
    con.from_arrow(shown.to_arrow()).create("shown_cells")
    for mart in MARTS:
        declared = con.sql(queries.get("tables", mart).sql)
        rows = engine.by_name(declared, _sql(con, mart, months))
        change.write(mart, rows.to_arrow_table(), months)
    con.execute("drop view counted")
    for name in ("person_month", "shown_cells", "authority"):
        con.execute(f"drop table {name}")


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
