"""The leverage page: tokens behind each employee, and whether someone is still looking."""

from leverage.figures.leverage.overview import Leverage, leverage

__all__ = ["Leverage", "leverage"]
