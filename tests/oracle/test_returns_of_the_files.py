"""From how many minutes use pays for itself, recomputed from the files without the product."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from leverage import figures
from leverage.figures import roi as page
from leverage.figures.roi.facts import LEAST_DATED
from leverage.sample import COMPANIES
from leverage.view import View
from tests.oracle.conftest import Both

MONTH = "2026-10"
NAMES = [company.name for company in COMPANIES]
PROPOSED = {"rework": 0.37, "realisation": 0.5, "attribution": 0.5}
"""The likeliest values that the product proposes, as its reference tables have them."""


def modes(both: Both, company: str) -> dict[str, float]:
    """Return the likeliest of what the company's own file believes, the newest of each."""
    rows = both.native.assumptions(company)
    own = rows.filter(rows["effective_date"] <= "2026-10-31").sort("effective_date")
    return {name: float(mode) for name, mode in own.select("assumption", "mode").iter_rows()}


def known_cost(both: Both, company: str) -> float:
    """Return usage and seats of October, from the company's own files."""
    parts = (
        both.native.billed_usage_cost_usd(company, MONTH),
        both.native.estimated_usage_cost_usd(company, MONTH),
        both.native.seat_cost_usd(company, MONTH),
    )
    return sum(part or 0.0 for part in parts)


@pytest.mark.parametrize("company", NAMES)
def test_cost_and_days_of_a_month_are_those_of_the_files(both: Both, company: str) -> None:
    view = View(company=(company,), months=(MONTH, MONTH))
    row = both.asker.ask("cost_and_days", view).frame.filter(month=MONTH).row(0, named=True)
    days: dict[str, set[date]] = both.native.days_of_use(company, MONTH)
    dated = [len(of_person) for of_person in days.values() if of_person]
    assert float(row["full_cost_usd"]) == pytest.approx(known_cost(both, company), abs=0.01)
    if not dated:
        assert row["person_days"] is None
        assert row["cost_per_active_day_usd"] is None
        return
    assert row["person_days"] == sum(dated)
    assert row["people_with_days"] == len(dated)
    assert row["cost_per_active_day_usd"] == pytest.approx(
        known_cost(both, company) / sum(dated), rel=1e-5
    )


@pytest.mark.parametrize("company", NAMES)
def test_days_of_a_department_are_those_of_its_people_in_the_files(
    both: Both, company: str
) -> None:
    view = View(company=(company,), months=(MONTH, MONTH))
    rows = both.asker.ask("days_by_group", view).frame.filter(month=MONTH, company=company)
    told = dict(
        rows.filter(pl.col("role").is_null()).select("department", "person_days").iter_rows()
    )
    days = both.native.days_of_use(company, MONTH)
    if not any(days.values()):
        assert not any(told.values())
        return
    expected: dict[str, int] = {}
    for person, department in both.native.departments(company, MONTH).items():
        expected[department] = expected.get(department, 0) + len(days[person])
    shown = {name for name in told if not name.startswith("(")}
    assert {name: told[name] for name in shown} == {name: expected[name] for name in shown}
    # With the small groups and those of no roster they are all days there are.
    assert sum(n or 0 for n in told.values()) == sum(map(len, days.values()))
    of_roles = rows.drop_nulls("role").group_by("department").agg(pl.col("person_days").sum())
    assert dict(of_roles.iter_rows()) == told


@pytest.mark.parametrize("company", NAMES)
def test_break_even_is_that_of_the_formula_over_the_files(both: Both, company: str) -> None:
    view = View(company=(company,), months=(MONTH, MONTH))
    found = page.roi_page(lambda question: both.asker.ask(question, view))
    assert found is not None
    shown = {figure.metric: figure for figure in found.figures}
    believed, days = modes(both, company), both.native.days_of_use(company, MONTH)
    dated = [len(of_person) for of_person in days.values() if of_person]
    if "wage_usd_per_hour" not in believed or len(dated) < LEAST_DATED * len(days):
        assert shown["break_even_minutes"].text is None
        return
    held = PROPOSED | believed
    wage = held["wage_usd_per_hour"]
    cost = (
        known_cost(both, company)
        + held.get("platform_usd_per_month", 0.0)
        + held.get("enablement_usd", 0.0) / 36
        + held.get("review_hours_per_month", 0.0) * wage
    )
    kept = (1 - held["rework"]) * held["realisation"] * held["attribution"]
    assert shown["break_even_minutes"].value == pytest.approx(
        60 * cost / (sum(dated) * wage * kept), rel=1e-4
    )


