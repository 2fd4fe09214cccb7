"""Does it pay: break-even, the range of returns, what it rests on, and what if."""

from leverage.figures.roi.believed import BASES, INPUTS, Input, why_not
from leverage.figures.roi.groups import Groups, groups
from leverage.figures.roi.held import Held, Offered, Preset, held, presets
from leverage.figures.roi.overview import Roi, roi_page
from leverage.figures.roi.what_if import Tried, WhatIf, tried, what_if
from leverage.figures.roi.workflows import Choice, Way, Workflows, workflows

__all__ = [
    "BASES",
    "INPUTS",
    "Choice",
    "Groups",
    "Held",
    "Input",
    "Offered",
    "Preset",
    "Roi",
    "Tried",
    "Way",
    "WhatIf",
    "Workflows",
    "groups",
    "held",
    "presets",
    "roi_page",
    "tried",
    "what_if",
    "why_not",
    "workflows",
]
