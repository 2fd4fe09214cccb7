"""The filters every page shares, in the sidebar, each bound to its key of the URL.

A link is the one place the view lives in, so nothing it asks for is dropped: a company that is not
in this data becomes one of the choices and stays chosen, shows nothing, and is named. Streamlit
alone would drop it and show all companies.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import streamlit as st

from leverage import view as views
from leverage.charts.house import PICK
from leverage.figures import currency
from leverage.frame import data
from leverage.privacy import SMALL_GROUPS, K
from leverage.view import BASES, COMPARISONS, LISTS, USD, Asked, View

ALL = {
    "company": "All companies",
    "sector": "All sectors",
    "origin": "All origins",
    "size": "All sizes",
    "department": "All departments",
    "role": "All roles",
    "vendor": "All vendors",
    "model": "All models",
    "workload": "All kinds of work",
}
HELP = {
    "months": "The first and the last month shown. Without a choice: the last complete month.",
    "compare": "previous: as many months just before · year: the same months a year earlier · "
    "target: what the company set itself · benchmark: the median of five other companies or more · "
    "none: no comparison",
    "tokens": "weighted: each part by its price, one input token is 1 · fresh: without what a "
    "cache gave back · raw: all of them",
    "currency": "By one exchange rate for all months, the newest up to the last month shown",
    "origin": "AI-native: its work was built on AI from the start; enterprise: AI came to it",
    "size": "By employees of the newest month they are known for",
    "workload": "What the use was for, by the rules on the Data page. Known of companies, not of "
    "their people: with it, nothing is split or filtered by department or role",
    "department": f"Departments with fewer than {K} people with use are shown together as "
    f"{SMALL_GROUPS}",
}
OF_SEVERAL = ("sector", "origin", "size")
"""What companies are is no choice where all of them are the same."""
Raw = dict[str, list[str]]


def sidebar(opened: data.Opened) -> Asked:
    """Draw the filters and return the view they hold, with what the link could not have."""
    raw = {key: st.query_params.get_all(key) for key in st.query_params}
    state = st.session_state
    held, known = data.offered(opened)
    asked = views.read(raw, held, known)
    _write_as_slider(asked.view.months, raw.get("months"))
    options = {name: _options(name, known[name], raw) for name in LISTS}
    chosen: Raw = {}
    with st.sidebar:
        chosen["months"] = _months(opened, held, known["company"], asked.view, raw)
        chosen["compare"] = [_one_of("compare", "Compare with", tuple(COMPARISONS))]
        for name in LISTS:
            if name in OF_SEVERAL and len(options[name]) < 2 and name not in raw:
                chosen[name] = []
                continue
            chosen[name] = st.multiselect(
                name.capitalize(),
                options[name],
                key=name,
                bind="query-params",
                placeholder=ALL[name] if options[name] else "None in this data",
                disabled=not options[name],
                help=HELP.get(name),
            )
        chosen["tokens"] = [_one_of("tokens", "Tokens counted as", tuple(BASES))]
        currencies = _currencies(opened, views.read(chosen, held, known).view, known, raw)
        if len(currencies) > 1:
            chosen["currency"] = [_one_of("currency", "Money in", currencies)]
        if "version" in raw:
            chosen["version"] = raw["version"]
        st.button(
            "Clear the filters",
            type="tertiary",
            icon=":material/filter_alt_off:",
            on_click=clear_filters,
        )
    shown = views.read(chosen, held, known)
    lost = [problem for problem in asked.problems if problem not in shown.problems]
    if lost:
        state["lost"] = (shown.view, lost)
    # What a link could not have leaves the URL at once; it is named until the view changes.
    seen, named = state.get("lost", (None, []))
    return Asked(shown.view, (*shown.problems, *(named if seen == shown.view else ())))


def clear_filters() -> None:
    """Set every filter to its default."""
    for name in LISTS:
        st.session_state[name] = []
    st.session_state["compare"] = View().compare
    st.session_state["tokens"] = View().tokens
    st.session_state["currency"] = View().currency
    at = data.here()
    if at is not None and "months" in st.session_state:
        window = data.window_of(at.opened, View())
        st.session_state["months"] = (window.first, window.last)


def picked(name: str, chart: str) -> None:
    """Set a filter to the mark that was clicked in a chart, where the filter has such a value."""
    marks = st.session_state[chart]["selection"].get(PICK) or [{}]
    value = next(iter(marks[0].values()), None)
    at = data.here()
    if at is not None and value in data.offered(at.opened)[1][name]:
        st.session_state[name] = [value]


def _one_of(key: str, label: str, options: Sequence[str]) -> str:
    """Draw a choice of one; its options are the very words of the URL."""
    choice = st.segmented_control(
        label,
        options,
        key=key,
        bind="query-params",
        default=getattr(View(), key),
        required=True,
        help=HELP[key],
    )
    return cast("str", choice)


def _options(name: str, known: Sequence[str], raw: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the choices of a filter, with those a link asked for in this session."""
    strange: dict[str, list[str]] = st.session_state.setdefault("strange", {})
    here = strange.setdefault(name, [])
    for value in (*raw.get(name, ()), *st.session_state.get(name, ())):
        if value and value not in known and value not in here:
            here.append(value)
    return [*known, *(value for value in here if value not in known)]


def _currencies(
    opened: data.Opened, view: View, known: Mapping[str, Sequence[str]], raw: Raw
) -> list[str]:
    """Return the currencies of the companies in view, with one that was chosen for others."""
    found = currency.offered(data.rates(opened, view))
    held = (*raw.get("currency", ()), st.session_state.get("currency", USD))
    return [*found, *sorted({name for name in held if name in known["currency"]} - {*found})]


def _months(
    opened: data.Opened, held: Sequence[str], companies: Sequence[str], link: View, raw: Raw
) -> list[str]:
    """Draw the range of months and return its ends, nothing where no month is loaded."""
    if not held:
        st.markdown("Months: none is loaded")
        return []
    state = st.session_state
    company = state["company"] if "company" in state else raw.get("company", ())
    window = data.window_of(
        opened, View(company=tuple(name for name in company if name in companies))
    )
    default = (window.first, window.last)
    strange: dict[str, list[str]] = state.setdefault("strange", {})
    asked = {*strange.get("months", ()), *(link.months or ()), *state.get("months", ())}
    strange["months"] = sorted(asked - {*held})
    options = sorted({*held, *strange["months"], *default})
    if len(options) == 1:
        st.markdown(f"Months: {options[0]}, the only one loaded")
        return [*default]
    if "months" in state and state["months"] == state.get("default_months") != default:
        # Whoever left the months alone follows the last complete one of the chosen companies.
        state["months"] = default
    state["default_months"] = default
    value: Any = st.select_slider(
        "Months",
        options,
        value=default,
        key="months",
        bind="query-params",
        help=HELP["months"],
    )
    return [value] if isinstance(value, str) else list(value)


def _write_as_slider(months: tuple[str, str] | None, written: Sequence[str] | None) -> None:
    """Write the months of a link made by hand as the slider does: two, the earlier first.

    Only a first run may: later ones find the key bound to the slider.
    """
    is_first = "months" not in st.session_state
    if is_first and months is not None and written and tuple(written) != months:
        st.query_params["months"] = months
        st.rerun()
