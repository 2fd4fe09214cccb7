"""What the leverage page tells equals the files, recomputed without the product."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from leverage import figures
from leverage.figures import leverage as page
from leverage.sample import COMPANIES, PLANTED
from leverage.view import View
from tests.oracle.conftest import Both

MONTH, BEFORE = "2026-10", "2026-09"
NAMES = [company.name for company in COMPANIES]


def row(both: Both, question: str, company: str, period: str = "this") -> dict[str, Any]:
    """Return the row of a period, in October of one company."""
    view = View(company=(company,), months=(MONTH, MONTH))
    rows = both.asker.ask(question, view).frame.filter(pl.col("period") == period).to_dicts()
    return rows[0] if rows else {}


def outcomes(both: Both, company: str, month: str) -> dict[str, float]:
    """Return the sums of one month's counts in the company's own file."""
    rows = both.native.outcomes(company).filter(month=month)
    return dict(rows.group_by("metric").agg(pl.col("value").cast(pl.Float64).sum()).iter_rows())


@pytest.mark.parametrize("company", NAMES)
def test_breadth_times_depth_is_tokens_per_employee_of_the_files(both: Both, company: str) -> None:
    tokens = both.native.tokens(company, MONTH)
    heads, people = both.native.heads(company, MONTH), both.native.active_people(company, MONTH)
    found = row(both, "leverage", company)
    assert heads is not None
    assert tokens.price_weighted is not None
    assert tokens.raw is not None
    assert tokens.fresh is not None
    assert found["active_share"] == pytest.approx(people / heads)
    assert found["tokens_per_active_person"] == pytest.approx(tokens.price_weighted / people)
    assert found["tokens_per_employee"] == pytest.approx(
        found["active_share"] * found["tokens_per_active_person"]
    )
    assert found["raw_tokens_per_employee"] == pytest.approx(tokens.raw / heads)
    assert found["fresh_tokens_per_employee"] == pytest.approx(tokens.fresh / heads)
    assert found["weighted_tokens_per_employee"] == pytest.approx(tokens.price_weighted / heads)


@pytest.mark.parametrize("company", NAMES)
def test_oversight_equals_the_outcomes_handed_in(both: Both, company: str) -> None:
    counted, found = outcomes(both, company, MONTH), row(both, "oversight", company)
    if company == PLANTED.silent_company:
        assert not counted
        assert not found
        return
    assert found["escape_rate"] == pytest.approx(counted["escaped_defects"] / counted["accepted"])
    assert found["rework_rate"] == pytest.approx(counted["reworked"] / counted["completed"])
    if company == PLANTED.unreviewed_company:
        assert found["oversight_coverage"] is None
        return
    assert found["oversight_coverage"] == pytest.approx(
        counted["reviewed"] / counted["needs_review"]
    )
    weekdays = int(np.busday_count("2026-10-01", "2026-11-01"))
    assert found["review_load"] == pytest.approx(
        counted["needs_review"] / (counted["reviewers"] * weekdays)
    )


def test_the_verdict_on_every_workflow_is_the_one_its_numbers_give(both: Both) -> None:
    found = page.ladder(lambda question: both.asker.ask(question, View(months=(MONTH, MONTH))))
    assert found is not None
    assert isinstance(found.table, figures.Table)
    verdicts = {
        (company, workflow): verdict
        for company, workflow, verdict in found.table.rows.select(
            "Company", "Workflow", "Verdict"
        ).iter_rows()
    }
    for company in NAMES:
        rows = both.native.outcomes(company).filter(
            pl.col("month").is_in(["2026-08", "2026-09", "2026-10"]) & (pl.col("workflow") != "")
        )
        for workflow in rows["workflow"].unique().to_list():
            sums = dict(
                rows.filter(workflow=workflow)
                .group_by("metric")
                .agg(pl.col("value").cast(pl.Float64).sum())
                .iter_rows()
            )
            assert verdicts[company, workflow] == _verdict(sums), (company, workflow)


def _verdict(sums: dict[str, float]) -> str:
    """Return the verdict by the rule written out again: Wilson's bound with z = 1.96."""
    n = sums["completed"]
    if n < 100:
        return "Not enough evidence"
    if not sums.get("needs_review"):
        return "No oversight data"
    k = min(sums["accepted"], sums["reviewed"])
    p = k / n
    low = (p + 1.92 / n - 1.96 * (p * (1 - p) / n + 0.9604 / n**2) ** 0.5) / (1 + 3.8416 / n)
    is_clean = sums["reworked"] / n <= 0.10 and sums["escaped_defects"] / sums["accepted"] <= 0.02
    if low >= 0.90 and is_clean:
        return "Ready to relax review"
    return "Hold" if low >= 0.80 else "Tighten review"


def test_tokens_of_departments_and_employees_are_those_shown_elsewhere(both: Both) -> None:
    """Two questions with their own ways through the pools add up to the same."""
    for company in NAMES:
        view = View(company=(company,), months=(MONTH, MONTH), compare="none")
        units = both.asker.ask("use_by_unit", view).frame.filter(
            (pl.col("period") == "this") & (pl.col("unit_kind") == "department")
        )
        moved = both.asker.ask("movers", view).frame
        tokens = dict(moved.select("department", "tokens").iter_rows())
        for unit, used in units.select("unit", "tokens").iter_rows():
            # A group without any use has employees, and no row among those who moved tokens.
            assert used == (None if unit not in tokens else pytest.approx(tokens[unit]))
        assert units["employees"].sum() == both.native.heads(company, MONTH)
