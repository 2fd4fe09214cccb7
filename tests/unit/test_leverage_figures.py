"""What the leverage page says of answers, from answers written by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from leverage import figures, queries
from leverage.ask import Answer, Window
from leverage.figures import leverage as page
from leverage.figures.effects import Intervention, around
from leverage.figures.leverage.ladder import verdict as verdict_of
from leverage.figures.leverage.oversight import is_worse
from leverage.figures.leverage.oversight import zone as zone_of
from leverage.figures.leverage.policy import policy, policy_table
from leverage.figures.rates import decimal, per_hundred, tenths
from leverage.stats import Band
from leverage.store import Pin
from leverage.view import View, shift
from tests.unit.test_figures import COLUMNS, OCTOBER, PERIOD, SOURCE

TEXT, NUMBER, COUNT, FLAG = pl.String(), pl.Float64(), pl.Int64(), pl.Boolean()
MORE: dict[str, dict[str, pl.DataType]] = {
    "leverage": {
        "period": TEXT,
        **dict.fromkeys(("employees", "tokens_per_employee", "active_share"), NUMBER),
        "tokens_per_active_person": NUMBER,
        **{f"{basis}_tokens_per_employee": NUMBER for basis in ("raw", "fresh", "weighted")},
    },
    "use_by_unit": {
        **dict.fromkeys(("period", "company", "unit_kind", "unit"), TEXT),
        **dict.fromkeys(("tokens", "employees", "tokens_per_employee", "active_share"), NUMBER),
    },
    "use_by_company": {
        **dict.fromkeys(("period", "company"), TEXT),
        **dict.fromkeys(("tokens", "employees", "tokens_per_employee"), NUMBER),
    },
    "oversight": {
        "period": TEXT,
        **dict.fromkeys(("completed", "accepted", "needs_review", "review_load"), NUMBER),
        **dict.fromkeys(("oversight_coverage", "escape_rate", "rework_rate"), NUMBER),
    },
    "oversight_by_department": {
        **dict.fromkeys(("period", "company", "department"), TEXT),
        "months": COUNT,
        **dict.fromkeys(("accepted", "oversight_coverage", "review_load", "escape_rate"), NUMBER),
    },
    "team_months": {
        **dict.fromkeys(("month", "company", "department"), TEXT),
        **dict.fromkeys(("employees", "tokens_per_employee", "accepted_per_employee"), NUMBER),
        "escape_rate": NUMBER,
    },
    "outcomes_by_month": {
        **dict.fromkeys(("month", "company", "scope", "department", "metric", "workflow"), TEXT),
        **dict.fromkeys(("is_in_view", "is_mean"), FLAG),
        "cases": COUNT,
        **dict.fromkeys(("value", "value_per_employee"), NUMBER),
    },
    "events_in_window": {
        "month": TEXT,
        "day": pl.Date(),
        **dict.fromkeys(("company", "event_kind", "event", "vendor", "department"), TEXT),
        "changed": TEXT,
        "is_in_view": FLAG,
    },
    "company_origins": {"company": TEXT, "origin": TEXT},
    "value_of_work": {
        **dict.fromkeys(("company", "workflow", "role"), TEXT),
        **dict.fromkeys(("low", "mode", "high"), NUMBER),
    },
    "autonomy_ladder": {
        **dict.fromkeys(("company", "workflow"), TEXT),
        "autonomy": COUNT,
        **dict.fromkeys(("tokens", "completed", "accepted", "needs_review"), NUMBER),
        **dict.fromkeys(("accept_share", "rework_rate", "escape_rate"), NUMBER),
        "oversight_coverage": NUMBER,
    },
}
MONTHS = [{"month": shift("2026-10", -back), "is_complete": True} for back in range(24)]
Asks = Callable[..., figures.Ask]


@pytest.fixture
def asks() -> Asks:
    """Return what makes an `ask` from rows by question; what is not given has no rows."""

    def made(
        *, view: View | None = None, window: Window = OCTOBER, **rows: list[dict[str, Any]]
    ) -> figures.Ask:
        given = {"headline": [PERIOD], "sources": [SOURCE], "months": MONTHS, **rows}

        def ask(question: str) -> Answer:
            schema = MORE.get(question) or COLUMNS.get(question)
            frame = pl.DataFrame(given.get(question, []), schema=schema)
            query = queries.get("questions", question)
            return Answer(query, frame, Pin("abc", 7), window, view or View())

        return ask

    return made


# ---- the head of the page ----------------------------------------------------------------------

THIS = {
    "period": "this",
    "employees": 200.0,
    "tokens_per_employee": 3.2e6,
    "active_share": 0.4,
    "tokens_per_active_person": 8e6,
    "raw_tokens_per_employee": 9.6e6,
    "fresh_tokens_per_employee": 1.6e6,
    "weighted_tokens_per_employee": 3.2e6,
}
BEFORE = {
    **THIS,
    "period": "previous",
    "tokens_per_employee": 1.6e6,
    "active_share": 0.2,
    "tokens_per_active_person": 8e6,
}
REVIEWED = {
    **{"period": "this", "completed": 1000.0, "accepted": 900.0},
    **{"needs_review": 1000.0, "oversight_coverage": 0.95, "review_load": 5.64},
    **{"escape_rate": 0.016, "rework_rate": 0.08},
}


def test_the_title_says_how_many_tokens_stand_behind_each_employee_and_who_looks(
    asks: Asks,
) -> None:
    told = page.leverage(asks(leverage=[THIS, BEFORE], oversight=[REVIEWED]))
    assert told is not None
    assert told.title == (
        "3.2 M tokens stand behind each employee, +100 % on September 2026; "
        "95 % of what needs review is reviewed"
    )


def test_without_headcount_and_outcomes_the_title_says_what_is_unknown(asks: Asks) -> None:
    missing = [{"company": "Acme", "input": "headcount", "months_missing": 1}]
    told = page.leverage(asks(leverage=[THIS], missing_inputs=missing))
    assert told is not None
    assert told.title == (
        "How many tokens stand behind each employee is unknown; "
        "whether someone still looks is not counted"
    )
    assert isinstance(told.trend, figures.Hidden)
    assert isinstance(told.bases, figures.Hidden)
    assert [point.lead for point in told.to_settle] == ["Load headcount", "Load outcomes"]
    # Depth needs no headcount; nothing else can be told.
    assert [figure.name for figure in told.figures if figure.text is not None] == ["Depth"]


def test_a_change_is_split_into_breadth_and_depth(asks: Asks) -> None:
    told = page.leverage(asks(leverage=[THIS, BEFORE]))
    assert told is not None
    # 1.6 M more: twice as many active, each with as many tokens, so all of it is breadth.
    assert told.sentences[0].text == (
        "More active employees moved the figure most: of +1.6 M tokens per employee, no change "
        "came from depth (8 M to 8 M per active person) and +1.6 M from breadth (20.0 % to 40.0 % "
        "active)."
    )


def test_every_number_of_a_sentence_is_one_of_its_figures(asks: Asks) -> None:
    told = page.leverage(asks(leverage=[THIS, BEFORE], oversight=[REVIEWED]))
    assert told is not None
    for sentence in told.sentences:
        assert sentence.text.startswith(sentence.lead)
        for number in sentence.numbers:
            assert number.text in sentence.text


def test_the_cards_are_the_figures_of_the_answers(asks: Asks) -> None:
    told = page.leverage(asks(leverage=[THIS, BEFORE], oversight=[REVIEWED]))
    assert told is not None
    assert [(figure.name, figure.text) for figure in told.figures] == [
        ("Tokens per employee", "200"),  # of the headline, which PERIOD is
        ("Breadth", "40 %"),
        ("Depth", "8 M"),
        ("Oversight coverage", "95 %"),
        ("Escape rate", "1.6 per 100"),
    ]


def test_the_three_bases_stand_beside_each_other(asks: Asks) -> None:
    told = page.leverage(asks(leverage=[THIS, BEFORE]))
    assert told is not None
    assert isinstance(told.bases, figures.Table)
    assert told.bases.finding == "Raw tokens are 3.0 times the price-weighted ones"
    assert told.bases.rows["October 2026"].to_list() == ["3.2 M", "1.6 M", "9.6 M"]


# ---- units against the band --------------------------------------------------------------------


def unit(name: str, value: float, employees: float = 20, period: str = "this") -> dict[str, Any]:
    """Return a row of a department of Acme."""
    return {
        "period": period,
        "company": "Acme",
        "unit_kind": "department",
        "unit": name,
        "tokens": value * employees,
        "employees": employees,
        "tokens_per_employee": value,
    }


def test_departments_are_set_against_the_middle_half_of_their_months(asks: Asks) -> None:
    # The months of the year: 1, 2, 3, 4 and 5 M; their quartiles are 2 and 4 M.
    names = ("A", "B", "C", "D", "E")
    rows = [unit(name, (i + 1) * 1e6, period="2026-10") for i, name in enumerate(names)]
    rows += [unit(name, (i + 1) * 1e6) for i, name in enumerate(names)]
    rows += [unit("Few", 9e6, employees=6), unit("(small groups)", 9e6)]
    found = page.leverage(asks(use_by_unit=rows))
    assert found is not None
    assert isinstance(found.units, figures.Chart)
    drawn = pl.from_arrow(found.units.rows)
    assert isinstance(drawn, pl.DataFrame)
    (band,) = drawn.filter(part="band").select("low", "middle", "high").rows()
    assert band == (2e6, 3e6, 4e6)
    places = dict(drawn.filter(part="unit").select("name", "place").iter_rows())
    assert places == {
        **{"A": "below peers", "B": "typical", "C": "typical", "D": "typical"},
        **{"E": "above peers", "Few": "", "(small groups)": ""},
    }
    assert found.units.note is not None
    assert "n = 5 months of 5 departments" in found.units.note
    assert "internal reference" in found.units.note


def test_four_departments_make_no_band(asks: Asks) -> None:
    rows = [unit(name, 1e6, period=when) for name in "ABCD" for when in ("this", "2026-10")]
    head, found = (build(asks(use_by_unit=rows)) for build in (page.leverage, page.places))
    assert isinstance(head, page.Leverage)
    assert isinstance(head.units, figures.Chart)
    assert head.units.note is not None
    assert head.units.note.startswith("No typical band: it needs 5 departments")
    assert isinstance(found, page.Places)
    assert found.by_department is None  # the head of the page has it
    assert isinstance(found.by_size, figures.Hidden)
    assert isinstance(found.by_role, figures.Hidden)


def test_use_against_headcount_is_told_as_a_rank_correlation(asks: Asks) -> None:
    rows = [
        {
            "period": "this",
            "company": name,
            "tokens": 1.0,
            "employees": 10.0 * (i + 1),
            "tokens_per_employee": 6e6 / (i + 1),
        }
        for i, name in enumerate(("A", "B", "C", "D", "E"))
    ]
    natives = [{"company": "A", "origin": "AI-native"}]
    found = page.places(asks(use_by_company=rows, company_origins=natives))
    assert found is not None
    assert isinstance(found.by_size, figures.Chart)
    assert found.by_size.note is not None
    assert "n = 5 companies; rank correlation (Spearman) −1.00" in found.by_size.note
    assert "Coloured: AI-native companies" in found.by_size.note


# ---- oversight ---------------------------------------------------------------------------------

BAND = Band(2e6, 3e6, 4e6, 60)


@pytest.mark.parametrize(
    ("tokens", "coverage", "worse", "zone"),
    [
        (3e6, None, False, "Unknown (no oversight data)"),
        (1e6, 0.5, True, "Bandwidth-constrained"),  # little use is never over-extended
        (3e6, 0.89, False, "Over-extended"),
        (3e6, 0.99, True, "Over-extended"),
        (5e6, 0.90, False, "High leverage, watch"),
        (3e6, 0.90, False, "Within the typical band, overseen"),
    ],
)
def test_the_zone_of_a_department_follows_from_use_and_oversight(
    tokens: float, coverage: float | None, worse: bool, zone: str
) -> None:
    assert zone_of(tokens, coverage, worse, BAND) == zone


def test_without_a_band_only_oversight_can_be_judged() -> None:
    assert zone_of(1.0, 0.95, False, None) == "Overseen; no typical band to place it in"
    assert zone_of(1.0, 0.5, False, None) == "Over-extended"


def test_escapes_are_worse_only_beyond_the_policy_and_beyond_chance() -> None:
    assert not is_worse(0.02, 100, 0.01)  # one defect more
    assert is_worse(0.02, 10_000, 0.01)
    assert not is_worse(0.0109, 1_000_000, 0.01)  # within a tenth
    assert not is_worse(None, 100, 0.01)
    assert not is_worse(0.02, 10_000, None)


def reviewed(
    period: str, escapes: float, load: float | None = None, months: int = 3
) -> dict[str, Any]:
    """Return a row of Engineering's reviews."""
    return {
        **{"period": period, "company": "Acme", "department": "Engineering", "months": months},
        **{"accepted": 5000.0, "oversight_coverage": 0.95, "review_load": load},
        "escape_rate": escapes,
    }


