"""Why a bill moved: by hand, by another computation, and to the cent on a thousand bills."""

import random
from collections import defaultdict
from decimal import Decimal

import duckdb
import numpy as np
import pytest

from leverage.cost import PARTS, Cohort, Seats, Used, Waterfall, by_cohort, waterfall

VENDORS = ("one", "two", "three", "four")
MODELS = ("small", "large", "new")
M6 = """
with j as (
    select
        coalesce(a.model, b.model) as model,
        coalesce(a.q, 0) as q0, coalesce(b.q, 0) as q1,
        coalesce(a.c, 0) as c0, coalesce(b.c, 0) as c1,
        coalesce(a.c / nullif(a.q, 0), b.c / nullif(b.q, 0)) as p0,
        coalesce(b.c / nullif(b.q, 0), a.c / nullif(a.q, 0)) as p1
    from a full join b using (model)
),
t as (select sum(q0) as tq0, sum(q1) as tq1, sum(c0) as tc0 from j)
select
    any_value((tq1 - tq0) * tc0 / tq0),
    any_value(tq1) * sum((q1 / tq1 - q0 / tq0) * p0),
    sum(q1 * (p1 - p0))
from j, t
"""
"""Price, volume and mix as SQL says them."""


def used(
    model: str,
    tokens: int | None,
    cost: str | None,
    cohort: Cohort = "continuing",
    vendor: str = "v",
) -> Used:
    return Used(vendor, model, cohort, tokens, None if cost is None else Decimal(cost))


def plan(seats: int, price: str | None, name: str = "team") -> Seats:
    return Seats("v", name, Decimal(seats), None if price is None else Decimal(price))


def moved(found: Waterfall) -> dict[str, float]:
    """Return the parts that are not 0."""
    return {name: float(usd) for name, usd in found.parts.items() if usd}


def test_seats_split_into_count_and_price() -> None:
    found = waterfall(([], []), ([plan(10, "20")], [plan(12, "25")]))
    assert moved(found) == {"seat count": 40, "seat price": 60}
    assert [found.before, found.after, found.change] == [200, 300, 100]


def test_a_plan_that_is_new_or_gone_moved_by_its_count() -> None:
    found = waterfall(([], []), ([plan(10, "20", "old")], [plan(5, "30", "new")]))
    assert moved(found) == {"seat count": -50}


def test_more_use_counts_at_the_old_mean_price_by_who_used_it() -> None:
    before = [used("m", 100, "10"), used("m", 50, "5", "leavers")]
    after = [
        used("m", 120, "12"),
        used("m", 30, "3", "joiners"),
        used("m", 200, "20", "non-people"),
    ]
    found = waterfall((before, after), ([], []))
    assert moved(found) == {"continuing": 2, "leavers": -5, "joiners": 3, "non-people": 20}


def test_the_same_use_of_a_dearer_model_is_mix_and_a_dearer_token_is_price() -> None:
    before = [used("small", 100, "10"), used("large", 100, "100")]
    to_large = [used("small", 50, "5"), used("large", 150, "150")]
    assert moved(waterfall((before, to_large), ([], []))) == {"mix": 45}
    dearer = [used("small", 100, "12"), used("large", 100, "100")]
    assert moved(waterfall((before, dearer), ([], []))) == {"price": 2}


def test_a_model_without_a_past_is_mix() -> None:
    found = waterfall(([used("old", 100, "10")], [used("new", 100, "30")]), ([], []))
    assert moved(found) == {"mix": 20}


def test_first_use_is_more_use_and_last_use_is_less() -> None:
    none, some = list[Used](), [used("m", 100, "10", "joiners"), used("n", 50, "20", "non-people")]
    # At the mean of 0.20 a token.
    assert moved(waterfall((none, some), ([], []))) == {"joiners": 20, "non-people": 10}
    gone = [used("m", 100, "10", "leavers")]
    assert moved(waterfall((gone, none), ([], []))) == {"leavers": -10}
    assert moved(waterfall((none, none), ([], []))) == {}


def test_a_vendor_without_tokens_moves_as_cost_without_tokens() -> None:
    before = [used("m", 100, "10"), used("search", None, "4"), used("x", 0, "1", vendor="other")]
    after = [used("m", 100, "10"), used("search", None, "7"), used("x", 0, "5", vendor="other")]
    assert moved(waterfall((before, after), ([], []))) == {"cost without tokens": 7}


