"""The comparison as people see it: with peers, alone, and with files missing."""

from pathlib import Path

from tests.app.conftest import Open
from tests.app.test_pages import metric, text
from tests.support import Desk

TABS = {
    "Departments and roles": "What some roles are known to use AI for",
    "Origin, size and cost": "peers are the other companies",
    "Kinds of work": "The pattern of the sector",
    "Models and vendors": "Which model does which work",
    "Published figures": "Published figures that mean the same as cost per employee",
    "Trillion-token list": "a list, no ranking",
}


def test_every_tab_opens_on_one_company_of_the_sample(open_page: Open, sample: Path) -> None:
    app = open_page(sample, "sectors")
    assert "no peers here" in app.title[0].value
    for name, said in TABS.items():
        app.session_state["sectors_part"] = name
        app.run()
        assert not app.exception, name
        assert not app.error, name
        assert said in text(app), name


def test_every_tab_opens_on_one_month_without_people_files(
    open_page: Open, one_month: Desk
) -> None:
    app = open_page(one_month.root, "sectors")
    assert "its tokens per employee are unknown" in app.title[0].value
    assert "Load headcount:" in text(app).replace("*", "")
    for name in TABS:
        app.session_state["sectors_part"] = name
        app.run()
        assert not app.exception, name
        assert not app.error, name


def test_figures_worked_out_by_hand_stand_on_the_page(open_page: Open, two_months: Desk) -> None:
    # 45,000 price-weighted tokens and 262.50 USD over 20 employees.
    app = open_page(two_months.root, "sectors")
    assert metric(app, "Tokens per employee").value == "2.3 k"
    assert metric(app, "Cost per employee").value == "13.13 USD"
    assert metric(app, "Concentration of vendors").value == "1.00"
    assert "statistics of peers need" in text(app) or "One company is loaded" in text(app)


def test_a_filter_by_people_compares_nothing(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, "sectors", department="Sales")
    assert not app.metric
    assert "Told for whole companies only" in text(app)
