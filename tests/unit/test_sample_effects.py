"""The effects planted in the sample's outcomes are found again in its files, by numpy alone."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from leverage.sample import COMPANIES, PLANTED, write
from leverage.sample.rules import rules
from tests.unit.test_sample import Sample

Numbers = np.ndarray[Any, np.dtype[np.float64]]

METRICS = {
    "completed",
    "accepted",
    "reworked",
    "needs_review",
    "reviewed",
    "reviewers",
    "escaped_defects",
    "incidents",
    "mttr_hours",
    "deployments",
    "failed_deployments",
    "lead_time_hours",
    "resolution_hours",
    "tickets",
    "found_before_customer",
}
"""The metrics that the template of outcomes names."""

MEANS = {"mttr_hours", "lead_time_hours", "resolution_hours"}
REVIEWS = {"needs_review", "reviewed", "reviewers"}

VERDICTS = {
    ("Zorvane Telecom", "Network triage"): "ready to relax review",
    ("Zorvane Telecom", "Assist lab"): "not enough evidence",
    ("Zorvane Telecom", "Coding agent"): "no oversight data",
    ("Zorvane Telecom", "Software development"): "hold",
    ("Tramello Market", "Fraud review"): "no oversight data",
    ("Tramello Market", "Catalogue search"): "no oversight data",
    ("Tramello Market", "Checkout help"): "no oversight data",
    ("Tramello Market", "Software development"): "no oversight data",
    ("Kitsorra Tools", "Bug triage"): "tighten review",
    ("Kitsorra Tools", "Releases"): "tighten review",
    ("Kitsorra Tools", "Docs search"): "tighten review",
    ("Kitsorra Tools", "Coding agent"): "tighten review",
    ("Kitsorra Tools", "Software development"): "hold",
    ("Ombravo CRM", "Lead scoring"): "ready to relax review",
    ("Ombravo CRM", "Ticket replies"): "tighten review",
    ("Ombravo CRM", "Software development"): "hold",
    ("Nimbaro Agents", "Tickets"): "hold",
    ("Nimbaro Agents", "Outreach"): "not enough evidence",
    ("Nimbaro Agents", "Software development"): "ready to relax review",
}
"""What the last three months say of each workflow, by the rule of `_verdict`."""

TOLD_ELSEWHERE = ("Zorvane Telecom", "Engineering")
"""A department whose tokens stand in GitHub's files as well, and only there since June 2026."""

T_975 = {10: 2.228, 20: 2.086, 22: 2.074}
"""Student's t by degrees of freedom, from a printed table."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Write the whole sample once."""
    folder = tmp_path_factory.mktemp("sample")
    return Sample(folder, write(folder))


@pytest.fixture(scope="module")
def outcomes(sample: Sample) -> pl.DataFrame:
    """Return the outcomes of all companies, values as numbers."""
    return sample.all("outcomes").with_columns(
        pl.col("value").cast(pl.Float64), pl.col("n").cast(pl.Int64)
    )


def _within(x: Numbers, y: Numbers, group: Numbers) -> tuple[float, float]:
    """Return the slope within groups and its standard error, robust to clusters by group."""
    names, index = np.unique(group, return_inverse=True)
    sizes = np.bincount(index)
    x = x - (np.bincount(index, x) / sizes)[index]
    y = y - (np.bincount(index, y) / sizes)[index]
    slope = float(x @ y / (x @ x))
    scores = np.bincount(index, x * (y - slope * x))
    correction = len(names) / (len(names) - 1)
    return slope, float(np.sqrt(correction * scores @ scores) / (x @ x))


def _line(x: Numbers, y: Numbers) -> tuple[float, float]:
    """Return the slope of a straight line and its standard error."""
    deviation = x - x.mean()
    slope = float(deviation @ y / (deviation @ deviation))
    rest = y - y.mean() - slope * deviation
    return slope, float(np.sqrt(rest @ rest / (len(x) - 2) / (deviation @ deviation)))


