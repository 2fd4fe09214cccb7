"""Can it be trusted? The part of the Data page on what is late, double, lost or odd."""

from datetime import date

import streamlit as st

from leverage import words
from leverage.ask import Asker
from leverage.figures.quality import Quality, quality
from leverage.frame.parts import plain


@st.cache_data(max_entries=20, show_spinner=False)
def _told(store_id: str, number: int, today: date, _asker: Asker) -> Quality | None:
    """Return what there is to say of a data version, worked out once a day."""
    return quality(_asker, today)


def trusted(asker: Asker) -> None:
    """Draw what to look into in the newest months, and how much of cost and tokens is covered."""
    said = _told(*asker.pin, date.today(), asker)
    if said is None:
        return
    st.header("Can it be trusted?")
    if said.points:
        lines = [f"**{plain(point.lead)}.** {plain(point.text)}." for point in said.points]
        st.markdown("\n\n".join(lines))
    else:
        st.markdown(
            f"Nothing stands out in {plain(said.period)}: no source is late, no use is there "
            "twice, no workday is lost and no day is far from the usual."
        )
    if said.finding is None:
        return
    st.markdown(
        f"**{plain(said.finding)}.** By vendor; “{words.DASH}” is unknown, or would tell what few "
        "people used:"
    )
    st.dataframe(
        said.coverage,
        hide_index=True,
        alt="Usage cost with tokens, tokens with a cost and both with an owner, by vendor",
    )
