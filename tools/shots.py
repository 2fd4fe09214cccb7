"""Take a picture of every page, on a desk and on a phone, light and dark, into shots/.

python -m tools.shots [--data-root DIR] [--only briefing] [--query "company=Acme"]
"""

import argparse
import os
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tools.serving import ROOT, launch, serving, settle

PAGES: Final = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
FIRST: Final = "briefing"
SIZES: Final = {"desk": (1440, 900), "phone": (390, 844)}
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
# Streamlit scrolls an inner box, so a picture of the whole page needs a window as high as that.
HEIGHT = "() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight"


def main() -> None:
    """Serve the data root and write one PNG for each page, size and theme."""
    parser = argparse.ArgumentParser(prog="python -m tools.shots", description=__doc__)
    root = Path(os.environ.get("DATA_ROOT") or ROOT / "data")
    parser.add_argument("--data-root", type=Path, default=root, metavar="DIR")
    parser.add_argument("--only", choices=PAGES, action="append")
    parser.add_argument("--query", default="", help="the query of the link to take, if any")
    given = parser.parse_args()
    folder = ROOT / "shots"
    folder.mkdir(exist_ok=True)
    with serving(given.data_root.resolve()) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for name in given.only or PAGES:
            url = f"{address}/{'' if name == FIRST else name}?{given.query}"
            for size in SIZES:
                for theme in THEMES:
                    path = folder / f"{name}-{size}-{theme}.png"
                    take(browser, url, size, theme, path)
                    print(path.relative_to(ROOT))
        browser.close()


def take(
    browser: Browser, url: str, size: str, theme: Literal["light", "dark"], path: Path
) -> None:
    """Write one picture of one page, as high as its content."""
    width, height = SIZES[size]
    with browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme) as page:
        page.goto(url)
        settle(page)
        grow(page, width, height)
        page.screenshot(path=path)


def grow(page: Page, width: int, height: int) -> None:
    """Make the window as high as the page, twice: what comes into view may add to it."""
    for _ in range(2):
        needed = int(page.evaluate(HEIGHT))
        page.set_viewport_size({"width": width, "height": max(height, needed)})
        page.wait_for_timeout(800)
        settle(page)


if __name__ == "__main__":
    main()
