"""How a company compares, from answers written by hand and from the worked examples."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from leverage import database, figures, queries, words
from leverage.ask import Answer
from leverage.figures import sectors
from leverage.figures.sectors.gap import APART, INTENSITY, MIX, cost_split, tokens_split
from leverage.figures.sectors.published import Published
from leverage.figures.sectors.routing import cost_at
from leverage.figures.sectors.standing import standing
from leverage.figures.sectors.work import profile_distance
from leverage.store import Pin
from leverage.view import View, shift
from tests.unit.test_figures import COLUMNS, NUMBER, OCTOBER, PERIOD, TEXT

FLAG = pl.Boolean()
COMPANY: dict[str, Any] = {
    "company": "Acme",
    "sector": "Telecom",
    "sector_key": "telecom",
    "origin": "enterprise",
    "size": "50 to 249",
    "is_chosen": True,
    "is_in_view": True,
    "is_complete": True,
    "is_seats_known": True,
    "tokens": 4000.0,
    "full_cost_usd": Decimal(500),
    "person_months": 20,
    "employee_months": 50.0,
    "employee_months_with_tokens": 50.0,
    "employees": 50.0,
    "tokens_per_employee": 80.0,
    "active_share": 0.4,
    "cost_per_employee_usd": 10.0,
    "peers": 0,
    "peers_median": None,
    "peer_index": None,
    "peer_percentile": None,
}
SCHEMAS: dict[str, dict[str, pl.DataType]] = {
    **COLUMNS,
    "targets_by_month": {"month": TEXT, "company": TEXT, "metric": TEXT, "value": NUMBER},
    "companies_compared": {
        **dict.fromkeys(COMPANY, NUMBER),
        **dict.fromkeys(("company", "sector", "sector_key", "origin", "size"), TEXT),
        **dict.fromkeys(("is_chosen", "is_in_view", "is_complete", "is_seats_known"), FLAG),
        "full_cost_usd": pl.Decimal(18, 6),
        "person_months": pl.Int64(),
        "peers": pl.Int64(),
    },
    "companies_by_month": {
        **{"month": TEXT, "company": TEXT, "is_seats_known": FLAG},
        **dict.fromkeys(("tokens_per_employee", "cost_per_employee_usd"), NUMBER),
    },
    "groups_compared": {
        **dict.fromkeys(("company", "dimension", "label"), TEXT),
        **dict.fromkeys(("tokens", "employee_months", "tokens_per_employee"), NUMBER),
    },
    "workload_by_company": {
        **dict.fromkeys(("company", "workload_class"), TEXT),
        **dict.fromkeys(("tokens", "agent_tokens", "class_share", "agent_owned_share"), NUMBER),
    },
    "vendor_mix": {
        **dict.fromkeys(("company", "vendor"), TEXT),
        **dict.fromkeys(("full_cost_usd", "cost_share", "vendor_concentration"), NUMBER),
    },
    "models_at_work": {
        **dict.fromkeys(("company", "vendor", "model", "workload_class"), TEXT),
        **dict.fromkeys(
            ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens"), NUMBER
        ),
        **dict.fromkeys(("tokens", "cost_usd", "model_share", "usd_per_million_tokens"), NUMBER),
    },
    "model_tiers": dict.fromkeys(("company", "vendor", "model", "tiers"), TEXT),
    "origins_compared": {
        "origin": TEXT,
        "companies": pl.Int64(),
        **dict.fromkeys(
            ("tokens", "employee_months", "tokens_per_employee", "agent_owned_share"), NUMBER
        ),
    },
    "role_families_held": dict.fromkeys(("company", "role_family"), TEXT),
}
Asked = Callable[..., figures.Ask]


def asked(
    *companies: dict[str, Any], view: View | None = None, **rows: list[dict[str, Any]]
) -> figures.Ask:
    """Return what answers from rows by question; what is not given has no rows."""
    given = {
        "headline": [PERIOD],
        "companies_compared": [{**COMPANY, **company} for company in companies],
        **rows,
    }

    def ask(question: str) -> Answer:
        frame = pl.DataFrame(given.get(question, []), schema=SCHEMAS.get(question))
        if question == "headline":
            frame = pl.DataFrame(given["headline"])
        query = queries.get("questions", question)
        return Answer(query, frame, Pin("abc", 7), OCTOBER, view or View())

    return ask


def six(**own: Any) -> list[dict[str, Any]]:
    """Return Acme with 80 tokens per employee, and five others with 10, 20, 30, 40 and 100."""
    others = [
        {"company": f"Other {i}", "tokens_per_employee": value, "tokens": 50 * value}
        for i, value in enumerate((10.0, 20.0, 30.0, 40.0, 100.0))
    ]
    of_peers = {"peers": 5, "peers_median": 30.0, "peer_index": 800 / 3, "peer_percentile": 0.8}
    return [{**of_peers, **own}, *others]


def groups(company: str, **of: tuple[float, float | None]) -> list[dict[str, Any]]:
    """Return tokens and employees by department."""
    return [
        {
            "company": company,
            "dimension": "department",
            "label": label.replace("_", " "),
            "tokens": tokens,
            "employee_months": heads,
            "employee_months_with_tokens": heads,
            "tokens_per_employee": None if heads is None else tokens / heads,
        }
        for label, (tokens, heads) in of.items()
    ]


def text_of(page: sectors.Sectors | None) -> dict[str, str | None]:
    assert page is not None
    return {figure.name: figure.text for figure in page.figures}


# ---- the formulas, on the worked examples ------------------------------------------------------


def test_the_index_sets_a_figure_against_the_median_of_five_peers_or_more() -> None:
    with database.workspace() as con:
        found = con.sql(
            "select peer_index(8, 4, 5), peer_percentile(3, 1, 5), peer_index(8, 4, 4),"
            " peer_percentile(3, 1, 4)"
        ).fetchall()
    assert found == [(200, pytest.approx(0.7), None, None)]


def test_vendors_of_a_half_and_two_quarters_are_concentrated_to_three_eighths() -> None:
    with database.workspace() as con:
        found = con.sql(
            "select vendor_concentration(50^2 + 25^2 + 25^2, 100), vendor_concentration(0, 0)"
        ).fetchall()
    assert found == [(0.375, None)]


def test_a_gap_in_tokens_is_mix_and_use_by_department() -> None:
    # Half of 100 people use 10 and half 2 (6.0); of the others a fifth 8 and the rest 2 (3.2).
    own = {"tokens": 600.0, "employee_months_with_tokens": 100.0, "tokens_per_employee": 6.0}
    other = {**own, "company": "Other", "tokens": 320.0, "tokens_per_employee": 3.2}
    rows = [
        *groups("Acme", Engineering=(500.0, 50.0), Sales=(100.0, 50.0)),
        *groups("Other", Engineering=(160.0, 20.0), Sales=(160.0, 80.0)),
    ]
    facts = standing(asked(own, other))
    assert facts is not None
    split = tokens_split(facts, pl.DataFrame(rows, schema=SCHEMAS["groups_compared"]))
    assert split is not None
    assert dict(split.parts) == pytest.approx({MIX: 2.1, INTENSITY: 0.7, APART: 0.0})
    assert split.gap == pytest.approx(2.8)
    assert split.one_sided == ()


def test_use_of_no_department_is_a_part_of_its_own_and_the_parts_still_add_up() -> None:
    own = {"tokens": 900.0, "employee_months_with_tokens": 100.0, "tokens_per_employee": 9.0}
    other = {**own, "company": "Other", "tokens": 320.0, "tokens_per_employee": 3.2}
    rows = [
        *groups("Acme", Engineering=(500.0, 50.0), Sales=(100.0, 50.0)),
        *groups("Acme", **{"(service_accounts)": (300.0, None)}),
        *groups("Other", Engineering=(160.0, 20.0), Legal=(160.0, 80.0)),
    ]
    facts = standing(asked(own, other))
    assert facts is not None
    split = tokens_split(facts, pl.DataFrame(rows, schema=SCHEMAS["groups_compared"]))
    assert split is not None
    assert dict(split.parts)[APART] == pytest.approx(3.0)
    assert sum(value for _, value in split.parts) == pytest.approx(split.gap)
    assert split.one_sided == ("Sales", "Legal")


def test_a_gap_in_cost_is_breadth_depth_and_price() -> None:
    # 0.4 × 8 × 5 = 16 against 0.2 × 10 × 4 = 8, for 100 employees each.
    own = {"employee_months": 100.0, "person_months": 40, "tokens": 320.0}
    other = {"employee_months": 100.0, "person_months": 20, "tokens": 200.0, "company": "Other"}
    facts = standing(
        asked({**own, "full_cost_usd": Decimal(1600)}, {**other, "full_cost_usd": Decimal(800)})
    )
    assert facts is not None
    split = cost_split(facts)
    assert split is not None
    assert [value for _, value in split.parts] == pytest.approx([8.0, -2.5754, 2.5754], abs=1e-4)
    assert (split.own, split.others) == pytest.approx((16.0, 8.0))


def test_profiles_lie_apart_by_half_the_sum_of_their_differences() -> None:
    assert profile_distance({"a": (0.5, 0.2), "b": (0.5, 0.3), "c": (0.0, 0.5)}) == pytest.approx(
        0.5
    )
    assert profile_distance({"a": (1.0, 1.0)}) == 0
    assert profile_distance({"a": (1.0, 0.0), "b": (0.0, 1.0)}) == 1


def test_tokens_at_a_price_cost_each_part_at_its_own() -> None:
    parts = {
        "input_tokens": 100e6,
        "cache_read_tokens": 800e6,
        "cache_write_tokens": 40e6,
        "output_tokens": 20e6,
    }
    price = tuple(Decimal(usd) / 10**6 for usd in ("3", "0.3", "3.75", "15"))
    # 300 + 240 + 150 + 300, the worked example of 990 USD.
    assert cost_at(parts, (*price, Decimal(1))) == 990
    assert cost_at({**parts, "cache_write_tokens": None}, (*price, Decimal(1))) == 840


# ---- who is compared ---------------------------------------------------------------------------


def test_the_company_with_the_most_tokens_is_looked_at_where_none_is_chosen() -> None:
    page = sectors.sectors(asked(*six()))
    assert page is not None
    assert page.title == "Acme has 2.7 times the tokens per employee of the median of its 5 peers"
    (why,) = page.captions
    assert why.lead == "Why Acme"
    assert "choose one under Company" in why.text


def test_the_company_that_is_chosen_is_looked_at_beside_all_others() -> None:
    rows = [{**row, "is_chosen": False} for row in six(peer_index=None, peer_percentile=None)]
    rows[2] |= {"is_chosen": True, "peers": 5, "peer_index": 50.0, "peer_percentile": 0.2}
    rows[2] |= {"peers_median": 40.0}
    page = sectors.sectors(asked(*rows))
    assert page is not None
    assert page.title.startswith("Other 1 has 50 % fewer tokens per employee than the median")
    assert not page.notes
    assert not page.captions


def test_with_fewer_than_five_peers_values_stand_side_by_side_and_nothing_is_ranked() -> None:
    rows = [COMPANY, *six()[1:4]]
    rows[0] = {**COMPANY, "peers": 3}
    page = sectors.sectors(asked(*rows))
    shown = text_of(page)
    assert page is not None
    assert shown["Tokens per employee"] == "80"
    assert shown["Index to peers"] is shown["Place among peers"] is None
    assert "too few companies" in page.title
    assert isinstance(page.companies, figures.Chart)
    assert "reference" not in page.companies.rows.to_pylist()[-1]["part"]
    assert any("What can be said" in sentence.text for sentence in page.sentences)
    assert any(point.lead == "Bring more companies" for point in page.to_settle)


def test_one_company_has_no_peers_and_the_page_says_what_it_still_shows() -> None:
    page = sectors.sectors(asked({}))
    assert page is not None
    assert page.title == "Acme has 80 tokens per employee, and no peers here"
    assert isinstance(page.companies, figures.Hidden)
    assert isinstance(page.gap, figures.Hidden)
    assert "One company is loaded" in page.companies.reason


def test_a_company_without_headcount_is_named_and_not_compared() -> None:
    rows = six()
    rows[3] |= {"employee_months": None, "tokens_per_employee": None}
    rows[4] |= {"is_complete": False}
    page = sectors.sectors(asked(*rows))
    assert page is not None
    assert page.notes[0] == (
        "Not compared: Other 2 (no headcount and no roster is loaded for all of the period) and "
        "Other 3 (its period is not complete)"
    )
    assert [point.lead for point in page.to_settle][:2] == [
        "Load headcount",
        "Load what is missing",
    ]


def test_a_period_that_is_not_complete_is_set_against_nothing() -> None:
    rows = six(is_complete=False, peer_index=None, peer_percentile=None)
    page = sectors.sectors(asked(*rows))
    assert page is not None
    assert "80 tokens per employee so far" in page.title
    assert isinstance(page.gap, figures.Hidden)
    assert "never compared with a whole one" in page.gap.reason
    assert "not compared" in page.figures[3].beside
    others = sectors.traits(asked(*rows))
    assert others is not None
    assert isinstance(others.size, figures.Hidden)
    assert isinstance(others.cost, figures.Hidden)


def test_a_line_of_months_does_not_skip_one() -> None:
    by_month = [
        {"month": month, "company": "Acme", "tokens_per_employee": value}
        for month, value in (("2026-06", 1.0), ("2026-08", 2.0), ("2026-09", 3.0))
    ]
    page = sectors.sectors(asked({}, companies_by_month=by_month))
    assert page is not None
    assert page.figures[0].trend == (2.0, 3.0)


def test_a_figure_says_how_it_stands_to_the_month_before() -> None:
    before = {
        **{"month": "2026-09", "company": "Acme", "is_seats_known": True},
        **{"tokens_per_employee": 64.0, "cost_per_employee_usd": 8.0},
    }
    page = sectors.sectors(asked({}, companies_by_month=[before]))
    assert page is not None
    tokens, cost = page.figures[0], page.figures[3]
    assert (tokens.change, tokens.beside[0]) == ("+25 %", "64 in September")
    assert (cost.change, cost.beside[0]) == ("+25 %", "8.00 USD in September")
    # Seats known in one of two months only: the costs are of different things.
    page = sectors.sectors(asked({}, companies_by_month=[{**before, "is_seats_known": False}]))
    assert page is not None
    assert page.figures[3].change is None


def test_under_a_filter_by_people_nothing_is_compared() -> None:
    page = sectors.sectors(asked(view=View(department=("Sales",))))
    assert page is not None
    assert [figure.text for figure in page.figures] == [None]
    assert isinstance(page.companies, figures.Hidden)
    assert "whole companies only" in page.companies.reason


def test_where_nothing_matches_there_is_no_page() -> None:
    assert sectors.sectors(asked(headline=[])) is None
    assert sectors.sectors(asked()) is None


def test_ranks_come_from_months_in_which_all_are_known() -> None:
    months = [shift("2026-10", -back) for back in range(6)]
    values = {
        "Acme": 80.0,
        **{f"Other {i}": v for i, v in enumerate((10.0, 20.0, 30.0, 40.0, 100.0))},
    }
    by_month = [
        {"month": month, "company": name, "tokens_per_employee": value * 1.1**i}
        for i, month in enumerate(months)
        for name, value in values.items()
    ]
    facts = standing(asked(*six(), companies_by_month=by_month))
    assert facts is not None
    ranks = facts.ranks()
    assert ranks is not None
    # All grow alike, so that growth leaves no doubt about the second place.
    assert (ranks.said, ranks.months) == ("2 of 6", 6)
    facts = standing(asked(*six(), companies_by_month=by_month[:12]))
    assert facts is not None
    assert facts.ranks() is None


# ---- sentences and tabs ------------------------------------------------------------------------


def test_each_number_of_a_sentence_is_written_as_its_figure() -> None:
    rows = six()
    found = [
        *groups("Acme", Engineering=(3000.0, 25.0), Sales=(1000.0, 25.0)),
        *(
            row
            for other in rows[1:]
            for row in groups(other["company"], Engineering=(other["tokens"], 50.0))
        ),
    ]
    page = sectors.sectors(asked(*rows, groups_compared=found))
    assert page is not None
    assert page.sentences[0].lead == "Acme has 40 more tokens per employee than the others together"
    for sentence in page.sentences:
        assert sentence.text.startswith(sentence.lead)
        for said in sentence.numbers:
            assert said.text in sentence.text
            assert said.text in (words.tokens(said.value), words.money(said.value))


def test_departments_stand_against_the_company_at_100() -> None:
    rows = groups("Acme", Engineering=(3000.0, 25.0), Sales=(400.0, 5.0))
    shown = sectors.inside(asked({}, groups_compared=rows))
    assert shown is not None
    assert isinstance(shown.departments, figures.Chart)
    drawn = {row["name"]: row["said"] for row in shown.departments.rows.to_pylist()}
    assert drawn["Engineering"] == "150"
    assert drawn["Sales"] == "100"
    title = str(shown.departments.spec["title"]["text"])
    assert "Engineering has 1.5 times the tokens per" in title
    assert isinstance(shown.roles, figures.Hidden)


def test_a_department_of_few_employees_is_not_said_to_be_the_highest() -> None:
    rows = groups("Acme", Sales=(4000.0, 9.0))
    shown = sectors.inside(asked({}, groups_compared=rows))
    assert shown is not None
    assert isinstance(shown.departments, figures.Chart)
    assert "No department has 10 employees" in str(shown.departments.spec["title"])


def work(company: str, **shares: float) -> list[dict[str, Any]]:
    return [
        {
            "company": company,
            "workload_class": name,
            "tokens": 1000 * part,
            "agent_tokens": None,
            "class_share": part,
            "agent_owned_share": 0.0,
        }
        for name, part in shares.items()
    ]


def test_a_sector_pattern_is_had_or_not_seen_and_never_given_a_share() -> None:
    rows = work("Acme", decisioning=0.6, debugging=0.1, unassigned=0.3)
    shown = sectors.profile(asked({}, workload_by_company=rows))
    assert shown is not None
    assert isinstance(shown.pattern, Published)
    told = dict(shown.pattern.rows.select("Class of work", "Acme").iter_rows())
    assert told == {"decisioning": "has it, 60 % of tokens", "mediation": "not seen"}
    assert "30 % of tokens are unassigned" in shown.pattern.caveat
    assert isinstance(shown.classes, figures.Chart)
    assert "(unassigned)" in [row["name"] for row in shown.classes.rows.to_pylist()]
    assert isinstance(shown.gaps, figures.Hidden)


def test_the_three_largest_gaps_are_those_to_five_peers_together() -> None:
    rows = work("Acme", decisioning=0.6, debugging=0.1, unassigned=0.3)
    for i in range(5):
        rows += work(f"Other {i}", decisioning=0.1, generation=0.5, debugging=0.1, retrieval=0.3)
    shown = sectors.profile(asked(*six(), workload_by_company=rows))
    assert shown is not None
    assert isinstance(shown.gaps, figures.Table)
    gaps = [(row["Class of work"], row["Gap"]) for row in shown.gaps.rows.to_dicts()]
    assert gaps == [
        ("decisioning", "+50 points"),
        ("generation", "−50 points"),
        ("retrieval", "−30 points"),
    ]
    # (0.5 + 0.5 + 0.3 + 0.3) ÷ 2, the unassigned counted as a class.
    assert "0.80" in shown.gaps.finding


def test_a_model_is_told_with_its_work_its_price_and_its_tier() -> None:
    used = [
        {
            **{"company": "Acme", "vendor": "OpenAI", "model": "gpt-5"},
            **{"workload_class": name, "input_tokens": tokens, "tokens": tokens},
            **{"cost_usd": 1.0, "model_share": 1.0, "usd_per_million_tokens": 2.5},
        }
        for name, tokens in (("debugging", 3e6), ("retrieval", 1e6))
    ]
    tier = {"company": "Acme", "vendor": "OpenAI", "model": "gpt-5", "tiers": "flex"}
    mix = {"company": "Acme", "vendor": "OpenAI", "full_cost_usd": 9.0, "cost_share": 1.0}
    shown = sectors.routing(
        asked(
            {},
            models_at_work=used,
            model_tiers=[tier],
            vendor_mix=[{**mix, "vendor_concentration": 1.0}],
        )
    )
    assert shown is not None
    assert isinstance(shown.models, figures.Table)
    assert shown.models.rows.row(0) == (
        "gpt-5",
        "OpenAI",
        "100 %",
        "debugging 75 % and retrieval 25 %",
        "2.50 USD",
        "flex",
    )
    assert isinstance(shown.repriced, figures.Hidden)
    page = sectors.sectors(asked({}, vendor_mix=[{**mix, "vendor_concentration": 1.0}]))
    assert text_of(page)["Concentration of vendors"] == "1.00"


def test_tokens_at_another_models_list_price_are_called_modelled() -> None:
    used = [
        {
            **{"company": "Acme", "vendor": vendor, "model": model, "workload_class": "debugging"},
            **{"input_tokens": tokens, "tokens": tokens, "cost_usd": 1.0, "model_share": 0.5},
            "usd_per_million_tokens": 1.0,
        }
        for vendor, model, tokens in (("OpenAI", "gpt-4o", 4e6), ("OpenAI", "gpt-4o-mini", 1e6))
    ]
    shown = sectors.routing(asked({}, models_at_work=used))
    assert shown is not None
    assert isinstance(shown.repriced, figures.Table)
    assert shown.repriced.finding.startswith("Modelled: the tokens of gpt-4o at the list price")
    assert "nothing on quality" in (shown.repriced.note or "")
    # 4 M uncached input tokens at 2.50 and at 0.15 USD per million.
    first = shown.repriced.rows.row(0, named=True)
    assert first["At its own list price"] == "10.00 USD"
    assert first["At gpt-4o-mini"].startswith("0.60 USD")


def test_a_published_figure_stands_beside_the_month_it_speaks_of() -> None:
    def month(name: str, usd: float, is_known: bool = True) -> dict[str, Any]:
        return {
            **{"month": name, "company": "Acme", "is_seats_known": is_known},
            **{"tokens_per_employee": 1.0, "cost_per_employee_usd": usd},
        }

    shown = sectors.references(asked({}, companies_by_month=[month("2026-06", 25.0)]))
    assert shown is not None
    assert isinstance(shown.comparable, Published)
    assert shown.comparable.finding == (
        "Acme paid 25.00 USD per employee in June 2026, between the median firm and the top 10 % "
        "of firms"
    )
    assert shown.comparable.rows.height == 3
    assert all("June 2026" in told for told in shown.comparable.rows["Source"])
    for rows in ([month("2026-10", 25.0)], [month("2026-06", 25.0, False)]):
        shown = sectors.references(asked({}, companies_by_month=rows))
        assert shown is not None
        assert isinstance(shown.comparable, Published)
        assert "not known within three months of it" in shown.comparable.rows["Acme"].to_list()
    near = sectors.references(asked({}, companies_by_month=[month("2026-09", 5.0)]))
    assert near is not None
    assert isinstance(near.comparable, Published)
    assert near.comparable.finding.endswith("in September 2026, less than the median firm")


def test_figures_of_another_definition_are_set_against_nothing() -> None:
    shown = sectors.references(asked({}))
    assert shown is not None
    assert "Acme" not in shown.context.rows.columns
    assert "not comparable" in shown.context.name
    assert shown.context.rows.filter(pl.col("Source").str.contains("grade")).height == (
        shown.context.rows.height
    )


def test_the_trillion_token_list_says_that_it_is_no_ranking() -> None:
    shown = sectors.club(asked({}))
    assert "no ranking" in shown.finding
    assert shown.rows.columns == ["Company", "Sector", "Field", "Type"]
    assert "OpenAI has not confirmed" in shown.caveat


def test_origins_are_set_apart_only_where_there_are_two() -> None:
    rows = [
        {"origin": "AI-native", "companies": 2, "tokens": 900.0, "employee_months": 10.0},
        {"origin": "enterprise", "companies": 4, "tokens": 600.0, "employee_months": 60.0},
    ]
    for row in rows:
        row |= {
            "tokens_per_employee": float(str(row["tokens"])) / float(str(row["employee_months"])),
            "agent_owned_share": None,
        }
    shown = sectors.traits(asked(*six(), origins_compared=rows))
    assert shown is not None
    assert isinstance(shown.origins, figures.Table)
    assert shown.origins.finding == (
        "AI-native companies here have 9 times the tokens per employee of enterprise ones"
    )
    assert "no general finding" in (shown.origins.note or "")
    assert shown.origins.rows["Work that agents own"].to_list() == ["unknown", "unknown"]
    alone = sectors.traits(asked(*six(), origins_compared=rows[:1]))
    assert alone is not None
    assert isinstance(alone.origins, figures.Hidden)


def test_size_is_said_to_tell_something_only_beyond_chance() -> None:
    rows = six()
    for row, heads in zip(rows, (6, 60, 50, 40, 30, 5), strict=True):
        row["employees"] = float(heads)
    shown = sectors.traits(asked(*rows))
    assert shown is not None
    assert isinstance(shown.size, figures.Chart)
    assert "Larger companies have fewer tokens" in str(shown.size.spec["title"])
    few = sectors.traits(asked(*rows[:4]))
    assert few is not None
    assert isinstance(few.size, figures.Chart)
    assert "too few to say" in str(few.size.spec["title"])
