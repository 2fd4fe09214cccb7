"""Where do we stand this month, what changed, and what has to be settled?

Each element is a message in every run, and messages are most of what a run costs: it draws few.
"""

import streamlit as st

from leverage import figures, frame

briefing = frame.page(figures.briefing)
frame.head(briefing.title)
frame.badges(briefing.badges, briefing.captions)

frame.cards(briefing.figures)
frame.notes(briefing.notes)
frame.alerts(briefing.alerts)

why, then = st.columns([3, 2], gap="large")
with why:
    frame.sentences("What changed, and why", briefing.sentences)
    frame.chart(briefing.trend)
with then:
    frame.to_settle("To settle", briefing.to_settle)
    frame.chart(briefing.movers)

frame.source_line(briefing.source)
