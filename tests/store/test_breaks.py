"""What changes between the files of one kind is recorded as an event, and goes with its load."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leverage.figures.events import markers
from leverage.store import breaks, changes
from leverage.view import View
from tests.support import GITHUB, LITELLM, Desk, days, gateway, gateway_row, github_row

CREDITS = "GitHub Copilot billing: the unit is now AI credits, before premium requests"


def billing(month: str, unit: str, *, org: str = "acme", columns: str = GITHUB) -> str:
    """Return GitHub's bill of one month in one unit, a line a day."""
    rows = [
        github_row(day, org=org).replace("ai-credits", unit)
        for day in days(f"{month}-01", f"{month}-28")
    ]
    extra = "," * (columns.count(",") - GITHUB.count(","))
    return "\n".join([columns, *(row + extra for row in rows)]) + "\n"


def recorded(desk: Desk, number: int | None = None) -> list[tuple[str, str, int]]:
    """Return day, text and load of every recorded event, by day."""
    rows = desk.table("events", number)
    own = [row for row in rows.iter_rows(named=True) if row["first_line"] is None]
    assert all((row["event_kind"], row["company"]) == ("definition", "Acme") for row in own)
    return sorted((row["day"].isoformat(), row["event"], row["load_id"]) for row in own)


def test_a_unit_that_changes_between_two_files_is_an_event_on_the_first_day_of_the_new_one(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.load(billing("2026-05", "requests"))
    assert recorded(desk) == []
    desk.load(billing("2026-06", "ai-credits"))
    assert recorded(desk) == [("2026-06-01", CREDITS, 2)]
    (row,) = desk.table("events").iter_rows(named=True)
    assert row["vendor"] == "GitHub"
    desk.load(billing("2026-07", "ai-credits"))
    assert recorded(desk) == [("2026-06-01", CREDITS, 2)]


def test_a_unit_that_changes_inside_a_file_is_an_event_on_the_day_it_changes(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    later = billing("2026-06", "ai-credits").split("\n", 1)[1]
    desk.load(billing("2026-05", "requests") + later)
    assert recorded(desk) == [("2026-06-01", CREDITS, 1)]


def test_undoing_a_load_takes_its_event_along_and_an_older_version_never_had_it(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.load(billing("2026-05", "requests"))
    desk.load(billing("2026-06", "ai-credits"))
    changes.undo(desk.store, 2, "tester")
    assert recorded(desk) == []
    assert recorded(desk, 2) == [("2026-06-01", CREDITS, 2)]
    assert recorded(desk, 1) == []


def test_months_may_be_loaded_in_any_order(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(billing("2026-07", "ai-credits"))
    desk.load(billing("2026-05", "requests"))
    assert recorded(desk) == [("2026-07-01", CREDITS, 1)]
    desk.load(billing("2026-06", "ai-credits"))
    assert recorded(desk) == [("2026-06-01", CREDITS, 3)]


def test_a_corrected_file_moves_the_event_to_where_the_change_now_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(billing("2026-05", "requests"))
    desk.load(billing("2026-06", "ai-credits"))
    desk.load(billing("2026-07", "ai-credits"))
    desk.load(billing("2026-06", "requests"))
    assert recorded(desk) == [("2026-07-01", CREDITS, 3)]


def test_each_account_is_compared_with_itself(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(billing("2026-05", "requests", org="east"))
    desk.load(billing("2026-06", "ai-credits", org="west"))
    assert recorded(desk) == []


def test_columns_that_are_new_or_gone_are_an_event(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(billing("2026-05", "ai-credits"))
    desk.load(billing("2026-06", "ai-credits", columns=f"{GITHUB},Plan_Tier"))
    desk.load(billing("2026-07", "ai-credits"))
    assert recorded(desk) == [
        ("2026-06-01", "GitHub Copilot billing: column plan_tier is new", 2),
        ("2026-07-01", "GitHub Copilot billing: column plan_tier is gone", 3),
    ]


def test_files_with_the_same_columns_in_another_order_are_alike(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-09-01")]), account="gw")
    names = LITELLM.split(",")
    row = dict(zip(names, gateway_row("2026-10-01").split(","), strict=True))
    turned = sorted(names, reverse=True)
    desk.load(",".join(turned) + "\n" + ",".join(row[n] for n in turned) + "\n", account="gw")
    assert recorded(desk) == []


def test_tokens_that_a_bill_begins_to_hold_are_a_new_basis(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    wide = f"{GITHUB},input,output,cache_read,cache_write"
    desk.load(billing("2026-05", "ai-credits", columns=wide))
    june = billing("2026-06", "ai-credits", columns=wide).replace(",,,,\n", ",100,10,0,0\n")
    desk.load(june)
    ((day, text, _),) = recorded(desk)
    assert day == "2026-06-01"
    assert text == (
        "GitHub Copilot billing: tokens are now reported by the vendor, before not stated"
    )


def test_an_events_file_replaces_the_events_of_files_and_never_a_recorded_one(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.load(billing("2026-05", "requests"))
    desk.load(billing("2026-06", "ai-credits"))
    header = "date,event,event_kind\n"
    desk.load(header + "2026-06-01,Training starts,intervention\n")
    (done,) = desk.load(header + "2026-06-01,Training began,intervention\n")
    assert done.preview is not None
    assert done.preview.rows_replaced == 1
    assert set(desk.table("events")["event"]) == {CREDITS, "Training began"}
    changes.undo(desk.store, 4, "tester")
    assert set(desk.table("events")["event"]) == {CREDITS, "Training starts"}


GATEWAY_TO_BILL = "from OpenAI API cost, before from LiteLLM daily user spend"


def bill(*days_billed: str) -> str:
    """Return OpenAI's cost export: 7 dollars on each of the days."""
    lines = ["start_time,amount_value,amount_currency,organization_id"]
    for day in days_billed:
        midnight = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        lines.append(f"{midnight},7,usd,north")
    return "\n".join(lines) + "\n"


def moved(desk: Desk) -> list[tuple[str, str]]:
    """Return day and text of every recorded change of what counts, by day."""
    rows = desk.table("events").rows(named=True)
    own = [row for row in rows if row["event_kind"] == "source"]
    assert all((row["vendor"], row["first_line"]) == ("OpenAI", None) for row in own)
    return sorted((row["day"].isoformat(), row["event"]) for row in own)


def test_another_source_that_counts_is_an_event_until_it_counts_no_longer(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(gateway([gateway_row("2026-08-10"), gateway_row("2026-09-10")]))
    assert moved(desk) == []
    desk.load(bill("2026-09-10", "2026-10-10"))
    expected = [("2026-09-01", f"OpenAI: cost is now counted {GATEWAY_TO_BILL}")]
    assert moved(desk) == expected, "the tokens still come from the gateway"

    def choose(kind: str) -> None:
        changes.choose_source(desk.store, "Acme", "OpenAI", "*", "cost", kind, "tester")

    choose("litellm_daily")
    assert moved(desk) == [("2026-10-01", expected[0][1])], "it holds nothing of October"
    choose("usual")
    assert moved(desk) == expected

    asker = desk.asker()
    view = View(months=("2026-10", "2026-10"))
    (marker,) = markers(lambda question, **values: asker.ask(question, view, **values))
    assert (marker.month, marker.label) == ("2026-09", "OpenAI: new cost source")
    changes.undo(desk.store, 2, "tester")
    assert moved(desk) == []


def main_source(month: str, kind: str, account: str = "north", **more: object) -> dict[str, Any]:
    """Return the main source of one of OpenAI's accounts in a month, of all its cost."""
    return {
        "company": "Acme",
        "vendor": "OpenAI",
        "measure": "cost",
        "family": "OpenAI",
        "account": account,
        "is_all": True,
        "month": month,
        "kind": kind,
        **more,
    }


def texts(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f"{change.day:%Y-%m}", change.text) for change in breaks.of_sources(rows)]


def test_an_account_that_is_new_beside_others_is_no_change_of_their_source() -> None:
    assert (
        texts(
            main_source("2026-08", "openai_cost"),
            main_source("2026-09", "openai_cost"),
            main_source("2026-09", "focus", "south"),
            main_source("2026-10", "focus", "south"),
        )
        == []
    )


def test_a_source_that_all_others_give_way_to_is_a_change_though_its_account_is_another() -> None:
    months = [main_source("2026-08", "openai_cost"), main_source("2026-11", "focus", "sub")]
    assert texts(*months) == [
        (
            "2026-11",
            "OpenAI: cost is now counted from FOCUS cost and usage, before from OpenAI API cost",
        )
    ]


def test_a_change_in_one_of_several_accounts_names_it_and_says_where_part_comes_from() -> None:
    assert texts(
        main_source("2026-08", "openai_cost"),
        main_source("2026-08", "openai_cost", "south"),
        main_source("2026-09", "openai_cost"),
        main_source("2026-09", "openai_cost_api", "south", is_all=False),
    ) == [
        (
            "2026-09",
            "OpenAI: cost is now counted mostly from OpenAI API cost report in account south, "
            "before from OpenAI API cost",
        )
    ]


def test_tokens_and_cost_that_move_alike_are_one_change() -> None:
    rows = [
        main_source(month, kind, "*", measure=measure)
        for measure in ("cost", "tokens")
        for month, kind in (("2026-08", "litellm_daily"), ("2026-09", "focus"))
    ]
    (change,) = breaks.of_sources(rows)
    assert change.measure == "source"
    assert change.text == (
        "OpenAI: cost and tokens are now counted from FOCUS cost and usage, before from LiteLLM "
        "daily user spend"
    )
