"""Alerts of a small store worked out by hand, and what people decide on them."""

import shutil
from pathlib import Path

import pytest

from leverage.__main__ import main
from leverage.errors import ChangeRefused
from leverage.figures.alerts import Alert, Alerts, alerts
from leverage.store import Store
from leverage.store.alerts import decide
from leverage.view import View
from tests.stores import OCTOBER, alarming, shared
from tests.support import Desk, chatgpt

COST = "cost_rise/OpenAI"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the alarming store of tests/stores.py, which no test may change."""
    return Desk(shared(tmp_path_factory, "alarming", alarming))


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Desk:
    """Return a copy of it, to decide in."""
    return made.copy(tmp_path)


def told(desk: Desk, month: str = OCTOBER, number: int | None = None) -> Alerts:
    """Return the alerts of a month as a data version tells them."""
    asker = desk.asker(number)
    return alerts(lambda question: asker.ask(question, View(months=(month, month))))


def cost_alert(desk: Desk, month: str = OCTOBER, number: int | None = None) -> Alert:
    """Return the alert on OpenAI's cost."""
    return next(alert for alert in told(desk, month, number).all if alert.name == COST)


def test_every_rule_finds_what_stands_in_the_table_of_the_store(made: Desk) -> None:
    found = told(made)
    assert {
        alert.name: (alert.since, alert.sentence, alert.compared_with) for alert in found.open
    } == {
        "cost_rise/OpenAI": (
            "2026-09",
            "OpenAI cost Acme 1,600 USD",
            "+60 % on 1,000 USD, the median of 6 months before",
        ),
        "over_budget": (
            "2026-10",
            "AI cost Acme 1,600 USD, more than the budget",
            "+7 % on the 1,500 USD budgeted",
        ),
        "active_fall": (
            "2026-10",
            "38 % of Acme used AI",
            "down from 75 % in the three months before, 15 people instead of 30",
        ),
        "seats_idle/OpenAI": (
            "2026-10",
            "38 % of Acme's OpenAI seats are in use",
            "15 people used it, 40 seats are paid for",
        ),
        "rework_rise": (
            "2026-10",
            "25 % of the work at Acme was done again",
            "10 % in the median of the six months before",
        ),
        "slower/resolution_hours": (
            "2026-10",
            "The hours to resolve a ticket at Acme are 13.0",
            "+30 % on 10.0, the median of the six months before",
        ),
        "coverage_low": (
            "2026-10",
            "80 % of the work at Acme that needs review was reviewed",
            "at least 90 % should be",
        ),
        "escape_rise": (
            "2026-10",
            "10.0 defects per 100 accepted pieces of work left Acme",
            "+400 % on 2.0 in the three months before",
        ),
        "owners_unknown": (
            "2026-04",
            "67 % of the use at Acme has a known owner",
            "at least 80 % should have one",
        ),
    }
    assert len(found.checked) == 9
    assert (found.unchecked, found.settled, found.not_whole) == ((), (), ())
    assert {alert.name for alert in told(made, "2026-09").open} == {COST, "owners_unknown"}


def test_a_month_that_lacks_the_file_of_a_source_tells_nothing_of_people(
    desk: Desk,
) -> None:
    """Fewer people than in the months before may only be the gateway's missing November."""
    people = [f"u{i}@acme.example" for i in range(30)]
    desk.load(chatgpt("2026-11-01", "2026-11-30", people[:6]), account="acc-1")
    found = told(desk, "2026-11")
    assert "the share of active people" in found.unchecked
    assert "active_fall" not in {alert.name for alert in found.all}


# ---- decisions ---------------------------------------------------------------------------------