def test_an_early_warning_needs_rising_tokens_and_something_that_worsened(asks: Asks) -> None:
    use = [unit("Engineering", 2e6), unit("Engineering", 1e6, period="before")]
    reviews = [reviewed("this", 0.03, 6.0, 1), reviewed("before", 0.01, 4.0)]
    asked = asks(leverage=[THIS], use_by_unit=use, oversight_by_department=reviews)
    told = page.leverage(asked)
    assert told is not None
    assert told.sentences[-1].text == (
        "Early warning at Engineering: while tokens per employee rose, escape rate of Engineering "
        "1.0 per 100 to 3.0 per 100 and review load of Engineering 4.0 to 6.0, against the three "
        "months before."
    )
    fell = [unit("Engineering", 1e6), unit("Engineering", 2e6, period="before")]
    told = page.leverage(asks(leverage=[THIS], use_by_unit=fell, oversight_by_department=reviews))
    assert told is not None
    assert not any("warning" in sentence.text for sentence in told.sentences)


def test_zones_are_drawn_with_their_policy_and_named_as_proposals(asks: Asks) -> None:
    use = [unit("Engineering", 2e6), unit("Sales", 1e6)]
    found = page.oversight(
        asks(use_by_unit=use, oversight_by_department=[reviewed("this", 0.01, 4.0, 1)])
    )
    assert found is not None
    assert isinstance(found.zones, figures.Chart)
    assert isinstance(found.table, figures.Table)
    assert dict(found.table.rows.select("Department", "Zone").iter_rows()) == {
        "Engineering": "Overseen; no typical band to place it in",
        "Sales": "Unknown (no oversight data)",
    }
    assert found.table.rows["Per reviewer and workday"].to_list() == ["4.0", "–"]
    assert isinstance(found.loads, figures.Chart)
    assert found.loads.alt.endswith("Engineering 2 M and 4.0.")
    assert "proposals" in (found.table.note or "")
    assert "Left out" in found.left_out