def test_net_value_and_chance_of_a_loss_are_those_of_free_draws(both: Both) -> None:
    """Draws by numpy's own triangular distribution give the range the page tells."""
    company = "Zorvane Telecom"
    view = View(company=(company,), months=(MONTH, MONTH))
    found = page.roi_page(lambda question: both.asker.ask(question, view))
    assert found is not None
    assert isinstance(found.measures, figures.Table)
    rows = both.native.assumptions(company).sort("effective_date")
    random, n = np.random.default_rng(7), 400_000
    draws = {}
    for name, low, mode, high in rows.select("assumption", "low", "mode", "high").iter_rows():
        ends = float(low), float(mode), float(high)
        draws[name] = np.full(n, ends[1]) if ends[0] == ends[2] else random.triangular(*ends, n)
    days = both.native.days_of_use(company, MONTH)
    n_days = sum(len(of_person) for of_person in days.values())
    hours = n_days * draws["minutes_saved_per_active_day"] / 60
    hours = np.minimum(hours, n_days * draws["helped_hours_cap_per_active_day"])
    value = hours * draws["wage_usd_per_hour"] * (1 - draws["rework"])
    value *= draws["realisation"] * draws["attribution"]
    cost = known_cost(both, company) + draws["platform_usd_per_month"]
    net = value - cost - draws["enablement_usd"] / 36
    shown = {figure.metric: figure for figure in found.figures}
    assert shown["loss_probability"].value == pytest.approx((net < 0).mean(), abs=0.01)
    told = found.measures.rows.filter(Measure="Net value, 1 month").row(0, named=True)
    for column, quantile in (("P10", 0.1), ("P50", 0.5), ("P90", 0.9)):
        said = float(told[column].removesuffix(" USD").replace(",", "").replace("−", "-"))
        assert said == pytest.approx(np.quantile(net, quantile), abs=0.04 * cost.mean())


def test_only_whole_companies_are_told(both: Both) -> None:
    for filters in ({"vendor": ("OpenAI",)}, {"department": ("Engineering",)}):
        view = View(company=(NAMES[0],), months=(MONTH, MONTH), **filters)  # type: ignore[arg-type]
        assert both.asker.ask("cost_and_days", view).frame.is_empty()
        found = page.roi_page(lambda question, view=view: both.asker.ask(question, view))  # type: ignore[misc]
        assert found is not None
        assert found.title == "Whether it pays is not told under this view"
        assert all(figure.text is None for figure in found.figures)


def test_work_of_workflows_is_that_of_the_outcomes_handed_in(both: Both) -> None:
    rows = both.asker.ask("workflow_costs", View(months=(MONTH, MONTH))).frame
    for company in NAMES:
        told = both.native.outcomes(company).filter(
            (pl.col("month") == MONTH) & (pl.col("workflow") != "")
        )
        sums = told.group_by("workflow", "metric").agg(pl.col("value").cast(pl.Float64).sum())
        counted = {(workflow, metric): value for workflow, metric, value in sums.iter_rows()}
        own = rows.filter(company=company)
        assert set(own["workflow"]) == set(told["workflow"])
        for row in own.iter_rows(named=True):
            accepted = counted[row["workflow"], "accepted"]
            completed = counted[row["workflow"], "completed"]
            assert row["accepted"] == pytest.approx(accepted)
            if row["cost_usd"] is None:
                assert row["cost_per_accepted_usd"] is None
                continue
            cost = float(row["cost_usd"])
            assert row["cost_per_accepted_usd"] == pytest.approx(cost / accepted)
            assert row["cost_not_accepted_usd"] == pytest.approx(cost * (1 - accepted / completed))


def test_outcomes_gained_are_worth_what_free_draws_say(both: Both) -> None:
    company, workflow = "Nimbaro Agents", "Tickets"
    view = View(company=(company,), months=(MONTH, MONTH))
    found = page.workflows(lambda question: both.asker.ask(question, view))
    assert found is not None
    assert isinstance(found.worth, figures.Table)
    row = found.worth.rows.filter(Workflow=workflow).row(0, named=True)
    assert row["Counted by"] == "outcomes gained, the best rung there is"
    assert row["Rung of evidence"] == "E5 self-report or external benchmark, 50 % to AI"
    random, n = np.random.default_rng(11), 400_000
    held = both.native.assumptions(company).filter(pl.col("workflow") == workflow)
    ends = held.select("assumption", "low", "mode", "high").rows()
    product = random.triangular(0.3, 0.5, 0.7, n)
    for _, low, mode, high in ends:
        product = product * random.triangular(float(low), float(mode), float(high), n)
    told = both.native.outcomes(company).filter(month=MONTH, workflow=workflow, metric="accepted")
    accepted = sum(float(value) for value in told["value"])
    low, high = row["Value"].removesuffix(" USD").replace(",", "").split(" to ")
    assert len(ends) == 2
    assert float(low) == pytest.approx(accepted * np.quantile(product, 0.1), rel=0.04)
    assert float(high) == pytest.approx(accepted * np.quantile(product, 0.9), rel=0.04)
