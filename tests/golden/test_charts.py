"""The specs of the charts are those written down; LEVERAGE_WRITE_GOLDEN=1 writes them anew."""

import json
import os
import re
from pathlib import Path

import altair as alt
import pytest

from leverage.charts import (
    Spec,
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
    titled,
    trend_by_series,
)

FOLDER = Path(__file__).parent / "charts"

SPECS: dict[str, Spec] = {
    "band_dots": band_dots.spec(),
    "bin_bars": bin_bars.spec(),
    "change_bars": change_bars.spec(),
    "compared_bars": compared_bars.spec(),
    "coverage_calendar": coverage_calendar.spec(),
    "dots": dots.spec(),
    "dots_share": dots.spec(share=True),
    "gap_parts": gap_parts.spec(),
    "heat_map": heat_map.spec(),
    "months_ahead": months_ahead.spec(),
    "range_bars": range_bars.spec(),
    "trend_by_series": trend_by_series.spec(),
    "trend_by_series_share": trend_by_series.spec(share=True),
}
EVERY_SPEC = pytest.mark.parametrize("name", SPECS)


@EVERY_SPEC
def test_a_spec_is_the_one_written_down(name: str) -> None:
    path = FOLDER / f"{name}.json"
    text = json.dumps(SPECS[name], indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("LEVERAGE_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_file_has_its_chart() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(SPECS)


@EVERY_SPEC
def test_a_spec_with_its_title_is_valid_vega_lite(name: str) -> None:
    spec = titled(
        SPECS[name], "Two departments moved the total", "Change in cost, USD, October 2026"
    )
    chart = alt.LayerChart.from_dict({**spec, "data": {"name": "main"}}, validate=True)
    assert chart.to_dict()["width"] == "container"


@EVERY_SPEC
def test_a_spec_holds_no_colour_of_one_theme(name: str) -> None:
    colours = re.findall(
        r'"(?:color|fill|stroke|value)": "([^"]+)"|"range": (\[[^]]*\])', json.dumps(SPECS[name])
    )
    named = {word for found in colours for word in re.findall(r"[#\w]+", "".join(found))}
    words = {word for word in named if not re.fullmatch(r"\d+", word)}
    assert words <= {"primary", "gray", "orange", "currentColor", "width"}
    assert "#" not in json.dumps(SPECS[name])


@EVERY_SPEC
def test_a_spec_holds_no_data_and_no_config(name: str) -> None:
    for part in (SPECS[name], *SPECS[name]["layer"]):
        assert not {"data", "datasets", "config", "$schema"} & part.keys()


def test_a_title_is_broken_into_lines_and_never_cut() -> None:
    finding = "Engineering uses most tokens, and Support is catching up since the spring"
    subtitle = "Tokens by department a month, price-weighted, November 2024 to October 2026"
    title = titled(SPECS["change_bars"], finding, subtitle)["title"]
    narrow, wide = (json.loads(part) for part in re.findall(r"\[\".*?\"\]", title["text"]["expr"]))
    assert " ".join(narrow) == " ".join(wide) == finding
    assert " ".join(title["subtitle"]) == subtitle
    assert max(map(len, narrow)) <= 40 < max(map(len, wide)) <= 60
    assert title["limit"] == 0
    assert "title" not in SPECS["change_bars"]


def test_no_line_of_a_title_ends_between_a_number_and_its_unit() -> None:
    """“… eight times in ten 696” stood above “M to 3.1 bn”."""
    finding = "About 1.5 bn a month in October 2027, eight times in ten 696 M to 3.1 bn"
    text = titled(SPECS["change_bars"], finding, "Tokens")["title"]["text"]["expr"]
    lines = [line for part in re.findall(r"\[\".*?\"\]", text) for line in json.loads(part)]
    assert not [line for line in lines if re.match(r"(M|bn)\b", line)]
