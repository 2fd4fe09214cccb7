"""Pages and the links to them: where a page file is, and the link that gives exactly this view."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from leverage.frame.data import Here
from leverage.view import TABS, TRIED

FOLDER = Path(__file__).parents[2] / "pages"
# The file name is the URL; the order is that of the navigation.
PAGES = {
    "briefing": ("Briefing", ":material/home:", "Where do we stand, what changed, and why?"),
    "adoption": (
        "Adoption",
        ":material/groups:",
        "Who has it, who uses it, and how mature is the use?",
    ),
    "leverage": (
        "Leverage",
        ":material/stacked_bar_chart:",
        "How many tokens stand behind each employee, and is someone still looking?",
    ),
    "cost": (
        "Cost",
        ":material/payments:",
        "Why did the bill move, and where is it going?",
    ),
    "roi": (
        "Does it pay?",
        ":material/balance:",
        "From how many minutes saved does it pay for itself, and what is it worth?",
    ),
    "sectors": (
        "Sectors",
        ":material/compare_arrows:",
        "How do we compare: with other companies, published figures and inside?",
    ),
    "data": (
        "Data",
        ":material/upload_file:",
        "Hand in this month's exports, and see whether what is loaded can be trusted.",
    ),
    "methods": (
        "Methods",
        ":material/menu_book:",
        "What does each number mean, and how is it computed?",
    ),
}


def page(name: str) -> StreamlitPage:
    """Return one page by the name of its file."""
    title, icon, help_text = PAGES[name]
    return st.Page(
        FOLDER / f"{name}.py",
        title=title,
        icon=icon,
        help=help_text,
        default=name == next(iter(PAGES)),
    )


def pages() -> list[StreamlitPage]:
    """Return every page, in the order of the navigation."""
    return [page(name) for name in PAGES]


def page_link(name: str, label: str) -> None:
    """Draw a link to a page; the filters in force go along."""
    st.page_link(page(name), label=label)


def link_to_view(here: Here) -> str:
    """Return the link to exactly this view: values, data version, open tab and what is tried."""
    url = st.context.url or ""
    if not urlsplit(url).path:
        url += "/"
    beside = {
        key: st.query_params.get_all(key) for key in (*TABS, *TRIED) if key in st.query_params
    }
    opened = f"&{urlencode(beside, doseq=True)}" if beside else ""
    return f"{url}?{here.view.with_version(here.pin).query()}{opened}"


def version_asked() -> str | None:
    """Return the data version of the link, None for the newest, and keep it in the URL.

    Going to another page drops what no widget is bound to; there it is written again.
    """
    asked = st.query_params.get("version")
    if asked is not None:
        st.session_state["version"] = asked
    elif "version" in st.session_state:
        asked = st.query_params["version"] = st.session_state["version"]
    return asked


def unpin() -> None:
    """Show the newest data from now on, under the same filters."""
    st.session_state.pop("version", None)
    if "version" in st.query_params:
        del st.query_params["version"]


def leave_link() -> None:
    """Forget a link made on other data: none of its values need be here."""
    st.session_state.pop("version", None)
    st.query_params.clear()
