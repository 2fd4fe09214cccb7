"""Small commands that a page gives the loader, and what they answered."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from leverage import uploads
from leverage.errors import ReportError
from leverage.frame.data import Here, data_root, here
from leverage.frame.parts import plain


def act(done: str, *arguments: Any, **named: Any) -> bool:
    """Run one small command of leverage.uploads and say what it answered; tells whether it did."""
    try:
        with st.spinner("Working"):
            answer = getattr(uploads, done)(data_root(), *arguments, **named)
    except ReportError as error:
        say_refused(error)
        return False
    st.session_state["answered"] = answer
    return True


def say_refused(error: ReportError) -> None:
    """Show why something was not done, in its three parts."""
    parts = [as_sentence(part) for part in (error.found, error.next_step) if part]
    st.error(plain(" ".join(parts)), title=plain(error.title))


def as_sentence(text: str) -> str:
    """Return a text with a full stop, where it has no end of its own."""
    return text if not text or text[-1] in ".?!" else f"{text}."


def who() -> str:
    """Ask whose decision it is, and return the name; the same on every form of a session."""
    return st.text_input(
        "Your name",
        key="by",
        persist_state="session",
        placeholder="First and last name",
        help="Stands in the history beside what you decide. Nobody checks it.",
    ).strip()


def offer_change(label: str, key: str, what: str, form: Callable[[], bool]) -> None:
    """Offer a form behind a button, or say why the data in view cannot be changed.

    `what` goes on where “once your own exports are loaded,” ends. `form` draws the form and tells
    whether it has saved: then a new button, a closed one, takes the place of the open one.
    """
    at = here()
    if at is None:
        return
    answered()
    saved = int(st.session_state.get(f"{key}_saved", 0))
    shown = st.popover(
        label,
        icon=":material/edit:",
        type="tertiary",
        key=f"{key}_{saved}",
        on_change="rerun",
    )
    if not shown.open:
        return
    with shown:
        if may_change(at, what) and form():
            st.session_state[f"{key}_saved"] = saved + 1
            st.rerun()


def is_ready(by: str, problem: str | None = None) -> bool:
    """Tell whether a decision can be saved; where nobody makes it or it has a problem, say so."""
    if not by:
        problem = "Say who you are first."
    if problem:
        st.warning(plain(problem))
    return not problem


def may_change(at: Here, what: str) -> bool:
    """Tell whether the data in view can be changed; where they cannot, say why."""
    if at.opened.is_sample:
        st.markdown(
            f"Sample data cannot be changed. Once your own exports are loaded, {what} here."
        )
        return False
    if at.pin.number < at.opened.newest:
        st.markdown("This is an older data version. Go to the newest data to change something.")
        return False
    return True


def answered() -> None:
    """Say once what the last small command answered."""
    answer = st.session_state.pop("answered", None)
    if answer:
        st.success(plain(answer), icon=":material/check:")
