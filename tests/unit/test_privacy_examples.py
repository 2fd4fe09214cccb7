"""Worked examples of suppression: small groups, dominance, vendors and models, and the labels."""

import polars as pl
import pytest

from leverage.privacy import (
    NO_DEPARTMENT,
    NO_ROLE,
    OTHER_MODELS,
    OTHER_VENDORS,
    SMALL_GROUPS,
    decide,
    dominated,
)

# One person: the columns used in the month, and the tokens behind them.
Person = tuple[set[int], int]
Group = tuple[str | None, str | None]

MODELS = [("Anthropic", "opus"), ("Anthropic", "haiku"), ("OpenAI", "gpt"), ("GitHub", "copilot")]
OPUS, HAIKU, GPT, COPILOT = range(4)


def people(n: int, *bits: int) -> list[Person]:
    """Return n people who all used these columns, with equal tokens."""
    return [(set(bits or {OPUS}), 100)] * n


def shown(
    groups: dict[Group, list[Person]], columns: list[tuple[str, str | None]] | None = None
) -> pl.DataFrame:
    """Decide about one company and month, given the people of each department and role."""
    cells = [
        ("Acme", "2026-09", *group, sum(1 << bit for bit in bits), 1)
        for group, members in groups.items()
        for bits, _ in members
    ]
    idle = [("Acme", "2026-09", *group, 0, 0) for group, members in groups.items() if not members]
    measures = []
    for group, members in groups.items():
        tokens = sorted((tokens for _, tokens in members), reverse=True)
        values = (*[*tokens, 0, 0][:2], sum(tokens))
        measures.append(("Acme", "2026-09", *group, *values, *(value / 8 for value in values)))
    text = ["company", "month", "department", "role"]
    tokens_and_cost = [f"{m}_{v}" for m in ("tokens", "cost") for v in ("top1", "top2", "total")]
    return decide(
        pl.DataFrame([*cells, *idle], [*text, "use_mask", "n_people"], orient="row"),
        pl.DataFrame(measures, [*text, *tokens_and_cost], orient="row"),
        pl.DataFrame(
            [(bit, *names) for bit, names in enumerate(columns or MODELS)],
            ["bit", "vendor", "model"],
            orient="row",
        ),
    )


def departments(decision: pl.DataFrame) -> dict[str | None, str]:
    """Return the label of each department."""
    return dict(decision.select("department", "shown_department").iter_rows())


def roles(decision: pl.DataFrame) -> dict[Group, Group]:
    """Return the labels of each department and role."""
    labels = decision.select("department", "role", "shown_department", "shown_role")
    return {(row[0], row[1]): (row[2], row[3]) for row in labels.iter_rows()}


def models(decision: pl.DataFrame, department: str) -> dict[str, tuple[str, str]]:
    """Return the labels of each model used in a department."""
    used = decision.filter(pl.col("department") == department)
    labels = used.select("model", "shown_vendor", "shown_model")
    return {row[0]: (row[1], row[2]) for row in labels.iter_rows()}


def test_of_12_7_and_4_people_the_12_are_shown_and_the_others_pooled() -> None:
    groups: dict[Group, list[Person]] = {
        ("A", None): people(12),
        ("B", None): people(7),
        ("C", None): people(4),
    }
    found = departments(shown(groups))
    assert found == {"A": "A", "B": SMALL_GROUPS, "C": SMALL_GROUPS}
    total = dict.fromkeys(found.values(), 0)
    for (department, _), members in groups.items():
        total[found[department]] += len(members)
    assert total == {"A": 12, SMALL_GROUPS: 11}
    assert sum(total.values()) == 23


def test_a_group_of_60_20_10_5_and_5_is_dominated_by_its_first() -> None:
    assert dominated(60, 20, 60 + 20 + 10 + 5 + 5)
    group = [({OPUS}, tokens) for tokens in (60, 20, 10, 5, 5)]
    found = departments(shown({("A", None): group, ("B", None): people(6), ("C", None): people(9)}))
    assert found == {"A": SMALL_GROUPS, "B": SMALL_GROUPS, "C": "C"}


@pytest.mark.parametrize(
    ("largest", "second", "total", "expected"),
    [
        (50, 10, 100, False),
        (51, 10, 100, True),
        (45, 40, 100, False),
        (45, 41, 100, True),
        (0, 0, 0, False),
    ],
)
def test_half_and_85_percent_are_still_allowed(
    largest: int, second: int, total: int, expected: bool
) -> None:
    assert dominated(largest, second, total) is expected


