"""Every command and option, and what each ends with: 0 done, 1 refused, 2 wrong usage."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leverage.__main__ import main
from tests.cli.test_refusals import FILES, content
from tests.support import Desk, days, gateway, gateway_row, github, github_row, roster

ROOT = Path(__file__).parents[2]
Said = pytest.CaptureFixture[str]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty data root."""
    return Desk(tmp_path)


def run(desk: Desk, *arguments: str | Path) -> int:
    """Run one command on the desk's data root; wrong usage ends as it would end the process."""
    try:
        return main([*map(str, arguments), "--data-root", str(desk.root)])
    except SystemExit as exit_:
        return int(exit_.code or 0)


def events(said: str) -> list[dict[str, Any]]:
    """Return the JSON lines of standard output."""
    return [json.loads(line) for line in said.splitlines()]


def log_lines(said: str) -> list[dict[str, Any]]:
    """Return the log lines of standard error."""
    return [
        json.loads(line[line.index("{") :]) for line in said.splitlines() if " leverage {" in line
    ]


def june(user: str = "ada@example.com", **about: Any) -> str:
    """Return a gateway export of four days."""
    return gateway(gateway_row(day, user, **about) for day in days("2026-06-01", "2026-06-04"))


# ---- load --------------------------------------------------------------------------------------


