"""What the briefing says of answers, from answers written by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from leverage import figures, queries
from leverage.ask import Answer, Window
from leverage.figures.figure import unbroken
from leverage.store import Pin
from leverage.view import View

OCTOBER = Window(
    "2026-10", "2026-10", date(2026, 10, 1), date(2026, 10, 31), False, ("2026-09", "2026-09"), None
)
ALONE = replace(OCTOBER, previous=None, no_comparison="it is held against others")
OPEN = Window(
    "2026-10",
    "2026-10",
    date(2026, 10, 1),
    date(2026, 10, 12),
    True,
    None,
    "the period is not complete, and is never compared with a whole one",
)
PERIOD: dict[str, Any] = {
    "period": "this",
    "months": 1,
    "full_cost_usd": Decimal(120),
    "billed_cost_usd": Decimal(90),
    "estimated_cost_usd": Decimal(30),
    "seat_cost_usd": None,
    "purchase_cost_usd": None,
    "gross_cost_usd": None,
    "unattributed_cost_usd": None,
    "is_seats_known": False,
    "active_people": 10.0,
    "active_share": 0.5,
    "employees": 20.0,
    "employees_with_tokens": 20.0,
    "is_counted_from_roster": False,
    "tokens": 4000.0,
    "tokens_per_employee": 200.0,
    "cost_per_active_person_usd": 12.0,
    "known_owner_share": 0.88,
    "known_owner_share_at_least": None,
}
TEXT, NUMBER, DAY = pl.String(), pl.Float64(), pl.Date()
COLUMNS: dict[str, dict[str, pl.DataType]] = {
    "headline_by_month": {"month": TEXT, **dict.fromkeys(PERIOD, NUMBER)},
    "months": {"month": TEXT, "is_complete": pl.Boolean()},
    "sources": {
        **{"company": TEXT, "kind": TEXT, "first_day": DAY, "last_day": DAY},
        "days_missing": pl.Int64(),
        "days_missing_before": pl.Int64(),
    },
    "source_loads": {
        **{"company": TEXT, "kind": TEXT, "loads": pl.Int64(), "numbers": pl.List(pl.Int64)},
        "newest_at": pl.Datetime(),
    },
    "targets_by_month": {"month": TEXT, "company": TEXT, "metric": TEXT, "value": NUMBER},
    "companies_by_month": {
        **{"month": TEXT, "company": TEXT, "is_seats_known": pl.Boolean()},
        **dict.fromkeys(("tokens_per_employee", "cost_per_employee_usd", "active_share"), NUMBER),
    },
    "missing_inputs": {"company": TEXT, "input": TEXT, "months_missing": NUMBER},
    "services_without_owner": {"company": TEXT, "vendor": TEXT, "service": TEXT, "tokens": NUMBER},
    "unpriced_models": {"vendor": TEXT, "model": TEXT, "tokens_without_cost": NUMBER},
    "other_currencies": {"company": TEXT, "vendor": TEXT, "currency": TEXT, "amount": NUMBER},
    "coverage": {"company": TEXT, "kind": TEXT, "month": TEXT, "days_covered": NUMBER},
    "cost_drivers": {"vendor": TEXT, "part": TEXT, "change_usd": NUMBER},
    "cost_by_vendor": {"month": TEXT, "vendor": TEXT, "full_cost_usd": NUMBER},
    "tokens_by_vendor": {"month": TEXT, "vendor": TEXT, "tokens": NUMBER},
    "movers": {"department": TEXT, "tokens": NUMBER, "change_tokens": NUMBER},
    "events_in_window": {
        **dict.fromkeys(("month", "company", "event_kind", "event", "vendor", "changed"), TEXT),
        "is_in_view": pl.Boolean(),
    },
    "confidence": {
        **dict.fromkeys(("sources", "sources_behind", "days_behind"), pl.Int64()),
        **dict.fromkeys(("covered_share", "known_owner_share", "estimated_share"), NUMBER),
        "known_owner_share_at_least": NUMBER,
    },
}
SOURCE = {
    "company": "Acme",
    "kind": "openai_cost",
    "first_day": date(2026, 9, 1),
    "last_day": date(2026, 10, 31),
    "days_missing": 0,
    "days_missing_before": 0,
}
Build = Callable[..., figures.Briefing | None]


@pytest.fixture
def build() -> Build:
    """Return what builds the briefing from rows by question; what is not given has no rows."""

    def built(
        *periods: dict[str, Any],
        view: View | None = None,
        window: Window = OCTOBER,
        notes: tuple[str, ...] = (),
        **rows: list[dict[str, Any]],
    ) -> figures.Briefing | None:
        given = {"sources": [SOURCE], **rows, "headline": list(periods)}

        def ask(question: str) -> Answer:
            frame = pl.DataFrame(given.get(question, []), schema=COLUMNS.get(question))
            query = queries.get("questions", question)
            return Answer(query, frame, Pin("abc", 7), window, view or View(), notes)

        return figures.briefing(ask)

    return built


def by_metric(briefing: figures.Briefing | None) -> dict[str, figures.Figure]:
    """Return the five figures by their metric."""
    assert briefing is not None
    return {figure.metric: figure for figure in briefing.figures}


def test_where_no_period_has_a_row_there_is_no_briefing(build: Build) -> None:
    assert build() is None


def test_the_estimated_part_of_a_cost_stands_apart_with_its_share(build: Build) -> None:
    cost = by_metric(build(PERIOD))["full_cost_usd"]
    assert cost.text == "120 USD"
    assert "billed 90.00 USD" in cost.beside
    assert "estimated 30.00 USD (25 %)" in cost.beside


def test_a_cost_without_its_seats_is_called_usage_cost_and_names_whose_are_missing(
    build: Build,
) -> None:
    missing = [{"company": "Acme", "input": "seats", "months_missing": 1}]
    cost = by_metric(build(PERIOD, missing_inputs=missing))["full_cost_usd"]
    assert cost.name == "Usage cost"
    assert cost.beside[-1] == "seats of Acme unknown"


def test_seats_known_in_one_period_only_leave_nothing_to_compare_the_cost_with(
    build: Build,
) -> None:
    this = {**PERIOD, "is_seats_known": True, "seat_cost_usd": Decimal(500)}
    shown = by_metric(build(this, {**PERIOD, "period": "previous"}))
    assert shown["full_cost_usd"].name == "Full cost"
    assert shown["full_cost_usd"].change is None
    assert shown["cost_per_active_person_usd"].change is None
    assert shown["active_people"].change == "no change"


def test_under_a_people_filter_the_cost_is_attributed_and_the_rest_stands_beside_it(
    build: Build,
) -> None:
    this = {**PERIOD, "unattributed_cost_usd": Decimal(45)}
    cost = by_metric(build(this, view=View(department=("Sales",))))["full_cost_usd"]
    assert cost.name == "Attributed usage cost"
    assert cost.beside[-2:] == ("seats are not shared out", "45.00 USD names no person")


def test_a_count_of_few_people_is_said_without_the_count(build: Build) -> None:
    this = {**PERIOD, "active_people": None, "cost_per_active_person_usd": None}
    note = "Fewer than 5 people: their count and what is divided by it are hidden"
    briefing = build(this, view=View(vendor=("OpenAI",)), notes=(note,))
    shown = by_metric(briefing)
    assert shown["active_people"].text == "fewer than 5"
    assert shown["cost_per_active_person_usd"].reason == note
    assert briefing is not None
    assert any("Fewer than 5 people were active" in said.text for said in briefing.sentences)


def test_employees_that_one_company_lacks_hide_what_is_divided_by_them(build: Build) -> None:
    missing = [{"company": "Bolt", "input": "headcount", "months_missing": 1}]
    shown = by_metric(build(PERIOD, missing_inputs=missing))
    assert shown["tokens_per_employee"].text is None
    assert "of Bolt" in shown["tokens_per_employee"].reason
    assert not any("employees" in line for line in shown["active_people"].beside)


def test_an_unknown_owner_is_unknown_and_not_nobody(build: Build) -> None:
    missing = [{"company": "Acme", "input": "roster", "months_missing": 1}]
    this = {**PERIOD, "known_owner_share": None}
    briefing = build(this, missing_inputs=missing)
    assert by_metric(briefing)["known_owner_share"].reason == "Unknown: no roster is loaded"
    assert briefing is not None
    assert "Owners unknown" in [badge.text for badge in briefing.badges]


def test_an_owner_share_that_would_speak_of_few_people_is_hidden_and_not_unknown(
    build: Build,
) -> None:
    owner = by_metric(build({**PERIOD, "known_owner_share": None}))["known_owner_share"]
    assert owner.text is None
    assert owner.reason == "Hidden: it would tell the use of the few people who are in no roster"


def test_an_owner_share_that_would_tell_of_few_people_is_told_in_steps(build: Build) -> None:
    this = {**PERIOD, "known_owner_share": None, "known_owner_share_at_least": 0.95}
    briefing = build(this, {**PERIOD, "period": "previous"})
    owner = by_metric(briefing)["known_owner_share"]
    assert owner.text == "at least 95 %"
    assert (owner.change, owner.trend) == (None, ())
    assert owner.beside[0] == "not told closer: few people are in no roster"
    assert briefing is not None
    assert "Owner known for at least 95 %" in [badge.text for badge in briefing.badges]
    assert briefing.sentences[-1].text == "Up to 5 % of use has no known owner."


def test_shares_are_compared_in_points(build: Build) -> None:
    previous = {**PERIOD, "period": "previous", "known_owner_share": 0.8}
    owner = by_metric(build(PERIOD, previous))["known_owner_share"]
    assert owner.change == "+8 points"
    assert owner.beside[0] == "80 % in September"


def test_a_month_under_way_says_so_and_is_compared_with_nothing(build: Build) -> None:
    briefing = build(PERIOD, window=OPEN)
    assert briefing is not None
    assert "October 2026 is not complete" in [badge.text for badge in briefing.badges]
    assert all(figure.change is None for figure in briefing.figures)
    assert "not compared with a whole month" in briefing.sentences[0].text


def test_the_only_part_of_a_cost_is_not_named_as_the_cause_of_its_change(build: Build) -> None:
    previous = {**PERIOD, "period": "previous", "full_cost_usd": Decimal(100)}
    drivers = [{"vendor": "OpenAI", "part": "usage", "change_usd": Decimal(20)}]
    briefing = build(PERIOD, previous, cost_drivers=drivers)
    assert briefing is not None
    assert "OpenAI" not in briefing.title
    assert "cause" not in [sentence.topic for sentence in briefing.sentences]


def test_sources_that_cover_less_are_counted_in_a_badge_and_named_below(build: Build) -> None:
    lacking = {**SOURCE, "last_day": date(2026, 10, 20), "days_missing": 11}
    later = {**SOURCE, "kind": "focus", "first_day": date(2026, 11, 1), "days_missing": 31}
    briefing = build(PERIOD, sources=[SOURCE, lacking, later])
    assert briefing is not None
    assert "1 source lacks days" in [badge.text for badge in briefing.badges]
    assert [(caption.lead, caption.text) for caption in briefing.captions] == [
        ("Lacking days", "OpenAI API cost of Acme (11 days, ends 20 October 2026)")
    ]


def test_of_a_source_that_goes_on_after_the_shown_month_no_end_is_told(build: Build) -> None:
    lacking = {**SOURCE, "last_day": date(2026, 11, 30), "days_missing": 1}
    briefing = build(PERIOD, sources=[SOURCE, lacking])
    assert briefing is not None
    assert [caption.text for caption in briefing.captions] == [
        "OpenAI API cost of Acme (1 day of October 2026)"
    ]


def test_money_in_another_currency_and_models_without_a_price_limit_the_figures_in_words(
    build: Build,
) -> None:
    briefing = build(
        {**PERIOD, "purchase_cost_usd": Decimal(5000)},
        other_currencies=[
            {"company": "Acme", "vendor": "Mistral", "currency": "EUR", "amount": 3200.0}
        ],
        unpriced_models=[{"vendor": "OpenAI", "model": "gpt-9", "tokens_without_cost": 5.0}],
    )
    assert briefing is not None
    badges = [badge.text for badge in briefing.badges]
    assert "3,200 EUR not in the cost" in badges
    assert "1 model without a price" in badges
    said = {caption.lead: caption.text for caption in briefing.captions}
    assert said["In another currency, added to nothing"] == "3,200 EUR of Mistral"
    assert said["Without a price, so without a cost"] == "gpt-9"
    assert said["Paid ahead, not in the cost"] == "5,000 USD"


def test_what_is_missing_is_listed_with_who_lacks_it(build: Build) -> None:
    briefing = build(
        PERIOD,
        missing_inputs=[{"company": "Acme", "input": "seats", "months_missing": 1}],
        coverage=[
            {"company": "Acme", "kind": "openai_cost", "month": "2026-08", "days_covered": 0},
            {"company": "Acme", "kind": "openai_cost", "month": "2026-09", "days_covered": 30},
        ],
        services_without_owner=[
            {"company": "Acme", "vendor": "OpenAI", "service": "key_1", "tokens": 900.0}
        ],
    )
    assert briefing is not None
    assert [(point.lead, point.text) for point in briefing.to_settle] == [
        ("Load seats", "of Acme, so that the cost is the full cost"),
        ("Load a missing file", "OpenAI API cost of Acme, August 2026"),
        ("Give a service an owner", "key_1 of Acme with 900 raw tokens"),
    ]


def test_where_no_cost_is_known_the_trend_is_of_tokens(build: Build) -> None:
    this = {**PERIOD, "full_cost_usd": None}
    tokens = [{"month": "2026-10", "vendor": "OpenAI", "tokens": 4000.0}]
    briefing = build(this, tokens_by_vendor=tokens)
    assert briefing is not None
    assert isinstance(briefing.trend, figures.Chart)
    assert briefing.trend.question == "tokens_by_vendor"
    assert "cost is unknown" in briefing.title or "4 k tokens were used" in briefing.title
    cost = by_metric(briefing)["full_cost_usd"]
    assert cost.text is None
    assert cost.reason


def test_what_happened_is_marked_on_the_trend_and_said_once_for_all_companies(
    build: Build,
) -> None:
    unit = {
        "month": "2026-10",
        "company": "Acme",
        "event_kind": "definition",
        "event": "GitHub Copilot billing: the unit changes from requests to AI credits",
        "vendor": "GitHub",
        "changed": "credit_unit",
        "is_in_view": True,
    }
    training = {
        **unit,
        "event_kind": "intervention",
        "event": "Training for everybody in Support and Sales",
        "vendor": None,
        "changed": None,
        "month": "2026-09",
    }
    cost = [
        {"month": month, "vendor": "GitHub", "full_cost_usd": 90.0}
        for month in ("2026-09", "2026-10")
    ]
    events = [training, unit, {**unit, "company": "Bolt"}]
    briefing = build(PERIOD, cost_by_vendor=cost, events_in_window=events)
    assert briefing is not None
    assert isinstance(briefing.trend, figures.Chart)
    marked = [row for row in briefing.trend.rows.to_pylist() if row["part"] == "event"]
    assert [(row["month"], row["label"], row["said"]) for row in marked] == [
        ("2026-09", "Training for everybody in…", training["event"]),
        ("2026-10", "GitHub: new unit", unit["event"]),
    ]
    assert f"October 2026: {unit['event']}" in briefing.trend.alt


def test_each_figure_says_how_far_it_can_be_trusted(build: Build) -> None:
    facts = {
        "sources": 2,
        "sources_behind": 0,
        "days_behind": 0,
        "covered_share": 1.0,
        "known_owner_share": 0.95,
        "known_owner_share_at_least": None,
        "estimated_share": 0.25,
    }
    briefing = build(PERIOD, confidence=[facts])
    shown = {name: figure.confidence for name, figure in by_metric(briefing).items()}
    cost, people = shown["full_cost_usd"], shown["active_people"]
    assert cost is not None
    assert cost.said == "medium, because 25 % of cost is estimated"
    assert people is not None
    assert people.said == "high"
    assert by_metric(build(PERIOD))["full_cost_usd"].confidence is None


def test_pooled_departments_alone_are_not_drawn(build: Build) -> None:
    movers = [{"department": "(small groups)", "tokens": 10.0, "change_tokens": 10.0}]
    briefing = build(PERIOD, movers=movers)
    assert briefing is not None
    assert isinstance(briefing.movers, figures.Hidden)
    assert "No department has 5 people" in briefing.movers.reason


def test_a_target_stands_beside_the_figure_it_is_of_where_one_company_is_in_view(
    build: Build,
) -> None:
    month = {"month": "2026-10", "company": "Acme"}
    told = [
        {**month, "metric": "full_cost_usd", "value": Decimal(240)},
        {**month, "metric": "active_share", "value": Decimal("0.5")},
    ]
    one = by_metric(build(PERIOD, view=View(company=("Acme",)), targets_by_month=told))
    beside = one["full_cost_usd"].beside
    assert any(line.startswith("target 240 USD: ") for line in beside), beside
    for view in (View(), View(company=("Acme",), vendor=("OpenAI",))):
        shown = by_metric(build(PERIOD, view=view, targets_by_month=told))
        assert not any("target" in line for line in shown["full_cost_usd"].beside)


@pytest.mark.parametrize(("now", "before"), [(0, 31), (31, 0)])
def test_a_source_that_lacks_one_of_two_months_is_named_as_what_a_change_may_come_from(
    build: Build, now: int, before: int
) -> None:
    lacking = {**SOURCE, "days_missing": now, "days_missing_before": before}
    uneven = build(PERIOD, {**PERIOD, "period": "previous"}, sources=[lacking])
    assert uneven is not None
    assert [note for note in uneven.notes if note.startswith("Not like for like: ")]
    assert any(badge.text.endswith("is complete") for badge in uneven.badges) == (now == 0)
    even = build(
        PERIOD,
        {**PERIOD, "period": "previous"},
        sources=[{**lacking, "days_missing": 1, "days_missing_before": 0}],
    )
    assert even is not None
    assert not even.notes


def test_compared_with_its_target_a_figure_moves_against_it_and_not_against_the_month_before(
    build: Build,
) -> None:
    told = [
        {"month": "2026-10", "company": "Acme", "metric": "tokens_per_employee", "value": 160.0}
    ]
    view = View(company=("Acme",), compare="target")
    figure = by_metric(build(PERIOD, view=view, targets_by_month=told))["tokens_per_employee"]
    assert (figure.change, figure.is_rise) == ("+25 %", True)  # 200 against 160
    assert "target 160: 40 above" in figure.beside
    other = by_metric(build(PERIOD, view=replace(view, tokens="raw"), targets_by_month=told))
    assert other["tokens_per_employee"].change is None  # targets are of price-weighted tokens


@pytest.mark.parametrize("others", [[100.0, 120.0, 250.0, 400.0, 500.0], [100.0, 120.0, 250.0]])
def test_the_benchmark_is_the_median_of_five_others_or_more(
    build: Build, others: list[float]
) -> None:
    own = {"company": "Acme", "tokens_per_employee": 200.0}
    rows = [own, *({"company": f"C{i}", "tokens_per_employee": v} for i, v in enumerate(others))]
    told = [{"month": "2026-10", **row} for row in rows]
    view = View(company=("Acme",), compare="benchmark")
    figure = by_metric(build(PERIOD, view=view, companies_by_month=told))["tokens_per_employee"]
    if len(others) < 5:
        assert figure.change is None
        assert not any("median" in line for line in figure.beside)
        return
    assert (figure.change, figure.is_rise) == ("−20 %", False)  # 200 against 250
    assert "median of the others 250: 50 below" in figure.beside


def test_several_companies_have_no_benchmark_and_the_scope_says_none(build: Build) -> None:
    rows = [
        {"month": "2026-10", "company": f"C{i}", "tokens_per_employee": 100.0} for i in range(9)
    ]
    view = View(compare="benchmark")
    figure = by_metric(build(PERIOD, view=view, companies_by_month=rows))["tokens_per_employee"]
    assert figure.change is None
    assert "against" not in figures.scope(view, ALONE)
    one = replace(view, company=("Acme",))
    assert figures.scope(one, ALONE).startswith("October 2026 against the other companies · Acme")


def test_the_source_line_counts_loads_and_names_the_data_version(build: Build) -> None:
    loads = [
        {
            "company": "Acme",
            "kind": "openai_cost",
            "loads": 2,
            "numbers": [3, 4],
            "newest_at": datetime(2026, 11, 2, 9, 0),
        }
    ]
    briefing = build(PERIOD, source_loads=loads)
    assert briefing is not None
    assert briefing.source == (
        "Source: 2 loads, the newest on 2 November 2026 · data version 7 · n = 10 active people"
    )


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([1, 2, 3], (1.0, 2.0, 3.0)),
        ([1, None, 3, 4], (3.0, 4.0)),
        ([1, 2, None], ()),
        ([5], ()),
        ([], ()),
    ],
)
def test_a_line_without_an_axis_skips_no_month(
    values: list[float | None], line: tuple[float, ...]
) -> None:
    assert unbroken(values) == line


def test_a_long_list_of_names_says_how_many_more() -> None:
    assert figures.listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert figures.listed(["a", "b"]) == "a and b"


def test_the_scope_prints_every_filter_also_those_that_filter_nothing() -> None:
    assert figures.scope(View(), OCTOBER) == (
        "October 2026 against September 2026 · all companies · all vendors · price-weighted tokens"
    )
    view = View(company=("Acme",), role=("Lead",), model=("gpt-5",), tokens="raw")
    assert figures.scope(view, OPEN) == (
        "1 to 12 October 2026 · Acme · Lead · all vendors · gpt-5 · raw tokens"
    )
