"""What cannot be trusted is refused in words: what was found, what to do next, nothing changed."""

import csv
import zipfile
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from leverage.__main__ import main
from tests.support import ROSTER, Desk, gateway, gateway_row

FILES = Path(__file__).parents[1] / "files" / "refused"


@dataclass(frozen=True)
class Refusal:
    """One file of tests/files/refused, and what must be said of it."""

    file: str
    says: tuple[str, ...]
    next_step: str


REFUSALS = [
    Refusal(
        "decimal_commas.csv",
        ("decimal comma", "Column spend", "“0,25”", "line 3"),
        "Export again with a decimal point",
    ),
    Refusal(
        "negative_tokens.csv",
        ("negative_tokens.csv", "a token or request count below zero", "line 3"),
        "Export it again from the vendor's console",
    ),
    Refusal(
        "order_of_day_and_month_open.csv",
        ("order of day and month", "Column date", "“03/04/2026”", "both orders make sense"),
        "--dates mdy (month first) or --dates dmy (day first)",
    ),
    Refusal(
        "no_known_export.csv",
        (
            "not an export we know",
            "Nearest: LiteLLM daily user spend, which also needs date, api_requests, spend",
            "Columns found: day, user_id, api_key, prompt_tokens, amount",
        ),
        "python -m leverage kinds",
    ),
    Refusal(
        "header_only.csv",
        ("has a header and no rows", "LiteLLM daily user spend"),
        "say which time with --period",
    ),
    Refusal(
        "every_line_rejected.csv",
        (
            "No line of every_line_rejected.csv could be taken",
            "2 lines",
            "prompt_tokens holds “many”, not a whole number",
            "date holds “someday”, not a date",
        ),
        "--rejects FILE",
    ),
    Refusal(
        "nothing_is_ai_use.csv",
        ("Nothing here is AI use", "every line of nothing_is_ai_use.csv", "3 lines", "3 set aside"),
        "python -m leverage mark",
    ),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a store that holds one load."""
    desk = Desk(tmp_path_factory.mktemp("refusals"))
    desk.load(gateway([gateway_row("2026-05-01")]))
    return desk


def content(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def load(desk: Desk, name: str, *more: str) -> int:
    """Run the command that loads one file of tests/files/refused."""
    return main(["load", str(FILES / name), "--data-root", str(desk.root), "--by", "me", *more])


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.file)
def test_a_defect_is_named_with_the_next_step_and_the_store_stays_as_it_was(
    refusal: Refusal, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(desk.root / "store")
    assert load(desk, refusal.file) == 1
    said = capsys.readouterr()
    assert said.out == ""
    for words in (*refusal.says, refusal.next_step):
        assert words in said.err
    assert content(desk.root / "store") == before
    assert "Traceback" not in said.err


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.file)
def test_a_defect_in_one_file_does_not_stop_a_good_one(
    refusal: Refusal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path)
    good = desk.file(gateway([gateway_row("2026-07-01")]), "good.csv")
    arguments = ["load", str(FILES / refusal.file), str(good), "--company", "Acme"]
    assert main([*arguments, "--data-root", str(tmp_path)]) == 1
    assert (
        "good.csv: LiteLLM daily user spend, Acme. 1 rows in = 1 taken" in capsys.readouterr().out
    )
    assert desk.usage() == [("2026-07-01", 100)]


def test_a_defect_in_one_file_of_a_zip_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path)
    packed = tmp_path / "june.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("photo.png", b"\x89PNG\r\n\x1a\n")
        archive.writestr("june/gateway.csv", gateway([gateway_row("2026-06-01")]))
        archive.writestr("june/notes.csv", "a,b\n1,2\n")
        archive.writestr("july.csv", gateway([gateway_row("2026-07-01")]))
    assert main(["load", str(packed), "--company", "Acme", "--data-root", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "photo.png: “photo.png” is not a table. It is a picture (PNG)." in said.err
    assert "june/notes.csv: This file is not an export we know" in said.err
    assert "june/gateway.csv: LiteLLM daily user spend, Acme. 1 rows in = 1 taken" in said.out
    assert "july.csv: LiteLLM daily user spend" in said.out
    assert desk.usage() == [("2026-06-01", 100), ("2026-07-01", 100)]


def test_an_open_order_of_day_and_month_is_settled_by_the_option(tmp_path: Path) -> None:
    for dates, expected in (
        ("mdy", ["2026-03-04", "2026-05-04"]),
        ("dmy", ["2026-04-03", "2026-04-05"]),
    ):
        desk = Desk(tmp_path / dates)
        company = ("--company", "Acme", "--dates", dates)
        assert load(desk, "order_of_day_and_month_open.csv", *company) == 0
        assert [day for day, _ in desk.usage()] == expected


def test_an_order_is_settled_by_periods_that_would_else_end_before_they_start(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.load(FILES.parent / "accepted" / "order_settled_by_period_ends.csv")
    periods = desk.table("usage").select("period_start", "period_end").unique().rows()
    assert periods == [(date(2026, 9, 2), date(2026, 10, 1))]


def test_a_header_without_rows_is_taken_where_the_time_without_use_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-06-10")]))
    assert load(desk, "header_only.csv", "--period", "2026-06") == 0
    assert "removes 1 row on 1 day that are empty in the file" in capsys.readouterr().out
    assert desk.usage() == []


def test_without_rows_a_file_that_holds_no_days_is_refused_whatever_time_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path)
    path = desk.file(f"{ROSTER}\n", "roster.csv")
    more = ["--data-root", str(tmp_path), "--company", "Acme", "--by", "me"]
    assert main(["load", str(path), "--period", "2026-06", *more]) == 1
    said = capsys.readouterr().err
    assert "roster.csv has a header and no rows. Its header is that of “People roster”." in said
    assert "Add its rows" in said
    assert desk.store.newest() == 0


def test_the_lines_of_a_file_of_which_none_could_be_taken_are_written_out(tmp_path: Path) -> None:
    out = tmp_path / "rejected.csv"
    assert load(
        Desk(tmp_path), "every_line_rejected.csv", "--company", "Acme", "--rejects", str(out)
    )
    with out.open(encoding="utf-8", newline="") as file:
        found = [(row["line"], row["reason"], row["original"][:17]) for row in csv.DictReader(file)]
    assert found == [
        ("2", "prompt_tokens holds “many”, not a whole number", "a@example.com,202"),
        ("3", "date holds “someday”, not a date", "a@example.com,som"),
    ]
