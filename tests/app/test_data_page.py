"""The Data page: handing in, looking, loading, taking back; always of the real store."""

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from leverage import words
from leverage.store import changes
from tests import stores
from tests.support import Desk, days, gateway, gateway_row, github, github_row, roster
from tests.unit.test_uploads import focus

Open = Callable[..., AppTest]
ANNA = "Anna Keller"


def said(app: AppTest) -> str:
    """Return everything the page says, without the backslashes that protect it from Markdown."""
    parts = [*app.title, *app.header, *app.markdown, *app.caption, *app.success]
    parts += [*app.warning, *app.info, *app.error]
    whole = "\n".join(str(part.value) for part in parts)
    return whole.replace("\\", "").replace("\u00a0", " ")


def june(tokens: int = 100) -> bytes:
    rows = [gateway_row(day, tokens=tokens) for day in days("2026-06-01", "2026-06-30")]
    return gateway(rows).encode()


def introduced(app: AppTest, company: str | None = None) -> AppTest:
    """Say who is there, and for which company."""
    app.text_input(key="by").input(ANNA).run()
    if company is not None:
        app.selectbox(key="hand_in_company").select(company).run()
    return app


def submit(app: AppTest, label: str) -> AppTest:
    """Press the button of that name."""
    return next(button for button in app.button if button.label == label).click().run()


def finished(app: AppTest) -> AppTest:
    """Run the page as its fragment does, until the loader has ended."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        app.run()
        if app.session_state["desk"].job is None:
            assert not app.exception
            return app
        time.sleep(0.3)
    raise AssertionError(said(app))


def handed_in(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files and wait until they are checked."""
    for name, content in files:
        app.file_uploader[0].upload(name, content)
    app.run()
    return finished(app)


@pytest.fixture(scope="module")
def nothing_loaded(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a store with one company and nothing loaded, which no test may change."""
    desk = Desk(tmp_path_factory.mktemp("acme"))
    changes.describe_company(desk.store, "Acme", "tester", sector="telecom")
    return desk


@pytest.fixture(scope="module")
def june_loaded(nothing_loaded: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return that store with June loaded as number 2, which no test may change."""
    desk = nothing_loaded.copy(tmp_path_factory.mktemp("june"))
    desk.load(june().decode())
    return desk


@pytest.fixture
def acme(nothing_loaded: Desk, tmp_path: Path) -> Desk:
    """Return a copy of the store with one company, to load into."""
    return nothing_loaded.copy(tmp_path)


@pytest.fixture
def acme_in_june(june_loaded: Desk, tmp_path: Path) -> Desk:
    """Return a copy of the store with June, to change."""
    return june_loaded.copy(tmp_path)


# ---- before anything is loaded -----------------------------------------------------------------


def test_without_data_the_page_says_how_to_start(open_page: Open, tmp_path: Path) -> None:
    app = open_page(tmp_path, "data")
    text = said(app)
    assert app.title[0].value == "Nothing of your own is loaded yet"
    assert "one vendor is enough to begin" in text
    assert "OpenAI API cost" in app.selectbox(key="how").options
    assert app.file_uploader[0].disabled


def test_the_sample_is_never_what_the_page_speaks_of(open_page: Open, sample: Path) -> None:
    app = open_page(sample, "data")
    assert app.title[0].value == "Nothing of your own is loaded yet"
    assert "Kitsorra" not in said(app)


def test_a_company_is_created_from_the_page_and_chosen(open_page: Open, tmp_path: Path) -> None:
    app = introduced(open_page(tmp_path, "data"), "A company that is not in the list")
    app.text_input(key="company_name").input("Acme")
    next(box for box in app.selectbox if box.label == "Sector").select("telecom")
    next(box for box in app.selectbox if box.label == "Origin").select("AI-native")
    app.number_input[0].set_value(120)
    submit(app, "Create the company")
    assert not app.exception
    assert app.selectbox(key="hand_in_company").value == "Acme"
    assert not app.file_uploader[0].disabled
    (row,) = Desk(tmp_path).table("companies").to_dicts()
    assert row == {
        "company": "Acme",
        "sector": "telecom",
        "origin": "AI-native",
        "employees": 120,
    }
    assert Desk(tmp_path).store.log()["loaded_by"].to_list() == [ANNA]


def test_what_is_said_of_a_company_can_be_changed(open_page: Open, acme: Desk) -> None:
    app = introduced(open_page(acme.root, "data"))
    assert next(box for box in app.selectbox if box.label == "Sector").value == "telecom"
    app.number_input[0].set_value(340)
    submit(app, "Save")
    assert not app.exception
    (row,) = acme.table("companies").to_dicts()
    assert (row["sector"], row["employees"]) == ("telecom", 340)
    assert app.selectbox(key="hand_in_company").value == "Acme"


def test_a_company_needs_a_name_and_somebody_who_says_so(open_page: Open, tmp_path: Path) -> None:
    app = open_page(tmp_path, "data")
    app.selectbox(key="hand_in_company").select("A company that is not in the list").run()
    submit(app, "Create the company")
    assert "Give the company a name, and yourself, first." in said(app)
    assert not (tmp_path / "store").exists()


# ---- handing in --------------------------------------------------------------------------------


def test_a_file_is_shown_before_anything_is_stored_and_stored_when_loaded(
    open_page: Open, acme: Desk
) -> None:
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("gateway.csv", june()))
    text = said(app)
    assert "This file can be loaded" in text
    assert "LiteLLM daily user spend of Acme, 1 to 30 June 2026" in text
    assert "Loading it adds 30 rows" in text
    assert "30 lines = 30 taken + 0 set aside + 0 rejected" in text
    assert "3.3 k tokens" in text
    assert acme.usage() == []

    submit(app, "Load 1 file")
    finished(app)
    text = said(app)
    assert "1 file is loaded" in text
    assert "gateway.csv** adds 30 rows; load 2" in text
    assert len(acme.usage()) == 30
    assert app.title[0].value != "Nothing of your own is loaded yet"
    assert app.session_state["desk"].checked is None


