"""Adoption: who has it, who uses it, how often, and how mature the use is."""

from leverage.figures.adoption.details import concentration, habits, seats, staying
from leverage.figures.adoption.maturity import Cutoffs, MaturityPage, maturity_page
from leverage.figures.adoption.overview import Adoption, adoption

__all__ = [
    "Adoption",
    "Cutoffs",
    "MaturityPage",
    "adoption",
    "concentration",
    "habits",
    "maturity_page",
    "seats",
    "staying",
]
