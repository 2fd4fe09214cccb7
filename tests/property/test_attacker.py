"""An attacker asks every question under every filter and tries to single out a few people.

Unlike the attacker of test_privacy.py, who is given the decision, this one has only what `ask()`
answers on a store that was loaded from files. It can read every answer exactly: the i-th use (one
person, month and model) is of 2**40 + 2**i tokens and as many millionths of a dollar, with the bits
in reverse order, so that each sum says of which uses it is made, and nothing else gives the same.
Tokens and money are attacked apart, by the ranks of test_privacy.py: fewer than k people are
exposed when the answers hold more combinations that involve nobody else than the public totals do.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from leverage import queries
from leverage.ask import WHOLE_COMPANIES, Answer, Asker
from leverage.privacy import OTHER_MODELS, OTHER_VENDORS, SMALL_GROUPS, K
from leverage.rules import Rule
from leverage.store import changes
from leverage.view import View
from tests.property.test_privacy import reduced
from tests.support import ROSTER, Desk, gateway, gateway_row, roster

MONTHS = ("2026-09", "2026-10")
WINDOWS = ((MONTHS[0], MONTHS[0]), (MONTHS[1], MONTHS[1]), MONTHS)
BASE = 40  # bits below which a sum names its uses, and above which it counts them
PROVIDERS = {"openai": "OpenAI", "anthropic": "Anthropic", "mistral": "Mistral"}

TOKENS = {
    *("tokens", "previous_tokens", "tokens_without_cost", "tokens_at_todays_price"),
    *("counted_tokens", "uncounted_tokens", "tokens_counted_instead", "all_tokens"),
    *("tokens_with_cost", "agent_tokens"),
    *("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens"),
}
MONEY = {
    *("full_cost_usd", "billed_cost_usd", "estimated_cost_usd", "seat_cost_usd", "cost_usd"),
    *("purchase_cost_usd", "list_cost_usd", "gross_cost_usd", "unattributed_cost_usd"),
    *("this_cost_usd", "previous_cost_usd", "counted_cost_usd"),
    *("uncounted_cost_usd", "cost_counted_instead_usd", "all_cost_usd"),
    *("usage_cost_usd", "cost_with_tokens_usd", "listed_cost_usd"),
}
COUNTS = {
    *("active_people", "person_months", "fewest_active_people", "most_active_people"),
    "people_with_days",
}
# Of whole companies, whose number of people is public: none of them may be of 1 to K-1 people.
WHOLE_COUNTS = {"retained", "gained", "lost", "kept", "people_with_habit"}
# Said by other columns of the same row: differences, and ratios to figures that stand beside them.
IMPLIED = {
    *("change_tokens", "change_usd", "tokens_per_employee", "active_share"),
    *("cost_per_active_person_usd", "employees", "employees_with_tokens", "known_owner_share"),
    *("known_owner_share_at_least", "unexplained_usd", "estimated_share"),
    *("cost_with_tokens_share", "tokens_with_cost_share", "owned_tokens_share", "owned_cost_share"),
    *("owned_tokens_share_at_least", "owned_cost_share_at_least"),
    *("token_share", "cost_share", "employee_share"),
    *("class_share", "model_share", "agent_owned_share", "vendor_concentration"),
    *("cost_per_employee_usd", "usd_per_million_tokens", "employee_months"),
    "employee_months_with_tokens",
    *("peers_median", "peer_index", "peer_percentile"),
    *("retention", "habit_share", "stickiness", "seat_use", "idle_seat_cost_usd", "breadth"),
    *("raw_tokens_per_employee", "fresh_tokens_per_employee", "weighted_tokens_per_employee"),
    # The second is of sums over the labels of models, that are shown anyway.
    *("tokens_per_active_person", "listed_share", "paid_of_list_share"),
    # Medians and means of what other rows of the answer tell of the months before.
    *("usual_cost_usd", "deviation_usd", "usual_active_people", "usual_active_share"),
    # Days of people in cells that are shown anyway, added up.
    *("daily_people", "weekly_people"),
    # Counts of use in cells that are shown anyway.
    "requests",
    # Days of a whole company's people, told of 5 or more and where the others are 5 or more; of its
    # departments and roles where that holds of all of them.
    *("person_days", "cost_per_active_day_usd"),
    # Of a company's public totals by workflow, to its outcomes.
    *("cost_per_accepted_usd", "cost_not_accepted_usd"),
    # Rounded, and only of 50 people or more.
    *("gini", "p95_over_median", "top_decile_share"),
    # The same, of 5 people or more of whom none has most, for one pair of months and no other.
    *("joiners_share", "leavers_share"),
    # In thousandths of the month, days pooled until 5 people are behind each: see its own tests.
    "about_cost_usd",
    # Of a company's public totals by vendor and workflow; agent_share of 5 people on either side.
    *("depth_usd", "vendor_diversity", "workflow_breadth", "agent_share"),
}
# Speaks of files, days, rows and loads.
NOT_ABOUT_USE = {
    *("n", "loads", "months", "months_hidden", "months_missing", "undoes", "undo_first"),
    *(
        "days_covered",
        "days_in_month",
        "days_missing",
        "days_missing_before",
        "rows_in",
        "rows_taken",
        "rows_added",
    ),
    *("rows_set_aside", "rows_rejected", "rows_replaced", "rows_without_cost", "amount"),
    *("n_invoices", "invoiced_usd", "other_invoiced_usd"),
    *("days", "days_counted_for_tokens", "days_counted_for_cost", "accounts"),
    *("sources", "sources_behind", "days_behind", "covered_share", "n_days", "usual_days"),
    *("priority", "autonomy", "peers", "companies", "months_later", "seats", "people"),
    "usd_per_unit",
    # Outcomes, targets and assumptions, which no use is behind.
    *(
        "accepted",
        "completed",
        "needs_review",
        "value",
        "value_per_employee",
        "low",
        "mode",
        "high",
    ),
    *("accept_share", "escape_rate", "oversight_coverage", "review_load", "rework_rate"),
    *("usual_escape_rate", "usual_rework_rate", "accepted_before", "completed_before"),
    *("accepted_per_employee", "hours", "usual_hours", "cases", "budget_usd"),
    *("months_before", "rework_months_before", "escape_months_before"),
    "times_usual",  # a whole number, of one day's sum to that of other days
}


@dataclass(frozen=True)
class Use:
    """One person's use of one model in one month, or that of nobody named."""

    person: str | None
    month: str
    provider: str
    model: str
    has_tokens: bool = True


