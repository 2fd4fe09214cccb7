"""The statistics: worked examples by hand, and what must hold of any numbers."""

from itertools import permutations
from math import log, prod

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, sem, ttest_1samp, ttest_ind

from leverage import queries, stats

NUMBERS = st.floats(0.01, 1e6, allow_nan=False)
PEERS = [0.5, 1, 2, 4, 8, 16, 32]


# --- use per employee -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "tokens_m"), [("raw_tokens", 960), ("fresh_tokens", 160), ("weighted_tokens", 330)]
)
def test_tokens_are_counted_in_three_bases(metric: str, tokens_m: float) -> None:
    with duckdb.connect() as connection:
        connection.execute(queries.get("metrics", metric).sql)
        parts = "100, 40, 20" if metric == "fresh_tokens" else "100, 800, 40, 20"
        found = connection.execute(f"select {metric}({parts})").fetchone()
    assert found is not None
    assert float(found[0]) == tokens_m


def test_use_per_employee_is_breadth_times_depth() -> None:
    per_employee = 640 / 200
    parts = stats.lmdi({"breadth": 80 / 200, "depth": 640 / 80}, {"breadth": 0.2, "depth": 8})
    assert per_employee == pytest.approx(0.4 * 8)
    assert parts.gap == pytest.approx(per_employee - 1.6)
    assert parts.by_factor["depth"] == pytest.approx(0)


def test_a_robust_z_is_taken_on_the_log_scale() -> None:
    assert stats.robust_z(32, PEERS) == pytest.approx(1.01175)
    assert stats.robust_z(4, PEERS) == 0


def test_there_is_no_robust_z_where_half_of_the_peers_are_alike_or_nothing_is_used() -> None:
    assert stats.robust_z(5, [3, 3, 3, 4]) is None
    assert stats.robust_z(0, PEERS) is None
    assert stats.robust_z(1, [0, 1, 2]) is None


def test_the_typical_band_is_the_middle_half() -> None:
    band = stats.typical_band(PEERS)
    assert band == stats.Band(1.5, 4, 12, 7)
    assert [band.place(value) for value in (1.4, 1.5, 12, 12.1)] == [
        "below peers",
        "typical",
        "typical",
        "above peers",
    ]


def test_the_typical_band_can_be_read_between_logarithms() -> None:
    band = stats.typical_band(PEERS, is_log=True)
    assert band is not None
    assert (band.p25, band.p50, band.p75) == pytest.approx((1.414214, 4, 11.313708))
    assert stats.typical_band([]) is None


def test_the_economic_band_ends_where_the_last_token_costs_what_it_brings() -> None:
    band = stats.economic_band(value_scale=100, exponent=0.5, cost_per_token=5)
    net = [100 * tokens**0.5 - 5 * tokens for tokens in (64, 100, 144)]
    assert net == [480, 500, 480]
    assert (band.best_tokens, band.net_at_best, band.break_even_tokens) == pytest.approx(
        (100, 500, 400)
    )


@pytest.mark.parametrize(("value", "exponent", "cost"), [(100, 1, 5), (0, 0.5, 5), (100, 0.5, 0)])
def test_there_is_no_economic_band_without_a_falling_return_a_value_and_a_cost(
    value: float, exponent: float, cost: float
) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        stats.economic_band(value, exponent, cost)


def test_an_elasticity_is_the_power_by_which_outcomes_go_with_tokens() -> None:
    twice_at_ten_times = stats.elasticity(["a", "a"], [1, 10], [1, 2])
    twice_at_seven_times = stats.elasticity(["a", "a"], [32, 225], [1, 2])
    assert twice_at_ten_times is not None
    assert twice_at_seven_times is not None
    assert twice_at_ten_times.exponent == pytest.approx(0.30103, abs=1e-5)
    assert twice_at_seven_times.exponent == pytest.approx(0.35539, abs=1e-5)


def test_an_elasticity_knows_only_what_changed_within_a_group() -> None:
    # Big groups have more of both for other reasons; within each, outcomes do not move at all.
    found = stats.elasticity(["a", "a", "b", "b"], [1, 10, 100, 1000], [5, 5, 50, 50])
    assert found is not None
    assert found.exponent == pytest.approx(0, abs=1e-12)
    assert (found.n_groups, found.n) == (2, 4)


