"""What the cost is made of, by workflow, department, seat and kind of use, a second way."""

from collections import defaultdict
from math import ceil, exp, log2
from typing import Any

import polars as pl
import pytest

from leverage.cost import Answered, by_model, grid_kg_per_kwh
from leverage.sample import COMPANIES
from leverage.view import View
from tests.oracle.conftest import Both
from tests.oracle.stored import TOKEN_PARTS, counting, table, workflow
from tests.oracle.test_cost import of_files, parts

NAMES = [company.name for company in COMPANIES]
MONTHS = ("2026-09", "2026-10")
BEFORE = {"2026-09": "2026-08", "2026-10": "2026-09"}


def of(company: str, month: str) -> View:
    """Return the view of one company and month."""
    return View(company=(company,), months=(month, month))


@pytest.mark.parametrize("month", MONTHS)
def test_the_cost_of_a_workflow_is_that_of_the_use_its_rules_catch(both: Both, month: str) -> None:
    rules = table(both, "rules").to_dicts()
    looked_at = ["company", "owner", "actor", "workspace", "tags", "kind", "surface"]
    spent: dict[tuple[str, str], float] = defaultdict(float)
    rows = counting(both, month, "cost").group_by(looked_at).agg(pl.col("usd").sum())
    for row in rows.iter_rows(named=True):
        spent[row["company"], workflow(rules, row) or "unassigned"] += row["usd"]
    told = both.asker.ask("workflow_costs", View(months=(month, month))).frame
    assert set(told["company"]) == set(NAMES) - {"Pellumo Health"}
    for company, name, usd in told.select("company", "workflow", "cost_usd").iter_rows():
        assert float(usd) == pytest.approx(spent[company, name], abs=1e-4), (company, name)
    # The rest is use that no rule catches: together they are all that was used.
    for company in NAMES:
        used = sum(usd for (of_company, _), usd in spent.items() if of_company == company)
        seats = both.native.seat_cost_usd(company, month) or 0.0
        assert used + seats == pytest.approx(of_files(both, company, month), abs=0.01)


@pytest.mark.parametrize("month", MONTHS)
def test_use_that_seats_include_stands_at_its_list_price(both: Both, month: str) -> None:
    """Billed at 0, a workflow that seats pay for looked free; its list price says what it used."""
    rules = table(both, "rules").to_dicts()
    looked_at = ["company", "owner", "actor", "workspace", "tags", "kind", "surface"]
    used: dict[tuple[str, str], float | None] = defaultdict(float)
    rows = (
        counting(both, month, "tokens")
        .group_by(looked_at)
        .agg(
            usd=pl.col("list_cost_usd").cast(pl.Float64).sum(),
            is_listed=pl.col("list_cost_usd").is_not_null().all(),
        )
    )
    for row in rows.iter_rows(named=True):
        name = row["company"], workflow(rules, row) or "unassigned"
        sum_usd = used[name]
        used[name] = None if sum_usd is None or not row["is_listed"] else sum_usd + row["usd"]
    told = both.asker.ask("workflow_costs", View(months=(month, month))).frame
    included = told.filter(pl.col("cost_usd") == 0)
    assert included["workflow"].to_list() == ["Coding agent"]
    assert float(included["list_cost_usd"][0]) > 1
    assert told["list_cost_usd"].null_count()
    for company, name, usd in told.select("company", "workflow", "list_cost_usd").iter_rows():
        expected = used[company, name]
        assert (usd is None) == (expected is None), (company, name)
        if expected is not None:
            assert float(usd) == pytest.approx(expected, abs=1e-4), (company, name)


def cohorts(both: Both, company: str, month: str) -> tuple[float | None, float | None]:
    """Return the shares of joiners and of leavers, from the files; None where none may be told."""
    now, then = (both.native.days_of_use(company, name) for name in (month, BEFORE[month]))
    if min(len(now), len(then)) < 50 or len(set(now) & set(then)) < 5:
        return None, None
    found: list[float | None] = []
    for here, there, name in ((now, then, month), (then, now, BEFORE[month])):
        tokens = both.native.tokens_of_people(company, name)
        alone = [tokens.get(person, 0.0) for person in set(here) - set(there)]
        is_few = 0 < len(alone) < 5
        is_of_one = max(alone, default=0.0) > sum(alone) / 2
        total = sum(tokens.values())
        found.append(None if is_few or is_of_one or not total else round(sum(alone) / total, 2))
    return found[0], found[1]


