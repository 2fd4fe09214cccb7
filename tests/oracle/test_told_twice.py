"""The same view of the same data version is the same to the last digit, however it was computed."""

from collections.abc import Iterator

import pytest

from leverage import queries
from leverage.view import View
from tests.oracle.conftest import Both

VIEW = View(months=("2026-08", "2026-10"))


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
    told = [both.asker.ask(question, VIEW).frame for _ in by_threads]
    assert len(told) == 2
    assert told[0].equals(told[1])
