"""What use costs, why that moved and where it goes, as pure functions of numbers.

Nothing here knows of tables or pages. What cannot be told is None or has a reason, never 0.
"""

from leverage.cost.anomalies import Anomaly, Driver, Floors, anomalies, driver, floors
from leverage.cost.cents import parts_to_the_cent, table_to_the_cent, to_the_cent
from leverage.cost.energy import Answered, Footprint, by_model, by_published, grid_kg_per_kwh
from leverage.cost.forecast import (
    Ahead,
    BudgetState,
    Forecast,
    Tested,
    back_tests,
    budget_state,
    month_end,
    outlook,
)
from leverage.cost.waterfall import (
    PARTS,
    Cohort,
    Part,
    Seats,
    Used,
    Waterfall,
    by_cohort,
    waterfall,
)

__all__ = [
    "PARTS",
    "Ahead",
    "Anomaly",
    "Answered",
    "BudgetState",
    "Cohort",
    "Driver",
    "Floors",
    "Footprint",
    "Forecast",
    "Part",
    "Seats",
    "Tested",
    "Used",
    "Waterfall",
    "anomalies",
    "back_tests",
    "budget_state",
    "by_cohort",
    "by_model",
    "by_published",
    "driver",
    "floors",
    "grid_kg_per_kwh",
    "month_end",
    "outlook",
    "parts_to_the_cent",
    "table_to_the_cent",
    "to_the_cent",
    "waterfall",
]
