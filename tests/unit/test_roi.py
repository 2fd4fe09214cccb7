"""Returns: worked examples by hand, exact moments, and what must hold of any case."""

from dataclasses import replace
from itertools import accumulate
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as sp

from leverage import roi, stats
from leverage.errors import ChangeRefused
from leverage.roi.assumptions import drawn
from leverage.roi.case import likeliest


def _sure(name: str, value: float) -> roi.Assumption:
    return roi.Assumption(name, value, value, value)


# 100 people who save two hours a week in 48 weeks of five days.
HOURS_A_WEEK = roi.Assumption("minutes", 60 / 5, 120 / 5, 180 / 5)
ACTIVE_DAYS = 100 * 48 * 5
REWORK = roi.Assumption("rework", 0.20, 0.37, 0.54)
REALISATION = roi.Assumption("realisation", 0.2, 0.5, 0.8)
ATTRIBUTION = roi.Assumption("attribution", 0.6, 0.8, 1.0)
LINE = roi.TimeSaved(
    workflow="all",
    active_days=ACTIVE_DAYS,
    wage=_sure("wage", 50),
    rework=REWORK,
    realisation=REALISATION,
    attribution=ATTRIBUTION,
    minutes=HOURS_A_WEEK,
)
CASE = roi.Case(months=12, lines=(LINE,), cost=roi.Cost(usage_usd=80_000, seats_usd=0))


def _returns(case: roi.Case) -> roi.Returns:
    found = roi.returns(case)
    assert isinstance(found, roi.Returns)
    return found


# --- one assumption ---------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["triangular", "pert"])
@pytest.mark.parametrize("ends", [(1, 2, 9), (0, 0, 1), (2, 5, 5), (-3, -1, 0)])
def test_a_range_is_drawn_as_its_distribution_says(
    shape: str, ends: tuple[float, float, float]
) -> None:
    low, mode, high = ends
    ours = roi.Assumption("x", low, mode, high, shape=shape)  # type: ignore[arg-type]
    shares = np.linspace(0.001, 0.999, 999)
    width = high - low
    theirs = sp.triang((mode - low) / width, low, width)
    if shape == "pert":
        up, down = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
        theirs = sp.beta(up, down, low, width)
    assert ours.quantile(shares) == pytest.approx(theirs.ppf(shares), abs=1e-9)


def test_pert_has_the_mean_its_rule_gives() -> None:
    middles = (np.arange(100_000) + 0.5) / 100_000
    pert = roi.Assumption("x", 1, 2, 9, shape="pert").quantile(middles)
    assert pert.mean() == pytest.approx(3.0, abs=1e-5)
    # Beta with α 1.5 and β 4.5, stretched over 1 to 9.
    assert pert.var() == pytest.approx(64 * 1.5 * 4.5 / (36 * 7), rel=1e-3)


def test_an_assumption_without_a_range_is_its_number() -> None:
    assert _sure("wage", 50).quantile(np.asarray([0.1, 0.9])).tolist() == [50, 50]


@pytest.mark.parametrize("ends", [(2, 1, 3), (0, 4, 3), (0, float("nan"), 1), (0, 1, float("inf"))])
def test_three_numbers_that_fall_are_no_range(ends: tuple[float, float, float]) -> None:
    with pytest.raises(ChangeRefused, match="is no range"):
        roi.Assumption("wage", *ends)


def test_draws_are_the_same_each_time_and_independent_of_each_other() -> None:
    first = drawn([REWORK, REALISATION, ATTRIBUTION, HOURS_A_WEEK])
    again = drawn([HOURS_A_WEEK, REALISATION])
    assert (first[REALISATION] == again[REALISATION]).all()
    together = np.corrcoef([first[a] for a in first])
    assert np.abs(together - np.eye(4)).max() < 0.03


def test_changing_one_range_leaves_the_draws_of_the_others() -> None:
    wider = replace(REALISATION, high=1.0)
    before, after = drawn([REALISATION, REWORK]), drawn([wider, REWORK])
    assert (before[REWORK] == after[REWORK]).all()
    assert (after[wider] >= before[REALISATION]).all()


