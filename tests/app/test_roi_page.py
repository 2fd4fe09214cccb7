"""Does it pay, on the small store worked out by hand in tests/stores.py."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from leverage.ask import Answer
from leverage.figures import roi as figures
from leverage.store import Store
from leverage.store.assumptions import Assumption, assume
from leverage.view import View
from tests import stores
from tests.app.test_pages import cell, metric, strings, text
from tests.support import Desk

Open = Callable[..., AppTest]


def copied(desk: Desk, root: Path) -> Path:
    """Return a copy of a store that may be changed."""
    return desk.copy(root).root


def believe(
    root: Path, name: str, low: float, mode: float, high: float, role: str | None = None
) -> None:
    """Decide one assumption of Acme, of all roles or of one."""
    said = Assumption(name, date(2026, 1, 1), mode, "", "a trial", low, high, role=role)
    assume(Store(root / "store"), "Acme", said, "Ada")


@pytest.fixture(scope="session")
def believing(two_months: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of two months in which an hour costs 50 USD and 100 minutes are saved."""
    root = copied(two_months, tmp_path_factory.mktemp("believing") / "data")
    believe(root, "wage_usd_per_hour", 50, 50, 50)
    believe(root, "minutes_saved_per_active_day", 50, 100, 150)
    return root


def test_without_a_wage_the_page_says_so_and_offers_the_form(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "roi")
    # 262.50 USD over 15 active days.
    assert "An active day costs 17.50 USD; from how many minutes saved" in text(app)
    assert "Say what an hour of work costs" in text(app)
    assert "Unknown: what an hour of work costs is not assumed" in text(app)
    assert metric(app, "Full cost").value == "263 USD"


def test_break_even_is_told_first(open_page: Open, believing: Path) -> None:
    app = open_page(believing, "roi")
    # 60 × 262.50 ÷ (15 × 50 × 0.63 × 0.5 × 0.5) = 133.3 minutes, which is 2.2 hours; and
    # 262.50 ÷ (15 × 100 ÷ 60 × 50 × 0.63 × 0.5) = 66.7 % of the time saved.
    # 50 to 150 minutes are assumed: “it pays for itself” above it would be a claim.
    assert text(app).startswith(
        "It takes 2.2 hours saved per active day to pay for itself; only 100 minutes are assumed"
    )
    assert metric(app, "Break-even").value == "2.2 hours"
    assert metric(app, "Break-even realisation").value == "67 %"
    assert "50 % is assumed" in text(app)
    assert "Net present value, 36 months" in str(app.table[0].value)


def test_what_idle_seats_cost_is_said_with_what_it_would_take_without_them(
    open_page: Open, believing: Path, tmp_path: Path
) -> None:
    desk = Desk(copied(Desk(believing), tmp_path / "copy"))
    desk.load("month,vendor,plan,seats,price,currency\n2026-10,OpenAI,Team,20,20,USD\n")
    app = open_page(desk.root, "roi", company="Acme")
    # 14 people use 20 seats of 20 USD: 60 × (22.50 + 400) ÷ 118.125 = 215 minutes, and without
    # 120 USD of idle seats 60 × 302.50 ÷ 118.125 = 154 minutes.
    assert metric(app, "Break-even").value == "3.6 hours"
    assert "Seats that nobody used cost at least 120 USD" in text(app)
    assert "Without them it would take 2.6 hours." in text(app)


def test_a_filter_that_seats_do_not_know_is_refused_in_words(
    open_page: Open, believing: Path
) -> None:
    app = open_page(believing, "roi", vendor="OpenAI")
    assert not app.exception
    assert "Told for whole companies only" in text(app)
    assert [part.label for part in app.metric] == []


def test_an_assumption_is_changed_on_the_page_and_what_moved_is_told(
    open_page: Open, two_months: Desk, tmp_path: Path
) -> None:
    desk = Desk(copied(two_months, tmp_path / "copy"))
    app = open_page(desk.root, "roi", company="Acme")
    app.session_state["roi_tabs"] = "Assumptions"
    app.session_state["change_belief_0"] = True
    app.run()
    assert "Nobody has said: cost of an hour of work" in text(app)
    assert "No assumption has been changed here yet" in text(app)
    assert "the highest you would still believe at all" in text(app)

    def save(why: str, low: float, mode: float, high: float) -> None:
        for label, value in (("Lowest", low), ("Likeliest", mode), ("Highest", high)):
            next(part for part in app.number_input if part.label == label).set_value(value)
        next(part for part in app.text_input if part.label == "Why").input(why)
        next(part for part in app.button if part.label == "Save").click().run()
        assert not app.exception

    save("payroll", 40.0, 50.0, 60.0)
    assert "Say who you are first" in text(app)
    app.text_input(key="by").input("Ada")
    save("payroll", 60.0, 50.0, 60.0)
    assert "outside its range" in app.error[0].title
    save("payroll", 40.0, 50.0, 60.0)
    assert not app.error
    (row,) = desk.table("assumptions").to_dicts()
    assert (row["assumption"], row["low"], row["high"]) == ("wage_usd_per_hour", 40, 60)
    assert (row["author"], row["source"], row["evidence_grade"]) == ("Ada", "payroll", "D")
    assert "It pays for itself from 2.2 hours saved per active day; how many" in text(app)
    assert "Ada changed “Cost of an hour”" in text(app)
    assert "break-even from unknown to 2.2 hours" in text(app)


