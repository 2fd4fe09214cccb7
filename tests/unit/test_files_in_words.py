"""What the Data page says of a checked file."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from leverage.figures import files
from leverage.uploads import FileResult, Progress


def test_a_file_is_named_by_what_it_is_whose_it_is_and_its_days() -> None:
    days = (("org-1", "2026-06-01", "2026-06-14"), ("org-2", "2026-06-03", "2026-06-30"))
    file = FileResult("x.csv", kind="openai_usage", company="Acme", days=days)
    assert files.origin(file) == "OpenAI API usage of Acme, org-1 and org-2, 1 to 30 June 2026"
    assert files.origin(FileResult("x.csv")) == "Not recognised"


def test_the_only_account_there_is_goes_without_saying() -> None:
    days = (("main", "2026-06-01", "2026-06-30"),)
    file = FileResult("x.csv", kind="roster", company="Acme", days=days)
    assert files.origin(file) == "People roster of Acme, 1 to 30 June 2026"


def test_lines_add_up() -> None:
    file = FileResult("x", rows_in=1284, rows_taken=1280, rows_set_aside=3, rows_rejected=1)
    assert files.lines(file) == "1,284 lines = 1,280 taken + 3 set aside + 1 rejected"


def test_reasons_that_differ_in_the_quoted_cell_alone_are_one() -> None:
    reasons = {
        "rejected: date holds “10/01”, not a date": 18,
        "set aside: blank day": 1,
        "rejected: date holds “10/02”, not a date": 14,
    }
    assert files.reasons(FileResult("x", reasons=reasons)) == [
        "32 lines rejected: date holds “10/01” and the like, not a date",
        "1 line set aside: blank day",
    ]


def test_more_reasons_than_a_person_reads_are_counted() -> None:
    reasons = {f"rejected: {letter} is missing": 1 for letter in "abcdefgh"}
    told = files.reasons(FileResult("x", reasons=reasons))
    assert len(told) == 6
    assert told[-1] == "and 3 other reasons; every line is in the download"


def test_totals_name_each_unit_and_leave_out_what_is_not_reported() -> None:
    totals = {
        "input_tokens": 1_000_000,
        "output_tokens": 200_000,
        "cache_read_tokens": None,
        "net_cost_usd": "0.000000",
        "estimated_cost_usd": None,
        "requests": 5637,
        "credits": {"github_ai_credit": "25318.5"},
    }
    said = files.totals(FileResult("x", totals=totals))
    assert said == "1.2 M tokens · 0 USD billed · 5,637 requests · 25,319 github ai credits"
    assert files.totals(FileResult("x")) == ""
    assert FileResult("x", totals={"net_cost_usd": "0.10"}).total("net_cost_usd") == Decimal("0.10")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("Name it with --account ID", "Say below which account it is from"),
        ("Say it with --period YYYY-MM, or add the column", "Say below which days it covers"),
        (
            "Mark the provider, service or account that is AI use on the Data page, or with "
            "“python -m leverage mark”, then load the file again",
            "Mark below what of it is AI use",
        ),
        ("Unpack it, and hand in the files in it", "Unpack it, and hand in the files in it"),
    ],
)
def test_the_next_step_is_one_that_the_page_offers(step: str, said: str) -> None:
    refused = {"title": "No", "found": "", "next_step": step}
    assert files.refusal(FileResult("x", refused=refused)).next_step == said


def test_no_next_step_of_a_refusal_sends_a_reader_of_the_page_to_the_command_line() -> None:
    """Every option that the loader's refusals name has words of the page."""
    root = Path(files.__file__).parents[1]
    texts = [path.read_text(encoding="utf-8") for path in (root / "intake").rglob("*.py")]
    steps = re.findall(r"(--[a-z]+|python -m leverage \w+)", "\n".join(texts))
    unknown = {step for step in steps if not any(ours in step for ours in files.STEPS)}
    assert unknown <= {"--kind"}


def test_what_became_of_a_file_is_said_in_one_clause() -> None:
    refused = {"title": "It overlaps", "found": "", "next_step": ""}
    assert files.outcome(FileResult("x", change="adds 30 rows", number=4)) == "adds 30 rows; load 4"
    assert files.outcome(FileResult("x", refused=refused)) == "was not loaded: It overlaps"
    already = "changes nothing: load 3 holds these files already"
    assert files.outcome(FileResult("x", change=already)) == already
    assert files.outcome(FileResult("x")) == "holds nothing to store"


def test_what_several_files_do_together_is_said_once() -> None:
    one, two = (
        FileResult(name, stage="s", group=0, change="adds 15 rows") for name in ("a.csv", "b.csv")
    )
    alone = FileResult("c.csv", stage="s", group=1, change="adds 2 rows")
    both = (one, alone, two)
    assert files.change(one, both) == "Loading these 2 files together adds 15 rows"
    assert files.change(two, both) == "Counted with a.csv above"
    assert files.change(alone, both) == "Loading it adds 2 rows"


def test_how_far_a_job_is_is_said_in_what_its_phase_counts() -> None:
    lines = Progress(1, 7, "mapping lines", 4_200, 16_500)
    assert files.which_file(lines) == "file 2 of 7"
    assert files.phase(lines) == "Mapping its lines: 4,200 of 16,500"
    read = Progress(0, 1, "reading bytes", 430_000_000, 2_152_000_000)
    assert files.phase(read) == "Reading it: 430 MB of 2.2 GB"
    assert files.phase(Progress(0, 1)) == ""
