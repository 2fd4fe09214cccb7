"""What only a real browser shows: the link as the one home of the view, print, and access."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from leverage.frame.links import PAGES
from tests.app.test_roi_page import believe
from tests.support import Desk
from tools.serving import free_port, serving, settle

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
JOINER = "\u2060"  # invisible, keeps what looks like an address from becoming one
NEW = "Full cost rose 22 % in October 2026"
OLD = "Full cost rose 19 % in October 2026"


def address_of(page: str) -> str:
    """Return the path of a page; the first is the root."""
    return "/" if page == next(iter(PAGES)) else f"/{page}"


def title(page: Page) -> Any:
    """Return the finding of a page."""
    return page.get_by_role("heading", level=1)


def query(page: Page) -> str:
    """Return the query of the address bar, its keys in order."""
    return "&".join(sorted(urlsplit(page.url).query.split("&")))


def expect_chosen(page: Page, key: str, names: list[str]) -> None:
    """Wait until a filter of the sidebar has exactly these choices."""
    expect(page.locator(f".st-key-{key} [data-tag]")).to_have_text(names)


def choose(page: Page, key: str, option: str) -> None:
    """Choose an option of a filter as a reader does."""
    page.locator(f".st-key-{key}").get_by_role("combobox").click()
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")
    settle(page)


# ---- the gate ----------------------------------------------------------------------------------


def test_the_very_first_request_to_a_fresh_server_may_be_a_deep_link(
    two_months: Desk, open_link: Open
) -> None:
    with serving(two_months.root) as fresh:
        page = open_link("/methods?company=Acme", address=fresh)
        expect(title(page)).to_have_text("What the numbers mean, and how they are computed")
        expect(page.get_by_role("combobox", name="Company")).to_be_visible()
        expect_chosen(page, "company", ["Acme"])


def test_without_data_every_page_opens_and_the_first_says_where_to_begin(
    here: str, open_link: Open
) -> None:
    expect(title(open_link("/", address=here))).to_have_text("There is no data yet")
    for page in PAGES:
        opened = open_link(address_of(page), address=here)
        expect(title(opened)).to_be_visible()
        expect(opened.get_by_test_id("stException")).to_have_count(0)


# ---- the view lives in the link ----------------------------------------------------------------


def test_a_choice_of_the_reader_stands_in_the_link_and_opens_the_same_view_elsewhere(
    open_link: Open,
) -> None:
    page = open_link()
    choose(page, "department", "Sales")
    expect(title(page)).to_contain_text("Attributed usage cost")
    assert query(page) == "department=Sales"
    page.locator(".st-key-tokens").get_by_text("raw").click()
    expect(page.get_by_text("Sales · all vendors · raw tokens")).to_be_visible()
    other = open_link(f"/?{query(page)}", elsewhere=True)
    expect(title(other)).to_have_text(title(page).inner_text())
    expect_chosen(other, "department", ["Sales"])


def test_filters_survive_another_page_a_reload_and_the_way_back(open_link: Open) -> None:
    page = open_link("/?department=Sales&compare=none")
    page.get_by_role("link", name="Methods").first.click()
    expect(title(page)).to_contain_text("What the numbers mean")
    expect_chosen(page, "department", ["Sales"])
    assert query(page) == "compare=none&department=Sales"
    page.reload()
    settle(page)
    expect_chosen(page, "department", ["Sales"])
    page.go_back()
    expect(title(page)).to_contain_text("Attributed usage cost was")
    expect_chosen(page, "department", ["Sales"])
    assert query(page) == "compare=none&department=Sales"


def test_a_click_on_a_mark_filters_by_what_it_stands_for(open_link: Open) -> None:
    page = open_link("/?compare=none")
    bars = page.get_by_test_id("stVegaLiteChart").nth(1).locator("svg g.mark-rect > path")
    expect(bars).to_have_count(2)
    bars.first.click()
    expect(page).to_have_url(re.compile("department=Engineering"))
    expect_chosen(page, "department", ["Engineering"])


def test_the_way_back_undoes_a_choice(open_link: Open) -> None:
    page = open_link("/?department=Sales")
    expect(title(page)).to_contain_text("Attributed usage cost")
    page.get_by_role("link", name="Methods").first.click()
    expect(title(page)).to_contain_text("What the numbers mean")
    page.go_back()
    expect(title(page)).to_contain_text("Attributed usage cost")


def test_filters_survive_a_restart_of_the_server(two_months: Desk, open_link: Open) -> None:
    port = free_port()
    with serving(two_months.root, port) as address:
        page = open_link("/?department=Sales", address=address)
    with serving(two_months.root, port):
        page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=60_000)
        page.locator(".st-key-compare").get_by_text("none").click()
        expect(page.get_by_text("October 2026 · all companies · Sales")).to_be_visible(
            timeout=60_000
        )
        expect_chosen(page, "department", ["Sales"])
        page.reload()
        settle(page)
        expect_chosen(page, "department", ["Sales"])


def test_what_a_link_cannot_have_stays_in_it_and_never_widens_the_view(open_link: Open) -> None:
    page = open_link("/?company=Bogus")
    for _ in range(2):
        expect(title(page)).to_have_text("Nothing matches this view")
        expect(page.get_by_text("There is no company “Bogus” in this data")).to_be_visible()
        assert query(page) == "company=Bogus"
        page.reload()
        settle(page)
    page.get_by_role("button", name="Clear the filters").last.click()
    expect(title(page)).to_contain_text(NEW)
    assert query(page) == ""


def test_of_a_partly_known_filter_the_rest_is_shown_and_the_unknown_named(
    open_link: Open,
) -> None:
    page = open_link("/?company=Bogus&company=Acme")
    expect(title(page)).to_contain_text(NEW)
    expect(page.get_by_text("There is no company “Bogus” in this data")).to_be_visible()
    expect_chosen(page, "company", ["Bogus", "Acme"])


@pytest.mark.parametrize("written", ["months=2026-09", "months=2026-09..2026-09"])
def test_months_written_by_hand_are_kept_over_a_reload(open_link: Open, written: str) -> None:
    page = open_link(f"/?{written}")
    for _ in range(2):
        expect(title(page)).to_contain_text("in September 2026")
        assert query(page) == "months=2026-09&months=2026-09"
        page.reload()
        settle(page)


def test_names_from_a_link_are_text_and_nothing_else(open_link: Open) -> None:
    evil = "%5Bclick%5D(http%3A%2F%2Fevil.example)%20%3Amaterial%2Fhome%3A%20%3Cb%3E%20%24x%24"
    page = open_link(f"/?vendor={evil}")
    warning = page.get_by_test_id("stAlert").last
    expect(warning).to_contain_text("There is no vendor")
    said = warning.inner_text().replace(JOINER, "")
    assert "“[click](http://evil.example) :material/home: <b> $x$”" in said
    expect(warning.get_by_role("link")).to_have_count(0)
    expect(warning.get_by_test_id("stIconMaterial")).to_have_count(0)


# ---- data versions -----------------------------------------------------------------------------


def test_a_pinned_link_shows_the_old_numbers_says_so_and_leads_to_the_newest(
    two_months: Desk, open_link: Open
) -> None:
    store = two_months.store
    pin = f"{store.id}-{store.newest() - 1}"
    page = open_link(f"/?version={pin}&company=Acme")
    notice = page.get_by_text(f"You look at data version {store.newest() - 1}")
    expect(title(page)).to_contain_text(OLD)
    expect(notice).to_be_visible()
    page.get_by_role("link", name="Methods").first.click()
    expect(title(page)).to_contain_text("What the numbers mean")
    expect(notice).to_be_visible()
    assert f"version={pin}" in query(page)
    page.get_by_role("link", name="Briefing").first.click()
    expect(title(page)).to_contain_text(OLD)
    page.get_by_role("button", name="Go to the newest data").click()
    expect(title(page)).to_contain_text(NEW)
    expect(notice).to_have_count(0)
    assert query(page) == "company=Acme"
    page.go_back()
    expect(title(page)).to_contain_text(OLD)


def test_a_link_to_other_data_opens_nothing_and_offers_the_newest(open_link: Open) -> None:
    page = open_link("/?version=ffffffff-3&company=Elsewhere")
    expect(title(page)).to_have_text("This link belongs to other data")
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.get_by_role("button", name="Open the newest data").click()
    expect(title(page)).to_contain_text(NEW)
    assert query(page) == ""


def test_the_copied_link_opens_exactly_this_view(two_months: Desk, open_link: Open) -> None:
    page = open_link("/?department=Sales&tokens=fresh")
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    assert link == (
        f"{page.url.split('?')[0]}?months=2026-10&months=2026-10&compare=previous&tokens=fresh"
        f"&currency=USD&department=Sales&version={two_months.store.pin()}"
    )
    other = open_link(f"/?{urlsplit(link).query}", elsewhere=True)
    expect(title(other)).to_have_text(title(page).inner_text())
    expect(other.get_by_test_id("stAlert")).to_have_count(0)


# ---- reading -----------------------------------------------------------------------------------


def test_a_figure_explains_itself_when_asked(open_link: Open) -> None:
    page = open_link()
    card = page.locator(".stPrintBorderedColumn").filter(has_text="Tokens per employee")
    card.get_by_role("button", name="How is this computed?").click()
    body = page.get_by_test_id("stPopoverBody")
    for part in (
        "sum of tokens ÷ sum of monthly employees",
        "October 2026 against September 2026",
        "n 20 employees",
        "Headcount of Acme: load",
        "create or replace macro tokens_per_employee",
    ):
        expect(body).to_contain_text(part)


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """Return what keeps somebody from reading a page, by rule."""
    return [
        (rule["id"], [node["html"][:120] for node in rule["nodes"]][:3])
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_a_serious_barrier_or_is_wider_than_a_phone(page: str, open_link: Open) -> None:
    opened = open_link(address_of(page))
    assert not barriers(opened)
    app = opened.get_by_test_id("stApp")
    light = app.evaluate("app => getComputedStyle(app).backgroundColor")
    opened.emulate_media(color_scheme="dark")
    expect(app).not_to_have_css("background-color", light)
    opened.set_viewport_size({"width": 390, "height": 844})
    settle(opened)
    assert not barriers(opened)
    wider = opened.evaluate(
        "() => document.querySelector('[data-testid=\"stMain\"]').scrollWidth - window.innerWidth"
    )
    assert wider <= 0


def test_in_print_the_headline_and_its_caveats_stay_and_what_one_clicks_goes(
    open_link: Open,
) -> None:
    page = open_link("/?company=Bogus&company=Acme")
    page.emulate_media(media="print")
    for gone in ("stSidebar", "stHeader", "stPopover"):
        for part in page.get_by_test_id(gone).all():
            expect(part).to_be_hidden()
    expect(title(page)).to_be_visible()
    expect(page.get_by_text("There is no company “Bogus” in this data")).to_be_visible()
    expect(page.get_by_text("October 2026 against September 2026 · Bogus and Acme")).to_be_visible()
    expect(page.get_by_text("Source: ")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(5)


def test_the_dark_theme_is_printed_as_dark_text_on_white(open_link: Open) -> None:
    for theme, turned in (("light", "none"), ("dark", "invert(1) hue-rotate(180deg)")):
        page = open_link("/", theme=theme)
        page.emulate_media(media="print")
        shown = page.get_by_test_id("stAppViewContainer")
        expect(shown).to_have_css("filter", turned)
        for part in (page.locator("body"), page.get_by_test_id("stApp"), shown):
            expect(part).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_a_page_asks_no_other_host_and_breaks_no_rule_of_its_own_policy(
    browser: Any, server: str
) -> None:
    window = browser.new_page()
    hosts: set[str] = set()
    said: list[str] = []
    window.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    window.on("console", lambda message: said.append(message.text))
    window.goto(server)
    settle(window)
    window.close()
    assert hosts - {""} == {urlsplit(server).netloc}
    assert not [text for text in said if "Content Security Policy" in text]


def test_every_answer_carries_the_security_headers(browser: Any, server: str) -> None:
    window = browser.new_page()
    for path in ("/", "/healthz", "/methods"):
        headers = window.goto(f"{server}{path}").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert re.search(r"default-src 'self'.*frame-ancestors", headers["content-security-policy"])
    window.close()


def test_the_open_tab_and_what_is_tried_go_into_the_link_and_come_back(
    two_months: Desk, tmp_path: Path, open_link: Open
) -> None:
    root = two_months.copy(tmp_path / "copy").root
    believe(root, "wage_usd_per_hour", 50, 50, 50)
    believe(root, "minutes_saved_per_active_day", 50, 100, 150)
    said = "Break-even 72 minutes instead of 2.2 hours"
    with serving(root) as fresh:
        page = open_link("/roi?company=Acme", address=fresh)
        page.get_by_role("tab", name="What if").click()
        settle(page)
        seats = page.locator(".st-key-what_if_seats").get_by_role("slider")
        seats.focus()
        for _ in range(10):
            page.keyboard.press("ArrowLeft")
        settle(page)
        expect(page.get_by_text(said)).to_be_visible()
        page.get_by_role("button", name="Copy link").click()
        link = page.get_by_test_id("stCode").inner_text().strip()
        page.goto("about:blank")
        page.goto(link)
        settle(page)
        expect(page.get_by_text(said)).to_be_visible()
        # It stays while another page is looked at.
        page.get_by_role("link", name="Adoption").click()
        settle(page)
        expect(title(page)).to_contain_text("of employees used AI")
        page.get_by_role("link", name="Does it pay?").click()
        settle(page)
        expect(page.get_by_text(said)).to_be_visible()
