"""Describing a file that no kind knows: column by column, with what it would yield beside it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from leverage import uploads
from leverage.errors import FileRefused, ReportError
from leverage.figures import files as said
from leverage.frame.data import data_root
from leverage.frame.parts import plain
from leverage.intake import described
from leverage.intake.columns import Seen
from leverage.intake.described import DROP, FIELDS, MONEY, SURFACES
from leverage.intake.kinds import kinds
from leverage.uploads import FileResult, Job, Upload

ORDERS: Final = {"mdy": "The month: 06/14 is 14 June", "dmy": "The day: 14/06 is 14 June"}
DECIMALS: Final = {"comma": "1.234,50", "point": "1,234.50"}
KEEP: Final = "keep"
MEANINGS: Final = {
    KEEP: "Keep it as it is",
    DROP: "Leave it out",
    **{name: known.label for name, known in FIELDS.items()},
}
UNITS: Final = {
    "whole": "whole, as 12.50",
    "cents": "cents, as 1250",
    "unix seconds": "seconds since 1970",
}
CURRENCIES: Final = ("USD", "EUR", "GBP", "CHF", "JPY")
MOST_COLUMNS: Final = 60
POLL_SECONDS: Final = 0.5
Save = Callable[[str, dict[str, Any]], None]


@dataclass
class Draft:
    """What a session knows of one file that it describes: its columns, and the last try."""

    columns: Sequence[Seen] = ()
    tried: dict[str, Any] | None = None
    job: Job | None = None
    outcome: FileResult | None = None
    stopped: ReportError | None = None

    def attempt(self, company: str, by: str, upload: Upload, told: dict[str, Any]) -> None:
        """Start trying a mapping, unless just this one was tried."""
        if told == self.tried:
            return
        if self.job is not None:
            self.job.cancel()
        self.tried, self.outcome, self.stopped = told, None, None
        self.job = uploads.try_mapping(data_root(), company, by, upload, told)

    def settle(self, name: str) -> None:
        """Take over what a try that has ended came to for the file of that name."""
        if self.job is None or self.job.is_running:
            return
        result = self.job.wait()
        self.job = None
        self.stopped = result.stopped
        self.outcome = next((file for file in result.files if file.name == name), None)


def describe(file: FileResult, upload: Upload, by: str, company: str, save: Save) -> None:
    """Offer to describe the columns of a file; `save` is called with the mapping to keep."""
    key = f"{upload.id}_{file.place}"
    if st.toggle("Describe its columns", key=f"describe_{key}"):
        _describe(key, file, upload, by, company, save)


@st.fragment
def _describe(
    key: str, file: FileResult, upload: Upload, by: str, company: str, save: Save
) -> None:
    draft = st.session_state.setdefault(f"draft_{key}", Draft())
    if not draft.columns:
        try:
            with st.spinner("Reading the columns"):
                draft.columns = uploads.columns_of(data_root(), upload, file.name)
        except ReportError as error:
            st.error(plain(error.found or error.next_step), title=plain(error.title))
            return
    st.markdown(
        "Say what each column holds. The next file with these columns is then known by itself."
    )
    told = _asked(key, file, draft.columns, company)
    try:
        described.parse(told)
    except FileRefused as error:
        st.info(f"Still open: {plain(error.title)}.", icon=":material/edit:")
        return
    draft.attempt(company, by, upload, told)
    draft.settle(file.name)
    if draft.job is not None:
        _wait(key, file.name)
        return
    _yield(draft)
    if st.button("Save and check the file again", type="primary", key=f"save_{key}"):
        save(by, told)


def _asked(key: str, file: FileResult, columns: Sequence[Seen], company: str) -> dict[str, Any]:
    """Ask for everything a mapping says; returns it as a person would write it."""
    meanings: dict[str, Any] = {}
    for number, seen in enumerate(columns[:MOST_COLUMNS]):
        entry = _column(f"{key}_{number}", seen)
        if entry is not None:
            meanings[seen.name] = entry
    if len(columns) > MOST_COLUMNS:
        st.caption(f"Columns after the first {MOST_COLUMNS} are kept as they are.")
    fields = {entry if isinstance(entry, str) else entry["field"] for entry in meanings.values()}
    about = {seen.name: seen for seen in columns if seen.name in meanings}
    st.markdown("**What holds for every line**")
    told: dict[str, Any] = {"columns": meanings, "fixed": _fixed(key, fields, meanings)}
    if any(seen.dates == "open" for seen in about.values()):
        told["dates"] = st.radio(
            "Which comes first in its dates?",
            list(ORDERS),
            index=None,
            format_func=ORDERS.__getitem__,
            key=f"order_{key}",
        )
    else:
        told["dates"] = next((seen.dates for seen in about.values() if seen.dates), None)
    if any(seen.has_decimal_commas for seen in about.values()):
        told["decimal"] = st.radio(
            "How does it write numbers?",
            list(DECIMALS),
            format_func=DECIMALS.__getitem__,
            horizontal=True,
            key=f"decimal_{key}",
        )
    told["overlaps"] = st.checkbox(
        "The vendors' own exports may hold the same use",
        value="vendor" in fields,
        # A column of vendors is the mark of a gateway, so the default follows it.
        key=f"overlaps_{key}_{'vendor' in fields}",
        help="As with a gateway: where a vendor's own export is loaded for a day, that one counts.",
    )
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    told["name"] = left.text_input(
        "Name of this kind of file",
        value=_suggested(file.name),
        max_chars=described.MOST_LETTERS,
        key=f"name_{key}",
    )
    if not right.checkbox("For every company", key=f"every_{key}"):
        told["company"] = company
    return told


def _column(key: str, seen: Seen) -> Any:
    """Ask what one column holds, and in which unit; returns its entry, None where it is kept."""
    about, meaning, unit = st.columns([3, 5, 4], vertical_alignment="center")
    examples = f": {', '.join(seen.examples)}" if seen.examples else ""
    about.markdown(f"**{plain(seen.name)}**  \n:gray[{plain(seen.holds + examples)}]")
    leave = DROP if seen.holds in ("addresses", "long text") else KEEP
    options = list(MEANINGS)
    chosen = meaning.selectbox(
        f"What {seen.name} holds",
        options,
        index=options.index(seen.field or leave),
        format_func=MEANINGS.__getitem__,
        label_visibility="collapsed",
        key=f"meaning_{key}",
    )
    if chosen == KEEP:
        return None
    units = FIELDS[chosen].units if chosen in FIELDS else ()
    if not units or (chosen == "day" and seen.holds != "number"):
        return chosen
    guess = seen.unit(chosen)
    said_unit = unit.selectbox(
        f"Unit of {seen.name}",
        units,
        index=units.index(guess) if guess in units else None,
        format_func=lambda name: UNITS.get(name, name),
        placeholder="Choose the unit",
        label_visibility="collapsed",
        key=f"unit_{key}_{chosen}",
    )
    return {"field": chosen, "unit": said_unit} if said_unit else {"field": chosen}


def _fixed(key: str, fields: set[str], meanings: Mapping[str, Any]) -> dict[str, str]:
    """Ask for what no column holds and every line shares."""
    asked: dict[str, str | None] = {}
    places = iter(st.columns(3))
    if "vendor" not in fields:
        vendors = sorted(
            {str(kind.header["vendor"]) for kind in kinds().values() if "vendor" in kind.header}
        )
        asked["vendor"] = next(places).selectbox(
            "Vendor", vendors, index=None, accept_new_options=True, key=f"vendor_{key}"
        )
    if "currency" not in fields and fields & set(MONEY):
        names = " ".join(meanings).upper()
        told = [place for place, code in enumerate(CURRENCIES) if re.search(rf"\b{code}\b", names)]
        asked["currency"] = next(places).selectbox(
            "Currency",
            CURRENCIES,
            index=told[0] if told else None,
            accept_new_options=True,
            key=f"currency_{key}",
        )
    if "credit_unit" not in fields and "credits" in fields:
        asked["credit_unit"] = next(places).text_input("What a credit is", key=f"credit_{key}")
    elif "surface" not in fields:
        asked["surface"] = next(places).selectbox(
            "Where it is used", SURFACES, index=None, placeholder="Not said", key=f"surface_{key}"
        )
    return {name: value for name, value in asked.items() if value}


def _suggested(name: str) -> str:
    """Return a file's name without its dates and its ending."""
    return " ".join(re.sub(r"[\d_.-]+", " ", Path(name).stem).split()).capitalize()


@st.fragment(run_every=POLL_SECONDS)
def _wait(key: str, name: str) -> None:
    """Say that a mapping is being tried, until the loader has ended."""
    draft = st.session_state[f"draft_{key}"]
    draft.settle(name)
    if draft.job is None:
        st.rerun()
    st.caption("Trying it on the file …")


def _yield(draft: Draft) -> None:
    """Say what the mapping makes of the file, or why it cannot be read so."""
    if draft.stopped is not None:
        st.error(plain(draft.stopped.found), title=plain(draft.stopped.title))
        return
    file = draft.outcome
    if file is None:
        return
    if file.refused and file.asks is None:
        error = ReportError(**file.refused)
        st.warning(plain(f"{error.found}. {error.next_step}."), title=plain(error.title))
    elif file.refused:
        st.info("It can be read so. What it does not say is asked when it is loaded.")
    else:
        lines = [f"**This makes {plain(said.lines(file))}.**", plain(f"{said.totals(file)}.")]
        st.markdown("  \n".join(lines))
    notes = [*said.reasons(file), *file.notes]
    if notes:
        st.caption("  \n".join(plain(line) for line in notes))
