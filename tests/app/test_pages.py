"""Every page with no data, one month, two months, the sample, and links that ask for too much."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from leverage import frame, queries
from leverage.frame.links import PAGES
from leverage.frame.style import stacked
from leverage.view import KEYS, LISTS
from tests.support import Desk

Open = Callable[..., AppTest]


def text(app: AppTest) -> str:
    """Return everything a page says, without the backslashes that protect it from Markdown."""
    said = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.metric]
    said += [*app.warning, *app.info, *app.error]
    whole = "\n".join(str(part.value) for part in said)
    return whole.replace("\\", "").replace("\u00a0", " ")


def cell(shown: object) -> str:
    """Return the text of a table's cell, without what Markdown and the style are told by."""
    bare = str(shown).removeprefix(":small[").removesuffix("]")
    return bare.replace("\\", "").replace("\u00a0", " ")


def metric(app: AppTest, label: str) -> Any:
    """Return one of the headline figures."""
    return next(part for part in app.metric if part.label == label)


def strings(found: object) -> Iterator[str]:
    """Return every text of what a page is built of: its fields, the cells and specs of charts."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, pa.Table):
        yield from strings(found.to_pylist())
    elif isinstance(found, pl.DataFrame):
        yield from found.columns
        yield from strings(found.to_dicts())
    elif isinstance(found, dict):
        yield from strings(list(found.values()))
    elif isinstance(found, (list, tuple)):
        for part in found:
            yield from strings(part)
    elif is_dataclass(found):
        names = {field.name for field in fields(found)} - {"metric", "question"}
        yield from strings([getattr(found, name) for name in sorted(names)])


# ---- every page opens --------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_any_data_opens_and_invents_nothing(
    page: str, open_page: Open, tmp_path: Path
) -> None:
    app = open_page(tmp_path, page)
    assert not app.exception
    assert not app.metric
    assert not app.multiselect


def test_the_briefing_without_any_data_says_where_to_begin(open_page: Open, tmp_path: Path) -> None:
    app = open_page(tmp_path)
    assert app.title[0].value == "There is no data yet"
    assert [link.value for link in app.page_link] == ["Load the first file"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_one_month(page: str, open_page: Open, one_month: Desk) -> None:
    app = open_page(one_month.root, page)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_the_sample_and_says_that_it_is_invented(
    page: str, open_page: Open, sample: Path
) -> None:
    app = open_page(sample, page)
    assert not app.exception
    assert not app.error
    said = "show invented sample data" if page == "data" else "every number is invented"
    assert said in text(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"company": "Bogus"},
        {"months": ["1999-01", "1999-02"]},
        {"months": "not a month", "compare": "week", "tokens": "heavy"},
        {"version": "nonsense"},
        {"model": "", "role": ["", "CEO"]},
        {"department": "[a](http://b) $x$ :material/home: <b>"},
    ],
)
def test_a_page_opens_on_a_link_that_asks_for_nonsense(
    page: str, query: dict[str, Any], open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, page, **query)
    assert not app.exception
    assert not app.error


# ---- the briefing says what the store holds ----------------------------------------------------


def test_the_briefing_shows_the_figures_worked_out_by_hand(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root)
    shown = {part.label: (part.value, part.delta) for part in app.metric}
    assert shown == {
        "Full cost": ("263 USD", "+22 %"),
        "Active people": ("14", "no change"),
        "Tokens per employee": ("2.3 k", "+100 %"),
        "Cost per active person": ("18.75 USD", "+22 %"),
        "Use with a known owner": ("100 %", "no change"),
    }
    said = text(app)
    assert "215 USD in September" in said
    assert "estimated 22.50 USD (9 %)" in said
    assert "seats 240 USD" in said
    assert "70 % of 20 employees" in said
    assert "1.1 k in September" in said


def test_each_card_says_how_far_its_figure_can_be_trusted_and_why(
    open_page: Open, two_months: Desk, one_month: Desk
) -> None:
    # Two months: all days are loaded, all people known, and 22.50 of 262.50 USD are estimated.
    app = open_page(two_months.root)
    assert text(app).count("confidence: high") == 5
    assert metric(app, "Full cost").help.endswith("Confidence: high")
    # One month: the gateway's spend is all an estimate, and no roster says who used it.
    app = open_page(one_month.root)
    assert (
        metric(app, "Usage cost")
        .help.replace("\u00a0", " ")
        .endswith("Confidence: low, because 100 % of cost is estimated")
    )
    assert "it cannot be told who used it" in metric(app, "Active people").help
    app.session_state["explain_Figure_Usage cost"] = True
    app.run()
    assert "**Confidence** low, because 100 % of cost is estimated" in text(app)


def test_the_title_states_the_finding_and_names_the_cause_that_explains_most_of_it(
    open_page: Open, two_months: Desk
) -> None:
    # 40 of the 47.50 USD more are seats, which is 84 %.
    app = open_page(two_months.root)
    title = app.title[0].value.replace("\\", "").replace("\u00a0", " ")
    assert title.startswith("Full cost rose 22 % in October 2026 on 100 % more tokens")
    assert title.endswith("OpenAI seat cost explains most of the rise")


def test_the_caption_prints_every_filter_in_force(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, department="Sales", tokens="raw", compare="none")
    assert app.caption[0].value.replace("\\", "").replace("\u00a0", " ") == (
        "October 2026 · all companies · Sales · all vendors · raw tokens"
    )


def test_what_is_not_loaded_hides_its_figure_with_the_reason(
    open_page: Open, one_month: Desk
) -> None:
    app = open_page(one_month.root)
    assert [part.label for part in app.metric] == [
        "Usage cost",
        "Active people",
        "Cost per active person",
    ]
    said = text(app)
    assert "Unknown: no headcount and no roster of Acme is loaded" in said
    assert "Unknown: no roster is loaded" in said
    assert "Departments are unknown: no roster is loaded" in said
    assert "seats of Acme unknown" in said
    assert "there is no data of the period before" in said
    assert "Load a roster" in said
    assert not any(word in said for word in ("None", "nan", "0 employees", "NaN"))


def test_a_filter_by_people_names_the_cost_by_what_it_leaves_out(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, department="Sales")
    # Six people of Sales: six rows of 1.50 USD.
    assert metric(app, "Attributed usage cost").value == "9.00 USD"
    assert "seats are not shared out" in text(app)


def test_counts_of_few_people_are_not_given_away_by_a_filter(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, department="Sales", vendor="OpenAI")
    assert "Active people" not in [part.label for part in app.metric]
    assert "Counts of people are not shown" in text(app)


def test_the_trend_and_the_movers_are_drawn_with_a_takeaway_in_words(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root)
    charts = [chart.proto for chart in app.get("vega_lite_chart")]
    assert [chart.alt for chart in charts] == [
        "Full cost by vendor, September to October 2026: OpenAI from 215 USD to 263 USD.",
        "Change in price-weighted tokens by department, October 2026 against September 2026, "
        "largest first: Engineering +13.5 k, Sales +9 k.",
    ]
    assert all(json.loads(chart.spec)["title"] for chart in charts)


def test_without_a_comparison_the_movers_are_plain_bars_of_the_period(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, compare="none")
    bars = app.get("vega_lite_chart")[1].proto
    assert "Engineering 27 k, Sales 18 k" in bars.alt
    assert "no comparison was asked for" in text(app)


# ---- the view lives in the link ----------------------------------------------------------------


def test_the_filters_bear_the_names_that_links_use(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root)
    widgets = [*app.multiselect, *app.select_slider, *app.get("segmented_control")]
    # What companies are can be chosen only where they are not all alike.
    alike = {"sector", "origin", "size"}
    without_rates = {"currency"}
    assert {widget.key for widget in widgets} == set(KEYS) - {"version"} - alike - without_rates


def test_the_default_months_are_the_last_complete_one(open_page: Open, two_months: Desk) -> None:
    assert open_page(two_months.root).select_slider[0].value == ("2026-10", "2026-10")


@pytest.mark.parametrize("name", LISTS)
def test_a_filter_that_is_all_unknown_shows_nothing_rather_than_everything(
    name: str, open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, **{name: "Bogus"})
    assert app.title[0].value == "Nothing matches this view"
    assert not app.metric
    assert f"There is no {name} “Bogus” in this data" in text(app)
    assert app.multiselect(key=name).value == ["Bogus"]


def test_of_a_filter_that_is_partly_unknown_the_rest_is_shown_and_the_unknown_named(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, company=["Acme", "Bogus"])
    assert metric(app, "Full cost").value == "263 USD"
    assert "There is no company “Bogus” in this data" in text(app)


def test_months_without_data_are_named_and_not_replaced(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, months=["2020-01", "2020-02"])
    assert app.title[0].value == "Nothing matches this view"
    assert "There is no data of 2020-01 and 2020-02" in text(app)


def test_choices_that_do_not_exist_are_named_and_the_default_is_shown(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, compare="week", tokens="heavy", colour="blue")
    said = text(app)
    assert "“week” is not a choice of compare; the default is shown" in said
    assert "“heavy” is not a choice of tokens; the default is shown" in said
    assert "“colour” is no filter of this page; it changes nothing" in said
    assert metric(app, "Full cost").value == "263 USD"


@pytest.mark.parametrize(
    "written", ["2026-09", ["2026-09", "2026-09"], ["2026-10", "2026-09"], "2026-09..2026-10"]
)
def test_months_may_be_written_by_hand(
    written: str | list[str], open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, months=written)
    last = "2026-09" if "2026-10" not in str(written) else "2026-10"
    assert app.select_slider[0].value == ("2026-09", last)


def test_filters_survive_a_change_of_page(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, vendor="OpenAI")
    app.switch_page("../pages/methods.py").run()
    assert not app.exception
    assert app.multiselect(key="vendor").value == ["OpenAI"]


def test_clearing_the_filters_brings_every_default_back(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, company="Bogus", compare="year", months="2026-09")
    app.button(key="clear_from_nothing").click().run()
    assert metric(app, "Full cost").value == "263 USD"
    assert app.select_slider[0].value == ("2026-10", "2026-10")


# ---- data versions -----------------------------------------------------------------------------


def test_a_pinned_version_shows_its_own_numbers_and_says_so(
    open_page: Open, two_months: Desk
) -> None:
    store = two_months.store
    pin = f"{store.id}-{store.newest() - 1}"
    app = open_page(two_months.root, version=pin)
    # Before the correction a row of October cost 1.00 USD: 15 + 240.
    assert metric(app, "Full cost").value == "255 USD"
    assert f"You look at data version {store.newest() - 1}" in text(app)
    app.button(key="unpin").click().run()
    assert metric(app, "Full cost").value == "263 USD"
    assert "You look at data version" not in text(app)


def test_a_pin_of_the_newest_version_needs_no_notice(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root, version=str(two_months.store.pin()))
    assert not app.warning


@pytest.mark.parametrize("page", PAGES)
def test_a_link_to_other_data_opens_nothing_but_the_way_to_the_newest(
    page: str, open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, page, version="ffffffff-3", company="Elsewhere")
    assert app.title[0].value == "This link belongs to other data"
    assert not app.metric
    assert not app.multiselect
    app.button[0].click().run()
    assert not app.exception
    assert app.title[0].value != "This link belongs to other data"
    assert app.multiselect(key="company").value == []


def test_the_link_to_a_view_carries_every_value_and_the_pin(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, department="Sales", tokens="fresh")
    assert not app.code
    app.session_state["copy_link"] = True
    app.run()
    link = next(code.value for code in app.code if "version=" in code.value)
    assert link.endswith(
        "?months=2026-10&months=2026-10&compare=previous&tokens=fresh&currency=USD"
        f"&department=Sales&version={two_months.store.pin()}"
    )


# ---- methods -----------------------------------------------------------------------------------


def test_methods_lists_every_metric_with_its_formula_and_caveat(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "methods")
    said = text(app)
    for query in queries.folder("metrics").values():
        for key in ("label", "unit", "formula", "null_rule", "caveat"):
            # What a ratio is of stands on two lines.
            for part in str(query.header[key]).replace("NULL", "unknown").split(" ÷ ", 1):
                assert part in said, f"{query.name} {key}"
    shown = {code.value.strip() for code in app.code}
    assert {query.sql.strip() for query in queries.folder("metrics").values()} <= shown


def test_methods_lets_a_reader_choose_any_question_and_shows_its_sql(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "methods")
    app.selectbox[0].select("movers").run()
    shown = {code.value.strip() for code in app.code}
    assert queries.get("questions", "movers").sql.strip() in shown


def test_a_run_opens_no_table_while_nothing_has_landed(
    open_page: Open, two_months: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(two_months.root)
    figures_shown = [metric.value for metric in app.metric]

    def refuse(*_: object, **__: object) -> None:
        msg = "a table was opened"
        raise AssertionError(msg)

    monkeypatch.setattr("leverage.store.delta.DeltaTable", refuse)
    app.run()
    assert not app.exception
    assert [metric.value for metric in app.metric] == figures_shown


def test_an_explanation_is_read_only_when_it_is_opened(open_page: Open, two_months: Desk) -> None:
    app = open_page(two_months.root)
    key = "explain_Figure_Full cost"
    assert "Source loads" not in text(app)
    app.session_state[key] = True
    app.run()
    said = text(app)
    assert "billed usage (net, or amortised on cloud bills)" in said
    assert "LiteLLM daily user spend of Acme: loads" in said


def test_a_number_keeps_its_unit_on_its_line() -> None:
    """“(25 % to 75 %)” broke between the number and its sign where a card is narrow."""
    kept = frame.plain("25 % to 412 k USD of 4.0 h, in 3 Oct and 2 of 5 files")
    assert kept.replace("\\", "") == (
        "25\u00a0% to 412\u00a0k\u00a0USD of 4.0\u00a0h, in 3 Oct and 2 of 5 files"
    )


def test_a_columns_name_stands_on_a_phone_as_it_is_written() -> None:
    """“Lowest · likeliest · highest” read “Lowest u00b7 likeliest”: CSS knows no such escape."""
    assert 'content: "Lowest · likeliest"; ' in stacked("wide", ["Lowest · likeliest"])