def test_there_is_no_elasticity_where_no_group_moved() -> None:
    assert stats.elasticity(["a", "b"], [1, 2], [1, 2]) is None
    assert stats.elasticity(["a", "a"], [3, 3], [1, 2]) is None
    assert stats.elasticity(["a", "a"], [1, 0], [1, 2]) is None


# --- the sweet spot ---------------------------------------------------------------------------

DOUBLINGS = [1, 2, 4, 8, 16, 32, 64, 128]


def test_two_lines_find_a_true_rise_and_fall() -> None:
    found = stats.two_lines(range(1, 9), [1, 2, 3, 4, 4, 3, 2, 1])
    assert found is not None
    assert found.breakpoint == 4.5
    assert (found.slope_low, found.slope_high) == pytest.approx((1, -1))
    assert found.is_reversed


def test_two_lines_find_no_fall_in_a_curve_that_only_flattens() -> None:
    found = stats.two_lines(DOUBLINGS, [log(x, 2) for x in DOUBLINGS])
    assert found is not None
    assert 8 < found.breakpoint < 16
    assert (found.slope_low, found.slope_high) == pytest.approx((0.4, 0.025))
    assert found.rises
    assert not found.falls
    assert not found.is_reversed


def test_a_quadratic_would_have_found_a_peak_in_the_same_curve() -> None:
    square, line, _ = np.polyfit(DOUBLINGS, np.log2(DOUBLINGS), 2)
    assert square < 0
    assert -line / (2 * square) == pytest.approx(96.453, abs=1e-3)


def test_two_lines_need_two_uses_on_either_side() -> None:
    assert stats.two_lines([1, 1, 1, 2], [1, 2, 3, 4]) is None


def _team_months(
    outcome: object, n_groups: int = 30, months: int = 12, noise: float = 0.4
) -> tuple[list[int], list[float], list[float]]:
    rng = np.random.default_rng(7)
    groups = np.repeat(np.arange(n_groups), months)
    use = np.repeat(np.linspace(0.5, 3.5, n_groups), months) + rng.normal(0, 0.1, len(groups))
    level = outcome(use) + rng.normal(0, noise, len(groups))  # type: ignore[operator]
    return groups.tolist(), (10**use).tolist(), level.tolist()


def test_a_sweet_spot_is_found_where_outcomes_truly_rise_and_fall() -> None:
    # The peak of 10 + 6x − 1.5x² is at x = 2, that is 100; 0.375 below it x is 1.5 and 2.5.
    found = stats.sweet_spot(*_team_months(lambda x: 10 + 6 * x - 1.5 * x**2))
    assert found.is_identified
    assert found.n_groups == 30
    assert found.low is not None
    assert found.best is not None
    assert found.high is not None
    assert 31.6 < found.low <= found.best <= found.high < 316.2
    assert found.low < 100 * 1.3
    assert found.high > 100 / 1.3


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (lambda x: x, "no fall"),  # outcome = log of use: concave, never falling
        (lambda x: -x, "no rise"),
    ],
)
def test_no_sweet_spot_is_claimed_where_outcomes_do_not_turn(outcome: object, reason: str) -> None:
    found = stats.sweet_spot(*_team_months(outcome))
    assert found.reason == reason
    assert (found.low, found.best, found.high) == (None, None, None)


def test_no_sweet_spot_is_claimed_of_noise() -> None:
    assert not stats.sweet_spot(*_team_months(lambda x: 0 * x)).is_identified


def test_no_sweet_spot_is_looked_for_with_fewer_than_twenty_groups() -> None:
    found = stats.sweet_spot(*_team_months(lambda x: -((x - 2) ** 2), n_groups=19))
    assert (found.reason, found.n_groups) == ("few groups", 19)


def test_no_sweet_spot_is_looked_for_without_five_groups_in_each_third_of_use() -> None:
    use = [1.0] * 18 + [10.0] * 4 + [100.0] * 8
    found = stats.sweet_spot(list(range(30)), use, [1.0] * 30)
    assert found.reason == "thin third"


def test_without_outcomes_there_is_nothing_to_look_for() -> None:
    assert stats.sweet_spot([], [], []).reason == "no outcome"


