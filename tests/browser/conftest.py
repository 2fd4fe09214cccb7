"""A server on a free port and a Chromium; without a Chromium these tests are skipped in words."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests import stores
from tests.support import Desk
from tools.serving import launch, serving, settle

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of tests/stores.py with two whole months."""
    return Desk(stores.shared(tmp_path_factory, "two_months", stores.two_months))


@pytest.fixture(scope="session")
def server(two_months: Desk) -> Iterator[str]:
    """Return the address of a server on that store."""
    with serving(two_months.root) as address:
        yield address


@pytest.fixture(scope="session")
def one_month(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store with October alone, without roster, headcount and seats."""
    return Desk(stores.shared(tmp_path_factory, "one_month", stores.one_month))


@pytest.fixture(scope="session")
def server_of_one_test(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Return a folder and the address of a server on it, for one test at a time: see `root`."""
    root = tmp_path_factory.mktemp("root")
    with serving(root) as address:
        yield root, address


@pytest.fixture
def root(server_of_one_test: tuple[Path, str]) -> Iterator[Path]:
    """Return an empty data root that is served, for a test to put a store there and change it."""
    root, _ = server_of_one_test
    yield root
    for held in root.iterdir():
        if held.is_dir():
            shutil.rmtree(held)
        else:
            held.unlink()


@pytest.fixture
def here(root: Path, server_of_one_test: tuple[Path, str]) -> str:
    """Return the address of the server on that data root."""
    _, address = server_of_one_test
    return address


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


@pytest.fixture(scope="session")
def reader(browser: Browser) -> BrowserContext:
    """Return a reader's browser: it keeps the files of the app, so that the next page is quick."""
    return browser.new_context()


@pytest.fixture
def open_link(
    browser: Browser, reader: BrowserContext, request: pytest.FixtureRequest
) -> Iterator[Open]:
    """Return what opens a link in a window of its own, on the shared server unless told.

    `elsewhere` is the browser of somebody else, who has seen nothing of the app yet.
    """
    windows: list[Page] = []

    def opened(
        path: str = "/",
        *,
        address: str | None = None,
        width: int = 1440,
        theme: str = "light",
        elsewhere: bool = False,
    ) -> Page:
        window = browser.new_page() if elsewhere else reader.new_page()
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        windows.append(window)
        window.goto(f"{address or request.getfixturevalue('server')}{path}")
        settle(window)
        return window

    yield opened
    for window in windows:
        window.close()