def test_one_thing_cannot_have_two_ranges() -> None:
    with pytest.raises(ValueError, match="two ranges"):
        drawn([REWORK, replace(REWORK, high=0.6)])


# --- the likeliest case -----------------------------------------------------------------------


def test_the_likeliest_case_is_the_product_of_its_parts() -> None:
    found = roi.point(CASE)
    assert LINE.hours(likeliest).tolist() == [9_600]
    assert found.value_usd == pytest.approx(9_600 * 50 * 0.63 * 0.5 * 0.8)
    assert (found.value_usd, found.net_usd) == pytest.approx((120_960, 40_960))
    assert (found.roi, found.benefit_cost_ratio) == pytest.approx((0.512, 1.512))


def test_break_even_is_where_value_is_the_cost() -> None:
    found = roi.break_even(CASE)
    assert found.minutes is not None
    assert found.minutes * 5 / 60 == pytest.approx(1.32275, abs=1e-5)
    assert found.realisation == pytest.approx(0.33069, abs=1e-5)
    for changed in (
        replace(LINE, minutes=_sure("minutes", found.minutes)),
        replace(LINE, realisation=_sure("realisation", found.realisation or 0)),
    ):
        assert roi.point(replace(CASE, lines=(changed,))).net_usd == pytest.approx(0, abs=1e-6)


def test_break_even_minutes_need_no_belief_about_time_saved() -> None:
    found = roi.break_even(replace(CASE, lines=(replace(LINE, minutes=None),)))
    assert found.minutes == roi.break_even(CASE).minutes
    assert (found.realisation, found.reason) == (None, "gain unknown")


def test_break_even_minutes_have_a_range_over_everything_else() -> None:
    spread = roi.break_even_spread(CASE)
    assert spread is not None
    at = drawn([REWORK, REALISATION, ATTRIBUTION])
    minutes = (
        80_000 * 60 / (ACTIVE_DAYS * 50 * (1 - at[REWORK]) * at[REALISATION] * at[ATTRIBUTION])
    )
    assert (spread.p10, spread.p90) == pytest.approx(np.quantile(minutes, [0.1, 0.9]).tolist())


def test_break_even_says_whether_a_day_has_room_for_it() -> None:
    least = roi.break_even(CASE).minutes
    assert least is not None
    enough = replace(CASE, cap_hours=_sure("cap", 1.01 * least / 60))
    too_little = replace(CASE, cap_hours=_sure("cap", 0.99 * least / 60))
    assert roi.break_even(enough).is_within_cap is True
    assert roi.break_even(too_little).is_within_cap is False


UNPRICED = roi.Cost(usage_usd=100, seats_usd=0, priced_share=0.79)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (replace(CASE, cost=roi.Cost(usage_usd=None, seats_usd=0)), "cost unknown"),
        (replace(CASE, cost=roi.Cost(usage_usd=0, seats_usd=None)), "cost unknown"),
        (replace(CASE, cost=UNPRICED), "tokens unpriced"),
        (replace(CASE, lines=(replace(LINE, active_days=0),)), "no use"),
        (replace(CASE, lines=()), "no use"),
    ],
)
def test_what_is_unknown_is_refused_with_its_reason(case: roi.Case, reason: str) -> None:
    assert roi.returns(case) == reason
    found = roi.break_even(case)
    assert (found.reason, found.minutes, found.realisation) == (reason, None, None)
    assert roi.tornado(case) == ()


def test_time_that_is_lost_pays_at_no_realisation() -> None:
    lost = replace(LINE, minutes=roi.Assumption("minutes", -39, -19, -2))
    found = roi.break_even(replace(CASE, lines=(lost,)))
    assert found.minutes is not None
    assert (found.realisation, found.reason) == (None, "no gain")
    net = _returns(replace(CASE, lines=(lost,))).net_usd
    assert net.p90 < -80_000


def test_nothing_can_break_even_where_no_hour_is_worth_anything() -> None:
    worthless = replace(LINE, attribution=_sure("attribution", 0))
    assert roi.break_even(replace(CASE, lines=(worthless,))).reason == "no gain"


# --- the range --------------------------------------------------------------------------------


