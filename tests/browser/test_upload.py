"""Handing in exports in a real browser: drop, look, load, see the numbers move, take it back."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import stores
from tests.support import Desk, gateway, gateway_row
from tools.serving import settle

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
OCTOBER = stores.month("2026-10", "31", 2000, "3.0")


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """Wait longer than for a page: the loader is a process of its own, which takes its time."""
    expect.set_options(timeout=90_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def desk(one_month: Desk, root: Path) -> Desk:
    """Return October alone: 15 rows of 1.50 USD of one gateway account."""
    return one_month.copy(root)


def hand_over(page: Page, name: str, *files: tuple[str, str]) -> None:
    """Say who is there, then drop the files on the page, all at once."""
    box = page.get_by_role("textbox", name="Your name")
    box.fill(name)
    box.press("Enter")
    zone = page.get_by_test_id("stFileUploaderDropzone")
    expect(zone.locator("button")).to_be_enabled()
    dropped = page.evaluate_handle(
        """files => {
            const held = new DataTransfer();
            for (const [name, text] of files) held.items.add(new File([text], name));
            return held;
        }""",
        [list(file) for file in files],
    )
    zone.dispatch_event("drop", {"dataTransfer": dropped})


def expect_checked(page: Page, said: str) -> None:
    """Wait until the check has ended with these words."""
    expect(page.get_by_text(said)).to_be_visible()


def load(page: Page) -> None:
    """Press the load button."""
    page.locator(".st-key-load button").click()


def expect_loaded(page: Page, said: str) -> None:
    """Wait until the load has ended with these words."""
    expect(page.locator(".st-key-loaded")).to_contain_text(said)


def metric(page: Page, label: str) -> Any:
    """Return a figure of the briefing."""
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def take_back(page: Page, number: int) -> None:
    """Choose a load of the history and take it back."""
    box = page.get_by_role("combobox", name="Take back a load")
    box.scroll_into_view_if_needed()
    box.click()
    page.get_by_role("option", name=f"{number}:").click()
    expect(page.get_by_text(f"that load {number} added go")).to_be_visible()
    page.get_by_role("button", name=f"Take back load {number}").click()
    expect(page.get_by_text(f"Load {number} is undone")).to_be_visible()
    settle(page)


def test_two_files_dropped_at_once_move_the_briefing_and_can_be_taken_back(
    desk: Desk, here: str, open_link: Open
) -> None:
    page = open_link("/data", address=here)
    hand_over(page, "Anna Keller", ("october.csv", OCTOBER), ("seats.csv", stores.SEATS))
    expect_checked(page, "2 of 2 files can be loaded")
    for said in (
        "LiteLLM daily user spend of Acme, gw, 1 to 31 October 2026",
        "Loading it replaces 15 rows of 1–31 October 2026, adds 15",
        "15 lines = 15 taken + 0 set aside + 0 rejected",
        "45.00 USD estimated by the vendor",
        "2 lines = 2 taken",
    ):
        expect(page.get_by_text(said)).to_be_visible()
    assert desk.store.newest() == 1

    load(page)
    expect_loaded(page, "2 files are loaded")
    page.get_by_role("link", name="See where that leaves you").click()
    # 15 rows of 3.00 USD, and 12 seats of 20 USD.
    expect(metric(page, "Full cost")).to_have_text("285 USD")

    page.get_by_role("link", name="Data").first.click()
    take_back(page, 3)
    take_back(page, 2)
    page.get_by_role("link", name="Briefing").first.click()
    expect(metric(page, "Usage cost")).to_have_text("22.50 USD")
    assert {row["loaded_by"] for row in desk.store.log().filter(n=5).to_dicts()} == {"Anna Keller"}


def test_a_wrong_file_says_why_and_stores_nothing(desk: Desk, here: str, open_link: Open) -> None:
    page = open_link("/data", address=here)
    hand_over(page, "Anna Keller", ("holiday.csv", "place,rating\nSea,5\n"))
    expect_checked(page, "This file cannot be loaded")
    card = page.locator(".st-key-file_0")
    expect(card).to_contain_text("This file is not an export we know")
    expect(card).to_contain_text("Columns found: place, rating")
    expect(card).to_contain_text("Which exports can be loaded, and how to get them")
    expect(page.locator(".st-key-load")).to_have_count(0)
    assert desk.store.newest() == 1


def test_rows_and_rejected_lines_can_be_seen_and_taken_home(
    desk: Desk, here: str, open_link: Open, tmp_path: Path
) -> None:
    bad = gateway_row("2026-11-31")
    page = open_link("/data", address=here)
    hand_over(page, "Anna", ("november.csv", gateway([gateway_row("2026-11-01"), bad])))
    expect_checked(page, "This file can be loaded")
    page.get_by_text("Rows as they will be stored").click()
    expect(page.get_by_text("People stand under pseudonyms")).to_be_visible()
    expect(page.locator(".st-key-file_0").get_by_test_id("stDataFrame")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Lines not taken (1)").click()
    saved = tmp_path / "lines.csv"
    download.value.save_as(saved)
    (row,) = csv.DictReader(saved.read_text(encoding="utf-8-sig").splitlines())
    assert (row["line"], row["original"]) == ("3", bad)
    assert desk.store.newest() == 1


def test_cancel_stops_the_check_and_empties_the_desk(
    desk: Desk, here: str, open_link: Open
) -> None:
    page = open_link("/data", address=here)
    hand_over(page, "Anna", ("october.csv", OCTOBER))
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("october.csv")).to_have_count(0)
    expect(page.get_by_text("Checking file")).to_have_count(0)
    assert desk.store.newest() == 1


def test_a_file_over_the_limit_is_refused_beside_the_command_that_loads_it(
    desk: Desk, here: str, open_link: Open, tmp_path: Path
) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(201 << 20)
    page = open_link("/data", address=here)
    box = page.get_by_role("textbox", name="Your name")
    box.fill("Anna Keller")
    box.press("Enter")
    expect(page.get_by_test_id("stFileUploaderDropzone").locator("button")).to_be_enabled()
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_text("200.0MB or smaller")).to_be_visible()
    page.get_by_role("button", name="A file of more than 200 MB?").click()
    command = page.get_by_test_id("stPopoverBody").locator("code")
    expect(command).to_contain_text(f"--data-root {desk.root} --company Acme --by 'Anna Keller'")


def test_two_people_at_once_both_land_and_the_second_sees_whose_load_runs(
    desk: Desk, here: str, open_link: Open
) -> None:
    anna = open_link("/data", address=here)
    ben = open_link("/data", address=here, elsewhere=True)
    hand_over(anna, "Anna", ("october.csv", OCTOBER))
    hand_over(ben, "Ben", ("seats.csv", stores.SEATS))
    for page in (anna, ben):
        expect_checked(page, "This file can be loaded")
    with desk.store.change("load", "Cleo"):
        expect(anna.get_by_text("Cleo is changing the data now")).to_be_visible()
        load(anna)
        load(ben)
        for page in (anna, ben):
            expect(page.get_by_text("Waiting for Cleo, who is loading now")).to_be_visible()
    for page in (anna, ben):
        expect_loaded(page, "1 file is loaded")
    loads = desk.store.log().filter(action="load")
    assert sorted(loads["loaded_by"].to_list()) == ["Anna", "Ben", "tester"]
    assert loads["n"].to_list() == [1, 2, 3]


def test_closing_the_tab_does_not_stop_a_load(desk: Desk, here: str, open_link: Open) -> None:
    page = open_link("/data", address=here)
    hand_over(page, "Anna", ("october.csv", OCTOBER))
    expect_checked(page, "This file can be loaded")
    with desk.store.change("load", "Cleo"):
        load(page)
        expect(page.get_by_text("Waiting for Cleo")).to_be_visible()
        page.close()
    other = open_link("/data", address=here)
    for _ in range(60):
        if desk.store.newest() == 2:
            break
        other.wait_for_timeout(500)
    assert desk.store.newest() == 2


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_files_on_the_page_bring_no_serious_barrier_and_fit_a_phone(
    desk: Desk, here: str, open_link: Open, theme: str, width: int
) -> None:
    page = open_link("/data", address=here, theme=theme, width=width)
    hand_over(page, "Anna", ("october.csv", OCTOBER), ("holiday.csv", "place,rating\nSea,5\n"))
    expect_checked(page, "1 of 2 files can be loaded, 1 refused")
    settle(page)
    found = Axe().run(page).response["violations"]
    serious = [
        (rule["id"], [node["html"][:120] for node in rule["nodes"]][:3])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]
    assert not serious
    wider = page.evaluate(
        "() => document.querySelector('[data-testid=\"stMain\"]').scrollWidth - window.innerWidth"
    )
    assert wider <= 0
