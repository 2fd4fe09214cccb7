"""Every tab of every page on months enough for all of its figures to be drawn."""

from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from leverage.figures import briefing
from leverage.figures.cost import cost
from leverage.figures.ground import ground
from leverage.figures.leverage import leverage
from leverage.figures.roi import roi_page
from leverage.view import View
from tests.oracle.conftest import Both

MAIN = Path(__file__).parents[2] / "leverage" / "main.py"
TABS = {
    "adoption": ("adoption_tabs", ("Maturity", "Habits", "Who stays", "Seats", "Concentration")),
    "leverage": (
        "leverage_tabs",
        ("Departments and size", "Oversight", "Does more help?", "Autonomy", "Outcomes"),
    ),
    "sectors": (
        "sectors_part",
        ("Departments and roles", "Origin, size and cost", "Kinds of work", "Models and vendors"),
    ),
}


@pytest.mark.parametrize("page", TABS)
def test_a_card_and_a_chart_of_one_name_stand_on_one_page(
    page: str, both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that two parts of a page shared ended the tab with an error."""
    monkeypatch.setenv("DATA_ROOT", str(both.asker.store.root.parent))
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.switch_page(f"../pages/{page}.py")
    key, names = TABS[page]
    for name in names:
        app.session_state[key] = name
        app.run()
        assert not app.exception, (name, app.exception)
        assert not app.error, name


def test_no_page_calls_a_month_complete_in_which_a_source_lacks_days(both: Both) -> None:
    """The briefing did not, and three other pages did."""
    for month in ("2026-08", "2026-10"):
        view = View(months=(month, month))
        ask = partial(both.asker.ask, view=view)
        facts = ground(ask)
        assert facts is not None
        assert facts.lacking()
        for page in (briefing, cost, leverage, roi_page):
            found = page(ask)
            assert found is not None
            said = [badge.text for badge in found.badges]
            assert f"{len(facts.lacking())} sources lack days" in said, page.__name__
            assert not [text for text in said if text.endswith("is complete")], page.__name__
            assert set(facts.uneven) <= set(found.notes), page.__name__
