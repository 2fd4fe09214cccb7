"""Every tab of every page on months enough for all of its figures to be drawn."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

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
