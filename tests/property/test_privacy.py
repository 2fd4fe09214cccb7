"""An attacker who knows every answer the pages can give tries to single out a few people.

The attacker is also told who used what: only the amounts are unknown. Every amount (person, month,
public column) is a variable and every answer a sum of variables, so a small set of people is
exposed exactly when the answers hold more combinations that involve nobody else than the public
totals do. That is counted by ranks of integer matrices, modulo a large prime, for every set of
fewer than k people. Nothing here knows how the decision is taken.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from leverage import privacy

PRIME = 2**31 - 1
LABELS = ("department", "role", "vendor", "model")
PEOPLE_LABELS = {"department", "role"}

Shown = dict[str, str | None]
Cell = tuple["Use", int, Shown]


@dataclass(frozen=True)
class Use:
    """What one person used in one month: the bits of the columns, and the tokens behind them."""

    person: int
    month: str
    department: str | None
    role: str | None
    bits: frozenset[int]
    tokens: int


@dataclass(frozen=True)
class Company:
    """An invented company: its uses, the vendor and model of each column, and its k."""

    uses: list[Use]
    columns: list[tuple[str, str]]
    k: int


def invent(seed: int, people: tuple[int, int] = (6, 28)) -> Company:
    """Invent a company whose departments have habits, with models of their own and with gaps."""
    rng = random.Random(seed)
    k = rng.choice([2, 3, 5, 5])
    vendors = [f"vendor {i}" for i in range(rng.randint(2, 3))]
    columns = [(rng.choice(vendors), f"model {i}") for i in range(rng.randint(2, 6))]
    if rng.random() < 0.3:
        columns.append(rng.choice(columns))  # the same model on a second account
    departments = [f"department {i}" for i in range(rng.randint(1, 5))]
    roles = [f"role {i}" for i in range(rng.randint(1, 3))]
    likes = {
        department: [rng.choice([0, 0, 0.1, 0.6, 0.9]) for _ in columns]
        for department in departments
    }
    unknown_share, heavy = rng.choice([0, 0, 0.2]), rng.random() < 0.2
    uses = []
    for person in range(rng.randint(*people)):
        department, role = rng.choice(departments), rng.choice(roles)
        for month in ("2026-01", "2026-02")[: rng.randint(1, 2)]:
            bits = {bit for bit, like in enumerate(likes[department]) if rng.random() < like}
            uses.append(
                Use(
                    person,
                    month,
                    None if rng.random() < unknown_share else department,
                    None if rng.random() < unknown_share else role,
                    frozenset(bits or {rng.randrange(len(columns))}),
                    int(rng.lognormvariate(5, 1.5)) if heavy else rng.randint(80, 120),
                )
            )
    return Company(uses, columns, k)


def frames(company: Company) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Write a company as the three frames that the decision is taken from."""
    cells = Counter(
        (use.month, use.department, use.role, sum(1 << bit for bit in use.bits))
        for use in company.uses
    )
    tokens: dict[tuple[str, str | None, str | None], list[int]] = defaultdict(list)
    for use in company.uses:
        tokens[use.month, use.department, use.role].append(use.tokens)
    key = {"company": pl.String, "month": pl.String, "department": pl.String, "role": pl.String}
    people_cells = pl.DataFrame(
        [("Acme", *cell, people) for cell, people in cells.items()],
        {**key, "use_mask": pl.Int64, "n_people": pl.Int64},
        orient="row",
    )
    largest = [
        ("Acme", *cell, *sorted([*values, 0], reverse=True)[:2], sum(values), None, None, None)
        for cell, values in tokens.items()
    ]
    measures = [f"{m}_{v}" for m in ("tokens", "cost") for v in ("top1", "top2", "total")]
    dominance = pl.DataFrame(largest, {**key, **dict.fromkeys(measures, pl.Int64)}, orient="row")
    pairs = pl.DataFrame(
        [(bit, *names) for bit, names in enumerate(company.columns)],
        {"bit": pl.Int64, "vendor": pl.String, "model": pl.String},
        orient="row",
    )
    return people_cells, dominance, pairs