@dataclass
class Company:
    """An invented company: where people stand by the roster, and what was used."""

    roster: dict[str, tuple[str, str]]
    uses: list[Use] = field(default_factory=list)

    def tokens(self, position: int) -> int:
        """Return the tokens of a use, by which a sum tells that it holds it."""
        return (1 << BASE) + (1 << position) if self.uses[position].has_tokens else 0

    def micro_usd(self, position: int) -> int:
        """Return the money of a use in millionths of a dollar, its bits in reverse order."""
        return (1 << BASE) + (1 << (len(self.uses) - 1 - position))

    def load(self, desk: Desk) -> Asker:
        """Load the company's roster and the gateway's export of both months."""
        assert len(self.uses) < BASE
        people = [
            f"E{i},{who},{department},{role},2024-01-01,2026-01-01,"
            for i, (who, (department, role)) in enumerate(self.roster.items())
        ]
        rows = [
            f"{use.person or ''},{use.month}-{5 + position % 20:02d},key-1,{use.model},{use.model},"
            f"{use.provider},,/v1/chat/completions,{self.tokens(position)},0,0,0,"
            f"{Decimal(self.micro_usd(position)).scaleb(-6)},{int(use.has_tokens)},1,0"
            for position, use in enumerate(self.uses)
        ]
        if people:
            desk.load("\n".join([ROSTER, *people]) + "\n")
        desk.load(gateway(rows), account="gw", period=(date(2026, 9, 1), date(2026, 10, 31)))
        # Some kinds of work, so that a filter by them has something to tell apart.
        kinds = (("model", "model-0", "debugging"), ("vendor", "Anthropic", "generation"))
        wanted = [Rule("Acme", "workload_class", *kind) for kind in kinds]
        changes.decide(desk.store, wanted, "Ada")
        return desk.asker()


