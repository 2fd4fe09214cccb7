"""Who has it, who uses it, and how mature is the use?"""

import streamlit as st

from leverage import frame
from leverage.figures import adoption

here = frame.here()
if here is None:
    frame.no_data()
    st.stop()

page = frame.built(adoption.adoption)
if page is None:
    frame.nothing_matches(here)
    st.stop()

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


def maturity() -> None:
    """Draw the pillars, their path, the dimensions with their cut-offs, and other models."""
    shown = frame.built(adoption.maturity_page)
    if shown is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        frame.chart(shown.pillars)
    with right:
        frame.chart(shown.path)
    frame.table(shown.dimensions)
    frame.table(shown.departments)
    st.markdown(frame.plain(shown.rule))
    st.subheader("Other models, beside it and never converted")
    for name, text in shown.other_models:
        st.markdown(f"**{frame.plain(name)}.** {frame.plain(text)}")


frame.tabs(
    "adoption_tabs",
    {
        "Maturity": maturity,
        "Habits": lambda: frame.details(frame.built(adoption.habits)),
        "Who stays": lambda: frame.details(frame.built(adoption.staying)),
        "Seats": lambda: frame.details(frame.built(adoption.seats)),
        "Concentration": lambda: frame.details(frame.built(adoption.concentration)),
    },
)
frame.source_line(page.source)
