"""What must not matter, does not; and the marts say what the rows of usage say."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leverage.ask import Asker
from leverage.engine import Engine
from leverage.view import BASES, View
from tests.support import GITHUB, Desk, days, gateway, gateway_row, roster

MONTHS = ("2026-06", "2026-07")
DAYS = [*days("2026-06-01", "2026-06-05"), *days("2026-07-29", "2026-07-31")]
PEOPLE = {f"e{i}@acme.example": "Engineering" for i in range(8)} | {
    f"s{i}@acme.example": "Sales" for i in range(7)
}
MODELS = {"gpt-5": "openai", "gpt-5-mini": "openai", "claude-opus-4-5": "anthropic"}
VENDORS = {"openai": "OpenAI", "anthropic": "Anthropic"}
FEW = settings(
    max_examples=4,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # each example loads stores, so shrinking one would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass(frozen=True)
class Row:
    """One line of a gateway's export."""

    day: str
    person: str
    model: str
    tokens: int
    spend: int  # thousandths of a dollar

    def text(self) -> str:
        """Return the line."""
        return gateway_row(
            self.day,
            self.person,
            tokens=self.tokens,
            spend=str(Decimal(self.spend).scaleb(-3)),
            model=self.model,
            provider=MODELS[self.model],
        )


ROWS = st.lists(
    st.builds(
        Row,
        day=st.sampled_from(DAYS),
        person=st.sampled_from([*PEOPLE, "nobody@acme.example"]),
        model=st.sampled_from(sorted(MODELS)),
        tokens=st.integers(0, 10**6).map(lambda n: n * 10),
        spend=st.integers(0, 10**5),
    ),
    min_size=1,
    max_size=60,
)


New = Callable[[], Desk]


@pytest.fixture(scope="module")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> New:
    """Return what makes a new data root that knows the roster."""
    made = Desk(tmp_path_factory.mktemp("roster"))
    made.load(roster("2026-01-01", PEOPLE))
    return lambda: made.copy(tmp_path_factory.mktemp("desk"))


def answers(desk: Desk) -> dict[str, Any]:
    """Return what questions of each sort answer on the newest version, and what days are told."""
    asker = desk.asker()
    # Compared with nothing: a file a day leaves days between them uncovered, and a month that is
    # not whole is compared with none.
    windows = [
        View(months=(MONTHS[0], MONTHS[1]), compare="none"),
        View(months=(MONTHS[1], MONTHS[1]), compare="none"),
        View(months=(MONTHS[0], MONTHS[1]), compare="none", department=("Engineering",)),
    ]
    questions = ("headline", "headline_by_month", "movers", "cost_by_vendor", "tokens_by_vendor")
    told = {
        f"{question} {position}": asker.ask(question, view).frame.to_dicts()
        for position, view in enumerate(windows)
        for question in questions
    }
    days_told = desk.table("cost_day").sort("vendor", "day", nulls_last=False)
    return {**told, "cost_day": days_told.to_dicts()}


@FEW
@given(rows=ROWS, seed=st.integers(0, 2**16))
def test_the_order_of_the_rows_and_a_file_a_day_and_loading_again_change_no_answer(
    new_desk: New, rows: list[Row], seed: int
) -> None:
    whole = new_desk()
    path = whole.file(gateway(row.text() for row in rows), "whole.csv")
    whole.load(path)
    expected = answers(whole)

    shuffled = random.Random(seed).sample(rows, len(rows))
    split = new_desk()
    by_day: dict[str, list[str]] = defaultdict(list)
    for row in shuffled:
        by_day[row.day].append(row.text())
    split.load(*(gateway(lines) for lines in by_day.values()))
    found = answers(split)
    assert found.keys() == expected.keys()
    for question, rows_of in found.items():
        # Days between the files are covered by the whole file and by none of the parts.
        assert rows_of == expected[question], question

    whole.load(path)
    whole.load(gateway(row.text() for row in shuffled))
    assert answers(whole) == expected


@FEW
@given(rows=ROWS, pick=st.randoms(use_true_random=False))
def test_splitting_a_row_in_two_leaves_every_sum_as_it_was(
    new_desk: New, rows: list[Row], pick: random.Random
) -> None:
    halves = []
    for row in rows:
        tokens, spend = pick.randrange(0, row.tokens + 1, 10), pick.randint(0, row.spend)
        halves += [
            Row(row.day, row.person, row.model, tokens, spend),
            Row(row.day, row.person, row.model, row.tokens - tokens, row.spend - spend),
        ]
    one, two = new_desk(), new_desk()
    one.load(gateway(row.text() for row in rows))
    two.load(gateway(row.text() for row in halves))
    assert answers(one) == answers(two)


