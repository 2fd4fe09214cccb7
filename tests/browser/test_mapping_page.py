"""Describing a file that no kind knows in a real browser, on a phone and by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_upload import expect_checked, expect_loaded, hand_over, load, patient
from tests.support import Desk
from tools.serving import settle

__all__ = ["patient"]

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
HEADER = "Datum,Nutzer,Anbieter,Modell,Eingabe (Tsd.),Ausgabe,Kosten EUR,Bemerkung"
NOVEMBER = f"{HEADER}\n2026-11-01,ada@acme.example,openai,gpt-5,1.5,20,0.75,a\n"


@pytest.fixture
def desk(one_month: Desk, root: Path) -> Desk:
    """Return October alone."""
    return one_month.copy(root)


def test_a_file_is_described_on_a_phone_by_keyboard_and_loaded(
    desk: Desk, here: str, open_link: Open
) -> None:
    page = open_link("/data", address=here, width=390, theme="dark")
    hand_over(page, "Anna", ("gateway.csv", NOVEMBER))
    expect_checked(page, "This file cannot be loaded")
    switch = page.get_by_role("switch", name="Describe its columns")
    switch.focus()
    switch.press("Space")
    expect(page.get_by_text("This makes 1 lines = 1 taken")).to_be_visible()
    box = page.get_by_role("combobox", name="What Bemerkung holds")
    box.focus()
    box.press_sequentially("Leave")
    box.press("Enter")
    expect(page.get_by_text("because its mapping leaves them out: Bemerkung")).to_be_visible()
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
    save = page.get_by_role("button", name="Save and check the file again")
    save.focus()
    save.press("Enter")
    expect_checked(page, "This file can be loaded")
    load(page)
    expect_loaded(page, "1 file is loaded")
    (row,) = desk.table("usage").filter(kind="custom:Gateway").to_dicts()
    assert (row["input_tokens"], row["attrs"]) == (1500, None)
