"""Effects of studies turned into each other: time saved, output gained, hours a week."""

from typing import Final, Literal

WorkUnit = Literal["minutes per day", "hours per month", "share of hours"]

DAYS_A_WEEK: Final = 5
HOURS_A_WEEK: Final = 40
MONTHS_A_YEAR: Final = 12
WEEKS_A_YEAR: Final = 52


def time_saving(output_gain: float) -> float:
    """Return the share of time saved that an output gain is: s = g ÷ (1 + g).

    Both are shares: 15 % more an hour is 13 % less time for each. Raises ValueError where output
    is gone.
    """
    if output_gain <= -1:
        msg = f"an output that changes by {output_gain} takes no time that could be told"
        raise ValueError(msg)
    return output_gain / (1 + output_gain)


def output_gain(time_saving: float) -> float:
    """Return the output gain that a share of time saved is: g = s ÷ (1 − s).

    Both are shares; a negative one is time lost. Raises ValueError where no time is left.
    """
    if time_saving >= 1:
        msg = f"a time saving of {time_saving} leaves no time to put out anything in"
        raise ValueError(msg)
    return time_saving / (1 - time_saving)


def hours_per_week(amount: float, unit: WorkUnit) -> float:
    """Return an effect as hours a week, of a week of 5 days and 40 hours and a year of 52 weeks."""
    if unit == "minutes per day":
        return amount * DAYS_A_WEEK / 60
    if unit == "hours per month":
        return amount * MONTHS_A_YEAR / WEEKS_A_YEAR
    return amount * HOURS_A_WEEK
