"""Published figures ship with their source, and nothing ships that was not seen."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from leverage import queries, reference, roi
from leverage.rules import CLASSES

TABLES = (
    "facts",
    "sector_adoption",
    "trillion_club",
    "sector_patterns",
    "role_patterns",
    "roi_effects",
    "roi_defaults",
    "evidence_ladder",
)
SHARED = Path(__file__).parents[3] / "shared" / "facts"


def _columns(table: str) -> list[str]:
    with (reference.FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def _text(table: str) -> str:
    return (reference.FOLDER / f"{table}.csv").read_text(encoding="utf-8").casefold()


@pytest.mark.parametrize("row", [*reference.facts(), *reference.adoption()], ids=repr)
def test_a_published_figure_has_its_source_date_grade_and_address(
    row: reference.Fact | reference.Adoption,
) -> None:
    assert row.source
    assert row.population
    assert row.unit
    assert row.period
    assert re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", row.date)
    assert row.grade in "ABCD"
    assert row.url.startswith("https://")
    assert row.seen in ("primary", "secondary")


@pytest.mark.parametrize("effect", reference.roi_effects(), ids=lambda effect: effect.name)
def test_an_effect_has_its_source_and_is_converted_properly(effect: reference.Effect) -> None:
    assert effect.source
    assert effect.population
    assert re.fullmatch(r"\d{4}", effect.date)
    assert effect.grade in "ABCD"
    assert effect.url.startswith("https://")
    assert effect.seen in ("primary", "secondary")
    assert effect.share_of in ("task time", "work hours")
    conversions: dict[str, Callable[[float], float]] = {
        "share more output": roi.time_saving,
        "share more time": lambda value: -value,
        "share of hours": lambda value: value,
        # A day of 8 hours, of 7.4 in the UK civil service.
        "minutes per day": lambda value: value / (7.4 * 60),
        "minutes per active day": lambda value: value / (8 * 60),
        "hours per month": lambda value: roi.hours_per_week(value, "hours per month") / 40,
    }
    saved = conversions[effect.unit]
    assert effect.time_saving == pytest.approx(saved(effect.value), abs=1e-4)
    told = [effect.low, effect.high]
    ours = [effect.time_saving_low, effect.time_saving_high]
    assert (None in told) == (None in ours)
    if effect.low is not None and effect.high is not None:
        ends = sorted((saved(effect.low), saved(effect.high)))
        assert ours == pytest.approx(ends, abs=1e-4)


def test_every_effect_stands_in_the_table_the_effects_were_taken_from() -> None:
    source = SHARED / "roi_effects.csv"
    if not source.is_file():
        pytest.skip("the table the effects were taken from is not here")
    with source.open(encoding="utf-8", newline="") as file:
        given = [row for row in csv.DictReader(file) if row["seen"] != "recalled"]
    ours = reference.roi_effects()
    assert [effect.value for effect in ours] == [float(row["effect"]) for row in given]
    assert [effect.grade for effect in ours] == [row["grade"] for row in given]
    assert all(row["url"].startswith(e.url) for e, row in zip(ours, given, strict=True))
    unsure = [e.low for e, row in zip(ours, given, strict=True) if "recalled" in row["seen"]]
    assert unsure == [None]


def test_names_of_figures_are_unique() -> None:
    names = [fact.name for fact in reference.facts()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("table", TABLES)
def test_nothing_ships_that_was_only_remembered(table: str) -> None:
    assert "recalled" not in _text(table)
    assert reference.described(table).source


@pytest.mark.parametrize(
    "left_out",
    [
        "1.7",  # hours that become value, remembered only
        "epoch.ai/gradient-updates",  # energy of a query, remembered only
        "manufacturing",  # growth by sector, remembered only
        "run ~90",  # a cut-off, remembered only
        "ifeeltech",  # a table by sector that could not be checked
    ],
)
def test_what_could_not_be_checked_is_left_out(left_out: str) -> None:
    assert not any(left_out in _text(table) for table in ("facts", "sector_adoption"))


def test_a_figure_is_compared_only_with_a_metric_there_is() -> None:
    named = {fact.metric for fact in reference.facts() if fact.metric}
    assert named <= queries.folder("metrics").keys()


def test_figures_are_either_comparable_or_context() -> None:
    topics = {fact.topic for fact in reference.facts()}
    apart = reference.context(*topics)
    shared = [fact for m in queries.folder("metrics") for fact in reference.facts_of(m)]
    assert len(apart) + len(shared) == len(reference.facts())


@pytest.mark.parametrize(
    ("name", "value", "unit", "date", "grade"),
    [
        ("ramp_spend_median", 11.38, "USD per employee and month", "2026-06", "B"),
        ("jellyfish_tokens_middle", 32, "million tokens per developer and week", "2026-03", "C"),
        ("census_firms_weighted", 32, "percent of employment", "2026-01", "A"),
        ("openai_p95_worker", 6, "ratio", "2025-11", "C"),
        ("mit_cisr_stage_4", 7, "percent of firms", "2022", "B"),
    ],
)
def test_a_figure_is_the_one_that_was_published(
    name: str, value: float, unit: str, date: str, grade: str
) -> None:
    fact = next(fact for fact in reference.facts() if fact.name == name)
    assert (fact.value, fact.unit, fact.date, fact.grade) == (value, unit, date, grade)


def test_every_value_and_address_stands_in_the_table_the_facts_were_taken_from() -> None:
    source = SHARED / "reference_facts.csv"
    if not source.is_file():
        pytest.skip("the table the facts were taken from is not here")
    with source.open(encoding="utf-8", newline="") as file:
        given = {
            (float(row["value"]), row["url"], row["grade"], row["seen"])
            for row in csv.DictReader(file)
            if row["seen"] != "recalled"
        }
    ours = {(fact.value, fact.url, fact.grade, fact.seen) for fact in reference.facts()}
    assert ours <= given
    # A value that was itself remembered and a figure without a date are left out.
    assert len(given - ours) == 2


def test_the_trillion_token_list_has_no_order_no_counts_and_no_people() -> None:
    assert _columns("trillion_club") == [
        "company",
        "field",
        "sector",
        "type",
        "is_reseller",
        "seen",
    ]
    names = [member.company for member in reference.trillion_club()]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(set(names)) == 24
    assert not {"Delphi", "Decagon", "Rox", "Harvey", "Read AI", "Perplexity"} & set(names)
    assert [m.company for m in reference.trillion_club() if m.is_reseller] == ["OpenRouter"]
    assert "unconfirmed" in reference.described("trillion_club").caveat


def test_sectors_of_patterns_and_members_are_those_that_companies_have() -> None:
    labels = reference.sectors()
    assert reference.sector_patterns().keys() == labels.keys() - {"other"}
    assert {member.sector for member in reference.trillion_club()} <= labels.keys()


def test_patterns_name_known_classes_of_work_and_no_shares() -> None:
    by_key = (reference.sector_patterns(), reference.role_patterns())
    patterns = [row for table in by_key for rows in table.values() for row in rows]
    assert {row.workload_class for row in patterns} <= set(CLASSES)
    assert not any(re.search(r"\d|%", row.work) for row in patterns)
    assert len(reference.role_patterns()) == 4


def test_adoption_rows_of_one_definition_mean_the_same() -> None:
    by_definition: dict[str, set[tuple[str, ...]]] = {}
    for row in reference.adoption():
        told = (row.measure, row.unit, row.population, row.period, row.url)
        by_definition.setdefault(row.definition, set()).add(told)
        assert row.seen == "primary"
        assert row.low <= row.high
    assert all(len(told) == 1 for told in by_definition.values())
