"""The whole pile of one month, dropped on the page at once; its sums are worked out from the files.

The pile is what the sample writes of one company's October 2026: a roster, headcount, seats,
outcomes, budgets and approved models, and the exports of three vendors. Usage of OpenAI and Claude
comes twice, as tokens and as a bill, and is paid once; Cursor's events are in part covered by its
seats.
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leverage import sample, words
from leverage.store import changes
from tests.support import Desk
from tools.serving import settle

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
COMPANY = "Kitsorra Tools"


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """Wait longer than for a page: a pile takes its time."""
    expect.set_options(timeout=300_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def desk(root: Path) -> Desk:
    """Return a store that knows the company and nothing of it."""
    desk = Desk(root)
    changes.describe_company(desk.store, COMPANY, "tester", sector="software")
    return desk


@pytest.fixture
def pile(tmp_path: Path) -> dict[str, Path]:
    """Return the files of the company's month by their names."""
    files = sample.write(tmp_path / "files", months=1, scale=0.5)
    paths = [tmp_path / "files" / file.path for file in files if file.company == COMPANY]
    return {path.name: path for path in paths}


@dataclass(frozen=True)
class Sums:
    """What the files of a pile add up to, by adding up their cells."""

    billed_usd: dict[str, Decimal]
    seats_usd: Decimal
    tokens: int
    employees: Decimal

    @property
    def full_cost_usd(self) -> Decimal:
        """Return what the month cost in all."""
        return sum(self.billed_usd.values(), self.seats_usd)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def added(cells: list[str]) -> Decimal:
    """Return the sum of the cells that hold a number; Cursor writes words where nothing is due."""
    numbers = [cell.strip().removeprefix("$") for cell in cells]
    return sum((Decimal(cell) for cell in numbers if cell[:1].isdigit()), Decimal(0))


def sums(pile: dict[str, Path]) -> Sums:
    """Add up the files of the month without any part of the product."""
    cursor = rows(pile["cursor_events_2026_10.csv"])
    claude = rows(pile["claude_api_tokens_2026_10.csv"])
    usage = json.loads(pile["openai_usage_2026_10.json"].read_text(encoding="utf-8"))
    results = [result for bucket in usage["data"] for result in bucket["results"]]
    tokens = sum(result["input_tokens"] + result["output_tokens"] for result in results)
    parts = [
        name
        for name in claude[0]
        if name.startswith("usage_") and name.split("_")[1] in ("input", "output")
    ]
    tokens += sum(int(row[part]) for row in claude for part in parts)
    tokens += sum(int(row["Total Tokens"] or 0) for row in cursor)
    return Sums(
        billed_usd={
            "openai_cost_2026_10.csv": added(
                [row["amount_value"] for row in rows(pile["openai_cost_2026_10.csv"])]
            ),
            "claude_api_cost_2026_10.csv": added(
                [row["cost_usd"] for row in rows(pile["claude_api_cost_2026_10.csv"])]
            ),
            "cursor_events_2026_10.csv": added([row["Cost"] for row in cursor]),
        },
        seats_usd=sum(
            (Decimal(row["seats"]) * Decimal(row["price"]) for row in rows(pile["seats.csv"])),
            Decimal(0),
        ),
        tokens=tokens,
        employees=added([row["employees"] for row in rows(pile["headcount.csv"])]),
    )


def introduce(page: Page) -> None:
    """Say who is there."""
    box = page.get_by_role("textbox", name="Your name")
    box.fill("Anna Keller")
    box.press("Enter")
    zone = page.get_by_test_id("stFileUploaderDropzone")
    expect(zone.locator("button")).to_be_enabled()


def drop(page: Page, files: list[Path]) -> None:
    """Give the uploader all files at once, as a drop does."""
    box = page.locator("input[type=file]")
    # After a load a new uploader takes the place of the old one.
    expect(box).to_have_count(1)
    box.set_input_files(files)


def metric(page: Page, label: str) -> Any:
    """Return a figure of the briefing."""
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def card(page: Page, name: str) -> Any:
    """Return what the page says of one file."""
    return page.locator("[class*='st-key-file_']").filter(has_text=name)


def test_the_pile_of_a_month_loads_from_one_drop_and_counts_what_its_files_say(
    desk: Desk, here: str, open_link: Open, pile: dict[str, Path]
) -> None:
    expected = sums(pile)
    page = open_link("/data", address=here)
    introduce(page)
    drop(page, list(pile.values()))
    expect(page.get_by_text(f"{len(pile)} of {len(pile)} files can be loaded")).to_be_visible()
    settle(page)
    for name, billed in expected.billed_usd.items():
        expect(card(page, name)).to_contain_text(f"{words.money(billed)} billed")
    for name in (name for name in pile if name.endswith(".csv")):
        expect(card(page, name)).to_contain_text(f"{words.count(len(rows(pile[name])))} lines =")
    assert desk.store.newest() == 1
    page.locator(".st-key-load button").click()
    expect(page.locator(".st-key-loaded")).to_contain_text(f"{len(pile)} files are loaded")
    newest = desk.store.newest()

    briefing = open_link("/?months=2026-10&tokens=raw", address=here)
    expect(metric(briefing, "Full cost")).to_have_text(words.money(expected.full_cost_usd))
    per_employee = words.tokens(expected.tokens / expected.employees)
    expect(metric(briefing, "Tokens per employee")).to_have_text(per_employee)

    drop(page, list(pile.values()))
    expect(page.get_by_text(f"All {len(pile)} files are loaded already.")).to_be_visible()
    expect(page.get_by_text("changes nothing: load")).to_have_count(len(pile))
    expect(page.locator(".st-key-load")).to_have_count(0)
    assert desk.store.newest() == newest
