"""The eight rules by which the store changes, each by name."""

import json
import os
import shutil
import stat
import threading
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable

from leverage import database
from leverage.engine import Engine
from leverage.errors import ChangeRefused, FileRefused, QuestionUnknown, StoreUnusable
from leverage.intake import staging
from leverage.store import Store, changes
from leverage.store.key import Key
from tests.support import Desk, chatgpt, days, gateway, gateway_row, github, github_row, roster


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty data root."""
    return Desk(tmp_path)


# ---- rule 1: one writer at a time --------------------------------------------------------------


def test_rule_1_a_second_writer_waits_and_is_told_for_whom(desk: Desk) -> None:
    store = desk.store
    told: list[str] = []
    order: list[str] = []

    def second() -> None:
        with Store(store.root).change("edit", "second", told.append):
            order.append("second")

    with store.change("edit", "Ada in finance"):
        waiting = threading.Thread(target=second)
        waiting.start()
        while not told:
            time.sleep(0.01)
        order.append("first")
    waiting.join()
    assert told == ["Ada in finance"]
    assert order == ["first", "second"]


def test_rule_1_rows_of_a_dead_writer_are_never_read_and_do_not_come_back(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01", tokens=100)]))
    store = desk.store
    with store.change("load", "dies before it ends") as change, database.workspace() as con:
        nothing = con.from_arrow(desk.table("usage").clear().to_arrow())
        change.write_months(con, "usage", nothing, ["2026-06"])
    assert desk.usage() == [("2026-06-01", 100)]
    desk.load(gateway([gateway_row("2026-06-02", tokens=200)]))
    assert desk.usage() == [("2026-06-01", 100), ("2026-06-02", 200)]
    assert desk.store.newest() == 2


def test_rule_1_a_table_vacuumed_by_hand_is_no_damage(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01")]))
    DeltaTable(str(desk.store.root / "usage")).vacuum(
        retention_hours=0, enforce_retention_duration=False, dry_run=False
    )
    desk.load(gateway([gateway_row("2026-06-02")]))
    assert len(desk.usage()) == 2


# ---- rule 2: what a file replaces --------------------------------------------------------------


def test_rule_2_a_file_replaces_its_own_days_and_nothing_else(desk: Desk) -> None:
    desk.load(gateway([gateway_row(day, tokens=10) for day in days("2026-06-01", "2026-06-04")]))
    desk.load(gateway([gateway_row(day, tokens=99) for day in days("2026-06-02", "2026-06-03")]))
    assert desk.usage() == [
        ("2026-06-01", 10),
        ("2026-06-02", 99),
        ("2026-06-03", 99),
        ("2026-06-04", 10),
    ]


def test_rule_2_the_preview_says_what_is_replaced_and_what_is_added(desk: Desk) -> None:
    first = [
        gateway_row(day, f"p{i}@x.example")
        for day in days("2026-06-01", "2026-06-14")
        for i in range(3)
    ]
    second = [
        gateway_row(day, f"p{i}@x.example")
        for day in days("2026-06-01", "2026-06-14")
        for i in range(5)
    ]
    desk.load(gateway(first[:-1]))
    stage = desk.stage(gateway(second))
    (seen,) = changes.preview(desk.store, stage)
    assert seen.sentence() == "replaces 41 rows of 1–14 June 2026, adds 70"


def test_lines_that_became_one_row_do_not_seem_lost(desk: Desk) -> None:
    stage = desk.stage(gateway([gateway_row("2026-06-01", tokens=n) for n in (10, 20, 30)]))
    (seen,) = changes.preview(desk.store, stage)
    assert seen.sentence() == "adds 1 row made of 3 lines"


def test_rule_2_the_preview_counts_stored_rows_on_days_that_are_empty_in_the_file(
    desk: Desk,
) -> None:
    desk.load(gateway([gateway_row(day) for day in days("2026-06-01", "2026-06-30")]))
    later = gateway([gateway_row("2026-06-01"), gateway_row("2026-06-30")])
    (seen,) = changes.preview(desk.store, desk.stage(later))
    assert seen.rows_on_empty_days == 28
    assert "removes 28 rows on 28 days that are empty in the file" in seen.sentence()


def test_rule_2_two_organisations_of_one_vendor_do_not_replace_each_other(desk: Desk) -> None:
    desk.load(github([github_row("2026-06-01", org="north")]))
    desk.load(github([github_row("2026-06-01", org="south")]))
    assert sorted(desk.table("usage")["account"]) == ["north", "south"]


def test_rule_2_two_organisations_in_one_file_keep_their_own_days(desk: Desk) -> None:
    rows = [github_row(day, org="north") for day in days("2026-06-01", "2026-06-05")]
    desk.load(github([*rows, github_row("2026-06-09", org="south")]))
    desk.load(github([github_row(day, org="south") for day in days("2026-06-01", "2026-06-09")]))
    counts = desk.table("usage").group_by("account").len().sort("account")
    assert counts.rows() == [("north", 5), ("south", 9)]


def test_rule_2_weekly_rows_beside_a_monthly_row_are_replaced_only_whole(desk: Desk) -> None:
    people = ["a@example.com", "b@example.com"]
    desk.load(chatgpt("2026-09-07", "2026-09-13", people))
    desk.load(chatgpt("2026-09-14", "2026-09-20", people))
    desk.load(chatgpt("2026-09-01", "2026-09-30", people))
    assert desk.table("usage")["period_end"].unique().to_list() == [date(2026, 9, 30)]
    stage = desk.stage(chatgpt("2026-09-21", "2026-09-27", people))
    (done,) = changes.load(desk.store, stage, "tester")
    assert done.refused is not None
    assert "1–30 September 2026" in str(done.refused)
    assert "21–27 September 2026" in str(done.refused)


def test_rule_2_a_month_that_cuts_a_stored_week_is_refused(desk: Desk) -> None:
    desk.load(chatgpt("2026-08-31", "2026-09-06", ["a@example.com"]))
    stage = desk.stage(chatgpt("2026-09-01", "2026-09-30", ["a@example.com"]))
    (done,) = changes.load(desk.store, stage, "tester")
    assert done.refused is not None
    assert desk.store.newest() == 1


def test_rule_2_a_file_without_an_account_takes_the_only_known_one_else_asks(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01")]))
    assert desk.table("usage")["account"].unique().to_list() == ["main"]
    desk.load(gateway([gateway_row("2026-06-02")]), account="eu-gateway")
    stage = desk.stage(gateway([gateway_row("2026-06-03")]))
    assert stage.files[0].refused is not None
    assert stage.files[0].refused["found"] == "eu-gateway, main"


def test_rule_2_days_outside_the_stated_period_are_refused(desk: Desk) -> None:
    period = (date(2026, 6, 1), date(2026, 6, 14))
    stage = desk.stage(gateway([gateway_row("2026-06-20")]), period=period)
    assert stage.files[0].refused is not None
    assert "2026-06-20" in stage.files[0].refused["found"]


# ---- rule 3: several files ---------------------------------------------------------------------


def test_rule_3_thirty_daily_files_land_in_one_call_each_with_its_day(desk: Desk) -> None:
    june = days("2026-06-01", "2026-06-30")
    done = desk.load(*(gateway([gateway_row(day)]) for day in june))
    assert [loaded.number for loaded in done] == list(range(1, 31))
    assert [day for day, _ in desk.usage()] == june


def test_rule_3_files_that_share_days_are_one_replacement(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01", tokens=1)]))
    one = gateway([gateway_row("2026-06-01", "a@x.example", tokens=10)])
    other = gateway([gateway_row("2026-06-01", "b@x.example", tokens=20)])
    (done,) = desk.load(one, other)
    assert done.number == 2
    assert desk.usage() == [("2026-06-01", 10), ("2026-06-01", 20)]


def test_rule_3_identical_files_count_once(desk: Desk) -> None:
    text = gateway([gateway_row("2026-06-01", tokens=10)])
    desk.load(text, text)
    assert desk.usage() == [("2026-06-01", 10)]


def test_rule_3_the_pages_of_one_report_add_up(desk: Desk) -> None:
    def page(day: int, user: str) -> str:
        start = int(datetime(2026, 6, day, tzinfo=UTC).timestamp())
        result = {
            "object": "organization.usage.completions.result",
            "input_tokens": 100,
            "output_tokens": 10,
            "num_model_requests": 1,
            "model": "gpt-5",
            "user_id": user,
        }
        bucket = {"object": "bucket", "start_time": start, "end_time": start + 86400}
        return json.dumps({"object": "page", "data": [{**bucket, "results": [result]}]})

    paths = [
        desk.file(page(day, user), f"page-{day}-{user}.json")
        for day, user in [(1, "u1"), (2, "u1"), (2, "u2"), (3, "u1")]
    ]
    desk.load(*paths)
    assert [day for day, _ in desk.usage()] == [
        "2026-06-01",
        "2026-06-02",
        "2026-06-02",
        "2026-06-03",
    ]


def test_rule_3_a_refused_file_does_not_stop_the_others(desk: Desk) -> None:
    stage = desk.stage(gateway([gateway_row("2026-06-01")]), "what,is\nthis,file\n")
    assert [bool(file.refused) for file in stage.files] == [False, True]
    changes.load(desk.store, stage, "tester")
    assert len(desk.usage()) == 1


# ---- rule 4: the same file again ---------------------------------------------------------------


def test_rule_4_the_same_file_again_changes_nothing_and_says_so(desk: Desk) -> None:
    path = desk.file(gateway([gateway_row("2026-06-01")]))
    desk.load(path)
    (again,) = desk.load(path)
    assert again.number == 1
    assert again.preview is not None
    assert again.preview.sentence() == "changes nothing: load 1 holds these files already"
    assert desk.store.newest() == 1


def test_rule_4_the_same_file_without_an_account_asks_nothing_once_there_are_others(
    desk: Desk,
) -> None:
    same = gateway([gateway_row("2026-06-01")])
    desk.load(same)
    desk.load(gateway([gateway_row("2026-06-01", tokens=7)]), account="east")
    (again,) = changes.preview(desk.store, desk.stage(desk.root / "files" / "export-1.csv"))
    assert again.sentence() == "changes nothing: load 1 holds these files already"
    (other,) = desk.stage(gateway([gateway_row("2026-06-02")])).files
    assert other.refused is not None
    assert other.refused["found"] == "east, main"


def test_rule_4_a_file_whose_rows_were_replaced_since_is_a_new_load(desk: Desk) -> None:
    path = desk.file(gateway([gateway_row("2026-06-01", tokens=1)]))
    desk.load(path)
    desk.load(gateway([gateway_row("2026-06-01", tokens=2)]))
    (again,) = desk.load(path)
    assert again.number == 3
    assert desk.usage() == [("2026-06-01", 1)]


def test_rule_4_an_undone_file_can_be_loaded_again(desk: Desk) -> None:
    path = desk.file(gateway([gateway_row("2026-06-01")]))
    desk.load(path)
    changes.undo(desk.store, 1, "tester")
    desk.load(path)
    assert len(desk.usage()) == 1
    assert desk.store.newest() == 3


# ---- rule 5: undo ------------------------------------------------------------------------------


def test_rule_5_undo_removes_its_rows_puts_back_what_it_replaced_and_keeps_later_loads(
    desk: Desk,
) -> None:
    desk.load(gateway([gateway_row(day, tokens=1) for day in days("2026-06-01", "2026-06-10")]))
    desk.load(gateway([gateway_row(day, tokens=2) for day in days("2026-06-06", "2026-06-15")]))
    desk.load(gateway([gateway_row("2026-06-20", tokens=3)]))
    before = desk.table("usage", 1).drop("load_id").rows()
    changes.undo(desk.store, 2, "tester")
    assert desk.usage() == [
        *((day, 1) for day in days("2026-06-01", "2026-06-10")),
        ("2026-06-20", 3),
    ]
    after = desk.table("usage").filter(pl.col("day") < date(2026, 6, 20)).drop("load_id").rows()
    assert sorted(map(str, after)) == sorted(map(str, before))


def test_rule_5_a_load_under_a_later_one_is_refused_with_its_number(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01")]))
    desk.load(gateway([gateway_row("2026-06-01", tokens=7)]))
    with pytest.raises(ChangeRefused, match="load 2"):
        changes.undo(desk.store, 1, "tester")


def test_rule_5_only_a_load_can_be_undone_and_only_once(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01")]))
    changes.undo(desk.store, 1, "tester")
    with pytest.raises(ChangeRefused, match="already undone"):
        changes.undo(desk.store, 1, "tester")
    with pytest.raises(ChangeRefused, match="Only a load"):
        changes.undo(desk.store, 2, "tester")
    with pytest.raises(ChangeRefused, match="no load 9"):
        changes.undo(desk.store, 9, "tester")


def test_rule_5_one_of_many_loads_of_a_call_can_be_undone_alone(desk: Desk) -> None:
    june = days("2026-06-01", "2026-06-05")
    desk.load(gateway([gateway_row("2026-06-02", tokens=5)]))
    desk.load(*(gateway([gateway_row(day)]) for day in june))
    changes.undo(desk.store, 3, "tester")
    expected = [(day, 5 if day == "2026-06-02" else 100) for day in june]
    assert desk.usage() == expected


# ---- rule 6: snapshots -------------------------------------------------------------------------


def test_rule_6_a_roster_that_comes_after_the_use_gives_it_its_department(desk: Desk) -> None:
    people = {f"p{i}@example.com": "Support" for i in range(6)} | {
        f"q{i}@example.com": "Sales" for i in range(6)
    }
    rows = [gateway_row(day, person) for person in people for day in ("2026-06-01", "2026-06-30")]
    desk.load(gateway(rows))
    assert set(desk.table("user_month")["department"]) == {None}
    desk.load(roster("2026-09-01", people))
    held = desk.table("user_month").group_by("department").len().sort("department")
    assert held.rows() == [("Sales", 6), ("Support", 6)]


def test_rule_6_absence_from_the_next_roster_means_left(desk: Desk) -> None:
    desk.load(roster("2026-06-01", {"a@example.com": "Support", "b@example.com": "Support"}))
    desk.load(roster("2026-08-01", {"a@example.com": "Sales"}))
    rows = [
        gateway_row(day, who)
        for who in ("a@example.com", "b@example.com")
        for day in ("2026-07-31", "2026-08-01")
    ]
    desk.load(gateway(rows))
    held = desk.table("user_month").select("month", "department").sort("month", "department")
    assert held.rows() == [
        ("2026-07", "Support"),
        ("2026-07", "Support"),
        ("2026-08", None),
        ("2026-08", "Sales"),
    ]


def test_rule_6_a_roster_of_the_same_date_replaces_the_earlier_one(desk: Desk) -> None:
    desk.load(roster("2026-06-01", {"a@example.com": "Support"}))
    desk.load(roster("2026-06-01", {"b@example.com": "Sales"}))
    assert desk.table("people")["department"].to_list() == ["Sales"]


def test_rule_6_a_roster_without_a_date_is_asked_for_one(desk: Desk) -> None:
    text = "work_email,department\na@example.com,Support\n"
    stage = desk.stage(text)
    assert stage.files[0].refused is not None
    assert "--period" in stage.files[0].refused["next_step"]
    desk.load(text, period=(date(2026, 6, 1), date(2026, 6, 30)))
    assert desk.table("people")["effective_date"].to_list() == [date(2026, 6, 1)]


def test_rule_6_headcount_replaces_its_months_and_seats_their_vendor_too(desk: Desk) -> None:
    head = "month,department,role,employees\n"
    desk.load(head + "2026-06,Support,agent,10\n2026-07,Support,agent,11\n")
    desk.load(head + "2026-07,Support,agent,12\n")
    assert sorted(desk.table("headcount").select("month", "employees").rows()) == [
        ("2026-06", 10),
        ("2026-07", 12),
    ]
    seats = "month,company,vendor,plan,seats,price,currency\n"
    desk.load(seats + "2026-06,Acme,GitHub,business,10,19,USD\n2026-06,Acme,Cursor,team,5,40,USD\n")
    desk.load(seats + "2026-06,Acme,GitHub,business,20,19,USD\n")
    assert sorted(desk.table("seats").select("vendor", "seats").rows()) == [
        ("Cursor", 5),
        ("GitHub", 20),
    ]


def test_rule_6_undoing_a_roster_puts_the_earlier_one_back(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01", "a@example.com")]))
    desk.load(roster("2026-06-01", {"a@example.com": "Support"}))
    desk.load(roster("2026-06-01", {"a@example.com": "Sales"}))
    changes.undo(desk.store, 3, "tester")
    assert desk.table("user_month")["department"].to_list() == ["Support"]


# ---- rule 7: clean-up --------------------------------------------------------------------------


def test_rule_7_clean_up_keeps_every_version_that_is_kept_and_undoable(desk: Desk) -> None:
    for i, day in enumerate(days("2026-06-01", "2026-06-06")):
        desk.load(gateway([gateway_row(day, tokens=i + 1)]))
    gone = desk.store.clean_up(keep=3, by="tester")
    assert gone > 0
    store = desk.store
    for number in (4, 5, 6):
        assert len(desk.usage(number)) == number
    with pytest.raises(QuestionUnknown, match="no longer kept"):
        store.table_versions(2)
    changes.undo(store, 6, "tester")
    assert len(desk.usage()) == 5
    with pytest.raises(ChangeRefused, match="too old"):
        changes.undo(store, 1, "tester")


def test_rule_7_clean_up_takes_away_what_a_dead_writer_left(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01", tokens=100)]))
    desk.load(gateway([gateway_row("2026-06-02", tokens=200)]))
    store = desk.store
    before = set(store.root.rglob("*.parquet"))
    with store.change("load", "dies before it ends") as change, database.workspace() as con:
        rows = con.from_arrow(desk.table("usage").to_arrow())
        change.write_months(con, "usage", rows, ["2026-06"])
    (store.root / "usage" / "month=2026-06" / "part-half.parquet").write_bytes(b"half a file")
    assert len(set(store.root.rglob("*.parquet")) - before) == 2
    store.clean_up(keep=60, by="tester")
    assert set(store.root.rglob("*.parquet")) == before
    assert desk.usage(1) == [("2026-06-01", 100)]
    assert desk.usage() == [("2026-06-01", 100), ("2026-06-02", 200)]


def test_rule_7_a_copy_of_the_folder_is_a_backup(desk: Desk, tmp_path: Path) -> None:
    desk.load(gateway([gateway_row("2026-06-01")]))
    shutil.copytree(desk.root / "store", tmp_path / "copy" / "store")
    shutil.copy(desk.root / "leverage.key", tmp_path / "copy" / "leverage.key")
    copy = Desk(tmp_path / "copy")
    copy.load(gateway([gateway_row("2026-06-02")]))
    assert [day for day, _ in copy.usage()] == ["2026-06-01", "2026-06-02"]
    assert [day for day, _ in desk.usage()] == ["2026-06-01"]


def test_rule_7_a_newer_format_is_refused_in_words(desk: Desk) -> None:
    described = desk.store.root / "store.json"
    about = json.loads(described.read_text(encoding="utf-8"))
    described.write_text(json.dumps({**about, "format": 99}), encoding="utf-8")
    with pytest.raises(StoreUnusable, match="newer version of the program"):
        Store(described.parent)


# ---- rule 8: staging ---------------------------------------------------------------------------


def test_rule_8_a_stage_stores_nothing_and_is_committed_without_the_file(desk: Desk) -> None:
    path = desk.file(gateway([gateway_row("2026-06-01", "ada@example.com")]))
    stage = desk.stage(path)
    assert desk.store.newest() == 0
    path.unlink()
    again = type(stage).open(desk.root, stage.id)
    changes.load(desk.store, again, "tester")
    assert len(desk.usage()) == 1


def test_rule_8_a_stage_is_keyed_by_its_files_and_options(desk: Desk) -> None:
    path = desk.file(gateway([gateway_row("2026-06-01")]))
    ids = [desk.stage(path).id, desk.stage(path).id, desk.stage(path, account="eu").id]
    assert ids[0] == ids[1] != ids[2]


def test_rule_8_a_stage_holds_no_address_of_the_taken_rows(desk: Desk) -> None:
    stage = desk.stage(gateway([gateway_row("2026-06-01", "ada@example.com")]))
    for path in stage.folder.iterdir():
        assert b"ada@example.com" not in path.read_bytes()


def test_rule_8_an_old_stage_goes_after_a_day(desk: Desk) -> None:
    stage = desk.stage(gateway([gateway_row("2026-06-01")]))
    yesterday = time.time() - 25 * 3600
    os.utime(stage.folder, (yesterday, yesterday))
    staging.drop_old(desk.root)
    with pytest.raises(FileRefused, match="no staged load"):
        type(stage).open(desk.root, stage.id)


# ---- people ------------------------------------------------------------------------------------


def test_no_address_enters_the_store(desk: Desk) -> None:
    desk.load(gateway([gateway_row("2026-06-01", "ada@example.com")]))
    desk.load(roster("2026-06-01", {"ada@example.com": "Support"}))
    for path in desk.store.root.rglob("*"):
        if path.is_file():
            assert b"ada@example" not in path.read_bytes(), path


def test_an_address_in_another_case_is_the_same_person(desk: Desk) -> None:
    desk.load(
        gateway(
            [
                gateway_row("2026-06-01", "Ada@Example.com"),
                gateway_row("2026-06-02", "ada@example.com "),
            ]
        )
    )
    assert desk.table("user_month")["person"].n_unique() == 1


def test_the_key_file_is_for_its_owner_only(desk: Desk) -> None:
    key = Key.of(desk.root)
    mode = stat.S_IMODE((desk.root / "leverage.key").stat().st_mode)
    assert mode == 0o600
    assert Key.of(desk.root) == key


def test_another_key_is_refused_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.load(gateway([gateway_row("2026-06-01")]))
    monkeypatch.setenv("LEVERAGE_KEY", "another")
    with pytest.raises(StoreUnusable, match="another key"):
        Desk(desk.root).load(gateway([gateway_row("2026-06-02")]))


# ---- where the store lies ----------------------------------------------------------------------


def test_a_store_in_a_folder_with_spaces_is_read_and_changed(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "Übersicht der Daten + mehr")
    desk.load(gateway([gateway_row("2026-06-01")]))
    desk.load(gateway([gateway_row("2026-06-02")]))
    assert len(desk.table("usage")) == 2
    with Engine().cursor(desk.store, 2) as cursor:
        assert cursor.execute("select count(*) from usage").fetchall() == [(2,)]
    changes.undo(desk.store, 2, "tester")
    assert len(desk.table("usage")) == 1


@pytest.mark.parametrize("name", ["100%20", "a[b]", "what?", "x*"])
def test_a_folder_that_would_be_read_as_a_pattern_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreUnusable, match="cannot lie in this folder"):
        Store.create(tmp_path / name / "store")
    assert not (tmp_path / name).exists()


def test_a_store_of_an_older_program_reads_as_it_was_and_gets_the_tables_it_lacks(
    desk: Desk,
) -> None:
    desk.load(gateway([gateway_row("2026-06-01")]))
    shutil.rmtree(desk.store.root / "rates")
    with Engine().cursor(desk.store, 1) as cursor:
        assert cursor.execute("select count(*) from rates").fetchall() == [(0,)]
    desk.load("month,currency,usd_per_unit,source\n2026-06,EUR,1.25,accounts\n")
    assert desk.table("rates")["usd_per_unit"].to_list() == [Decimal("1.25")]
    assert len(desk.table("usage")) == 1