def invent(seed: int) -> Company:
    """Invent a company of 6 to 14 people with habits, moves, gaps and use that names nobody."""
    rng = random.Random(seed)
    departments = [f"Department {i}" for i in range(rng.randint(1, 3))]
    roles = [f"Role {i}" for i in range(rng.randint(1, 2))]
    models = [
        (rng.choice(list(PROVIDERS)[: rng.randint(1, 3)]), f"model-{i}")
        for i in range(rng.randint(2, 4))
    ]
    people = [f"p{i}@acme.example" for i in range(rng.randint(6, 14))]
    company = Company({})
    for person in people:
        if rng.random() > 0.15:
            company.roster[person] = (rng.choice(departments), rng.choice(roles))
    idle = {f"idle{i}@acme.example": (rng.choice(departments), "Role 9") for i in range(2)}
    company.roster |= idle if rng.random() < 0.5 else {}
    likes = {name: rng.sample(models, rng.randint(1, len(models))) for name in [*departments, ""]}
    wanted = []
    for month, person in product(MONTHS, people):
        if rng.random() < 0.9:
            liked = likes[company.roster.get(person, ("", ""))[0]]
            chosen = rng.sample(liked, rng.randint(1, min(2, len(liked))))
            wanted += [
                Use(person, month, *model, has_tokens=rng.random() > 0.05) for model in chosen
            ]
    wanted += [Use(None, month, *models[0]) for month in MONTHS if rng.random() < 0.5]
    while len(wanted) > BASE - 2:
        wanted.pop(rng.randrange(len(wanted)))
    company.uses = wanted
    return company


@dataclass
class Loot:
    """What the attacker has: sets of uses whose tokens or money are known, and counts of people."""

    tokens: set[int] = field(default_factory=set)
    money: set[int] = field(default_factory=set)
    counts: dict[int, int] = field(default_factory=dict)  # uses under a people filter -> people
    problems: list[str] = field(default_factory=list)


def uses_in(total: int, n_uses: int, *, is_reversed: bool = False) -> int:
    """Return the uses that a sum is made of, as bits; a sum of anything else is an error."""
    low = total & ((1 << BASE) - 1)
    assert total >> BASE == low.bit_count(), f"{total} is no sum of whole uses"
    assert low >> n_uses == 0, f"{total} is no sum of whole uses"
    return int(f"{low:0{n_uses}b}"[::-1], 2) if is_reversed else low


def read(company: Company, loot: Loot, answer: Answer) -> None:
    """Read every number of an answer."""
    n = len(company.uses)
    known = TOKENS | MONEY | COUNTS | WHOLE_COUNTS | IMPLIED | NOT_ABOUT_USE
    numeric = {c for c, dtype in answer.frame.schema.items() if dtype.is_numeric()}
    assert numeric <= known, f"{answer.query.name}: how does an attacker read {numeric - known}?"
    view = answer.view
    for row in answer.frame.iter_rows(named=True):
        for name in numeric:
            value = row[name]
            if value is None:
                continue
            if name in TOKENS:
                loot.tokens.add(uses_in(int(value), n))
            elif name in MONEY:
                loot.money.add(uses_in(int(Decimal(value) * 10**6), n, is_reversed=True))
        for name in numeric & WHOLE_COUNTS:
            if row[name] is not None and 0 < row[name] < K:
                loot.problems.append(f"{name} of {answer.query.name} is {row[name]}")
        _read_shares(company, loot, row)
        _read_counts(company, loot, row, view)


