"""What the Data page says of what is loaded, on small stores and a fixed day."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from leverage.figures.trust import Trust, trust, undo_in_words
from leverage.store import changes
from tests.support import Desk, chatgpt, days, gateway, gateway_row, github, github_row, roster

SEATS = "month,vendor,plan,seats,price,currency\n2026-09,OpenAI,Team,10,20,USD\n"
TODAY = date(2026, 11, 5)


def use(first: str, last: str) -> str:
    return gateway(gateway_row(day) for day in days(first, last))


def told(desk: Desk, today: date = TODAY) -> Trust:
    found = trust(desk.asker(), today)
    assert found is not None
    return found


def cells(found: Trust, calendar: int = 0) -> set[tuple[str, str, str]]:
    return set(found.calendars[calendar].rows.select("source", "month", "state").iter_rows())


def test_nothing_is_said_of_a_store_without_a_load_in_effect(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert trust(desk.asker(0), TODAY) is None


def test_a_source_that_covers_the_last_month_lacks_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(use("2026-10-01", "2026-10-31"))
    found = told(desk)
    assert found.title == "October 2026 is loaded"
    assert (found.missing, found.ended, found.partly) == ((), (), None)
    assert cells(found) == {("LiteLLM daily user spend", "2026-10", "present")}


def test_a_source_without_the_last_month_is_missing_and_says_how_to_get_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        use("2026-09-01", "2026-09-30"),
        github([github_row(day) for day in days("2026-10-01", "2026-10-31")]),
    )
    found = told(desk)
    assert found.title == "1 of 2 sources is not loaded for October 2026"
    (lack,) = found.missing
    assert (lack.source, lack.said) == (
        "LiteLLM daily user spend",
        "nothing after 30 September 2026",
    )
    assert lack.how.startswith("Export the table")
    assert ("LiteLLM daily user spend", "2026-10", "missing") in cells(found)


def test_a_gap_between_two_months_is_missing_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(use("2026-08-01", "2026-08-31"), use("2026-10-01", "2026-10-31"))
    found = told(desk)
    assert [lack.said for lack in found.missing] == ["nothing for September 2026"]
    assert {state for _, month, state in cells(found) if month == "2026-09"} == {"missing"}


def test_a_month_that_is_loaded_in_part_is_named_with_its_days(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(use("2026-10-01", "2026-10-29"))
    found = told(desk)
    assert found.missing == ()
    assert found.partly is not None
    assert "29 of 31 days, the last 29 October 2026" in found.partly
    assert cells(found) == {("LiteLLM daily user spend", "2026-10", "partial")}


def test_the_month_under_way_is_not_missed_before_it_has_ended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(use("2026-10-01", "2026-10-31"))
    found = told(desk, date(2026, 10, 20))
    assert found.missing == ()
    assert ("LiteLLM daily user spend", "2026-11", "missing") not in cells(found)


def test_a_source_that_was_quiet_for_long_has_ended_and_is_not_counted(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        use("2026-05-01", "2026-05-31"),
        github([github_row(day) for day in days("2026-10-01", "2026-10-31")]),
    )
    found = told(desk)
    assert found.title == "October 2026 is loaded"
    assert found.ended == ("LiteLLM daily user spend: nothing after 31 May 2026",)
    assert ("LiteLLM daily user spend", "2026-10", "missing") not in cells(found)


def test_where_all_sources_have_ended_the_title_says_since_when(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(use("2026-05-01", "2026-05-31"))
    assert told(desk).title == "Nothing is loaded after May 2026"


def test_an_undone_load_is_missing_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(use("2026-09-01", "2026-09-30"))
    desk.load(use("2026-10-01", "2026-10-31"))
    changes.undo(desk.store, 2, "tester")
    assert told(desk).title == "Nothing is loaded for October 2026 yet"


def test_two_accounts_and_two_companies_are_told_apart(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(use("2026-10-01", "2026-10-31"), account="east")
    desk.load(use("2026-09-01", "2026-09-30"), account="west")
    desk.load(use("2026-09-01", "2026-09-30"), company="Bolt", account="main")
    found = told(desk)
    assert [lack.source for lack in found.missing] == [
        "LiteLLM daily user spend (west) of Acme",
        "LiteLLM daily user spend of Bolt",
    ]
    assert [calendar.title for calendar in found.calendars] == [
        "Acme: 1 of 2 sources is not loaded for October 2026",
        "Bolt: nothing is loaded for October 2026 yet",
    ]


def test_seats_are_a_source_and_a_roster_holds_until_the_next(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        use("2026-09-01", "2026-10-31"), SEATS, roster("2026-06-01", {"a@example.com": "Sales"})
    )
    found = told(desk)
    assert [lack.source for lack in found.missing] == ["OpenAI seats"]
    assert found.rosters == "Newest roster: 1 June 2026"
    assert any("seats of Acme are unknown" in point.lead for point in found.points)


def test_a_roster_alone_is_something_to_speak_of(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(roster("2026-06-01", {"a@example.com": "Sales"}))
    found = told(desk)
    assert found.calendars == ()
    assert found.title == "No use is loaded yet"


def test_activity_without_owner_or_price_is_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        gateway(
            [
                gateway_row("2026-10-01", "", tokens=1000, spend=""),
                gateway_row("2026-10-02", "s@example.com", model="no-such-model", spend=""),
            ]
        )
    )
    leads = [point.lead for point in told(desk).points]
    assert "No roster of Acme is loaded" in leads
    assert any("no known price" in lead for lead in leads)


def test_people_in_no_roster_are_named_by_their_tokens_and_never_counted(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    known = {f"k{i}@example.com": "Sales" for i in range(6)}
    strangers = [f"x{i}@example.com" for i in range(6)]
    desk.load(
        roster("2026-10-01", known),
        gateway(gateway_row("2026-10-01", who) for who in (*known, *strangers)),
    )
    points = told(desk).points
    # 6 people of 100 input and 10 output tokens, which weigh 150, and 0.50 USD each; 6 alike.
    (point,) = [point for point in points if "no roster" in point.lead]
    assert point.lead == "900 tokens and 3.00 USD belong to people in no roster"
    assert point.text.startswith("OpenAI: 50 % of the tokens and 50 % of the cost.")


def test_a_people_count_of_few_strangers_is_not_given_away(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    known = {f"k{i}@example.com": "Sales" for i in range(9)}
    desk.load(
        roster("2026-10-01", known),
        gateway(gateway_row("2026-10-01", who) for who in (*known, "x@example.com")),
    )
    assert not [point for point in told(desk).points if "no roster" in point.lead]


def test_services_without_a_department_are_listed_by_their_tokens(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = Path(__file__).parents[1] / "golden" / "anthropic_tokens" / "input.csv"
    desk.load(text)
    found = trust(desk.asker(), date(2099, 1, 1))
    assert found is not None
    stored = desk.table("usage").filter(pl.col("actor_type") == "service")
    assert set(found.services["service"]) == set(stored["actor"])
    assert found.services["tokens"].is_sorted(descending=True)


def test_weeks_that_leave_a_month_open_are_partial(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(chatgpt("2026-10-05", "2026-10-11", ["a@example.com"]))
    assert cells(told(desk)) == {("ChatGPT Enterprise users", "2026-10", "partial")}


@pytest.mark.parametrize(
    ("replaced", "said"),
    [
        (0, "The 82 rows that load 7 added go, and nothing comes back. Every other load stays."),
        (
            1,
            "The 82 rows that load 7 added go, and the 1 row it replaced comes back. "
            "Every other load stays.",
        ),
        (
            41,
            "The 82 rows that load 7 added go, and the 41 rows it replaced come back. "
            "Every other load stays.",
        ),
    ],
)
def test_an_undo_says_what_goes_and_what_comes_back(replaced: int, said: str) -> None:
    assert undo_in_words({"n": 7, "rows_added": 82, "rows_replaced": replaced}) == said