@pytest.mark.parametrize("month", MONTHS)
def test_shares_of_joiners_and_leavers_are_those_of_the_people_of_the_files(
    both: Both, month: str
) -> None:
    frame = both.asker.ask("joiners_and_leavers", View(months=(month, month))).frame
    told = {company: (joiners, leavers) for company, joiners, leavers in frame.iter_rows()}
    expected = {name: cohorts(both, name, month) for name in NAMES}
    assert {name: told.get(name, (None, None)) for name in NAMES} == expected
    assert any(share for pair in expected.values() for share in pair)


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("company", ["Zorvane Telecom", "Kitsorra Tools", "Tramello Market"])
def test_the_parts_of_the_change_are_those_of_the_formulas_over_stored_rows(
    both: Both, company: str, month: str
) -> None:
    used: list[dict[tuple[str, str], dict[str, float]]] = []
    for name in (BEFORE[month], month):
        sums: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for what, column in (("tokens", "weighted"), ("cost", "usd")):
            rows = counting(both, name, what).filter(company=company)
            for vendor, model, owner, value in rows.select(
                "vendor", pl.col("model").fill_null(""), "owner", column
            ).iter_rows():
                side = sums[vendor, model]
                side[column] += value
                side["people"] += value if (what, owner) == ("tokens", "person") else 0
        used.append(sums)
    expected: dict[str, float] = defaultdict(float)
    keys = set(used[0]) | set(used[1])
    for sign, sums in zip((-1, 1), used, strict=True):
        without = [one["usd"] for one in sums.values() if not one["weighted"]]
        expected["cost without tokens"] += sign * sum(without)
    tokens = [sum(one["weighted"] for one in sums.values()) for sums in used]
    cost = [sum(one["usd"] for one in sums.values() if one["weighted"]) for sums in used]
    people = [sum(one["people"] for one in sums.values()) for sums in used]
    mean = cost[0] / tokens[0]
    joiners, leavers = cohorts(both, company, month)
    came, gone = people[1] * (joiners or 0), people[0] * (leavers or 0)
    rest = "people" if None in (joiners, leavers) else "continuing"
    expected["joiners"], expected["leavers"] = came * mean, -gone * mean
    expected[rest] = (people[1] - came - people[0] + gone) * mean
    expected["non-people"] = (tokens[1] - people[1] - tokens[0] + people[0]) * mean
    for key in keys:
        before, after = (sums.get(key, {"weighted": 0.0, "usd": 0.0}) for sums in used)
        if not before["weighted"] and not after["weighted"]:
            continue
        old, new = (
            side["usd"] / side["weighted"] if side["weighted"] else None for side in (before, after)
        )
        old, new = (new if old is None else old), (old if new is None else new)
        assert old is not None
        assert new is not None
        expected["mix"] += (after["weighted"] - tokens[1] * before["weighted"] / tokens[0]) * old
        expected["price"] += after["weighted"] * (new - old)
    found = parts(both, of(company, month)).parts.parts
    for name, usd in found.items():
        if not name.startswith("seat"):
            assert float(usd) == pytest.approx(expected[name], abs=0.03), name
    assert {"joiners", "leavers", "continuing", "people"} & {n for n, usd in found.items() if usd}


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("company", NAMES)
def test_what_was_paid_of_the_list_price_is_that_of_stored_rows(
    both: Both, company: str, month: str
) -> None:
    frame = both.asker.ask("full_cost", of(company, month)).frame
    row = frame.filter(period="this").to_dicts()[0]
    rows = counting(both, month, "tokens").filter(company=company)
    at_list = rows.drop_nulls("list_cost_usd")
    vendors = at_list["vendor"].unique().to_list()
    compared = rows.filter(pl.col("vendor").is_in(vendors))
    priced = compared.join(at_list.select("vendor", "model").unique(), on=["vendor", "model"])
    share = float(priced["weighted"].sum()) / float(compared["weighted"].sum())
    paid = counting(both, month, "cost").filter(company=company)
    unpriced = compared.join(priced, on=["vendor", "model"], how="anti").select("vendor", "model")
    paid = paid.filter(pl.col("vendor").is_in(vendors)).join(
        unpriced.unique(), on=["vendor", "model"], how="anti", nulls_equal=True
    )
    paid_usd = float(paid["usd"].sum())
    list_usd = float(at_list["list_cost_usd"].sum())
    assert float(row["list_cost_usd"]) == pytest.approx(list_usd, abs=1e-4)
    assert float(row["listed_cost_usd"]) == pytest.approx(paid_usd, abs=1e-4)
    assert row["listed_share"] == pytest.approx(share, abs=1e-9)
    if share < 0.8:
        assert row["paid_of_list_share"] is None
    else:
        assert row["paid_of_list_share"] == pytest.approx(paid_usd / list_usd, rel=1e-6)


