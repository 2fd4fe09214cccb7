"""Where a bill goes and which days stand out: by hand, and as SQL says it."""

from collections.abc import Callable
from datetime import date, timedelta
from math import exp, log

import duckdb
import numpy as np
import pytest

from leverage import cost

AS_OF = date(2026, 6, 20)
M11 = """
with p as (select $as_of::date as as_of),
cal as (
    select d::date as d, dayofweek(d) as dow
    from p, generate_series(date_trunc('month', as_of), last_day(as_of), interval 1 day) as g(d)
),
prof as (
    select dayofweek(day) as dow, avg(usd) as mu, stddev_samp(usd) as sd
    from daily, p
    where day between as_of - 55 and as_of
    group by 1
),
mtd as (
    select sum(usd) as mtd from daily, p where day between date_trunc('month', as_of) and as_of
),
rest as (
    select sum(mu) as rest, sqrt(sum(sd * sd)) as sd from cal join prof using (dow), p
    where cal.d > as_of
)
select mtd, mtd + rest, mtd + rest - 1.2816 * sd, mtd + rest + 1.2816 * sd from mtd, rest
"""
"""The month-end as SQL says it, with the band of days that are independent of each other."""


def series(n: int, usd: Callable[[date], float], until: date = AS_OF) -> dict[date, float]:
    days = [until - timedelta(days=back) for back in reversed(range(n))]
    return {day: usd(day) for day in days}


def weekly(day: date) -> float:
    """Return 100 on working days and 20 on others."""
    return 20.0 if day.isoweekday() > 5 else 100.0


# --- month-end --------------------------------------------------------------------------------


def test_the_month_ends_at_what_is_spent_and_the_weekdays_left() -> None:
    found = cost.month_end(series(200, weekly), AS_OF, fixed=500)
    # 1 to 20 June 2026 are 15 working days and 5 others, 21 to 30 June 7 and 3.
    assert found is not None
    assert found.spent == 500 + 15 * 100 + 5 * 20
    assert found.month_end == pytest.approx(found.spent + 7 * 100 + 3 * 20)
    assert (found.low, found.high) == pytest.approx((found.month_end, found.month_end))
    assert (found.month, found.days_left, found.band_from) == ("2026-06", 10, "misses")


def test_the_month_end_and_the_band_of_weekdays_are_those_of_sql() -> None:
    chance = np.random.default_rng(5)
    daily = series(70, lambda day: weekly(day) * float(chance.lognormal(0, 0.3)))
    with duckdb.connect() as con:
        con.execute("create table daily (day date, usd double)")
        con.executemany("insert into daily values (?, ?)", list(daily.items()))
        told = con.execute(M11, {"as_of": AS_OF}).fetchone()
    found = cost.month_end(daily, AS_OF)
    assert found is not None
    assert found.band_from == "weekdays"
    assert (found.spent, found.month_end, found.low, found.high) == pytest.approx(told)


def test_the_band_is_as_wide_as_what_the_forecast_missed_by() -> None:
    chance = np.random.default_rng(7)
    daily = series(120, lambda day: weekly(day) * float(chance.lognormal(0, 0.3)))
    found = cost.month_end(daily, AS_OF)
    assert found is not None
    misses = []
    # Ten days are left; done again from two weeks back, each week back, while 56 days are known.
    for back in range(14, 65, 7):
        then = AS_OF - timedelta(days=back)
        usual = [then - timedelta(days=i) for i in range(56)]
        ahead = [then + timedelta(days=i) for i in range(1, 11)]
        told = sum(
            float(np.mean([daily[d] for d in usual if d.weekday() == day.weekday()]))
            for day in ahead
        )
        misses.append(sum(daily[day] for day in ahead) / told - 1)
    assert len(misses) == 8
    # Six spans of ten days fit apart into the 64 days before the first 56; t of 6 at 90 % is 1.44.
    reach = 1.4398 * float(np.sqrt(np.mean(np.square(misses))))
    rest = found.month_end - found.spent
    assert found.high - found.month_end == pytest.approx(rest * reach, rel=1e-4)
    assert found.month_end - found.low == pytest.approx(rest * reach, rel=1e-4)