def test_a_load_by_a_process_of_its_own_stores_the_file_and_says_what_it_did(desk: Desk) -> None:
    path = desk.file(june(), "gateway.csv")
    done = subprocess.run(
        [sys.executable, "-m", "leverage", "load", path, "--company", "Acme", "--by", "Ada"],
        cwd=ROOT,
        env={"DATA_ROOT": str(desk.root), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "gateway.csv: LiteLLM daily user spend, Acme. 4 rows in = 4 taken + 0 set aside + "
        "0 rejected; adds 4 rows. Data version 1.\n"
    )
    assert len(desk.usage()) == 4
    assert desk.store.log()["loaded_by"].to_list() == ["Ada"]


def test_json_tells_progress_and_then_each_file_with_its_counts_and_totals(
    desk: Desk, capsys: Said
) -> None:
    rows = [gateway_row("2026-06-01", tokens=1000, spend="0.1"), gateway_row("someday")]
    path = desk.file(gateway([*rows, gateway_row("2026-06-03", spend="0.2")]), "gateway.csv")
    billed = desk.file(github([github_row("2026-06-02", gross="0.5")]), "github.csv")
    assert run(desk, "load", path, billed, "--company", "Acme", "--account", "gw", "--json") == 0
    told = events(capsys.readouterr().out)
    kinds = [event["event"] for event in told]
    assert kinds == ["progress"] * kinds.count("progress") + ["file", "file"]
    assert kinds.count("progress") >= 3
    for event in told[:-2]:
        assert set(event) == {"event", "phase", "rows", "of"}
        assert 0 <= event["rows"] <= event["of"]
    first, second = told[-2:]
    assert first["kind"] == "litellm_daily"
    assert (first["company"], first["account"]) == ("Acme", "gw")
    assert first["days"] == [["gw", "2026-06-01", "2026-06-03"]]
    counts = ("rows_in", "rows_taken", "rows_set_aside", "rows_rejected")
    assert [first[name] for name in counts] == [3, 2, 0, 1]
    assert first["reasons"] == {"rejected: date holds “someday”, not a date": 1}
    totals = first["totals"]
    assert (totals["input_tokens"], totals["output_tokens"], totals["requests"]) == (1100, 110, 2)
    assert (totals["cache_read_tokens"], totals["cache_write_tokens"]) == (0, 0)
    assert float(totals["estimated_cost_usd"]) == pytest.approx(0.3)
    assert {"list_cost_usd", "gross_cost_usd", "net_cost_usd"} <= set(totals)
    assert float(second["totals"]["gross_cost_usd"]) == 0.5
    assert float(second["totals"]["net_cost_usd"]) == 0
    assert {unit: float(n) for unit, n in second["totals"]["credits"].items()} == {
        "github_ai_credit": 50.0
    }
    assert {first["data_version"], second["data_version"]} == {1, 2}
    assert first["refused"] is None


def test_a_file_wholly_set_aside_keeps_its_counts_in_the_event(desk: Desk, capsys: Said) -> None:
    path = FILES / "nothing_is_ai_use.csv"
    assert run(desk, "load", path, "--company", "Acme", "--json") == 1
    said = capsys.readouterr()
    event = events(said.out)[-1]
    assert (event["rows_in"], event["rows_taken"], event["rows_set_aside"]) == (3, 0, 3)
    assert event["refused"]["title"].startswith("Nothing here is AI use")
    assert event["data_version"] is None
    assert "Nothing here is AI use" in said.err


def test_log_lines_hold_no_address_no_file_name_and_no_cell(desk: Desk, capsys: Said) -> None:
    good = desk.file(june("ada@example.com"), "export of ada.csv")
    bad = desk.file(gateway([gateway_row("someday of ada")]), "second of ada.csv")
    assert run(desk, "load", good, bad, "--company", "Acme", "--by", "ada") == 1
    assert run(desk, "load", "ada.csv") == 1
    assert run(desk, "undo", "1", "--by", "ada") == 0
    lines = log_lines(capsys.readouterr().err)
    assert [line["event"] for line in lines] == ["load", "refused", "refused", "undo"]
    assert "ada" not in json.dumps(lines)


def test_without_a_company_the_only_one_is_taken_else_the_load_is_refused_with_the_list(
    desk: Desk, capsys: Said
) -> None:
    path = desk.file(june())
    assert run(desk, "load", path) == 1
    assert "There is no company yet. Name it with --company NAME" in capsys.readouterr().err
    assert run(desk, "company", "Acme") == 0
    assert run(desk, "load", path) == 0
    assert desk.table("usage")["company"].unique().to_list() == ["Acme"]
    assert run(desk, "company", "Birch") == 0
    before = content(desk.root / "store")
    capsys.readouterr()
    assert run(desk, "load", path) == 1
    assert "there are several. Acme, Birch. Name one with --company" in capsys.readouterr().err
    assert content(desk.root / "store") == before


def test_a_slip_in_the_name_of_a_company_makes_no_second_one(desk: Desk, capsys: Said) -> None:
    assert run(desk, "company", "Acme Industries") == 0
    assert run(desk, "load", desk.file(june()), "--company", "Acme Industry") == 1
    assert "Nearest: Acme Industries" in capsys.readouterr().err
    assert run(desk, "load", desk.file(june()), "--company", "ACME INDUSTRIES") == 0
    assert desk.table("companies")["company"].to_list() == ["Acme Industries"]


def test_a_dry_run_and_a_stage_store_nothing_and_a_staged_load_needs_no_file(
    desk: Desk, capsys: Said
) -> None:
    run(desk, "company", "Acme")
    path = desk.file(june())
    assert run(desk, "load", path, "--dry-run") == 0
    assert "adds 4 rows" in capsys.readouterr().out
    assert desk.usage() == []
    assert list((desk.root / "staging").iterdir()) == []
    assert run(desk, "load", path, "--stage", "--json") == 0
    (staged,) = [e for e in events(capsys.readouterr().out) if e["event"] == "staged"]
    assert desk.usage() == []
    path.unlink()
    assert run(desk, "load", "--staged", staged["id"]) == 0
    assert len(desk.usage()) == 4
    assert run(desk, "load", "--staged", staged["id"]) == 1
    assert "Stage the files again" in capsys.readouterr().err


def test_the_same_file_again_changes_nothing_and_is_no_error(desk: Desk, capsys: Said) -> None:
    path = desk.file(june())
    run(desk, "load", path, "--company", "Acme")
    before = content(desk.root / "store")
    capsys.readouterr()
    assert run(desk, "load", path) == 0
    assert "changes nothing: load 1 holds these files already" in capsys.readouterr().out
    assert content(desk.root / "store") == before


def test_rejected_lines_are_written_as_csv_with_their_reasons(desk: Desk) -> None:
    rows = [gateway_row("2026-06-01"), gateway_row("someday")]
    out = desk.root / "rejected.csv"
    path = desk.file(gateway(rows), "gateway.csv")
    assert run(desk, "load", path, "--company", "Acme", "--rejects", out) == 0
    (line,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert (line["file"], line["line"], line["what"]) == ("gateway.csv", "3", "rejected")
    assert line["reason"] == "date holds “someday”, not a date"
    assert line["original"].startswith("a@example.com,someday,")


def test_rejects_that_cannot_be_written_refuse_the_load_before_it_is_stored(
    desk: Desk, capsys: Said
) -> None:
    out = desk.root / "no such folder" / "rejected.csv"
    path = desk.file(gateway([gateway_row("2026-06-01"), gateway_row("someday")]))
    assert run(desk, "load", path, "--company", "Acme", "--rejects", out) == 1
    assert "nothing was stored" in capsys.readouterr().err
    assert desk.store.newest() == 0


def test_the_kind_can_be_said_and_must_fit(desk: Desk, capsys: Said) -> None:
    path = desk.file(june())
    assert run(desk, "load", path, "--company", "Acme", "--kind", "cursor_events") == 1
    said = capsys.readouterr().err
    assert "export. It lacks " in said
    assert "Leave --kind out to let the file be recognised" in said
    assert run(desk, "load", path, "--company", "Acme", "--kind", "nonsense") == 1
    assert "There is no kind called “nonsense”. Known: " in capsys.readouterr().err
    assert run(desk, "load", path, "--company", "Acme", "--kind", "litellm_daily") == 0


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ("June", "Write YYYY-MM, or FROM..TO"),
        ("2026-13", "Write YYYY-MM, or FROM..TO"),
        ("2026-06-14..2026-06-01", "It ends before it starts"),
        ("2020-01-01..2026-06-01", "It is longer than 800 days"),
        ("2026-06-02..2026-06-30", "holds days outside the period you gave"),
    ],
)
def test_a_period_that_cannot_be_is_refused(
    period: str, says: str, desk: Desk, capsys: Said
) -> None:
    assert run(desk, "load", desk.file(june()), "--company", "Acme", "--period", period) == 1
    assert says in capsys.readouterr().err
    assert desk.store.newest() == 0


