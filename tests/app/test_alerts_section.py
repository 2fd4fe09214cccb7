"""The alerts of the briefing: drawn, opened, and decided through the loader's door."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import stores
from tests.app.test_pages import text
from tests.support import Desk

Open = Callable[..., AppTest]
COST = "Acme/cost_rise/OpenAI"


@pytest.fixture(scope="module")
def alarming(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of tests/stores.py in which every rule holds, which no test may change."""
    return Desk(stores.shared(tmp_path_factory, "alarming", stores.alarming))


def section(app: AppTest) -> str:
    """Return what stands under the heading of the alerts, without the backslashes."""
    said = next(part.value for part in app.markdown if part.value.startswith("## Alerts"))
    return str(said).replace("\\", "")


def test_the_briefing_shows_the_five_first_alerts_and_the_rest_only_when_it_is_opened(
    open_page: Open, alarming: Desk
) -> None:
    app = open_page(alarming.root)
    assert section(app).count("-badge[") == 5
    assert "owner: nobody yet · open" in section(app)
    assert "What becomes" not in text(app)
    assert [part.label for part in app.expander] == ["4 more open and what was checked"]
    app.session_state["other_alerts"] = True
    app.run()
    assert text(app).count("-badge[") == 9 + text(app).count("gray-badge[")
    assert "Checked for October 2026: the cost of each vendor, budgets" in text(app)
    assert "Proposals, each a row of data/reference/alert_rules.csv" in text(app)


@pytest.mark.parametrize("filters", [{"vendor": "OpenAI"}, {"department": "Sales"}])
def test_under_a_filter_inside_companies_no_alert_is_told(
    filters: dict[str, str], open_page: Open, alarming: Desk
) -> None:
    app = open_page(alarming.root, **filters)
    assert "Told for whole companies only" in section(app)
    assert "-badge" not in section(app)


def test_where_too_little_is_loaded_the_section_says_what_could_not_be_checked(
    open_page: Open, one_month: Desk
) -> None:
    said = section(open_page(one_month.root))
    assert "Nothing could be checked for October 2026." in said
    assert "Not checked, because what it takes or the months before are not loaded" in said


def test_where_nothing_stands_out_the_section_says_so_and_what_was_checked(
    open_page: Open, two_months: Desk
) -> None:
    said = section(open_page(two_months.root))
    assert "No alert is open for October 2026." in said
    assert "Checked for October 2026: seats in use and known owners." in said


def test_the_alerts_of_the_sample_cannot_be_changed(open_page: Open, sample: Path) -> None:
    app = open_page(sample)
    assert "Sample data cannot be changed" not in text(app)
    app.session_state["decide_alert_0"] = True
    app.run()
    assert "Sample data cannot be changed" in text(app)
    assert not [box for box in app.selectbox if box.label == "Alert"]


def test_an_alert_gets_an_owner_a_state_and_a_note_through_the_door(
    open_page: Open, alarming: Desk, tmp_path: Path
) -> None:
    desk = alarming.copy(tmp_path / "copy")
    app = open_page(desk.root)
    app.session_state["decide_alert_0"] = True
    app.run()
    app.selectbox(key="alert_chosen").select(COST).run()
    app.text_input(key=f"owner_{COST}").input("Finance")
    app.text_input(key=f"note_{COST}").input("a *pilot*")
    save = next(button for button in app.button if button.label == "Save")
    save.click().run()
    assert "Say who you are first" in text(app)
    assert desk.table("alert_states").is_empty()
    app.session_state[f"state_{COST}"] = "accepted"
    app.text_input(key="by").input("Ada")
    next(button for button in app.button if button.label == "Save").click().run()
    assert not app.exception
    assert not app.error
    row = desk.table("alert_states").row(0, named=True)
    assert (row["alert"], row["state"], row["owner"], row["note"], row["author"]) == (
        "cost_rise/OpenAI",
        "accepted",
        "Finance",
        "a *pilot*",
        "Ada",
    )
    assert app.expander[0].label.startswith("3 more open, 1 accepted or done")
    app.session_state["other_alerts"] = True
    app.run()
    assert "owner: Finance · accepted (Ada, " in text(app)
    assert "“a *pilot*”" in text(app)