def _moments(assumption: roi.Assumption, is_lost: bool = False) -> tuple[float, float]:
    """Return the mean and the mean square of a triangular distribution."""
    a, m, b = assumption.low, assumption.mode, assumption.high
    if is_lost:
        a, m, b = 1 - b, 1 - m, 1 - a
    variance = (a * a + m * m + b * b - a * m - a * b - m * b) / 18
    mean = (a + m + b) / 3
    return mean, variance + mean**2


def test_draws_have_the_exact_mean_and_spread() -> None:
    moments = [
        _moments(HOURS_A_WEEK),
        _moments(REWORK, is_lost=True),
        _moments(REALISATION),
        _moments(ATTRIBUTION),
    ]
    scale = ACTIVE_DAYS / 60 * 50
    mean = scale * prod(first for first, _ in moments)
    sd = scale * (prod(s for _, s in moments) - prod(f**2 for f, _ in moments)) ** 0.5
    assert (mean, sd) == pytest.approx((120_960, 43_479.67), abs=0.01)
    value = CASE.value(CASE.drawn())
    assert value.mean() == pytest.approx(mean, rel=0.005)
    assert value.std() == pytest.approx(sd, rel=0.02)


def test_the_range_is_the_one_of_the_worked_example() -> None:
    found = _returns(CASE)
    value = found.value_usd
    assert (value.p10, value.p50, value.p90) == pytest.approx((69_298, 115_813, 179_617), rel=0.02)
    assert 1 - found.loss_probability == pytest.approx(0.825, abs=0.01)
    # The likeliest case is the mean and not the middle of a skewed range.
    assert value.p50 < value.mean
    assert found.net_usd.p10 == pytest.approx(value.p10 - 80_000)
    assert found.benefit_cost_ratio is not None
    assert found.roi is not None
    assert found.roi.p90 == pytest.approx(found.benefit_cost_ratio.p90 - 1)
    assert found.net_usd.holds_zero
    assert found == _returns(CASE)


def test_an_interval_of_gains_alone_holds_no_zero() -> None:
    cheap = replace(CASE, cost=roi.Cost(usage_usd=1_000, seats_usd=0))
    assert not _returns(cheap).net_usd.holds_zero


def test_use_that_costs_nothing_has_no_ratio() -> None:
    found = _returns(replace(CASE, cost=roi.Cost(usage_usd=0, seats_usd=0)))
    assert (found.roi, found.benefit_cost_ratio, found.point.roi) == (None, None, None)
    assert found.payback_months == roi.Payback(0, 0, 0, 0)


def test_what_two_workflows_share_moves_them_together() -> None:
    other = replace(LINE, workflow="other", minutes=replace(HOURS_A_WEEK, workflow="other"))
    both = replace(CASE, lines=(LINE, other))
    apart = [replace(CASE, lines=(line,)) for line in (LINE, other)]
    spread = both.value(both.drawn()).std()
    # Common factors do not cancel out as independent ones would.
    independent = sum(case.value(case.drawn()).var() for case in apart) ** 0.5
    assert spread > 1.25 * independent


def test_a_cap_on_hours_takes_off_what_is_beyond_it() -> None:
    capped = replace(CASE, cap_hours=_sure("cap", 0.4))
    minutes = drawn([HOURS_A_WEEK])[HOURS_A_WEEK]
    found = _returns(capped)
    assert found.capped_share == pytest.approx((minutes > 24).mean())
    by_hand = np.minimum(minutes, 24) / minutes * CASE.value(CASE.drawn())
    assert found.value_usd.mean == pytest.approx(by_hand.mean())


def test_a_cap_holds_for_the_day_and_not_for_each_workflow() -> None:
    other = replace(LINE, workflow="other", minutes=replace(HOURS_A_WEEK, workflow="other"))
    cap = _sure("cap", 0.5)
    shared = replace(CASE, lines=(LINE, other), cap_hours=cap, person_days=ACTIVE_DAYS).kept_share(
        likeliest
    )
    apart = replace(CASE, lines=(LINE, other), cap_hours=cap).kept_share(likeliest)
    assert (float(shared[0]), float(apart[0])) == pytest.approx((30 / 48, 1))


# --- over time --------------------------------------------------------------------------------


