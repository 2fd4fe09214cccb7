"""What the Data page says of the work behind the use, on stores worked out by hand."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leverage import words
from leverage.figures import trial
from leverage.figures.work import Work, rules_of, work
from leverage.rules import Rule
from leverage.store import changes
from leverage.store.trial import Amount, Move, Trial
from tests import stores
from tests.support import Desk, gateway, gateway_row


def told(desk: Desk, company: str | None = "Acme") -> Work:
    found = work(desk.asker(), company)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def one_month(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of tests/stores.py with October alone, which no test may change."""
    return Desk(stores.shared(tmp_path_factory, "one_month", stores.one_month))


def test_without_use_there_is_nothing_to_say(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    changes.describe_company(desk.store, "Acme", "tester")
    assert work(desk.asker(), None) is None


def test_before_any_rule_all_of_it_is_unassigned(one_month: Desk) -> None:
    found = told(one_month)
    assert (
        found.finding == "100 % of tokens and 100 % of cost of October 2026 belong to no workflow"
    )
    assert found.beside == (
        "No workload class: 100 % of tokens and 100 % of cost",
        "No level of autonomy: 100 % of tokens and 100 % of cost",
        "No role family: unknown, because no roster or headcount is loaded",
    )
    (row,) = found.workflows.to_dicts()
    assert (row["Workflow"], row["Workload class"], row["Autonomy"]) == (
        "Unassigned",
        "Unassigned",
        "unknown",
    )
    # 15 rows of 2000 + 5 × 200 price-weighted tokens at 1.50 USD.
    assert (row["Tokens"], row["Share of tokens"], row["Cost"]) == ("45 k", "100 %", "22.50 USD")
    assert all(rules.is_empty() for rules in found.rules.values())


def test_the_rules_of_a_subject_stand_with_what_they_catch(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = Desk(stores.shared(tmp_path_factory, "two_months", stores.two_months))
    desk = made.copy(tmp_path)
    decided = [
        Rule("Acme", "workflow", "model", "gpt*", "Chat", 1),
        Rule("Acme", "workflow", "model", "gpt-5", "Never"),
        Rule("Acme", "autonomy", "workflow", "Chat", "1"),
        Rule("Acme", "role_family", "role", "Sales", "Sellers"),
    ]
    changes.decide(desk.store, decided, "Ada")
    found = told(desk)
    assert found.finding == "All use of September to October 2026 belongs to a workflow"
    # 14 people stand in the roster, 8 of them in Engineering.
    assert found.beside[1:] == (
        "No level of autonomy: 0 % of tokens and 0 % of cost",
        "No role family: 57 % of 14 employees",
    )
    # 22.5 k weighted tokens in September and 45 k in October.
    assert found.rules["workflow"].rows() == [
        ("1", "model", "gpt*", "Chat", "67.5 k tokens", "Ada"),
        (None, "model", "gpt-5", "Never", "nothing", "Ada"),
    ]
    assert found.rules["role_family"].rows() == [
        (None, "role", "Sales", "Sellers", "6 people", "Ada")
    ]
    assert found.candidates["workload_class"].rows() == [
        ("Workflow", "Chat", "67.5 k", "37.50 USD")
    ]
    assert found.candidates["role_family"].rows() == [
        ("Department", "Engineering", "8"),
        ("Role", "Engineering", "8"),
    ]


def test_another_company_is_told_apart_only_where_none_is_chosen(
    one_month: Desk, tmp_path: Path
) -> None:
    desk = one_month.copy(tmp_path)
    desk.load(gateway([gateway_row("2026-10-31", spend="2.5")]), company="Beta")
    assert told(desk, None).workflows["Company"].to_list() == ["Acme", "Beta"]
    assert "Company" not in told(desk, "Beta").workflows.columns
    assert told(desk, "Beta").workflows["Cost"].to_list() == ["2.50 USD"]


def test_an_edited_table_gives_its_rules_and_leaves_empty_rows_out() -> None:
    rows = pl.DataFrame(
        {
            "priority": ["1", None, None],
            "field": ["tags", "kind", "model"],
            "pattern": ["a*", None, None],
            "result": ["A", "", "B"],
            "catches": ["nothing", None, None],
        }
    )
    assert rules_of(rows, "Acme", "workflow") == [
        Rule("Acme", "workflow", "tags", "a*", "A", 1),
        Rule("Acme", "workflow", "model", "", "B", None),
    ]


def tried(*moves: Move, subject: str = "workflow", **told: Any) -> Trial:
    """Return a trial of one rule over 10 rows that hold tokens and no cost."""
    everything = Amount(rows=10, months=2, tokens=4000.0, cost_usd=None)
    usual: dict[str, Any] = {"employees": None, "employees_moved": None, **told}
    return Trial(1, (subject,), moves, everything, **usual)


def test_what_would_move_is_said_with_the_amounts_that_are_known_and_no_others() -> None:
    some = Amount(rows=1, months=1, tokens=1000.0, cost_usd=None)
    none = Amount(rows=1, months=1, tokens=None, cost_usd=None)
    moves = [
        Move("workflow", None, None, some),
        Move("autonomy", None, None, none),
        Move("autonomy", "2", "unassigned", none),
        Move("workflow", "unassigned", "Claims", some),
    ]
    assert trial.sentences(tried(*moves)) == [
        "1 row of use in 1 month, with 1 k price-weighted tokens (25 % of all), would get "
        "another workflow",
        "1 row of use in 1 month would get another level of autonomy",
    ]
    assert trial.moves(tried(*moves)).rows() == [
        ("Workflow", "Unassigned", "Claims", "1", "1", "1 k (25 %)", words.DASH),
        ("Autonomy", "2", "Unknown", "1", "1", words.DASH, words.DASH),
    ]
    assert trial.sentences(tried()) == ["No use would get another workflow"]


@pytest.mark.parametrize(
    ("employees", "moved", "expected"),
    [
        (20, 5, "5 of 20 employees (25 %) would get another role family"),
        (20, 0, "No employee would get another role family"),
        (
            20,
            None,
            "How many employees would get another role family is not told, because fewer than 5 "
            "would, or would not",
        ),
        (
            None,
            0,
            "No roster or headcount is loaded, so nobody would get another role family",
        ),
    ],
)
def test_people_who_would_move_are_said_as_a_number_alone(
    employees: float | None, moved: float | None, expected: str
) -> None:
    found = tried(subject="role_family", employees=employees, employees_moved=moved)
    assert trial.sentences(found) == [expected]
