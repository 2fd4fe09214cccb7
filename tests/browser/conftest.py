"""A server on a free port and a Chromium; without a Chromium these tests are skipped in words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests import stores
from tests.support import Desk
from tools.serving import launch, serving, settle

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of tests/stores.py with two whole months."""
    return stores.two_months(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def server(two_months: Desk) -> Iterator[str]:
    """Return the address of a server on that store."""
    with serving(two_months.root) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    with sync_playwright() as playwright:
        try:
            started = launch(playwright)
        except Error as error:
            pytest.skip(f"no Chromium could be started: {error.message.splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture
def open_link(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Return what opens a link in a window of its own, on the shared server unless told."""
    windows: list[Page] = []

    def opened(
        path: str = "/", *, address: str | None = None, width: int = 1440, theme: str = "light"
    ) -> Page:
        window = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
        )
        windows.append(window)
        window.goto(f"{address or request.getfixturevalue('server')}{path}")
        settle(window)
        return window

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def empty_root(tmp_path: Path) -> Path:
    """Return a data root in which nothing was ever loaded."""
    return tmp_path
