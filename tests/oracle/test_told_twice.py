"""The same view of the same data version is the same to the last digit, however it was computed."""

from collections.abc import Iterator

import pytest

from leverage import queries
from leverage.sample import COMPANIES
from leverage.view import View
from tests.oracle.conftest import Both

MONTH = "2026-10"
VIEWS = {
    "all": View(months=("2026-08", MONTH)),
    "one": View(company=(COMPANIES[0].name,), months=(MONTH, MONTH)),
}


@pytest.fixture
def by_threads(both: Both) -> Iterator[Iterator[int]]:
    """Yield numbers of threads, each in force until the next: each groups rows in an own order."""

    def each() -> Iterator[int]:
        for threads in (1, 5):
            _say(both, f"set threads = {threads}")
            yield threads

    yield each()
    _say(both, "reset threads")


def _say(both: Both, setting: str) -> None:
    with both.asker.engine.cursor(both.asker.store, both.asker.number) as con:
        con.execute(setting)


@pytest.mark.parametrize("question", sorted(queries.folder("questions")))
def test_a_question_asked_again_says_the_same_to_the_last_digit(
    both: Both, by_threads: Iterator[int], question: str
) -> None:
    """A sum of floats depends on the order of its rows, and that on the threads: sums are exact."""
    first = None
    for threads in by_threads:
        told = {name: both.asker.ask(question, view).frame for name, view in VIEWS.items()}
        first = first or told
        for name in VIEWS:
            assert told[name].equals(first[name]), f"{name}, {threads} threads"
