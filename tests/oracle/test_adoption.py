"""Who uses AI and how often is what the vendors' files say, recomputed without the product."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from leverage import words
from leverage.figures import adoption
from leverage.privacy import K
from leverage.sample import COMPANIES
from leverage.view import View, shift
from tests.oracle.conftest import Both

MONTHS = [f"2026-{month:02d}" for month in range(3, 11)]
NAMES = [company.name for company in COMPANIES]
EVERY_COMPANY = pytest.mark.parametrize("company", NAMES)


def asked(both: Both, question: str, company: str, month: str) -> list[dict[str, Any]]:
    view = View(company=(company,), months=(month, month))
    return both.asker.ask(question, view).frame.to_dicts()


def of_month(rows: list[dict[str, Any]], month: str) -> dict[str, Any]:
    (row,) = (row for row in rows if row["month"] == month)
    return row


def days_of(month: str) -> list[date]:
    first = date.fromisoformat(f"{month}-01")
    after = date.fromisoformat(f"{shift(month, 1)}-01")
    return [first + timedelta(days=i) for i in range((after - first).days)]


def is_few(*counts: int) -> bool:
    return any(0 < count < K for count in counts)


@EVERY_COMPANY
def test_people_by_day_week_and_month_are_those_of_the_files(both: Both, company: str) -> None:
    rows = asked(both, "adoption_by_month", company, MONTHS[-1])
    for month in MONTHS:
        days = both.native.days_of_use(company, month)
        dated = {person: used for person, used in days.items() if used}
        row = of_month(rows, month)
        assert row["active_people"] == len(days)
        if is_few(len(dated), len(days) - len(dated)) or not dated:
            assert row["stickiness"] is row["daily_people"] is row["weekly_people"] is None
            continue
        workdays = [day for day in days_of(month) if day.weekday() < 5]
        on_a_day = [sum(day in used for used in dated.values()) for day in workdays]
        assert row["daily_people"] == pytest.approx(np.mean(on_a_day))
        assert row["stickiness"] == pytest.approx(np.mean(on_a_day) / len(dated))
        mondays = [day for day in days_of(month) if day.weekday() == 0]
        weeks = [{day + timedelta(days=i) for i in range(7)} for day in mondays]
        inside = [week for week in weeks if max(week) <= days_of(month)[-1]]
        in_a_week = [sum(bool(used & week) for used in dated.values()) for week in inside]
        assert row["weekly_people"] == pytest.approx(np.mean(in_a_week))


@EVERY_COMPANY
def test_who_stayed_came_and_went_is_what_the_files_say(both: Both, company: str) -> None:
    rows = asked(both, "retention_by_month", company, MONTHS[-1])
    assert [row["month"] for row in rows] == MONTHS[1:]
    for month in MONTHS[1:]:
        now = set(both.native.days_of_use(company, month))
        before = set(both.native.days_of_use(company, shift(month, -1)))
        stayed, came, went = len(now & before), len(now - before), len(before - now)
        row = of_month(rows, month)
        if is_few(stayed, came, went):
            assert row["retained"] is row["gained"] is row["lost"] is row["retention"] is None
        else:
            assert (row["retained"], row["gained"], row["lost"]) == (stayed, came, went)
            assert row["retention"] == pytest.approx(stayed / (stayed + went))


def weeks_with_use(both: Both, company: str, month: str) -> dict[str, int]:
    """Return in how many of the twelve whole weeks to a month's end each person used AI."""
    last = days_of(month)[-1]
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    weeks = [{sunday - timedelta(days=7 * number + i) for i in range(7)} for number in range(12)]
    used: dict[str, set[date]] = {}
    for number in range(4):
        for person, days in both.native.days_of_use(company, shift(month, -number)).items():
            used.setdefault(person, set()).update(days)
    counted = {person: sum(bool(days & week) for week in weeks) for person, days in used.items()}
    return {person: count for person, count in counted.items() if count}


