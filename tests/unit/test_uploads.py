"""What the Data page asks of the loader, asked of the real one in a process of its own."""

import csv
import io
import os
import signal
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from leverage import rules, uploads
from leverage.errors import ReportError
from leverage.rules import Rule
from leverage.store import Store, changes
from leverage.uploads import Answers, Limits, Result, Upload
from tests.support import Desk, days, gateway, gateway_row, github, github_row, roster

FOCUS = (
    "ChargePeriodStart,ChargePeriodEnd,BillingAccountId,BillingCurrency,BilledCost,EffectiveCost,"
    "ListCost,ChargeCategory,ProviderName,ServiceName,ServiceCategory,SubAccountName"
)


JUNE = days("2026-06-01", "2026-06-30")


def upload(text: str | bytes, name: str = "export.csv", answers: Answers | None = None) -> Upload:
    content = text.encode() if isinstance(text, str) else text
    return Upload(f"id of {name}", name, io.BytesIO(content), answers or Answers())


def checked(root: Path, *files: Upload, limits: Limits | None = None) -> Result:
    return uploads.check(root, "Acme", "Anna", files, limits).wait()


def june(tokens: int = 100) -> str:
    return gateway(gateway_row(day, tokens=tokens) for day in days("2026-06-01", "2026-06-30"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a store with June, loaded from a file called export.csv, to be copied."""
    desk = Desk(tmp_path_factory.mktemp("june"))
    desk.load(desk.file(june(), "export.csv"))
    return desk


@pytest.fixture
def root(made: Desk, tmp_path: Path) -> Path:
    """Return a data root that holds June as load 1."""
    return made.copy(tmp_path).root


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def focus(category: str) -> str:
    row = f"2026-06-01,2026-06-02,bill-1,USD,10,10,12,Usage,Hostco,Model Host,{category},team-a"
    return f"{FOCUS}\n{row}\n"


def test_a_file_is_recognised_previewed_and_stored_only_when_loaded(tmp_path: Path) -> None:
    result = checked(tmp_path, upload(june(), "gateway.csv"))

    (file,) = result.files
    assert (file.name, file.title, file.company) == (
        "gateway.csv",
        "LiteLLM daily user spend",
        "Acme",
    )
    assert (file.rows_in, file.rows_taken, file.rows_set_aside, file.rows_rejected) == (
        30,
        30,
        0,
        0,
    )
    assert file.tokens() == 30 * 110
    assert file.total("estimated_cost_usd") == 15
    assert file.days == (("main", "2026-06-01", "2026-06-30"),)
    assert file.change == "adds 30 rows"
    assert uploads.preview_rows(tmp_path, file)["Input tokens"].to_list() == [100] * 20
    assert Store(tmp_path / "store").newest() == 0

    loaded = uploads.load(tmp_path, "Anna", result.stages).wait()

    assert [file.number for file in loaded.files] == [1]
    assert Desk(tmp_path).usage() == [(day, 100) for day in days("2026-06-01", "2026-06-30")]
    assert Store(tmp_path / "store").log()["loaded_by"].to_list() == ["Anna"]


def test_the_copies_of_uploaded_bytes_are_gone_when_the_check_has_ended(tmp_path: Path) -> None:
    result = checked(tmp_path, upload(june(), "gateway.csv"), upload("nonsense", "notes.csv"))

    left = {path.parent.name for path in files_below(tmp_path / "staging")}
    assert left == set(result.stages)
    assert b"a@example.com" not in b"".join(p.read_bytes() for p in files_below(tmp_path))


def test_one_refused_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    result = checked(tmp_path, upload("a,b\n1,2\n", "notes.csv"), upload(june(), "gateway.csv"))

    notes, good = result.files
    assert notes.refused is not None
    assert notes.refused["title"] == "This file is not an export we know"
    assert not notes.is_new
    assert good.is_new
    loaded = uploads.load(tmp_path, "Anna", result.stages).wait()
    assert [file.number for file in loaded.files] == [None, 1]


def test_lines_that_were_not_taken_are_given_back_as_they_were_written(tmp_path: Path) -> None:
    bad = gateway_row("2026-06-31")
    (file,) = checked(tmp_path, upload(gateway([gateway_row("2026-06-01"), bad]))).files

    assert (file.rows_in, file.rows_taken, file.rows_rejected) == (2, 1, 1)
    lines = uploads.left_out(tmp_path, file)
    assert lines["line"].to_list() == [3]
    assert lines["original"].to_list() == [bad]
    assert "date" in lines["reason"][0]


def test_a_cancelled_preview_leaves_nothing_behind(tmp_path: Path) -> None:
    result = checked(tmp_path, upload(june()))
    uploads.discard(tmp_path, result.files)
    assert files_below(tmp_path / "staging") == []
    assert uploads.left_out(tmp_path, result.files[0]).is_empty()
    assert uploads.preview_rows(tmp_path, result.files[0]).is_empty()


def test_the_same_file_again_changes_nothing_and_says_so(root: Path) -> None:
    result = checked(root, upload(june()))
    assert result.files[0].change == "changes nothing: load 1 holds these files already"
    assert result.stages == ()


def test_a_corrected_file_says_what_it_replaces(root: Path) -> None:
    (file,) = checked(root, upload(june(tokens=200))).files
    assert file.change == "replaces 30 rows of 1–30 June 2026, adds 30"


# ---- answers -----------------------------------------------------------------------------------


def test_a_file_whose_dates_can_be_read_two_ways_asks_and_takes_the_answer(tmp_path: Path) -> None:
    text = github([github_row("06/07/2026")])
    (asking,) = checked(tmp_path, upload(text)).files
    assert (asking.asks, asking.choices) == ("dates", [])

    (file,) = checked(tmp_path, upload(text, answers=Answers(dates="dmy"))).files
    assert file.days == (("acme", "2026-07-06", "2026-07-06"),)


def test_a_roster_without_a_date_asks_from_when_it_holds(tmp_path: Path) -> None:
    text = roster("", {"a@example.com": "Sales"})
    (asking,) = checked(tmp_path, upload(text)).files
    assert asking.asks == "period"
    (file,) = checked(tmp_path, upload(text, answers=Answers(period="2026-06"))).files
    assert file.days == (("main", "2026-06-01", "2026-06-01"),)


def test_a_file_of_one_of_several_accounts_asks_which(tmp_path: Path) -> None:
    Desk(tmp_path).load(june(), account="east")
    answered = upload(june(), answers=Answers(account="west"))
    uploads.load(tmp_path, "Anna", checked(tmp_path, answered).stages).wait()
    (asking,) = checked(tmp_path, upload(june(tokens=7))).files
    assert (asking.asks, asking.choices) == ("account", ["east", "west"])


def test_files_with_different_answers_that_share_days_are_not_loaded_apart(tmp_path: Path) -> None:
    one = upload(june(), "one.csv", Answers(period="2026-06"))
    two = upload(june(tokens=7), "two.csv")
    result = checked(tmp_path, one, two)
    assert result.stopped is not None
    assert result.stopped.title == "one.csv and two.csv cover the same days of one account"


def test_results_stand_in_the_order_of_the_uploads_whatever_was_answered(tmp_path: Path) -> None:
    staff = upload(roster("", {"a@example.com": "Sales"}), "staff.csv", Answers(period="2026-06"))
    result = checked(tmp_path, upload("a\n1\n", "notes.csv"), staff, upload(june(), "gateway.csv"))
    assert [file.name for file in result.files] == ["notes.csv", "staff.csv", "gateway.csv"]


def test_a_cloud_bill_without_ai_use_can_be_marked_and_then_lands(tmp_path: Path) -> None:
    (refused,) = checked(tmp_path, upload(focus("Compute"))).files
    assert refused.is_markable
    assert refused.marks["service"] == ["Model Host"]

    assert uploads.mark_ai_use(tmp_path, "Anna", "Acme", "service", "Model Host") == "Remembered"

    (file,) = checked(tmp_path, upload(focus("Compute"))).files
    assert file.rows_taken == 1
    assert file.total("net_cost_usd") == 10


def test_each_file_of_a_zip_is_told_apart_and_known_by_its_upload(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("june/gateway.csv", june())
        archive.writestr("june/staff.csv", roster("2026-06-01", {"a@example.com": "Sales"}))
    result = checked(tmp_path, upload(packed.getvalue(), "june.zip"))
    assert [file.title for file in result.files] == ["LiteLLM daily user spend", "People roster"]
    assert {file.uploads for file in result.files} == {("id of june.zip",)}


def test_a_name_that_looks_like_an_option_or_a_path_is_only_a_name(tmp_path: Path) -> None:
    result = checked(
        tmp_path, upload(june(), "--staged=x"), upload("a\n1\n", "../../etc/notes\n.csv")
    )
    assert [file.name for file in result.files] == ["--staged=x", "notes.csv"]
    assert result.files[0].is_new


# ---- small commands ----------------------------------------------------------------------------


def test_a_company_is_created_and_described_by_the_command(tmp_path: Path) -> None:
    said = uploads.describe_company(tmp_path, "Anna", "--Acme", "telecom", "enterprise", 120)
    assert said == "--Acme is stored; data version 1"
    rows = Desk(tmp_path).table("companies").to_dicts()
    assert rows == [
        {"company": "--Acme", "sector": "telecom", "origin": "enterprise", "employees": 120}
    ]


def test_a_service_is_given_its_department(root: Path) -> None:
    assert uploads.give_department(root, "Anna", "Acme", "key-9", "Support") == "Remembered"
    rules = Desk(root).table("rules").to_dicts()
    assert [(r["subject"], r["pattern"], r["result"]) for r in rules] == [
        ("service_owner", "key-9", "Support")
    ]


def test_rules_are_decided_at_once_and_a_refusal_comes_in_words(root: Path) -> None:
    decided = [
        Rule("Acme", "workflow", "model", 'gpt, "5"*', "Chat", -3),
        Rule("Acme", "autonomy", "workflow", "--chat", "1"),
    ]
    said = uploads.decide_rules(root, "Anna", "Acme", decided)
    assert said == "The rules are decided; data version 2"
    assert set(rules.of(Desk(root).table("rules"), "Acme")) == set(decided)
    assert files_below(root / "staging") == []
    bad = [Rule("Acme", "autonomy", "workflow", "chat", "7")]
    with pytest.raises(ReportError, match="“7” is no level of autonomy"):
        uploads.decide_rules(root, "Anna", "Acme", bad)


def test_undo_takes_back_one_load_and_a_refusal_comes_in_words(root: Path) -> None:
    assert "removes 30 rows" in uploads.undo(root, "Ben", 1)
    assert Desk(root).usage() == []
    with pytest.raises(ReportError, match="Load 1 was already undone"):
        uploads.undo(root, "Ben", 1)


# ---- death, time and memory --------------------------------------------------------------------


def test_a_loader_that_the_system_kills_is_a_refusal_and_changes_nothing(root: Path) -> None:
    job = uploads.check(root, "Acme", "Anna", [upload(june(tokens=7), "big.csv")])
    os.kill(running(job), signal.SIGKILL)

    (file,) = job.wait().files
    assert (file.name, file.is_new, file.stage) == ("big.csv", False, None)
    assert file.refused is not None
    assert file.refused["title"] == "The loader was stopped by the system"
    assert "SIGKILL" in file.refused["found"]
    assert "Split the export" in file.refused["next_step"]
    assert Store(root / "store").newest() == 1
    assert not any("upload-" in path.name for path in (root / "staging").iterdir())


def test_a_file_that_needs_more_memory_than_the_limit_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One cell of 100 MB, read into a process that has room for little more than its libraries; so
    # little that it may end before it would have made a store.
    Store.create(tmp_path / "store")
    monkeypatch.setattr(uploads, "QUIET_SECONDS", 10)
    text = gateway([gateway_row("2026-06-01", model="x" * 100_000_000)])
    limits = Limits(memory_bytes=2_400_000_000)
    (file,) = checked(tmp_path, upload(text, "huge.csv"), limits=limits).files
    assert file.refused is not None
    assert file.refused["title"] == "The loader was stopped: it needed more memory than it may use"
    assert "Split the export" in file.refused["next_step"]
    assert Store(tmp_path / "store").newest() == 0
    assert files_below(tmp_path / "staging") == []


def test_a_loader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    (file,) = checked(tmp_path, upload(june()), limits=Limits(check_seconds=0.1)).files
    assert file.refused is not None
    assert file.refused["title"] == "The loader was stopped: it was not done in time"


def test_a_cancelled_check_kills_the_process_and_leaves_no_copy(tmp_path: Path) -> None:
    job = uploads.check(tmp_path, "Acme", "Anna", [upload(june())])
    pid = running(job)
    job.cancel()
    result = job.wait()
    assert result.was_cancelled
    assert result.files == ()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert files_below(tmp_path / "staging") == []


def test_what_a_killed_loader_had_written_aside_goes_with_it(tmp_path: Path) -> None:
    text = gateway(gateway_row(day, f"p{i}@x.example") for i in range(3000) for day in JUNE)
    job = uploads.check(tmp_path, "Acme", "Anna", [upload(text)])
    pid = running(job)
    wait_for(lambda: bool(list((tmp_path / "staging").glob(f"work-{pid}-*"))))
    os.kill(pid, signal.SIGKILL)
    job.wait()
    assert list((tmp_path / "staging").iterdir()) == []


def test_a_load_that_is_cancelled_while_it_waits_is_not_stored(tmp_path: Path) -> None:
    result = checked(tmp_path, upload(june()))
    with Desk(tmp_path).store.change("load", "Ben"):
        job = uploads.load(tmp_path, "Anna", result.stages)
        wait_for(lambda: job.waits_for() == "Ben")
        job.cancel()
        ended = job.wait()
    assert (ended.files, ended.stopped, ended.was_cancelled) == ((), None, True)
    assert job.is_cancelled
    assert Store(tmp_path / "store").newest() == 0
    assert files_below(tmp_path / "staging") == []


def test_a_load_that_is_cancelled_once_it_is_stored_says_that_it_is(tmp_path: Path) -> None:
    job = uploads.load(tmp_path, "Anna", checked(tmp_path, upload(june())).stages)
    wait_for(lambda: Store(tmp_path / "store").newest() == 1)
    job.cancel()
    result = job.wait()
    assert result.was_cancelled
    assert [file.number for file in result.files] == [1]


# ---- files on the server -----------------------------------------------------------------------


def test_a_file_on_the_server_is_read_where_it_lies_and_stays_there(tmp_path: Path) -> None:
    path = Desk(tmp_path).file(june(), "gateway.csv")
    result = checked(tmp_path, Upload("on the server", "gateway.csv", path))
    assert [file.change for file in result.files] == ["adds 30 rows"]
    loaded = uploads.load(tmp_path, "Anna", result.stages).wait()
    assert [file.number for file in loaded.files] == [1]
    assert path.read_text(encoding="utf-8") == june()


def test_how_far_a_check_is_counts_files_and_the_lines_of_the_one_under_way(
    tmp_path: Path,
) -> None:
    text = gateway(gateway_row(day, f"p{i}@x.example") for i in range(3000) for day in JUNE)
    job = uploads.check(tmp_path, "Acme", "Anna", [upload(text, "a.csv"), upload(june(), "b.csv")])
    seen = [job.progress()]
    while job.is_running:
        seen.append(job.progress())
        time.sleep(0.05)
    done = [progress.files_done for progress in seen]
    assert done == sorted(done)
    assert all(0 <= progress.share <= 1 for progress in seen)
    assert {progress.files for progress in seen} == {2}
    assert 90_000 in {progress.of for progress in seen if progress.phase == "mapping lines"}
    assert job.progress() == uploads.Progress(2, 2)
    assert len(job.wait().files) == 2


# ---- two at once -------------------------------------------------------------------------------


def test_a_second_load_waits_and_says_for_whom(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    stages = checked(tmp_path, upload(june())).stages
    with desk.store.change("load", "Ben"):
        job = uploads.load(tmp_path, "Anna", stages)
        deadline = time.monotonic() + 60
        while job.waits_for() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert job.waits_for() == "Ben"
        assert uploads.who_is_loading(tmp_path) == "Ben"
    assert [file.number for file in job.wait().files] == [1]
    assert uploads.who_is_loading(tmp_path) is None


def test_the_name_a_killed_loader_left_behind_is_nobody_loading(tmp_path: Path) -> None:
    Store.create(tmp_path / "store")
    (tmp_path / "store" / "lock.holder").write_text("Ben", encoding="utf-8")
    assert uploads.who_is_loading(tmp_path) is None
    with FileLock(tmp_path / "store" / "lock"):
        assert uploads.who_is_loading(tmp_path) == "Ben"


def test_a_load_is_finished_though_nobody_waits_for_it(tmp_path: Path) -> None:
    stages = checked(tmp_path, upload(june())).stages
    uploads.load(tmp_path, "Anna", stages)
    deadline = time.monotonic() + 60
    while Store(tmp_path / "store").newest() == 0 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(changes.in_effect(Store(tmp_path / "store"))) == 1


def test_the_command_line_for_a_large_file_survives_the_shell(tmp_path: Path) -> None:
    import shlex

    line = uploads.command_line(tmp_path, "Acme & Sons", "Anna", "big file.csv")
    words = shlex.split(line)
    assert words[:4] == ["python", "-m", "leverage", "load"]
    assert words[words.index("--company") + 1] == "Acme & Sons"
    assert words[-1] == "big file.csv"


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 90
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def running(job: uploads.Job) -> int:
    """Return the process id of what a job runs now, once it runs."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for step in job._steps:
            if step.process._process is not None:
                return step.process._process.pid
        time.sleep(0.02)
    raise AssertionError


def test_the_downloaded_lines_are_a_table_any_spreadsheet_reads(tmp_path: Path) -> None:
    text = gateway([gateway_row("2026-06-01"), gateway_row("nonsense")])
    (file,) = checked(tmp_path, upload(text)).files
    written = uploads.left_out(tmp_path, file).write_csv()
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["line"] for row in rows] == ["3"]
