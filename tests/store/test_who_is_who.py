"""Accounts that no roster names are suggested, confirmed and taken back; people stay hashed."""

from pathlib import Path

import polars as pl
import pytest

from leverage import engine
from leverage.store import changes
from leverage.store.key import Key, name_forms, person_in
from tests.support import Desk, gateway, gateway_row, github, github_row, roster

DAY = "2026-09-15"
PEOPLE = {
    "ana.keller@acme.example": "Sales",
    "bo.ode@acme.example": "Support",
    "cy@acme.example": "Support",
}
GENERATIONS = (
    "generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,"
    "tokens_cached,model_permaslug,variant,user,api_key_name,app_name"
)


def keyed(*names: str) -> str:
    """Return an OpenRouter export with one call of 100 tokens by each key; it names no user."""
    rows = [
        f"gen-{i},{DAY}T10:00:00Z,0.1,90,10,0,0,openai/gpt-5,standard,,{name},App"
        for i, name in enumerate(names)
    ]
    return "\n".join([GENERATIONS, *rows]) + "\n"


def owners(desk: Desk) -> list[tuple[str, str | None, int]]:
    """Return the fresh tokens of each owner and department: a call has 100."""
    rows = desk.table("cube_month").with_columns(n=pl.col("input_tokens") + pl.col("output_tokens"))
    sums = rows.group_by("owner", "department").agg(pl.col("n").sum())
    return sorted(sums.rows(), key=str)


def waiting(desk: Desk) -> list[tuple[str, str, bool, int]]:
    """Return what the server knows of matches: vendor, reason, whether confirmed, accounts."""
    rows = desk.asker().rows("who_may_it_be", {})
    return rows.select("vendor", "reason", "is_confirmed", "accounts").rows()


def departments(desk: Desk) -> list[str | None]:
    return desk.table("user_month").sort("department")["department"].to_list()


@pytest.mark.parametrize(
    ("alias", "local_part", "letters", "initial"),
    [
        ("Ana.Keller@acme.example", "ana.keller", "anakeller", "akeller"),
        ("mailto:ana_keller+ai@other.example", "ana_keller", "anakeller", "akeller"),
        ("ana-keller_acme", "ana-keller_acme", "anakeller", "akeller"),
        ("ana_keller", "ana_keller", "anakeller", "akeller"),
        ("akeller", "akeller", "akeller", None),
        ("al", None, None, None),
    ],
)
def test_a_name_is_known_again_in_the_ways_vendors_write_it(
    alias: str, local_part: str | None, letters: str | None, initial: str | None
) -> None:
    assert name_forms(alias) == {"local_part": local_part, "letters": letters, "initial": initial}


def test_a_form_is_never_taken_for_a_login_and_needs_the_key() -> None:
    key = Key(b"one")
    assert key.forms("cyd@acme.example")["local_part"] != key.pseudonym("cyd")
    assert key.forms("cyd@acme.example") == key.forms("CYD@other.example")
    assert key.forms("cyd@acme.example") != Key(b"two").forms("cyd@acme.example")


def test_the_same_name_at_another_domain_is_suggested_and_counts_once_confirmed(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row(DAY, "ana.keller@old.example")]))
    assert waiting(desk) == []
    desk.load(roster("2026-10-01", PEOPLE))
    assert waiting(desk) == [("OpenAI", "local_part", False, 1)]
    assert departments(desk) == [None], "a suggestion resolves nothing"

    number = changes.confirm_matches(desk.store, "Acme", "OpenAI", "local_part", "tester")
    assert number == 3
    assert departments(desk) == ["Sales"]
    assert waiting(desk) == [("OpenAI", "local_part", True, 1)]
    key = desk.store.key
    (person,) = desk.table("user_month")["person"].to_list()
    assert person == key.pseudonym("ana.keller@acme.example")
    last = desk.store.log().row(-1, named=True)
    assert (last["action"], last["summary"]) == (
        "edit",
        "confirms 1 account of OpenAI by local part",
    )

    desk.load(roster("2026-11-01", PEOPLE))
    desk.load(gateway([gateway_row("2026-09-16", "ana.keller@old.example")]))
    assert departments(desk) == ["Sales"], "no later roster replaces it"

    assert changes.take_back_matches(desk.store, "Acme", "OpenAI", "local_part", "tester") == 6
    assert departments(desk) == [None]
    assert waiting(desk) == [("OpenAI", "local_part", False, 1)]


