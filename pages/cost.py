"""Why did the bill move, and where is it going?"""

import streamlit as st

from leverage import frame
from leverage.figures import cost as figures


def ahead(found: figures.Ahead) -> None:
    """Draw the month-end forecast, how forecasts did, the budgets, and the twelve months after."""
    frame.side_by_side(found.forecast, found.tests, widths=(2, 3))
    frame.table(found.budgets)
    frame.side_by_side(found.cost, found.tokens)


def statement(found: figures.Statement) -> None:
    """Draw the statement by department, offered as a file, and idle seats."""
    frame.table(found.table)
    if found.csv is not None:
        frame.download("Take the statement along as CSV", found.file_name, found.csv)
    frame.table(found.idle)


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
        "Where it goes": (figures.ahead, ahead),
        "Days that stand out": (figures.outstanding, frame.table),
        "By department": (figures.statement, statement),
        "To the cent": (figures.parts, frame.table),
        "Energy": (figures.footprint, frame.table),
    },
)
frame.source_line(page.source)