def test_a_file_that_is_no_export_is_refused_in_words_and_the_others_land(
    open_page: Open, acme: Desk
) -> None:
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("notes.csv", b"a,b\n1,2\n"), ("gateway.csv", june()))
    text = said(app)
    assert "1 of 2 files can be loaded, 1 refused" in text
    assert "This file is not an export we know" in text
    assert "python -m" not in text
    submit(app, "Load 1 file")
    finished(app)
    assert "notes.csv** was not loaded: This file is not an export we know" in said(app)
    assert len(acme.usage()) == 30


def test_cancel_takes_everything_off_and_stores_nothing(open_page: Open, acme: Desk) -> None:
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("gateway.csv", june()))
    app.button(key="cancel").click().run()
    assert "can be loaded" not in "".join(str(part.value) for part in app.markdown)
    assert list((acme.root / "staging").iterdir()) == []
    assert acme.usage() == []


def test_a_load_under_way_can_be_cancelled_by_its_session_and_by_no_other(
    open_page: Open, acme: Desk
) -> None:
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("gateway.csv", june()))
    with acme.store.change("load", "Cleo"):
        submit(app, "Load 1 file")
        other = introduced(open_page(acme.root, "data"))
        assert "Cleo is changing the data now." in said(other)
        assert not [button for button in other.button if button.key == "cancel_job"]
        app.button(key="cancel_job").click().run()
        finished(app)
    assert "Cancelled; nothing was stored." in said(app)
    assert acme.usage() == []
    assert list((acme.root / "staging").iterdir()) == []


def test_a_file_on_the_server_is_chosen_from_a_list_checked_and_loaded(
    open_page: Open, acme: Desk
) -> None:
    held = acme.root / "inbox" / "2026-06"
    held.mkdir(parents=True)
    (held / "gateway.csv").write_bytes(june())
    app = introduced(open_page(acme.root, "data"), "Acme")
    (box,) = [box for box in app.multiselect if box.label == "Or files that lie on the server"]
    size = words.size(len(june()))
    assert box.options == [f"2026-06/ (1 file, {size})", f"2026-06/gateway.csv ({size})"]
    box.set_value(["2026-06/"])
    submit(app, "Check")
    finished(app)
    assert "LiteLLM daily user spend of Acme, 1 to 30 June 2026" in said(app)
    submit(app, "Load 1 file")
    finished(app)
    assert "gateway.csv** adds 30 rows; load 2" in said(app)
    assert len(acme.usage()) == 30


def test_a_link_in_the_inbox_that_leads_elsewhere_is_refused_and_not_read(
    open_page: Open, acme: Desk
) -> None:
    (acme.root / "inbox").mkdir()
    (acme.root / "inbox" / "june.csv").symlink_to(acme.file("a,b\n1,2\n", "elsewhere.csv"))
    app = introduced(open_page(acme.root, "data"), "Acme")
    (box,) = [box for box in app.multiselect if box.label == "Or files that lie on the server"]
    box.set_value(["june.csv"])
    submit(app, "Check")
    assert "Its path leads to a place outside of that folder." in said(app)
    assert app.session_state["desk"].job is None