@settings(max_examples=8)
@given(st.integers(0, 10_000))
def test_a_curve_that_only_flattens_is_never_called_a_sweet_spot(seed: int) -> None:
    rng = np.random.default_rng(seed)
    use = np.repeat(10 ** np.linspace(0.5, 3.5, 24), 6)
    groups = np.repeat(np.arange(24), 6)
    found = stats.sweet_spot(
        groups.tolist(), use.tolist(), (np.log10(use) + rng.normal(0, 0.1, len(use))).tolist()
    )
    assert not found.is_identified


# --- spread and small numbers -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "low", "high", "coverage"),
    [
        (range(1, 6), 1, 5, 0.9375),
        (range(1, 7), 1, 6, 0.96875),
        (range(1, 11), 2, 9, 0.978516),
    ],
)
def test_a_median_is_known_as_well_as_its_order_statistics_say(
    values: range, low: float, high: float, coverage: float
) -> None:
    found = stats.median_interval(values)
    assert found is not None
    assert (found.low, found.high) == (low, high)
    assert found.coverage == pytest.approx(coverage, abs=1e-6)
    assert stats.median_interval([]) is None


def test_the_gini_tells_how_unevenly_values_are_spread() -> None:
    assert stats.gini([1, 2, 3, 4]) == pytest.approx(0.25)
    assert stats.gini([0, 0, 0, 100]) == pytest.approx(0.75)
    assert stats.gini([0, 0, 0, 100], is_corrected=True) == pytest.approx(1)
    assert stats.gini([5, 5, 5, 5]) == 0
    assert stats.gini([0, 0]) is None
    assert stats.gini([3], is_corrected=True) is None


def test_concentration_and_the_number_of_equal_holders_say_the_same() -> None:
    shares = [0.5, 0.25, 0.25]
    assert stats.hhi(shares) == pytest.approx(0.375)
    assert stats.effective_number(shares) == pytest.approx(2.666667)
    assert stats.effective_number(shares, by="shannon") == pytest.approx(2.828427)
    assert stats.hhi([0]) is None
    assert stats.effective_number([]) is None


@given(st.integers(1, 40), NUMBERS)
def test_equal_holders_count_as_many_as_they_are(n: int, amount: float) -> None:
    assert stats.effective_number([amount] * n) == pytest.approx(n)
    assert stats.effective_number([amount] * n, by="shannon") == pytest.approx(n)
    assert stats.gini([amount] * n) == pytest.approx(0, abs=1e-9)


def test_a_weighted_median_has_half_of_the_weight_at_or_below_it() -> None:
    assert stats.weighted_median([1, 2, 10], [1, 1, 3]) == 10
    assert stats.weighted_median([1, 2, 10], [1, 1, 1]) == 2
    assert stats.weighted_median([1], [0]) is None


# --- comparisons ------------------------------------------------------------------------------


def test_an_index_and_a_percentile_place_one_among_its_peers() -> None:
    assert stats.index_against(8, [1, 2, 4, 8, 16]) == 200
    assert stats.mid_rank_percentile(8, [1, 2, 4, 8, 16]) == pytest.approx(0.7)
    assert stats.index_against(8, []) is None
    assert stats.index_against(8, [0]) is None
    assert stats.mid_rank_percentile(8, []) is None


def test_one_of_few_peers_is_left_out_of_the_median_it_is_set_against() -> None:
    # Without 8 the others are 1, 2, 4 and 16: their median is 3.
    assert stats.index_among([1, 2, 4, 8, 16])[3] == pytest.approx(800 / 3)
    many = [float(value) for value in range(1, 13)]
    assert stats.index_among(many)[0] == pytest.approx(100 / 6.5)


@given(st.lists(NUMBERS, min_size=1, max_size=30))
def test_the_index_is_100_at_the_median(peers: list[float]) -> None:
    assert stats.index_against(float(np.median(peers)), peers) == pytest.approx(100)