def decided(company: Company) -> list[Cell]:
    """Return every (use, column) of a company with the labels the decision gives it."""
    shown = privacy.decide(*frames(company), k=company.k)
    labels = {
        (row["month"], row["department"], row["role"], row["vendor"], row["model"]): {
            label: row[f"shown_{label}"] for label in LABELS
        }
        for row in shown.iter_rows(named=True)
    }
    return [
        (use, bit, labels[use.month, use.department, use.role, *company.columns[bit]])
        for use in company.uses
        for bit in sorted(use.bits)
    ]


def answers(cells: list[Cell]) -> tuple[list[list[int]], list[list[int]]]:
    """Return the public answers and all answers, each as the positions of the cells it sums."""
    public: dict[Hashable, list[int]] = defaultdict(list)
    split: dict[Hashable, list[int]] = defaultdict(list)
    wanted = [
        labels
        for size in range(1, len(LABELS) + 1)
        for labels in combinations(LABELS, size)
        if PEOPLE_LABELS & set(labels)
    ]
    for position, (use, bit, shown) in enumerate(cells):
        public[use.month, bit].append(position)
        for labels in wanted:
            split[use.month, labels, tuple(shown[label] for label in labels)].append(position)
    return list(public.values()), [*public.values(), *split.values()]


def reduced(matrix: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return independent rows that span the same space modulo the prime, by elimination."""
    rows = matrix % PRIME
    done = 0
    for column in range(rows.shape[1]):
        candidates = np.flatnonzero(rows[done:, column])
        if not candidates.size:
            continue
        pivot = done + candidates[0]
        rows[[done, pivot]] = rows[[pivot, done]]
        rows[done] = rows[done] * pow(int(rows[done, column]), -1, PRIME) % PRIME
        below = rows[done + 1 :]
        below -= np.outer(below[:, column], rows[done]) % PRIME
        below %= PRIME
        done += 1
        if done == rows.shape[0]:
            break
    return rows[:done]


def exposed(cells: list[Cell], k: int) -> set[int] | None:
    """Return fewer than k people about whom the answers say more than the public totals, if any.

    The space of answers that involve only the people P has dimension rank(A) - rank(A without the
    columns of P). Equal columns of A count once, so a set of people matters only through the kinds
    of columns that are wholly theirs: the unions of such kinds' people are all sets to try.
    """
    public, everything = answers(cells)
    members: list[list[int]] = [[] for _ in cells]
    for answer, positions in enumerate(everything):
        for position in positions:
            members[position].append(answer)
    people_of: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for member, (use, _, _) in zip(members, cells, strict=True):
        people_of[tuple(member)].add(use.person)
    kinds = list(people_of)
    people = [frozenset(people_of[kind]) for kind in kinds]
    matrix = np.zeros((len(everything), len(kinds)), dtype=np.int64)
    for column, kind in enumerate(kinds):
        matrix[list(kind), column] = 1
    spaces = [reduced(matrix[: len(public)]), reduced(matrix)]

    own = {group for group in people if len(group) < k}
    to_try, found = set(own), set(own)
    while found:
        unions = {one | other for one in found for other in own}
        found = {union for union in unions if len(union) < k} - to_try
        to_try |= found
    for group in sorted(to_try, key=sorted):
        others = [column for column, users in enumerate(people) if not users <= group]
        about = [len(space) - len(reduced(space[:, others])) for space in spaces]
        if about[0] != about[1]:
            return set(group)
    return None


def counted(cells: Iterable[Cell], labels: Iterable[str]) -> dict[Hashable, int]:
    """Return the people behind each value of a split of one or more labels."""
    people: dict[Hashable, set[int]] = defaultdict(set)
    for use, _, shown in cells:
        people[use.month, tuple(shown[label] for label in labels)].add(use.person)
    return {value: len(found) for value, found in people.items()}


def check_counts(company: Company, cells: list[Cell]) -> None:
    """Check that no figure, and no public count less the figures inside it, is 1 to k-1 people."""
    active = Counter(use.month for use in company.uses)
    large = [cell for cell in cells if active[cell[0].month] >= company.k]
    for size in range(1, len(LABELS) + 1):
        for labels in combinations(LABELS, size):
            if PEOPLE_LABELS & set(labels):
                small = {v: n for v, n in counted(large, labels).items() if n < company.k}
                assert not small, small
    columns_of: dict[Hashable, set[int]] = defaultdict(set)
    for use, bit, shown in large:
        columns_of[use.month, tuple(shown.values())].add(bit)
    sets: dict[Hashable, set[int]] = defaultdict(set)
    for bit, (vendor, model) in enumerate(company.columns):
        sets[vendor].add(bit)
        sets[vendor, model].add(bit)
        sets[bit].add(bit)
    for month in active:
        for name, bits in sets.items():
            inside = [cell for cell in large if cell[0].month == month and cell[1] in bits]
            left = [c for c in inside if columns_of[month, tuple(c[2].values())] - bits]
            bits_left = {bit for _, bit, _ in left}
            # Where only whole public totals are left, the totals say as much about their users.
            if any(cell not in left and cell[1] in bits_left for cell in inside):
                remaining = {use.person for use, _, _ in left}
                assert len(remaining) >= company.k, (month, name, remaining)


def check_dominance(company: Company, cells: list[Cell]) -> None:
    """Check that nobody dominates a department or role shown, or a pool, but the company itself."""
    for labels in (("department",), ("role",), ("department", "role")):
        tokens: dict[tuple[str, Hashable], dict[int, int]] = defaultdict(dict)
        for use, _, shown in cells:
            value = tuple(shown[label] for label in labels)
            tokens[use.month, value][use.person] = use.tokens
        values_in = Counter(month for month, _ in tokens)
        for (month, group), of_person in tokens.items():
            top = sorted(of_person.values(), reverse=True)
            if values_in[month] > 1:
                assert top[0] <= 0.5 * sum(top), (month, group)
                assert sum(top[:2]) <= 0.85 * sum(top), (month, group)


def hiding_small_departments_only(company: Company) -> list[Cell]:
    """Release department totals, those under k as one pool without a further department."""
    people = Counter((use.month, use.department) for use in company.uses)
    return by_department(
        company,
        {(month, department) for (month, department), n in people.items() if n < company.k},
    )


def without_audit(company: Company) -> list[Cell]:
    """Release department totals with a pool of two departments and k people, or not at all."""
    people = Counter((use.month, use.department) for use in company.uses)
    hidden = set()
    for month in {use.month for use in company.uses}:
        found = sorted((n, str(name), name) for (m, name), n in people.items() if m == month)
        pool = [n for n, _, _ in found if n < company.k]
        while pool and len(pool) < len(found) and (len(pool) < 2 or sum(pool) < company.k):
            pool.append(found[len(pool)][0])
        hidden |= {(month, name) for _, _, name in found[: len(pool)]}
    return by_department(company, hidden)


def by_department(company: Company, hidden: set[tuple[str, str | None]]) -> list[Cell]:
    """Release one total for each department and month, the hidden ones as one."""
    return [
        (
            use,
            bit,
            {
                "department": "hidden"
                if (use.month, use.department) in hidden
                else str(use.department),
                "role": "all",
                "vendor": "all",
                "model": "all",
            },
        )
        for use in company.uses
        for bit in sorted(use.bits)
    ]


def company_of(departments: dict[str, list[set[int]]], models: int) -> Company:
    """Write a company of one month, its people listed by department with the columns they used."""
    everybody = [(name, bits) for name, people in departments.items() for bits in people]
    uses = [
        Use(person, "2026-01", name, None, frozenset(bits), 100)
        for person, (name, bits) in enumerate(everybody)
    ]
    return Company(uses, [("vendor", f"model {i}") for i in range(models)], k=5)


def shown_departments(cells: list[Cell]) -> dict[str | None, str | None]:
    """Return the label of each department of a company of one month."""
    return {use.department: shown["department"] for use, _, shown in cells}


@pytest.mark.parametrize("first_seed", range(0, 400, 50))
def test_no_few_people_can_be_singled_out_of_all_answers_together(first_seed: int) -> None:
    for seed in range(first_seed, first_seed + 50):
        company = invent(seed)
        cells = decided(company)
        assert exposed(cells, company.k) is None, f"company {seed}"
        check_counts(company, cells)
        check_dominance(company, cells)


@pytest.mark.parametrize("seed", range(10_000, 10_012))
def test_no_few_people_can_be_singled_out_in_a_larger_company(seed: int) -> None:
    company = replace(invent(seed, people=(60, 120)), k=5)
    cells = decided(company)
    assert exposed(cells, company.k) is None
    check_counts(company, cells)
    check_dominance(company, cells)


def test_most_invented_companies_of_some_size_are_shown_by_department_and_model() -> None:
    shown = [
        decided(replace(invent(seed, people=(60, 120)), k=5)) for seed in range(10_000, 10_040)
    ]
    departments = [{found["department"] for _, _, found in cells} for cells in shown]
    models = [{found["model"] for _, _, found in cells} for cells in shown]
    assert sum(len(found) > 1 for found in departments) > 20
    assert sum(bool(found - {privacy.OTHER_MODELS}) for found in models) > 20


def test_the_attacker_breaks_a_pool_of_a_single_small_department() -> None:
    company = company_of({"A": [{0}] * 12, "B": [{0}] * 7, "C": [{0}] * 4}, models=1)
    assert exposed(hiding_small_departments_only(company), company.k) == {19, 20, 21, 22}
    assert exposed(decided(company), company.k) is None


def test_the_attacker_subtracts_a_department_from_the_total_of_a_model_only_it_should_use() -> None:
    sales = [{0}] * 8
    engineering = [{1}] * 7 + [{0, 1}] * 2  # these two stand between the model and Sales
    company = company_of({"Sales": sales, "Engineering": engineering, "HR": [{1}] * 6}, models=2)
    assert exposed(without_audit(company), company.k) == {15, 16}

    cells = decided(company)
    assert exposed(cells, company.k) is None
    assert shown_departments(cells) == {
        "Sales": privacy.SMALL_GROUPS,
        "HR": privacy.SMALL_GROUPS,
        "Engineering": "Engineering",
    }


@pytest.mark.parametrize("naive", [hiding_small_departments_only, without_audit])
def test_the_attacker_breaks_many_naive_releases_of_the_same_companies(
    naive: Callable[[Company], list[Cell]],
) -> None:
    companies = [invent(seed) for seed in range(100)]
    broken = [exposed(naive(company), company.k) for company in companies]
    assert sum(found is not None for found in broken) > 20


def test_the_attacker_overlooks_no_set_of_people() -> None:
    """The sets it leaves out cannot matter: trying every set, by plain ranks, says the same."""
    verdicts = set()
    for seed in range(60):
        company = invent(seed, people=(6, 9))
        cells = without_audit(company)
        public, everything = answers(cells)
        spaces = []
        for sums in (public, everything):
            matrix = np.zeros((len(sums), len(cells)), dtype=np.int64)
            for row, positions in enumerate(sums):
                matrix[row, positions] = 1
            spaces.append(matrix)
        people = sorted({use.person for use in company.uses})
        broken = any(
            len({len(reduced(m)) - len(reduced(m[:, others])) for m in spaces}) > 1
            for group in combinations(people, company.k - 1)
            if (others := [i for i, cell in enumerate(cells) if cell[0].person not in group])
        )
        assert (exposed(cells, company.k) is not None) == broken, f"company {seed}"
        verdicts.add(broken)
    assert verdicts == {True, False}


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_rows_given_does_not_matter(seed: int) -> None:
    company = invent(seed, people=(20, 60))
    as_given = privacy.decide(*frames(company), k=company.k)
    people_cells, dominance, pairs = (
        frame.sample(fraction=1, shuffle=True, seed=seed) for frame in frames(company)
    )
    assert privacy.decide(people_cells, dominance, pairs, k=company.k).equals(as_given)
