"""Rules that say which work use belongs to: which one fires, what it moves, and what it may not.

The use of every month here, worked out by hand. Tokens are raw: input + output.

| workspace | key | input | output | tokens |
|---|---|---|---|---|
| Claims | claims-bot | 1000 | 100 | 1100 |
| Care notes | notes-bot | 2000 | 200 | 2200 |
| Care calls | calls-bot | 3000 | 300 | 3300 |
| (none) | scratch | 400 | 0 | 400 |
| all | | 6400 | 600 | 7000 |
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from deltalake import write_deltalake

from leverage import database
from leverage.ask import WORK_OF_NOBODY
from leverage.errors import ChangeRefused
from leverage.rules import Rule
from leverage.store import changes, trial
from leverage.store.marts import WORK_MARTS
from leverage.store.trial import Trial
from leverage.view import View
from tests import stores
from tests.support import Desk, gateway, gateway_row, roster

HEADER = (
    "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,"
    "usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"
    "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,"
    "web_search_count,inference_geo,speed"
)
USE = (
    ("claims-bot", "Claims", 1000, 100),
    ("notes-bot", "Care notes", 2000, 200),
    ("calls-bot", "Care calls", 3000, 300),
    ("scratch", "", 400, 0),
)
JULY = View(months=("2026-07", "2026-07"), compare="none", tokens="raw")
BOTH = View(months=("2026-06", "2026-07"), compare="none")
ADDING = (
    "input_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "output_tokens",
    "requests",
    "messages",
    "billed_cost_usd",
    "estimated_cost_usd",
    "purchase_cost_usd",
    "list_cost_usd",
    "gross_cost_usd",
)


def export(month: str) -> str:
    """Return the export of one month with the use of the table above, on its first day."""
    rows = [
        f"{month}-01,claude-invented-1,{key},{workspace},standard,,{sent},0,0,0,{got},0,,"
        for key, workspace, sent, got in USE
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def rule(
    subject: str, field: str, pattern: str, result: str | None, priority: int | None = None
) -> Rule:
    """Return a rule of Acme."""
    return Rule("Acme", subject, field, pattern, result, priority)


def workflow(pattern: str, result: str | None, priority: int | None = None) -> Rule:
    """Return a rule that looks at the workspace."""
    return rule("workflow", "workspace", pattern, result, priority)


def decide(desk: Desk, *rules: Rule) -> int | None:
    """Decide rules as Ada."""
    return changes.decide(desk.store, rules, "Ada")


def asked(desk: Desk, question: str, view: View = JULY, number: int | None = None) -> list[Any]:
    """Return the rows of an answer."""
    return desk.asker(number).ask(question, view).frame.to_dicts()


def tokens(desk: Desk, number: int | None = None) -> dict[str, float]:
    """Return the tokens of each workflow in July."""
    found: dict[str, float] = {}
    for row in asked(desk, "workflows", number=number):
        found[row["workflow"]] = found.get(row["workflow"], 0) + row["tokens"]
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a store that holds June and July: versions 1 and 2. No test may change it."""
    desk = Desk(tmp_path_factory.mktemp("made"))
    desk.load(export("2026-06"))
    desk.load(export("2026-07"))
    return desk


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Desk:
    """Return a copy of it, to decide in."""
    return made.copy(tmp_path)


