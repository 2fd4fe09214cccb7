"""How do we compare?

What stands in a tab is asked for when it is opened.
"""

import streamlit as st

from leverage import frame
from leverage.figures import sectors as figures

here = frame.here()
if here is None:
    frame.no_data()
    st.stop()

page = frame.built(figures.sectors)
if page is None:
    frame.nothing_matches(here)
    st.stop()

frame.head(page.title)
if here.view.is_people:
    frame.chart(page.companies)
    frame.source_line(page.source)
    st.stop()
frame.badges(page.badges, ())
frame.cards(page.figures)
frame.notes(page.notes)

beside, why = st.columns([3, 2], gap="large")
with beside:
    frame.chart(page.companies)
    frame.sentences("Why", page.sentences)
with why:
    frame.chart(page.gap)
    frame.to_settle("To settle", page.to_settle)


def traits() -> None:
    """Draw what the cost is made of, and whether use goes with origin or size."""
    shown = frame.built(figures.traits)
    if shown is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        frame.chart(shown.size)
    with right:
        frame.chart(shown.cost)
    frame.table(shown.origins)


def inside() -> None:
    """Draw departments and roles against the company, and the patterns of roles."""
    shown = frame.built(figures.inside)
    if shown is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        frame.chart(shown.departments)
    with right:
        frame.chart(shown.roles)
    frame.published(shown.patterns)


def work() -> None:
    """Draw the kinds of work beside the sector's pattern and the peers."""
    shown = frame.built(figures.profile)
    if shown is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        frame.chart(shown.classes)
    with right:
        frame.table(shown.gaps)
    frame.published(shown.pattern)


def models() -> None:
    """Draw which model does which work, and what another's list price would make it."""
    shown = frame.built(figures.routing)
    if shown is None:
        return
    frame.table(shown.models)
    left, right = st.columns([2, 3], gap="large")
    with left:
        frame.chart(shown.vendors)
    with right:
        frame.table(shown.repriced)


def published() -> None:
    """Draw published figures: those that mean the same, and the others apart."""
    shown = frame.built(figures.references)
    if shown is None:
        return
    frame.published(shown.comparable)
    frame.published(shown.adoption)
    with st.expander(shown.context.name):
        frame.published(shown.context)


frame.tabs(
    "sectors_part",
    {
        "Departments and roles": inside,
        "Origin, size and cost": traits,
        "Kinds of work": work,
        "Models and vendors": models,
        "Published figures": published,
        "Trillion-token list": lambda: frame.published(figures.club()),
    },
)

frame.source_line(page.source)