def test_a_day_that_is_unknown_is_forecast_and_not_counted_as_nothing() -> None:
    daily = series(200, weekly)
    del daily[date(2026, 6, 10)]
    found = cost.month_end(daily, AS_OF)
    assert found is not None
    assert (found.spent, found.days_left) == (1_500, 11)
    assert found.month_end == pytest.approx(1_600 + 760)


def test_on_the_last_day_the_next_month_is_forecast() -> None:
    until = date(2026, 6, 30)
    found = cost.month_end(series(200, weekly, until), until, fixed=50)
    assert found is not None
    assert (found.month, found.days_left, found.spent) == ("2026-07", 31, 50)
    assert found.month_end == pytest.approx(50 + 23 * 100 + 8 * 20)


def test_there_is_no_forecast_from_few_days_or_without_a_weekday() -> None:
    assert cost.month_end({}, AS_OF) is None
    assert cost.month_end(series(27, weekly), AS_OF) is None
    no_sundays = {d: usd for d, usd in series(200, weekly).items() if d.isoweekday() < 7}
    assert cost.month_end(no_sundays, AS_OF) is None


def test_a_forecast_is_never_below_what_is_spent() -> None:
    chance = np.random.default_rng(3)
    daily = series(150, lambda _: float(chance.choice([0, 0, 0, 0, 900])))
    found = cost.month_end(daily, AS_OF)
    assert found is not None
    assert found.spent <= found.low < found.month_end < found.high


# --- how good it was --------------------------------------------------------------------------


def test_the_last_six_months_are_forecast_again_from_the_same_day() -> None:
    daily = series(400, lambda day: weekly(day) * 1.01 ** ((day - AS_OF).days / 7))
    found = cost.back_tests(daily, AS_OF)
    assert [test.forecast.month for test in found] == [f"2026-0{m}" for m in (5, 4, 3, 2, 1)] + [
        "2025-12"
    ]
    may = found[0]
    assert may.forecast.as_of == date(2026, 5, 20)
    assert may.actual == pytest.approx(
        sum(usd for d, usd in daily.items() if d.month == 5 and d.year == 2026)
    )
    before = {day: usd for day, usd in daily.items() if day <= date(2026, 5, 20)}
    assert may.forecast == cost.month_end(before, date(2026, 5, 20))
    # What grows is told too low, and the band has learnt by how much.
    assert may.error is not None
    assert -0.05 < may.error < 0
    assert may.is_held


def test_a_month_that_is_over_came_to_its_known_total_and_not_to_its_rounded_days() -> None:
    """October came to 1,049 beside its cost of 1,047: days are stored in thousandths of a month."""
    found = cost.back_tests(series(150, weekly), AS_OF, totals={"2026-05": 2_300.0})
    # May 2026 has 21 working days of 100 and 10 others of 20, April 22 and 8.
    assert [(one.forecast.month, one.actual) for one in found[:2]] == [
        ("2026-05", 2_300),
        ("2026-04", 2_360),
    ]
    assert found[0].error == pytest.approx(found[0].forecast.month_end / 2_300 - 1)


def test_a_back_test_needs_every_day_of_its_month_and_enough_before_it() -> None:
    daily = series(150, weekly)
    del daily[date(2026, 5, 25)]
    # The days begin on 22 January: that month is not known in full.
    found = cost.back_tests(daily, AS_OF)
    assert [test.forecast.month for test in found] == ["2026-04", "2026-03", "2026-02"]
    assert [test.forecast.band_from for test in found] == ["misses", "weekdays", "weekdays"]
    assert cost.back_tests(series(40, weekly), AS_OF) == ()


def test_at_the_end_of_a_month_whole_months_are_tested() -> None:
    until = date(2026, 2, 28)
    found = cost.back_tests(series(200, weekly, until), until)
    assert found[0].forecast.as_of == date(2026, 1, 31)
    assert (found[0].forecast.month, found[0].forecast.days_left) == ("2026-02", 28)
    assert found[1].forecast.month == "2026-01"


