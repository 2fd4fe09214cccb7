"""Each rule just below and just above its floors, on facts written by hand."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from leverage import queries
from leverage.ask import WHOLE_ONLY, Answer, Window
from leverage.figures.alerts import RULES, Alerts, alerts, floors_of, floors_table, what_was_checked
from leverage.figures.leverage.policy import policy
from leverage.store import Pin
from leverage.view import View

OCTOBER = "2026-10"
COST = {"vendor": "OpenAI", "months_before": 6, "usual_cost_usd": 1000.0, "deviation_usd": 0.0}
BUDGET = {"vendor": None, "budget_usd": 500.0}
ADOPTION = {
    **{"employees": 200.0, "months_before": 3, "usual_active_people": 100.0},
    "usual_active_share": 0.5,
}
SEATS = {"vendor": "GitHub", "is_few": False}
WORK = {
    **{
        "completed": None,
        "rework_rate": None,
        "rework_months_before": 6,
        "completed_before": 6000.0,
    },
    **{"usual_rework_rate": 0.1, "needs_review": None, "oversight_coverage": None},
    **{"accepted": None, "escape_rate": None, "escape_months_before": 3, "accepted_before": 9000.0},
    "usual_escape_rate": 0.02,
}
HOURS = {"metric": "lead_time_hours", "cases": 30, "months_before": 4, "usual_hours": 10.0}
OWNERS = {"tokens": 5e6, "known_owner_share": None, "known_owner_share_at_least": None}


def told(
    rows: Mapping[str, list[dict[str, Any]]], view: View | None = None, month: str = OCTOBER
) -> Alerts:
    """Return the alerts of facts by question; what is not given has no rows."""
    day = date.fromisoformat(f"{month}-01")
    window = Window(month, month, day, day, False, None, None)

    def ask(question: str) -> Answer:
        given = [{"company": "Acme", "month": OCTOBER, **row} for row in rows.get(question, [])]
        frame = pl.DataFrame(given, infer_schema_length=None)
        query = queries.get("questions", question)
        return Answer(query, frame, Pin("abc", 7), window, view or View())

    return alerts(ask)


def cost(amount: str, **about: Any) -> dict[str, Any]:
    """Return a row of alert_costs."""
    return {**COST, "full_cost_usd": Decimal(amount), **about}


@pytest.mark.parametrize(
    ("question", "below", "above", "name"),
    [
        # A fifth of the median, where 100 USD are less.
        ("alert_costs", cost("1199.99"), cost("1200"), "cost_rise/OpenAI"),
        # 100 USD, where a fifth is less.
        (
            "alert_costs",
            cost("299.99", usual_cost_usd=200.0),
            cost("300", usual_cost_usd=200.0),
            "cost_rise/OpenAI",
        ),
        # 3.5 × 1.4826 × 100 = 518.91 above the median.
        (
            "alert_costs",
            cost("1518.9", deviation_usd=100.0),
            cost("1518.91", deviation_usd=100.0),
            "cost_rise/OpenAI",
        ),
        (
            "alert_costs",
            cost("5000", months_before=3),
            cost("5000", months_before=4),
            "cost_rise/OpenAI",
        ),
        (
            "alert_budgets",
            {**BUDGET, "full_cost_usd": Decimal(500)},
            {**BUDGET, "full_cost_usd": Decimal("500.01")},
            "over_budget",
        ),
        # Five points of the share, ten people: 0.5 − 0.45 is 0.05 to a person.
        (
            "alert_adoption",
            {**ADOPTION, "active_share": 0.4501, "active_people": 90},
            {**ADOPTION, "active_share": 0.45, "active_people": 90},
            "active_fall",
        ),
        (
            "alert_adoption",
            {**ADOPTION, "active_share": 0.4, "active_people": 91},
            {**ADOPTION, "active_share": 0.4, "active_people": 90},
            "active_fall",
        ),
        (
            "alert_adoption",
            {**ADOPTION, "active_share": 0.1, "active_people": 20, "months_before": 2},
            {**ADOPTION, "active_share": 0.1, "active_people": 20},
            "active_fall",
        ),
        (
            "alert_seats",
            {**SEATS, "seats": 20.0, "active_people": 12, "seat_use": 0.6},
            {**SEATS, "seats": 20.0, "active_people": 11, "seat_use": 0.55},
            "seats_idle/GitHub",
        ),
        (
            "alert_seats",
            {**SEATS, "seats": 19.0, "active_people": 5, "seat_use": 5 / 19},
            {**SEATS, "seats": 20.0, "active_people": 5, "seat_use": 5 / 20},
            "seats_idle/GitHub",
        ),
        (
            "alert_seats",
            {**SEATS, "seats": 19.0, "is_few": True, "active_people": None, "seat_use": None},
            {**SEATS, "seats": 20.0, "is_few": True, "active_people": None, "seat_use": None},
            "seats_idle/GitHub",
        ),
        (
            "alert_work",
            {**WORK, "completed": 9000.0, "rework_rate": 0.1199},
            {**WORK, "completed": 9000.0, "rework_rate": 0.12},
            "rework_rise",
        ),
        (
            "alert_work",
            {**WORK, "completed": 29.0, "rework_rate": 0.5},
            {**WORK, "completed": 30.0, "rework_rate": 0.5},
            "rework_rise",
        ),
        # 0.13 of 260 is 1.57 standard errors above 0.1 of 6000, 0.13 of 300 is 1.68.
        (
            "alert_work",
            {**WORK, "completed": 260.0, "rework_rate": 0.13},
            {**WORK, "completed": 300.0, "rework_rate": 0.13},
            "rework_rise",
        ),
        (
            "alert_hours",
            {**HOURS, "hours": 11.99},
            {**HOURS, "hours": 12.0},
            "slower/lead_time_hours",
        ),
        (
            "alert_hours",
            {**HOURS, "hours": 20.0, "cases": 29},
            {**HOURS, "hours": 20.0, "cases": 30},
            "slower/lead_time_hours",
        ),
        (
            "alert_hours",
            {**HOURS, "hours": 20.0, "months_before": 3},
            {**HOURS, "hours": 20.0},
            "slower/lead_time_hours",
        ),
        (
            "alert_work",
            {**WORK, "needs_review": 100.0, "oversight_coverage": 0.9},
            {**WORK, "needs_review": 100.0, "oversight_coverage": 0.89},
            "coverage_low",
        ),
        (
            "alert_work",
            {**WORK, "needs_review": 29.0, "oversight_coverage": 0.1},
            {**WORK, "needs_review": 30.0, "oversight_coverage": 0.1},
            "coverage_low",
        ),
        # 1.1 times 0.02, with so much work that chance plays no part.
        (
            "alert_work",
            {**WORK, "accepted": 9e6, "accepted_before": 3e7, "escape_rate": 0.022},
            {**WORK, "accepted": 9e6, "accepted_before": 3e7, "escape_rate": 0.02201},
            "escape_rise",
        ),
        (
            "alert_work",
            {**WORK, "accepted": 29.0, "escape_rate": 0.5},
            {**WORK, "accepted": 30.0, "escape_rate": 0.5},
            "escape_rise",
        ),
        # 0.03 of 500 is 1.53 standard errors above 0.02 of 9000, 0.03 of 600 is 1.67.
        (
            "alert_work",
            {**WORK, "accepted": 500.0, "escape_rate": 0.03},
            {**WORK, "accepted": 600.0, "escape_rate": 0.03},
            "escape_rise",
        ),
        (
            "alert_work",
            {**WORK, "accepted": 600.0, "escape_rate": 0.03, "escape_months_before": 2},
            {**WORK, "accepted": 600.0, "escape_rate": 0.03},
            "escape_rise",
        ),
        (
            "alert_owners",
            {**OWNERS, "known_owner_share": 0.8},
            {**OWNERS, "known_owner_share": 0.7999},
            "owners_unknown",
        ),
        (
            "alert_owners",
            {**OWNERS, "known_owner_share_at_least": 0.8},
            {**OWNERS, "known_owner_share_at_least": 0.75},
            "owners_unknown",
        ),
    ],
)
def test_a_rule_holds_at_its_floors_and_not_below(
    question: str, below: dict[str, Any], above: dict[str, Any], name: str
) -> None:
    assert told({question: [below]}).all == ()
    (alert,) = told({question: [above]}).open
    assert (alert.name, alert.id) == (name, f"Acme/{name}")
    assert (alert.state, alert.owner) == ("open", None)
    assert queries.get("metrics", alert.metric)
    assert alert.question == question


def test_what_is_unknown_gives_no_alert_and_is_named_as_unchecked() -> None:
    nothing = told({})
    assert (nothing.all, nothing.checked) == ((), ())
    assert len(nothing.unchecked) == len({rule.checks for rule in RULES})
    unknown = told(
        {
            "alert_work": [WORK],
            "alert_owners": [OWNERS],
            "alert_costs": [cost("9", months_before=0)],
        }
    )
    assert (unknown.all, unknown.checked) == ((), ())
    some = told({"alert_work": [{**WORK, "needs_review": 40.0, "oversight_coverage": 0.95}]})
    assert some.checked == ("oversight coverage",)
    assert what_was_checked(some)[0] == "Checked for October 2026: oversight coverage"


def test_an_alert_holds_since_the_first_month_of_its_unbroken_run() -> None:
    held = [cost("2000", month=month) for month in ("2026-06", "2026-08", "2026-09", OCTOBER)]
    calm = cost("1000", month="2026-07")
    (alert,) = told({"alert_costs": [*held, calm]}).open
    assert alert.since == "2026-08"
    (alert,) = told({"alert_costs": held}).open  # nothing is known of July
    assert alert.since == "2026-08"


def test_a_month_that_is_not_whole_gives_no_alert_and_names_whose_it_is() -> None:
    found = told({"alert_costs": [cost("2000")]}, month="2026-11")
    assert found.all == ()
    assert what_was_checked(found)[-1] == "Not checked, because November 2026 is not complete: Acme"


@pytest.mark.parametrize(
    "view", [View(vendor=("OpenAI",)), View(department=("Sales",)), View(model=("gpt-5",))]
)
def test_under_a_filter_inside_companies_nothing_is_told(view: View) -> None:
    found = told({"alert_costs": [cost("2000")]}, view)
    assert (found.all, found.hidden) == ((), WHOLE_ONLY)


@pytest.mark.parametrize(
    ("state", "month", "shown"),
    [
        ("open", "2026-09", "open"),
        ("accepted", "2026-09", "accepted"),
        ("done", OCTOBER, "done"),
        ("done", "2026-11", "done"),
        ("done", "2026-09", "open"),
    ],
)
def test_only_what_was_done_in_an_earlier_month_opens_again(
    state: str, month: str, shown: str
) -> None:
    decided = {
        **{"alert": "cost_rise/OpenAI", "month": month, "state": state, "owner": "Finance"},
        **{"note": None, "author": "Ada", "decided_at": datetime(2026, 11, 3)},
    }
    (alert,) = told({"alert_costs": [cost("2000")], "alert_states": [decided]}).all
    assert (alert.state, alert.owner) == (shown, "Finance")
    assert alert.was_done_in == ("2026-09" if (state, shown) == ("done", "open") else None)


def test_no_area_crowds_out_the_others() -> None:
    vendors = [cost("2000", vendor=name) for name in ("AWS", "Cursor", "GitHub")]
    found = told({"alert_costs": vendors, "alert_owners": [{**OWNERS, "known_owner_share": 0.1}]})
    assert [alert.area for alert in found.open] == ["Cost", "Oversight", "Cost", "Cost"]


def test_the_floors_of_oversight_are_those_of_the_zones() -> None:
    assert floors_of("coverage_low")["least_coverage"] == policy()["least_coverage"]
    assert floors_of("escape_rise")["most_ratio"] == policy()["most_escape_ratio"]


def test_every_floor_is_told_with_its_reason() -> None:
    table = floors_table()
    assert len(table) == sum(len(floors_of(rule.name)) for rule in RULES)
    assert all(len(why) > 10 for why in table["Why"])
    assert {"120 %", "100 USD", "5 points", "20"} <= set(table["Value"])
