"""Which source counts: month by month and vendor by vendor, and the choice of another."""

import streamlit as st

from leverage import words
from leverage.ask import Asker
from leverage.figures.sources import Sources, source_title, sources
from leverage.frame import edits
from leverage.frame.parts import plain
from leverage.store.changes import USUAL


@st.cache_data(max_entries=20, show_spinner=False)
def _counted(store_id: str, number: int, _asker: Asker) -> Sources | None:
    """Return which source counts in a data version, worked out once."""
    return sources(_asker)


def which_source_counts(asker: Asker, by: str) -> None:
    """Draw what each source holds of a month, whether it counts and why, and offer another."""
    found = _counted(*asker.pin, asker)
    if found is None:
        return
    st.header("Which source counts")
    st.markdown(f"**{plain(found.finding)}.**")
    st.dataframe(
        found.rows,
        hide_index=True,
        column_config={
            "Tokens": st.column_config.NumberColumn(format="localized"),
            "Cost in USD": st.column_config.NumberColumn(format="%.2f"),
        },
        placeholder=words.DASH,
        alt="What each source holds of a month and vendor, whether it counts, and why",
    )
    st.caption(
        "Day by day one source counts for tokens and one for cost; the others are kept and "
        "compared. Cost is a bill, else the vendor's estimate, else the list price. Tokens are "
        "those of a usage file, else of a bill. A gateway counts where the vendor's own "
        "exports hold nothing. “Off by” is against what counts on the days on which the source "
        f"does not; “{words.DASH}” is not reported, or nothing to compare."
    )
    if found.choices:
        _choose_source(found, by)


def _choose_source(found: Sources, by: str) -> None:
    """Offer another source in place of the one that counts, and the way back."""
    places = range(len(found.choices))
    place = st.selectbox(
        "What shall be counted from another source?",
        places,
        index=None,
        key="source_of",
        placeholder="Choose one",
        format_func=lambda place: found.choices[place].said,
    )
    if place is None:
        return
    choice = found.choices[place]
    offered = [USUAL, *choice.kinds]
    with st.form("source", border=False):
        first, second = st.columns([4, 1], vertical_alignment="bottom")
        kind = first.selectbox(
            "Count it from",
            offered,
            index=offered.index(choice.kind) if choice.kind in offered else 0,
            format_func=source_title,
            help="On days on which that source holds nothing, the usual rule decides.",
        )
        if second.form_submit_button("Count it so"):
            to = (choice.company, choice.vendor, choice.account, choice.measure, kind)
            if not by:
                st.warning("Say who you are above first.")
            elif edits.act("choose_source", by, *to):
                st.rerun()
