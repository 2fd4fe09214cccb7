"""Does it pay: from how many minutes saved, how much is it worth, and what does that rest on?"""

import streamlit as st

from leverage import frame
from leverage.figures import roi as figures

page = frame.page(figures.roi_page)
frame.head(page.title)
frame.badges(page.badges, ())
frame.cards(page.figures)
frame.notes(page.notes)

why, what = st.columns(2, gap="large")
with why:
    frame.sentences("Why, and how sure is it?", page.sentences)
    frame.to_settle("To settle", page.to_settle)
with what:
    frame.chart(page.worth)
    frame.chart(page.tornado)
frame.table(page.measures)
frame.source_line(page.source)
