"""The adoption page as people see it: its finding, what it hides and why, and its tabs."""

from decimal import Decimal
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.app.conftest import Open
from tests.app.test_pages import metric, text
from tests.support import Desk

TABS = ("Maturity", "Habits", "Who stays", "Seats", "Concentration")


def tab(app: AppTest, name: str) -> AppTest:
    app.session_state["adoption_tabs"] = name
    return app.run()


def test_the_title_says_how_many_use_it_and_at_which_stage_that_is(
    open_page: Open, sample: Path
) -> None:
    app = open_page(sample, "adoption")
    title = app.title[0].value.replace("\\", "").replace("\u00a0", " ")
    assert title.startswith(f"{metric(app, 'Active share').value} of employees used AI in October")


def test_every_tab_opens_on_the_sample(open_page: Open, sample: Path) -> None:
    app = open_page(sample, "adoption")
    for name in TABS:
        assert not tab(app, name).exception, name
        assert not app.error, name


def test_every_tab_opens_on_one_month_without_people_files(
    open_page: Open, one_month: Desk
) -> None:
    app = open_page(one_month.root, "adoption")
    for name in TABS:
        assert not tab(app, name).exception, name
        assert not app.error, name


def test_what_is_about_single_people_is_not_told_under_a_filter(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "adoption", vendor="OpenAI")
    assert text(app).count("Told for whole companies only") == 3
    assert "A day does not say what was used" in text(app)


def test_people_kept_in_two_months_are_counted_and_few_are_not(
    open_page: Open, two_months: Desk
) -> None:
    # The same 14 people used it in both months, so that nobody came and nobody went.
    app = open_page(two_months.root, "adoption")
    assert metric(app, "Retention").value == "100 %"
    assert "14 stayed, 0 came, 0 went" in text(app)


def test_without_headcount_the_page_says_which_file_would_light_it_up(
    open_page: Open, one_month: Desk
) -> None:
    app = open_page(one_month.root, "adoption")
    assert metric(app, "Active people").value == "14"
    assert "Load headcount:" in text(app).replace("*", "")
    assert "No headcount and no roster is loaded" in text(app)


def test_without_enough_dimensions_there_is_no_stage_and_they_are_named(
    open_page: Open, one_month: Desk
) -> None:
    app = open_page(one_month.root, "adoption")
    assert "No stage:" in text(app)
    assert "stage" not in app.title[0].value


def test_a_company_puts_its_own_cutoff_in_place_of_the_proposed_one(
    open_page: Open, two_months: Desk, tmp_path: Path
) -> None:
    desk = two_months.copy(tmp_path / "copy")
    assert "Choose one company to change its cut-offs" in text(open_page(desk.root, "adoption"))
    app = open_page(desk.root, "adoption", company="Acme")
    app.session_state["change_cutoff_0"] = True
    app.run()

    def reasons() -> str:
        return " ".join(app.table[0].value["Why these"]).replace("\\", "")

    def save(label: str = "Save") -> None:
        next(button for button in app.button if button.label == label).click().run()
        assert not app.exception

    save()
    assert "Say who you are first" in text(app)
    app.text_input(key="by").input("Ada")
    app.number_input(key="cut_breadth_50").set_value(0.05)
    save()
    assert "It must be above 0.1, where the score 25 begins" in text(app)
    app.number_input(key="cut_breadth_50").set_value(0.4)
    save()
    assert "only with its reason" in app.error[0].title
    assert desk.table("assumptions").is_empty()
    app.text_input(key="cutoff_why").input("the *board*")
    save()
    assert not app.error
    (row,) = desk.table("assumptions").to_dicts()
    assert (row["assumption"], row["mode"]) == ("maturity.breadth.50", Decimal("0.4"))
    assert (row["author"], row["source"]) == ("Ada", "the *board*")
    assert "changed: the *board*, Ada" in reasons()
    app.session_state["change_cutoff_1"] = True
    app.run()
    app.text_input(key="cutoff_why").input("a slip")
    save("Take back to the proposal")
    assert "changed:" not in reasons()


def test_a_habit_of_twelve_weeks_is_unknown_where_fewer_are_loaded(
    open_page: Open, two_months: Desk
) -> None:
    app = open_page(two_months.root, "adoption")
    assert "People with a habit" in text(app)
    assert "Unknown: it takes days of use of twelve whole weeks" in text(app)
    tab(app, "Habits")
    assert text(app).count("it takes days of use of twelve whole weeks") == 2
