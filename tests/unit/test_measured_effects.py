"""What was measured is put in money only where its size, its pieces and its worth are known."""

from typing import Any

import polars as pl
import pytest

from leverage import roi
from leverage.figures.effects import Intervention, effects
from leverage.figures.roi import believed
from leverage.figures.roi.measured import Measured, measured
from leverage.view import shift
from tests.unit.test_leverage_figures import MORE
from tests.unit.test_roi_figures import row

RUNBOOKS = Intervention("Acme", "2026-08", True, "Runbooks", "Support")
WINDOW = ("2026-09", "2026-10")
HOUR = row("worth_usd_per_hour_sooner", 200, workflow="Support")


def outcome(
    scope: str | None, department: str | None, month: str, value: float, **more: Any
) -> dict[str, Any]:
    """Return a row of a mean by month, of four cases."""
    return {
        **{"month": month, "company": "Acme", "scope": scope, "department": department},
        **{"metric": "mttr_hours", "workflow": None, "is_mean": True, "value": value},
        **{"cases": 4, "value_per_employee": None, **more},
    }


def rows(n_teams: int = 5, *, after: float = 6, others: float = 9, **more: Any) -> pl.DataFrame:
    """Return six months in which Support and Sales need 10 hours, and from August on less."""
    found = []
    for back in range(6):
        month = shift("2026-10", -back)
        is_after = month >= RUNBOOKS.month
        for department, then in (("Support", after), ("Sales", others)):
            value = then if is_after else 10.0
            found += [
                outcome(f"{department} {i}", department, month, value, **more)
                for i in range(n_teams)
            ]
            found.append(outcome(department, department, month, value, **{"cases": 20, **more}))
        found.append(outcome(None, None, month, 8.0 if is_after else 10.0, **more))
    return pl.DataFrame(found, schema=MORE["outcomes_by_month"])


def only(
    found: pl.DataFrame, *held: dict[str, Any], done: Intervention = RUNBOOKS
) -> tuple[Measured, roi.GainMeasured | None]:
    """Return the one effect there is, and its line."""
    (one,) = measured(found, [done], WINDOW, believed.believed(held or (HOUR,), "Acme"))
    return one, one.line


def test_pieces_in_view_times_hours_sooner_times_worth_times_the_weight_of_the_rung() -> None:
    one, line = only(rows())
    assert line is not None
    # 20 cases in each of two months × (10 − 6 − (10 − 9)) = 3 hours × 200 USD = 24,000 USD.
    assert (line.n, line.gain.mode, line.worth.mode) == (40, 3, 200)
    assert line.n * line.gain.mode * line.worth.mode == 24_000
    assert (one.effect.found.rung, line.attribution.mode, line.workflow) == ("E2", 0.9, "Support")


def test_less_is_better_of_hours_and_more_of_accepted_shares() -> None:
    _, slower = only(rows(after=12))
    assert slower is not None
    assert slower.gain.mode == -3
    worth = row("value_per_accepted_usd", 8, workflow="Support")
    shares = rows(after=0.9, others=0.7).with_columns(
        metric=pl.lit("accepted_share"),
        value=pl.when(pl.col("value") == 10).then(0.7).otherwise("value"),
    )
    _, line = only(shares, worth)
    assert line is not None
    assert line.gain.mode == pytest.approx(0.2)


def test_the_workflow_is_the_one_its_outcome_names() -> None:
    of_answers = row("worth_usd_per_hour_sooner", 100, workflow="answers")
    _, line = only(rows(workflow="Answers"), HOUR, of_answers)
    assert line is not None
    assert (line.workflow, line.worth.mode) == ("Answers", 100)


@pytest.mark.parametrize(
    ("found", "held", "why"),
    [
        (rows(n_teams=4), HOUR, "no, directional: fewer than 5 on a side"),
        (rows(cases=None), HOUR, "no, hand in n, the cases each mean rests on"),
        (rows(metric="billable_hours"), HOUR, "no, what one of it is worth cannot be stated here"),
        (rows(), row("rework", 0.1), "not yet, of 40 pieces: state under Assumptions, for Support"),
    ],
)
def test_what_is_not_put_in_money_says_why(
    found: pl.DataFrame, held: dict[str, Any], why: str
) -> None:
    one, line = only(found, held)
    assert line is None
    assert one.why_not.startswith(why)


def test_what_was_done_to_a_whole_company_belongs_to_no_workflow() -> None:
    everywhere = Intervention("Acme", "2026-08", True, "Runbooks", None)
    one, line = only(rows(), done=everywhere)
    assert line is None
    # Ten teams, five of them 4 hours sooner and five 1 hour: before and after, nobody beside them.
    assert (one.effect.found.rung, one.effect.found.effect) == ("E4", -2.5)
    assert one.why_not == "no, it is of the whole company, which every workflow is a part of"


def test_an_effect_whose_interval_holds_zero_says_so() -> None:
    noisy = rows(others=6).with_columns(
        value=pl.col("value")
        + pl.when(pl.col("scope") == "Support 0").then(pl.lit(0.5)).otherwise(0.0)
        * (pl.col("month") >= RUNBOOKS.month)
    )
    one, line = only(noisy)
    assert line is not None
    assert one.effect.holds_zero
    assert one.effect.told.endswith("not distinguishable from zero")