def test_payback_is_what_was_paid_first_over_what_comes_in_a_month() -> None:
    assert roi.payback(30_000, [10_000 - 4_000] * 36) == pytest.approx(5.0)
    assert roi.payback(30_000, [6_000] * 4) is None
    assert roi.payback(30_000, [-1] * 36) is None
    assert roi.payback(0, [6_000] * 3) == 0


def test_what_came_back_and_was_lost_again_is_not_paid_back() -> None:
    assert roi.payback(10, [20, -20, 20]) == pytest.approx(2.5)
    assert roi.payback(10, [20, -20]) is None


@given(st.floats(0, 100), st.lists(st.floats(-10, 50), min_size=1, max_size=24))
def test_payback_is_where_the_sum_turns_for_good(upfront: float, flows: list[float]) -> None:
    found = roi.payback(upfront, flows)
    sums = [-upfront, *(total - upfront for total in accumulate(flows))]
    if found is None:
        assert sums[-1] < 1e-6
        return
    known = np.interp(found, range(len(sums)), sums)
    assert known == pytest.approx(0, abs=1e-6) or (found == 0 and known >= -1e-6)
    assert all(total >= -1e-6 for month, total in enumerate(sums) if month >= found)


def test_net_present_value_is_what_later_flows_are_worth_now() -> None:
    by_year = roi.npv(30_000, [72_000] * 3, 0.10, per_year=1)
    assert by_year == pytest.approx(149_053.34, abs=0.01)
    by_month = roi.npv(30_000, [6_000] * 36, 0.10)
    assert by_month == pytest.approx(sum(6_000 / 1.1 ** (t / 12) for t in range(1, 37)) - 30_000)
    assert by_month > by_year  # money that comes in earlier is worth more
    assert roi.npv(30_000, [72_000] * 3, 0, per_year=1) == pytest.approx(186_000)


def _plan(**changed: object) -> roi.Case:
    case = roi.Case(
        months=1,
        lines=(
            replace(
                LINE,
                active_days=1_000,
                minutes=_sure("minutes", 60),
                wage=_sure("wage", 10),
                rework=_sure("rework", 0),
                realisation=_sure("realisation", 1),
                attribution=_sure("attribution", 1),
            ),
        ),
        cost=roi.Cost(1_000, 2_000, 1.0, platform=_sure("platform", 1_000)),
        discount_rate=_sure("discount_rate", 0.10),
    )
    case = replace(case, cost=replace(case.cost, enablement=_sure("enablement", 30_000)))
    return replace(case, **changed)  # type: ignore[arg-type]


def test_a_plan_sets_what_is_paid_once_against_the_months_to_come() -> None:
    found = roi.point(_plan())
    assert found.payback_months == pytest.approx(5.0)
    assert found.npv_usd == pytest.approx(roi.npv(30_000, [6_000] * 36, 0.10))
    # 10,000 a month against 4,000 and a thirty-sixth of what was paid once.
    assert found.net_usd == pytest.approx(10_000 - 4_000 - 30_000 / 36)


def test_adoption_that_takes_time_delays_value_and_no_cost() -> None:
    found = roi.point(_plan(ramp_months=_sure("ramp_months", 5)))
    flows = [10_000 * min(1, month / 5) - 4_000 for month in range(1, 37)]
    assert found.npv_usd == pytest.approx(roi.npv(30_000, flows, 0.10))
    assert found.payback_months == pytest.approx(roi.payback(30_000, flows))
    assert found.payback_months is not None
    assert found.payback_months > 5


def test_a_range_of_paybacks_tells_how_often_there_is_none() -> None:
    unsure = _plan(horizon_months=12)
    line = replace(unsure.saved[0], minutes=roi.Assumption("minutes", 0, 60, 120))
    found = _returns(replace(unsure, lines=(line,))).payback_months
    # Paid back within 12 months where a month nets 2,500: from 39 minutes on.
    assert found.never_share == pytest.approx(2 * (39 / 120) ** 2, abs=0.002)
    assert found.p10 is not None
    assert found.p50 == pytest.approx(5.0, abs=0.02)
    assert found.p90 is None