def test_two_groups_are_compared_by_all_their_pairs() -> None:
    assert stats.cliffs_delta([3, 4, 5], [1, 2, 3]) == pytest.approx(8 / 9)
    assert stats.hodges_lehmann([3, 4, 5], [1, 2, 3]) == 2
    assert stats.cliffs_delta([], [1]) is None
    assert stats.hodges_lehmann([1], []) is None


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 5, 0, 0.4345)]
)
def test_a_proportion_has_a_range(successes: int, n: int, low: float, high: float) -> None:
    found = stats.wilson(successes, n)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)
    again = binomtest(successes, n).proportion_ci(0.95, method="wilson")
    assert (found.low, found.high) == pytest.approx((again.low, again.high), abs=1e-12)
    assert stats.wilson(0, 0) is None


def test_findings_read_together_are_adjusted_together() -> None:
    assert stats.benjamini_hochberg([0.001, 0.02, 0.03, 0.2]) == pytest.approx(
        [0.004, 0.04, 0.04, 0.2]
    )
    assert stats.benjamini_hochberg([]) == []


def test_a_mean_of_few_is_pulled_towards_the_mean_of_all() -> None:
    assert stats.shrunk(3, 1, n=5, within_variance=4, between_variance=0.8) == pytest.approx(
        (2, 0.5)
    )
    assert stats.shrunk(3, 1, n=5, within_variance=0, between_variance=0) == (3, 1)


def test_groups_that_differ_no_more_than_chance_are_pooled_whole() -> None:
    rng = np.random.default_rng(3)
    alike = {f"g{i}": [*rng.normal(0, 1, 5), -1.0, 1.0] for i in range(3)}
    apart = {f"g{i}": (rng.normal(0, 1, 5) + 100 * i).tolist() for i in range(3)}
    assert all(group.weight < 0.6 for group in stats.partial_pooling(alike))
    assert all(group.weight > 0.99 for group in stats.partial_pooling(apart))
    assert stats.partial_pooling({"a": [1, 2]}) == []
    assert stats.partial_pooling({"a": [1], "b": [2]}) == []


def test_a_rank_is_sure_only_where_groups_are_far_apart() -> None:
    apart = stats.partial_pooling({f"g{i}": [i * 100, i * 100 + 1, i * 100 - 1] for i in range(3)})
    alike = stats.partial_pooling({f"g{i}": [0, 10 + i, -10] for i in range(3)})
    assert stats.rank_intervals(apart) == {"g0": (3, 3), "g1": (2, 2), "g2": (1, 1)}
    assert set(stats.rank_intervals(alike).values()) == {(1, 3)}
    assert stats.rank_intervals([]) == {}


def test_the_effect_of_an_intervention_is_what_the_treated_changed_more() -> None:
    found = stats.difference_in_differences([(10, 6)], [(10, 9)])
    assert found is not None
    assert (found.effect, found.standard_error, found.interval) == (-3, None, None)
    assert found.is_directional


def test_an_effect_has_a_standard_error_over_teams() -> None:
    treated = [(10, 10 + change) for change in (-5, -4, -3, -2, -1)]
    control = [(10, 10 + change) for change in (-1, 0, 1, 0, 0)]
    found = stats.difference_in_differences(treated, control)
    # Variances 2.5 and 0.5 of five teams each: √(0.5 + 0.1).
    assert found is not None
    assert found.standard_error is not None
    assert found.interval is not None
    assert found.effect == pytest.approx(-3)
    assert found.standard_error == pytest.approx(0.6**0.5)
    # Welch's test of the same changes, the other way round: where it is just 5 %.
    by_scipy = ttest_ind(
        [-5, -4, -3, -2, -1], [-1, 0, 1, 0, 0], equal_var=False
    ).confidence_interval(0.95)
    assert found.interval == pytest.approx((by_scipy.low, by_scipy.high))
    assert not found.is_directional
    assert stats.difference_in_differences([], control) is None


def test_an_effect_that_no_team_departs_from_has_an_interval_of_no_width() -> None:
    found = stats.difference_in_differences([(10, 6)] * 5, [(10, 9)] * 5)
    assert found is not None
    assert found.interval == (-3, -3)