@pytest.fixture(scope="module")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of tests/stores.py with two whole months, which no test may change."""
    return Desk(stores.shared(tmp_path_factory, "two_months", stores.two_months))


# ---- which rule fires --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "pattern", "matches"),
    [
        ("Care notes", "Care notes", True),
        ("Care notes", "care NOTES", True),
        ("Care notes", "Care", False),
        ("Care notes", "*notes", True),
        ("Care notes", "*are*", True),
        ("Care notes", "Care?notes", True),
        ("Care notes", "Care?", False),
        ("50 %", "50 %", True),
        ("50 x", "50 %", False),
        ("a_b", "a_b", True),
        ("axb", "a_b", False),
        ("[bot] x", "[bot]*", True),
        ("b x", "[bot]*", False),
        ("a\\b", "a\\b", True),
        ("Überlauf", "über*", True),
        ("", "*", True),
        (None, "*", None),
    ],
)
def test_a_pattern_is_the_text_itself_but_for_stars_and_question_marks(
    value: str | None, pattern: str, matches: bool | None
) -> None:
    with database.workspace() as con:
        found = con.execute("select matches_rule($1, $2)", [value, pattern]).fetchall()
    assert found == [(matches,)]


def test_use_that_no_rule_catches_is_unassigned(desk: Desk) -> None:
    assert tokens(desk) == {"unassigned": 7000}
    decide(desk, workflow("Claims", "Claims handling"))
    assert tokens(desk) == {"Claims handling": 1100, "unassigned": 5900}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        # The lower number wins, whatever the patterns.
        ([workflow("Care*", "Care", 1), workflow("Care notes", "Notes", 2)], {"Care": 5500}),
        # Of equal numbers the longer pattern wins.
        (
            [workflow("Care*", "Care", 5), workflow("Care notes", "Notes", 5)],
            {"Care": 3300, "Notes": 2200},
        ),
        # Without numbers as well.
        (
            [workflow("Care*", "Care"), workflow("Care notes", "Notes")],
            {"Care": 3300, "Notes": 2200},
        ),
        # A number comes before none.
        ([workflow("Care*", "Care", 99), workflow("Care notes", "Notes")], {"Care": 5500}),
        # Equal length: the first by alphabet, "*Care*" before "Care??*".
        ([workflow("Care *", "B"), workflow("*Care*", "A")], {"A": 5500}),
        # Whatever the field: of a key and a workspace the lower number wins.
        (
            [
                rule("workflow", "key_name", "notes-bot", "Notes", 2),
                rule("workflow", "service", "calls-bot", "Calls", 0),
                workflow("Care*", "Care", 1),
            ],
            {"Care": 2200, "Calls": 3300},
        ),
    ],
    ids=["lower number", "longer pattern", "no numbers", "number first", "alphabet", "fields"],
)
def test_of_the_rules_that_match_one_fires(
    desk: Desk, rules: list[Rule], expected: dict[str, float]
) -> None:
    decide(desk, *rules)
    found = tokens(desk)
    assert found.pop("unassigned") == 7000 - sum(expected.values())
    assert found == expected


def test_the_rule_that_fired_is_kept(desk: Desk) -> None:
    decide(
        desk,
        workflow("Care*", "Care", 1),
        rule("workload_class", "workflow", "care", "summarisation", 2),
        rule("workload_class", "service", "calls*", "mediation", 1),
    )
    rows = {
        (row["workflow"], row["workload_class"]): (
            row["tokens"],
            row["workflow_rules"],
            row["class_rules"],
        )
        for row in asked(desk, "workflows")
    }
    assert rows == {
        ("Care", "mediation"): (3300, "workspace = Care*", "service = calls*"),
        ("Care", "summarisation"): (2200, "workspace = Care*", "workflow = care"),
        ("unassigned", "unassigned"): (1500, None, None),
    }


# ---- the filter by kind of work ----------------------------------------------------------------


@pytest.fixture
def classed(desk: Desk) -> Desk:
    """Return the store with two classes of work, and employees to set the use against."""
    desk.load("month,department,employees\n2026-06,Care,100\n2026-07,Care,100\n")
    decide(
        desk,
        rule("workload_class", "workspace", "Care*", "summarisation"),
        rule("workload_class", "workspace", "Claims", "decisioning"),
    )
    return desk


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        (("summarisation",), 5500),
        (("decisioning",), 1100),
        (("unassigned",), 400),
        (("decisioning", "unassigned"), 1500),
    ],
)
def test_a_filter_by_workload_lets_through_the_use_of_its_classes(
    classed: Desk, classes: tuple[str, ...], expected: int
) -> None:
    view = replace(JULY, workload=classes)
    (this,) = asked(classed, "headline", view)
    assert (this["tokens"], this["tokens_per_employee"]) == (expected, expected / 100)
    (by_vendor,) = [
        row for row in asked(classed, "tokens_by_vendor", view) if row["month"] == "2026-07"
    ]
    assert (by_vendor["vendor"], by_vendor["tokens"]) == ("Anthropic", expected)


def test_the_classes_of_work_add_up_to_all_use(classed: Desk) -> None:
    found = classed.asker().filter_values()["workload"]
    assert sorted(found) == ["decisioning", "summarisation", "unassigned"]
    parts = [asked(classed, "headline", replace(JULY, workload=(name,)))[0] for name in found]
    (whole,) = asked(classed, "headline")
    for name in ("tokens", "list_cost_usd", "full_cost_usd"):
        known = [part[name] for part in parts if part[name] is not None]
        assert sum(known) == (whole[name] or 0), name
    assert whole["tokens"] == sum(sent + got for _, _, sent, got in USE)


def test_a_filter_by_workload_counts_no_people_and_knows_no_owner(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    people = [f"p{i}@acme.example" for i in range(6)]
    desk.load(roster("2026-01-01", dict.fromkeys(people, "Sales")))
    desk.load(gateway([gateway_row("2026-07-06", who) for who in people]), account="gw")
    decide(desk, rule("workload_class", "model", "gpt-5", "generation"))
    (whole,) = asked(desk, "headline")
    assert (whole["active_people"], whole["known_owner_share"]) == (6, 1)
    view = replace(JULY, workload=("generation",))
    answer = desk.asker().ask("headline", view)
    (this,) = answer.frame.to_dicts()
    assert this["tokens"] == whole["tokens"]
    unknown = ("active_people", "active_share", "known_owner_share", "known_owner_share_at_least")
    assert [this[name] for name in unknown] == [None] * 4
    assert WORK_OF_NOBODY in answer.notes
    for question in ("use_by_unit", "breadth_by_group", "movers", "groups_compared"):
        told = desk.asker().ask(question, view)
        assert (told.frame.is_empty(), told.notes) == (True, (WORK_OF_NOBODY,)), question
    both = replace(view, department=("Sales",))
    assert desk.asker().ask("headline", both).frame["tokens"].drop_nulls().is_empty()


def test_rules_of_one_company_say_nothing_of_another(desk: Desk) -> None:
    changes.describe_company(desk.store, "Beta", "tester")
    desk.load(export("2026-07"), company="Beta")
    decide(desk, workflow("Care*", "Care"))
    rows = {(row["company"], row["workflow"]): row["tokens"] for row in asked(desk, "workflows")}
    assert rows == {
        ("Acme", "Care"): 5500,
        ("Acme", "unassigned"): 1500,
        ("Beta", "unassigned"): 7000,
    }


# ---- one change, the whole history -------------------------------------------------------------


def test_several_rules_are_one_change_and_hold_for_every_month(desk: Desk) -> None:
    assert decide(desk, workflow("Claims", "Claims"), workflow("Care*", "Care", 1)) == 3
    (row,) = desk.store.log().filter(pl.col("n") == 3).to_dicts()
    assert (row["action"], row["loaded_by"], row["company"]) == ("edit", "Ada", "Acme")
    assert row["summary"] == "changes 2 rules: 2 of workflow"
    held = (
        desk.table("workflow_month").group_by("month", "workflow").agg(pl.col("input_tokens").sum())
    )
    assert set(held.iter_rows()) == {
        (month, name, sent)
        for month in ("2026-06", "2026-07")
        for name, sent in (("Claims", 1000), ("Care", 5000), ("unassigned", 400))
    }
    kept = desk.table("rules").select("pattern", "result", "priority", "author").rows()
    assert sorted(kept) == [("Care*", "Care", 1, "Ada"), ("Claims", "Claims", None, "Ada")]
    assert desk.table("rules")["decided_at"].null_count() == 0


def test_a_rule_that_stands_already_makes_no_new_version(desk: Desk) -> None:
    decide(desk, workflow("Claims", "Claims", 3))
    assert decide(desk, workflow("Claims", "Claims", 3), workflow("Gone", None)) is None
    assert desk.store.newest() == 3
    assert decide(desk, workflow("Claims", "Claims", 4)) == 4


def test_a_rule_that_is_removed_lets_go_of_what_it_caught(desk: Desk) -> None:
    decide(desk, workflow("Care*", "Care"), workflow("Claims", "Claims"))
    assert decide(desk, workflow("Care*", None)) == 4
    assert tokens(desk) == {"Claims": 1100, "unassigned": 5900}
    assert desk.table("rules")["pattern"].to_list() == ["Claims"]
    assert desk.store.log()["summary"][-1] == "forgets workflow: workspace Care*"


def test_an_older_data_version_answers_by_the_rules_of_its_time(desk: Desk) -> None:
    decide(desk, workflow("Care*", "Care"))
    decide(desk, workflow("Care*", "Nursing"))
    assert tokens(desk, 2) == {"unassigned": 7000}
    assert tokens(desk, 3) == {"Care": 5500, "unassigned": 1500}
    assert tokens(desk, 4) == {"Nursing": 5500, "unassigned": 1500}
    (rule_then,) = asked(desk, "rule_list", number=3)
    assert (rule_then["result"], rule_then["tokens"]) == ("Care", 5500)


def test_what_is_loaded_later_follows_the_rules_and_so_does_what_an_undo_puts_back(
    desk: Desk,
) -> None:
    decide(desk, workflow("Care*", "Care"))
    desk.load(export("2026-07").replace(",3000,", ",9000,"))
    assert tokens(desk) == {"Care": 11500, "unassigned": 1500}
    changes.undo(desk.store, 4, "Ada")
    assert tokens(desk) == {"Care": 5500, "unassigned": 1500}
    changes.undo(desk.store, 2, "Ada")
    assert tokens(desk) == {}
    assert desk.table("workflow_month")["month"].unique().to_list() == ["2026-06"]


def test_remember_keeps_its_one_rule_with_its_priority(desk: Desk) -> None:
    given = ("Acme", "workflow", "workspace", "Claims", "Claims", "Ada")
    assert changes.remember(desk.store, *given, priority=7) == 3
    assert changes.remember(desk.store, *given, priority=7) is None
    assert desk.table("rules")["priority"].to_list() == [7]
    assert desk.store.log()["summary"][-1] == "remembers workflow: workspace Claims is Claims"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (rule("workflow", "colour", "x", "y"), "cannot look at “colour”"),
        (rule("workflow", "workflow", "x", "y"), "cannot look at “workflow”"),
        (rule("workflow", "workspace", "  ", "y"), "needs a pattern"),
        (rule("workflow", "workspace", "x", " "), "needs a result"),
        (rule("workload_class", "model", "x", "Unassigned"), "needs a result"),
        (rule("autonomy", "workflow", "x", "4"), "“4” is no level of autonomy"),
        (rule("role_family", "workspace", "x", "y"), "cannot look at “workspace”"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_nothing_is_stored(
    desk: Desk, bad: Rule, said: str
) -> None:
    with pytest.raises(ChangeRefused, match=said):
        decide(desk, workflow("Claims", "Claims"), bad)
    assert desk.store.newest() == 2
    assert desk.table("rules").is_empty()


# ---- what is left ------------------------------------------------------------------------------


def test_the_unassigned_share_is_what_the_rules_leave(desk: Desk) -> None:
    rows = [gateway_row("2026-07-02", f"p{i}@x.example", tokens=10, spend="2.5") for i in range(2)]
    desk.load(gateway(rows))
    # The gateway adds 2 × 11 tokens and the only cost there is, 5 USD.
    decide(
        desk,
        workflow("Care*", "Care"),
        rule("workload_class", "workspace", "Care notes", "summarisation"),
        rule("autonomy", "workflow", "CARE", "2"),
    )
    found = {row["subject"]: row for row in asked(desk, "unassigned")}
    assert found["workflow"]["tokens"] == 7022
    assert found["workflow"]["token_share"] == pytest.approx(1522 / 7022)
    assert found["workload_class"]["token_share"] == pytest.approx(4822 / 7022)
    assert found["autonomy"]["token_share"] == pytest.approx(1522 / 7022)
    assert found["workflow"]["cost_usd"] == 5
    assert found["workflow"]["cost_share"] == 1
    assert "role_family" not in found
    assigned = sum(
        row["token_share"] for row in asked(desk, "workflows") if row["workflow"] != "unassigned"
    )
    assert assigned == pytest.approx(1 - 1522 / 7022)


def test_the_level_of_autonomy_is_unknown_until_its_owner_sets_it(desk: Desk) -> None:
    decide(desk, workflow("Care*", "Care"), workflow("Claims", "Claims"))
    assert {row["autonomy"] for row in asked(desk, "workflows")} == {None}
    before = desk.table("workflow_month")
    decide(desk, rule("autonomy", "workflow", "Care", "0"))
    levels = {row["workflow"]: row["autonomy"] for row in asked(desk, "workflows")}
    assert levels == {"Care": 0, "Claims": None, "unassigned": None}
    assert desk.table("workflow_month").equals(before)


def test_the_sums_of_the_work_are_those_of_the_cube(two_months: Desk, tmp_path: Path) -> None:
    desk = two_months.copy(tmp_path)
    desk.load(export("2026-10"))
    golden = Path(__file__).parents[1] / "golden"
    desk.load(golden / "anthropic_cost" / "input.csv", account="other")
    desk.load(golden / "litellm_spend_logs" / "input.json", account="logs")
    decide(
        desk,
        workflow("Care*", "Care", 1),
        rule("workflow", "model", "gpt*", "Chat", 1),
        rule("workflow", "surface", "*", "Rest", 9),
        rule("workload_class", "vendor", "openai", "reasoning"),
    )
    for keys in (["month", "company", "vendor", "model"], ["month"]):
        cube, work = (
            desk.table(name)
            .group_by(keys)
            .agg(
                pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column)
                for column in ADDING
            )
            .sort(keys)
            for name in ("cube_month", "workflow_month")
        )
        assert work.equals(cube)
    assert desk.table("workflow_month")["workflow"].n_unique() > 2


def test_a_rule_that_catches_nothing_is_shown_as_such(desk: Desk) -> None:
    decide(
        desk,
        workflow("Care*", "Care", 1),
        workflow("Care notes", "Notes", 2),
        rule("autonomy", "workflow", "Care", "1"),
        rule("workload_class", "workflow", "Nothing", "reasoning"),
    )
    rows = {
        (row["subject"], row["pattern"]): (row["is_firing"], row["tokens"], row["author"])
        for row in asked(desk, "rule_list")
    }
    assert rows == {
        ("autonomy", "Care"): (True, 5500, "Ada"),
        ("workflow", "Care*"): (True, 5500, "Ada"),
        ("workflow", "Care notes"): (False, None, "Ada"),
        ("workload_class", "Nothing"): (False, None, "Ada"),
    }


def test_the_largest_values_without_a_rule_are_named_by_field(desk: Desk) -> None:
    decide(desk, workflow("Care calls", "Calls"))
    rows = {
        (row["subject"], row["field"], row["value"]): row["tokens"]
        for row in asked(desk, "rule_candidates")
    }
    assert rows == {
        ("autonomy", "workflow", "Calls"): 3300,
        ("workload_class", "workflow", "Calls"): 3300,
        ("workflow", "workspace", "Care notes"): 2200,
        ("workflow", "workspace", "Claims"): 1100,
        ("workflow", "service", "notes-bot"): 2200,
        ("workflow", "service", "claims-bot"): 1100,
        ("workflow", "service", "scratch"): 400,
        ("workflow", "key_name", "notes-bot"): 2200,
        ("workflow", "key_name", "claims-bot"): 1100,
        ("workflow", "key_name", "scratch"): 400,
        ("workflow", "account", "main"): 3700,
        ("workflow", "surface", "api"): 3700,
        ("workflow", "vendor", "Anthropic"): 3700,
        ("workflow", "model", "claude-invented-1"): 3700,
        ("workflow", "kind", "anthropic_tokens"): 3700,
    }


# ---- people ------------------------------------------------------------------------------------


def spend_logs(users: dict[str, str], key: str) -> str:
    """Return a LiteLLM export: one request of 100 + 1 tokens for each user, under a tag."""
    requests = [
        {
            "request_id": f"r-{number}",
            "spend": 0.5,
            "startTime": "2026-07-15T08:00:00Z",
            "model": "gpt-5",
            "model_group": "gpt-5",
            "custom_llm_provider": "openai",
            "api_key": f"key-{number}",
            "metadata": {"user_api_key_alias": key},
            "request_tags": [tag],
            "user": user,
            "prompt_tokens": 100,
            "completion_tokens": 1,
            "status": "success",
        }
        for number, (user, tag) in enumerate(users.items())
    ]
    return json.dumps(requests)


def test_no_rule_reaches_a_person_by_the_name_of_the_persons_key(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(spend_logs({"ana@x.example": "drafting"}, "ana-key"))
    assert desk.table("usage")["key_name"].to_list() == ["ana-key"]
    decide(
        desk,
        rule("workflow", "key_name", "ana*", "Ana"),
        rule("workflow", "service", "*", "A service"),
    )
    assert tokens(desk) == {"unassigned": 101}
    decide(desk, rule("workflow", "tags", "*drafting*", "Drafting"))
    assert tokens(desk) == {"Drafting": 101}


def test_a_value_that_few_people_share_is_not_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    few = {f"few{i}@x.example": "few-tag" for i in range(4)}
    many = {f"many{i}@x.example": "many-tag" for i in range(5)}
    desk.load(spend_logs(few | many, "key"))
    named = {row["value"] for row in asked(desk, "rule_candidates")}
    assert any("many-tag" in value for value in named)
    assert not any("few-tag" in value for value in named)


def test_a_filter_by_people_leaves_nothing_to_show(two_months: Desk, tmp_path: Path) -> None:
    desk = two_months.copy(tmp_path)
    decide(desk, rule("workflow", "model", "*", "All"), rule("role_family", "role", "*", "All"))
    view = View(months=("2026-10", "2026-10"), department=("Engineering",))
    for question in ("workflows", "unassigned", "rule_list", "rule_candidates"):
        assert asked(desk, question, view) == []


def test_role_families_are_counted_in_the_newest_roster_and_few_are_not_told(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    people = {f"e{i}@x.example": "Engineering" for i in range(8)}
    people |= {f"s{i}@x.example": "Sales" for i in range(6)}
    desk.load(roster("2026-01-01", people | {f"o{i}@x.example": "Old" for i in range(9)}))
    desk.load(roster("2026-07-01", people | {f"l{i}@x.example": "Legal" for i in range(3)}))
    desk.load(export("2026-07"))

    def share() -> tuple[Any, Any]:
        row = asked(desk, "unassigned")[-1]
        return row["employees"], row["employee_share"]

    assert share() == (17, 1)
    candidates = [row for row in asked(desk, "rule_candidates") if row["subject"] == "role_family"]
    assert {(row["field"], row["value"], row["employees"]) for row in candidates} == {
        (field, value, n)
        for field in ("role", "department")
        for value, n in (("Engineering", 8), ("Sales", 6))
    }
    decide(desk, rule("role_family", "role", "eng*", "Makers"))
    assert share() == (17, pytest.approx(9 / 17))
    decide(desk, rule("role_family", "department", "Legal", "Staff"))
    caught = {row["pattern"]: row["employees"] for row in asked(desk, "rule_list")}
    assert caught == {"eng*": 8, "Legal": None}
    decide(desk, rule("role_family", "role", "Sales", "Staff"))
    assert share() == (17, 0)
    decide(desk, rule("role_family", "department", "Legal", None))
    assert share() == (17, None)


def test_a_company_without_a_roster_is_counted_by_its_headcount(tmp_path: Path) -> None:
    desk = stores.one_month(tmp_path)
    desk.load(stores.HEADCOUNT)
    decide(desk, rule("role_family", "role", "Sales", "Sellers"))
    row = asked(desk, "unassigned", View(months=("2026-10", "2026-10")))[-1]
    assert (row["employees"], row["employee_share"]) == (20, pytest.approx(12 / 20))


# ---- before a rule is saved --------------------------------------------------------------------


def test_a_trial_says_what_the_rule_would_move_and_what_it_moves_once_saved(desk: Desk) -> None:
    decide(desk, workflow("Care*", "Care"), rule("workload_class", "workflow", "Talk", "mediation"))
    tried = [workflow("Care calls", "Talk"), rule("autonomy", "workflow", "Talk", "2")]
    found = trial.try_rules(desk.store, "Acme", tried)
    assert desk.store.newest() == 3
    assert desk.table("rules").height == 2, "nothing is stored"
    assert found is not None
    assert Trial.of_json(found.as_json()) == found
    assert found.everything.rows == desk.table("usage").height
    weighted = sum(row["tokens"] for row in asked(desk, "workflows", BOTH))
    assert found.everything.tokens == pytest.approx(weighted)
    ways = {(move.subject, move.before, move.after): move.amount for move in found.moves}
    assert ways.keys() == {
        ("workflow", None, None),
        ("workflow", "Care", "Talk"),
        ("workload_class", None, None),
        ("workload_class", "unassigned", "mediation"),
        ("autonomy", None, None),
        ("autonomy", "unassigned", "2"),
    }
    assert {(amount.rows, amount.months) for amount in ways.values()} == {(2, 2)}

    decide(desk, *tried)
    after = {row["workflow"]: row for row in asked(desk, "workflows", BOTH)}
    assert (after["Talk"]["workload_class"], after["Talk"]["autonomy"]) == ("mediation", 2)
    for amount in ways.values():
        assert amount.tokens == pytest.approx(after["Talk"]["tokens"])
    assert trial.try_rules(desk.store, "Acme", tried) is None


def test_a_trial_of_role_families_tells_no_number_below_five(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    people = {f"e{i}@x.example": "Engineering" for i in range(8)}
    desk.load(roster("2026-07-01", people | {f"l{i}@x.example": "Legal" for i in range(3)}))
    makers, staff = (
        rule("role_family", "role", role, family)
        for role, family in (("eng*", "Makers"), ("Legal", "Staff"))
    )

    def tried(*rules: Rule) -> tuple[float | None, float | None]:
        found = trial.try_rules(desk.store, "Acme", rules)
        assert found is not None
        assert found.moves == ()
        return found.employees, found.employees_moved

    assert tried(staff) == (11, None)
    assert tried(makers) == (11, None), "all but three"
    assert tried(makers, staff) == (11, 11)
    assert tried(rule("role_family", "role", "Nobody", "None of it")) == (11, 0)


# ---- stores of an older program ----------------------------------------------------------------


def test_rules_of_an_older_program_keep_working_and_can_be_changed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    old = {"company": "Acme", "subject": "service_owner", "field": "service"}
    held = pa.table(
        {name: [value] for name, value in old.items()}
        | {"pattern": ["notes-bot"], "result": ["Care"]}
    )
    shutil.rmtree(desk.store.root / "rules")
    write_deltalake(str(desk.store.root / "rules"), held)
    desk.load(export("2026-07"))
    (row,) = desk.table("rules").to_dicts()
    assert (row["result"], row["priority"], row["author"], row["decided_at"]) == ("Care",) + (
        None,
    ) * 3
    (cell,) = desk.table("cube_month").filter(pl.col("department") == "Care").to_dicts()
    assert cell["input_tokens"] == 2000
    decide(desk, workflow("Care*", "Care"))
    assert tokens(desk) == {"Care": 5500, "unassigned": 1500}
    assert desk.table("rules")["subject"].sort().to_list() == ["service_owner", "workflow"]
    with database.workspace(
        {"rules": desk.store.files("rules", desk.store.table_versions(1)["rules"])}
    ) as con:
        assert len(con.table("rules").pl()) == 1


def test_the_months_of_an_older_program_get_their_work_with_the_next_load(desk: Desk) -> None:
    root = desk.store.root
    # Its cube has a column that is no longer kept; its log names no tables of work.
    cube = desk.table("cube_month").with_columns(workflow=pl.lit("unassigned"))
    versions = {**desk.store.table_versions(2), "cube_month": 0}
    known = {name: n for name, n in versions.items() if name not in WORK_MARTS}
    log = desk.store.log().with_columns(table_versions=pl.lit(json.dumps(known)))
    for name in (*WORK_MARTS, "cube_month", "loads"):
        shutil.rmtree(root / name)
    write_deltalake(str(root / "cube_month"), cube.to_arrow(), partition_by=["month"])
    write_deltalake(str(root / "loads"), log.to_arrow())
    assert asked(desk, "workflows") == []
    desk.load(export("2026-08"))
    assert tokens(desk) == {"unassigned": 7000}
    months = ["2026-06", "2026-07", "2026-08"]
    for mart in ("cube_month", "workflow_month"):
        assert desk.table(mart)["month"].unique().sort().to_list() == months