def test_reviews_are_paid_by_the_hour_and_what_nobody_told_is_named() -> None:
    cost = replace(
        _plan().cost, review_hours=_sure("review_hours", 20), review_wage=_sure("wage", 10)
    )
    found = roi.point(_plan(cost=cost))
    assert found.cost_usd == pytest.approx(roi.point(_plan()).cost_usd + 200)
    assert cost.left_out == ()
    assert CASE.cost.left_out == ("platform", "enablement", "review")


# --- what it hangs on -------------------------------------------------------------------------


def test_a_tornado_moves_one_assumption_at_a_time() -> None:
    bars = roi.tornado(CASE)
    found = {
        bar.assumption.name: (bar.at_low_usd + 80_000, bar.at_high_usd + 80_000, bar.swing_usd)
        for bar in bars
    }
    assert [bar.assumption.name for bar in bars] == [
        "realisation",
        "minutes",
        "rework",
        "attribution",
    ]
    assert found["realisation"] == pytest.approx((48_384, 193_536, 145_152))
    assert found["minutes"] == pytest.approx((60_480, 181_440, 120_960))
    # More rework is less value.
    assert found["rework"] == pytest.approx((153_600, 88_320, 65_280))
    assert found["attribution"] == pytest.approx((90_720, 151_200, 60_480))


def test_a_tornado_is_each_case_done_alone() -> None:
    case = _plan(
        cost=replace(_plan().cost, platform=roi.Assumption("platform", 500, 1_000, 4_000)),
        cap_hours=roi.Assumption("cap", 0.5, 2, 3),
    )
    for bar in roi.tornado(case):
        name = bar.assumption.name
        for end, told in (("low", bar.at_low_usd), ("high", bar.at_high_usd)):
            sure = _sure(name, getattr(bar.assumption, end))
            alone = (
                replace(case, cap_hours=sure)
                if name == "cap"
                else replace(case, cost=replace(case.cost, platform=sure))
            )
            assert told == pytest.approx(roi.point(alone).net_usd)
    assert {bar.assumption.name for bar in roi.tornado(case)} == {"cap", "platform"}


# --- outcomes, and never both -----------------------------------------------------------------

REPAIRS = roi.OutcomesGained(
    workflow="incidents",
    n=40,
    gain=_sure("hours_less", 3),
    worth=_sure("usd_per_hour", 200),
    attribution=roi.Assumption("attribution", 1, 1, 1, workflow="incidents"),
)


def test_outcomes_count_as_pieces_times_gain_times_worth() -> None:
    case = roi.Case(months=1, lines=(REPAIRS,), cost=roi.Cost(4_000, 0))
    assert roi.point(case).value_usd == 24_000
    assert roi.break_even(case).reason == "no use"  # no time saved to break even by


def test_outcomes_that_cover_the_cost_leave_no_minutes_to_save() -> None:
    case = replace(CASE, lines=(LINE, REPAIRS))
    assert roi.break_even(case).minutes == pytest.approx(
        (80_000 - 24_000) / 80_000 * (roi.break_even(CASE).minutes or 0)
    )
    cheap = replace(case, cost=roi.Cost(20_000, 0))
    assert roi.break_even(cheap).minutes == 0


@pytest.mark.parametrize(("time", "outcome"), [("a", "a"), (None, "a"), ("a", None)])
def test_no_workflow_counts_by_time_and_by_outcome(time: str | None, outcome: str | None) -> None:
    lines = (replace(LINE, workflow=time), replace(REPAIRS, workflow=outcome))
    with pytest.raises(ChangeRefused, match="counted twice"):
        replace(CASE, lines=lines)
    with pytest.raises(ChangeRefused, match="counted twice"):
        roi.by_basis(lines, {})


def test_a_chosen_basis_leaves_the_other_out() -> None:
    lines = (replace(LINE, workflow="a"), replace(REPAIRS, workflow="a"), replace(LINE))
    assert roi.by_basis(lines, {"a": "outcome"}) == lines[1:]
    assert roi.by_basis(lines, {"a": "time"}) == (lines[0], lines[2])


