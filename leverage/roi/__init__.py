"""What use is worth against what it costs, as pure functions of numbers and assumptions.

Nothing here knows of tables or pages. A return is a range over seeded draws of what is believed,
never one number; where it cannot be had there is a reason, never 0.
"""

from leverage.roi.answers import (
    Bar,
    BreakEven,
    Payback,
    Point,
    Returns,
    Spread,
    break_even,
    break_even_spread,
    npv,
    payback,
    point,
    returns,
    tornado,
)
from leverage.roi.assumptions import Assumption
from leverage.roi.case import (
    Basis,
    Case,
    Cost,
    GainMeasured,
    Line,
    OutcomesGained,
    Reason,
    TimeSaved,
    by_basis,
    what_if,
)
from leverage.roi.effects import hours_per_week, output_gain, time_saving
from leverage.roi.evidence import Preset, attribution, default, measured_gain, presets, rung_of

__all__ = [
    "Assumption",
    "Bar",
    "Basis",
    "BreakEven",
    "Case",
    "Cost",
    "GainMeasured",
    "Line",
    "OutcomesGained",
    "Payback",
    "Point",
    "Preset",
    "Reason",
    "Returns",
    "Spread",
    "TimeSaved",
    "attribution",
    "break_even",
    "break_even_spread",
    "by_basis",
    "default",
    "hours_per_week",
    "measured_gain",
    "npv",
    "output_gain",
    "payback",
    "point",
    "presets",
    "returns",
    "rung_of",
    "time_saving",
    "tornado",
    "what_if",
]