def _read_shares(company: Company, loot: Loot, row: dict[str, Any]) -> None:
    """Turn a share back into the sum it was made of: doubles hold these sums exactly."""
    n = len(company.uses)
    of_tokens = [("known_owner_share", "tokens"), ("owned_tokens_share", "tokens")]
    for name, of in of_tokens:
        if row.get(name) is not None and row.get(of):
            loot.tokens.add(uses_in(round(row[name] * row[of]), n))
    # All of a use's tokens are uncached input, so that the three bases are alike. A row of one
    # month gives the sum back; one of several is a mean over the same sums.
    if row.get("period") in MONTHS and row.get("employees"):
        for basis in ("raw", "fresh", "weighted"):
            per_head = row.get(f"{basis}_tokens_per_employee")
            if per_head is not None:
                loot.tokens.add(uses_in(round(per_head * row["employees"]), n))
    if row.get("owned_cost_share") is not None:
        millionths = round(row["owned_cost_share"] * int(row["usage_cost_usd"] * 10**6))
        loot.money.add(uses_in(millionths, n, is_reversed=True))
    for name, of in (*of_tokens, ("owned_cost_share", "usage_cost_usd")):
        least = row.get(f"{name}_at_least")
        # A row without the total repeats the share of the headline: see the test of that name.
        if least is not None and (least > 0.95 or (of in row and (row[of] or 0) < 1000)):
            loot.problems.append(f"{name} is at least {least} of {row[of]}")


def _read_counts(company: Company, loot: Loot, row: dict[str, Any], view: View) -> None:
    if not view.is_narrowed:
        return
    # The mean of the months may be small where nobody was active in some of them.
    of_months = {"person_months", "fewest_active_people", "most_active_people", "employees"}
    for name in of_months if "person_months" in row else COUNTS:
        value = row.get(name)
        if value is not None and 0 < value < K:
            loot.problems.append(f"{name} is {value} under {view}")
    active = row.get("active_people")
    if "active_people" not in row and row.get("active_share") is not None:
        # A share of employees that stand beside it is a count.
        active = round(row["active_share"] * row["employees"], 3)
        if 0 < active < K and "period" in row and row["period"] in MONTHS:
            loot.problems.append(f"active_share tells of {active} people under {view}")
    elif active is None:
        for name in ("active_share", "cost_per_active_person_usd"):
            if row.get(name) is not None:
                loot.problems.append(f"{name} without its count under {view}")
    elif view.is_people and not (view.vendor or view.model) and row.get("full_cost_usd"):
        uses = uses_in(int(row["full_cost_usd"] * 10**6), len(company.uses), is_reversed=True)
        loot.counts[uses] = row.get("person_months") or round(active)


def views(asker: Asker, window: tuple[str, str]) -> Iterator[View]:
    """Yield every filter by one value, and every pair of values of different filters."""
    values = asker.filter_values()
    choices = {
        "department": [*values["department"], SMALL_GROUPS],
        "role": [*values["role"], SMALL_GROUPS],
        "vendor": [*values["vendor"], OTHER_VENDORS],
        "model": [*values["model"], OTHER_MODELS],
        "workload": values["workload"],
    }
    pairs = [(name, value) for name, known in choices.items() for value in sorted(set(known))]
    chosen: list[dict[str, Any]] = [{}, *({name: (value,)} for name, value in pairs)]
    chosen += [
        {one: (first,), other: (second,)}
        for (one, first), (other, second) in product(pairs, pairs)
        if one < other
    ]
    yield from (View(months=window, **filters) for filters in chosen)
    for department, role, vendor in product(*list(choices.values())[:3]):
        yield View(months=window, department=(department,), role=(role,), vendor=(vendor,))


def asked(
    company: Company,
    asker: Asker,
    most: int | None = None,
    seed: int = 0,
    windows: Sequence[tuple[str, str]] = WINDOWS,
) -> Loot:
    """Ask everything; `most` bounds the pairs of filters drawn by chance beside the single ones."""
    loot = Loot()
    rng = random.Random(seed)
    by_filter, plain = split_questions()
    for window in windows:
        for question in plain:
            read(company, loot, asker.ask(question, View(months=window)))
        for question in by_filter:
            single: list[View] = []
            paired: list[View] = []
            for view in views(asker, window):
                filters = sum(bool(getattr(view, name)) for name in FILTERS)
                (single if filters < 2 else paired).append(view)
            if most is not None:
                # The trend questions read what headline reads, month by month.
                paired = rng.sample(paired, min(most, len(paired)))
                if question not in ("headline", "movers"):
                    single, paired = rng.sample(single, min(most, len(single))), paired[:3]
            for view in (*single, *paired):
                read(company, loot, asker.ask(question, view))
    return loot


FILTERS = ("department", "role", "vendor", "model", "workload")