def test_what_was_measured_is_a_third_way_and_never_beside_another() -> None:
    measured = roi.GainMeasured("a", 40, REPAIRS.gain, REPAIRS.worth, REPAIRS.attribution)
    lines = (replace(LINE, workflow="a"), replace(REPAIRS, workflow="a"), measured)
    for pair in (lines[:2], lines[1:], lines[::2]):
        with pytest.raises(ChangeRefused, match="counted twice"):
            roi.by_basis(pair, {})
    assert roi.by_basis(lines, {"a": "measured"}) == (measured,)
    case = roi.Case(months=1, lines=(measured,), cost=roi.Cost(4_000, 0))
    assert roi.point(case).value_usd == 24_000


def test_hours_that_became_value_are_worth_the_value() -> None:
    # 480,000 USD of gross hours are 9,600 of them; × 0.63 × 0.5 × 0.8 = 2,419.2 hours of 50 USD.
    assert CASE.realised_hours(likeliest)[0] == pytest.approx(9_600 * 0.63 * 0.5 * 0.8)
    hours, value = CASE.realised_hours(CASE.drawn()), CASE.value(CASE.drawn())
    assert value == pytest.approx(50 * hours)
    assert _returns(CASE).realised_hours.p50 == pytest.approx(float(np.median(hours)), rel=1e-3)
    capped = replace(CASE, cap_hours=_sure("cap", 0.1))
    assert capped.value(likeliest) == pytest.approx(50 * capped.realised_hours(likeliest))


# --- what if ----------------------------------------------------------------------------------


def test_a_what_if_moves_what_it_names_and_leaves_the_case() -> None:
    case = replace(CASE, lines=(LINE, REPAIRS), cost=roi.Cost(60_000, 20_000))
    twice = roi.point(roi.what_if(case, adoption=2))
    before = roi.point(case)
    assert twice.value_usd == pytest.approx(2 * before.value_usd)
    assert twice.cost_usd == pytest.approx(2 * 60_000 + 20_000)
    assert roi.point(roi.what_if(case, seats=0.5)).cost_usd == pytest.approx(70_000)
    assert roi.point(roi.what_if(case, price=0.5)).cost_usd == pytest.approx(50_000)
    better = roi.point(roi.what_if(case, realisation=_sure("realisation", 1)))
    assert better.value_usd - 24_000 == pytest.approx(2 * (before.value_usd - 24_000))
    assert roi.what_if(case) == case


def test_fewer_days_with_use_take_nothing_off_what_services_use() -> None:
    case = replace(CASE, cost=roi.Cost(60_000, 20_000))
    # A fifth of 60,000 stands behind the days: half of them leave 48,000 + 6,000, and the seats.
    found = roi.point(roi.what_if(case, adoption=0.5, usage_share_of_days=0.2))
    assert found.cost_usd == pytest.approx(74_000)


def test_a_what_if_keeps_what_is_unknown_unknown() -> None:
    case = replace(CASE, cost=roi.Cost(None, 0))
    assert roi.returns(roi.what_if(case, adoption=2, price=0)) == "cost unknown"


# --- effects of studies -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gain", "saving"),
    [(0.15, 0.130435), (0.2608, 0.206853), (0.666667, 0.4), (1.262443, 0.558), (-0.159664, -0.19)],
)
def test_output_gained_and_time_saved_are_the_same_effect(gain: float, saving: float) -> None:
    assert roi.time_saving(gain) == pytest.approx(saving, abs=1e-6)
    assert roi.output_gain(saving) == pytest.approx(gain, abs=1e-6)


@settings(max_examples=50)
@given(st.floats(-0.9, 20))
def test_a_conversion_there_and_back_is_where_it_began(gain: float) -> None:
    assert roi.output_gain(roi.time_saving(gain)) == pytest.approx(gain, abs=1e-9)


def test_no_time_is_told_where_output_is_gone_and_no_output_where_time_is() -> None:
    with pytest.raises(ValueError, match="takes no time"):
        roi.time_saving(-1)
    with pytest.raises(ValueError, match="leaves no time"):
        roi.output_gain(1)