def test_lines_that_were_not_taken_can_be_taken_home(open_page: Open, acme: Desk) -> None:
    text = gateway([gateway_row("2026-06-01"), gateway_row("2026-06-31")])
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("gateway.csv", text.encode()))
    assert "2 lines = 1 taken + 0 set aside + 1 rejected" in said(app)
    assert "1 line rejected: " in said(app)
    (button,) = app.get("download_button")
    assert button.proto.label == "Lines not taken (1)"


def test_an_ambiguous_date_is_asked_for_as_a_plain_question(open_page: Open, acme: Desk) -> None:
    text = github([github_row("06/07/2026")])
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("copilot.csv", text.encode()))
    assert "--dates" not in said(app)
    submit(app, "Check again")
    assert "Choose an answer first." in said(app)
    app.radio[0].set_value("dmy")
    submit(app, "Check again")
    finished(app)
    assert "GitHub Copilot billing of Acme, acme, 6 July 2026" in said(app)


def test_a_roster_without_a_date_is_asked_from_when_it_holds(open_page: Open, acme: Desk) -> None:
    text = roster("", {"a@example.com": "Sales"})
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("staff.csv", text.encode()))
    assert app.date_input[0].label == "From which day does it hold?"
    app.date_input[0].set_value(date(2026, 6, 1))
    submit(app, "Check again")
    finished(app)
    assert "People roster of Acme, 1 June 2026" in said(app)


def test_one_answer_holds_for_every_file_of_a_kind(open_page: Open, acme: Desk) -> None:
    acme.load(june().decode(), account="east")
    acme.load(june().decode(), account="west")
    july = gateway([gateway_row("2026-07-01")]).encode()
    august = gateway([gateway_row("2026-08-01")]).encode()
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("july.csv", july), ("august.csv", august))
    assert "The answer above holds for this file as well." in said(app)
    (box,) = [box for box in app.selectbox if box.label == "Which account is it from?"]
    assert box.options == ["east", "west"]
    box.select("west")
    submit(app, "Check again")
    finished(app)
    assert "2 of 2 files can be loaded" in said(app)
    assert "west, 1 July 2026" in said(app)


def test_a_cloud_bill_without_ai_use_is_marked_and_checked_again(
    open_page: Open, acme: Desk
) -> None:
    app = introduced(open_page(acme.root, "data"))
    handed_in(app, ("bill.csv", focus("Compute").encode()))
    assert "Nothing here is AI use" in said(app)
    box = next(box for box in app.multiselect if box.label == "Services")
    box.select("Model Host")
    submit(app, "Remember and check again")
    finished(app)
    assert "This file can be loaded" in said(app)
    assert "10.00 USD billed" in said(app)


def test_a_larger_file_is_answered_with_the_command_that_loads_it(
    open_page: Open, acme: Desk
) -> None:
    app = introduced(open_page(acme.root, "data"))
    (command,) = [code.value for code in app.code if "leverage load" in code.value]
    assert f"--data-root {acme.root} --company Acme --by 'Anna Keller'" in command


# ---- after a load ------------------------------------------------------------------------------


def test_a_load_is_taken_back_after_saying_what_goes(open_page: Open, acme_in_june: Desk) -> None:
    app = introduced(open_page(acme_in_june.root, "data"))
    app.selectbox(key="undo").select(2).run()
    assert "The 30 rows that load 2 added go, and nothing comes back." in said(app)
    assert len(acme_in_june.usage()) == 30
    app.button(key="undo_now").click().run()
    assert not app.exception
    assert "Load 2 is undone" in said(app)
    assert acme_in_june.usage() == []
    assert app.title[0].value == "Nothing of your own is loaded yet"


def test_a_load_that_a_later_one_replaced_names_that_one_instead(
    open_page: Open, acme_in_june: Desk
) -> None:
    acme_in_june.load(june(tokens=200).decode())
    app = introduced(open_page(acme_in_june.root, "data"))
    app.selectbox(key="undo").select(2).run()
    assert "Load 3 has replaced rows of the same days since." in said(app)
    assert not [button for button in app.button if button.key == "undo_now"]


def test_a_service_is_given_a_department(open_page: Open, acme: Desk) -> None:
    acme.load(Path(__file__).parents[1] / "golden" / "anthropic_tokens" / "input.csv")
    month = acme.table("usage")["month"].sort().to_list()[-1]
    acme.load(roster(f"{month}-01", stores.PEOPLE))
    acme.load(stores.month(month, "28", 1000, "1.0"))
    app = introduced(open_page(acme.root, "data"))
    service = next(box for box in app.selectbox if box.label == "Service")
    before = len(service.options)
    service.set_value(("Acme", "invoice-agent"))
    next(box for box in app.selectbox if box.label.startswith("Department")).set_value("Sales")
    submit(app, "Assign")
    assert not app.exception
    assert "Remembered" in said(app)
    rules = acme.table("rules").to_dicts()
    assert [(row["pattern"], row["result"]) for row in rules] == [("invoice-agent", "Sales")]
    left = next(box for box in app.selectbox if box.label == "Service")
    assert len(left.options) == before - 1