@pytest.fixture(scope="module")
def random_use(new_desk: New) -> tuple[Asker, pl.DataFrame]:
    """Return a store of much random use, and its rows as they were written."""
    rng = random.Random(3)
    rows = [
        Row(
            rng.choice(DAYS),
            rng.choice([*PEOPLE, "nobody@acme.example"]),
            rng.choice(sorted(MODELS)),
            rng.randrange(0, 10**6, 10),
            rng.randrange(10**5),
        )
        for _ in range(400)
    ]
    desk = new_desk()
    desk.load(gateway(row.text() for row in rows))
    frame = pl.DataFrame(
        [(r.day[:7], r.person, VENDORS[MODELS[r.model]], r.model, r.tokens, r.spend) for r in rows],
        ["month", "person", "vendor", "model", "tokens", "spend"],
        orient="row",
    )
    return Asker(Engine(), desk.store, desk.store.newest()), frame


@settings(FEW, max_examples=25)
@given(
    months=st.sampled_from([(MONTHS[0], MONTHS[0]), (MONTHS[1], MONTHS[1]), MONTHS]),
    vendor=st.lists(st.sampled_from(sorted(VENDORS.values())), unique=True, max_size=2),
    model=st.lists(st.sampled_from(sorted(MODELS)), unique=True, max_size=2),
    basis=st.sampled_from(sorted(BASES)),
)
def test_the_marts_equal_a_direct_sum_over_the_rows_under_any_filter(
    random_use: tuple[Asker, pl.DataFrame],
    months: tuple[str, str],
    vendor: list[str],
    model: list[str],
    basis: str,
) -> None:
    asker, rows = random_use
    hit = rows.filter(pl.col("month").is_between(pl.lit(months[0]), pl.lit(months[1])))
    if vendor:
        hit = hit.filter(pl.col("vendor").is_in(vendor))
    if model:
        hit = hit.filter(pl.col("model").is_in(model))
    view = View(
        months=months, compare="none", vendor=tuple(vendor), model=tuple(model), tokens=basis
    )
    found = asker.ask("headline", view).frame
    if hit.is_empty():
        assert found["tokens"].drop_nulls().is_empty()
        return
    (this,) = found.iter_rows(named=True)
    # A tenth of a row's tokens is its output: 5 times the price, and new text like its input.
    weight = 1 + 5 * 0.1 if basis == "weighted" else 1 + 0.1
    assert this["tokens"] == pytest.approx(int(hit["tokens"].sum()) * weight)
    assert this["full_cost_usd"] == Decimal(hit["spend"].sum()).scaleb(-3)
    people = hit.select("month", "person").unique().group_by("month").len()["len"].to_list()
    shown = sum(people) if min(people) >= 5 or not (vendor or model) else None
    assert this["person_months"] == shown


@settings(FEW, max_examples=15)
@given(
    months=st.sampled_from([(MONTHS[0], MONTHS[0]), (MONTHS[1], MONTHS[1]), MONTHS]),
    department=st.lists(
        st.sampled_from(["Engineering", "Sales"]), unique=True, min_size=1, max_size=2
    ),
)
def test_people_and_sums_of_departments_equal_a_direct_sum_over_the_rows(
    random_use: tuple[Asker, pl.DataFrame], months: tuple[str, str], department: list[str]
) -> None:
    """The person in no roster makes a group of one, so the smaller department is its company."""
    asker, rows = random_use
    view = View(months=months, compare="none", department=tuple(department), tokens="raw")
    found = asker.ask("headline", view).frame
    hit = rows.filter(
        pl.col("month").is_between(pl.lit(months[0]), pl.lit(months[1])),
        pl.col("person").replace_strict(PEOPLE, default=None).is_in(["Engineering"]),
    )
    if "Engineering" not in department:
        assert found["tokens"].drop_nulls().is_empty()
        return
    (this,) = found.iter_rows(named=True)
    assert this["tokens"] == pytest.approx(int(hit["tokens"].sum()) * 1.1)
    assert this["full_cost_usd"] == Decimal(hit["spend"].sum()).scaleb(-3)
    assert this["person_months"] == len(hit.select("month", "person").unique())


def test_who_is_listed_twice_in_a_roster_counts_once(new_desk: New) -> None:
    desk = new_desk()
    twice = (
        roster("2026-02-01", PEOPLE) + "E99,e0@acme.example,Sales,Sales,2024-01-01,2026-02-01,\n"
    )
    desk.load(twice)
    desk.load(gateway(gateway_row("2026-06-01", who, tokens=100) for who in PEOPLE))
    (this,) = desk.asker().ask("headline", View(tokens="raw")).frame.iter_rows(named=True)
    assert (this["tokens"], this["active_people"]) == (15 * 110, 15)


def test_a_correction_of_money_alone_stands_with_its_person(new_desk: New) -> None:
    """Else it would be the only amount in a group that nobody was counted for."""
    desk = new_desk()
    billed = [(f"e{i}", "GPT-5 mini", 5) for i in range(8)]
    lines = [
        f"2026-06-01,{login},copilot,copilot_ai_credit,{model},{n},ai-credits,0.01,{n},0,{n},3900,"
        "acme,,,0,0"
        for login, model, n in [*billed, ("e0", "Claude Sonnet 4.5", -2)]
    ]
    desk.load("\n".join([GITHUB, *lines]) + "\n")
    cube = desk.table("cube_month")
    assert cube["shown_department"].unique().to_list() == ["(no department)"]
    assert cube["billed_cost_usd"].sum() == Decimal(38)
