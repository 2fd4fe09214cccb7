"""Does it pay, on the small store worked out by hand in tests/stores.py."""

import shutil
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
    shutil.copytree(desk.root, root)
    return root


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
    assert "Months until it is paid back" in str(app.table[0].value)


def test_a_filter_that_seats_do_not_know_is_refused_in_words(
    open_page: Open, believing: Path
) -> None:
    app = open_page(believing, "roi", vendor="OpenAI")
    assert not app.exception
    assert "Told for whole companies only" in text(app)
    assert [part.label for part in app.metric] == []