def test_a_vendor_that_starts_to_report_tokens_did_not_grow_by_them() -> None:
    before = [used("m", 100, "10"), used("bill", None, "50", vendor="other")]
    after = [used("m", 100, "10"), used("x", 900, "60", vendor="other")]
    assert moved(waterfall((before, after), ([], []))) == {"cost without tokens": 10}


def test_a_price_that_became_known_is_no_growth() -> None:
    before = [used("m", 100, "10"), used("x", 900, None)]
    after = [used("m", 100, "10"), used("x", 900, "60")]
    found = waterfall((before, after), ([plan(5, None)], [plan(5, "8")]))
    assert moved(found) == {"cost not known throughout": 100}
    assert found.unpriced_tokens == (900, 0)


def test_cents_that_rounding_leaves_are_in_the_parts_of_largest_remainder() -> None:
    # Three cents become four and a half: one more for the volume, half a cent for the price.
    before = [used(model, 3, "0.01") for model in "abc"]
    after = [used(model, 4, "0.015") for model in "abc"]
    found = waterfall((before, after), ([], []))
    assert (found.before, found.after) == (Decimal("0.03"), Decimal("0.05"))
    assert moved(found) == {"continuing": 0.01, "price": 0.01}


# --- a thousand bills -------------------------------------------------------------------------

Bills = tuple[tuple[list[Used], list[Used]], tuple[list[Seats], list[Seats]]]


def _bills(chance: random.Random) -> Bills:
    """Return two months of people, services, vendors without tokens, unknown costs and seats."""
    people = range(chance.randint(0, 12))
    by_person: tuple[dict[int, list[tuple[str, str, int, Decimal | None]]], ...] = ({}, {})
    reports = {vendor: [chance.random() < 0.85, chance.random() < 0.85] for vendor in VENDORS}
    for month in (0, 1):
        for person in people:
            if chance.random() < 0.6:
                by_person[month][person] = _lines(chance, reports, month)
    months: tuple[list[Used], list[Used]] = ([], [])
    for month in (0, 1):
        for person, lines in by_person[month].items():
            cohort: Cohort = "people" if person % 3 == 0 else "continuing"
            if person % 3 and person not in by_person[1 - month]:
                cohort = "joiners" if month else "leavers"
            months[month].extend(Used(v, m, cohort, t, c) for v, m, t, c in lines)
        services = _lines(chance, reports, month)
        months[month].extend(Used(v, m, "non-people", t, c) for v, m, t, c in services)
    plans: tuple[list[Seats], list[Seats]] = ([], [])
    for month in (0, 1):
        for vendor in VENDORS[:2]:
            price = None if chance.random() < 0.1 else Decimal(chance.randint(1, 9999)) / 100
            if chance.random() < 0.8:
                plans[month].append(Seats(vendor, "team", Decimal(chance.randint(0, 80)), price))
    return months, plans


def _lines(
    chance: random.Random, reports: dict[str, list[bool]], month: int
) -> list[tuple[str, str, int, Decimal | None]]:
    lines = []
    for _ in range(chance.randint(0, 4)):
        vendor, model = chance.choice(VENDORS), chance.choice(MODELS)
        tokens = chance.randint(1, 10**8) if reports[vendor][month] else 0
        cost = Decimal(chance.randint(0, 10**10)).scaleb(-6)
        lines.append((vendor, model, tokens, None if chance.random() < 0.05 else cost))
    return lines


def _again(bills: Bills) -> dict[str, float]:
    """Return the parts of the use that is compared, computed with arrays from the rows."""
    (before, after), _ = bills
    told = [{row.vendor for row in side if row.tokens} for side in (before, after)]
    paid = [{row.vendor for row in side if row.cost} for side in (before, after)]
    switched = {v for v in VENDORS if (v in told[0]) != (v in told[1])} & paid[0] & paid[1]
    unknown = {
        (row.vendor, row.model) for row in (*before, *after) if row.tokens and row.cost is None
    }
    keys = [(v, m) for v in VENDORS for m in MODELS if v not in switched and (v, m) not in unknown]
    q, c = np.zeros((2, len(keys))), np.zeros((2, len(keys)))
    of_cohort = np.zeros((2, 5))
    cohorts = ["joiners", "leavers", "continuing", "people", "non-people"]
    for month, side in enumerate((before, after)):
        for row in side:
            if row.tokens and (row.vendor, row.model) in keys:
                at = keys.index((row.vendor, row.model))
                q[month, at] += row.tokens
                c[month, at] += float(row.cost or 0)
                of_cohort[month, cohorts.index(row.cohort)] += row.tokens
    found = defaultdict[str, float](float)
    if not q.sum():
        return found
    mean = c[0].sum() / q[0].sum() if q[0].sum() else c[1].sum() / q[1].sum()
    found.update(zip(cohorts, ((of_cohort[1] - of_cohort[0]) * mean).tolist(), strict=True))
    if q[0].sum() and q[1].sum():
        price = np.divide(c, q, out=np.full_like(c, np.nan), where=q > 0)
        old = np.where(np.isnan(price[0]), price[1], price[0])
        used_now = q[1] > 0
        at_old = float((q[1] * old)[used_now].sum())
        found["mix"] = at_old - float(c[0].sum() * q[1].sum() / q[0].sum())
        found["price"] = float(c[1].sum()) - at_old
    return found


