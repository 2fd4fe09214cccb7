"""How many tokens stand behind each employee, and is someone still looking?"""

import polars as pl
import streamlit as st

from leverage import frame
from leverage.figures import leverage as figures

WIDE = 2


def places() -> None:
    """Draw departments, roles and sizes."""
    found = frame.built(figures.places)
    if found is not None:
        left, right = st.columns(2, gap="large")
        with left:
            frame.chart(found.by_department or found.by_role)
        with right:
            frame.chart(found.by_size)
            if found.by_department is not None:
                frame.chart(found.by_role)


def oversight() -> None:
    """Draw leverage against oversight."""
    found = frame.built(figures.oversight)
    if found is not None:
        left, right = st.columns(2, gap="large")
        with left:
            frame.chart(found.zones)
        with right:
            frame.chart(found.loads)
        frame.table(found.table)
        thresholds(found.policy)
        st.caption(frame.plain(found.left_out))


def autonomy() -> None:
    """Draw the autonomy ladder."""
    found = frame.built(figures.ladder)
    if found is not None:
        frame.table(found.table)
        thresholds(found.policy)


def returns() -> None:
    """Draw what more use goes with."""
    found = frame.built(figures.returns)
    if found is not None:
        left, right = st.columns(2, gap="large")
        with left:
            if found.bins is not None:
                frame.chart(found.bins)
            st.markdown(frame.plain(found.elasticity))
        with right:
            frame.table(found.sweet_spot)
            frame.table(found.economic)
        frame.table(found.dose)


def outcomes() -> None:
    """Draw outcomes beside use."""
    found = frame.built(figures.outcomes)
    if found is None:
        return
    frame.table(found.effects)
    if found.hidden is not None:
        frame.chart(found.hidden)
    for at in range(0, len(found.multiples), WIDE):
        for column, drawn in zip(
            st.columns(WIDE, gap="large"), found.multiples[at : at + WIDE], strict=False
        ):
            with column:
                frame.chart(drawn)


def thresholds(rows: pl.DataFrame) -> None:
    """Draw the thresholds of the policy, folded away."""
    with st.expander("Thresholds: proposals of this product, change them to your own policy"):
        st.table(rows, border="horizontal", hide_index=True)


here = frame.here()
if here is None:
    frame.no_data()
    st.stop()

overview = frame.built(figures.leverage)
if overview is None:
    frame.nothing_matches(here)
    st.stop()

frame.head(overview.title)
frame.badges(overview.badges, ())
frame.cards(overview.figures)
frame.notes(overview.notes)

why, where = st.columns(2, gap="large")
with why:
    frame.sentences("What moved it, and is someone looking?", overview.sentences)
    frame.chart(overview.units)
with where:
    frame.chart(overview.trend)
    frame.to_settle("To settle", overview.to_settle)

frame.tabs(
    "leverage_tabs",
    {
        "Departments and size": places,
        "Oversight": oversight,
        "Does more help?": returns,
        "Autonomy": autonomy,
        "Outcomes": outcomes,
        "Three ways to count": lambda: frame.table(overview.bases),
    },
)

frame.source_line(overview.source)