def test_another_source_is_chosen_to_count_and_the_rule_put_back(
    open_page: Open, acme: Desk
) -> None:
    acme.load(gateway([gateway_row("2026-06-01", tokens=100)]))
    cost = "start_time,amount_value,amount_currency\n1780272000,7,usd\n"
    acme.load(cost)
    app = introduced(open_page(acme.root, "data"))
    text = said(app)
    assert "In June 2026 more than one source tells of OpenAI; one of them counts a day" in text
    assert "Furthest off is LiteLLM daily user spend of OpenAI: cost −93 %" in text
    table = next(
        frame.value for frame in app.dataframe if "Counts for" in frame.value.columns
    ).set_index("Source")
    assert table["Counts for"].to_dict() == {
        "LiteLLM daily user spend": "tokens",
        "OpenAI API cost": "cost",
    }
    assert table["Cost off by"]["LiteLLM daily user spend"] == "−93 %", "0.5 / 7 = 0.07"
    app.selectbox(key="source_of").select(0).run()
    source = next(box for box in app.selectbox if box.label == "Count it from")
    assert source.value == "usual"
    source.select("litellm_daily")
    submit(app, "Count it so")
    assert not app.exception
    assert "Remembered" in said(app)
    (rule,) = acme.table("rules").to_dicts()
    assert (rule["field"], rule["pattern"], rule["result"]) == ("cost", "OpenAI/*", "litellm_daily")
    assert acme.store.log()["action"].to_list() == ["edit", "load", "load", "edit"]
    assert acme.store.log()["loaded_by"].to_list()[-1] == ANNA
    assert "is OpenAI API cost of OpenAI: cost 14 times" in said(app), "7 / 0.5"
    source = next(box for box in app.selectbox if box.label == "Count it from")
    assert source.value == "litellm_daily"
    source.select("usual")
    submit(app, "Count it so")
    assert "daily user spend of OpenAI: cost −93 %" in said(app)


def test_sources_that_do_not_overlap_offer_nothing_to_choose(
    open_page: Open, june_loaded: Desk
) -> None:
    app = introduced(open_page(june_loaded.root, "data"))
    assert "In June 2026 no two sources tell of the same use, so everything loaded counts" in said(
        app
    )
    assert not [box for box in app.selectbox if box.key == "source_of"]


def test_matches_are_confirmed_from_the_page_and_taken_back(open_page: Open, acme: Desk) -> None:
    acme.load(roster("2026-06-01", {"ana.keller@acme.example": "Sales"}))
    acme.load(github([github_row("2026-06-01", "ana-keller_acme")]))
    app = introduced(open_page(acme.root, "data"))
    text = said(app)
    assert "1 account of GitHub at Acme may be somebody in the roster" in text
    assert "the same letters, with other signs between them" in text
    assert "keller" not in text
    submit(app, "Confirm")
    assert not app.exception
    assert "1 account of GitHub at Acme is confirmed" in said(app)
    assert acme.table("user_month")["department"].to_list() == ["Sales"]
    assert acme.store.log()["loaded_by"].to_list()[-1] == ANNA
    submit(app, "Take back")
    assert acme.table("user_month")["department"].to_list() == [None]
    assert "may be somebody in the roster" in said(app)


# ---- which work the use belongs to -------------------------------------------------------------


def edited(app: AppTest, label: str, **edits: Any) -> AppTest:
    """Edit the table of rules as a browser does, and press the button of its form."""
    next(button for button in app.button if button.label == label).click()
    states = app._tree.get_widget_states()
    edits = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}
    states.widgets.add(id=app.data_editor[0].proto.id, string_value=json.dumps(edits))
    return app._run(states)