@pytest.mark.parametrize("period", ["2026-06", "2026-06-01..2026-06-30"])
def test_a_stated_period_is_what_the_file_replaces(period: str, desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-20")]))
    assert run(desk, "load", desk.file(june()), "--period", period) == 0
    assert [day for day, _ in desk.usage()] == days("2026-06-01", "2026-06-04")


def test_a_file_that_is_not_there_is_refused_before_any_other_is_read(
    desk: Desk, capsys: Said
) -> None:
    assert run(desk, "load", desk.file(june()), desk.root / "none.csv", "--company", "Acme") == 1
    assert "There is no file" in capsys.readouterr().err
    assert desk.store.newest() == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("load",),
        ("load", "a.csv", "--staged", "abc"),
        ("load", "a.csv", "--dates", "ymd"),
        ("load", "a.csv", "--no-such-option"),
        ("ask", "months", "--where", "colour=blue"),
        ("ask", "months", "--where", "months"),
        ("ask", "months", "--format", "xml"),
        ("company",),
        ("company", "Acme", "--sector", "no such sector"),
        ("company", "Acme", "--employees", "-5"),
        ("mark", "ai-use", "colour", "blue"),
        ("mark", "service-owner", "service", "bot"),
        ("mark", "ai-use", "service", "bot", "--department", "Sales"),
        ("identities", "--confirm", "letters"),
        ("mark", "source", "tokens", "OpenAI/*"),
        ("mark", "source", "tokens", "OpenAI", "--kind", "litellm_daily"),
        ("mark", "source", "seats", "OpenAI/*", "--kind", "litellm_daily"),
        ("rule", "workflow", "model", "gpt*"),
        ("rule", "workflow", "model", "gpt*", "Chat", "--remove"),
        ("rule", "mood", "model", "gpt*", "Chat"),
        ("rule", "workflow", "model", "gpt*", "Chat", "--file", "rules.csv"),
        ("rule", "--priority", "3"),
        ("undo", "first"),
        ("undo",),
        ("clean-up", "--keep", "0"),
        ("nonsense",),
        (),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_so(
    arguments: tuple[str, ...], desk: Desk, capsys: Said
) -> None:
    if arguments:
        assert run(desk, *arguments) == 2
    else:
        with pytest.raises(SystemExit, match="2"):
            main([])
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err
    assert not (desk.root / "store" / "usage").exists() or desk.store.newest() == 0


# ---- ask ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a store of two months and three versions: a roster and two loads."""
    desk = Desk(tmp_path_factory.mktemp("asked"))
    people = {f"p{i}@example.com": "Sales" for i in range(6)}
    desk.load(roster("2026-01-01", people))
    for month, tokens in (("2026-06", 100), ("2026-07", 200)):
        desk.load(gateway(gateway_row(f"{month}-01", who, tokens=tokens) for who in people))
    return desk


def test_a_question_is_answered_as_table_csv_and_json(asked: Desk, capsys: Said) -> None:
    where = ("--where", "months=2026-06..2026-07", "--where", "tokens=raw")
    assert run(asked, "ask", "tokens_by_vendor", *where, "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    expected = [("2026-06", "OpenAI", 660.0), ("2026-07", "OpenAI", 1320.0)]
    assert [tuple(row.values()) for row in rows] == expected
    assert run(asked, "ask", "tokens_by_vendor", *where, "--format", "csv") == 0
    read = pl.read_csv(io.StringIO(capsys.readouterr().out))
    assert read.rows() == expected
    assert run(asked, "ask", "tokens_by_vendor", *where) == 0
    said = capsys.readouterr()
    assert "660" in said.out
    assert "1320" in said.out
    assert "2026-06 to 2026-07" in said.err


def test_a_filter_narrows_the_answer_and_a_group_too_small_stays_hidden(
    asked: Desk, capsys: Said
) -> None:
    where = ("--where", "months=2026-06", "--where", "vendor=OpenAI", "--where", "tokens=raw")
    assert run(asked, "ask", "headline", *where, "--format", "json") == 0
    (this,) = json.loads(capsys.readouterr().out)
    assert (this["tokens"], this["active_people"]) == (660.0, 6.0)


def test_an_older_version_is_asked_by_its_pin(asked: Desk, capsys: Said) -> None:
    pin = str(asked.store.pin(2))
    where = ("--where", f"version={pin}", "--where", "tokens=raw")
    assert run(asked, "ask", "months", *where, "--format", "json") == 0
    said = capsys.readouterr()
    assert [row["month"] for row in json.loads(said.out)] == ["2026-06"]
    assert f"store {pin}" in said.err
    for version, says in (
        (str(asked.store.pin(99)), "Data version 99 does not exist"),
        ("00000000-1", "This link belongs to other data"),
        ("newest", "“newest” is not a data version"),
    ):
        assert run(asked, "ask", "months", "--where", f"version={version}") == 1
        assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("months=2026-02..2026-03", "There is no data of 2026-02 and 2026-03"),
        ("months=June", "“June” is no range of months"),
        ("company=Birch", "There is no company “Birch” in this data"),
        ("tokens=heavy", "“heavy” is not a choice of tokens"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_and_never_widened(
    where: str, says: str, asked: Desk, capsys: Said
) -> None:
    assert run(asked, "ask", "headline", "--where", where) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err


def test_without_a_question_the_questions_are_listed(asked: Desk, capsys: Said) -> None:
    assert run(asked, "ask") == 0
    assert "headline                 Where do we stand?" in capsys.readouterr().out
    assert run(asked, "ask", "nonsense") == 1
    assert "There is no question called “nonsense”" in capsys.readouterr().err


def test_asking_where_nothing_is_loaded_says_what_to_do(desk: Desk, capsys: Said) -> None:
    assert run(desk, "ask", "months") == 1
    assert "Load a file, or make the sample" in capsys.readouterr().err


# ---- the others --------------------------------------------------------------------------------


def test_loads_and_undo_tell_the_history(desk: Desk, capsys: Said) -> None:
    assert run(desk, "loads") == 0
    assert "Nothing was loaded yet" in capsys.readouterr().out
    desk.load(june())
    assert run(desk, "undo", "1", "--by", "Ada") == 0
    said = "Load 1 is undone: takes back load 1: removes 4 rows, puts back 0; data version 2\n"
    assert capsys.readouterr().out == said
    assert run(desk, "loads") == 0
    newest, oldest = capsys.readouterr().out.splitlines()
    assert newest.split()[0] == "2"
    assert "undo" in newest
    assert "Ada" in newest
    assert oldest.split()[0] == "1"
    before = content(desk.root / "store")
    for number, says in (
        ("1", "already undone"),
        ("2", "Only a load can be undone"),
        ("9", "no load 9"),
    ):
        capsys.readouterr()
        assert run(desk, "undo", number) == 1
        assert says in capsys.readouterr().err
    assert content(desk.root / "store") == before


def test_kinds_are_listed_with_how_to_export_them(desk: Desk, capsys: Said) -> None:
    assert run(desk, "kinds") == 0
    out = capsys.readouterr().out
    assert "litellm_daily            LiteLLM daily user spend" in out
    assert "Export the table LiteLLM_DailyUserSpend" in out


def test_a_company_is_created_described_and_left_alone(desk: Desk, capsys: Said) -> None:
    described = ("--sector", "telecom", "--origin", "enterprise", "--employees", "120")
    assert run(desk, "company", " Acme ", *described) == 0
    assert desk.table("companies").rows() == [("Acme", "telecom", "enterprise", 120)]
    assert run(desk, "company", "Acme", *described) == 0
    assert "described so already" in capsys.readouterr().out
    assert run(desk, "company", "ACME", *described) == 0
    assert desk.store.newest() == 1
    assert run(desk, "company", "  ") == 1
    assert "A company needs a name" in capsys.readouterr().err


def test_a_mark_makes_use_of_what_was_set_aside(desk: Desk, capsys: Said) -> None:
    run(desk, "company", "Acme")
    path = FILES / "nothing_is_ai_use.csv"
    assert run(desk, "load", path) == 1
    assert run(desk, "mark", "ai-use", "service", "Virtual Machines", "--by", "Ada") == 0
    assert run(desk, "mark", "ai-use", "service", "Virtual Machines") == 0
    assert "remembered already" in capsys.readouterr().out
    assert run(desk, "load", path) == 0
    assert len(desk.table("usage")) == 3
    owner = ("service-owner", "service", "bot", "--department", "Support")
    assert run(desk, "mark", *owner, "--company", "Acme") == 0
    assert set(desk.table("rules")["subject"]) == {"ai_use", "service_owner"}


def test_a_source_is_chosen_to_count_and_the_rule_put_back(desk: Desk, capsys: Said) -> None:
    desk.load(june())
    chosen = ("mark", "source", "tokens", "OpenAI/*", "--kind")
    assert run(desk, *chosen, "litellm_daily", "--by", "Ada") == 0
    assert run(desk, *chosen, "litellm_daily") == 0
    assert "remembered already" in capsys.readouterr().out
    assert run(desk, *chosen, "openai_usage") == 1
    assert "No use of OpenAI by Acme comes from “openai_usage”" in capsys.readouterr().err
    (row,) = desk.asker().rows("chosen_sources", {}).to_dicts()
    assert row == {
        "company": "Acme",
        "vendor": "OpenAI",
        "account": "*",
        "measure": "tokens",
        "kind": "litellm_daily",
    }
    assert run(desk, *chosen, "usual") == 0
    assert desk.asker().rows("chosen_sources", {}).is_empty()


def test_matches_are_told_under_pseudonyms_confirmed_and_taken_back(
    desk: Desk, capsys: Said
) -> None:
    desk.load(roster("2026-06-01", {"ada.lace@example.com": "Sales"}))
    desk.load(june("ada.lace@old.example"))
    assert run(desk, "identities") == 0
    assert capsys.readouterr().out.split() == ["OpenAI", "local_part", "suggested", "1"]
    assert run(desk, "identities", "--suggested") == 0
    key = desk.store.key
    pseudonyms = [key.pseudonym(f"ada.lace@{of}") for of in ("old.example", "example.com")]
    assert capsys.readouterr().out.split() == ["OpenAI", *pseudonyms, "local_part"]
    of = ("--vendor", "OpenAI", "--by", "Ada")
    assert run(desk, "identities", "--confirm", "local_part", *of) == 0
    assert run(desk, "identities", "--confirm", "local_part", *of) == 0
    assert run(desk, "identities", "--take-back", "local_part", *of) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == ["Confirmed", "There is nothing of that kind", "Taken back"]


def test_rules_are_decided_listed_given_back_and_taken_away(desk: Desk, capsys: Said) -> None:
    desk.load(june())
    chat = ("workflow", "model", "gpt*", "Chat", "--priority", "5")
    assert run(desk, "rule", *chat, "--by", "Ada") == 0
    assert "data version 2" in capsys.readouterr().out
    assert run(desk, "rule", *chat) == 0
    assert "The rules stand so already" in capsys.readouterr().out
    assert run(desk, "rule") == 0
    listed = capsys.readouterr().out
    assert listed == "subject,field,pattern,result,priority\nworkflow,model,gpt*,Chat,5\n"
    path = desk.file(listed + "autonomy,workflow,Chat,2,\nworkflow,kind,lite*,Gateway,\n")
    assert run(desk, "rule", "--file", path, "--company", "acme") == 0
    assert len(desk.table("rules")) == 3
    assert run(desk, "rule", "workflow", "model", "gpt*", "--remove") == 0
    capsys.readouterr()
    assert run(desk, "ask", "workflows", "--format", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["workflow"], row["autonomy"]) == ("Gateway", None)
    assert desk.store.newest() == 4
    assert run(desk, "rule", "--file", desk.root / "none.csv") == 1
    assert "could not be read" in capsys.readouterr().err
    assert run(desk, "rule", "workflow", "colour", "x", "y") == 1
    assert "cannot look at “colour”" in capsys.readouterr().err


def test_clean_up_says_what_went_and_from_where_on_versions_stay(desk: Desk, capsys: Said) -> None:
    for day in days("2026-06-01", "2026-06-04"):
        desk.load(gateway([gateway_row(day)]))
    assert run(desk, "clean-up", "--keep", "2", "--by", "Ada") == 0
    assert "versions from 3 stay readable" in capsys.readouterr().out
    assert [len(desk.usage(number)) for number in (3, 4)] == [3, 4]
    assert run(desk, "ask", "months", "--where", f"version={desk.store.pin(1)}") == 1
    assert "Data version 1 is no longer kept. Versions 3 to 4 are kept" in capsys.readouterr().err