def test_a_pool_that_is_dominated_takes_in_further_groups() -> None:
    found = departments(
        shown(
            {
                ("A", None): [({OPUS}, 10_000), *people(4)],
                ("B", None): people(6),
                ("C", None): [({OPUS}, 1_000)] * 12,
                ("D", None): people(30),
            }
        )
    )
    assert found == {"A": SMALL_GROUPS, "B": SMALL_GROUPS, "C": SMALL_GROUPS, "D": "D"}


def test_nothing_of_a_split_is_shown_where_its_pool_would_swallow_all_groups() -> None:
    found = roles(shown({("A", "x"): people(4), ("B", "x"): people(6), ("B", "y"): people(3)}))
    assert set(found.values()) == {(SMALL_GROUPS, SMALL_GROUPS)}


def test_departments_with_the_same_tools_are_all_shown_with_roles_and_models() -> None:
    decision = shown(
        {
            (department, role): people(5, OPUS, HAIKU, GPT)
            for department in ("A", "B", "C")
            for role in ("x", "y")
        }
    )
    for label in ("department", "role", "vendor", "model"):
        assert decision[f"shown_{label}"].to_list() == decision[label].to_list()


def test_small_roles_are_pooled_inside_their_department() -> None:
    found = roles(
        shown(
            {
                ("A", "engineer"): people(9),
                ("A", "writer"): people(2),
                ("A", None): people(6),
                ("B", "engineer"): people(8),
                ("B", "writer"): people(1),
                (None, "engineer"): people(7),
            }
        )
    )
    assert found == {
        ("A", "engineer"): ("A", "engineer"),
        ("A", "writer"): ("A", SMALL_GROUPS),
        ("A", None): ("A", SMALL_GROUPS),
        ("B", "engineer"): ("B", SMALL_GROUPS),
        ("B", "writer"): ("B", SMALL_GROUPS),
        (None, "engineer"): (NO_DEPARTMENT, "engineer"),
    }
    unknown = roles(shown({("A", None): people(9), ("B", None): people(8)}))
    assert set(unknown.values()) == {("A", NO_ROLE), ("B", NO_ROLE)}


def test_vendors_of_few_people_are_pooled_there_and_where_the_total_would_tell_them() -> None:
    everyone = people(20, OPUS, HAIKU, GPT, COPILOT)
    some = [*people(12, OPUS, HAIKU), *people(3, OPUS, GPT), *people(4, OPUS, COPILOT)]
    expected = {
        "opus": ("Anthropic", "opus"),
        "haiku": ("Anthropic", "haiku"),
        "gpt": (OTHER_VENDORS, OTHER_MODELS),
        "copilot": (OTHER_VENDORS, OTHER_MODELS),
    }
    decision = shown({("A", None): everyone, ("B", None): some})
    assert models(decision, "B") == expected
    assert models(decision, "A") == expected
    alone = shown({("A", None): everyone, ("B", None): people(19, OPUS, HAIKU)})
    assert models(alone, "A") == {model: (vendor, model) for vendor, model in MODELS}


def test_a_model_of_few_people_elsewhere_costs_one_department_its_name_not_all() -> None:
    """Two people of D use haiku beside A, B and C: the total less these three would be theirs."""
    with_haiku = people(20, OPUS, HAIKU)
    decision = shown(
        {
            ("A", None): with_haiku,
            ("B", None): with_haiku,
            ("C", None): [*people(6, OPUS, HAIKU), *people(9, OPUS)],
            ("D", None): [*people(18, OPUS, GPT), *people(2, OPUS, HAIKU)],
        }
    )
    named = {name for name in "ABCD" if models(decision, name).get("haiku", ("", ""))[1] == "haiku"}
    assert named == {"A", "B"}
    assert models(decision, "C") == {
        "opus": ("Anthropic", OTHER_MODELS),
        "haiku": ("Anthropic", OTHER_MODELS),
    }