@pytest.fixture(scope="module")
def thousand() -> list[tuple[Bills, Waterfall]]:
    chance = random.Random(20261101)
    bills = [_bills(chance) for _ in range(1000)]
    return [(bill, waterfall(*bill)) for bill in bills]


def test_the_parts_of_a_thousand_bills_add_up_to_the_cent(
    thousand: list[tuple[Bills, Waterfall]],
) -> None:
    for (use, plans), found in thousand:
        bill = [
            sum((row.cost or Decimal(0) for row in use[month]), Decimal(0))
            + sum((p.seats * p.price for p in plans[month] if p.price), Decimal(0))
            for month in (0, 1)
        ]
        assert [found.before, found.after] == [round(usd, 2) for usd in bill]
        assert found.change - sum(found.parts.values()) == Decimal("0.00")
        assert tuple(found.parts) == PARTS
        assert all(usd == round(usd, 2) for usd in found.parts.values())


def test_the_parts_of_a_thousand_bills_are_those_of_another_computation(
    thousand: list[tuple[Bills, Waterfall]],
) -> None:
    for bills, found in thousand:
        again = _again(bills)
        for name in ("joiners", "leavers", "continuing", "people", "non-people", "mix", "price"):
            assert float(found.parts[name]) == pytest.approx(again[name], abs=0.05)


def test_a_thousand_bills_hold_every_part(thousand: list[tuple[Bills, Waterfall]]) -> None:
    times = {name: sum(bool(found.parts[name]) for _, found in thousand) for name in PARTS}
    assert min(times.values()) > 200, times


def test_volume_mix_and_price_are_those_that_sql_finds(
    thousand: list[tuple[Bills, Waterfall]],
) -> None:
    compared = 0
    with duckdb.connect() as con:
        for ((before, after), _), found in thousand:
            rows = (*before, *after)
            is_plain = all(row.tokens and row.cost is not None for row in rows)
            if not is_plain or not before or not after:
                continue
            for name, side in (("a", before), ("b", after)):
                sums = defaultdict[str, list[float]](lambda: [0.0, 0.0])
                for row in side:
                    sums[f"{row.vendor} {row.model}"][0] += row.tokens or 0
                    sums[f"{row.vendor} {row.model}"][1] += float(row.cost or 0)
                con.execute(f"create or replace table {name} (model varchar, q double, c double)")
                con.executemany(
                    f"insert into {name} values (?, ?, ?)",
                    [(m, q, c) for m, (q, c) in sums.items()],
                )
            volume, mix, price = con.execute(M6).fetchone() or (0, 0, 0)
            by_cohort = [
                float(found.parts[c])
                for c in ("joiners", "leavers", "continuing", "people", "non-people")
            ]
            assert sum(by_cohort) == pytest.approx(volume, abs=0.05)
            assert float(found.parts["mix"]) == pytest.approx(mix, abs=0.05)
            assert float(found.parts["price"]) == pytest.approx(price, abs=0.05)
            compared += 1
            if compared == 20:
                break
    assert compared == 20


def test_use_of_people_is_split_by_the_share_of_joiners_in_its_tokens() -> None:
    before = [used("m", 100, "10", "people")]
    (joined, rest) = by_cohort(used("m", 200, "20", "people"), joiners_share=0.3)
    assert (joined.tokens, joined.cohort, rest.tokens, rest.cohort) == (
        60,
        "joiners",
        140,
        "people",
    )
    found = waterfall((before, [joined, rest]), ([], []))
    assert moved(found) == {"joiners": 6, "people": 4}
    assert found.after == 20


def test_use_whose_cohorts_may_not_be_told_stays_whole() -> None:
    row = used("m", 200, None, "people")
    assert by_cohort(row) == (row,)
    assert by_cohort(used("m", None, "2", "people"), leavers_share=0.5)[0].cohort == "people"
    assert by_cohort(row, leavers_share=0.5)[0].cost is None
