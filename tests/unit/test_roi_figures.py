"""What is believed of a company, which of it counts, and how the page says it."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from leverage import roi
from leverage.figures import Hidden, Table
from leverage.figures.currency import US_DOLLARS
from leverage.figures.roi import Offered, Way, believed, presets, reinvested, said, several, why_not
from leverage.figures.roi.believed import Chosen
from leverage.figures.roi.facts import Part, Spent, Subject, lines
from leverage.figures.roi.measured import rung
from leverage.store.assumptions import BASES


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


def test_use_that_names_nobody_does_not_hang_on_days() -> None:
    parts = {
        ("Sales", None): Part(10, 30.0),
        ("Sales", "Sales"): Part(10, 30.0),
        ("(service accounts)", None): Part(0, 70.0),
    }
    spent = Spent(1, 100.0, 0.0, 0.0, 10.0, 5.0, 1.0, 1.0, parts)
    assert spent.usage_share_of_days == 0.3
    assert replace(spent, parts={}).usage_share_of_days == 1


def test_what_holds_for_a_role_counts_for_that_role_alone() -> None:
    rows = [row("rework", 0.1, role="Support"), row("wage_usd_per_hour", 50)]
    found = believed.believed(rows, "Acme")
    assert (found.get("rework"), found.get("rework", "Sales")) == (found.own["rework"],) * 2
    support, rest = lines(found, 100, {"Support": 30, "Sales": 20})
    assert (support.active_days, support.rework.mode) == (30, 0.1)
    assert (rest.active_days, rest.rework.mode) == (70, 0.37)


@pytest.mark.parametrize("known", [240.0, None])
def test_what_seats_cost_is_assumed_only_where_no_file_tells(known: float | None) -> None:
    held = believed.believed(
        [row("wage_usd_per_hour", 50), row("seats_usd_per_month", 500)], "Acme"
    )
    spent = Spent(1, 20.0, 0.0, known, 15.0, 14, 1.0, 1.0)
    case = Subject("Acme", spent, None, {}, held).case(spent)
    assert case is not None
    assert case.why_no_cost is None
    assert case.likeliest_cost_usd == 20 + (500 if known is None else known)


def test_what_holds_for_a_role_whose_days_are_not_told_changes_nothing() -> None:
    rows = [row("rework", 0.1, role="Support"), row("wage_usd_per_hour", 50)]
    found = believed.believed(rows, "Acme")
    (whole,) = lines(found, 100, {"Sales": 20})
    assert (whole.active_days, whole.rework.mode) == (100, 0.37)


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
    assert said.short_between(roi.Spread(low, 0, high, 0), US_DOLLARS) == text


# ---- what a workflow is counted by ---------------------------------------------------------------


def ways(*bases: roi.Basis, chosen: Chosen | None = None, rung_of_time: str = "E5") -> Way:
    """Return a workflow that can be counted in some ways, as measured on the second rung."""
    sure = roi.Assumption("x", 1, 1, 1)
    lines: dict[roi.Basis, roi.Line] = {
        "time": roi.TimeSaved(
            "Repairs", 40, sure, sure, sure, roi.attribution(rung_of_time), minutes=sure
        ),
        "outcome": roi.OutcomesGained("Repairs", 40, sure, sure, roi.attribution("E5")),
        "measured": roi.GainMeasured("Repairs", 40, sure, sure, roi.attribution("E2")),
    }
    return Way("Repairs", None, tuple(lines[basis] for basis in bases), None, chosen)


def test_the_best_rung_of_evidence_counts_until_the_owner_chooses() -> None:
    assert ways("time", "outcome", "measured").basis == "measured"
    # On one rung a gain in outcomes counts, for it is there already.
    assert ways("time", "outcome").basis == "outcome"
    # Time saved that an experiment found stands above a difference-in-differences.
    assert ways("time", "measured", rung_of_time="E1").basis == "time"
    assert ways().line is None


def test_what_the_owner_chooses_counts_and_all_else_is_left_aside() -> None:
    chosen = Chosen("time", "Ada", date(2026, 1, 1), "it was timed")
    way = ways("time", "outcome", "measured", chosen=chosen)
    assert way.line is not None
    assert way.line.basis == "time"
    assert [line.basis for line in way.aside] == ["outcome", "measured"]
    # What is chosen and not there is replaced by nothing.
    absent = ways("outcome", chosen=chosen)
    assert absent.line is None
    assert absent.bases == {"outcome", "time"}


def test_a_choice_is_of_a_workflow_and_of_a_basis_that_is_known() -> None:
    rows = [
        row("value_basis", 1, workflow="Repairs", unit="measured"),
        row("value_basis", 1, workflow="Reviews", unit="luck"),
        row("value_basis", 1, unit="time"),
        row("value_basis", 1, company="Other", workflow="Answers", unit="time"),
    ]
    chosen = believed.believed(rows, "Acme").chosen
    assert chosen == {"repairs": Chosen("measured", "Ada", date(2026, 1, 1), "a trial")}
    assert set(believed.BASES) == set(BASES)


# ---- where freed time went -----------------------------------------------------------------------


def test_freed_time_is_told_as_hours_and_the_rest_as_not_said() -> None:
    held = believed.believed([row("reinvested_quality_share", 0.6)], "Acme")
    sure = {name: roi.Assumption(name, value, value, value) for name, value in _SURE.items()}
    line = roi.TimeSaved(None, 60, **sure)
    found = roi.returns(roi.Case(months=1, lines=(line,), cost=roi.Cost(100, 0)))
    assert isinstance(found, roi.Returns)
    # 60 days × 60 minutes × (1 − 0.5) × 0.5 × 1 = 15 hours.
    table = reinvested.table(held, found, "October 2026")
    assert isinstance(table, Table)
    assert table.rows.select("Into", "Share", "Hours, of P50").rows() == [
        ("Quality and review", "60 %", "9.0"),
        ("Not said", "40 %", "6.0"),
    ]
    sentence = reinvested.sentence(held, found, US_DOLLARS)
    assert sentence is not None
    assert sentence.text == (
        "15 hours became value at P50: as the owner says, they went 60 % into quality and review; "
        "where 40 % went nobody has said."
    )
    # What a case that saves no time leaves is nothing to tell.
    assert reinvested.sentence(held, None, US_DOLLARS) is None


_SURE = {
    **{"minutes": 60.0, "wage": 50.0, "rework": 0.5},
    **{"realisation": 0.5, "attribution": 1.0},
}


def test_only_the_worth_of_hours_no_longer_paid_is_said_to_show_in_the_accounts() -> None:
    held = believed.believed([row("reinvested_fewer_hours_share", 0.2)], "Acme")
    sure = {name: roi.Assumption(name, value, value, value) for name, value in _SURE.items()}
    line = roi.TimeSaved(None, 60, **sure)
    found = roi.returns(roi.Case(months=1, lines=(line,), cost=roi.Cost(100, 0)))
    assert isinstance(found, roi.Returns)
    sentence = reinvested.sentence(held, found, US_DOLLARS)
    assert sentence is not None
    # 15 hours at 50 USD are worth 750 USD, a fifth of which went into hours no longer paid.
    assert sentence.text.endswith(
        "Only the worth of fewer hours or hires avoided, 150 USD at P50, can show in the accounts."
    )


def test_more_than_all_of_freed_time_is_refused_in_words() -> None:
    rows = [row("reinvested_quality_share", 0.6), row("reinvested_learning_share", 0.4)]
    held = believed.believed(rows, "Acme")
    offered = Offered("Acme", date(2026, 1, 1), held)
    assert offered.why_not("reinvested_learning_share", 0.4, 0.4, 0.4) is None
    assert "add up to 110 %" in (offered.why_not("reinvested_learning_share", 0, 0.5, 0.6) or "")
    assert "add up to 110 %" in (offered.why_not("reinvested_other_work_share", 0, 0.1, 0.1) or "")
    # Other shares are of something else.
    assert offered.why_not("rework", 0.9, 0.9, 0.9) is None
    brought = believed.believed([*rows, row("reinvested_other_work_share", 0.2)], "Acme")
    table = reinvested.table(brought, None, "October 2026")
    assert isinstance(table, Hidden)
    assert "add up to 120 %" in table.reason
    assert reinvested.sentence(brought, None, US_DOLLARS) is None
    nothing = reinvested.table(believed.believed([], "Acme"), None, "October 2026")
    assert isinstance(nothing, Hidden)
    assert nothing.reason.startswith("Nobody has said where it went")


# ---- several companies ---------------------------------------------------------------------------


def _of(company: str, minutes: float | None) -> Subject:
    """Return a company that spent 100 USD on 10 days, which pay from so many minutes."""
    held = [row("wage_usd_per_hour", 60), row("rework", 0), row("realisation", 1)]
    held.append(row("attribution", 1))
    if minutes is not None:
        held.append(row("minutes_saved_per_active_day", minutes))
    spent = Spent(1, 100.0, 0.0, 0.0, 10.0, 5.0, 1.0, 1.0)
    return Subject(company, spent, None, {"2026-10": spent}, believed.believed(held, "Acme"))


def test_what_it_takes_is_set_against_what_each_company_assumes() -> None:
    """“It pays for itself in 4 of 6 companies” counted those where it does not."""
    subjects = (_of("Acme", 20), _of("Bolt", 8), _of("Crate", None))
    # 60 × 100 ÷ (10 × 60) = 10 minutes.
    assert several.title(SimpleNamespace(subjects=subjects)) == (  # type: ignore[arg-type]
        "It takes 10 minutes saved per active day to pay for itself in 3 of 3 companies; "
        "1 assumes that much, 1 assumes less and 1 assumes nothing yet"
    )
