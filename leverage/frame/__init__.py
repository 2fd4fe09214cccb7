"""The page frame: what every page shares, so that a page only asks, guards, says and shows.

main.py opens the data and the filters before a page runs; a page then reads `here()` and draws with
the parts below. Of the package leverage only this one and main.py import streamlit.
"""

from leverage.frame.alerts import alerts
from leverage.frame.bases import choose_basis
from leverage.frame.beliefs import change_belief
from leverage.frame.cutoffs import change_cutoff
from leverage.frame.data import (
    Here,
    Opened,
    answer,
    built,
    data_root,
    enter,
    here,
    leave,
    open_data,
    warm,
)
from leverage.frame.edits import answered
from leverage.frame.filters import sidebar
from leverage.frame.links import link_to_view, page_link, pages, version_asked
from leverage.frame.notices import no_data, notices, page, say_error, wrong_pin
from leverage.frame.parts import (
    badges,
    cards,
    chart,
    definition,
    details,
    download,
    draw,
    explain,
    head,
    notes,
    plain,
    published,
    question,
    rows_of_text,
    sentences,
    side_by_side,
    source_line,
    table,
    tabs,
    to_settle,
)
from leverage.frame.style import ICON, style

__all__ = [
    "ICON",
    "Here",
    "Opened",
    "alerts",
    "answer",
    "answered",
    "badges",
    "built",
    "cards",
    "change_belief",
    "change_cutoff",
    "chart",
    "choose_basis",
    "data_root",
    "definition",
    "details",
    "download",
    "draw",
    "enter",
    "explain",
    "head",
    "here",
    "leave",
    "link_to_view",
    "no_data",
    "notes",
    "notices",
    "open_data",
    "page",
    "page_link",
    "pages",
    "plain",
    "published",
    "question",
    "rows_of_text",
    "say_error",
    "sentences",
    "side_by_side",
    "sidebar",
    "source_line",
    "style",
    "table",
    "tabs",
    "to_settle",
    "version_asked",
    "warm",
    "wrong_pin",
]
