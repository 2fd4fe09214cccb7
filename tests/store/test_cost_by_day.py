"""What use cost by day: made with the other marts, whatever the order of changes, and no finer."""

import json
import shutil
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import polars as pl
from deltalake import write_deltalake

from leverage import database
from leverage.store import changes, marts
from leverage.view import View
from tests.golden.test_exports import INPUTS
from tests.support import Desk, gateway, gateway_row

MARTS = (*marts.PEOPLE_MARTS, *marts.SOURCE_MARTS, *marts.WORK_MARTS)
PEOPLE = [f"p{i}@acme.example" for i in range(6)]
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
RATES = "month,currency,usd_per_unit,source\n2026-09,EUR,1.25,accounts\n"
BILL = (
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,"
    "quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,"
    "organization_name,user_email,api_source\n"
    "1788220800,1788307200,2026-09-01T00:00:00,2026-09-02T00:00:00,80,eur,1,tokens,"
    '"gpt-5, input_tokens",,key,proj,org-1,P,O,,\n'
)


def export(days: dict[str, list[str]], spend: str = "1.0") -> str:
    """Return a gateway's export in which people spent alike on each of some days."""
    return gateway(gateway_row(day, who, spend=spend) for day, some in days.items() for who in some)


def told(desk: Desk) -> list[tuple[str | None, Decimal | None, bool]]:
    """Return what the mart holds: day, cost, and whether it is a mean."""
    rows = desk.table("cost_day").sort("vendor", "day")
    return [
        (None if day is None else day.isoformat(), usd, is_mean)
        for day, usd, is_mean in rows.select("day", "about_cost_usd", "is_mean").iter_rows()
    ]


def content(tables: dict[str, pl.DataFrame]) -> dict[str, list[str]]:
    """Return the rows of tables as text, sorted."""
    return {name: sorted(map(str, rows.rows())) for name, rows in tables.items()}


def made_anew(desk: Desk) -> dict[str, list[str]]:
    """Return the marts as a rebuild of all months would leave them; nothing of it is committed."""
    with desk.store.change("edit", "tester") as change:
        marts.rebuild(change, None)
        with database.workspace(change.files(MARTS)) as con:
            return content({name: con.table(name).pl() for name in MARTS})


def test_after_each_change_the_marts_are_those_of_a_store_built_anew(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "changed")
    first = export({"2026-09-01": PEOPLE, "2026-09-02": PEOPLE[:2], "2026-09-03": PEOPLE[2:]})
    second = export({"2026-09-01": PEOPLE, "2026-09-02": PEOPLE, "2026-08-31": PEOPLE}, "3.0")
    later = desk.file(export({"2026-09-04": PEOPLE}))
    desk.load(first, period=SEPTEMBER)

    def undone() -> None:
        (load,) = desk.load(later, account="other")
        assert load.number is not None
        changes.undo(desk.store, load.number, "tester")

    steps = (
        lambda: desk.load(BILL),
        lambda: desk.load(RATES),
        lambda: desk.load(RATES.replace("1.25", "1.50")),
        undone,
        lambda: desk.load(second, period=(date(2026, 8, 31), SEPTEMBER[1])),
        lambda: changes.choose_source(
            desk.store, "Acme", "OpenAI", "*", "cost", "litellm_daily", "tester"
        ),
    )
    seen = [told(desk)]
    for step in steps:
        step()
        assert content({name: desk.table(name) for name in MARTS}) == made_anew(desk)
        seen.append(told(desk))
    # Undoing what was loaded leaves the days as they were; every other step moves them.
    assert [now == before for before, now in pairwise(seen)] == [False] * 3 + [True] + [False] * 2

    anew = Desk(tmp_path / "anew")
    anew.load(second, period=(date(2026, 8, 31), SEPTEMBER[1]))
    anew.load(BILL, RATES.replace("1.25", "1.50"))
    changes.choose_source(anew.store, "Acme", "OpenAI", "*", "cost", "litellm_daily", "tester")
    assert told(anew) == told(desk)


def test_a_month_of_few_people_is_stored_as_its_sum_and_shared_out_over_its_days(
    tmp_path: Path,
) -> None:
    """The days on which they had a cost would tell when they worked."""
    desk = Desk(tmp_path)
    desk.load(export({"2026-09-02": PEOPLE[:4], "2026-09-07": PEOPLE[:1]}), period=SEPTEMBER)
    assert told(desk) == [(None, Decimal(5), True)]
    rows = desk.asker().ask("daily_cost", View()).frame
    assert rows["day"].to_list() == [date(2026, 9, day) for day in range(1, 31)]
    assert set(rows.select("about_cost_usd", "is_mean").rows()) == {(5 / 30, True)}


def test_a_day_that_is_nearly_all_of_two_people_is_not_told_by_itself(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    two = [gateway_row("2026-09-08", who, spend="10.0") for who in PEOPLE[:2]]
    others = [gateway_row("2026-09-08", who, spend="0.1") for who in PEOPLE[2:]]
    alike = [gateway_row("2026-09-01", who, spend="30.0") for who in PEOPLE]
    desk.load(gateway([*two, *others, *alike]), period=SEPTEMBER)
    # 180 USD of six alike and 20.40 of which two had 20: together two have most of neither.
    assert [(day, is_mean) for day, _, is_mean in told(desk)] == [
        ("2026-09-01", True),
        ("2026-09-08", True),
    ]


def test_what_is_billed_for_longer_than_a_day_is_not_known_by_day(tmp_path: Path) -> None:
    """Nor are the days of a vendor that a part of is billed so."""
    desk = Desk(tmp_path)
    (bill,) = [path for path in INPUTS if path.parent.name == "claude_spend_report"]
    desk.load(bill, account="main")
    assert told(desk) == [(None, None, False)]
    rows = desk.asker().ask("daily_cost", View()).frame
    assert rows.rows() == [("Acme", "Anthropic", None, None, None)]


def test_the_months_of_an_older_program_are_told_by_day_with_the_next_load(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(export({"2026-09-01": PEOPLE}))
    root = desk.store.root
    known = desk.store.table_versions(1)
    known.pop("cost_day")
    log = desk.store.log().with_columns(table_versions=pl.lit(json.dumps(known)))
    for name in ("cost_day", "loads"):
        shutil.rmtree(root / name)
    write_deltalake(str(root / "loads"), log.to_arrow())
    rows = desk.asker().ask("daily_cost", View()).frame
    assert rows.rows() == [("Acme", "OpenAI", None, None, None)]
    desk.load(export({"2026-10-01": PEOPLE}))
    assert [day for day, *_ in told(desk)] == ["2026-09-01", "2026-10-01"]
    assert desk.asker().ask("daily_cost", View()).frame["day"].null_count() == 0
