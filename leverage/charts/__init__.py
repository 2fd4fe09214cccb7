"""Charts: one file a kind, each a cached Vega-Lite spec and the frame it draws.

Every kind has `spec()`, built once by Altair and then a plain dict that a page must not change;
`frame(...)`, which turns the answer of a question into the rows the spec draws; and
`alt_text(...)`, the takeaway in words. A page draws
`st.vega_lite_chart(frame(...), titled(spec(), title, subtitle), alt=alt_text(...))`.

A spec does not know the theme of the page: it names colours that Streamlit resolves in the
browser ("primary", "gray", the categories in their order) and lets text inherit the colour of the
page, so a reader who changes the theme needs no rerun.
"""

from leverage.charts import (
    band_dots,
    bin_bars,
    change_bars,
    compared_bars,
    coverage_calendar,
    dots,
    gap_parts,
    heat_map,
    months_ahead,
    range_bars,
    trend_by_series,
)
from leverage.charts.house import Spec, titled

__all__ = [
    "Spec",
    "band_dots",
    "bin_bars",
    "change_bars",
    "compared_bars",
    "coverage_calendar",
    "dots",
    "gap_parts",
    "heat_map",
    "months_ahead",
    "range_bars",
    "titled",
    "trend_by_series",
]