def test_outcomes_that_know_no_role_do_not_stand_beside_use_by_role(asks: Asks) -> None:
    view = View(role=("Software",))
    asked = asks(view=view, use_by_unit=[unit("Engineering", 2e6)])
    found, more = page.oversight(asked), page.returns(asked)
    assert found is not None
    assert more is not None
    for hidden in (
        found.zones,
        found.loads,
        found.table,
        more.dose,
        more.sweet_spot,
        more.economic,
    ):
        assert isinstance(hidden, figures.Hidden)
        assert "no role" in hidden.reason


def test_every_threshold_is_a_proposal_with_its_reason() -> None:
    table = policy_table()
    assert table.height == len(policy())
    assert all(why.startswith("proposal") for why in table["Why"])


# ---- the ladder --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("completed", "accepted", "needs_review", "rework", "escapes", "verdict"),
    [
        (None, None, None, None, None, "No outcomes"),
        (99, 99, 99, 0.0, 0.0, "Not enough evidence"),
        (1000, 990, None, 0.0, 0.0, "No oversight data"),
        (1000, 990, 0, 0.0, 0.0, "No oversight data"),
        (1000, 950, 1000, 0.10, 0.02, "Ready to relax review"),
        (1000, 910, 1000, 0.0, 0.0, "Hold"),  # its lower bound is 89 %
        (1000, 950, 1000, 0.11, 0.0, "Hold"),
        (1000, 950, 1000, 0.0, 0.03, "Hold"),
        (1000, 950, 1000, None, 0.0, "Hold"),
        (1000, 820, 1000, 0.0, 0.0, "Tighten review"),  # its lower bound is 79.5 %
    ],
)
def test_a_verdict_follows_from_the_lower_bound_rework_and_escapes(
    completed: float | None,
    accepted: float | None,
    needs_review: float | None,
    rework: float | None,
    escapes: float | None,
    verdict: str,
) -> None:
    assert verdict_of(completed, accepted, needs_review, rework, escapes) == verdict