def split_questions() -> tuple[list[str], list[str]]:
    """Return the questions that heed a filter by people, and those that do not."""
    all_questions = queries.folder("questions")
    by_filter = [n for n, q in all_questions.items() if q.parameters & {"is_people", "departments"}]
    return by_filter, [name for name in all_questions if name not in by_filter]


def exposed(
    people: Sequence[str | None], public: Iterable[int], everything: Iterable[int]
) -> set[str] | None:
    """Return fewer than k people about whom the answers say more than the public totals, if any.

    `people` names whose each use is. As in test_privacy.py: uses that stand in the same answers
    count once, and the sets of people to try are unions of the people of such uses.
    """
    first = list(dict.fromkeys(public))
    answers = [*first, *(set(everything) - set(first))]
    kinds: dict[tuple[int, ...], set[str | None]] = defaultdict(set)
    for position, person in enumerate(people):
        held = tuple(i for i, answer in enumerate(answers) if answer >> position & 1)
        kinds[held].add(person)
    owners = list(kinds.values())
    matrix = np.zeros((len(answers), len(kinds)), dtype=np.int64)
    for column, held in enumerate(kinds):
        matrix[list(held), column] = 1
    spaces = [reduced(matrix[: len(first)]), reduced(matrix)]
    own = {frozenset(group) for group in owners if len(group) < K and None not in group}
    to_try, found = set(own), set(own)
    while found:
        unions = {one | other for one in found for other in own}
        found = {union for union in unions if len(union) < K} - to_try
        to_try |= found
    for group in sorted(to_try, key=lambda names: sorted(map(str, names))):
        others = [column for column, users in enumerate(owners) if not users <= group]
        about = [len(space) - len(reduced(space[:, others])) for space in spaces]
        if about[0] != about[1]:
            return {str(person) for person in group}
    return None


def public_totals(company: Company, *, with_tokens: bool) -> list[int]:
    """Return what is always shown: each month's total of each vendor and model."""
    totals: dict[tuple[str, str, str], int] = defaultdict(int)
    for position, use in enumerate(company.uses):
        if use.has_tokens or not with_tokens:
            totals[use.month, use.provider, use.model] |= 1 << position
    # Use that names nobody stands in rows of its own.
    nobody: dict[tuple[str, str, str], int] = defaultdict(int)
    for position, use in enumerate(company.uses):
        if use.person is None:
            nobody[use.month, use.provider, use.model] |= 1 << position
    return [*totals.values(), *nobody.values()]


def check(company: Company, loot: Loot) -> None:
    """Check that no few people are singled out, by tokens, by money or by counts."""
    assert not loot.problems, loot.problems[:5]
    people = [use.person for use in company.uses]
    assert exposed(people, public_totals(company, with_tokens=True), loot.tokens) is None
    assert exposed(people, public_totals(company, with_tokens=False), loot.money) is None
    check_counts(company, loot)


def check_counts(company: Company, loot: Loot) -> None:
    """Check that counts under filters by people, less each other, leave no few people."""
    shown: dict[frozenset[tuple[str, str]], int] = {}
    for uses, count in loot.counts.items():
        of_month = {
            (use.month, use.person)
            for position, use in enumerate(company.uses)
            if uses >> position & 1 and use.person is not None
        }
        assert count == len(of_month), (count, sorted(of_month))
        shown[frozenset(of_month)] = count
    for month in MONTHS:
        everybody = {(u.month, u.person) for u in company.uses if u.month == month and u.person}
        shown[frozenset(everybody)] = len(everybody)
    for one, other in product(shown, shown):
        if one < other:
            for month in MONTHS:
                left = {person for m, person in other - one if m == month}
                assert not 0 < len(left) < K, (month, left)


def test_no_few_people_can_be_singled_out_of_all_that_can_be_asked(tmp_path: Path) -> None:
    company = invent(0)
    check(company, asked(company, company.load(Desk(tmp_path)), most=6))


# ---- what was found, each by name --------------------------------------------------------------

SOLE = "sole@acme.example"
SALES = [f"s{i}@acme.example" for i in range(6)]
SUPPORT = [f"t{i}@acme.example" for i in range(6)]


