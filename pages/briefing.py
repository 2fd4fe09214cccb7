"""Where do we stand this month, what changed, and what has to be settled?"""

import streamlit as st

from leverage import figures, frame

here = frame.here()
if here is None:
    frame.no_data()
    st.stop()

briefing = frame.built(figures.briefing)
if briefing is None:
    frame.nothing_matches(here)
    st.stop()

frame.head(briefing.title)
frame.badges(briefing.badges, briefing.captions)

for column, figure in zip(st.columns(5), briefing.figures, strict=True):
    with column:
        frame.card(figure)
frame.notes(briefing.notes)

st.space("small")
changed, open_points = st.columns([3, 2], gap="large")
with changed:
    st.header("What changed, and why")
    frame.sentences(briefing.sentences)
with open_points:
    st.header("To settle")
    frame.to_settle(briefing.to_settle)

st.space("small")
trend, movers = st.columns(2, gap="large")
with trend:
    frame.chart(briefing.trend)
with movers:
    frame.chart(briefing.movers)

frame.source_line(briefing.source)