def test_each_account_whose_total_is_public_counts_on_its_own() -> None:
    """All use one model, but Sales has an account that two engineers use as well."""
    sales, engineering, research = people(8, 0), people(9, 1), people(7, 1)
    groups: dict[Group, list[Person]] = {
        ("Sales", None): sales,
        ("Engineering", None): [*engineering, *people(2, 0, 1)],
        ("Research", None): research,
    }
    one_account = {group: people(len(members), 0) for group, members in groups.items()}
    assert SMALL_GROUPS not in departments(shown(one_account)).values()
    found = departments(shown(groups, [("OpenAI", "gpt"), ("OpenAI", "gpt")]))
    assert found == {
        "Sales": SMALL_GROUPS,
        "Research": SMALL_GROUPS,
        "Engineering": "Engineering",
    }


def test_a_group_without_use_keeps_its_name_and_has_no_vendor() -> None:
    decision = shown({("A", "x"): people(9), ("A", "y"): [], ("B", "x"): [], ("C", "x"): people(7)})
    assert roles(decision) == {
        (department, role): (department, role) for department, role in roles(decision)
    }
    idle = decision.filter(pl.col("department") == "B")
    assert idle.select("vendor", "model", "shown_vendor", "shown_model").rows() == [(None,) * 4]


def test_a_group_without_use_shows_nothing_of_a_split_that_is_hidden() -> None:
    pooled = shown({("A", "x"): people(4), ("A", "y"): [], ("B", "x"): people(6), ("D", "x"): []})
    assert set(roles(pooled).values()) == {(SMALL_GROUPS, SMALL_GROUPS)}
    in_role = roles(shown({("A", "x"): people(3), ("A", "y"): people(3), ("A", "z"): []}))
    assert set(in_role.values()) == {("A", SMALL_GROUPS)}


def test_months_and_companies_are_decided_on_their_own() -> None:
    key = {"department": ["A", "B"] * 3, "role": ["x"] * 6}
    where = {
        "company": ["Acme"] * 4 + ["Beta"] * 2,
        "month": ["2026-08"] * 2 + ["2026-09"] * 4,
    }
    cells = pl.DataFrame({**where, **key, "use_mask": [1] * 6, "n_people": [9, 9, 9, 4, 4, 9]})
    values = {f"{m}_{v}": [None] * 6 for m in ("tokens", "cost") for v in ("top1", "top2", "total")}
    pairs = pl.DataFrame({"bit": [0], "vendor": ["OpenAI"], "model": [None]})
    decision = decide(cells, pl.DataFrame({**where, **key, **values}), pairs)
    found = decision.select("company", "month", "shown_department").unique().sort(pl.all())
    assert found.rows() == [
        ("Acme", "2026-08", "A"),
        ("Acme", "2026-08", "B"),
        ("Acme", "2026-09", SMALL_GROUPS),
        ("Beta", "2026-09", SMALL_GROUPS),
    ]
    assert decision["shown_model"].to_list() == [None] * 6


def test_no_rows_give_no_rows() -> None:
    text = dict.fromkeys(["company", "month", "department", "role"], pl.String)
    numbers = [f"{m}_{v}" for m in ("tokens", "cost") for v in ("top1", "top2", "total")]
    decision = decide(
        pl.DataFrame(schema={**text, "use_mask": pl.Int64, "n_people": pl.Int64}),
        pl.DataFrame(schema={**text, **dict.fromkeys(numbers, pl.Int64)}),
        pl.DataFrame(schema={"bit": pl.Int64, "vendor": pl.String, "model": pl.String}),
    )
    assert decision.height == 0
    assert decision.schema["shown_department"] == pl.String


def test_people_whose_columns_are_unknown_are_refused() -> None:
    with pytest.raises(ValueError, match="use_mask must hold bits of pairs"):
        shown({("A", None): people(9, 4)})
    with pytest.raises(ValueError, match="distinct bits from 0 to 125"):
        shown({("A", None): people(9)}, [("OpenAI", f"gpt {bit}") for bit in range(127)])


def test_people_whose_dominance_is_unknown_are_refused() -> None:
    text = {"company": ["Acme"], "month": ["2026-09"], "department": ["A"], "role": [None]}
    values = {f"{m}_{v}": [1] for m in ("tokens", "cost") for v in ("top1", "top2", "total")}
    with pytest.raises(ValueError, match="dominance has no row"):
        decide(
            pl.DataFrame({**text, "use_mask": [1], "n_people": [9]}),
            pl.DataFrame({**text, **values}).clear(),
            pl.DataFrame({"bit": [0], "vendor": ["OpenAI"], "model": ["gpt"]}),
        )
