"""What the sample companies believe is found again in their files, in order and named invented."""

from pathlib import Path

import polars as pl
import pytest

from leverage.figures.roi import INPUTS, why_not
from leverage.sample import PLANTED, write
from leverage.store.assumptions import BASES, CHOICE, GRADES


@pytest.fixture(scope="module")
def believed(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Return what all companies believe, of the smallest sample: it does not hang on months."""
    folder: Path = tmp_path_factory.mktemp("beliefs")
    files = [file for file in write(folder, months=1, scale=0.05) if file.kind == "assumptions"]
    return pl.concat(
        [pl.read_csv(folder / file.path, infer_schema=False) for file in files]
    ).with_columns(pl.col("low", "mode", "high").cast(pl.Float64))


def test_every_belief_is_a_range_that_the_page_knows(believed: pl.DataFrame) -> None:
    units = {known.name: known for known in INPUTS}
    for row in believed.filter(pl.col("assumption") != CHOICE).iter_rows(named=True):
        known = units[row["assumption"]]
        assert row["low"] <= row["mode"] <= row["high"], row
        assert row["unit"] == known.unit, row
        assert bool(row["workflow"]) == known.is_of_work, row
        assert why_not(known.name, row["low"], row["high"]) is None
        assert row["evidence_grade"] in GRADES


def test_a_workflow_is_counted_by_hand_where_it_could_be_counted_in_two_ways(
    believed: pl.DataFrame,
) -> None:
    (choice,) = believed.filter(pl.col("assumption") == CHOICE).iter_rows(named=True)
    assert choice["unit"] in BASES
    held = believed.filter(
        (pl.col("company") == choice["company"]) & (pl.col("workflow") == choice["workflow"])
    )
    needed = {"minutes_saved_per_accepted", "accepted_gain_share", "value_per_accepted_usd"}
    assert needed <= set(held["assumption"])


def test_of_some_freed_time_it_is_said_where_it_went_and_of_the_rest_not(
    believed: pl.DataFrame,
) -> None:
    said = believed.filter(pl.col("assumption").str.starts_with("reinvested_"))
    assert said["company"].unique().to_list() == [PLANTED.intervention_company]
    assert 0 < said["mode"].sum() < 1


def test_every_belief_says_that_it_is_invented(believed: pl.DataFrame) -> None:
    assert all(source.startswith("invented: ") for source in believed["source"])


def test_some_companies_know_all_one_the_hour_alone_and_two_nothing(
    believed: pl.DataFrame,
) -> None:
    held = {
        company: set(rows["assumption"])
        for (company,), rows in believed.group_by("company", maintain_order=True)
    }
    needed = {"wage_usd_per_hour", "minutes_saved_per_active_day"}
    knowing = {company for company, names in held.items() if names >= needed}
    assert knowing == {"Zorvane Telecom", "Kitsorra Tools", "Nimbaro Agents"}
    assert held["Tramello Market"] == {"wage_usd_per_hour"}
    assert not {"Ombravo CRM", "Pellumo Health"} & set(held)
