"""Why did the bill move, and where is it going?"""

import streamlit as st

from leverage import frame
from leverage.figures import cost as figures

page = frame.page(figures.cost)
frame.head(page.title)
frame.badges(page.badges, ())
frame.cards(page.figures)
frame.notes(page.notes)

why, trend = st.columns(2, gap="large")
with why:
    frame.sentences("Why it moved", page.sentences)
    frame.chart(page.moved)
with trend:
    frame.chart(page.trend)
    frame.to_settle("To settle", page.to_settle)

frame.tabs(
    "cost_tabs",
    {
        "To the cent": (figures.parts, frame.table),
    },
)
frame.source_line(page.source)
