"""What was planted in the outcomes is found on the page that says whether it pays, and its money.

Recomputed from the rows of the files, without the product.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl
import pytest
from scipy.stats import t

from leverage import figures, sample
from leverage.ask import Asker
from leverage.figures import roi as page
from leverage.sample import PLANTED
from leverage.view import View, shift
from tests.support import Desk, gateway, gateway_row

COMPANY, TREATED = PLANTED.intervention_company, PLANTED.intervention_department
START, MONTH = f"{PLANTED.intervention_date:%Y-%m}", "2026-10"
KINDS = ("outcomes", "events", "assumptions", "headcount", "roster")


class Loaded(NamedTuple):
    """The company's own files but for its use, and the product's answers over them."""

    asker: Asker
    tickets: pl.DataFrame  # team, month, hours, n
    worth: tuple[float, float, float]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Load thirteen months of the company that was treated; its use is a row a month."""
    desk = Desk(tmp_path_factory.mktemp("measured"))
    files = [
        file
        for file in sample.write(desk.root / "files", months=13)
        if file.company == COMPANY and file.kind in KINDS
    ]
    paths = {file.kind: desk.root / "files" / file.path for file in files}
    desk.load(*(desk.root / "files" / file.path for file in files), company=COMPANY)
    months = [shift(MONTH, -back) for back in range(13)]
    use = [gateway_row(f"{month}-05", "a@zorvane.example") for month in months]
    period = (date(2025, 10, 1), date(2026, 10, 31))
    desk.load(gateway(use), company=COMPANY, account="gw", period=period)
    rows = pl.read_csv(paths["outcomes"], infer_schema=False).filter(metric="resolution_hours")
    held = pl.read_csv(paths["assumptions"], infer_schema=False)
    (worth,) = held.filter(assumption="worth_usd_per_hour_sooner").rows(named=True)
    assert worth["workflow"] == TREATED
    return Loaded(
        desk.asker(),
        rows.select(
            "month",
            team="scope",
            is_treated=pl.col("scope").str.starts_with(TREATED),
            hours=pl.col("value").cast(pl.Float64),
            n=pl.col("n").cast(pl.Int64),
        ),
        (float(worth["low"]), float(worth["mode"]), float(worth["high"])),
    )


@pytest.fixture(scope="module")
def shown(loaded: Loaded) -> page.Workflows:
    """Return the tab by workflow of October."""
    view = View(company=(COMPANY,), months=(MONTH, MONTH))
    found = page.workflows(lambda question: loaded.asker.ask(question, view))
    assert found is not None
    return found


def changes(loaded: Loaded, *, treated: bool) -> np.ndarray:
    """Return what the hours of each team changed by, six months before and after."""
    near = [shift(START, back) for back in range(-6, 6)]
    teams = loaded.tickets.filter(pl.col("month").is_in(near) & (pl.col("is_treated") == treated))
    after = pl.col("month") >= START
    return (
        teams.group_by("team")
        .agg(change=pl.col("hours").filter(after).mean() - pl.col("hours").filter(~after).mean())[
            "change"
        ]
        .to_numpy()
    )


def recomputed(loaded: Loaded) -> tuple[float, float, float]:
    """Return the effect, its standard error, and how far its 95 % interval reaches."""
    own, others = changes(loaded, treated=True), changes(loaded, treated=False)
    parts = own.var(ddof=1) / len(own), others.var(ddof=1) / len(others)
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(own) - 1) + parts[1] ** 2 / (len(others) - 1))
    error = float(np.sqrt(sum(parts)))
    return float(own.mean() - others.mean()), error, error * float(t.ppf(0.975, freedom))


def test_the_planted_effect_is_told_with_its_interval_and_rung(
    loaded: Loaded, shown: page.Workflows
) -> None:
    effect, error, reach = recomputed(loaded)
    assert effect - reach <= PLANTED.intervention_hours <= effect + reach
    assert isinstance(shown.measured, figures.Table)
    (row,) = shown.measured.rows.rows(named=True)
    ends = [f"−{-end:.1f} h" for end in (effect, effect - reach, effect + reach)]
    assert row["Effect"] == f"{ends[0]} ({ends[1]} to {ends[2]})"
    assert row["Design"] == (
        f"difference-in-differences, 6 against 6 teams, SE {error:.1f} h, 6 months each"
    )
    assert row["Rung of evidence, put down to AI"] == "E2, 90 % to AI"


def test_the_measured_effect_is_worth_what_free_draws_say(
    loaded: Loaded, shown: page.Workflows
) -> None:
    effect, error, _ = recomputed(loaded)
    assert isinstance(shown.worth, figures.Table)
    (row,) = shown.worth.rows.filter(Workflow=TREATED).rows(named=True)
    done = loaded.tickets.filter(pl.col("is_treated") & (pl.col("month") == MONTH))
    pieces = int(done["n"].sum())
    assert row["n"] == f"{pieces:,}"
    random, n = np.random.default_rng(5), 400_000
    value = pieces * random.normal(-effect, error, n) * random.triangular(*loaded.worth, n)
    value *= random.triangular(0.8, 0.9, 1.0, n)
    low, high = row["Value"].removesuffix(" USD").replace(",", "").split(" to ")
    middle = row["P50"].removesuffix(" USD").replace(",", "")
    for said, quantile in ((low, 0.1), (middle, 0.5), (high, 0.9)):
        assert float(said) == pytest.approx(np.quantile(value, quantile), rel=0.02)


def test_pieces_of_months_before_it_was_done_are_worth_nothing(loaded: Loaded) -> None:
    before = View(company=(COMPANY,), months=(shift(START, -2), START))
    found = page.workflows(lambda question: loaded.asker.ask(question, before))
    assert found is not None
    # The window ends with the first month after it: one month is too few to tell an effect.
    assert isinstance(found.measured, figures.Hidden)
    across = View(company=(COMPANY,), months=(shift(START, -2), shift(START, 1)))
    found = page.workflows(lambda question: loaded.asker.ask(question, across))
    assert found is not None
    assert isinstance(found.worth, figures.Table)
    (row,) = found.worth.rows.filter(Workflow=TREATED).rows(named=True)
    since = loaded.tickets.filter(
        pl.col("is_treated") & pl.col("month").is_in([START, shift(START, 1)])
    )
    assert row["n"] == f"{since['n'].sum():,}"


def test_a_choice_by_hand_is_told_with_who_made_it_and_what_it_leaves_aside(
    shown: page.Workflows,
) -> None:
    assert isinstance(shown.worth, figures.Table)
    (row,) = shown.worth.rows.filter(Workflow="Network triage").rows(named=True)
    assert row["Counted by"] == (
        "time saved, chosen by Programme office; left aside: outcomes gained"
    )
    assert "Programme office counts Network triage by time saved from 2025-01-01" in (
        shown.worth.note or ""
    )
