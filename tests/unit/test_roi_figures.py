"""What is believed of a company, which of it counts, and how the page says it."""

from datetime import date
from typing import Any

import pytest

from leverage import roi
from leverage.figures.roi import Offered, believed, presets, said, why_not
from leverage.figures.roi.workflows import rung


def row(assumption: str, mode: float, **more: Any) -> dict[str, Any]:
    """Return a row of the question assumptions_in_force."""
    return {
        "company": "Acme",
        "assumption": assumption,
        "workflow": None,
        "role": None,
        "low": mode,
        "mode": mode,
        "high": mode,
        "unit": "",
        "source": "a trial",
        "author": "Ada",
        "effective_date": date(2026, 1, 1),
        "evidence_grade": "B",
        **more,
    }


def test_what_nobody_said_is_proposed_and_an_hour_never_is() -> None:
    found = believed.believed([], "Acme")
    assert found.proposed == {
        *("rework", "realisation", "attribution", "discount_rate", "horizon_months")
    }
    assert found.get(believed.WAGE) is None
    assert found.get(believed.MINUTES) is None
    # Exports of use alone stand on the lowest rung.
    assert found.own["attribution"].mode == 0.5


def test_the_companys_own_word_counts_before_that_of_all() -> None:
    rows = [row("rework", 0.1), row("rework", 0.2, company=None)]
    for held in (rows, rows[::-1]):
        found = believed.believed(held, "Acme")
        assert found.own["rework"].mode == 0.1
        assert "rework" not in found.proposed
    assert believed.believed(rows, "Other").own["rework"].mode == 0.2


def test_a_share_above_one_is_no_share_and_counts_for_nothing() -> None:
    found = believed.believed([row("realisation", 50)], "Acme")
    assert found.own["realisation"].mode == 0.5
    assert "realisation" in found.proposed
    assert "0.4 is 40 %" in (why_not("realisation", 0.1, 40) or "")
    assert "below 0" in (why_not("wage_usd_per_hour", -1, 40) or "")
    # AI may cost time.
    assert why_not("minutes_saved_per_active_day", -10, 40) is None


def test_what_holds_for_a_role_is_told_and_in_no_figure_of_the_whole() -> None:
    found = believed.believed([row("rework", 0.1, role="Support")], "Acme")
    assert found.own["rework"].mode == 0.37
    assert [assumed.role for assumed in found.aside] == ["Support"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(7.04, "7.0 minutes"), (12.4, "12 minutes"), (133.3, "2.2 hours"), (None, "unknown")],
)
def test_minutes_are_said_as_a_person_does(value: float | None, text: str) -> None:
    assert said.minutes(value) == text


def test_a_range_of_minutes_has_its_unit_once() -> None:
    assert said.minutes_between(12, 26) == "12 to 26 minutes"
    assert said.minutes_between(100, 240) == "100 minutes to 4.0 hours"


def test_presets_of_minutes_name_study_and_grade_and_keep_lost_time() -> None:
    by_role = {preset.label.partition(":")[0]: preset for preset in presets(believed.MINUTES)}
    # Nineteen per cent more time is a saving below nothing.
    assert by_role["developer"].low == pytest.approx(-0.19)
    assert all("grade" in preset.label and preset.studies for preset in by_role.values())
    assert [preset.label[:2] for preset in presets(believed.ATTRIBUTION)] == [
        *("E1", "E2", "E3", "E4", "E5")
    ]
    assert presets(believed.WAGE) == ()


def test_a_share_without_a_design_stands_on_the_lowest_rung() -> None:
    assert rung(roi.attribution("E2")).startswith("E2 difference-in-differences")
    claimed = roi.Assumption("attribution", 0.9, 1.0, 1.0, source="our own view")
    assert rung(claimed) == "E5 self-report or external benchmark, 100 % to AI"


def test_a_change_holds_not_before_what_it_changes() -> None:
    offered = Offered("Acme", date(2026, 1, 1), believed.believed([], "Acme"))
    later = believed.believed([row("rework", 0.1, effective_date=date(2026, 5, 1))], "Acme")
    assert offered.holds_from(None) == date(2026, 1, 1)
    assert offered.holds_from(later.own["rework"]) == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (-412.4, 3226.6, "−412 to 3,227"),
        (-81_600, -5_033, "−82 to −5 k"),
        (-17_800, 92_800, "−18 to 93 k"),
        (1_200_000, 3_400_000, "1.2 to 3.4 M"),
    ],
)
def test_a_range_of_money_fits_a_card(low: float, high: float, text: str) -> None:
    assert said.short_between(roi.Spread(low, 0, high, 0)) == text