def test_the_ladder_names_levels_and_verdicts(asks: Asks) -> None:
    rows = [
        {
            **{"company": "Acme", "workflow": "Releases", "autonomy": 3, "tokens": 1e6},
            **{"completed": 1000.0, "accepted": 950.0, "needs_review": 1000.0},
            **{"accept_share": 0.95, "rework_rate": 0.05, "escape_rate": 0.01},
            "oversight_coverage": 0.97,
        },
        {"company": "Acme", "workflow": "Search", "autonomy": None, "tokens": None},
    ]
    found = page.ladder(asks(autonomy_ladder=rows))
    assert found is not None
    assert isinstance(found.table, figures.Table)
    assert found.table.finding == "1 ready to relax review, of 2 workflows"
    assert found.table.rows["Autonomy"].to_list() == ["3 · runs without people", "unknown"]
    assert found.table.rows["Accepted"].to_list() == ["95 % (at least 93 %)", "unknown"]
    assert "Company" not in found.table.rows.columns


def test_workflows_are_not_told_under_a_filter_by_people(asks: Asks) -> None:
    found = page.ladder(asks(view=View(department=("Sales",))))
    assert found is not None
    assert isinstance(found.table, figures.Hidden)


# ---- what more use goes with -------------------------------------------------------------------


def team_months(power: float, months: int = 24) -> list[dict[str, Any]]:
    """Return two departments whose accepted work goes with a power of their tokens, exactly."""
    return [
        {
            "month": shift("2026-10", -back),
            "company": "Acme",
            "department": name,
            "employees": 20.0,
            "tokens_per_employee": size * 1e6 / (back + 1),
            "accepted_per_employee": worth * (size * 1e6 / (back + 1)) ** power,
            "escape_rate": 0.01,
        }
        for name, size, worth in (("Engineering", 10, 0.1), ("Sales", 1, 5.0))
        for back in range(months)
    ]


