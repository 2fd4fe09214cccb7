"""The colours and sizes of the house, in one place for pages, charts and printed reports.

`.streamlit/config.toml` must say the same, because Streamlit reads nothing else; a test compares
the two, and another holds every palette to its contrast and to colour-blind eyes.
"""

from dataclasses import dataclass
from typing import Final, Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as #RRGGBB.

    `primary` is the subject of a chart, `peer` what it is seen against, `muted` is text of lesser
    weight, `attention` what someone should look at: a gap, a warning. `categories` are told apart
    by colour-blind eyes, and given out in this order, four in one chart.
    """

    background: str
    panel: str
    text: str
    muted: str
    border: str
    primary: str
    peer: str
    attention: str
    attention_text: str
    categories: tuple[str, ...]


LIGHT: Final = Palette(
    background="#FFFFFF",
    panel="#F5F7FA",
    text="#14213D",
    muted="#5A6675",
    border="#DDE3EA",
    primary="#2166AC",
    peer="#9AA5B1",
    attention="#C77F0A",
    attention_text="#8A5806",
    categories=("#2166AC", "#C77F0A", "#35978F", "#0B2A4A", "#8C2D5A", "#6E5B1E"),
)
DARK: Final = Palette(
    background="#0F1720",
    panel="#172230",
    text="#E6EDF5",
    muted="#9AA8B8",
    border="#2A3646",
    primary="#6CB0F5",
    peer="#64748B",
    attention="#F2B544",
    attention_text="#F2B544",
    categories=("#6CB0F5", "#F2B544", "#66D9C0", "#F4F6F8", "#C2528F", "#A8874A"),
)
PALETTES: Final[dict[Theme, Palette]] = {"light": LIGHT, "dark": DARK}

BASE_FONT_PX: Final = 15
HEADING_REM: Final = (1.75, 1.15, 1.0)
HEADING_WEIGHT: Final = 600
METRIC_VALUE_REM: Final = 1.6
PADDING_TOP_REM: Final = 1.5
RADIUS_REM: Final = 0.4
