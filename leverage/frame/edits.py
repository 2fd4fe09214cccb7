"""Small commands that a page gives the loader, and what they answered."""

from typing import Any

import streamlit as st

from leverage import uploads
from leverage.errors import ReportError
from leverage.frame.data import data_root
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


def answered() -> None:
    """Say once what the last small command answered."""
    answer = st.session_state.pop("answered", None)
    if answer:
        st.success(plain(answer), icon=":material/check:")
