"""Outcomes count once, for whom they were counted, and stand beside the use of the same people."""

import pytest

from leverage.ask import Asker
from leverage.view import View
from tests import stores
from tests.support import Desk

OUTCOMES = """month,scope,workflow,metric,value,n
2026-10,Engineering,Releases,completed,200,
2026-10,Engineering,Releases,accepted,190,
2026-10,Engineering,Releases,needs_review,200,
2026-10,Engineering,Releases,reviewed,150,
2026-10,Engineering,Releases,reviewers,5,
2026-10,Engineering,Releases,escaped_defects,3,
2026-10,Engineering,,completed,100,
2026-10,Engineering,,accepted,60,
2026-10,Sales,,accepted,40,
2026-10,Sales,,needs_review,50,
2026-10,Sales,,reviewed,50,
2026-10,Sales,,reviewers,2,
2026-10,Sales,,tickets,30,
2026-10,Sales North,,tickets,10,
2026-10,Sales South,,tickets,20,
2026-10,Engineering North,,tickets,7,
2026-10,,,incidents,9,
2026-10,,,reworked,12,
2026-10,Engineering,,reworked,6,
2026-10,Engineering,,incidents,5,
2026-10,Board,,incidents,1,
2026-10,Sales North,,resolution_hours,10,1
2026-10,Sales South,,resolution_hours,22,3
"""
OCTOBER = View(months=("2026-10", "2026-10"))


@pytest.fixture(scope="module")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of two months."""
    return Desk(stores.shared(tmp_path_factory, "two_months", stores.two_months))


@pytest.fixture(scope="module")
def asker(two_months: Desk, tmp_path_factory: pytest.TempPathFactory) -> Asker:
    """Return the store of two months with outcomes beside it."""
    desk = two_months.copy(tmp_path_factory.mktemp("outcomes"))
    desk.load(OUTCOMES)
    return desk.asker()


def told(asker: Asker, metric: str) -> dict[str | None, tuple[float, float | None]]:
    """Return value and value per employee of an outcome by its scope."""
    rows = asker.ask("outcomes_by_month", OCTOBER).frame.filter(metric=metric)
    return {
        scope: (value, per_employee)
        for scope, value, per_employee in rows.select(
            "scope", "value", "value_per_employee"
        ).iter_rows()
    }


def test_teams_count_for_a_department_only_where_it_handed_in_nothing_as_a_whole(
    asker: Asker,
) -> None:
    # Sales said 30 itself; Engineering's 7 come from its team. 8 and 12 employees, 20 in all.
    assert told(asker, "tickets") == {
        None: (37, 37 / 20),
        "Sales": (30, 30 / 8),
        "Engineering": (7, 7 / 12),
        "Sales North": (10, None),
        "Sales South": (20, None),
        "Engineering North": (7, None),
    }


def test_departments_count_for_the_company_only_where_it_handed_in_nothing_as_a_whole(
    asker: Asker,
) -> None:
    found = told(asker, "incidents")
    assert found[None] == (9, 9 / 20)
    assert found["Board"] == (1, None)  # no department has that name


def test_a_mean_of_hours_is_one_over_the_cases_it_rests_on(asker: Asker) -> None:
    # One case of 10 hours and three of 22: 76 hours over four cases.
    assert told(asker, "resolution_hours")["Sales"] == (19, None)
    assert told(asker, "resolution_hours")[None] == (19, None)


def test_oversight_is_of_what_was_counted(asker: Asker) -> None:
    (this,) = asker.ask("oversight", OCTOBER).frame.filter(period="this").to_dicts()
    # 200 of 250 reviewed by 7 people on 22 weekdays; 3 defects in 190 + 60 accepted of Engineering,
    # without the 40 of Sales, which counts none.
    assert this["oversight_coverage"] == pytest.approx(200 / 250)
    assert this["review_load"] == pytest.approx(250 / (7 * 22))
    assert this["escape_rate"] == pytest.approx(3 / 250)


def test_a_department_that_is_filtered_counts_also_where_the_company_handed_in_one_number(
    asker: Asker,
) -> None:
    view = View(months=OCTOBER.months, department=("Engineering",))
    (this,) = asker.ask("oversight", view).frame.filter(period="this").to_dicts()
    assert this["rework_rate"] == pytest.approx(6 / 300)


def test_the_load_of_fewer_than_five_reviewers_is_not_told(asker: Asker) -> None:
    rows = asker.ask("oversight_by_department", OCTOBER).frame.filter(period="this").to_dicts()
    loads = {row["department"]: row["review_load"] for row in rows}
    assert loads == {"Engineering": pytest.approx(200 / (5 * 22)), "Sales": None}
    under_filter = asker.ask("oversight", View(months=OCTOBER.months, department=("Sales",)))
    (this,) = under_filter.frame.filter(period="this").to_dicts()
    assert this["review_load"] is None
    assert this["oversight_coverage"] == 1


def test_use_and_outcomes_of_a_department_stand_in_one_row(asker: Asker) -> None:
    rows = asker.ask("team_months", OCTOBER).frame.to_dicts()
    found = {row["department"]: row for row in rows}
    # Nine rows of 3,000 price-weighted tokens for 12 employees; 250 accepted.
    assert found["Engineering"]["tokens_per_employee"] == pytest.approx(9 * 3000 / 12)
    assert found["Engineering"]["accepted_per_employee"] == pytest.approx(250 / 12)
    assert found["Sales"]["tokens_per_employee"] == pytest.approx(6 * 3000 / 8)


def test_what_was_not_reviewed_cannot_pass(asker: Asker) -> None:
    (releases,) = asker.ask("autonomy_ladder", OCTOBER).frame.to_dicts()
    assert (releases["workflow"], releases["autonomy"]) == ("Releases", None)
    # 190 are said to be accepted and 150 were reviewed.
    assert releases["accepted"] == 150
    assert releases["accept_share"] == pytest.approx(150 / 200)


def test_a_mean_says_its_cases_where_they_were_counted_and_its_workflow_where_all_name_it(
    two_months: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk = two_months.copy(tmp_path_factory.mktemp("cases"))
    desk.load(
        "month,scope,workflow,metric,value,n\n"
        "2026-10,Sales North,Answers,resolution_hours,10,1\n"
        "2026-10,Sales South,answers,resolution_hours,22,3\n"
        "2026-10,Engineering North,,resolution_hours,8,\n"
        "2026-10,Sales,,tickets,30,\n"
    )
    rows = desk.asker().ask("outcomes_by_month", OCTOBER).frame
    found = {(row["metric"], row["scope"]): row for row in rows.iter_rows(named=True)}
    assert found["resolution_hours", "Sales"]["cases"] == 4
    assert found["resolution_hours", "Sales"]["workflow"] in ("Answers", "answers")
    # One row without its cases, and without a workflow.
    assert found["resolution_hours", None]["cases"] is None
    assert found["resolution_hours", None]["workflow"] is None
    assert found["tickets", "Sales"]["cases"] is None
