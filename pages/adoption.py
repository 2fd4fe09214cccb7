"""Who has it, who uses it, and how mature is the use?"""

import streamlit as st

from leverage import frame
from leverage.figures import adoption as figures


def maturity(shown: figures.MaturityPage) -> None:
    """Draw the pillars, their path, the dimensions with their cut-offs, and other models."""
    frame.side_by_side(shown.pillars, shown.path)
    frame.table(shown.dimensions)
    frame.table(shown.departments)
    st.markdown(frame.plain(shown.rule))
    frame.change_cutoff(shown.cutoffs)
    st.subheader("Other models, beside it and never converted")
    for name, text in shown.other_models:
        st.markdown(f"**{frame.plain(name)}.** {frame.plain(text)}")


page = frame.page(figures.adoption)
frame.head(page.title)
frame.cards(page.figures)
frame.notes(page.notes)

why, then = st.columns([3, 2], gap="large")
with why:
    frame.sentences("Why it stands there", page.sentences)
    frame.chart(page.trend)
with then:
    frame.to_settle("What would lift it", page.to_settle)
    frame.chart(page.breadth)

frame.tabs(
    "adoption_tabs",
    {
        "Maturity": (figures.maturity_page, maturity),
        "Habits": (figures.habits, frame.details),
        "Who stays": (figures.staying, frame.details),
        "Seats": (figures.seats, frame.details),
        "Concentration": (figures.concentration, frame.details),
    },
)
frame.source_line(page.source)