def test_logins_are_held_against_letters_and_against_initial_and_surname(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    logins = ("ana-keller_acme", "bode", "cy", "somebody")
    desk.load(roster("2026-09-01", PEOPLE), github([github_row(DAY, login) for login in logins]))
    assert waiting(desk) == [("GitHub", "initial", False, 1), ("GitHub", "letters", False, 1)]
    key = desk.store.key
    assert changes.suggestions(desk.store, "Acme") == [
        ("GitHub", key.pseudonym("bode"), key.pseudonym("bo.ode@acme.example"), "initial"),
        (
            "GitHub",
            key.pseudonym("ana-keller_acme"),
            key.pseudonym("ana.keller@acme.example"),
            "letters",
        ),
    ], "two letters are too few, and a stranger is like nobody"


def test_a_name_that_two_people_share_is_no_suggestion(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        roster("2026-09-01", PEOPLE | {"ana.keller@sub.example": "Sales"}),
        gateway([gateway_row(DAY, "ana.keller@old.example")]),
    )
    assert waiting(desk) == []


def test_who_is_known_already_is_not_asked_about(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = roster("2026-09-01", PEOPLE).replace("2026-09-01,", "2026-09-01,ana.keller", 1)
    desk.load(text, github([github_row(DAY, "ana.keller"), github_row(DAY, "bo.ode")]))
    assert waiting(desk) == [("GitHub", "local_part", False, 1)]


def test_there_is_nothing_to_confirm_or_to_take_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(roster("2026-09-01", PEOPLE))
    for settle in (changes.confirm_matches, changes.take_back_matches):
        assert settle(desk.store, "Acme", "GitHub", "letters", "tester") is None
    assert desk.store.newest() == 1


def test_aliases_by_hand_hold_for_all_months_and_can_be_taken_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        roster("2026-10-01", PEOPLE),
        github([github_row(DAY, "night-owl"), github_row("2026-10-02", "night-owl")]),
    )
    assert departments(desk) == [None, None]
    desk.load("alias,person_email,effective_date\nNight-Owl,cy@acme.example,2026-11-01\n,x@y.z,\n")
    assert departments(desk) == ["Support", "Support"]
    assert "night-owl" not in str(desk.table("aliases").to_dicts())
    changes.undo(desk.store, 3, "tester")
    assert departments(desk) == [None, None]


def test_a_person_counts_in_the_department_of_each_month_under_any_alias(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        roster("2026-09-01", {"ana.keller@acme.example": "Sales"}),
        roster("2026-10-01", {"ana.keller@acme.example": "Support"}),
        github([github_row(DAY, "akeller"), github_row("2026-10-15", "akeller")]),
    )
    changes.confirm_matches(desk.store, "Acme", "GitHub", "initial", "tester")
    held = desk.table("user_month").select("month", "department").sort("month")
    assert held.rows() == [("2026-09", "Sales"), ("2026-10", "Support")]


def test_the_server_opens_no_table_that_says_who_is_who(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(roster("2026-09-01", PEOPLE), gateway([gateway_row(DAY, "ana.keller@old.example")]))
    for table in ("identities", "aliases", "actor_forms"):
        assert table not in engine.SERVED
        assert "keller" not in str(desk.table(table).to_dicts())
    server = engine.Engine()
    with server.cursor(desk.store, desk.store.newest()) as con:
        seen = {name for (name,) in con.execute("show tables").fetchall()}
    assert not seen & {"identities", "aliases", "actor_forms"}


@pytest.mark.parametrize(
    ("key_name", "person"),
    [
        ("ana.keller@acme.example laptop", "ana.keller@acme.example"),
        ("Laptop (Ana.Keller@acme.example)", "ana.keller@acme.example"),
        ("ana.keller@acme.example-macbook", "ana.keller@acme.example"),
        ("key:ana@sub-unit.acme.example/2", "ana@sub-unit.acme.example"),
        ("cy@acme.example and bo.ode@acme.example", None),
        ("akeller-dev", "akeller"),
        ("my-key-ana.keller-2", "ana.keller"),
        ("Ana Keller's MacBook", "ana keller"),
        ("dev key 3", None),
        ("claims-bot", "claims-bot"),
    ],
)
def test_the_name_of_a_key_holds_an_address_a_login_or_a_name(
    key_name: str, person: str | None
) -> None:
    assert person_in(key_name) == person


def test_an_address_in_a_keys_name_is_a_person_of_the_roster_and_is_not_stored(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.load(keyed("Ana.Keller@acme.example laptop", "bo.ode@other.example", "cy@acme.example-ci"))
    assert owners(desk) == [("service", None, 300)]
    desk.load(roster("2026-09-01", PEOPLE))
    assert owners(desk) == [
        ("person", "Sales", 100),
        ("person", "Support", 100),
        ("service", None, 100),
    ]
    key = desk.store.key
    people = desk.table("user_month")["person"].to_list()
    assert set(people) == {
        key.pseudonym("ana.keller@acme.example"),
        key.pseudonym("cy@acme.example"),
    }
    assert waiting(desk) == [("OpenRouter", "key_name", False, 1)], "the name at another domain"
    stored = str(desk.table("usage").to_dicts())
    assert "(address) laptop" in stored
    assert "@" not in stored
    asked = {"from_month": "2026-09", "to_month": "2026-09", "companies": None}
    services = desk.asker().rows("services_without_owner", asked)
    assert services["service"].to_list() == ["(address)"], "a person's key is no service"
    changes.undo(desk.store, 2, "tester")
    assert owners(desk) == [("service", None, 300)]


def test_a_login_in_a_keys_name_is_suggested_and_counts_once_confirmed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    people = roster("2026-09-01", PEOPLE).replace("2026-09-01,", "2026-09-01,night-owl", 1)
    desk.load(
        people, keyed("bo.ode laptop", "bode-dev", "night-owl-prod", "night-owl", "claims-bot")
    )
    assert waiting(desk) == [("OpenRouter", "key_name", False, 4)]
    assert owners(desk) == [("service", None, 500)], (
        "not even a login of the roster is taken unasked"
    )

    assert changes.confirm_matches(desk.store, "Acme", "OpenRouter", "key_name", "tester") == 3
    assert waiting(desk) == [("OpenRouter", "key_name", True, 4)]
    confirmed = [("person", "Sales", 200), ("person", "Support", 200), ("service", None, 100)]
    assert owners(desk) == confirmed
    desk.load(github([github_row(DAY, "bode-dev")]))
    assert desk.table("user_month").height == 3, "a login spelled like a key is not that key"

    changes.remember(desk.store, "Acme", "service_owner", "service", "night-owl", "IT", "tester")
    assert ("service", "IT", 100) in owners(desk), "a service is what a user has said is one"
    changes.take_back_matches(desk.store, "Acme", "OpenRouter", "key_name", "tester")
    assert waiting(desk) == [("OpenRouter", "key_name", False, 3)]


def test_a_key_can_be_given_to_a_person_by_hand(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(roster("2026-09-01", PEOPLE), keyed("Project Owl", "claims-bot"))
    desk.load("alias,person_email,effective_date\nproject owl,cy@acme.example,2026-09-01\n")
    assert owners(desk) == [("person", "Support", 100), ("service", None, 100)]
