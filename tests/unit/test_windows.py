"""A window over one month, of months that lie in files of their own, sums no other month."""

from pathlib import Path

import polars as pl
import pytest

from leverage import database


def test_a_window_over_a_month_knows_nothing_of_other_months(tmp_path: Path) -> None:
    rows = pl.DataFrame(
        {
            "month": ["2026-09", "2026-10", "2026-10", "2026-10"],
            "model": ["a", "a", "a", "b"],
            "tier": ["x", "x", "y", "x"],
            "tokens": [1000, 10, 30, 60],
        }
    )
    for (month,), part in rows.group_by("month"):
        (tmp_path / f"month={month}").mkdir()
        part.drop("month").write_parquet(tmp_path / f"month={month}" / "part.parquet")
    files = [str(path) for path in sorted(tmp_path.rglob("*.parquet"))]
    with database.workspace() as con:
        con.read_parquet(files, hive_partitioning=True).create_view("used")
        shares = con.sql(
            """
            select tier, tokens / sum(tokens) over (partition by model)
            from (
                select model, tier, sum(tokens)::double as tokens
                from used
                where month = '2026-10'
                group by all
            )
            order by model, tier
            """
        ).fetchall()
    assert shares == [("x", pytest.approx(0.25)), ("y", pytest.approx(0.75)), ("x", 1.0)]
