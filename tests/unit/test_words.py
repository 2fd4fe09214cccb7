"""Numbers, spans and sentences are said as a person says them, and say what the figures are."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leverage import words
from leverage.words import Change, Driver, Gap, Missing, Number, Said, Sentence, Span, Window

OCTOBER = Span.of_months("2026-10", "2026-10")
SEPTEMBER = Span.of_months("2026-09", "2026-09")
MONTH = Window(OCTOBER, SEPTEMBER)
ALONE = Window(OCTOBER)
TO_26_JUNE = Window(Span(date(2026, 6, 1), date(2026, 6, 26)), Span.of_months("2026-05", "2026-05"))


# --- numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("usd", "said"),
    [
        (None, "unknown"),
        (float("nan"), "unknown"),
        (0, "0 USD"),
        (0.004, "under 0.01 USD"),
        (Decimal("38.1"), "38.10 USD"),
        (99.995, "100 USD"),
        (-38.1, "−38.10 USD"),
        (3540, "3,540 USD"),
        (9_999.6, "10 k USD"),
        (58_000, "58 k USD"),
        (12_345, "12.3 k USD"),
        (412_000, "412 k USD"),
        (999_499, "999 k USD"),
        (999_500, "1 M USD"),
        (1_200_000, "1.2 M USD"),
        (2_100_000_000, "2.1 bn USD"),
    ],
)
def test_money_is_said_in_dollars_of_a_fitting_size(usd: Number | None, said: str) -> None:
    assert words.money(usd) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-49.38, 2384, "−49 to 2,384 USD"),
        (0.2, 250, "0.20 to 250 USD"),
        (12.5, 38.1, "12.50 to 38.10 USD"),
        (-17_800, 27_300, "−17.8 k to 27.3 k USD"),
        (1, 1, "1.00 USD"),
        (0, 99.4, "0 to 99.40 USD"),
    ],
)
def test_both_ends_of_a_range_of_money_are_said_as_closely(
    low: float, high: float, said: str
) -> None:
    """A chart said “−49.38 to 2,384 USD”."""
    assert words.money_between(low, high) == said


@pytest.mark.parametrize(
    ("number", "counted", "as_tokens"),
    [
        (None, "unknown", "unknown"),
        (0, "0", "0"),
        (0.4, "under 1", "under 1"),
        (0.5, "1", "1"),
        (1284, "1,284", "1.3 k"),
        (58_349, "58,349", "58.3 k"),
        (999_999.4, "999,999", "1 M"),
        (3_249_999, "3.2 M", "3.2 M"),
        (212_000_000, "212 M", "212 M"),
        (2_100_000_000, "2.1 bn", "2.1 bn"),
        (1_400_000_000_000, "1.4 tn", "1.4 tn"),
        (7_000_000_000_000_000, "7,000 tn", "7,000 tn"),
        (-5, "−5", "−5"),
    ],
)
def test_counts_keep_their_digits_and_tokens_are_shortened(
    number: Number | None, counted: str, as_tokens: str
) -> None:
    assert words.count(number) == counted
    assert words.tokens(number) == as_tokens


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (None, "unknown"),
        (0, "0 %"),
        (0.0004, "under 0.1 %"),
        (0.004, "0.4 %"),
        (0.06, "6 %"),
        (0.88, "88 %"),
        (0.9949, "99 %"),
        (0.995, "99.5 %"),
        (0.9999, "over 99.9 %"),
        (1, "100 %"),
        (-0.2, "−20 %"),
    ],
)
def test_a_share_is_whole_only_where_it_is_the_whole(part: Number | None, said: str) -> None:
    assert words.share(part) == said


@pytest.mark.parametrize(
    ("part", "other", "moved", "apart"),
    [
        (0.761, 0.745, "+1 point", "1 point"),  # 76 % and 75 %, though 1.6 lie between them
        (0.084, 0.0875, "−1 point", "1 point"),
        (0.0844, 0.0835, "no change", "under 1 point"),
        (0.88, 0.8, "+8 points", "8 points"),
        (0.02, 0.004, "+1.6 points", "1.6 points"),
        (0.9951, 0.9, "+9.5 points", "9.5 points"),
        (0.0004, 0, "under 0.1 points more", "under 0.1 points"),
        (None, 0.5, "unknown", "unknown"),
    ],
)
def test_two_shares_lie_as_far_apart_as_they_are_said(
    part: Number | None, other: Number | None, moved: str, apart: str
) -> None:
    """“76 %, +2 points, 75 % in September” contradicts itself."""
    assert words.points_moved(part, other) == moved
    assert words.points_apart(part, other) == apart


@pytest.mark.parametrize(
    ("value", "previous", "said"),
    [
        (106, 100, "+6 %"),
        (94, 100, "−6 %"),
        (100, 100, "no change"),
        (0, 0, "no change"),
        (5, 0, "from nothing"),
        (0, 5, "to nothing"),
        (340, 100, "+240 %"),
        (1300, 100, "13 times"),
        (10**9, 1e-250, "over 1,000 times"),
        (100.3, 100, "+0.3 %"),
        (100.001, 100, "under 0.1 % more"),
        (1, 100_000, "over 99.9 % less"),
        (5, -1, "not comparable"),
        (None, 5, "unknown"),
        (5, None, "unknown"),
    ],
)
def test_a_change_is_said_against_what_was(
    value: Number | None, previous: Number | None, said: str
) -> None:
    assert words.change(value, previous) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (15_000, "+15 k USD"),
        (-4_000, "−4,000 USD"),
        (-0.001, "under 0.01 USD less"),
        (0, "no change"),
        (None, "unknown"),
    ],
)
def test_a_difference_carries_its_sign(value: Number | None, said: str) -> None:
    assert words.moved(value, words.money) == said


@given(st.sampled_from([words.money, words.count, words.tokens, words.share]))
def test_what_is_not_known_is_never_a_number(say: Callable[[Number | None], str]) -> None:
    for unknown in (None, float("nan"), float("inf"), Decimal("NaN")):
        assert say(unknown) == "unknown"


@given(
    st.sampled_from([words.money, words.count, words.tokens]),
    st.decimals(min_value=0, max_value=10**15, places=4),
    st.decimals(min_value=0, max_value=10**15, places=4),
)
def test_a_larger_number_never_reads_smaller(
    say: Callable[[Number | None], str], one: Decimal, other: Decimal
) -> None:
    small, large = sorted((one, other))
    assert read(say(small))[0] <= read(say(large))[1]


# --- time ------------------------------------------------------------------------------------


def test_months_and_days_are_named_without_repeating_themselves() -> None:
    assert words.month_name("2026-10") == "October 2026"
    assert words.month_name(None) == "unknown"
    assert words.period("2026-10", "2026-10") == "October 2026"
    assert words.period("2026-05", "2026-10") == "May to October 2026"
    assert words.period("2025-11", "2026-10") == "November 2025 to October 2026"
    assert words.period(None, "2026-10") == "unknown"
    assert words.days("2026-05-27", "2026-06-26") == "27 May to 26 June 2026"
    assert words.days("2026-06-01", date(2026, 6, 26)) == "1 to 26 June 2026"
    assert words.days("2026-06-01", "2026-06-01") == "1 June 2026"
    assert words.days("2025-12-27", "2026-01-03") == "27 December 2025 to 3 January 2026"
    assert words.days("2025-12-27", None) == "unknown"


def test_a_span_says_when_it_is() -> None:
    assert OCTOBER.when == "in October 2026"
    assert Span.of_months("2026-05", "2026-10").when == "in the 6 months to October 2026"
    assert TO_26_JUNE.span.when == "from 1 to 26 June 2026"
    assert Span(date(2026, 6, 1), date(2026, 6, 1)).when == "on 1 June 2026"
    assert Span.of_months("2028-02", "2028-02").last == date(2028, 2, 29)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_part_of_a_month_is_never_compared_with_whole_months(
    first: date, length: int, earlier_length: int
) -> None:
    span = Span(first, first + timedelta(days=length))
    earlier = Span(first - timedelta(days=earlier_length + 1), first - timedelta(days=1))
    if span.comparable(earlier):
        assert span.whole == earlier.whole
        assert span.months == earlier.months if span.whole else length == earlier_length


# --- sentences -------------------------------------------------------------------------------


def texts(said: list[Sentence]) -> list[str]:
    return [sentence.text for sentence in said]


def test_a_rise_with_one_cause_names_it() -> None:
    cost, active, used = Change(412_000, 389_000), Change(1284, 1220), Change(3.2e9, 2.7e9)
    drivers = [Driver("Support", 16_500), Driver("Sales", 4_000), Driver("Finance", 2_500)]
    unknown = (Gap(0.12, "of tokens have no known owner"), Missing("roster", "maturity"))
    assert (
        words.finding(cost, active, used, drivers, MONTH)
        == "Cost rose 6 % in October 2026 on 19 % more tokens; Support explains most of the rise"
    )
    assert texts(words.sentences(cost, active, used, drivers, MONTH, unknown)) == [
        "Full cost was 412 k USD in October 2026, 6 % more than the 389 k USD of September 2026.",
        "Support explains 72 % of the rise: +16.5 k USD of +23 k USD.",
        "1,284 people were active in October 2026, 64 more than the 1,220 of September 2026.",
        "Tokens came to 3.2 bn in October 2026, 19 % more than the 2.7 bn of September 2026.",
        "12 % of tokens have no known owner. No roster is loaded, so maturity is unknown.",
    ]


@pytest.mark.parametrize(
    ("drivers", "clause", "sentence"),
    [
        (
            [("Support", 60), ("Sales", 40)],
            "; Support explains most of the rise",
            "Support explains 60 % of the rise: +60.00 USD of +100 USD.",
        ),
        (
            [("Support", 59.9), ("Sales", 40.1)],
            "; no single cause",
            "No single cause: the largest moves are Support (+59.90 USD) and Sales (+40.10 USD).",
        ),
        (
            [("Support", 100)],
            "; Support explains all of the rise",
            "Support explains all of the rise: +100 USD.",
        ),
        (
            [("Support", 150), ("Sales", -50)],
            "; Support explains all of the rise",
            "Support explains all of the rise: +150 USD of +100 USD, partly offset elsewhere.",
        ),
        (
            [("Sales", -90)],
            "; no single cause",
            "No single cause: the largest move is Sales (−90.00 USD).",
        ),
        (
            [("(no department)", 80), ("Sales", 20)],
            "; no single cause",
            "No single cause can be named for the rise: "
            "+80.00 USD of +100 USD stands under “(no department)”.",
        ),
        ([], "", None),
        ([("Support", 0)], "", None),
    ],
)
def test_a_cause_is_named_only_from_sixty_percent_on(
    drivers: list[tuple[str, float]], clause: str, sentence: str | None
) -> None:
    cost, moves = Change(1_100, 1_000), [Driver(*driver) for driver in drivers]
    title = words.finding(cost, None, None, moves, MONTH)
    assert title == f"Cost rose 10 % in October 2026{clause}"
    said = words.sentences(cost, None, None, moves, MONTH)
    assert [s.text for s in said if s.topic == "cause"] == ([] if sentence is None else [sentence])


def test_no_change_is_said_and_moves_that_cancel_out_are_shown() -> None:
    cost, active, used = Change(1_000, 1_000), Change(10, 10), Change(500, 500)
    drivers = [Driver("Support", 90), Driver("Sales", -90)]
    assert (
        words.finding(cost, active, used, drivers, MONTH)
        == "Cost did not change in October 2026 on the same number of tokens"
    )
    assert texts(words.sentences(cost, active, used, drivers, MONTH)) == [
        "Full cost was 1,000 USD in October 2026, unchanged from September 2026.",
        "The moves cancel out: the largest moves are Sales (−90.00 USD) and Support (+90.00 USD).",
        "10 people were active in October 2026, as many as in September 2026.",
        "Tokens came to 500 in October 2026, unchanged from September 2026.",
    ]


def test_one_month_only_has_nothing_to_compare_with() -> None:
    cost, active, used = Change(412_000), Change(1), Change(3.2e9)
    assert (
        words.finding(cost, active, used, [Driver("Support", 5)], ALONE)
        == "Cost was 412 k USD and 3.2 bn tokens were used in October 2026"
    )
    assert texts(words.sentences(cost, active, used, [Driver("Support", 5)], ALONE)) == [
        "Full cost was 412 k USD in October 2026; no earlier month is loaded to compare with.",
        "1 person was active in October 2026.",
        "Tokens came to 3.2 bn in October 2026.",
    ]


def test_a_source_without_an_earlier_month_says_so_for_itself() -> None:
    cost, active, used = Change(412_000), Change(1284, 1220), Change(3.2e9)
    assert texts(words.sentences(cost, active, used, [], MONTH)) == [
        "Full cost was 412 k USD in October 2026; it is unknown for September 2026, "
        "so there is no comparison.",
        "1,284 people were active in October 2026, 64 more than the 1,220 of September 2026.",
        "Tokens came to 3.2 bn in October 2026; it is unknown for September 2026, "
        "so there is no comparison.",
    ]


def test_part_of_a_month_says_to_which_day_and_is_not_compared() -> None:
    cost, active, used = Change(212_000, 400_000), Change(9, 12), Change(2e9, 3e9)
    assert (
        words.finding(cost, active, used, [Driver("Support", -188_000)], TO_26_JUNE)
        == "Cost was 212 k USD and 2 bn tokens were used from 1 to 26 June 2026"
    )
    assert texts(words.sentences(cost, active, used, [Driver("A", -188_000)], TO_26_JUNE)) == [
        "Full cost was 212 k USD from 1 to 26 June 2026; "
        "June 2026 is not complete, so it is not compared with a whole month.",
        "9 people were active from 1 to 26 June 2026.",
        "Tokens came to 2 bn from 1 to 26 June 2026.",
    ]
    astride = Window(
        Span(date(2026, 5, 27), date(2026, 6, 26)), Span.of_months("2026-04", "2026-04")
    )
    assert words.sentences(cost, active, used, [], astride)[0].text == (
        "Full cost was 212 k USD from 27 May to 26 June 2026; "
        "these days are no whole month, so they are not compared with one."
    )


def test_part_of_a_month_is_compared_with_as_many_days() -> None:
    window = Window(TO_26_JUNE.span, Span(date(2026, 5, 1), date(2026, 5, 26)))
    assert words.sentences(Change(110, 100), None, None, [], window)[0].text == (
        "Full cost was 110 USD from 1 to 26 June 2026, 10 % more than the 100 USD "
        "of 1 to 26 May 2026."
    )


def test_a_longer_period_is_not_compared_with_a_shorter() -> None:
    half, quarter = Span.of_months("2026-05", "2026-10"), Span.of_months("2026-02", "2026-04")
    assert words.sentences(Change(110, 100), None, None, [], Window(half, quarter))[0].text == (
        "Full cost was 110 USD in the 6 months to October 2026; "
        "February to April 2026 is not as long, so the two are not compared."
    )
    assert words.sentences(Change(110), None, None, [], Window(half))[0].text == (
        "Full cost was 110 USD in the 6 months to October 2026; "
        "no earlier period is loaded to compare with."
    )


def test_what_is_unknown_is_said_to_be() -> None:
    assert (
        words.finding(None, None, None, [], MONTH)
        == "Cost, tokens and active people are unknown for October 2026"
    )
    unknown = [Missing("roster", "tokens per employee"), Missing("seat list", "full cost")]
    assert texts(words.sentences(None, None, Change(None, 5), [], MONTH, unknown)) == [
        "Full cost is unknown for October 2026.",
        "The number of active people is unknown for October 2026.",
        "Tokens are unknown for October 2026.",
        "No roster and no seat list are loaded, so tokens per employee and full cost are unknown.",
    ]


def test_without_cost_the_title_goes_by_tokens_and_without_both_by_people() -> None:
    assert (
        words.finding(None, None, Change(90, 100), [], MONTH)
        == "Tokens fell 10 % in October 2026; cost is unknown"
    )
    assert words.finding(None, Change(7), None, [], MONTH) == (
        "7 people were active in October 2026"
    )


def test_nothing_and_a_credit_are_not_turned_into_a_percentage() -> None:
    assert words.finding(Change(500, 0), None, None, [], MONTH) == (
        "Cost rose from nothing to 500 USD in October 2026"
    )
    assert words.finding(Change(0, 500), None, None, [], MONTH) == (
        "Cost fell from 500 USD to nothing in October 2026"
    )
    assert words.finding(Change(5_000, 100), None, Change(30, 2), [], MONTH) == (
        "Cost rose to 50 times what it was in October 2026 on 15 times the tokens"
    )
    assert words.sentences(Change(-20, 500), None, None, [], MONTH)[0].text == (
        "Full cost was −20.00 USD in October 2026, against 500 USD in September 2026."
    )
    assert words.sentences(Change(500, 0), None, None, [], MONTH)[0].text == (
        "Full cost was 500 USD in October 2026, against nothing in September 2026."
    )


def test_a_cost_that_is_not_full_keeps_its_name() -> None:
    cost = Change(110, 100, name="Usage cost")
    assert words.finding(cost, None, None, [], MONTH) == "Usage cost rose 10 % in October 2026"
    assert words.sentences(cost, None, None, [], MONTH)[0].lead == "Usage cost was 110 USD"


def test_too_few_people_to_count_are_not_counted() -> None:
    said = words.sentences(None, Change(None, 9, fewer_than=5), None, [], MONTH)
    assert said[1].text == "Fewer than 5 people were active in October 2026."
    assert words.finding(None, Change(None, 9, fewer_than=5), None, [], MONTH) == (
        "Cost, tokens and active people are unknown for October 2026"
    )


# --- every sentence, whatever the figures ----------------------------------------------------

SIZES = {"": "1", "k": "1e3", "M": "1e6", "bn": "1e9", "tn": "1e12", "%": "0.01"}
NUMBER = re.compile(r"([+−]?)([\d,]+(?:\.(\d+))?)(?: (k|M|bn|tn|%))?(?: USD)?")


def read(text: str) -> tuple[Decimal, Decimal]:
    """Read a number back from its words: the least and the most it may have been."""
    found = NUMBER.fullmatch(re.sub(r"^(under|over) | (more|less)$", "", text))
    assert found is not None, text
    sign, digits, decimals, unit = found.groups()
    size = Decimal(SIZES[unit or ""])
    value = Decimal(digits.replace(",", "")) * size
    if text.startswith("under "):
        return -value, value
    if text.startswith("over "):
        return value, Decimal("Infinity")
    places = len(decimals or "")
    if unit in {"k", "M", "bn", "tn"} and value < 100 * size:
        places = 1  # “3 M” is 3.0 M with its zero dropped.
    rounding = Decimal(1).scaleb(-places) * size / 2
    value = -value if sign == "−" else value
    return value - rounding, value + rounding


MONEY = st.decimals(min_value=-(10**6), max_value=10**9, places=6)
AMOUNT = st.integers(0, 10**15) | st.floats(0, 1e15)
PEOPLE = st.integers(0, 10**6)


def changes(numbers: st.SearchStrategy[Number]) -> st.SearchStrategy[Change | None]:
    known = st.builds(Change, st.none() | numbers, st.none() | numbers)
    return st.none() | known


WINDOWS = st.sampled_from(
    [
        MONTH,
        ALONE,
        TO_26_JUNE,
        Window(Span.of_months("2026-05", "2026-10"), Span.of_months("2025-11", "2026-04")),
        Window(Span(date(2026, 5, 27), date(2026, 6, 26))),
    ]
)
DRIVERS = st.lists(
    st.builds(Driver, st.sampled_from(["Support", "Sales", "(small groups)"]), MONEY),
    max_size=4,
    unique_by=lambda driver: driver.name,
)
UNKNOWNS = st.lists(
    st.builds(Gap, st.floats(0, 1), st.just("of tokens have no known owner"))
    | st.builds(Missing, st.sampled_from(["roster", "seat list"]), st.just("maturity")),
    max_size=3,
)


def bare(text: str, window: Window, numbers: tuple[Said, ...]) -> str:
    """Return a sentence without its dates and the numbers it lists."""
    spans = [window.span, *([] if window.earlier is None else [window.earlier])]
    for span in spans:
        for name in (span.when, span.name):
            text = text.replace(name, "")
    text = text.replace("June 2026", "")
    for said in sorted(numbers, key=lambda said: -len(said.text)):
        # A sentence may begin with its number: "Under 0.1 %".
        text = re.sub(re.escape(said.text), "", text, count=1, flags=re.IGNORECASE)
    return text


@given(changes(MONEY), changes(PEOPLE), changes(AMOUNT), DRIVERS, WINDOWS, UNKNOWNS)
@example(Change(0, None), Change(0, 0), Change(0, 1), [], ALONE, [])
@example(Change(Decimal("NaN"), 1), None, Change(float("nan")), [], MONTH, [])
def test_every_number_in_a_sentence_is_its_figure(
    cost: Change | None,
    active: Change | None,
    used: Change | None,
    drivers: list[Driver],
    window: Window,
    unknown: list[Gap | Missing],
) -> None:
    said = words.sentences(cost, active, used, drivers, window, unknown)
    assert 3 <= len(said) <= 5
    title = words.finding(cost, active, used, drivers, window)
    for sentence in said:
        assert sentence.text.startswith(sentence.lead)
        assert sentence.text.endswith(".")
        assert not re.search(r"\d", bare(sentence.text, window, sentence.numbers)), sentence
        for number in sentence.numbers:
            least, most = read(number.text)
            assert least <= Decimal(str(number.value)) <= most, number
            assert any(close(number.value, figure) for figure in figures(cost, active, used, said))
    for text in (title, *texts(said)):
        assert not re.search(r"none|nan|null", text, re.IGNORECASE), text
    for figure, topic in ((cost, "cost"), (active, "people"), (used, "tokens")):
        if figure is None or figure.value is None:
            (sentence,) = (s for s in said if s.topic == topic)
            assert "unknown" in sentence.text
            assert sentence.numbers == ()


def close(value: Number, other: Decimal) -> bool:
    return abs(Decimal(str(value)) - other) <= abs(other) * Decimal("1e-12")


def figures(
    cost: Change | None, active: Change | None, used: Change | None, said: list[Sentence]
) -> list[Decimal]:
    """Work out every number the sentences may hold, from the figures alone."""
    allowed = [
        Decimal(str(number.value))
        for sentence in said
        if sentence.topic in {"cause", "unknown"}
        for number in sentence.numbers
    ]
    for figure in (cost, active, used):
        if figure is None or figure.value is None:
            continue
        now = Decimal(str(figure.value))
        allowed.append(now)
        if figure.previous is not None:
            before = Decimal(str(figure.previous))
            allowed += [before, abs(now - before), now - before]
            if before:
                allowed += [abs(now - before) / before, now / before]
    return allowed


@given(MONEY, MONEY, DRIVERS)
def test_a_named_cause_explains_sixty_percent_of_the_change(
    now: Decimal, before: Decimal, drivers: list[Driver]
) -> None:
    total = now - before
    said = words.sentences(Change(now, before), None, None, drivers, MONTH)
    causes = [sentence for sentence in said if sentence.topic == "cause"]
    named = [d for d in drivers if causes and causes[0].lead.startswith(f"{d.name} explains")]
    enough = [d for d in drivers if total and Decimal(str(d.change)) / total >= Decimal("0.6")]
    for driver in named:
        assert driver in enough
        assert not words.is_remainder(driver.name)
    if not enough and causes:
        assert causes[0].text.startswith(("No single cause:", "The moves cancel out:"))
