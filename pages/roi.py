"""Does it pay: from how many minutes saved, how much is it worth, and what does that rest on?"""

import streamlit as st

from leverage import frame
from leverage.figures import roi as figures
from leverage.view import TRIED


def held(found: figures.Held) -> None:
    """Draw what the answer rests on, what the last change moved, and where freed time went."""
    frame.table(found.table)
    frame.change_belief(found.offered)
    frame.table(found.moved)
    frame.table(found.reinvested)


def what_if(start: figures.WhatIf) -> None:
    """Draw what can be tried, and the range of returns as it is and as it would be."""
    if start.case is None:
        st.caption(frame.plain(start.reason))
        return
    st.caption("Move a slider to see what it does. Nothing is saved; “Copy link” takes it along.")
    columns = st.columns(4, gap="large")
    seats, price, adoption = (
        column.slider(name, *TRIED[key], 0, step=5, format="%+d %%", key=key, bind="query-params")
        / 100
        + 1
        for column, (key, name) in zip(
            columns,
            (
                ("what_if_seats", "Seats paid"),
                ("what_if_price", "Price of usage"),
                ("what_if_adoption", "Days with use"),
            ),
            strict=False,
        )
    )
    low, high = (round(100 * end) for end in start.realisation)
    with columns[3]:
        ends = st.slider(
            "Time saved that becomes value",
            *TRIED["what_if_realisation"],
            (low, high),
            format="%d %%",
            key="what_if_realisation",
            bind="query-params",
        )
    realisation = None if ends == (low, high) else (ends[0] / 100, ends[1] / 100)
    chart, table = figures.tried(start, figures.Tried(seats, price, adoption, realisation))
    frame.side_by_side(chart, table)


def workflows(found: figures.Workflows) -> None:
    """Draw what accepted work costs, what was measured and what it is worth, by workflow."""
    frame.table(found.costs)
    frame.table(found.measured)
    frame.table(found.worth)
    frame.choose_basis(found.choice)


def groups(found: figures.Groups) -> None:
    """Draw what the time of departments and roles is worth, and what each vendor takes."""
    frame.table(found.departments)
    frame.table(found.roles)
    frame.table(found.vendors)


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

frame.tabs(
    "roi_tabs",
    {
        "Assumptions": (figures.held, held),
        "What if": (figures.what_if, what_if),
        "By workflow": (figures.workflows, workflows),
        "By department, role, vendor": (figures.groups, groups),
    },
)
frame.source_line(page.source)