def test_a_study_fills_the_form_with_minutes_of_such_work(
    open_page: Open, two_months: Desk, tmp_path: Path
) -> None:
    desk = Desk(copied(two_months, tmp_path / "copy"))
    app = open_page(desk.root, "roi", company="Acme")
    app.session_state["roi_tabs"] = "Assumptions"
    app.session_state["change_belief_0"] = True
    app.run()
    app.selectbox(key="belief_name").set_value("minutes_saved_per_active_day").run()
    preset = app.selectbox(key="belief_preset_minutes_saved_per_active_day")
    support = next(option for option in preset.options if option.startswith("support"))
    preset.set_value(support).run()
    app.number_input(key="belief_minutes").set_value(120.0).run()
    # An output gain of 15 % is a time saving of 0.15 ÷ 1.15 = 13.04 % of 120 minutes.
    ends = {part.label: part.value for part in app.number_input}
    assert ends["Likeliest"] == pytest.approx(120 * 0.15 / 1.15, abs=0.001)
    assert ends["Lowest"] == 0
    assert "staggered rollout" in text(app)


REPAIRS = "\n".join(
    [
        "month,scope,workflow,metric,value,n",
        *(
            f"{month},{department} {team},Repairs,mttr_hours,{hours},8"
            for month, is_after in (
                *(("2026-07", False), ("2026-08", False)),
                *(("2026-09", True), ("2026-10", True)),
            )
            for department, hours in (
                ("Engineering", 6 if is_after else 10),
                ("Sales", 9 if is_after else 10),
            )
            for team in range(5)
        ),
        "2026-10,Engineering,Repairs,completed,60,",
        "2026-10,Engineering,Repairs,accepted,50,",
    ]
)
"""Five teams repair 4 hours sooner after September began and five others 1 hour, 40 cases each."""
DONE = "date,event,event_kind,vendor,department\n2026-09-01,Runbooks,intervention,,Engineering\n"


