"""The palettes can be read and told apart, and Streamlit's settings say what theme.py says."""

import itertools
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from leverage import theme
from leverage.theme import PALETTES, Palette, Theme

ROOT = Path(__file__).parents[2]
CONFIG: dict[str, Any] = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))

Vector = NDArray[np.float64]

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
DEFICIENCY: dict[str, Vector] = {
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
# sRGB to CIE XYZ under D65, IEC 61966-2-1.
TO_XYZ: Vector = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE: Vector = np.array([0.95047, 1.0, 1.08883])

BOTH_THEMES = pytest.mark.parametrize("name", ["light", "dark"])


def linear(colour: str) -> Vector:
    """Return the linear RGB of #RRGGBB."""
    encoded = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: Vector) -> Vector:
    """Return CIE L*a*b* of linear RGB."""
    ratio = TO_XYZ @ rgb / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def smallest_difference(palette: Palette, deficiency: str) -> float:
    """Return the smallest CIE76 difference between two categories as such an eye sees them."""
    seen = [
        lab(np.clip(DEFICIENCY[deficiency] @ linear(colour), 0, 1)) for colour in palette.categories
    ]
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2))


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@BOTH_THEMES
def test_every_category_stands_out_from_the_page_and_from_a_panel(name: Theme) -> None:
    palette = PALETTES[name]
    for colour in (*palette.categories, palette.primary, palette.attention):
        assert contrast(colour, palette.background) >= 3, colour
        assert contrast(colour, palette.panel) >= 3, colour


@BOTH_THEMES
def test_text_is_readable_on_the_page_and_on_a_panel(name: Theme) -> None:
    palette = PALETTES[name]
    for colour in (palette.text, palette.muted, palette.primary, palette.attention_text):
        assert contrast(colour, palette.background) >= 4.5, colour
        assert contrast(colour, palette.panel) >= 4.5, colour


@pytest.mark.parametrize("deficiency", sorted(DEFICIENCY))
@pytest.mark.parametrize(("name", "least"), [("light", 13), ("dark", 16)])
def test_colour_blind_eyes_tell_the_categories_apart(
    name: Theme, least: float, deficiency: str
) -> None:
    assert smallest_difference(PALETTES[name], deficiency) >= least


@BOTH_THEMES
def test_the_subject_of_a_chart_is_the_first_category(name: Theme) -> None:
    assert PALETTES[name].primary == PALETTES[name].categories[0]


@BOTH_THEMES
def test_streamlit_is_given_the_colours_of_the_theme(name: Theme) -> None:
    palette = PALETTES[name]
    assert CONFIG["theme"][name] == {
        "backgroundColor": palette.background,
        "secondaryBackgroundColor": palette.panel,
        "textColor": palette.text,
        "borderColor": palette.border,
        "primaryColor": palette.primary,
        "linkColor": palette.primary,
        "blueColor": palette.primary,
        "grayColor": palette.peer,
        "grayTextColor": palette.muted,
        "orangeColor": palette.attention,
        "orangeTextColor": palette.attention_text,
        "chartCategoricalColors": list(palette.categories),
    }


def test_streamlit_is_given_the_sizes_of_the_theme() -> None:
    shared = {key: value for key, value in CONFIG["theme"].items() if key not in PALETTES}
    assert shared == {
        "baseFontSize": theme.BASE_FONT_PX,
        "headingFontSizes": [f"{size:g}rem" for size in theme.HEADING_REM],
        "headingFontWeights": [theme.HEADING_WEIGHT] * len(theme.HEADING_REM),
        "metricValueFontSize": f"{theme.METRIC_VALUE_REM:g}rem",
        "paddingTop": f"{theme.PADDING_TOP_REM:g}rem",
        "baseRadius": f"{theme.RADIUS_REM:g}rem",
    }


def test_streamlit_knows_every_setting() -> None:
    from streamlit import config

    known = config.get_config_options()
    for section, options in CONFIG.items():
        for key, value in options.items():
            names = [f"{section}.{key}.{sub}" for sub in value] if isinstance(value, dict) else []
            for option in names or [f"{section}.{key}"]:
                assert option in known, option


def test_nothing_leaves_the_server_and_a_reader_sees_no_traceback() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"] == {"toolbarMode": "viewer", "showErrorDetails": "none"}
    assert CONFIG["server"] == {
        "headless": True,
        "fileWatcherType": "none",
        "maxUploadSize": 200,
    }