def test_rules_are_added_changed_and_deleted_in_one_change(
    open_page: Open, acme_in_june: Desk
) -> None:
    app = introduced(open_page(acme_in_june.root, "data"))
    assert "100 % of tokens and 100 % of cost of June 2026 belong to no workflow." in said(app)
    chat = {"field": "model", "pattern": "gpt*", "result": "Chat", "priority": "5"}
    gone = {"field": "vendor", "pattern": "nobody", "result": "Gone"}
    edited(app, "Save rules", added_rows=[chat, gone])
    assert not app.exception
    assert "The rules are decided; data version 3" in said(app)
    assert "All use of June 2026 belongs to a workflow." in said(app)
    rows = [
        {"pattern": "gpt*", "catches": "4.5 k tokens"},
        {"pattern": "nobody", "catches": "nothing"},
    ]
    assert app.data_editor[0].value[["pattern", "catches"]].to_dict("records") == rows

    edited(app, "Save rules", edited_rows={"0": {"result": "Talk"}}, deleted_rows=[1])
    assert not app.exception
    assert acme_in_june.table("rules").select("pattern", "result", "priority", "author").rows() == [
        ("gpt*", "Talk", 5, ANNA)
    ]
    assert acme_in_june.store.newest() == 4

    edited(app, "Save rules")
    assert "No rule was changed." in said(app)
    assert acme_in_june.store.newest() == 4


def test_what_rules_would_move_is_shown_before_they_are_saved(
    open_page: Open, june_loaded: Desk
) -> None:
    app = open_page(june_loaded.root, "data")
    chat = {"field": "model", "pattern": "gpt*", "result": "Chat"}
    edited(app, "See what would move", added_rows=[chat])
    assert not app.exception
    text = said(app)
    assert "(100 % of all), would get another workflow" in text
    assert "With 1 changed rule, over all months. Nothing is stored yet." in text
    (moves,) = [table.value for table in app.dataframe if "Now" in table.value.columns]
    assert moves[["Now", "Then", "Tokens"]].to_dict("records") == [
        {"Now": "Unassigned", "Then": "Chat", "Tokens": "4.5 k (100 %)"}
    ]
    assert june_loaded.store.newest() == 2
    edited(app, "See what would move")
    assert "No rule was changed." in said(app)


def test_a_rule_without_a_pattern_is_refused_in_words(open_page: Open, june_loaded: Desk) -> None:
    app = introduced(open_page(june_loaded.root, "data"))
    app.radio(key="rule_subject").set_value("autonomy").run()
    edited(app, "Save rules", added_rows=[{"field": "workflow", "result": "2"}])
    assert "A rule of autonomy needs a pattern" in "".join(e.proto.title for e in app.error) + said(
        app
    )
    assert june_loaded.store.newest() == 2


def test_rules_need_somebody_who_decides_them(open_page: Open, june_loaded: Desk) -> None:
    app = open_page(june_loaded.root, "data")
    edited(app, "Save rules", added_rows=[{"field": "model", "pattern": "*", "result": "All"}])
    assert "Say who you are above first." in said(app)
    assert june_loaded.store.newest() == 2


def test_with_several_companies_one_is_chosen_before_its_rules_are_seen(
    open_page: Open, acme_in_june: Desk
) -> None:
    acme_in_june.load(june(tokens=300).decode(), company="Beta")
    app = introduced(open_page(acme_in_june.root, "data"))
    assert "Choose a company above to see and change its rules." in said(app)
    assert not app.data_editor
    introduced(app, "Beta")
    assert app.data_editor[0].value.empty


def test_a_second_person_sees_whose_load_is_running(open_page: Open, june_loaded: Desk) -> None:
    with june_loaded.store.change("load", "Ben Ode"):
        app = open_page(june_loaded.root, "data")
        assert "Ben Ode is changing the data now." in said(app)
    app.run()
    assert "is changing the data now" not in said(app)


def test_the_filters_of_a_link_do_not_narrow_what_the_page_speaks_of(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "data", vendor="Anthropic", months=["2026-09", "2026-09"])
    assert not app.exception
    assert "whatever the filters say" in said(app)
    history = app.dataframe[-1].value
    assert set(history["Company"]) == {"Acme"}
    assert len(history) == two_months.store.newest()


# ---- can it be trusted? ------------------------------------------------------------------------


def test_what_is_there_twice_is_named_with_what_to_do(open_page: Open, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = gateway(gateway_row(day) for day in days("2026-10-01", "2026-10-02"))
    desk.load(text, account="east")
    desk.load(text, account="west")
    shown = said(open_page(tmp_path, "data"))
    assert "Can it be trusted?" in shown
    assert "is loaded under several names" in shown
    assert "Take back the one that is wrong" in shown
    assert "In October 2026 100 % of the usage cost has tokens" in shown


def test_where_nothing_stands_out_the_page_says_so(open_page: Open, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway(gateway_row(day) for day in days("2026-10-01", "2026-10-31")))
    assert "Nothing stands out in October 2026" in said(open_page(tmp_path, "data"))