def test_a_change_without_comparison_is_the_lowest_rung_that_is_measured() -> None:
    found = stats.before_after([(10, 10 + change) for change in (-5, -4, -3, -2, -1)])
    assert found is not None
    assert (found.effect, found.n_control, found.rung) == (-3, 0, "E4")
    assert not found.is_directional
    by_scipy = ttest_1samp([-5, -4, -3, -2, -1], 0).confidence_interval(0.95)
    assert found.interval == pytest.approx((by_scipy.low, by_scipy.high))
    assert stats.before_after([]) is None
    alone = stats.before_after([(10, 6)])
    assert alone is not None
    assert (alone.effect, alone.interval) == (-4, None)


def test_a_team_is_matched_with_the_one_most_like_it_before() -> None:
    treated = [(10.0, 6.0), (20.0, 17.0), (30.0, 25.0)]
    pool = [(31.0, 30.0), (100.0, 50.0), (9.0, 9.5), (21.0, 20.0)]
    found = stats.matched(treated, pool)
    assert found is not None
    # −4 against 0.5, −3 against −1, −5 against −1.
    assert found.effect == pytest.approx(np.mean([-4.5, -2, -4]))
    assert found.standard_error == pytest.approx(sem([-4.5, -2, -4]))
    assert (found.rung, found.n_control) == ("E3", 3)
    best = min(
        permutations(range(4), 3),
        key=lambda order: sum(abs(treated[i][0] - pool[j][0]) for i, j in enumerate(order)),
    )
    assert best == (2, 3, 0)
    assert stats.matched(treated, pool[:2]) is None
    assert stats.matched([], pool) is None


def test_teams_that_start_at_different_times_are_held_against_those_that_wait() -> None:
    up = [0, 1, 2, 3, 4, 5, 6, 7]  # what happens anyway
    courses = [
        [x - 4 * (x >= 2) for x in up],
        [x + 10 - 2 * (x >= 6) for x in up],
        [x + 20 for x in up],
    ]
    found = stats.staggered(courses, [2, 6, None])
    assert found is not None
    # The first had two periods before, when both others wait; the second is held against the last.
    assert found.effect == pytest.approx((-4 - 2) / 2)
    assert (found.n_treated, found.n_control, found.rung) == (2, 2, "E2")


def test_one_start_for_all_is_a_plain_difference_in_differences() -> None:
    chance = np.random.default_rng(4)
    courses = chance.normal(50, 3, (12, 10))
    starts = [5] * 6 + [None] * 6
    found = stats.staggered(courses.tolist(), starts)
    ends = [(row[:5].mean(), row[5:].mean()) for row in courses]
    plain = stats.difference_in_differences(ends[:6], ends[6:])
    assert found is not None
    assert plain is not None
    assert found.effect == pytest.approx(plain.effect)
    assert found.standard_error == pytest.approx(plain.standard_error, rel=0.1)


def test_teams_that_started_already_are_no_comparison() -> None:
    # Whoever starts first keeps gaining; held against it, the second would seem to lose.
    first, second = [0.0, 0, 5, 10, 15, 20], [0.0, 0, 0, 0, 3, 3]
    assert stats.staggered([first, second], [2, 4]) == stats.MeasuredEffect(7.5, None, 1, 1, "E2")
    assert stats.staggered([second, first], [4, 2]) == stats.MeasuredEffect(7.5, None, 1, 1, "E2")


def test_nothing_is_told_of_a_start_without_periods_or_comparison() -> None:
    assert stats.staggered([[1.0, 2, 3, 4], [1.0, 2, 3, 4]], [1, None]) is None
    assert stats.staggered([[1.0, 2, 3, 4], [1.0, 2, 3, 4]], [2, 2]) is None
    assert stats.staggered([[1.0, 2, 3, float("nan")], [1.0, 2, 3, 4]], [2, None]) is None
    assert stats.staggered([], []) is None


def test_studies_are_drawn_together_with_what_they_differ_by() -> None:
    found = stats.random_effects([0.2, 0], [0.1, 0.1])
    assert found is not None
    assert (found.fixed, found.q, found.tau2) == pytest.approx((0.1, 2, 0.01))
    assert (found.mean, found.standard_error) == pytest.approx((0.1, 0.1))
    assert found.interval == pytest.approx((-0.096, 0.296))
    # Two studies alone leave Student's t one degree of freedom: 12.71 errors either way.
    assert found.interval_of_few == pytest.approx((0.1 - 1.2706, 0.1 + 1.2706), abs=1e-4)


