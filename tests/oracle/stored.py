"""The rows of use that count, a second way: polars over the store's own usage table, no mart.

What the vendors' files do not say in one place, which model, workspace and key a cost belongs to,
the stored rows do. Which of them count is decided here once more, by the rules of native.py.
"""

from fnmatch import fnmatchcase
from typing import Any

import polars as pl

from leverage import database
from tests.oracle.conftest import Both

FOREIGN = ("litellm_daily", "focus")
BILLS_WITH_TOKENS = ("github_billing", "focus")
TOKEN_PARTS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")
BEST = {"tokens": "token_rank", "cost": "cost_rank"}


def table(both: Both, name: str) -> pl.DataFrame:
    """Return a table of the store as it was written."""
    store = both.asker.store
    version = store.table_versions(both.asker.number)[name]
    with database.workspace({name: store.files(name, version)}) as con:
        rows: pl.DataFrame = con.table(name).pl()
    return rows


def counting(both: Both, month: str, what: str) -> pl.DataFrame:
    """Return a month's rows that count for “tokens” or for “cost”, with owner, weighted and usd."""
    billed = pl.coalesce("amortised_cost_usd", "net_cost_usd").cast(pl.Float64)
    estimated = pl.col("estimated_cost_usd").cast(pl.Float64)
    rows = table(both, "usage").filter(
        (pl.col("month") == month) & (pl.col("row_kind") != "purchase")
    )
    ranked = rows.with_columns(
        usd=pl.coalesce(billed, estimated),
        is_foreign=pl.col("kind").is_in(FOREIGN),
        rivals=pl.when(pl.col("kind").is_in(FOREIGN)).then(pl.lit("foreign")).otherwise("account"),
        owner=pl.when(pl.col("actor").is_null())
        .then(pl.lit("unknown"))
        .otherwise(pl.col("actor_type").fill_null("unknown")),
        weighted=sum(
            weight * pl.col(part).fill_null(0)
            for weight, part in zip((1, 0.1, 1.25, 5), TOKEN_PARTS, strict=True)
        ),
        token_rank=pl.when(
            pl.any_horizontal(pl.col(part).is_not_null() for part in TOKEN_PARTS)
        ).then(pl.when(pl.col("kind").is_in(BILLS_WITH_TOKENS)).then(2).otherwise(1)),
        cost_rank=pl.when(billed.is_not_null())
        .then(1)
        .when(estimated.is_not_null())
        .then(pl.when(pl.col("cost_basis") == "vendor_estimate").then(2).otherwise(3)),
    ).drop_nulls(BEST[what])
    own = ranked.filter(~pl.col("is_foreign"))
    others = ranked.filter("is_foreign").join(own, on=["company", "vendor", "day"], how="anti")
    best = pl.col(BEST[what]).min().over("company", "vendor", "rivals", "day")
    return pl.concat([own, others]).filter(pl.col(BEST[what]) == best)


def workflow(rules: list[dict[str, Any]], row: dict[str, Any]) -> str | None:
    """Return the result of the rule that fires on a row, None where none does.

    The lowest priority, then the longest pattern, then the first by alphabet.
    """
    held = row | {"service": row["actor"] if row["owner"] == "service" else None}
    fitting = [
        rule
        for rule in rules
        if rule["company"] == row["company"]
        and rule["subject"] == "workflow"
        and held[rule["field"]] is not None
        and fnmatchcase(held[rule["field"]].lower(), rule["pattern"].lower())
    ]
    fitting.sort(key=lambda rule: (rule["priority"], -len(rule["pattern"]), rule["pattern"]))
    return fitting[0]["result"] if fitting else None
