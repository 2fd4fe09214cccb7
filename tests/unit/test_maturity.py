"""Usage maturity: scores, pillars, gates and stages, held against examples worked out by hand."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leverage import database
from leverage.maturity import (
    GATES,
    SCORES,
    Dimension,
    composite,
    maturity,
    next_gate,
    proposed,
    stable,
    stage_of,
    with_cutoffs,
)

RULE = proposed()
BY_NAME = {dimension.name: dimension for dimension in RULE}
MIDDLE = {dimension.name: dimension.cuts[2] for dimension in RULE}
"""Values that score 50 in every dimension, with 80 % of owners known and 30 % breadth."""


def test_a_score_lies_on_the_line_between_two_cut_offs() -> None:
    breadth = BY_NAME["breadth"]
    assert breadth.score(0.45) == pytest.approx(62.5)
    assert breadth.score(0.05) == pytest.approx(12.5)
    assert (breadth.score(-1.0), breadth.score(2.0), breadth.score(None)) == (0, 100, None)


def test_depth_is_placed_on_the_logarithm_of_dollars() -> None:
    depth = BY_NAME["depth_usd"]
    # The geometric mean of two cut-offs lies in the middle between their scores.
    assert depth.score((11.38 * 83.4) ** 0.5) == pytest.approx(37.5)
    assert depth.score(0.0) == 0


def test_the_whole_is_the_geometric_mean_of_the_pillars() -> None:
    assert composite([16, 81, 36, 36]) == pytest.approx(36.0)
    # A pillar of nothing counts as 1, so that it does not wipe out the others.
    assert composite([0, 100, 100, 100]) == pytest.approx(100**0.75)


def test_the_metric_file_says_the_same_formula() -> None:
    con = duckdb.connect()
    database.define_macros(con)
    (said,) = con.sql("select usage_maturity(16, 81, 36, 0)").fetchall()[0]
    assert said == pytest.approx(composite([16, 81, 36, 0]))


@pytest.mark.parametrize(
    ("score", "stage"), [(0, 1), (19.9, 1), (20, 2), (40, 3), (60, 4), (79, 4), (80, 5), (100, 5)]
)
def test_stages_begin_every_twenty_points(score: float, stage: int) -> None:
    assert stage_of(score) == stage


def test_a_stage_needs_its_gates_as_well_as_its_score() -> None:
    high = {dimension.name: dimension.cuts[3] for dimension in RULE}
    found = maturity({**high, "known_owner_share": 0.7}, RULE)
    assert found.stage_by_score == 4
    assert found.stage == 3
    assert found.gate is not None
    assert (found.gate.dimension, found.gate.least) == ("known_owner_share", 0.80)


def test_a_gate_whose_input_is_unknown_is_not_passed() -> None:
    found = maturity({**MIDDLE, "known_owner_share": None}, RULE)
    assert (found.stage_by_score, found.stage) == (3, 2)
    unknown_breadth = maturity({**MIDDLE, "breadth": None}, RULE)
    assert unknown_breadth.stage == 1


def test_below_seventy_per_cent_of_the_dimensions_there_is_no_stage() -> None:
    names = [name for name in MIDDLE if name not in ("stickiness", "growth", "spread")]
    assert maturity({name: MIDDLE[name] for name in names}, RULE).stage == 3
    fewer = [name for name in names if name != "retention"]
    found = maturity({name: MIDDLE[name] for name in fewer}, RULE)
    assert found.coverage == pytest.approx(0.6)
    assert (found.stage, found.score) == (None, None)


def test_a_pillar_without_data_gives_no_stage() -> None:
    depth = ("depth_usd", "workflow_breadth")
    found = maturity({name: MIDDLE[name] for name in MIDDLE if name not in depth}, RULE)
    assert found.coverage == pytest.approx(0.8)
    assert found.stage is None


def test_the_next_gate_is_the_one_the_stage_above_asks_for() -> None:
    found = maturity({**MIDDLE, "known_owner_share": 0.7}, RULE)
    assert found.stage == 3
    gate = next_gate(found)
    assert gate is not None
    assert (gate.dimension, gate.least) == ("known_owner_share", 0.80)
    assert next_gate(maturity({**MIDDLE, "known_owner_share": 0.99, "breadth": 0.9}, RULE)) is None


def test_a_stage_far_from_any_cut_off_is_stable_and_one_at_a_cut_off_is_not() -> None:
    middle = {dimension.name: dimension.cuts[2] for dimension in RULE} | {"known_owner_share": 0.97}
    far = stable([middle] * 3, RULE)
    assert far.stage == 3
    assert far.stability == 1.0
    gates = {"breadth": 0.31, "known_owner_share": 0.81}
    edge = {dimension.name: _at(dimension, 40.0) for dimension in RULE} | gates
    low = {dimension.name: _at(dimension, 34.0) for dimension in RULE} | gates
    near = stable([low, edge, edge], RULE)
    assert near.stage == 3
    assert near.stability is not None
    assert 0.1 < near.stability < 0.95


def _at(dimension: Dimension, score: float) -> float:
    """Return a value near the one that scores so much, between its second and third cut-off."""
    low, high = dimension.cuts[1], dimension.cuts[2]
    part = (score - 25) / 25
    return low * (high / low) ** part if dimension.is_log else low + part * (high - low)


def test_a_company_changes_a_cut_off_and_a_change_that_does_not_rise_is_left_out() -> None:
    rule = with_cutoffs({("breadth", 75): (0.7, "board, May")})
    changed = next(dimension for dimension in rule if dimension.name == "breadth")
    assert changed.cuts == (0, 0.10, 0.30, 0.7, 0.85)
    assert changed.reason == "board, May"
    assert with_cutoffs({("breadth", 75): (0.2, "a slip")}) == RULE


def test_every_dimension_has_rising_cut_offs_a_reason_and_an_action() -> None:
    assert len(RULE) == 10
    for dimension in RULE:
        assert list(dimension.cuts) == sorted(set(dimension.cuts)), dimension.name
        assert dimension.reason
        assert dimension.lift
    assert {gate.dimension for gate in GATES} <= set(BY_NAME)
    assert {dimension.pillar for dimension in RULE} == {"reach", "depth", "autonomy", "control"}


@given(st.sampled_from(RULE), st.floats(0, 10_000), st.floats(0, 10_000))
def test_more_of_a_dimension_never_scores_less(dimension: Dimension, a: float, b: float) -> None:
    low, high = sorted((a, b))
    first, second = dimension.score(low), dimension.score(high)
    assert first is not None
    assert second is not None
    assert SCORES[0] <= first <= second <= SCORES[-1]
