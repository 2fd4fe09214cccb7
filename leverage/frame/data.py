"""What a run looks at: the store, the data version the link asks for, the view, cached answers."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypedDict, TypeVar, cast

import polars as pl
import streamlit as st

from leverage import figures
from leverage.ask import Answer, Asker, Window, choose_store
from leverage.engine import Engine
from leverage.errors import QuestionUnknown, ReportError
from leverage.log import log_line
from leverage.store import Pin, Store
from leverage.view import Asked, View, pinned

DEFAULT_ROOT = Path(__file__).parents[2] / "data"
T = TypeVar("T")
Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Shown:
    """The store that pages show, its newest data version, and whether it is the sample's."""

    store: Store
    newest: int
    is_sample: bool


@dataclass(frozen=True)
class Opened:
    """The store that pages show, its data version that was asked for, and its newest one."""

    asker: Asker
    newest: int
    is_sample: bool


@dataclass(frozen=True)
class Here:
    """What the page of this run looks at. `asked` is the view with what of it is not there."""

    opened: Opened
    asked: Asked
    window: Window

    @property
    def view(self) -> View:
        """Return the view: months, comparison, filters and token basis."""
        return self.asked.view

    @property
    def pin(self) -> Pin:
        """Return the data version that is shown."""
        return self.opened.asker.pin


def data_root() -> Path:
    """Return the folder that holds the stores."""
    return Path(os.environ.get("DATA_ROOT") or DEFAULT_ROOT)


def open_data(version: str | None) -> Opened | None:
    """Open the data version a link asks for, the newest where it asks for none.

    None where there are no data yet. Raises QuestionUnknown where the version cannot be had.
    """
    found = shown_store()
    if found is None:
        return None
    number = pinned(version, found.store.id, found.newest, found.store.oldest_version)
    return Opened(Asker(_engine(), found.store, number), found.newest, found.is_sample)


def shown_store() -> Shown | None:
    """Return the store that pages show, None where none is."""
    root = data_root()
    try:
        return _store(str(root), _stamp(root))
    except QuestionUnknown:
        return None


def enter(opened: Opened, asked: Asked) -> Here:
    """Remember for the page what this run looks at."""
    here = Here(opened, asked, window_of(opened, asked.view))
    st.session_state["here"] = here
    return here


def leave() -> None:
    """Forget what an earlier run looked at: this one has no data."""
    st.session_state.pop("here", None)


def here() -> Here | None:
    """Return what this run looks at, None where nothing is loaded yet."""
    return cast("Here | None", st.session_state.get("here"))


def answer(question: str) -> Answer:
    """Answer a question under the view of this run; the same view is asked only once."""
    at = _here()
    asker, view = at.opened.asker, at.view
    return _answer(question=question, _asker=asker, _view=view, **_names(asker, view))


def built(build: Callable[[figures.Ask], T]) -> T:
    """Return what `build` makes of its answers under the view of this run, made once per view."""
    at = _here()
    return cast("T", _build(build, at.opened.asker, at.view))


def window_of(opened: Opened, view: View) -> Window:
    """Return the window of a view."""
    asker = opened.asker
    return _window(_asker=asker, _view=view, **_names(asker, view))


def rates(opened: Opened, view: View) -> pl.DataFrame:
    """Return the exchange rates of the companies in a view."""
    asker = opened.asker
    asked = _answer(question="rates_in_view", _asker=asker, _view=view, **_names(asker, view))
    return asked.frame


def offered(opened: Opened) -> tuple[list[str], dict[str, list[str]]]:
    """Return the months that hold data, oldest first, and the values each filter can have."""
    asker = opened.asker
    return _offered(_asker=asker, store_id=asker.store.id, number=asker.number)


def warm() -> None:
    """Open the newest data and build the first page, so that the first reader need not wait."""
    try:
        opened = open_data(None)
    except ReportError as error:
        log_line("refused", error=type(error).__name__, title=error.title)
        return  # the page will say so
    if opened is None:
        return
    window = window_of(opened, View())
    _build(figures.briefing, opened.asker, View(months=(window.first, window.last)))
    offered(opened)


def _here() -> Here:
    at = here()
    if at is None:
        msg = "a page asked before any data were opened; guard with here()"
        raise RuntimeError(msg)
    return at


def _build(build: Callable[[figures.Ask], Any], asker: Asker, view: View) -> Any:
    name = f"{build.__module__}.{build.__qualname__}"
    return _built(name=name, _build=build, _asker=asker, _view=view, **_names(asker, view))


class _Names(TypedDict):
    """What names an answer beside its question: by keyword, or Streamlit inspects every call."""

    view_key: str
    store_id: str
    number: int


def _names(asker: Asker, view: View) -> _Names:
    """Return the key of a view's answers; the data version is a part of it, a pin is not."""
    view_key = replace(view, version=None).query()
    return {"view_key": view_key, "store_id": asker.store.id, "number": asker.number}


def _stamp(root: Path) -> Stamp:
    """Return what changes when a change lands: cheaper to look at than the log itself."""
    return tuple(
        _seen(root / name / part)
        for name in ("store", "sample-store")
        for part in ("store.json", "loads/_delta_log")
    )


def _seen(path: Path) -> tuple[int, int]:
    try:
        # Two changes within one tick of the clock differ in the number of files.
        files = sum(1 for _ in os.scandir(path)) if path.is_dir() else 0
        return path.stat().st_mtime_ns, files
    except OSError:
        return 0, 0


# Answers are small, and their keys name the data version, so that a change needs no clearing. They
# are kept as they are, not as copies: nothing changes one, and a copy for each run cost more than
# drawing it.


@st.cache_resource(show_spinner=False)
def _engine() -> Engine:
    return Engine()


@st.cache_resource(max_entries=4, show_spinner=False)
def _store(root: str, stamp: Stamp) -> Shown:
    # The newest version too: opening the log of a table took a fifth of a run (measured).
    del stamp
    store, is_sample = choose_store(Path(root))
    return Shown(store, store.newest(), is_sample)


@st.cache_resource(max_entries=500, show_spinner=False)
def _answer(
    question: str, view_key: str, store_id: str, number: int, _asker: Asker, _view: View
) -> Answer:
    return _asker.ask(question, _view)


@st.cache_resource(max_entries=200, show_spinner=False)
def _built(
    name: str,
    view_key: str,
    store_id: str,
    number: int,
    _asker: Asker,
    _view: View,
    _build: Callable[[figures.Ask], Any],
) -> Any:
    def ask(question: str) -> Answer:
        # What pages and their parts have in common is asked once.
        return _answer(
            question=question,
            view_key=view_key,
            store_id=store_id,
            number=number,
            _asker=_asker,
            _view=_view,
        )

    return _build(ask)


@st.cache_resource(max_entries=500, show_spinner=False)
def _window(view_key: str, store_id: str, number: int, _asker: Asker, _view: View) -> Window:
    return _asker.window(_view)


@st.cache_resource(max_entries=20, show_spinner=False)
def _offered(store_id: str, number: int, _asker: Asker) -> tuple[list[str], dict[str, list[str]]]:
    return _asker.months(View())["month"].to_list(), _asker.filter_values()