def test_months_before_it_was_done_have_no_piece_of_it() -> None:
    held = believed.believed([HOUR], "Acme")
    (one,) = measured(rows(), [RUNBOOKS], ("2026-06", "2026-07"), held)
    assert one.why_not == "no, no piece in view came after it"
    assert RUNBOOKS.first_month == "2026-08"
    later = Intervention("Acme", "2026-08", False, "Runbooks", "Support")
    assert later.first_month == "2026-09"


def a_year(
    begun: dict[str, str | None], *, company: str = "Acme", n_teams: int = 5, gain: float = 4
) -> pl.DataFrame:
    """Return a year in which every hour a month is 0.1 more, and less by the gain once begun."""
    found = []
    for place in range(12):
        month = shift("2026-10", place - 11)
        for department, first in begun.items():
            value = 10 + 0.1 * place - (gain if first is not None and month >= first else 0)
            for i in range(n_teams):
                found.append(outcome(f"{department} {i}", department, month, value + i))
            found.append(outcome(department, department, month, value, cases=20))
        found.append(outcome(None, None, month, 9.0))
    rows = [{**one, "company": company} for one in found]
    return pl.DataFrame(rows, schema=MORE["outcomes_by_month"])


def test_a_rollout_is_held_against_those_who_had_not_begun() -> None:
    begun = {"Support": "2026-04", "Sales": "2026-08", "Care": None}
    done = [
        Intervention("Acme", first, True, "Runbooks", department)
        for department, first in begun.items()
        if first is not None
    ]
    (effect,) = effects(a_year(begun), done)
    assert effect.found.effect == pytest.approx(-4)
    assert (effect.found.rung, effect.found.n_treated) == ("E2", 10)
    assert effect.design.startswith("staggered rollout, 10 against ")
    assert effect.of == "Support and Sales"
    # 20 cases a month of either department, of Sales from August on.
    assert effect.pieces(a_year(begun), ("2026-07", "2026-08")) == 60
    # A comparison with those who had begun long before would find no effect of the later start.
    one, line = only(a_year(begun), done=done[0])
    assert (one.effect.found.rung, line is not None) == ("E2", True)


def test_a_rollout_names_the_workflow_or_is_not_put_in_money() -> None:
    begun = {"Support": "2026-04", "Sales": "2026-08", "Care": None}
    done = [
        Intervention("Acme", str(begun[name]), True, "Runbooks", name)
        for name in ("Support", "Sales")
    ]
    (one,) = measured(a_year(begun), done, WINDOW, believed.believed((HOUR,), "Acme"))
    assert one.why_not == "no, it is of several departments: name the workflow in the outcomes"
    named = a_year(begun).with_columns(workflow=pl.lit("Support"))
    (one,) = measured(named, done, WINDOW, believed.believed((HOUR,), "Acme"))
    assert one.line is not None
    assert one.line.n == 80
    assert one.line.gain.mode == pytest.approx(4)


def test_where_nobody_was_left_out_the_most_alike_of_other_companies_are_compared() -> None:
    everywhere = Intervention("Acme", "2026-05", True, "Runbooks", None)
    own = a_year({"Support": "2026-05"})
    # Beta's teams fell by 1 hour in the same months; Gamma's are nothing like them.
    others = pl.concat(
        [
            a_year({"Care": "2026-05"}, company="Beta", gain=1),
            a_year({"Far": "2026-05"}, company="Gamma", gain=9).with_columns(
                value=pl.col("value") + 50
            ),
        ]
    )
    (effect,) = effects(pl.concat([own, others]), [everywhere])
    assert effect.found.effect == pytest.approx(-3)
    assert (effect.found.rung, effect.found.n_control) == ("E3", 5)
    assert effect.design.startswith("matched before-after, 5 against 5 teams of other companies")
    # Without anyone elsewhere it is before and after alone, and the month's rise stays in it.
    (alone,) = effects(own, [everywhere])
    assert (alone.found.rung, round(alone.found.effect, 2)) == ("E4", -3.4)


def test_what_was_done_in_a_company_out_of_view_is_no_effect_and_still_rules_it_out() -> None:
    everywhere = Intervention("Acme", "2026-05", True, "Runbooks", None)
    elsewhere = Intervention("Beta", "2026-06", True, "Another tool", "Care", is_in_view=False)
    rows = pl.concat(
        [a_year({"Support": "2026-05"}), a_year({"Care": "2026-06"}, company="Beta", gain=1)]
    )
    (effect,) = effects(rows, [everywhere, elsewhere])
    assert (effect.intervention.company, effect.found.rung) == ("Acme", "E4")


def test_a_company_in_which_something_else_was_done_is_no_match() -> None:
    everywhere = Intervention("Acme", "2026-05", True, "Runbooks", None)
    elsewhere = Intervention("Beta", "2026-06", True, "Another tool", "Care")
    rows = pl.concat(
        [a_year({"Support": "2026-05"}), a_year({"Care": "2026-06"}, company="Beta", gain=1)]
    )
    of_acme = [one for one in effects(rows, [everywhere, elsewhere]) if one.of != "Care"]
    assert [one.found.rung for one in of_acme] == ["E4"]
