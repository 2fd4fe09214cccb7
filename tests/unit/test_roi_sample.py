"""What the sample companies believe is found again in their files, in order and named invented."""

from pathlib import Path

import polars as pl
import pytest

from leverage.figures.roi import INPUTS, why_not
from leverage.sample import write
from leverage.store.assumptions import GRADES


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
    for row in believed.iter_rows(named=True):
        known = units[row["assumption"]]
        assert row["low"] <= row["mode"] <= row["high"], row
        assert row["unit"] == known.unit, row
        assert bool(row["workflow"]) == known.is_of_work, row
        assert why_not(known.name, row["low"], row["high"]) is None
        assert row["evidence_grade"] in GRADES


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
