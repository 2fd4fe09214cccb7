"""How do we compare?"""

import streamlit as st

from leverage import frame
from leverage.figures import sectors as figures


def inside(found: figures.Inside) -> None:
    """Draw departments and roles against the company, and the patterns of roles."""
    frame.side_by_side(found.departments, found.roles)
    frame.published(found.patterns)


def traits(found: figures.Traits) -> None:
    """Draw what the cost is made of, and whether use goes with origin or size."""
    frame.side_by_side(found.size, found.cost)
    frame.table(found.origins)


def work(found: figures.Profile) -> None:
    """Draw the kinds of work beside the sector's pattern and the peers."""
    frame.side_by_side(found.classes, found.gaps)
    frame.published(found.pattern)


def models(found: figures.Routing) -> None:
    """Draw which model does which work, and what another's list price would make it."""
    frame.table(found.models)
    frame.side_by_side(found.vendors, found.repriced, widths=(2, 3))


def references(found: figures.References) -> None:
    """Draw published figures: those that mean the same, and the others apart."""
    frame.published(found.comparable)
    frame.published(found.adoption)
    with st.expander(found.context.name):
        frame.published(found.context)


page = frame.page(figures.sectors)
frame.head(page.title)
if page.is_people:
    frame.chart(page.companies)
    frame.source_line(page.source)
    st.stop()
frame.badges(page.badges, page.captions)
frame.cards(page.figures)
frame.notes(page.notes)

beside, why = st.columns([3, 2], gap="large")
with beside:
    frame.chart(page.companies)
    frame.sentences("Why", page.sentences)
with why:
    frame.chart(page.gap)
    frame.to_settle("To settle", page.to_settle)

frame.tabs(
    "sectors_part",
    {
        "Departments and roles": (figures.inside, inside),
        "Origin, size and cost": (figures.traits, traits),
        "Kinds of work": (figures.profile, work),
        "Models and vendors": (figures.routing, models),
        "Published figures": (figures.references, references),
        "Trillion-token list": (figures.club, frame.published),
    },
)
frame.source_line(page.source)