def company_of(departments: dict[str, list[str]], uses: Iterable[Use]) -> Company:
    """Return a company by its departments, everybody of one role."""
    roster = {who: (name, "Role") for name, people in departments.items() for who in people}
    return Company(roster, list(uses))


def used(people: Iterable[str], model: str = "model-a", **about: Any) -> list[Use]:
    """Return one use of each person in October."""
    return [Use(who, MONTHS[1], "openai", model, **about) for who in people]


def test_the_share_with_a_known_owner_does_not_tell_what_one_person_in_no_roster_used(
    tmp_path: Path,
) -> None:
    company = company_of({"Sales": SALES, "Support": SUPPORT}, used([*SALES, *SUPPORT, SOLE]))
    asker = company.load(Desk(tmp_path))
    october = View(months=(MONTHS[1], MONTHS[1]))
    for view in (october, replace(october, vendor=("OpenAI",))):
        (this,) = asker.ask("headline", view).frame.iter_rows(named=True)
        assert this["known_owner_share"] is None
    check(company, asked(company, asker, most=2, windows=WINDOWS[1:2]))


def test_the_share_with_a_known_owner_is_told_where_people_in_no_roster_are_many(
    tmp_path: Path,
) -> None:
    company = company_of({"Sales": SALES}, used([*SALES, *SUPPORT]))
    asker = company.load(Desk(tmp_path))
    (this,) = asker.ask("headline", View(months=(MONTHS[1], MONTHS[1]))).frame.iter_rows(named=True)
    owned = sum(company.tokens(i) for i in range(6))
    assert this["known_owner_share"] == pytest.approx(
        owned / (owned + sum(company.tokens(i) for i in range(6, 12)))
    )
    check(company, asked(company, asker, most=2, windows=WINDOWS[1:2]))


def test_money_without_tokens_or_requests_is_judged_with_the_person_who_spent_it(
    tmp_path: Path,
) -> None:
    uses = [*used([*SALES, *SUPPORT]), *used([SALES[0], SOLE], "model-b", has_tokens=False)]
    company = company_of({"Sales": [*SALES, SOLE], "Support": SUPPORT}, uses)
    asker = company.load(Desk(tmp_path))
    rows = asker.ask("movers", View(months=(MONTHS[1], MONTHS[1]))).frame
    assert set(rows["department"]) == {"Sales", "Support"}
    (sales,) = asker.ask(
        "headline", View(months=(MONTHS[1], MONTHS[1]), department=("Sales",))
    ).frame.iter_rows(named=True)
    assert sales["active_people"] == 7
    check(company, asked(company, asker, most=2, windows=WINDOWS[1:2]))