@EVERY_COMPANY
@pytest.mark.parametrize("month", MONTHS[-1:])
def test_the_habit_of_twelve_weeks_is_what_the_files_say(
    both: Both, company: str, month: str
) -> None:
    now = weeks_with_use(both, company, month)
    rows = asked(both, "habit_changes", company, month)
    if not now:
        assert rows == []
        return
    (row,) = rows
    habit = {person for person, weeks in now.items() if weeks >= 9}
    before = weeks_with_use(both, company, shift(month, -1))
    had = {person for person, weeks in before.items() if weeks >= 9}
    assert row["people_with_days"] == len(now)
    shown = not is_few(len(habit), len(now) - len(habit))
    assert row["people_with_habit"] == (len(habit) if shown else None)
    parts = (len(habit & had), len(habit - had), len(had - habit))
    expected = (None, None, None) if is_few(*parts) else parts
    assert (row["kept"], row["gained"], row["lost"]) == expected


@EVERY_COMPANY
@pytest.mark.parametrize("month", MONTHS[-1:])
def test_segments_add_up_to_everybody_and_none_is_of_few(
    both: Both, company: str, month: str
) -> None:
    rows = [row for row in asked(both, "habit_segments", company, month) if row["period"] == "this"]
    now = weeks_with_use(both, company, month)
    assert sum(row["people"] for row in rows) == len(now)
    assert all(row["people"] >= K for row in rows) or len(rows) == 1
    with_habit = [row["people"] for row in rows if row["has_habit"]]
    if with_habit:
        assert sum(with_habit) == sum(weeks >= 9 for weeks in now.values())


def test_concentration_is_that_of_the_files_and_silent_on_fewer_than_fifty_people(
    both: Both,
) -> None:
    told = 0
    for company in NAMES:
        rows = {
            row["month"]: row for row in asked(both, "concentration_by_month", company, MONTHS[-1])
        }
        for month in MONTHS:
            used = np.array(both.native.tokens_by_person(company, month))
            if len(used) < 50:
                assert month not in rows
                continue
            told += 1
            row = rows[month]
            top = used[len(used) - len(used) // 10 :].sum() / used.sum()
            ranks = np.arange(1, len(used) + 1)
            gini = 2 * (ranks * used).sum() / (len(used) * used.sum()) - (len(used) + 1) / len(used)
            assert row["people"] == len(used)
            assert row["top_decile_share"] == pytest.approx(top, abs=0.0051)
            assert row["gini"] == pytest.approx(gini, abs=0.0051)
            ratio = np.quantile(used, 0.95) / np.median(used)
            assert row["p95_over_median"] == pytest.approx(ratio, abs=0.51)
    assert told > 8


@EVERY_COMPANY
def test_what_is_told_of_whole_companies_is_not_told_under_a_filter(
    both: Both, company: str
) -> None:
    narrow = View(company=(company,), months=(MONTHS[-1], MONTHS[-1]), vendor=("OpenAI",))
    for question in ("habit_segments", "retention_by_month", "maturity_by_month"):
        answer = both.asker.ask(question, narrow)
        assert answer.frame.is_empty()
        assert "whole companies only" in answer.notes[0]


@EVERY_COMPANY
def test_each_number_of_the_page_is_that_of_its_answer(both: Both, company: str) -> None:
    view = View(company=(company,), months=(MONTHS[-1], MONTHS[-1]))
    page = adoption.adoption(lambda question: both.asker.ask(question, view))
    assert page is not None
    month = of_month(asked(both, "adoption_by_month", company, MONTHS[-1]), MONTHS[-1])
    habit = asked(both, "habit_changes", company, MONTHS[-1])
    told = {figure.metric: figure.text for figure in page.figures}
    assert told["active_share"] == words.share(month["active_share"])
    assert page.title.startswith(f"{told['active_share']} of employees used AI")
    stickiness = month["stickiness"]
    assert told["stickiness"] == (None if stickiness is None else words.share(stickiness))
    shown = habit[0]["habit_share"] if habit else None
    assert told["habit_share"] == (None if shown is None else words.share(shown))
    weekly = [sentence.text for sentence in page.sentences if "mean week" in sentence.text]
    if month["weekly_people"] is None:
        assert weekly == []
    else:
        (text,) = weekly
        assert text.startswith(f"{words.count(month['weekly_people'])} people used it")
        assert f"and {words.count(month['daily_people'])} on a mean working day" in text
        assert text.endswith(
            f"of {words.count(month['people_with_days'])} people whose use is dated."
        )
