"""Hand in this month's exports; can I trust what is loaded?"""

from datetime import date

import streamlit as st

from leverage import frame, words
from leverage.ask import Asker
from leverage.figures.trust import Trust, trust
from leverage.frame import plain
from leverage.frame.data_page import (
    hand_in,
    history,
    how_to_get,
    invoices_against_use,
    trusted,
    which_source_counts,
    which_work,
    without_owner,
)
from leverage.store import Store

# A month is as wide whether there are three of them or twenty-four.
MONTH_PX, NAME_PX = 36, 320


def real_asker() -> Asker | None:
    """Return what answers on the real store, never on the sample's; None where there is none."""
    root = frame.data_root() / "store"
    here = frame.here()
    if here is None or not (root / "store.json").is_file():
        return None
    store = Store(root) if here.opened.is_sample else here.opened.asker.store
    return Asker(here.opened.asker.engine, store, store.newest())


@st.cache_data(max_entries=20, show_spinner=False)
def told(store_id: str, number: int, today: date, _asker: Asker) -> Trust | None:
    """Return what there is to say of a data version, worked out once."""
    return trust(_asker, today)


asker = real_asker()
state = told(*asker.pin, date.today(), asker) if asker else None
companies = asker.rows("company_list", {}).to_dicts() if asker else []
hand_in.enter_created()

# ---- the finding -------------------------------------------------------------------------------

if asker is None:
    st.caption("Your own data; the other pages show invented sample data until some are loaded")
elif frame.here():
    st.caption(
        f"Your own data, version {words.count(asker.number)} of store {asker.store.id} · "
        "everything that is loaded, whatever the filters say"
    )
st.title(plain(state.title) if state else "Nothing of your own is loaded yet", anchor=False)
hand_in.who_loads()
frame.answered()

left, right = st.columns([3, 2], gap="large")
with left:
    st.header("Hand in exports")
    by, company = hand_in.who_and_company(companies)
    hand_in.hand_in(by, company)

with right:
    if state is None:
        st.header("How to start")
        st.markdown(
            "1. Say who you are, and create your company.\n"
            "2. Drop the exports of last month: one vendor is enough to begin.\n"
            "3. Look at what was found in them, then load it. Every load can be taken back."
        )
    else:
        st.header("Missing exports")
        if not state.missing:
            name = words.month_name(state.month)
            st.markdown(f"None: every source seen before goes up to {name}.")
        for lack in state.missing:
            st.markdown(f"**{plain(lack.source)}** {plain(lack.said)}")
            st.caption(plain(lack.how))
        for note in (state.partly, state.rosters):
            if note:
                st.caption(plain(note))
        if state.ended:
            st.caption(f"Quiet for long, perhaps ended: {plain('; '.join(state.ended))}")
    with st.expander("Which exports can be loaded, and how to get them"):
        how_to_get()

if asker is None:
    st.stop()

# ---- can it be trusted? ------------------------------------------------------------------------

if state is not None:
    st.header("What is loaded")
    for number, calendar in enumerate(state.calendars):
        with st.container(width=NAME_PX + MONTH_PX * calendar.months):
            st.vega_lite_chart(
                calendar.rows, calendar.spec, alt=calendar.alt, key=f"calendar_{number}"
            )

    trusted(asker)
    which_source_counts(asker, by)
    without_owner(state, asker, by)

which_work(asker, by, company)
invoices_against_use(asker)
history(asker, by)
