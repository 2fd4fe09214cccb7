"""The headline figures are those of the vendors' files, recomputed without the product."""

from typing import Any

import pytest

from leverage.sample import COMPANIES, PLANTED
from leverage.view import View
from tests.oracle.conftest import Both

MONTHS = [f"2026-{month:02d}" for month in range(3, 11)]


def headline(both: Both, company: str, month: str, basis: str = "weighted") -> dict[str, Any]:
    """Return the row of the window; unknown is None."""
    view = View(company=(company,), months=(month, month), tokens=basis)
    (row,) = both.asker.ask("headline", view).frame.filter(period="this").to_dicts()
    return row


def same(found: Any, expected: float | None) -> bool:
    """Tell whether two ways agree; rows of the store are rounded to a millionth of a dollar."""
    if found is None or expected is None:
        return found is expected is None
    return float(found) == pytest.approx(expected, rel=1e-9, abs=0.005)


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("company", [company.name for company in COMPANIES])
def test_every_headline_figure_equals_the_files(both: Both, company: str, month: str) -> None:
    native = both.native
    tokens = native.tokens(company, month)
    employees, people = native.heads(company, month), native.active_people(company, month)
    billed = native.billed_usage_cost_usd(company, month)
    estimated = native.estimated_usage_cost_usd(company, month)
    seats = native.seat_cost_usd(company, month)
    assert employees is not None
    full = (billed or 0) + (estimated or 0) + (seats or 0)
    row = headline(both, company, month)
    weighted = tokens.price_weighted
    expected = {
        "tokens": weighted,
        "tokens_per_employee": None if weighted is None else weighted / employees,
        "billed_cost_usd": billed,
        "estimated_cost_usd": estimated,
        "seat_cost_usd": seats,
        "full_cost_usd": full,
        "active_people": people,
        "employees": employees,
        "cost_per_active_person_usd": full / people if people else None,
    }
    wrong = {
        name: (row[name], value) for name, value in expected.items() if not same(row[name], value)
    }
    assert not wrong


def test_the_share_with_a_known_owner_equals_the_files_or_is_told_in_steps(both: Both) -> None:
    shown = told = 0
    for company in COMPANIES:
        for month in MONTHS:
            expected = both.native.known_owner_share(company.name, month)
            row = headline(both, company.name, month)
            found, least = row["known_owner_share"], row["known_owner_share_at_least"]
            if found is None and expected is not None:
                # What is left of all tokens would be that of people in no roster.
                assert both.native.people_without_owner(company.name, month) > 0
                assert least is None or least <= expected < least + 0.05 or least == 0.95
                told += least is not None
            else:
                assert least is None
                assert same(found, expected), (company.name, month)
                shown += found is not None
    assert shown >= len(MONTHS)
    assert told


@pytest.mark.parametrize("company", [company.name for company in COMPANIES])
def test_the_other_token_bases_equal_the_files(both: Both, company: str) -> None:
    for month in MONTHS:
        tokens = both.native.tokens(company, month)
        for basis, expected in (("raw", tokens.raw), ("fresh", tokens.fresh)):
            row = headline(both, company, month, basis)
            assert same(row["tokens"], expected), (month, basis)


def test_the_month_of_the_missing_file_has_unknown_tokens_and_known_cost(both: Both) -> None:
    row = headline(both, PLANTED.missing_company, PLANTED.missing_month)
    assert row["tokens"] is None
    assert row["tokens_per_employee"] is None
    assert row["billed_cost_usd"] > 0


def test_who_works_where_no_tokens_are_known_is_no_part_of_tokens_per_employee(both: Both) -> None:
    """Unknown tokens of one company are not counted as none of its people."""
    month = PLANTED.missing_month
    window = View(months=(month, month), compare="none")
    (row,) = both.asker.ask("headline", window).frame.to_dicts()
    tokens = {c.name: both.native.tokens(c.name, month).price_weighted for c in COMPANIES}
    heads = {c.name: both.native.heads(c.name, month) or 0 for c in COMPANIES}
    known = [name for name, used in tokens.items() if used is not None]
    assert PLANTED.missing_company not in known
    expected = sum(tokens[name] or 0 for name in known) / sum(heads[name] for name in known)
    assert same(row["tokens_per_employee"], expected)
    assert row["employees"] == sum(heads.values())
    assert row["employees_with_tokens"] == sum(heads[name] for name in known)
