"""Does it pay, on the small store worked out by hand in tests/stores.py."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from leverage.store import Store
from leverage.store.assumptions import Assumption, assume
from tests.app.test_pages import metric, text
from tests.support import Desk

Open = Callable[..., AppTest]


def copied(desk: Desk, root: Path) -> Path:
    """Return a copy of a store that may be changed."""
    return desk.copy(root).root


def believe(root: Path, name: str, low: float, mode: float, high: float) -> None:
    """Decide one assumption of Acme."""
    said = Assumption(name, date(2026, 1, 1), mode, "", "a trial", low, high)
    assume(Store(root / "store"), "Acme", said, "Ada")


@pytest.fixture(scope="session")
def believing(two_months: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of two months in which an hour costs 50 USD and 100 minutes are saved."""
    root = copied(two_months, tmp_path_factory.mktemp("believing") / "data")
    believe(root, "wage_usd_per_hour", 50, 50, 50)
    believe(root, "minutes_saved_per_active_day", 50, 100, 150)
    return root


def test_without_a_wage_the_page_says_so_and_offers_the_form(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "roi")
    # 262.50 USD over 15 active days.
    assert "An active day costs 17.50 USD; from how many minutes saved" in text(app)
    assert "Say what an hour of work costs" in text(app)
    assert "Unknown: what an hour of work costs is not assumed" in text(app)
    assert metric(app, "Full cost").value == "263 USD"


def test_break_even_is_told_first(open_page: Open, believing: Path) -> None:
    app = open_page(believing, "roi")
    # 60 × 262.50 ÷ (15 × 50 × 0.63 × 0.5 × 0.5) = 133.3 minutes, which is 2.2 hours; and
    # 262.50 ÷ (15 × 100 ÷ 60 × 50 × 0.63 × 0.5) = 66.7 % of the time saved.
    assert text(app).find("It pays for itself from 2.2 hours saved per active day") == 0
    assert metric(app, "Break-even").value == "2.2 hours"
    assert metric(app, "Break-even realisation").value == "67 %"
    assert "50 % is assumed" in text(app)
    assert "Net present value, 36 months" in str(app.table[0].value)


def test_a_filter_that_seats_do_not_know_is_refused_in_words(
    open_page: Open, believing: Path
) -> None:
    app = open_page(believing, "roi", vendor="OpenAI")
    assert not app.exception
    assert "Told for whole companies only" in text(app)
    assert [part.label for part in app.metric] == []


def test_an_assumption_is_changed_on_the_page_and_what_moved_is_told(
    open_page: Open, two_months: Desk, tmp_path: Path
) -> None:
    desk = Desk(copied(two_months, tmp_path / "copy"))
    app = open_page(desk.root, "roi", company="Acme")
    app.session_state["roi_tabs"] = "Assumptions"
    app.session_state["change_belief_0"] = True
    app.run()
    assert "Nobody has said: cost of an hour of work" in text(app)
    assert "No assumption has been changed here yet" in text(app)
    assert "the highest you would still believe at all" in text(app)

    def save(why: str, low: float, mode: float, high: float) -> None:
        for label, value in (("Lowest", low), ("Likeliest", mode), ("Highest", high)):
            next(part for part in app.number_input if part.label == label).set_value(value)
        next(part for part in app.text_input if part.label == "Why").input(why)
        next(part for part in app.button if part.label == "Save").click().run()
        assert not app.exception

    save("payroll", 40.0, 50.0, 60.0)
    assert "Say who you are first" in text(app)
    app.text_input(key="by").input("Ada")
    save("payroll", 60.0, 50.0, 60.0)
    assert "outside its range" in app.error[0].title
    save("payroll", 40.0, 50.0, 60.0)
    assert not app.error
    (row,) = desk.table("assumptions").to_dicts()
    assert (row["assumption"], row["low"], row["high"]) == ("wage_usd_per_hour", 40, 60)
    assert (row["author"], row["source"], row["evidence_grade"]) == ("Ada", "payroll", "D")
    assert "It pays for itself from 2.2 hours saved per active day" in text(app)
    assert "Ada changed “Cost of an hour”" in text(app)
    assert "break-even from unknown to 2.2 hours" in text(app)


def test_a_study_fills_the_form_with_minutes_of_such_work(
    open_page: Open, two_months: Desk, tmp_path: Path
) -> None:
    desk = Desk(copied(two_months, tmp_path / "copy"))
    app = open_page(desk.root, "roi", company="Acme")
    app.session_state["roi_tabs"] = "Assumptions"
    app.session_state["change_belief_0"] = True
    app.run()
    app.selectbox(key="belief_name").set_value("minutes_saved_per_active_day").run()
    preset = app.selectbox(key="belief_preset_minutes_saved_per_active_day")
    support = next(option for option in preset.options if option.startswith("support"))
    preset.set_value(support).run()
    app.number_input(key="belief_minutes").set_value(120.0).run()
    # An output gain of 15 % is a time saving of 0.15 ÷ 1.15 = 13.04 % of 120 minutes.
    ends = {part.label: part.value for part in app.number_input}
    assert ends["Likeliest"] == pytest.approx(120 * 0.15 / 1.15, abs=0.001)
    assert ends["Lowest"] == 0
    assert "staggered rollout" in text(app)


def test_what_if_moves_the_range_and_saves_nothing(open_page: Open, believing: Path) -> None:
    before = Store(believing / "store").newest()
    app = open_page(believing, "roi", company="Acme")
    app.session_state["roi_tabs"] = "What if"
    app.run()
    assert "Break-even stays at 2.2 hours" in text(app)
    app.slider(key="what_if_seats").set_value(-50).run()
    # 240 USD of seats are halved: 142.50 ÷ 262.50 of 133.3 minutes.
    assert "Break-even 72 minutes instead of 2.2 hours" in text(app)
    assert Store(believing / "store").newest() == before
