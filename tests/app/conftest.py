"""Stores for the pages, each made once; a page test only chooses which of them is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import stores
from tests.support import Desk

MAIN = Path(__file__).parents[2] / "leverage" / "main.py"
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of tests/stores.py with two whole months."""
    return Desk(stores.shared(tmp_path_factory, "two_months", stores.two_months))


@pytest.fixture(scope="session")
def one_month(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store with October alone, without roster, headcount and seats."""
    return Desk(stores.shared(tmp_path_factory, "one_month", stores.one_month))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data root that holds nothing but a part of the sample data."""
    return stores.shared(tmp_path_factory, "sample_part", stores.sample_part)


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return what opens a page of the app on a data root, under the query of a link."""

    def opened(root: Path, page: str = "briefing", **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("DATA_ROOT", str(root))
        app = AppTest.from_file(MAIN, default_timeout=60)
        for key, value in query.items():
            app.query_params[key] = value
        if page != "briefing":
            app.switch_page(f"../pages/{page}.py")
        return app.run()

    return opened
