"""How far a figure can be trusted, from facts written by hand."""

from typing import Any

import pytest

from leverage import queries
from leverage.figures.confidence import ALWAYS, Confidence, confidence, cutoffs, rule

GOOD: dict[str, Any] = {
    "sources": 4,
    "sources_behind": 0,
    "days_behind": 0,
    "covered_share": 1.0,
    "known_owner_share": 0.95,
    "known_owner_share_at_least": None,
    "estimated_share": 0.05,
}


def graded(metric: str = "cost_per_active_person_usd", **facts: Any) -> Confidence:
    found = confidence(metric, {**GOOD, **facts})
    assert found is not None
    return found


def test_where_nothing_is_lacking_confidence_is_high_without_a_reason() -> None:
    assert graded() == Confidence("high")
    assert graded().said == "high"
    assert graded().short == "confidence: high"


def test_where_nothing_is_loaded_there_is_no_grade() -> None:
    assert confidence("full_cost_usd", None) is None


@pytest.mark.parametrize(
    ("facts", "grade"),
    [
        ({"days_behind": 3, "sources_behind": 1}, "medium"),
        ({"days_behind": 4, "sources_behind": 1}, "low"),
        ({"covered_share": 0.98}, "high"),
        ({"covered_share": 0.979}, "medium"),
        ({"covered_share": 0.9}, "medium"),
        ({"covered_share": 0.899}, "low"),
        ({"known_owner_share": 0.9}, "high"),
        ({"known_owner_share": 0.89}, "medium"),
        ({"known_owner_share": 0.69}, "low"),
        ({"estimated_share": 0.1}, "high"),
        ({"estimated_share": 0.31}, "medium"),
        ({"estimated_share": 0.51}, "low"),
        ({"estimated_share": None}, "high"),
        ({"covered_share": 0.95, "estimated_share": 0.6}, "low"),
    ],
)
def test_the_worst_factor_decides(facts: dict[str, Any], grade: str) -> None:
    assert graded(**facts).grade == grade


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"estimated_share": 0.31}, "medium, because 31 % of cost is estimated"),
        ({"covered_share": 0.93}, "medium, because 93 % of its days are loaded"),
        (
            {"days_behind": 1, "sources_behind": 1},
            "medium, because 1 source ends up to 1 day before the period does",
        ),
        (
            {"days_behind": 12, "sources_behind": 2},
            "low, because 2 sources end up to 12 days before the period does",
        ),
        (
            {"known_owner_share": 0.8},
            "medium, because 20 % of all use has no known owner",
        ),
        (
            {"known_owner_share": None, "known_owner_share_at_least": 0.75},
            "medium, because up to 25 % of all use has no known owner",
        ),
        ({"known_owner_share": None}, "low, because it cannot be told who used it"),
        (
            {"covered_share": 0.95, "estimated_share": 0.2},
            "medium, because 95 % of its days are loaded and 20 % of cost is estimated",
        ),
    ],
)
def test_the_reason_names_what_lowers_the_grade(facts: dict[str, Any], said: str) -> None:
    assert graded(**facts).said == said


def test_a_figure_is_judged_by_what_can_touch_it_only() -> None:
    estimated, nameless = {"estimated_share": 0.9}, {"known_owner_share": 0.1}
    assert graded("active_people", **estimated).grade == "high"
    assert graded("active_people", **nameless).grade == "low"
    assert graded("known_owner_share", **estimated, **nameless).grade == "high"
    assert graded("full_cost_usd", **nameless).grade == "high"
    assert graded("full_cost_usd", **estimated).grade == "low"


def test_what_is_split_or_filtered_by_people_is_judged_by_owners_too() -> None:
    facts = {**GOOD, "known_owner_share": 0.1}
    for metric in ("full_cost_usd", "weighted_tokens", "active_people"):
        found = confidence(metric, facts, is_by_people=True)
        assert found == Confidence("low", ("90 % of all use has no known owner",))


def test_every_factor_a_metric_names_has_a_cut_off() -> None:
    named = {
        factor
        for metric in queries.folder("metrics").values()
        for factor in metric.header.get("judged_by", ())
    }
    assert named | set(ALWAYS) == set(cutoffs())


def test_the_rule_names_the_cut_offs_in_force() -> None:
    said = rule()
    assert "reaches the last day of the period, 98 % of its days loaded" in said
    assert "none ends over 3 days before that day, 90 % of its days loaded" in said
    assert "no more than 50 % of the cost estimated" in said
