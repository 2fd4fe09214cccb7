"""The leverage page: tokens behind each employee, and whether someone is still looking.

`leverage` is the head of the page; each of the others is one of its tabs, asked for when opened.
"""

from leverage.figures.leverage.ladder import Ladder, ladder
from leverage.figures.leverage.outcomes import Outcomes, outcomes
from leverage.figures.leverage.oversight import Oversight, oversight
from leverage.figures.leverage.overview import Leverage, leverage
from leverage.figures.leverage.places import Places, places
from leverage.figures.leverage.returns import Returns, returns

__all__ = [
    "Ladder",
    "Leverage",
    "Outcomes",
    "Oversight",
    "Places",
    "Returns",
    "ladder",
    "leverage",
    "outcomes",
    "oversight",
    "places",
    "returns",
]