# --- budget -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("budget", "state"),
    [
        (100, "over"),
        (100.01, "on course to exceed"),
        (149, "on course to exceed"),
        (150, "at risk"),
        (159, "at risk"),
        (160, "within"),
    ],
)
def test_a_budget_has_one_state(budget: float, state: str) -> None:
    told = cost.Forecast("2026-06", AS_OF, 10, 100, 150, 140, 160, "misses")
    assert cost.budget_state(told, budget) == state


# --- twelve months ----------------------------------------------------------------------------


def test_the_outlook_lets_growth_fade() -> None:
    found = cost.outlook([100 * 1.1**month for month in range(8)])
    assert found is not None
    assert len(found) == 12
    grown = 100 * 1.1**7
    for ahead in found:
        grown *= exp(log(1.1) * 0.9**ahead.steps)
        assert ahead.expected == pytest.approx(grown)
        assert (ahead.low, ahead.high) == pytest.approx((grown, grown))


def test_the_band_of_the_outlook_is_that_of_changes_that_resemble_each_other() -> None:
    months = [100, 120, 110, 130, 125, 150, 160]
    found = cost.outlook(months)
    assert found is not None
    changes = np.diff(np.log(months))
    apart = changes - changes.mean()
    seen = (apart[1:] * apart[:-1]).sum() / (apart**2).sum()
    like = max(seen + (1 + 3 * seen) / 6, -0.3)
    for ahead in found:
        # The covariance of every pair of changes ahead, one by one.
        h = ahead.steps
        pairs = sum(like ** abs(i - j) for i in range(h) for j in range(h))
        faded = sum(0.9**i for i in range(1, h + 1))
        variance = changes.var(ddof=1) * (pairs + faded**2 / 6 * (1 + like) / (1 - like))
        # Student's t of 5 degrees of freedom at 90 %.
        reach = 1.475884 * variance**0.5
        assert log(ahead.high / ahead.expected) == pytest.approx(reach)
        assert log(ahead.expected / ahead.low) == pytest.approx(reach)


def test_there_is_no_outlook_from_few_months_or_from_nothing() -> None:
    assert cost.outlook([1, 2, 3, 4, 5]) is None
    assert cost.outlook([1, 2, 3, 0, 5, 6]) is None
    assert cost.outlook([1, 2, 3, 4, 5, 6], first=cost.Ahead(1, 0, 0, 0)) is None


def test_the_outlook_begins_with_the_month_end_and_comes_back_by_a_tenth_a_month() -> None:
    """Two forecasts of one month stood on one page, 1,914 and 2,130."""
    months = [100 * 1.1**month for month in range(8)]
    first = cost.Ahead(1, 150, 120, 180)
    alone, found = cost.outlook(months), cost.outlook(months, first=first)
    assert alone is not None
    assert found is not None
    assert found[0] == first
    gap = log(150 / alone[0].expected)
    for here, there in zip(found[1:], alone[1:], strict=True):
        assert log(here.expected / there.expected) == pytest.approx(gap * 0.9 ** (here.steps - 1))
        # The months alone are sure of themselves; what the first month may miss by stays.
        assert here.high / here.expected == pytest.approx(180 / 150)
        assert here.low / here.expected == pytest.approx(120 / 150)


@pytest.mark.parametrize("first", [cost.Ahead(1, 150, 149, 151), cost.Ahead(1, 150, 75, 300)])
def test_no_band_after_the_month_end_is_narrower_than_that_of_the_months_alone(
    first: cost.Ahead,
) -> None:
    months = [100, 120, 110, 130, 125, 150, 160]
    alone, found = cost.outlook(months), cost.outlook(months, first=first)
    assert alone is not None
    assert found is not None
    own = log(first.high / first.expected)
    of_first = log(alone[0].high / alone[0].expected)
    for here, there in zip(found[1:], alone[1:], strict=True):
        reach, least = log(here.high / here.expected), log(there.high / there.expected)
        assert reach == pytest.approx((least**2 + max(0.0, own**2 - of_first**2)) ** 0.5)
        assert reach >= least - 1e-12


