"""The leverage page on small stores, worked out by hand in tests/stores.py."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.app.test_pages import metric, text
from tests.support import Desk

Open = Callable[..., AppTest]


def test_breadth_times_depth_is_tokens_per_employee(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, "leverage")
    # 45,000 tokens, 20 employees, 14 of them active; in September 22,500.
    assert metric(app, "Tokens per employee").value == "2.3 k"
    assert metric(app, "Breadth").value == "70 %"
    assert metric(app, "Depth").value == "3.2 k"
    assert app.title[0].value.replace("\\", "").replace("\u00a0", " ") == (
        "2.3 k tokens stand behind each employee, +100 % on September 2026; "
        "whether someone still looks is not counted"
    )
    said = text(app)
    assert "of +1.1 k tokens per employee, +1.1 k came from depth" in said
    assert "Load outcomes" in said


def test_what_is_not_loaded_is_named_and_nothing_is_shown_as_0(
    open_page: Open, one_month: Desk
) -> None:
    app = open_page(one_month.root, "leverage")
    said = text(app)
    assert "How many tokens stand behind each employee is unknown" in said
    assert "Unknown: no headcount and no roster" in said
    assert "No outcomes count reviews in this view" in said
    for load in ("Load a roster", "Load headcount", "Load outcomes"):
        assert load in said
    assert [part.label for part in app.metric] == ["Depth"]


def test_each_tab_is_drawn_when_it_is_opened(open_page: Open, two_months: Desk) -> None:
    expected = {
        "Oversight": "No outcomes with needs_review and reviewed by department are loaded",
        "Does more help?": "No outcomes by department stand beside its use",
        "Autonomy": "No rule gives use a workflow, and no outcome names one",
        "Outcomes": "It takes outcomes by month",
        "Three ways to count": "Raw tokens are",
    }
    app = open_page(two_months.root, "leverage")
    for tab, words in expected.items():
        app.session_state["leverage_tabs"] = tab
        app.run()
        assert not app.exception
        assert words in text(app), tab
