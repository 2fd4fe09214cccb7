"""Comparisons are those of the vendors' files, recomputed with numpy and without the product."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from leverage import stats
from leverage.figures.sectors.gap import cost_split, tokens_split
from leverage.figures.sectors.standing import Standing, standing
from leverage.sample import COMPANIES, PLANTED
from leverage.view import View, shift
from tests.oracle.conftest import Both

MONTH = "2026-10"
NAMES = [company.name for company in COMPANIES]
EVERY_COMPANY = pytest.mark.parametrize("company", NAMES)


def rows_of(both: Both, question: str, *companies: str) -> list[dict[str, Any]]:
    view = View(company=companies, months=(MONTH, MONTH))
    return both.asker.ask(question, view).frame.to_dicts()


def standing_of(both: Both, company: str) -> Standing:
    view = View(company=(company,), months=(MONTH, MONTH))
    facts = standing(lambda question: both.asker.ask(question, view))
    assert facts is not None
    return facts


def from_files(both: Both) -> dict[str, dict[str, float]]:
    """Return tokens, employees, active people and cost of every company."""
    found = {}
    for name in NAMES:
        native = both.native
        heads, tokens = native.heads(name, MONTH), native.tokens(name, MONTH).price_weighted
        assert heads
        assert tokens
        costs = (
            native.billed_usage_cost_usd(name, MONTH),
            native.estimated_usage_cost_usd(name, MONTH),
            native.seat_cost_usd(name, MONTH),
        )
        found[name] = {
            "tokens": tokens,
            "heads": heads,
            "people": native.active_people(name, MONTH),
            "cost": sum(cost or 0 for cost in costs),
        }
    return found


@EVERY_COMPANY
def test_index_and_percentile_are_those_of_the_files(both: Both, company: str) -> None:
    files = from_files(both)
    own = files[company]["tokens"] / files[company]["heads"]
    others = [sums["tokens"] / sums["heads"] for name, sums in files.items() if name != company]
    (row,) = (row for row in rows_of(both, "companies_compared") if row["company"] == company)
    assert row["tokens_per_employee"] == pytest.approx(own)
    assert row["peers"] == len(others) == 5
    assert row["peer_index"] == pytest.approx(100 * own / np.median(others))
    assert row["peer_percentile"] == pytest.approx(np.mean([other < own for other in others]))
    assert row["cost_per_employee_usd"] == pytest.approx(
        files[company]["cost"] / files[company]["heads"], abs=1e-4
    )
    # The statistics of the product say the same of the same values.
    assert row["peer_index"] == pytest.approx(stats.index_against(own, others))
    assert row["peer_percentile"] == pytest.approx(stats.mid_rank_percentile(own, others))


def test_companies_that_are_chosen_are_compared_among_themselves(both: Both) -> None:
    rows = rows_of(both, "companies_compared", *NAMES[:3])
    assert {row["company"] for row in rows} == set(NAMES)
    inside = {row["company"]: row["peers"] for row in rows if row["is_in_view"]}
    assert inside == dict.fromkeys(NAMES[:3], 2)
    assert {row["peer_index"] for row in rows} == {None}


@pytest.mark.parametrize("question", ["groups_compared", "workload_by_company", "vendor_mix"])
def test_what_others_are_is_told_alike_whichever_company_is_chosen(
    both: Both, question: str
) -> None:
    assert rows_of(both, question, NAMES[0]) == rows_of(both, question)


@EVERY_COMPANY
def test_the_gap_in_tokens_is_that_of_the_files_and_its_parts_are_those_of_kitagawa(
    both: Both, company: str
) -> None:
    files = from_files(both)
    facts = standing_of(both, company)
    groups = both.asker.ask("groups_compared", View(months=(MONTH, MONTH))).frame
    split = tokens_split(facts, groups)
    assert split is not None
    others = [name for name in NAMES if name != company]
    heads = sum(files[name]["heads"] for name in others)
    assert split.own == pytest.approx(files[company]["tokens"] / files[company]["heads"])
    assert split.others == pytest.approx(sum(files[name]["tokens"] for name in others) / heads)
    assert sum(value for _, value in split.parts) == pytest.approx(split.gap)
    known = groups.filter(
        (pl.col("dimension") == "department") & pl.col("employee_months").is_not_null()
    ).with_columns(pl.col("tokens").fill_null(0.0))
    labels = sorted(set(known["label"]))

    def side(names: list[str], total: float) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        of = [known.filter(pl.col("company").is_in(names), pl.col("label") == x) for x in labels]
        employed = np.array([float(part["employee_months"].sum()) for part in of])
        used = np.array([float(part["tokens"].sum()) for part in of])
        rate = np.divide(used, employed, out=np.zeros_like(used), where=employed > 0)
        return employed / total, rate

    share, rate = side([company], files[company]["heads"])
    other_share, other_rate = side(others, heads)
    mix = ((share - other_share) * (rate + other_rate) / 2).sum()
    use = ((rate - other_rate) * (share + other_share) / 2).sum()
    apart = split.gap - share @ rate + other_share @ other_rate
    assert [value for _, value in split.parts] == pytest.approx([mix, use, apart], abs=1e-3)


@EVERY_COMPANY
def test_the_gap_in_cost_is_split_by_logarithmic_means(both: Both, company: str) -> None:
    files = from_files(both)
    split = cost_split(standing_of(both, company))
    assert split is not None
    own = files[company]
    other = {key: sum(files[n][key] for n in NAMES if n != company) for key in own}

    def factors(of: dict[str, float]) -> np.ndarray[Any, Any]:
        return np.array(
            [of["people"] / of["heads"], of["tokens"] / of["people"], of["cost"] / of["tokens"]]
        )

    a, b = factors(own), factors(other)
    mean = (a.prod() - b.prod()) / np.log(a.prod() / b.prod())
    assert [value for _, value in split.parts] == pytest.approx(mean * np.log(a / b), rel=1e-4)
    assert sum(value for _, value in split.parts) == pytest.approx(split.gap)


def test_the_concentration_of_vendors_is_that_of_their_costs_in_the_files(both: Both) -> None:
    for company in NAMES:
        cost = both.native.cost_by_vendor(company, MONTH)
        rows = [row for row in rows_of(both, "vendor_mix") if row["company"] == company]
        expected = {vendor.removesuffix(" AI"): usd for vendor, usd in cost.items() if usd > 0}
        found = {row["vendor"]: float(row["full_cost_usd"]) for row in rows}
        assert found == pytest.approx(expected, abs=0.005)
        shares = np.array(list(expected.values())) / sum(expected.values())
        assert rows[0]["vendor_concentration"] == pytest.approx((shares**2).sum(), rel=1e-4)


@EVERY_COMPANY
def test_classes_of_work_and_models_add_up_to_the_tokens_of_the_files(
    both: Both, company: str
) -> None:
    tokens = from_files(both)[company]["tokens"]
    classes = [row for row in rows_of(both, "workload_by_company") if row["company"] == company]
    assert sum(row["tokens"] for row in classes) == pytest.approx(tokens)
    for row in classes:
        assert row["class_share"] == pytest.approx(row["tokens"] / tokens)
    agents = sum(row["agent_tokens"] or 0 for row in classes)
    assert [row["agent_owned_share"] for row in classes] == pytest.approx(
        [agents / tokens] * len(classes)
    )
    models = [row for row in rows_of(both, "models_at_work") if row["company"] == company]
    named: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in models:
        named.setdefault((row["vendor"], row["model"]), []).append(row)
    total = sum(row["tokens"] for row in models)
    for rows in named.values():
        used, cost = sum(row["tokens"] for row in rows), [row["cost_usd"] for row in rows]
        assert rows[0]["model_share"] == pytest.approx(used / total)
        if None in cost:
            assert rows[0]["usd_per_million_tokens"] is None
        else:
            price = float(sum(cost)) * 1e6 / used
            assert rows[0]["usd_per_million_tokens"] == pytest.approx(price)


def test_origins_are_sums_of_the_companies_of_the_files(both: Both) -> None:
    files = from_files(both)
    for row in rows_of(both, "origins_compared"):
        of = [files[company.name] for company in COMPANIES if company.origin == row["origin"]]
        assert row["companies"] == len(of)
        assert row["tokens_per_employee"] == pytest.approx(
            sum(sums["tokens"] for sums in of) / sum(sums["heads"] for sums in of)
        )


def test_months_of_unknown_tokens_are_in_no_ratio_of_a_longer_window(both: Both) -> None:
    """A month without its token file halved the tokens per employee of two."""
    name, missing = PLANTED.missing_company, PLANTED.missing_month
    months = [missing, shift(missing, 1), shift(missing, 2)]
    view = View(company=(name,), months=(months[0], months[-1]))
    known = [month for month in months if both.native.tokens(name, month).price_weighted]
    assert known == months[1:]
    tokens = sum(both.native.tokens(name, month).price_weighted or 0 for month in known)
    heads = [both.native.heads(name, month) or 0 for month in known]
    (compared,) = (
        row
        for row in both.asker.ask("companies_compared", view).frame.iter_rows(named=True)
        if row["company"] == name
    )
    (used,) = both.asker.ask("use_by_company", view).frame.filter(period="this").to_dicts()
    (whole,) = both.asker.ask("headline", view).frame.filter(period="this").to_dicts()
    for row in (compared, used, whole):
        assert row["tokens_per_employee"] == pytest.approx(tokens / sum(heads))
    groups = both.asker.ask("groups_compared", view).frame
    mine = groups.filter((pl.col("company") == name) & (pl.col("dimension") == "department"))
    assert (mine["employee_months"].sum() or 0) <= sum(heads)