def _summed(outcomes: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Return the counts of each group, one metric a column."""
    counts = outcomes.filter(~pl.col("metric").is_in(MEANS))
    return counts.pivot(on="metric", index=by, values="value", aggregate_function="sum").sort(by)


def _tokens_of_departments(sample: Sample) -> pl.DataFrame:
    """Return the price-weighted tokens of people's tools that tell them in every month."""
    cursor = sample.all("cursor_events").select(
        "company",
        month=pl.col("Date").str.slice(0, 7),
        email=pl.col("User").str.to_lowercase(),
        tokens=pl.col("Input (w/o Cache Write)").cast(pl.Float64)
        + 1.25 * pl.col("Input (w/ Cache Write)").cast(pl.Float64)
        + 0.1 * pl.col("Cache Read").cast(pl.Float64)
        + 5 * pl.col("Output Tokens").cast(pl.Float64),
    )
    cached = pl.col("cache_read_input_tokens").cast(pl.Float64)
    written = pl.col("cache_creation_input_tokens").cast(pl.Float64)
    gateway = sample.all("litellm_daily").select(
        "company",
        month=pl.col("date").str.slice(0, 7),
        email=pl.col("user_id").str.to_lowercase(),
        tokens=pl.col("prompt_tokens").cast(pl.Float64)
        - 0.9 * cached
        + 0.25 * written
        + 5 * pl.col("completion_tokens").cast(pl.Float64),
    )
    people = sample.all("roster").select(
        "company", "department", email=pl.col("work_email").str.to_lowercase()
    )
    return (
        pl.concat([cursor, gateway])
        .join(people.unique(), on=["company", "email"])
        .group_by("company", "department", "month")
        .agg(pl.col("tokens").sum())
    )


@pytest.fixture(scope="module")
def doses(sample: Sample, outcomes: pl.DataFrame) -> pl.DataFrame:
    """Return tokens and accepted work per employee of each department and month, as logarithms."""
    heads = (
        sample.all("headcount")
        .group_by("company", "department", "month")
        .agg(pl.col("employees").cast(pl.Int64).sum())
    )
    accepted = (
        outcomes.filter(pl.col("metric") == "accepted")
        .group_by("company", "month", department="scope")
        .agg(accepted=pl.col("value").sum())
    )
    keys = ["company", "department", "month"]
    return (
        _tokens_of_departments(sample)
        .join(heads, on=keys)
        .join(accepted, on=keys)
        .filter(pl.concat_list("company", "department") != list(TOLD_ELSEWHERE))
        .select(
            group=pl.col("company") + " " + pl.col("department"),
            dose=(pl.col("tokens") / pl.col("employees")).log(),
            answer=(pl.col("accepted") / pl.col("employees")).log(),
        )
        .sort(pl.all())
    )


def test_outcomes_hold_each_metric_of_the_template_and_each_number_once(
    outcomes: pl.DataFrame,
) -> None:
    assert set(outcomes["metric"]) == METRICS
    cell = ["company", "month", "scope", "workflow", "metric"]
    assert outcomes.select(cell).is_unique().all()
    assert outcomes["scope"].null_count() == 0
    assert (outcomes["n"].is_not_null() == outcomes["metric"].is_in(MEANS)).all()
    # Teams stand instead of their department, so that no ticket is counted twice.
    counted = outcomes.select("company", "metric", "scope").unique()
    teams = counted.filter(pl.col("scope").str.contains(" ")).with_columns(
        pl.col("scope").str.split(" ").list.first()
    )
    assert teams.height > 0
    assert teams.join(counted, on=["company", "metric", "scope"]).is_empty()


def test_nothing_is_accepted_unreviewed_and_parts_stay_within_the_whole(
    outcomes: pl.DataFrame,
) -> None:
    rows = _summed(outcomes, ["company", "month", "scope", "workflow"])
    for part, whole in (
        ("accepted", "completed"),
        ("reworked", "completed"),
        ("accepted", "reviewed"),
        ("reviewed", "needs_review"),
        ("failed_deployments", "deployments"),
    ):
        told = rows.drop_nulls([part, whole])
        assert told.height > 0
        # The sum of no rows is 0: a company that counts no reviews has none to be within.
        told = told.filter((pl.col(whole) > 0) | (pl.col("needs_review") > 0))
        assert (told[part] <= told[whole]).all(), (part, whole)


def test_outcomes_name_the_departments_of_the_roster_and_the_workflows_of_the_rules(
    sample: Sample, outcomes: pl.DataFrame
) -> None:
    roster = set(sample.all("roster").select("company", "department").iter_rows())
    departments = outcomes.filter(pl.col("metric") == "accepted").select("company", "scope")
    assert set(departments.iter_rows()) <= roster
    named = {(rule.company, rule.result) for rule in rules() if rule.subject == "workflow"}
    told = outcomes.drop_nulls("workflow").select("company", "workflow")
    assert set(told.iter_rows()) == set(VERDICTS) <= named


def test_one_company_hands_in_no_outcomes_and_another_counts_no_reviews(
    outcomes: pl.DataFrame,
) -> None:
    companies = {company.name for company in COMPANIES}
    assert companies - set(outcomes["company"]) == {PLANTED.silent_company}
    with_reviews = set(outcomes.filter(pl.col("metric").is_in(REVIEWS))["company"])
    assert set(outcomes["company"]) - with_reviews == {PLANTED.unreviewed_company}


def test_accepted_work_rises_with_tokens_at_the_planted_elasticity(doses: pl.DataFrame) -> None:
    assert doses["group"].n_unique() == 23
    assert doses.height > 500
    slope, error = _within(*(doses[name].to_numpy() for name in ("dose", "answer", "group")))
    reach = T_975[22] * error
    assert slope - reach <= PLANTED.dose_elasticity <= slope + reach
    assert reach < 0.03


def test_no_department_gets_less_done_with_more_tokens(doses: pl.DataFrame) -> None:
    upper = doses.filter(pl.col("dose") > pl.col("dose").median().over("group"))
    slope, error = _within(*(upper[name].to_numpy() for name in ("dose", "answer", "group")))
    assert slope - T_975[22] * error > 0
    for (group,), own in doses.group_by("group"):
        assert np.polyfit(own["dose"].to_numpy(), own["answer"].to_numpy(), 1)[0] > 0, group
    # Laid side by side, the months of all departments say the same in five bins of tokens.
    bins = np.array_split(doses.sort("dose")["answer"].to_numpy(), 5)
    medians = [float(np.median(one)) for one in bins]
    assert medians == sorted(medians)


def _strain(sample: Sample, outcomes: pl.DataFrame) -> tuple[Numbers, Numbers, Numbers]:
    """Return the strained company's tokens per employee, its coverage and its escape rate."""
    company = PLANTED.strained_company
    rows = _summed(outcomes.filter(pl.col("company") == company), ["month"])
    leverage = []
    for month in rows["month"]:
        tokens, heads = sample.native.tokens(company, month), sample.native.heads(company, month)
        assert tokens.price_weighted is not None
        assert heads is not None
        leverage.append(tokens.price_weighted / heads)
    return (
        np.array(leverage),
        (rows["reviewed"] / rows["needs_review"]).to_numpy(),
        (rows["escaped_defects"] / rows["accepted"]).to_numpy(),
    )


def test_past_a_level_of_tokens_reviews_fall_behind_and_more_defects_escape(
    sample: Sample, outcomes: pl.DataFrame
) -> None:
    leverage, coverage, escapes = _strain(sample, outcomes)
    passed = np.maximum(0.0, np.log(leverage / PLANTED.strained_from_tokens))
    is_below = passed == 0
    assert 12 <= is_below.sum() <= 18
    assert is_below[:12].all()
    assert coverage[is_below].min() > 0.95
    assert coverage[-1] < 0.9
    assert escapes[-1] > 2.5 * escapes[is_below].mean()
    for found, planted in (
        (coverage, -PLANTED.strain_on_coverage),
        (escapes, PLANTED.strain_on_escapes),
    ):
        slope, error = _line(passed, found)
        reach = T_975[22] * error
        assert slope - reach <= planted <= slope + reach
        assert reach < 0.25 * abs(planted)
        flat, error = _line(np.log(leverage[is_below]), found[is_below])
        assert abs(flat) < 0.2 * abs(planted)


def test_past_that_level_each_reviewer_has_more_to_review(
    sample: Sample, outcomes: pl.DataFrame
) -> None:
    leverage, *_ = _strain(sample, outcomes)
    rows = _summed(outcomes.filter(pl.col("company") == PLANTED.strained_company), ["month"])
    load = (rows["needs_review"] / rows["reviewers"]).to_numpy()
    passed = np.maximum(0.0, np.log(leverage / PLANTED.strained_from_tokens))
    slope, error = _line(passed, np.log(load))
    assert slope == pytest.approx(1, abs=T_975[22] * error)
    assert T_975[22] * error < 0.25


def test_elsewhere_reviews_keep_up_whatever_the_tokens(outcomes: pl.DataFrame) -> None:
    others = outcomes.filter(
        ~pl.col("company").is_in([PLANTED.strained_company, PLANTED.unreviewed_company])
    )
    rows = _summed(others, ["company", "month"])
    # Where nobody counts a workflow's reviews its work is not in needs_review either.
    assert (rows["reviewed"] / rows["needs_review"]).to_numpy().min() > 0.95
    assert (rows["escaped_defects"] / rows["accepted"]).to_numpy().max() < 0.025


def _difference(hours: pl.DataFrame, first: str) -> tuple[float, float]:
    """Return treated less control, three months from `first` less the three before, and its SE."""
    months = sorted(hours["month"].unique())
    at = months.index(first)
    before, after = months[at - 3 : at], months[at : at + 3]
    value, month = pl.col("value"), pl.col("month")
    changes = hours.group_by("scope").agg(
        change=value.filter(month.is_in(after)).mean() - value.filter(month.is_in(before)).mean()
    )
    is_treated = pl.col("scope").str.starts_with(PLANTED.intervention_department + " ")
    treated = changes.filter(is_treated)["change"].to_numpy()
    control = changes.filter(~is_treated)["change"].to_numpy()
    assert len(treated) == len(control) == 6
    error = np.sqrt(treated.var(ddof=1) / 6 + control.var(ddof=1) / 6)
    return float(treated.mean() - control.mean()), float(error)


def test_the_intervention_shortens_resolution_against_the_control_group(
    sample: Sample, outcomes: pl.DataFrame
) -> None:
    (event,) = sample.all("events").to_dicts()
    assert event["event_kind"] == "intervention"
    assert event["company"] == PLANTED.intervention_company
    assert event["date"] == str(PLANTED.intervention_date)
    assert event["department"] == PLANTED.intervention_department
    hours = outcomes.filter(
        (pl.col("company") == event["company"]) & (pl.col("metric") == "resolution_hours")
    )
    effect, error = _difference(hours, event["date"][:7])
    reach = T_975[10] * error
    assert effect - reach <= PLANTED.intervention_hours <= effect + reach
    assert effect + reach < -1
    for quiet in ("2025-04", "2025-10", "2026-07"):
        effect, error = _difference(hours, quiet)
        assert abs(effect) < T_975[10] * error, quiet


def _verdict(row: dict[str, Any]) -> str:
    """Return what the counts of three months say of a workflow's reviews.

    The lower bound is Wilson's, found here as the share at which the count accepted lies 1.96
    standard deviations above what is expected.
    """
    completed, accepted = row["completed"], row["accepted"]
    if completed < 100:
        return "not enough evidence"
    if not row["needs_review"]:
        return "no oversight data"
    shares = np.linspace(0, accepted / completed, 100_001)
    distance = accepted - completed * shares
    is_above = distance > 1.96 * np.sqrt(completed * shares * (1 - shares))
    lower = float(shares[is_above].max())
    is_clean = row["reworked"] <= 0.10 * completed and row["escaped_defects"] <= 0.02 * accepted
    if lower >= 0.90 and is_clean:
        return "ready to relax review"
    return "hold" if lower >= 0.80 else "tighten review"


def test_the_workflows_of_the_last_three_months_get_every_verdict(outcomes: pl.DataFrame) -> None:
    latest = outcomes.filter((pl.col("month") >= "2026-08") & pl.col("workflow").is_not_null())
    rows = _summed(latest, ["company", "workflow"]).to_dicts()
    found = {(row["company"], row["workflow"]): _verdict(row) for row in rows}
    assert found == VERDICTS
    assert len(set(found.values())) == 5


def test_targets_name_metrics_of_the_product_and_some_are_met_and_some_missed(
    sample: Sample,
) -> None:
    metrics = Path(__file__).parents[2] / "queries" / "metrics"
    targets = sample.all("targets").with_columns(pl.col("target").cast(pl.Float64))
    assert set(targets["metric"]) <= {path.stem for path in metrics.glob("*.sql")}
    assert targets["company"].n_unique() >= 2
    assert sample.all("budgets")["company"].n_unique() >= 2
    latest = targets.filter(
        (pl.col("metric") == "active_share")
        & (pl.col("month") == "2026-10")
        & pl.col("department").is_null()
    )
    are_met = set()
    for company, target in latest.select("company", "target").iter_rows():
        heads = sample.native.heads(company, "2026-10")
        assert heads is not None
        are_met.add(sample.native.active_people(company, "2026-10") / heads >= target)
    assert are_met == {True, False}


def test_one_company_counts_in_euros_and_states_a_rate_for_every_month(sample: Sample) -> None:
    rates = sample.all("rates")
    assert set(rates["company"]) == {PLANTED.euro_company}
    assert set(rates["currency"]) == {"EUR"}
    months = sample.all("seats").filter(company=PLANTED.euro_company)["month"]
    assert set(rates["month"]) == set(months)
    assert rates["usd_per_unit"].cast(pl.Float64).is_between(1.05, 1.11).all()
    assert rates["source"].str.starts_with("invented").all()


def test_approved_models_are_told_of_vendors_the_company_uses(sample: Sample) -> None:
    approved = sample.all("approved_models")
    assert set(approved["company"]) == {"Kitsorra Tools"}
    assert set(approved["vendor"]) == {"Anthropic", "Cursor", "OpenAI"}
    assert set(approved["status"]) == {"approved", "restricted"}