def test_what_was_decided_is_kept_with_who_and_when_as_a_new_data_version(desk: Desk) -> None:
    before = desk.store.newest()
    number = decide(
        desk.store, "Acme", COST, OCTOBER, "Ada", state="accepted", owner=" Finance ", note="a test"
    )
    assert number == before + 1
    alert, earlier = cost_alert(desk), cost_alert(desk, number=before)
    assert (alert.state, alert.owner, alert.note, alert.author) == (
        "accepted",
        "Finance",
        "a test",
        "Ada",
    )
    assert alert.decided_at is not None
    assert (earlier.state, earlier.id) == ("open", alert.id)
    last = desk.store.log().row(-1, named=True)
    assert (last["action"], last["loaded_by"], last["company"], last["summary"]) == (
        "edit",
        "Ada",
        "Acme",
        "alert cost_rise/OpenAI of 2026-10 is accepted, owner Finance",
    )


def test_rows_are_only_ever_added_and_what_is_not_said_stays(desk: Desk) -> None:
    decide(desk.store, "Acme", COST, OCTOBER, "Ada", owner="Finance", note="look at keys")
    decide(desk.store, "Acme", COST, OCTOBER, "Bo", state="done")
    decide(desk.store, "Acme", COST, OCTOBER, "Bo", state="open", owner="")
    rows = desk.table("alert_states").sort("decided_at")
    assert rows.select("state", "owner", "note", "author").rows() == [
        ("open", "Finance", "look at keys", "Ada"),
        ("done", "Finance", "look at keys", "Bo"),
        ("open", None, "look at keys", "Bo"),
    ]
    assert decide(desk.store, "Acme", COST, OCTOBER, "Bo", state="open") is None


def test_a_done_alert_that_still_holds_in_a_later_month_opens_again(desk: Desk) -> None:
    decide(desk.store, "Acme", COST, "2026-09", "Ada", state="done", owner="Finance")
    september, october = (cost_alert(desk, month) for month in ("2026-09", OCTOBER))
    assert september.state == "done"
    assert (october.state, october.owner, october.was_done_in) == ("open", "Finance", "2026-09")
    decide(desk.store, "Acme", COST, OCTOBER, "Ada", state="done")
    assert cost_alert(desk).state == "done"


@pytest.mark.parametrize(
    ("month", "state", "title"),
    [
        (OCTOBER, "accepted", "An alert is accepted only with a note"),
        (OCTOBER, "closed", "“closed” is no state of an alert"),
        ("October", "done", "“October” is no month"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    month: str, state: str, title: str, desk: Desk
) -> None:
    before = desk.store.newest()
    with pytest.raises(ChangeRefused) as refused:
        decide(desk.store, "Acme", COST, month, "Ada", state=state)
    assert refused.value.title == title
    assert desk.store.newest() == before


def test_a_store_of_an_older_program_without_the_table_works_and_gets_it(desk: Desk) -> None:
    shutil.rmtree(desk.root / "store" / "alert_states")
    assert cost_alert(desk).state == "open"
    decide(Store(desk.root / "store"), "Acme", COST, OCTOBER, "Ada", state="done")
    assert cost_alert(desk).state == "done"


# ---- the command line --------------------------------------------------------------------------


def test_the_command_line_lists_alerts_and_decides_on_them(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["alert", *arguments, "--data-root", str(desk.root)])
        said = capsys.readouterr()
        return status, said.out, said.err

    status, listed, _ = run()
    assert status == 0
    assert len(listed.splitlines()) == 9
    assert "Acme  cost_rise/OpenAI  OpenAI cost Acme 1,600 USD, +60 %" in listed
    status, said, _ = run(COST, "--state", "done", "--owner", "Finance", "--by", "Ada")
    assert (status, said) == (
        0,
        f"The alert of Acme is decided; data version {desk.store.newest()}\n",
    )
    alert = cost_alert(desk)
    assert (alert.state, alert.owner, alert.month) == ("done", "Finance", OCTOBER)
    assert run(COST, "--state", "done")[1] == "That was decided already\n"
    assert "owner: Finance · done (Ada, " in run("--company", "acme", "--month", OCTOBER)[1]
    assert run("--month", "2026-07")[1].count("\n") == 1
    assert run(COST)[0] == 2
    assert run("--state", "done")[0] == 2
    status, _, why = run("no_rule/OpenAI", "--state", "done")
    assert status == 1
    assert "There is no alert “no_rule/OpenAI”" in why
    assert run("--month", "July")[0] == 1
