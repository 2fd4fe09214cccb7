"""The thresholds of oversight: rows of a reference table, proposals until a company decides."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

from leverage import words

POLICY: Final = Path(__file__).parents[3] / "data" / "reference" / "leverage_policy.csv"

NAMES: Final = {
    "least_coverage": "Oversight coverage, at least",
    "most_escape_ratio": "Escape rate against its own last three months, at most",
    "most_load_ratio": "Review load against its own last three months, at most",
    "ready_accept_share": "Accepted, lower bound, to relax review",
    "hold_accept_share": "Accepted, lower bound, to hold",
    "most_rework_rate": "Rework rate to relax review, at most",
    "most_escape_rate": "Escape rate to relax review, at most",
    "least_completed": "Pieces of work in three months, at least",
}
"""The thresholds, as people name them."""


@cache
def policy() -> dict[str, float]:
    """Return every threshold by its name."""
    return {row["threshold"]: float(row["value"]) for row in _rows()}


def policy_table() -> pl.DataFrame:
    """Return the thresholds with their values and reasons, in words."""
    return pl.DataFrame(
        [
            {
                "Threshold": NAMES[row["threshold"]],
                "Value": words.share(float(row["value"]))
                if row["unit"] != "pieces"
                else words.count(float(row["value"])),
                "Why": row["why"],
            }
            for row in _rows()
        ]
    )


def _rows() -> list[dict[str, str]]:
    with POLICY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
