"""The main script of every run: page settings, the data of the link, the filters, then the page.

It runs before any page, whatever address a reader opens, because app.py names it as the script of
the app; a page file never runs alone.
"""

import streamlit as st

from leverage import frame
from leverage.errors import QuestionUnknown, ReportError

# The icon first: without one, the browser fetches that of the page from another host.
st.set_page_config(page_icon=frame.ICON, layout="wide")
page = st.navigation(frame.pages(), position="top")
st.set_page_config(page_title=f"{page.title} · Leverage")
frame.style()
frame.leave()

version = frame.version_asked()
try:
    opened = frame.open_data(version)
except QuestionUnknown as error:
    frame.wrong_pin(error, version)
    st.stop()
except ReportError as error:
    frame.say_error(error)
    st.stop()

if opened is not None:
    frame.notices(frame.enter(opened, frame.sidebar(opened)), page.url_path)
try:
    page.run()
except ReportError as error:
    frame.say_error(error)
