"""The cost page: why the bill moved, and where it is going.

`cost` is the head of the page; each of the others is one of its tabs, asked for when opened.
"""

from leverage.figures.cost.overview import Cost, cost, parts

__all__ = ["Cost", "cost", "parts"]
