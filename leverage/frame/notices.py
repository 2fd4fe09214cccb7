"""What a page says instead of figures, or before them: states and warnings, each with a way on."""

from collections.abc import Callable
from typing import Final, TypeVar

import streamlit as st

from leverage import figures, words
from leverage.errors import ReportError
from leverage.figures import Ask
from leverage.frame import filters, links
from leverage.frame.data import Here, built, here, offered, shown_store
from leverage.frame.parts import head, plain
from leverage.log import log_line
from leverage.store import Pin
from leverage.view import USD

T = TypeVar("T")


OTHER_STORE: Final = "data"
"""The page that speaks of the real store, so that what it shows is never the sample's."""
IN_CURRENCY: Final = ("roi", "cost")
"""The pages that tell money in the currency of the view."""


def notices(here: Here, page: str) -> None:
    """Say what to know first: whose data, which version, and what of the view is not here.

    `page` is the name of the page's file.
    """
    if here.opened.is_sample and page != OTHER_STORE:
        st.info(
            "These are sample data: every company and every number is invented. "
            "They go once you load your own exports on the Data page.",
            icon=":material/science:",
        )
    shown, newest = here.pin.number, here.opened.newest
    if shown < newest:
        with st.container(key="pinned"):
            st.warning(
                f"You look at data version {words.count(shown)}, as the link asks. Newer data "
                f"landed since: the newest is version {words.count(newest)}.",
                icon=":material/history:",
            )
            st.button("Go to the newest data", on_click=links.unpin, key="unpin")
    if here.asked.problems:
        lines = [plain(problem) for problem in here.asked.problems]
        text = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
        st.warning(text, title="The link asks for something that is not here")
    if here.view.currency != USD and page not in IN_CURRENCY:
        named = figures.listed([f"“{links.PAGES[name][0]}”" for name in IN_CURRENCY])
        code = here.view.currency
        st.caption(plain(f"Amounts here are in US dollars; they are told in {code} on {named}."))


def wrong_pin(error: ReportError, version: str | None) -> None:
    """Say that a link's data cannot be had, and offer the newest; nothing else is opened."""
    st.title(plain(error.title))
    st.markdown(plain(error.found))
    pin, found = Pin.parse(version or ""), shown_store()
    is_other = pin is not None and found is not None and pin.store_id != found.store.id
    st.button(
        "Open the newest data",
        type="primary",
        on_click=links.leave_link if is_other else links.unpin,
    )


def no_data() -> None:
    """Say that nothing is loaded, and where to begin."""
    st.title("There is no data yet")
    st.markdown(
        "This page shows what your company gets for the AI it uses, from the vendors' own usage "
        "exports. Hand in the first file to begin."
    )
    links.page_link("data", "Load the first file")


def page(build: Callable[[Ask], T | None]) -> T:
    """Return what a page is built of; where there is nothing, say so and end the run."""
    at = here()
    if at is None:
        no_data()
        st.stop()
    found = built(build)
    if found is None:
        nothing_matches(at)
        st.stop()
    return found


def nothing_matches(here: Here) -> None:
    """Say that no loaded use matches the view, and offer the way out."""
    months, _ = offered(here.opened)
    if not months:
        no_data()
        return
    head("Nothing matches this view")
    if here.window.no_comparison == "no use is loaded":
        st.markdown("No use is loaded of what the filters ask for.")
    else:
        name = words.period(here.window.first, here.window.last)
        st.markdown(f"No use of {name} was loaded that the filters let through.")
    if here.view.workload and here.view.is_people:
        st.markdown(
            "What use was for is known of companies, not of their people: filter by workload, or "
            "by department and role, not by both."
        )
    st.button(
        "Clear the filters",
        type="primary",
        key="clear_from_nothing",
        on_click=filters.clear_filters,
    )


def say_error(error: ReportError) -> None:
    """Show an error that a page ran into, in its three parts."""
    log_line("refused", error=type(error).__name__, title=error.title)
    st.error(plain(f"{error.found} {error.next_step}".strip()), title=plain(error.title))
