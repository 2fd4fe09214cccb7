"""The little CSS that theming has no option for."""

import json
from collections.abc import Sequence

import streamlit as st

from leverage.theme import LIGHT

# Drawn here, because an icon by name would be fetched from a host outside.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    f'<path fill="{LIGHT.primary}" d="M1 10h3v5H1zM6 6h3v9H6zM11 1h3v14h-3z"/></svg>'
)

# In print the page is the headline, its caveats and its figures: what one clicks stays behind.
_PRINT = """
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  [data-testid="stPopover"], [data-testid="stButton"], [data-testid="stPageLink"],
  [data-testid="stTooltipIcon"] { display: none !important; }
  [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; overflow: visible !important; height: auto !important;
  }
  [data-testid="stVegaLiteChart"], [data-testid="stMetric"] { break-inside: avoid; }
}
"""
# The dark theme would be printed as it is. Its colours are turned over, and their hues turned back:
# charts are drawn by then, so that no other colours would reach them. Which theme it is only the
# browser knows (a spelled out “<” would take the whole style off the page).
_PRINT_OF_DARK = """
@property --paper { syntax: "\\3c color>"; inherits: true; initial-value: white; }
[data-testid="stApp"] { --paper: light-dark(white, black); }
@media print {
  body, [data-testid="stApp"], [data-testid="stAppViewContainer"] { background: none !important; }
  @container style(--paper: black) {
    [data-testid="stAppViewContainer"] { filter: invert(1) hue-rotate(180deg); }
  }
}
"""
# Streamlit's captions, and labels of what cannot be chosen now, are too faint to read.
_READABLE = """
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.78; }
[data-testid="stWidgetLabel"], [data-testid="stWidgetLabel"] p { color: inherit !important; }
"""
# A layer of a chart that draws nothing, a point seen only under the mouse, has no name to read.
_NAMELESS = """
g.role-mark:empty { display: none; }
"""
# These options are the words of the URL; a reader sees them with a capital.
_CAPITAL = """
.st-key-compare button p::first-letter, .st-key-tokens button p::first-letter {
  text-transform: uppercase;
}
"""
# What explains a figure stands at the foot of its card, and a chart apart from what is above it. A
# spacer would be one more message a run, and messages are what a run is made of.
_SPACE = """
.stPrintBorderedColumn > [data-testid="stVerticalBlock"] > :last-child { margin-top: auto; }
[data-testid="stColumn"] [data-testid="stVegaLiteChart"] { margin-top: 1rem; }
"""

# A table that is wider than a phone would have to be scrolled, which no key does; its words break.
# Its numbers do not: “1,33” over “4” is read as 1.33. Nor do, on a wider screen, its headers.
_NARROW = """
[data-testid="stTable"] :is(td, th, td *, th *) {
  overflow-wrap: anywhere !important; white-space: normal !important;
}
[data-testid="stTable"] td span[style*="font-size"] {
  white-space: nowrap !important; overflow-wrap: normal !important; font-size: inherit !important;
}
@media (min-width: 641px) {
  [data-testid="stTable"] :is(th, th *) { overflow-wrap: normal !important; }
}
@media (max-width: 640px) {
  [data-testid="stTable"] :is(td, th, td *, th *) { font-size: 0.75rem !important; hyphens: auto; }
  [data-testid="stTable"] :is(td, th) { padding: 0.25rem 0.2rem !important; }
}
"""


def stacked(key: str, columns: Sequence[str]) -> str:
    """Return the CSS that sets a table in a container of this key row below row on a phone."""
    table = f".st-key-{key} table"
    # As it is: CSS knows no “\u00b7”, which a phone then showed in the name of a column.
    quoted = [json.dumps(name, ensure_ascii=False) for name in columns]
    names = "".join(
        f"{table} td:nth-child({place}):not(:empty)::before {{ content: {name}; }}"
        for place, name in enumerate(quoted, 1)
    )
    return f"""<style>@media (max-width: 640px) {{
  {table} thead {{ display: none; }}
  {table} :is(tbody, tr) {{ display: block; }}
  {table} tr {{ padding: 0.5rem 0; border-bottom: 1px solid currentColor; }}
  {table} td {{
    display: flex !important; justify-content: space-between; gap: 1rem; border: none !important;
    text-align: right; font-size: 0.875rem !important;
  }}
  {table} td::before {{ opacity: 0.78; text-align: left; flex: 0 0 40%; }}
  {names}
}}</style>"""


def style() -> None:
    """Add the CSS to the page."""
    st.html(
        f"<style>{_PRINT}{_PRINT_OF_DARK}{_READABLE}{_NAMELESS}{_CAPITAL}{_SPACE}{_NARROW}</style>"
    )
