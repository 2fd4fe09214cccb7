"""What use costs, why that moved and where it goes, as pure functions of numbers.

Nothing here knows of tables or pages. What cannot be told is None or has a reason, never 0.
"""

from leverage.cost.waterfall import PARTS, Cohort, Part, Seats, Used, Waterfall, waterfall

__all__ = ["PARTS", "Cohort", "Part", "Seats", "Used", "Waterfall", "waterfall"]