def test_studies_that_agree_are_averaged_by_how_exact_they_are() -> None:
    found = stats.random_effects([0.1, 0.13], [0.1, 0.05])
    assert found is not None
    # Weights 100 and 400, and no more spread than chance allows.
    assert found.tau2 == 0
    assert found.mean == pytest.approx((100 * 0.1 + 400 * 0.13) / 500)
    assert found.standard_error == pytest.approx(500**-0.5)
    # Weighted squares around 0.124 are 0.072, over one degree of freedom and 500.
    assert found.error_of_few == pytest.approx((0.072 / 500) ** 0.5)
    assert stats.random_effects([0.1], [0.1]) is None
    assert stats.random_effects([0.1, 0.2], [0.1, 0]) is None


# --- parts of a gap ---------------------------------------------------------------------------


def test_a_gap_is_split_into_mix_and_intensity() -> None:
    found = stats.kitagawa(
        {"senior": (0.5, 10), "junior": (0.5, 2)}, {"senior": (0.2, 8), "junior": (0.8, 2)}
    )
    assert (found.gap, found.mix, found.intensity) == pytest.approx((2.8, 2.1, 0.7))
    assert found.one_sided == ()


def test_a_role_that_only_one_side_has_is_named() -> None:
    found = stats.kitagawa({"a": (0.5, 4), "b": (0.5, 2)}, {"a": (1, 4)})
    assert found.one_sided == ("b",)
    assert found.gap == pytest.approx(3 - 4)


def test_a_gap_is_split_into_breadth_depth_and_price() -> None:
    found = stats.lmdi(
        {"breadth": 0.4, "depth": 8, "price": 5}, {"breadth": 0.2, "depth": 10, "price": 4}
    )
    assert found.method == "lmdi"
    assert found.gap == pytest.approx(8)
    assert found.by_factor == pytest.approx({"breadth": 8, "depth": -2.5754, "price": 2.5754}, 1e-4)


def test_a_factor_of_0_is_split_without_logarithms() -> None:
    found = stats.lmdi({"breadth": 0.5, "depth": 4}, {"breadth": 0, "depth": 2})
    # Kitagawa for two factors: each change × the mean of the other factor.
    assert found.method == "kitagawa"
    assert found.by_factor == pytest.approx({"breadth": 0.5 * 3, "depth": 2 * 0.25})


RATES = st.dictionaries(
    st.sampled_from("abcde"), st.tuples(st.floats(0, 1), st.floats(0, 100)), min_size=1
)


@given(RATES, RATES)
def test_mix_and_intensity_add_up_to_the_gap(
    own: dict[str, tuple[float, float]], other: dict[str, tuple[float, float]]
) -> None:
    found = stats.kitagawa(own, other)
    gap = sum(s * d for s, d in own.values()) - sum(s * d for s, d in other.values())
    assert found.mix + found.intensity == pytest.approx(gap, abs=1e-9)
    assert found.gap == pytest.approx(gap, abs=1e-9)


FACTORS = st.tuples(*[st.one_of(st.just(0.0), st.floats(0.001, 1000))] * 3)


@given(FACTORS, FACTORS)
def test_breadth_depth_and_price_add_up_to_the_gap(
    own: tuple[float, ...], other: tuple[float, ...]
) -> None:
    names = ("breadth", "depth", "price")
    found = stats.lmdi(dict(zip(names, own, strict=True)), dict(zip(names, other, strict=True)))
    scale = max(prod(max(pair) for pair in zip(own, other, strict=True)), 1e-9)
    assert found.gap == pytest.approx(prod(own) - prod(other), abs=1e-9 * scale)
    assert sum(found.by_factor.values()) == pytest.approx(found.gap, abs=1e-7 * scale)


def test_a_rank_correlation_says_how_often_chance_gives_as_much() -> None:
    sizes, uses = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [6.0, 5.0, 4.0, 3.0, 2.0, 1.0]
    found = stats.rank_correlation(sizes, uses)
    assert found is not None
    assert found.spearman == pytest.approx(-1.0)
    # Two of the 720 orders are as far from chance as these: all down, or all up.
    assert found.p_value == pytest.approx(2 / 720)
    assert stats.rank_correlation(sizes, [1.0] * 6) is None
