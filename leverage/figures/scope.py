"""What a page looks at, in words: the period, what it is compared with, the filters in force."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from leverage import words
from leverage.ask import BESIDE, Window
from leverage.intake.kinds import title_of
from leverage.view import BASES, LISTS, View

MOST_NAMES = 3


@dataclass(frozen=True)
class Compared(words.Window):
    """A window in words that knows why whoever asked has nothing to compare it with."""

    reason: str | None = None

    @property
    def why_not(self) -> str:
        """Say why nothing is compared, as a clause."""
        if self.span.whole and self.reason is not None:
            return self.reason
        return super().why_not


def compared(window: Window) -> Compared:
    """Return the months of an answer as the spans that sentences speak of."""
    span = words.Span.of_months(window.first, window.last)
    if window.is_partial and window.first_day is not None and window.last_day is not None:
        span = words.Span(window.first_day, window.last_day)
    earlier = words.Span.of_months(*window.previous) if window.previous else None
    return Compared(span, earlier, window.no_comparison)


def listed(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """Join names as a person lists them: “a”, “a and b”, “a, b, c and 4 more”."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{words.count(len(names) - most)} more")
    return " and ".join((", ".join(shown[:-1]), shown[-1]) if shown[1:] else shown)


def basis(view: View) -> str:
    """Name what tokens are counted as: “price-weighted tokens”."""
    return f"{BASES[view.tokens].lower()} tokens"


def scope(view: View, window: Window) -> str:
    """Say every filter in force, also those that filter nothing.

    “October 2026 against September 2026 · all companies · all vendors · price-weighted tokens”
    """
    period = compared(window)
    when = period.span.name
    if period.compared is not None:
        when += f" against {period.compared.name}"
    elif view.compare in BESIDE and len(view.company) == 1:
        when += f" against {BESIDE[view.compare]}"
    parts = [when]
    for name in LISTS:
        chosen = getattr(view, name)
        if chosen:
            parts.append(listed(chosen))
        elif name in ("company", "vendor"):
            parts.append(f"all {'companies' if name == 'company' else 'vendors'}")
    return " · ".join([*parts, basis(view)])


def kind_title(kind: str) -> str:
    """Name a kind of export as its own header does, or as who described it."""
    return title_of(kind)


def loads_in_words(loads: pl.DataFrame) -> list[str]:
    """Say which loads an answer rests on, one line a source, from the question source_loads."""
    lines = []
    for row in loads.iter_rows(named=True):
        numbers = [words.count(number) for number in row["numbers"]]
        noun = "load" if len(numbers) == 1 else "loads"
        lines.append(f"{kind_title(row['kind'])} of {row['company']}: {noun} {listed(numbers)}")
    return lines or ["No load covers this period"]