def test_five_bins_say_what_more_use_goes_with_as_an_association(asks: Asks) -> None:
    found = page.returns(asks(team_months=team_months(0.33)))
    assert found is not None
    assert isinstance(found.dose, figures.Table)
    # 48 months in five bins: 10, 10, 9, 10 and 9 of them.
    assert found.dose.rows["Team-months"].to_list() == ["10", "10", "9", "10", "9"]
    assert "n = 48" in found.dose.name
    assert found.bins is not None
    assert found.bins.rows.num_rows == 5
    assert found.dose.note is not None
    assert found.dose.note.startswith("Association, not cause")
    # Ten times the tokens: ten to the power 0.33 is 2.1 times the work.
    assert "2.1 times the accepted work" in found.elasticity
    assert "n = 48 months of 2 departments" in found.elasticity


def test_bins_of_fewer_than_five_months_are_not_shown(asks: Asks) -> None:
    found = page.returns(asks(team_months=team_months(0.33, months=12)))
    assert found is not None
    assert isinstance(found.dose, figures.Hidden)
    assert found.bins is None
    assert "24 team-months are known" in found.dose.reason


def test_a_sweet_spot_that_is_not_identified_says_why_and_on_how_many(asks: Asks) -> None:
    found = page.returns(asks(team_months=team_months(0.33)))
    assert found is not None
    assert isinstance(found.sweet_spot, figures.Table)
    assert found.sweet_spot.finding == "No sweet spot is identified"
    assert set(found.sweet_spot.rows["Why"]) == {"it takes 20 departments with known outcomes"}
    assert set(found.sweet_spot.rows["n"]) == {"2 departments, 48 months"}