@pytest.mark.parametrize(("models", "is_split"), [(80, True), (130, False)])
def test_a_company_of_very_many_models_loads_and_hides_what_it_cannot_judge(
    models: int, is_split: bool, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    people = [*SALES, *SUPPORT]
    desk.load(
        roster("2026-01-01", dict.fromkeys(SALES, "Sales") | dict.fromkeys(SUPPORT, "Support"))
    )
    rows = [gateway_row("2026-10-01", people[i % 12], model=f"model-{i}") for i in range(models)]
    rows += [gateway_row("2026-10-02", who) for who in people]
    desk.load(gateway(rows))
    movers = desk.asker().ask("movers", View()).frame
    assert set(movers["department"]) == ({"Sales", "Support"} if is_split else {SMALL_GROUPS})
    assert movers["tokens"].sum() == (models + 12) * 150


def test_few_employees_of_a_role_without_use_are_not_counted_out(tmp_path: Path) -> None:
    company = company_of({"Sales": SALES, "Support": SUPPORT}, used([*SALES, *SUPPORT]))
    company.roster |= {SOLE: ("Sales", "Intern"), "two@acme.example": ("Legal", "Counsel")}
    asker = company.load(Desk(tmp_path))
    filters = [("Sales", "Intern"), ("Sales", SMALL_GROUPS), (SMALL_GROUPS, "Counsel")]
    for department, role in filters:
        view = View(months=(MONTHS[1], MONTHS[1]), department=(department,), role=(role,))
        frame = asker.ask("headline", view).frame
        assert frame["employees"].drop_nulls().is_empty(), (department, role)


def test_a_department_hidden_over_the_window_hides_its_employees_by_role_too(
    tmp_path: Path,
) -> None:
    """Tokens and employees of one filter speak of the same people, or their ratio is wrong."""
    august = [Use(who, MONTHS[0], "openai", "model-a") for who in (*SALES, SUPPORT[0])]
    uses = [*august, *used([*SALES, *SUPPORT])]
    company = company_of({"Sales": SALES, "Support": SUPPORT}, uses)
    company.roster |= dict.fromkeys(SUPPORT, ("Support", "Agent"))
    asker = company.load(Desk(tmp_path))
    for window in WINDOWS:
        for view in (View(months=window, role=("Role",)), View(months=window, role=("Agent",))):
            for row in asker.ask("headline", view).frame.iter_rows(named=True):
                assert (row["employees"] or 0) in (0, 6)
                if row["tokens"] is None:
                    assert row["employees"] is None


def test_models_without_a_price_for_some_people_only_do_not_tell_their_tokens(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    rows = [gateway_row("2026-10-01", who, model="house-1") for who in (*SALES, *SUPPORT)]
    rows += [
        gateway_row("2026-10-01", SOLE, model="house-1", spend="", tokens=777),
        *(gateway_row("2026-10-01", who, model="house-2", spend="") for who in SALES),
    ]
    desk.load(gateway(rows))
    found = desk.asker().ask("unpriced_models", View()).frame
    told = found.select("model", "tokens_without_cost", "is_unpriced", "is_partly").sort("model")
    assert told.rows() == [("house-1", None, True, True), ("house-2", 660.0, True, False)]


@pytest.mark.parametrize("n_strangers", [1, 6])
def test_confidence_tells_the_share_of_the_unfiltered_headline_under_every_filter(
    n_strangers: int, tmp_path: Path
) -> None:
    strangers = [f"x{i}@acme.example" for i in range(n_strangers)]
    company = company_of({"Sales": SALES, "Support": SUPPORT}, used([*SALES, *SUPPORT, *strangers]))
    asker = company.load(Desk(tmp_path))
    window = (MONTHS[1], MONTHS[1])
    names = ("known_owner_share", "known_owner_share_at_least")
    (whole,) = asker.ask("headline", View(months=window)).frame.select(names).rows()
    for view in views(asker, window):
        assert asker.ask("confidence", view).frame.select(names).rows() == [whole]


def test_days_of_few_people_are_told_as_one_mean_and_not_by_themselves(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    days = {"05": [*SALES], "06": SUPPORT[:3], "07": SUPPORT[3:], "08": [], "09": [*SUPPORT]}
    rows = [
        gateway_row(f"2026-10-{day}", who, spend=f"{1 + int(day)}.0")
        for day, people in days.items()
        for who in people
    ]
    desk.load(gateway(rows), account="gw", period=(date(2026, 10, 1), date(2026, 10, 31)))
    frame = desk.asker().ask("daily_cost", View()).frame.filter(pl.col("about_cost_usd") > 0)
    told = {
        day.day: (usd, is_mean)
        for day, usd, is_mean in frame.select("day", "about_cost_usd", "is_mean").iter_rows()
    }
    # Three people each on the 6th and the 7th, 21 and 24 USD: six in all, so that their mean of
    # 22.50 is told and no larger day has to be among them. The month cost 141 USD.
    assert told == {
        5: (pytest.approx(36, abs=0.08), False),
        6: (pytest.approx(22.5, abs=0.08), True),
        7: (pytest.approx(22.5, abs=0.08), True),
        9: (pytest.approx(60, abs=0.08), False),
    }


def test_a_day_that_is_mostly_one_persons_is_not_told_by_itself(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    spent = {"05": dict.fromkeys(SALES, 5), "06": {**dict.fromkeys(SALES, 1), SOLE: 30}}
    rows = [
        gateway_row(f"2026-10-{day}", who, spend=f"{usd}.0")
        for day, people in spent.items()
        for who, usd in people.items()
    ]
    desk.load(gateway(rows), account="gw", period=(date(2026, 10, 1), date(2026, 10, 31)))
    frame = desk.asker().ask("daily_cost", View()).frame.filter(pl.col("about_cost_usd") > 0)
    # 30 USD on the 5th and 36 on the 6th, of which one person had 30: that day, and a pool of it
    # alone, would tell nearly what they spent, so that both days are told as their mean.
    assert frame.select("about_cost_usd", "is_mean").rows() == [(33.0, True), (33.0, True)]


def test_days_are_told_of_five_people_of_whom_no_two_have_most_or_of_their_whole_month(
    tmp_path: Path,
) -> None:
    """Whatever is told together is judged from the rows; that months have a total, all know."""
    rng = random.Random(11)
    spent: dict[tuple[str, str, date], dict[str, Decimal]] = {}
    for month, (provider, vendor) in product(range(1, 11), PROVIDERS.items()):
        people = [f"{vendor}{i}@acme.example" for i in range(rng.choice((1, 3, 4, 5, 6, 12)))]
        for day in rng.sample(range(1, 29), rng.randint(1, 8)):
            there = rng.sample(people, rng.randint(1, len(people)))
            usd = {who: Decimal(rng.choice((1, 1, 2, 3, 40))) for who in there}
            spent[provider, vendor, date(2026, month, day)] = usd
    rows = [
        gateway_row(f"{day}", who, spend=str(usd), provider=provider)
        for (provider, _, day), people in spent.items()
        for who, usd in people.items()
    ]
    desk = Desk(tmp_path)
    desk.load(gateway(rows), account="gw", period=(date(2026, 1, 1), date(2026, 10, 31)))
    told = desk.table("cost_day")
    sorts = set()
    for vendor, month in told.select("vendor", "month").unique().rows():
        of_month = {
            day: people
            for (_, name, day), people in spent.items()
            if (name, f"{day:%Y-%m}") == (vendor, month)
        }
        whole = sum((usd for some in of_month.values() for usd in some.values()), Decimal(0))
        mine = told.filter(vendor=vendor, month=month).select("day", "about_cost_usd", "is_mean")
        if mine["day"].null_count():
            assert mine.rows() == [(None, whole, True)]
            assert len({who for people in of_month.values() for who in people}) < K
            sorts.add("month")
            continue
        cost = {day: (usd, is_mean) for day, usd, is_mean in mine.iter_rows()}
        assert set(cost) == set(of_month)
        pool = [day for day, (_, is_mean) in cost.items() if is_mean]
        for day in cost.keys() - set(pool):
            assert not is_of_few([of_month[day]])
            sorts.add("day")
        if pool and len(pool) < len(cost):
            assert not is_of_few([of_month[day] for day in pool])
            sorts.add("pool")
        for day, (usd, is_mean) in cost.items():
            together = pool if is_mean else [day]
            total = sum((usd for each in together for usd in of_month[each].values()), Decimal(0))
            assert abs(usd - total / len(together)) <= whole / 2000 + Decimal("0.000001")
    assert sorts == {"month", "day", "pool"}


def is_of_few(days: Sequence[dict[str, Decimal]]) -> bool:
    """Tell whether the cost of days is of 1 to 4 people, or most of it of one or two of them."""
    by_person: dict[str, Decimal] = defaultdict(Decimal)
    for people in days:
        for who, usd in people.items():
            by_person[who] += usd
    first, second, *_ = [*sorted(by_person.values(), reverse=True), Decimal(0)]
    total = sum(by_person.values())
    return len(by_person) < K or first > total / 2 or first + second > total * Decimal("0.85")


def test_questions_about_files_and_services_do_not_heed_filters_by_people(tmp_path: Path) -> None:
    """Their answers cannot be split by people, and hold nobody's pseudonym.

    What is told of single people for whole companies only is not told under such a filter at all.
    """
    company = invent(1)
    asker = company.load(Desk(tmp_path))
    _, plain = split_questions()
    for question in plain:
        frames = [
            asker.ask(question, View(months=MONTHS, department=department)).frame
            for department in ((), (SMALL_GROUPS,), ("Department 0",))
        ]
        is_whole = queries.get("questions", question).header.get("scope") == WHOLE_COMPANIES
        expected = frames[0].clear() if is_whole else frames[0]
        assert expected.equals(frames[1]), question
        assert expected.equals(frames[2]), question
        assert "p:" not in frames[0].write_json(), question
