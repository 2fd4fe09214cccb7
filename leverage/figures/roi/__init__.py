"""Does it pay: break-even, the range of returns, what it rests on, and what if."""

from leverage.figures.roi.overview import Roi, roi_page

__all__ = [
    "Roi",
    "roi_page",
]