@pytest.fixture(scope="session")
def repairing(two_months: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of two months with two before, and with what runbooks did to repairs."""
    desk = two_months.copy(tmp_path_factory.mktemp("repairing") / "data")
    for month, days in (("2026-07", "31"), ("2026-08", "31")):
        desk.load(stores.month(month, days, 1000, "1.0"), account="gw")
    desk.load(REPAIRS, DONE)
    return desk.root


def rows_told(app: AppTest, place: int) -> list[dict[str, str]]:
    """Return the rows of a table as a reader sees them, without the marks of Markdown."""
    rows = app.table[place].value.to_dict("records")
    return [{name: cell(value) for name, value in row.items()} for row in rows]


def by_workflow(open_page: Open, root: Path) -> AppTest:
    """Open the tab by workflow."""
    app = open_page(root, "roi", company="Acme")
    app.session_state["roi_tabs"] = "By workflow"
    return app.run()


def test_a_measured_effect_stands_without_money_until_an_hour_has_a_worth(
    open_page: Open, repairing: Path
) -> None:
    app = by_workflow(open_page, repairing)
    # (6 − 10) − (9 − 10) = −3 hours.
    assert "Hours to repair: −3.0 h (−3.0 h to −3.0 h) after “Runbooks”" in text(app)
    (row,) = rows_told(app, -1)
    assert row["Rung of evidence, put down to AI"] == "E2, 90 % to AI"
    assert row["In money"].startswith("not yet, of 40 pieces: state under Assumptions, for Repairs")
    assert "of no workflow is it assumed" in text(app)


def test_what_was_measured_is_put_in_money_and_chosen_or_left_aside_by_hand(
    open_page: Open, repairing: Path, tmp_path: Path
) -> None:
    desk = Desk(repairing).copy(tmp_path / "copy")
    believe(desk.root, "wage_usd_per_hour", 50, 50, 50)
    for name, value in (("worth_usd_per_hour_sooner", 200), ("minutes_saved_per_accepted", 30)):
        said = Assumption(name, date(2026, 1, 1), value, "", "a trial", workflow="Repairs")
        assume(Store(desk.root / "store"), "Acme", said, "Ada")
    app = by_workflow(open_page, desk.root)
    # 40 × 3 × 200 = 24,000 USD a month, of which the rung puts 80, 90 or 100 % down to AI: eight of
    # ten draws of that triangle lie between 0.8 + √(0.1 × 0.2 × 0.1) and 1 less as much.
    assert rows_told(app, -2)[0]["In money"].startswith("40 × 3 hours sooner × 200 USD × 90 %")
    (row,) = rows_told(app, -1)
    reach = (0.1 * 0.2 * 0.1) ** 0.5
    ends = [f"{24 * share:.1f} k" for share in (0.8 + reach, 1 - reach)]
    assert row["Value"] == f"{ends[0]} to {ends[1]} USD"
    assert row["P50"] == "21.6 k USD"
    assert row["Counted by"] == "measured value, the best rung there is; left aside: time saved"

    def choose(basis: str) -> None:
        app.session_state["choose_basis_0"] = True
        app.run()
        assert app.selectbox(key="basis_workflow").value == "Repairs"
        app.selectbox(key="basis_Repairs").set_value(basis)
        app.text_input(key="basis_why_Repairs").input("the owner's view")
        app.text_input(key="by").input("Ada")
        next(part for part in app.button if part.label == "Save").click().run()
        assert not app.exception
        assert not app.error

    choose("time saved")
    (row,) = rows_told(app, -1)
    assert row["Counted by"] == "time saved, chosen by Ada; left aside: measured value"
    assert "Ada counts Repairs by time saved from" in text(app)
    decided = desk.table("assumptions").filter(assumption="value_basis").to_dicts()
    assert [(row["unit"], row["author"], row["workflow"]) for row in decided] == [
        ("time", "Ada", "Repairs")
    ]


def test_freed_time_goes_where_its_owner_says_and_never_beyond_all_of_it(
    open_page: Open, believing: Path, tmp_path: Path
) -> None:
    root = copied(Desk(believing), tmp_path / "copy")
    believe(root, "reinvested_quality_share", 0.6, 0.6, 0.6)
    app = open_page(root, "roi", company="Acme")
    assert "as the owner says, they went 60 % into quality and review; where 40 % went" in text(app)
    app.session_state["roi_tabs"] = "Assumptions"
    app.session_state["change_belief_0"] = True
    app.run()
    app.selectbox(key="belief_name").set_value("reinvested_learning_share").run()
    for label in ("Lowest", "Likeliest", "Highest"):
        next(part for part in app.number_input if part.label == label).set_value(0.5)
    app.text_input(key="by").input("Ada")
    next(part for part in app.text_input if part.label == "Why").input("asked")
    next(part for part in app.button if part.label == "Save").click().run()
    assert "The shares of freed time add up to 110 %" in text(app)
    assert Desk(root).table("assumptions").filter(assumption="reinvested_learning_share").is_empty()


def test_what_if_moves_the_range_and_saves_nothing(open_page: Open, believing: Path) -> None:
    before = Store(believing / "store").newest()
    app = open_page(believing, "roi", company="Acme")
    app.session_state["roi_tabs"] = "What if"
    app.run()
    assert "Break-even stays at 2.2 hours" in text(app)
    app.slider(key="what_if_seats").set_value(-50).run()
    # 240 USD of seats are halved: 142.50 ÷ 262.50 of 133.3 minutes.
    assert "Break-even 72 minutes instead of 2.2 hours" in text(app)
    assert Store(believing / "store").newest() == before


def test_a_link_opens_the_tab_and_tries_what_it_was_made_with(
    open_page: Open, believing: Path
) -> None:
    app = open_page(believing, "roi", company="Acme", roi_tabs="What if", what_if_seats="-50")
    assert "Break-even 72 minutes instead of 2.2 hours" in text(app)
    assert "asks for something that is not here" not in text(app)


def test_a_link_that_tries_what_no_slider_can_is_named(open_page: Open, believing: Path) -> None:
    app = open_page(believing, "roi", company="Acme", what_if_price="900")
    assert "“900” is nothing that what_if_price can try" in text(app)


def rows(app: AppTest, name: str) -> dict[str, list[str]]:
    """Return the rows of the table that has a column of this name, by their first cell."""
    for part in app.table:
        if name in part.value.columns:
            told = part.value.map(cell).itertuples(index=False)
            return {first: rest for first, *rest in told}
    raise AssertionError(name)


def test_departments_and_roles_are_told_with_what_belongs_to_none(
    open_page: Open, believing: Path
) -> None:
    app = open_page(believing, "roi", company="Acme")
    app.session_state["roi_tabs"] = "By department, role, vendor"
    app.run()
    assert not app.exception
    assert (
        "Engineering has 60 % of the days with use; 100 % of the usage cost can be given to "
        "departments with such days" in text(app)
    )
    for label in ("Department", "Role"):
        told = rows(app, label)
        # 9 rows of 1.50 USD; 60 × 13.50 ÷ (9 × 50 × 0.63 × 0.5 × 0.5) = 11.4 minutes.
        assert (told["Engineering"][0], told["Engineering"][2]) == ("9", "13.50 USD")
        assert told["Engineering"][4] == "11 minutes"
        assert (told["Sales"][0], told["Sales"][2]) == ("6", "9.00 USD")
        assert told["Seats"] == ["–", "–", "240 USD", "–", "–"]
        assert (told["All"][0], told["All"][2], told["All"][4]) == ("15", "263 USD", "2.2 hours")
    assert "There are no two vendors to tell apart" in text(app)


def test_a_role_of_which_something_is_assumed_counts_by_its_own_days(
    open_page: Open, two_months: Desk, believing: Path, tmp_path: Path
) -> None:
    root = copied(Desk(believing), tmp_path / "copy")
    believe(root, "minutes_saved_per_active_day", 150, 200, 250, role="Sales")
    app = open_page(root, "roi", company="Acme")
    # (9 × 100 + 6 × 200) ÷ 15 = 140 minutes, 35 hours in all; 262.50 ÷ (35 × 50 × 0.63 × 0.5).
    assert "2.3 hours are assumed" in text(app)
    assert metric(app, "Break-even realisation").value == "48 %"
    app.session_state["roi_tabs"] = "Assumptions"
    app.session_state["change_belief_0"] = True
    app.run()
    assert "What is assumed of Sales counts for its own days" in text(app)
    assert "Time saved on an active day (Sales)" in str(rows(app, "Who, since"))
    app.selectbox(key="belief_name").set_value("minutes_saved_per_active_day").run()
    app.selectbox(key="belief_role").set_value("Sales").run()
    assert {part.label: part.value for part in app.number_input}["Likeliest"] == 200
    next(part for part in app.text_input if part.label == "Why").input("timed again")
    next(part for part in app.number_input if part.label == "Likeliest").set_value(160.0)
    app.text_input(key="by").input("Ada")
    next(part for part in app.button if part.label == "Save").click().run()
    # (9 × 100 + 6 × 160) ÷ 15 = 124 minutes.
    assert "2.1 hours are assumed" in text(app)
    assert "Ada changed “Minutes saved”" in text(app)
    assert "from 200 minutes per active day (150" in text(app)


# ---- the reporting currency --------------------------------------------------------------------

OF_INPUTS = re.compile(
    r"1 EUR = 1.25 USD|What is assumed stays in US dollars, as it is edited"
    r"|[\d,.]* ?(k |M )?USD per (hour|month|piece)"
)


@pytest.fixture(scope="module")
def in_euros(believing: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the store of two months with a wage, minutes saved and a rate of October."""
    desk = Desk(believing).copy(tmp_path_factory.mktemp("in_euros"))
    desk.load("month,currency,usd_per_unit,source\n2026-10,EUR,1.25,bank\n")
    return desk


def built_in(desk: Desk, currency: str) -> list[object]:
    """Return all that the page and its tabs are built of, and what a what-if draws."""
    asker = desk.asker()
    view = View(company=("Acme",), currency=currency)

    def ask(question: str) -> Answer:
        return asker.ask(question, view)

    start = figures.what_if(ask)
    assert start is not None
    built = (figures.roi_page, figures.held, figures.groups, figures.workflows)
    found = [build(ask) for build in built]
    return [*found, start.reason, figures.tried(start, figures.Tried(seats=1.5))]


def test_no_amount_is_left_in_us_dollars_but_what_is_assumed(in_euros: Desk) -> None:
    dollars, euros = (list(strings(built_in(in_euros, code))) for code in ("USD", "EUR"))
    left = {said for said in euros if re.search("USD|dollar", OF_INPUTS.sub("", said))}
    assert left == set()
    said_in_dollars = [said for said in dollars if "USD" in OF_INPUTS.sub("", said)]
    assert len(said_in_dollars) > 20
    assert len([said for said in euros if "EUR" in OF_INPUTS.sub("", said)]) >= len(said_in_dollars)


def test_break_even_is_the_same_in_every_currency_and_money_is_not(
    open_page: Open, in_euros: Desk
) -> None:
    app = open_page(in_euros.root, "roi", currency="EUR")
    assert not app.exception
    # 262.50 USD at 1.25.
    assert metric(app, "Full cost").value == "210 EUR"
    assert metric(app, "Break-even").value == "2.2 hours"
    assert metric(app, "Net value, EUR").value
    assert "EUR at one rate" in text(app)
    assert "1 EUR = 1.25 USD, rate of October 2026 from “bank”" in text(app)
    assert "What is assumed stays in US dollars, as it is edited" in text(app)