def test_without_a_value_of_work_there_is_no_economic_band(asks: Asks) -> None:
    found = page.returns(asks(team_months=team_months(0.5)))
    assert found is not None
    assert isinstance(found.economic, figures.Hidden)
    assert "value_per_accepted_usd" in found.economic.reason


def test_with_a_value_of_work_the_economic_band_is_that_of_the_formula(asks: Asks) -> None:
    # 100 pieces of 5 USD at 100 tokens per employee, exponent 0.5, one token costs 0.25 USD: of 20
    # employees each has 5 pieces worth 25 USD, so V = 25 ÷ 10 = 2.5, and T* = (2.5 × 0.5 ÷ 0.25)².
    company = {"period": "this", "company": "Acme", "tokens": 2000.0, "employees": 20.0}
    headline = {**PERIOD, "tokens": 2000.0, "full_cost_usd": 500.0, "employees": 20.0}
    worth = {"company": "Acme", "low": None, "mode": 5.0, "high": 5.0}
    found = page.returns(
        asks(
            headline=[headline],
            team_months=team_months(0.5),
            use_by_company=[{**company, "tokens_per_employee": 100.0}],
            oversight=[{**REVIEWED, "accepted": 100.0}],
            value_of_work=[worth],
        )
    )
    assert found is not None
    assert isinstance(found.economic, figures.Table)
    assert found.economic.rows["Pays best at"].to_list() == ["25"] * 3
    assert found.economic.rows["Stops paying at"].to_list() == ["100"] * 3
    assert (
        found.economic.finding
        == "At the likeliest worth, today's use is past the best, still paying"
    )


# ---- before and after --------------------------------------------------------------------------

TRAINING = {
    "month": "2026-04",
    "day": date(2026, 4, 1),
    "company": "Acme",
    "event_kind": "intervention",
    "event": "Training",
    "department": "Support",
    "is_in_view": True,
}


def hours(scope: str, department: str, month: str, value: float) -> dict[str, Any]:
    """Return a row of resolution time."""
    return {
        **{"month": month, "company": "Acme", "scope": scope, "department": department},
        **{"metric": "resolution_hours", "is_mean": True, "value": value, "is_in_view": True},
    }


def resolution(effects: tuple[float, ...], others: tuple[float, ...]) -> list[dict[str, Any]]:
    """Return 24 h before April in every team and department, and the effects from then on."""
    rows = []
    for back in range(12):
        month = shift("2026-10", -back)
        after = month >= "2026-04"
        for department, moves in (("Support", effects), ("Operations", others)):
            for i, move in enumerate(moves):
                rows.append(hours(f"{department} {i}", department, month, 24 + move * after))
            mean = 24 + after * sum(moves) / len(moves)
            rows.append(hours(department, department, month, mean))
    return rows


