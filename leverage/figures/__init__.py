"""Figures: what a page shows of its answers, in words, and why where it shows nothing.

Pure: answers go in, text and rows to draw come out. A page asks, hands the answers on, and shows
what it gets; a report in another format says the same because it takes the same figures.
"""

from leverage.figures.briefing import Briefing, briefing
from leverage.figures.confidence import Confidence
from leverage.figures.figure import Ask, Chart, Details, Figure, Hidden, Table
from leverage.figures.ground import Badge, Caption, ToSettle
from leverage.figures.scope import Compared, compared, kind_title, listed, loads_in_words, scope

__all__ = [
    "Ask",
    "Badge",
    "Briefing",
    "Caption",
    "Chart",
    "Compared",
    "Confidence",
    "Details",
    "Figure",
    "Hidden",
    "Table",
    "ToSettle",
    "briefing",
    "compared",
    "kind_title",
    "listed",
    "loads_in_words",
    "scope",
]
