"""How many tokens stand behind each employee, and is someone still looking?"""

import streamlit as st

from leverage import frame
from leverage.figures import leverage as figures

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

frame.source_line(overview.source)