def test_effects_are_told_in_hours_a_week() -> None:
    assert roi.hours_per_week(26, "minutes per day") == pytest.approx(2.1667, abs=1e-4)
    assert roi.hours_per_week(9, "hours per month") == pytest.approx(2.0769, abs=1e-4)
    assert roi.hours_per_week(0.054, "share of hours") == pytest.approx(2.16)
    assert roi.hours_per_week(0.028, "share of hours") == pytest.approx(1.12)


# --- evidence ---------------------------------------------------------------------------------


def test_a_stronger_design_puts_more_of_a_gain_down_to_ai() -> None:
    modes = [roi.attribution(f"E{rung}").mode for rung in range(1, 6)]
    assert modes == [1.0, 0.9, 0.7, 0.6, 0.5]
    lows = [roi.attribution(f"E{rung}").low for rung in range(1, 6)]
    assert lows == sorted(lows, reverse=True)


@pytest.mark.parametrize(
    ("role", "low", "mode", "high", "grade", "share_of"),
    [
        ("support", 0, 0.130435, 0.130435, "A", "task time"),
        ("writing", 0, 0.40, 0.40, "A", "task time"),
        ("developer", -0.19, 0.11, 0.206853, "B", "task time"),
        ("all staff", 0.028, 0.041, 0.054, "B", "work hours"),
    ],
)
def test_a_preset_is_what_studies_of_the_role_support(
    role: str, low: float, mode: float, high: float, grade: str, share_of: str
) -> None:
    (preset,) = (preset for preset in roi.presets() if preset.role == role)
    assert (preset.low, preset.mode, preset.high) == pytest.approx((low, mode, high))
    assert (preset.grade, preset.share_of) == (grade, share_of)
    assert all(study.grade <= "B" for study in preset.studies)


def test_a_preset_becomes_minutes_of_the_work_it_is_a_share_of() -> None:
    (preset,) = (preset for preset in roi.presets() if preset.role == "all staff")
    minutes = preset.minutes(8 * 60)
    assert (minutes.low, minutes.high) == pytest.approx((13.44, 25.92))
    assert minutes.source == "Real-Time Population Survey; Study of Danish registers"


def test_a_default_is_a_range_with_a_reason() -> None:
    rework = roi.default("rework")
    assert (rework.low, rework.mode, rework.high) == (0.20, 0.37, 0.54)
    assert "Workday" in rework.source
    with pytest.raises(KeyError):
        roi.default("wage")


def test_a_measured_effect_is_the_gain_of_each_outcome() -> None:
    # Three hours less for each of 40 repairs, an hour being 200 dollars.
    treated = [(10.0, 6.0), (11.0, 7.5), (9.0, 4.5), (10.0, 6.0), (10.0, 6.0)]
    control = [(10.0, 9.0), (10.0, 9.0), (12.0, 11.5), (8.0, 6.5), (10.0, 9.0)]
    found = stats.difference_in_differences(treated, control)
    assert found is not None
    assert found.standard_error is not None
    gain = roi.measured_gain(found, "hours_less", "hours", "incidents", is_less_better=True)
    assert gain is not None
    assert gain.mode == pytest.approx(3)
    assert "E2, 5 teams against 5" in gain.source
    case = roi.Case(1, (replace(REPAIRS, gain=gain),), roi.Cost(4_000, 0))
    assert roi.point(case).value_usd == pytest.approx(24_000)
    # The draws scatter as the effect does.
    value = case.value(case.drawn())
    assert value.std() == pytest.approx(40 * 200 * found.standard_error, rel=1e-3)


def test_an_effect_of_few_teams_gives_no_gain() -> None:
    few = stats.difference_in_differences([(10, 6), (10, 7)], [(10, 9), (10, 9)])
    assert few is not None
    assert roi.measured_gain(few, "hours_less", "hours", "incidents") is None


def test_seats_that_no_file_tells_are_a_cost_of_each_month() -> None:
    assumed = roi.Cost(usage_usd=80_000, seats_usd=0, seats=_sure("seats", 1_000))
    case = replace(CASE, cost=assumed)
    assert roi.point(case).cost_usd == 80_000 + 12 * 1_000
    assert roi.point(roi.what_if(case, seats=0.5)).cost_usd == 80_000 + 12 * 500
    assert assumed.assumptions == (_sure("seats", 1_000),)