def test_an_intervention_is_held_against_teams_that_were_left_alone(asks: Asks) -> None:
    rows = resolution((-5, -4, -3, -4, -4), (0, 1, -1, 0, 0))
    found = page.outcomes(asks(outcomes_by_month=rows, events_in_window=[TRAINING]))
    assert found is not None
    assert isinstance(found.effects, figures.Table)
    (line,) = found.effects.rows.to_dicts()
    # Both arms have a variance of 0.5: √(0.5 ÷ 5 + 0.5 ÷ 5) = 0.447, and Student's t of 8 degrees
    # of freedom is 2.306, so −4 ± 1.031.
    assert line["Effect"] == "−4.0 h (−5.0 h to −3.0 h)"
    assert line["Design of the claim"] == ("difference-in-differences, 5 against 5 teams, SE 0.4 h")
    assert (line["Before"], line["After"], line["Of"]) == ("24.0 h", "20.0 h", "Support")


def test_few_teams_tell_a_direction_only(asks: Asks) -> None:
    rows = resolution((-4, -4), (0, 0))
    found = page.outcomes(asks(outcomes_by_month=rows, events_in_window=[TRAINING]))
    assert found is not None
    assert isinstance(found.effects, figures.Table)
    (line,) = found.effects.rows.to_dicts()
    assert line["Effect"] == "lower than elsewhere"
    assert line["Design of the claim"].endswith("2 against 2 teams: directional")


def test_a_department_to_which_something_else_was_done_is_no_comparison(asks: Asks) -> None:
    rows = resolution((-5, -4, -3, -4, -4), (0, 1, -1, 0, 0))
    other = {**TRAINING, "event": "A tool", "department": "Operations", "day": date(2026, 6, 1)}
    done = [TRAINING, {**other, "month": "2026-06"}]
    found = page.outcomes(asks(outcomes_by_month=rows, events_in_window=done))
    assert found is not None
    assert isinstance(found.effects, figures.Table)
    lines = found.effects.rows.filter(Of="Support").to_dicts()
    # Nobody is left to compare with: the five teams alone, −4 ± 2.776 × √(0.5 ÷ 5).
    assert [line["Effect"] for line in lines] == ["−4.0 h (−4.9 h to −3.1 h)"]
    assert lines[0]["Design of the claim"] == "before-after, 5 months each, 5 teams, SE 0.3 h"


def test_what_was_done_to_all_of_a_company_is_told_as_before_and_after(asks: Asks) -> None:
    rows = [
        {**hours("", "", shift("2026-10", -back), 20.0 - back), "scope": None, "department": None}
        for back in range(12)
    ]
    event = {**TRAINING, "department": None}
    found = page.outcomes(asks(outcomes_by_month=rows, events_in_window=[event]))
    assert found is not None
    assert isinstance(found.effects, figures.Table)
    (line,) = found.effects.rows.to_dicts()
    # Five months before April are known: November 9 to March 13; April to August 14 to 18.
    assert (line["Before"], line["After"], line["Effect"]) == ("11.0 h", "16.0 h", "+5.0 h")
    assert line["Design of the claim"] == "before-after, 5 months each"
    assert isinstance(found.multiples[1], figures.Chart)
    assert found.multiples[1].name == "Resolution time, hours, mean of the month"


def test_the_month_of_an_intervention_is_on_neither_side_unless_it_began_on_its_first_day() -> None:
    months = ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
    done = Intervention("Acme", "2026-04", True, "Training", None)
    assert around(months, done) == (["2026-02", "2026-03"], ["2026-04", "2026-05"])
    later = replace(done, is_month_start=False)
    assert around(months, later) == (["2026-02", "2026-03"], ["2026-05", "2026-06"])


def test_without_outcomes_the_page_says_what_would_show_them(asks: Asks) -> None:
    found = page.outcomes(asks())
    assert found is not None
    assert isinstance(found.effects, figures.Hidden)
    assert found.hidden is not None
    assert not found.multiples


# ---- small rates -------------------------------------------------------------------------------


def test_small_rates_are_said_closely_enough_to_see_them_move() -> None:
    assert [per_hundred(0.0157), tenths(0.6376), decimal(5.64), decimal(123.4)] == [
        "1.6 per 100",
        "63.8 %",
        "5.6",
        "123",
    ]
    assert {per_hundred(None), tenths(None), decimal(None)} == {"unknown"}
