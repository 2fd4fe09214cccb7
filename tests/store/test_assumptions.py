"""Assumptions that are decided here, beside those that files bring."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leverage.__main__ import main
from leverage.errors import ChangeRefused
from leverage.store.assumptions import Assumption, assume
from leverage.view import View
from tests.support import Desk, gateway, gateway_row

NAME = "maturity.breadth.75"
FIRST = date(2026, 10, 1)
OCTOBER = View(months=("2026-10", "2026-10"))
HEADER = "effective_date,assumption,low,mode,high,unit,source,author"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a store with some use of October 2026."""
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-10-05")]), account="gw")
    return desk


def believed(mode: float | None, why: str = "the board, in May", **more: Any) -> Assumption:
    """Return a cut-off from October on."""
    return Assumption(NAME, more.pop("day", FIRST), mode, "share", why, **more)


def in_force(desk: Desk, view: View = OCTOBER, number: int | None = None) -> list[tuple[Any, ...]]:
    """Return the cut-offs that a page reads."""
    rows = desk.asker(number).ask("maturity_cutoffs", view).frame
    return rows.select("assumption", "value", "author", "source").rows()


def test_a_decided_cutoff_counts_with_who_decided_it_and_why(desk: Desk) -> None:
    assert assume(desk.store, "Acme", believed(0.7), "Ada") == 2
    assert in_force(desk) == [(NAME, 0.7, "Ada", "the board, in May")]
    assert in_force(desk, number=1) == []  # an older data version answers by its own
    (row,) = desk.table("assumptions").to_dicts()
    assert [row[name] for name in ("low", "mode", "high")] == [Decimal("0.7")] * 3
    assert row["evidence_grade"] == "D"
    assert row["first_line"] is None
    log = desk.store.log().row(-1, named=True)
    assert (log["action"], log["loaded_by"], log["company"]) == ("edit", "Ada", "Acme")
    assert log["summary"] == f"assumes 0.7 share for {NAME}"


def test_it_holds_from_its_day_on(desk: Desk) -> None:
    assume(desk.store, "Acme", believed(0.7, day=date(2026, 11, 1)), "Ada")
    assert in_force(desk) == []


def test_the_newer_decision_counts_and_the_older_is_kept(desk: Desk) -> None:
    assume(desk.store, "Acme", believed(0.7), "Ada")
    assert assume(desk.store, "Acme", believed(0.7), "Eve") is None  # it stands so already
    assume(desk.store, "Acme", believed(0.65, "the new plan"), "Eve")
    assert in_force(desk) == [(NAME, 0.65, "Eve", "the new plan")]
    assert desk.table("assumptions").sort("decided_at")["mode"].to_list() == [
        Decimal("0.7"),
        Decimal("0.65"),
    ]


def test_what_is_taken_back_leaves_what_was_proposed(desk: Desk) -> None:
    assume(desk.store, "Acme", believed(0.7), "Ada")
    assume(desk.store, "Acme", believed(None, "a slip"), "Ada")
    assert in_force(desk) == []
    assert desk.store.log()["summary"][-1] == f"takes back the assumption {NAME}"


def test_a_file_does_not_replace_what_was_decided_here_nor_does_its_undo(desk: Desk) -> None:
    assume(desk.store, "Acme", believed(0.7), "Ada")
    (loaded,) = desk.load(f"{HEADER}\n2026-10-01,{NAME},0.5,0.5,0.5,share,a file,the office\n")
    assert in_force(desk) == [(NAME, 0.7, "Ada", "the board, in May")]
    assert len(desk.table("assumptions")) == 2
    assert main(["undo", str(loaded.number), "--data-root", str(desk.root), "--by", "Ada"]) == 0
    assert in_force(desk) == [(NAME, 0.7, "Ada", "the board, in May")]
    assert len(desk.table("assumptions")) == 1


@pytest.mark.parametrize(
    ("wrong", "title"),
    [
        (believed(0.7, " "), "only with its reason"),
        (believed(0.7, low=0.8, high=0.9), "outside its range"),
        (believed(0.7, evidence_grade="F"), "no grade of evidence"),
    ],
)
def test_what_cannot_be_believed_is_refused_and_nothing_is_stored(
    desk: Desk, wrong: Assumption, title: str
) -> None:
    with pytest.raises(ChangeRefused, match=title):
        assume(desk.store, "Acme", wrong, "Ada")
    assert desk.store.newest() == 1


def test_the_command_line_decides_and_takes_back(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    rest = ["--from", "2026-10-01", "--by", "Ada", "--data-root", str(desk.root)]
    growth = ["assume", "--unit", "a month", "--why", "we shrink", *rest]
    assert main([*growth, "--", "maturity.growth.0", "-0.1"]) == 0
    assert "The assumption of Acme is decided; data version 2" in capsys.readouterr().out
    assert in_force(desk) == [("maturity.growth.0", -0.1, "Ada", "we shrink")]
    assert main(["assume", "maturity.growth.0", "--why", "a slip", *rest]) == 0
    assert in_force(desk) == []


def test_what_a_workflow_is_counted_by_is_decided_like_any_assumption(desk: Desk) -> None:
    def choose(basis: str, mode: float | None = 1, workflow: str | None = "Repairs") -> None:
        said = Assumption("value_basis", FIRST, mode, basis, "it was measured", workflow=workflow)
        assume(desk.store, "Acme", said, "Ada")

    choose("measured")
    assert "counts Repairs by measured" in str(desk.store.log().row(-1, named=True))
    choose("time")
    rows = desk.asker().ask("assumptions_in_force", OCTOBER).frame
    assert rows.select("workflow", "unit", "author").rows() == [("Repairs", "time", "Ada")]
    # It is no number that could have moved an answer.
    assert desk.asker().ask("assumption_last_decided", OCTOBER).frame.is_empty()
    choose("time", None)
    assert desk.asker().ask("assumptions_in_force", OCTOBER).frame.is_empty()
    assert "the best evidence there is" in str(desk.store.log().row(-1, named=True))
    for basis, workflow in (("luck", "Repairs"), ("time", None)):
        with pytest.raises(ChangeRefused, match="one workflow, by one of three"):
            choose(basis, workflow=workflow)
