"""The cost page: why the bill moved, and where it is going.

`cost` is the head of the page; each of the others is one of its tabs, asked for when opened.
"""

from leverage.figures.cost.ahead import Ahead, ahead
from leverage.figures.cost.footprint import footprint
from leverage.figures.cost.outstanding import outstanding
from leverage.figures.cost.overview import Cost, cost, parts
from leverage.figures.cost.statement import Statement, statement

__all__ = [
    "Ahead",
    "Cost",
    "Statement",
    "ahead",
    "cost",
    "footprint",
    "outstanding",
    "parts",
    "statement",
]