@pytest.mark.parametrize(
    ("model", "prices"),
    [
        ("gpt-5", (1.25, 0.125, 0, 10)),
        ("gpt-4o", (2.5, 1.25, 0, 10)),
        ("claude-sonnet-4-5", (3, 0.3, 3.75, 15)),
    ],
)
def test_list_prices_are_those_that_the_vendors_publish(
    both: Both, model: str, prices: tuple[float, ...]
) -> None:
    """USD per million tokens put in, read from a cache, written to one, and put out."""
    rows = table(both, "usage").filter(
        (pl.col("model") == model)
        & pl.col("kind").is_in(("openai_usage", "anthropic_tokens", "litellm_daily"))
    )
    expected = sum(
        float(rows[part].fill_null(0).sum()) * price / 1e6
        for part, price in zip(TOKEN_PARTS, prices, strict=True)
    )
    assert rows.height > 100
    assert float(rows["list_cost_usd"].sum()) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("company", NAMES)
def test_cost_per_employee_and_per_active_person_are_those_of_the_files(
    both: Both, company: str, month: str
) -> None:
    full = of_files(both, company, month)
    frame = both.asker.ask("full_cost", of(company, month)).frame.filter(period="this")
    headline = both.asker.ask("headline", of(company, month)).frame.filter(period="this")
    people, heads = both.native.active_people(company, month), both.native.heads(company, month)
    assert heads is not None
    assert frame["cost_per_employee_usd"].item() == pytest.approx(full / heads, rel=1e-6)
    assert headline["cost_per_active_person_usd"].item() == pytest.approx(full / people, rel=1e-6)


@pytest.mark.parametrize("month", MONTHS)
def test_idle_seats_cost_what_those_beyond_the_users_of_their_vendor_cost(
    both: Both, month: str
) -> None:
    for company in NAMES:
        told = both.asker.ask("seats_by_vendor", of(company, month)).frame.to_dicts()
        users = both.native.people_by_vendor(company, month)
        paid = both.native.seats_by_vendor(company, month)
        assert {row["vendor"] for row in told} == set(paid)
        for row in told:
            seats, usd = paid[row["vendor"]]
            n = users[row["vendor"]]
            assert (row["seats"], row["seat_cost_usd"]) == pytest.approx((seats, usd))
            assert row["active_people"] == n
            assert row["idle_seat_cost_usd"] == pytest.approx(max(0.0, usd * (1 - n / seats)))


@pytest.mark.parametrize("month", MONTHS)
def test_departments_cost_what_their_people_of_the_roster_cost(both: Both, month: str) -> None:
    """People stand in the department of the roster in force on the last day they used anything."""
    n_told = 0
    for company in NAMES:
        frame = both.asker.ask("cost_by_department", of(company, month)).frame
        told = dict(frame.select("department", pl.col("usage_cost_usd").cast(pl.Float64)).rows())
        by_hand = both.native.cost_by_department(company, month)
        named = {name: usd for name, usd in told.items() if not name.startswith("(")}
        for name, usd in named.items():
            assert usd == pytest.approx(by_hand[name], abs=1e-3), (company, name)
        rest = sum(usd for name, usd in by_hand.items() if name not in named)
        assert sum(told.values()) - sum(named.values()) == pytest.approx(rest, abs=1e-3)
        n_told += len(named)
    assert n_told > 5


def test_energy_of_a_model_is_that_of_the_published_formula_over_its_stored_rows(
    both: Both,
) -> None:
    """E = PUE × (server + GPUs × tokens put out × energy per token), of sizes 36 to 72 B of 240 B.

    Sizes, speed and overhead are EcoLogits' own of gpt-4o.
    """
    # The product imports it first: imported plainly, it changes the loggers of the whole process.
    grid_kg_per_kwh("USA")
    from ecologits.model_repository import models

    known: Any = models.find_model("openai", "gpt-4o")
    size, speed = known.architecture.parameters, known.deployment
    for company in ("Zorvane Telecom", "Tramello Market"):
        for month in MONTHS:
            view = View(
                company=(company,), months=(month, month), model=("gpt-4o",), vendor=("OpenAI",)
            )
            (row,) = both.asker.ask("answered_by_model", view).frame.to_dicts()
            rows = counting(both, month, "tokens").filter(
                company=company, model="gpt-4o", vendor="OpenAI"
            )
            requests, tokens = int(rows["requests"].sum()), int(rows["output_tokens"].sum())
            assert (row["requests"], row["output_tokens"]) == (requests, tokens)
            gpus = 2 ** ceil(log2(ceil(1.2 * size.total * 16 / 8 / 80)))
            server = (tokens / speed.tps + requests * speed.ttft) / 3600 * 1200 * gpus / 8 / 64
            kwh = [
                1.2
                * (
                    server
                    + gpus * tokens * (1.16653e-6 * exp(-0.0112059 * 64) * active + 4.05293e-5)
                )
                / 1000
                for active in (size.active.min, size.active.max)
            ]
            told = by_model([Answered("gpt-4o", row["requests"], row["output_tokens"])])
            assert told is not None
            assert [told.kwh_low, told.kwh_high] == pytest.approx(kwh, rel=1e-4)
