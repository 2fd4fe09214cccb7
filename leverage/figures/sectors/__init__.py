"""How we compare: with the other companies here, with published figures, and inside.

Each part of the page is built by itself, so that what stands in a tab is asked for when it is
opened.
"""

from leverage.figures.sectors.overview import Sectors, sectors

__all__ = ["Sectors", "sectors"]
