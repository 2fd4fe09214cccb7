"""Does use follow size? One chart, and one rule for what may be said of it, for every page."""

from typing import Final

import polars as pl

from leverage import charts, stats, words
from leverage.figures.figure import Chart

SURE: Final = 0.05
"""A rank correlation that chance gives at least this often is said to show nothing."""

LEAST_TO_SAY: Final = 6
"""With fewer, no order of the two could be told from chance by an exact test and mean anything."""


def against_size(
    rows: pl.DataFrame,
    *,
    name: str,
    nouns: str,
    question: str,
    measure: str,
    coloured: str = "",
    filters: str | None = None,
) -> Chart:
    """Return units by their employees (x) and their tokens per employee (y).

    `rows` are those of charts.dots; `nouns` says what the units are, `coloured` whom the colour
    tells apart.
    """
    found = _correlation(rows)
    said = [f"n = {rows.height} {nouns}"]
    if found is not None:
        said = [
            f"n = {rows.height} {nouns}; rank correlation (Spearman) {_signed(found.spearman)}, "
            f"p = {found.p_value:.2f} by Kendall's exact test"
        ]
        said.append("An association: it says nothing of why")
    if coloured and rows["is_subject"].any():
        said.append(f"Coloured: {coloured}")
    return Chart(
        name=name,
        question=question,
        metric="tokens_per_employee",
        spec=charts.titled(charts.dots.spec(), _finding(found, rows.height, nouns), measure),
        rows=charts.dots.frame(rows, words.count, words.tokens).to_arrow(),
        alt=charts.dots.alt_text(rows, name, words.count, words.tokens),
        note=". ".join(said) + ".",
        filters=filters,
    )


def _correlation(rows: pl.DataFrame) -> stats.RankCorrelation | None:
    return stats.rank_correlation(rows["x"].to_list(), rows["y"].to_list())


def _finding(found: stats.RankCorrelation | None, n: int, nouns: str) -> str:
    many = f"{words.count(n)} {nouns}"
    if found is None or n < LEAST_TO_SAY:
        return f"{many}: too few to say whether use goes with size"
    if not found.p_value < SURE:
        return f"Size does not tell how many tokens stand behind an employee ({many})"
    side = "more" if found.spearman > 0 else "fewer"
    return f"Larger {nouns} have {side} tokens per employee ({many})"


def _signed(correlation: float) -> str:
    return f"{'−' if correlation < 0 else '+'}{abs(correlation):.2f}"
