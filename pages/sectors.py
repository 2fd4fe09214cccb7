"""How do we compare?"""

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
if page.badges:
    frame.badges(page.badges, ())
frame.cards(page.figures)
frame.notes(page.notes)

beside, why = st.columns([3, 2], gap="large")
with beside:
    frame.chart(page.companies, "_by_company")
    frame.sentences("Why", page.sentences)
with why:
    frame.chart(page.gap)
    frame.to_settle("To settle", page.to_settle)

frame.source_line(page.source)