def test_a_month_end_that_may_be_nothing_leaves_no_lower_end_to_the_months_after() -> None:
    found = cost.outlook([100, 120, 110, 130, 125, 150], first=cost.Ahead(1, 50, 0, 100))
    assert found is not None
    assert {ahead.low for ahead in found} == {0}


# --- days that stand out ----------------------------------------------------------------------

FEW = cost.Floors(least_deviations=3.5, least_difference=10, least_ratio=1.2, least_days=6)


def days_of(values: list[float]) -> dict[date, float]:
    """Return one value a week, the last on the newest day."""
    return {AS_OF - timedelta(weeks=i): value for i, value in enumerate(reversed(values))}


def test_a_day_stands_out_from_its_own_weekday() -> None:
    daily = series(100, weekly)
    daily[AS_OF] = 100.0  # what a working day costs, on a Saturday
    (found,) = cost.anomalies(daily)
    assert (found.day, found.value, found.usual, found.n) == (AS_OF, 100, 20, 8)
    assert found.deviations is None  # such days were all alike
    assert found.difference == 80


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        # The median of the eight is 100 and their MAD 10: 3.5 × 14.826 = 51.891 above it.
        (151.8, False),
        (151.9, True),
    ],
)
def test_an_anomaly_lies_many_deviations_away(value: float, is_one: bool) -> None:
    usual = [90.0, 110.0, 90.0, 110.0, 100.0, 100.0, 85.0, 115.0]
    found = cost.anomalies(days_of([*usual, value]))
    assert [anomaly.day for anomaly in found] == [AS_OF] * is_one
    if found:
        assert found[0].deviations == pytest.approx(51.9 / 14.826)


@pytest.mark.parametrize(
    ("usual", "value", "is_one"),
    [
        (5, 14.9, False),  # three times as much, and less than 10 dollars
        (5, 15, True),
        (100, 119, False),  # 19 dollars, and not a fifth
        (100, 120, True),
    ],
)
def test_an_anomaly_reaches_every_floor(usual: float, value: float, is_one: bool) -> None:
    assert bool(cost.anomalies(days_of([*[float(usual)] * 8, value]))) == is_one


def test_few_known_weekdays_make_no_anomaly() -> None:
    assert cost.anomalies(days_of([20.0] * 5 + [900.0])) == []
    assert len(cost.anomalies(days_of([20.0] * 6 + [900.0]))) == 1


def test_a_day_that_stood_out_does_not_hide_the_next() -> None:
    found = cost.anomalies(days_of([20.0] * 8 + [900.0, 900.0]))
    assert len(found) == 2


def test_active_people_stand_out_where_they_are_few() -> None:
    assert cost.anomalies(days_of([100.0] * 8 + [900.0]), "active_people") == []
    (found,) = cost.anomalies(days_of([100.0] * 8 + [80.0]), "active_people")
    assert found.difference == -20
    assert cost.anomalies(days_of([100.0] * 8 + [84.0]), "active_people") == []


def test_the_floors_are_rows_with_a_reason() -> None:
    assert cost.floors("cost") == FEW
    assert cost.floors("active_people").least_difference == 10


def test_an_anomaly_is_driven_by_what_moved_most_its_way() -> None:
    daily = days_of([100.0] * 8 + [200.0])
    by_part = {
        "steady": days_of([60.0] * 9),
        "fell": days_of([40.0] * 8 + [10.0]),
        "new": {AS_OF: 130.0},
    }
    (found,) = cost.anomalies(daily)
    assert cost.driver(found, daily, by_part) == cost.Driver("new", 130, 0)
    assert cost.driver(found, daily, {"steady": by_part["steady"]}) is None
    assert cost.driver(found, daily, {}) is None
