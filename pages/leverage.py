"""How many tokens stand behind each employee, and is someone still looking?"""

import polars as pl
import streamlit as st

from leverage import frame
from leverage.figures import leverage as figures


def places(found: figures.Places) -> None:
    """Draw departments, roles and sizes."""
    if found.by_department is None:
        frame.side_by_side(found.by_role, found.by_size)
        return
    frame.side_by_side(found.by_department, found.by_size)
    frame.chart(found.by_role)


def oversight(found: figures.Oversight) -> None:
    """Draw leverage against oversight."""
    frame.side_by_side(found.zones, found.loads)
    frame.table(found.table)
    thresholds(found.policy)
    st.caption(frame.plain(found.left_out))


def autonomy(found: figures.Ladder) -> None:
    """Draw the autonomy ladder."""
    frame.table(found.table)
    thresholds(found.policy)


def returns(found: figures.Returns) -> None:
    """Draw what more use goes with."""
    left, right = st.columns(2, gap="large")
    with left:
        if found.bins is not None:
            frame.chart(found.bins)
        st.markdown(frame.plain(found.elasticity))
    with right:
        frame.table(found.sweet_spot)
        frame.table(found.economic)
    frame.table(found.dose)


def outcomes(found: figures.Outcomes) -> None:
    """Draw outcomes beside use."""
    frame.table(found.effects)
    if found.hidden is not None:
        frame.chart(found.hidden)
    for at in range(0, len(found.multiples), 2):
        frame.side_by_side(*found.multiples[at : at + 2])


def bases(found: figures.Leverage) -> None:
    """Draw the three ways to count employees."""
    frame.table(found.bases)


def thresholds(rows: pl.DataFrame) -> None:
    """Draw the thresholds of the policy, folded away."""
    with st.expander("Thresholds: proposals of this product, change them to your own policy"):
        frame.rows_of_text(rows, "The thresholds of the policy")


page = frame.page(figures.leverage)
frame.head(page.title)
frame.badges(page.badges, ())
frame.cards(page.figures)
frame.notes(page.notes)

why, where = st.columns(2, gap="large")
with why:
    frame.sentences("What moved it, and is someone looking?", page.sentences)
    frame.chart(page.units)
with where:
    frame.chart(page.trend)
    frame.to_settle("To settle", page.to_settle)

frame.tabs(
    "leverage_tabs",
    {
        "Departments and size": (figures.places, places),
        "Oversight": (figures.oversight, oversight),
        "Does more help?": (figures.returns, returns),
        "Autonomy": (figures.ladder, autonomy),
        "Outcomes": (figures.outcomes, outcomes),
        "Three ways to count": (figures.leverage, bases),
    },
)
frame.source_line(page.source)
