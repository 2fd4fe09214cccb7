"""Handing in files: who and for which company, the check, what it found, and the load.

Each session has one desk. What is on it is lost with the tab, but a load that was started is not:
the loader is a process of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import polars.selectors as cs
import streamlit as st

from leverage import uploads, words
from leverage.figures import files as said
from leverage.frame.data import data_root
from leverage.frame.data_page.describe import ORDERS, describe
from leverage.frame.data_page.server_files import server_files, too_large
from leverage.frame.edits import act, as_sentence, say_refused
from leverage.frame.links import page_link
from leverage.frame.parts import plain
from leverage.intake.kinds import kinds
from leverage.uploads import Answers, FileResult, Job, Result, Upload

NEW = "A company that is not in the list"
ORIGINS = ("enterprise", "AI-native")
MARKS = {"provider": "Providers", "service": "Services", "account": "Accounts"}
POLL_SECONDS = 0.5
WATCH_SECONDS = 3
PREVIEW_ROWS = 20


@dataclass
class Desk:
    """What one session has handed in. `round` makes the uploader a new, empty one."""

    round: int = 0
    attempt: int = 0
    answers: dict[str, Answers] = field(default_factory=dict)
    asked: tuple[Any, ...] | None = None
    job: Job | None = None
    is_loading: bool = False
    checked: Result | None = None
    loaded: Result | None = None

    def settle(self) -> None:
        """Take over what a job that has ended came to."""
        if self.job is None or self.job.is_running:
            return
        result = self.job.wait()
        self.job = None
        if self.is_loading or result.was_cancelled:
            self.loaded = result
            self.clear()
        else:
            self.checked = result

    def cancel(self) -> None:
        """End what is under way, or take what was checked off the desk."""
        if self.job is not None:
            self.job.cancel()
        else:
            self.loaded = Result(was_cancelled=True)
            self.clear()

    def clear(self) -> None:
        """Take every file off the desk, with what was prepared of it."""
        if self.job is not None:
            self.job.cancel()
        if self.checked is not None:
            uploads.discard(data_root(), self.checked.files)
        self.job, self.checked, self.asked = None, None, None
        self.is_loading = False
        self.answers = {}
        self.round += 1

    def check(self, company: str, by: str, sent: Sequence[Upload]) -> None:
        """Check the files, unless just these were checked already."""
        files = [replace(file, answers=self.answers.get(file.id, Answers())) for file in sent]
        asked = (company, self.attempt, tuple((file.id, file.answers) for file in files))
        if asked == self.asked:
            return
        if self.job is not None:
            self.job.cancel()
        if self.checked is not None:
            uploads.discard(data_root(), self.checked.files)
        self.asked, self.checked, self.loaded = asked, None, None
        self.job = uploads.check(data_root(), company, by, files)

    def load(self, by: str) -> None:
        """Store what was checked, once."""
        if self.checked is None or self.is_loading:
            return
        self.is_loading = True
        self.job = uploads.load(data_root(), by, self.checked.stages)

    def answer(self, file: FileResult, answers: Answers) -> None:
        """Remember an answer for the uploads it concerns, so that they are checked again.

        How dates are written and which account it is holds for every file of that kind: files that
        share days have to be checked together.
        """
        assert self.checked is not None
        alike = [other for other in self.checked.files if other.kind == file.kind]
        for other in [file] if answers.period else alike:
            for upload in other.uploads:
                given = {k: v for k, v in vars(answers).items() if v is not None}
                before = self.answers.get(upload, Answers())
                self.answers[upload] = replace(before, **given)


def desk() -> Desk:
    """Return the desk of this session."""
    return cast("Desk", st.session_state.setdefault("desk", Desk()))


# ---- who and for whom --------------------------------------------------------------------------


def who_and_company(known: Sequence[Mapping[str, Any]]) -> tuple[str, str | None]:
    """Ask who acts and for which company; returns both, the company None until it exists.

    `known` are the rows of company_list.
    """
    left, right = st.columns(2)
    by = left.text_input(
        "Your name",
        key="by",
        persist_state="session",
        placeholder="First and last name",
        help="Stands in the history beside what you load. Nobody checks it.",
    ).strip()
    chosen = right.selectbox(
        "Company",
        [*(row["company"] for row in known), NEW],
        index=0 if len(known) == 1 else None,
        key="hand_in_company",
        persist_state="session",
        placeholder="Choose or create",
    )
    if chosen == NEW:
        with st.container(border=True):
            _describe_company(by, {})
        return by, None
    about = next((row for row in known if row["company"] == chosen), None)
    if about is not None:
        with st.popover(f"About {plain(about['company'])}", type="tertiary"):
            _describe_company(by, about)
    return by, chosen


def _describe_company(by: str, about: Mapping[str, Any]) -> None:
    """Ask what there is to say of a company: of a new one, or of the one it is about."""
    is_new = not about
    labels = uploads.sectors()
    with st.form("company_about" if about else "company_new", border=False):
        name = about.get("company")
        if is_new:
            name = st.text_input("Name of the company", key="company_name").strip()
        sector = st.selectbox(
            "Sector",
            labels,
            index=list(labels).index(about["sector"]) if about.get("sector") in labels else None,
            format_func=labels.__getitem__,
            placeholder="Not said",
        )
        origin = st.selectbox(
            "Origin",
            ORIGINS,
            index=ORIGINS.index(about["origin"]) if about.get("origin") in ORIGINS else None,
            placeholder="Not said",
            help="AI-native: its work was built on AI from the start; enterprise: AI came to it",
        )
        employees = st.number_input(
            "Employees, if known", min_value=1, value=about.get("employees"), step=1
        )
        if st.form_submit_button("Create the company" if is_new else "Save", type="primary"):
            if not (name and by):
                st.warning("Give the company a name, and yourself, first.")
            elif act("describe_company", by, name, sector, origin, employees):
                st.session_state["created"] = name
                st.rerun()


def enter_created() -> None:
    """Choose the company that was just created, before its widget is drawn."""
    if "created" in st.session_state:
        st.session_state["hand_in_company"] = st.session_state.pop("created")


# ---- files -------------------------------------------------------------------------------------


def hand_in(by: str, company: str | None) -> None:
    """Draw the uploader and everything that follows from what is in it."""
    at = desk()
    at.settle()
    is_ready = bool(by and company) and not at.is_loading
    sent = st.file_uploader(
        "This month's exports, as many as you like",
        accept_multiple_files=True,
        key=f"exports_{at.round}",
        max_upload_size=uploads.PAGE_MB,
        disabled=not is_ready,
        help="CSV, JSON, Parquet or Excel, also in a .zip or .gz, as the vendor's console gives "
        "them. What a file is, its content says.",
    )
    if not by or company is None:
        st.caption("Say who you are and for which company, then drop the files here.")
        return
    on_server, refused = server_files(at.round, is_ready)
    too_large(company, by)
    if refused is not None:
        say_refused(refused)
    files = [*(Upload(file.file_id, file.name, file) for file in sent), *on_server]
    if files and not at.is_loading:
        at.check(company, by, files)
    elif at.asked is not None and not at.is_loading:
        at.clear()
    if at.job is not None:
        _progress()
    elif at.checked is not None:
        _found(at.checked, by, company, files)
    elif at.loaded is not None:
        _loaded(at.loaded)


@st.fragment(run_every=POLL_SECONDS)
def _progress() -> None:
    """Show how far the loader is, and stop it if asked; no other session has this button."""
    at = desk()
    job = at.job
    if job is None or not job.is_running:
        st.rerun()
    holder = job.waits_for()
    if holder is not None:
        st.progress(0.0, f"Waiting for {plain(holder)}, who is loading now")
    else:
        progress = job.progress()
        doing = "Storing. You may close this page; the load goes on."
        if not at.is_loading:
            doing = f"Checking {said.which_file(progress)}."
        st.progress(progress.share, f"{doing} {said.phase(progress)}")
    st.button(
        "Cancelling" if job.is_cancelled else "Cancel",
        key="cancel_job",
        on_click=at.cancel,
        disabled=job.is_cancelled,
    )


def _found(result: Result, by: str, company: str, handed_in: Sequence[Upload]) -> None:
    """Show what the check found, file by file, and offer the load."""
    at = desk()
    ready = [file for file in result.files if file.is_new]
    if result.stopped is not None:
        say_refused(result.stopped)
        ready = []  # whatever stopped the check holds for all of them
    st.markdown(_tally(result, len(ready)))
    asked: set[tuple[str | None, str]] = set()
    for number, file in enumerate(result.files):
        with st.container(border=True, key=f"file_{number}"):
            _file(number, file, result.files)
            if file.asks in ("account", "dates") and (file.kind, file.asks) in asked:
                st.caption("The answer above holds for this file as well.")
            elif file.asks is not None:
                asked.add((file.kind, file.asks))
                _ask(number, file)
            if file.is_markable:
                _mark(number, file, by, company)
            if file.is_unknown:
                describe(file, _upload_of(file, handed_in), by, company, _save_mapping)
            if file.stage is not None:
                _look(number, file)
    with st.container(horizontal=True):
        if ready:
            noun = "file" if len(ready) == 1 else "files"
            st.button(
                f"Load {words.count(len(ready))} {noun}",
                type="primary",
                key="load",
                on_click=at.load,
                args=(by,),
            )
        st.button("Cancel", key="cancel", on_click=at.cancel)


def _upload_of(file: FileResult, handed_in: Sequence[Upload]) -> Upload:
    """Return the upload that a file came from, with what was said of it."""
    upload = next(one for one in handed_in if one.id in file.uploads)
    return replace(upload, answers=desk().answers.get(upload.id, Answers()))


def _save_mapping(by: str, told: dict[str, Any]) -> None:
    """Save what a person said of a file's columns, and check the files again."""
    if act("save_mapping", by, told):
        desk().attempt += 1
        st.rerun()


def _tally(result: Result, ready: int) -> str:
    """Say in a sentence how many of the files can be loaded, and what is with the others."""
    of = len(result.files)
    refused = sum(file.refused is not None for file in result.files)
    known = sum(file.is_known for file in result.files)
    if known == of:
        these = "This file is" if of == 1 else f"All {words.count(of)} files are"
        return f"**{these} loaded already.** There is nothing to change."
    if of == 1:
        tally = "This file can be loaded" if ready else "This file cannot be loaded"
    else:
        tally = f"{words.count(ready)} of {words.count(of)} files can be loaded"
        tally += f", {words.count(refused)} refused" if refused else ""
        tally += f", {words.count(known)} loaded already" if known else ""
    return f"**{tally}.** Nothing is stored yet."


def _file(number: int, file: FileResult, files: Sequence[FileResult]) -> None:
    """Say what one file is, what became of its lines, and what loading it does or why it cannot."""
    badge = ":gray-badge[loaded already]"
    if file.refused:
        badge = ":orange-badge[refused]"
    elif file.is_new:
        badge = ":blue-badge[ready]"
    st.markdown(f"**{plain(file.name)}** {badge}  \n{plain(said.origin(file))}")
    if file.refused:
        error = said.refusal(file)
        st.markdown(f"**{plain(as_sentence(error.title))}** {plain(as_sentence(error.found))}")
        if error.next_step:
            st.markdown(f":material/arrow_forward: {plain(as_sentence(error.next_step))}")
    else:
        told = [f"{said.lines(file)}.", f"{said.change(file, files)}."]
        if file.totals:
            told.append(f"{said.totals(file)}.")
        st.markdown("  \n".join(plain(line) for line in told))
    notes = [*said.reasons(file), *file.notes]
    if notes:
        st.caption("  \n".join(plain(line) for line in notes))


def _look(number: int, file: FileResult) -> None:
    """Show the rows as they will be stored, and give back the lines that were not taken."""
    if not file.refused:
        shown = st.expander("Rows as they will be stored", key=f"rows_{number}", on_change="rerun")
        if shown.open:
            with shown:
                rows = uploads.preview_rows(data_root(), file, PREVIEW_ROWS)
                day = st.column_config.DateColumn(format="D MMM YYYY")
                whole = st.column_config.NumberColumn(format="localized")
                st.dataframe(
                    rows,
                    hide_index=True,
                    column_config=dict.fromkeys(("Day", "To", "From"), day)
                    | dict.fromkeys(rows.select(cs.integer()).columns, whole),
                    alt=f"The first rows of {file.name} as they will be stored",
                )
                st.caption(f"The first {PREVIEW_ROWS} rows at most. People stand under pseudonyms.")
    lines = uploads.left_out(data_root(), file)
    if len(lines):
        st.download_button(
            f"Lines not taken ({words.count(len(lines))})",
            lines.write_csv(include_bom=True).encode(),
            file_name=f"{Path(file.name).stem} - lines not taken.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            type="tertiary",
            key=f"left_{number}",
        )


def _ask(number: int, file: FileResult) -> None:
    """Ask for what the file does not say, as a plain question."""
    at = desk()
    with st.form(f"ask_{number}", border=False):
        answers = Answers()
        if file.asks == "account":
            chosen = st.selectbox(
                "Which account is it from?",
                file.choices,
                index=None,
                accept_new_options=True,
                key=f"account_{number}",
            )
            answers = Answers(account=chosen)
        elif file.asks == "dates":
            order = st.radio(
                "Which comes first in its dates?",
                list(ORDERS),
                index=None,
                format_func=ORDERS.__getitem__,
                key=f"dates_{number}",
            )
            answers = Answers(dates=order)
        else:
            asked = kinds().get(file.kind or "")
            is_roster = asked is not None and asked.table == "people"
            label = "From which day does it hold?" if is_roster else "Which days does it cover?"
            value: Any = None if is_roster else ()
            days = st.date_input(label, value=value, format="YYYY-MM-DD", key=f"period_{number}")
            chosen_days = days if isinstance(days, tuple) else (days,) if days else ()
            answers = Answers(period=said.period_of(chosen_days))
        if st.form_submit_button("Check again"):
            if answers == Answers():
                st.warning("Choose an answer first.")
            else:
                at.answer(file, answers)
                st.rerun()


def _mark(number: int, file: FileResult, by: str, company: str) -> None:
    """Ask what of a cloud bill is AI use; the answer is remembered for the next file as well."""
    at = desk()
    lines = f"{words.count(file.rows_set_aside)} line{'s' * (file.rows_set_aside != 1)}"
    with (
        st.expander(f"Is some of the {lines} set aside AI use?", expanded=bool(file.refused)),
        st.form(f"mark_{number}", border=False),
    ):
        st.markdown("What you choose counts as AI use, in this file and in those to come.")
        chosen = [
            (name, value)
            for name, values in file.marks.items()
            for value in st.multiselect(
                MARKS.get(name, name), values, key=f"mark_{number}_{name}", placeholder="None"
            )
        ]
        if st.form_submit_button("Remember and check again"):
            if not chosen:
                st.warning("Choose a provider, service or account first.")
            elif all(act("mark_ai_use", by, company, name, value) for name, value in chosen):
                at.attempt += 1
                st.rerun()


def _loaded(result: Result) -> None:
    """Say what became of the files that were loaded, and which were not."""
    if result.stopped is not None:
        say_refused(result.stopped)
    stored = [file for file in result.files if file.number is not None]
    if result.was_cancelled and not stored and result.stopped is None:
        st.info("Cancelled; nothing was stored.", icon=":material/cancel:")
    elif result.was_cancelled and stored:
        st.info(
            "It was too late to cancel: what stands below was stored. It can be taken back under "
            "History.",
            icon=":material/cancel:",
        )
    if not stored and (result.was_cancelled or not result.files):
        return
    with st.container(border=True, key="loaded"):
        noun = "file is" if len(stored) == 1 else "files are"
        st.markdown(f":material/check: **{words.count(len(stored))} {noun} loaded.**")
        lines = [f"- **{plain(file.name)}** {plain(said.outcome(file))}" for file in result.files]
        st.markdown("\n".join(lines))
        page_link("briefing", "See where that leaves you")


# ---- what everyone sees ------------------------------------------------------------------------


@st.fragment(run_every=WATCH_SECONDS)
def who_loads() -> None:
    """Say whose change is under way; when it has ended the page is drawn anew."""
    holder = uploads.who_is_loading(data_root())
    before = st.session_state.get("holder")
    st.session_state["holder"] = holder
    if holder is not None:
        st.info(
            f"{plain(holder)} is changing the data now. What you load waits for that to end.",
            icon=":material/hourglass_top:",
        )
    elif before is not None:
        st.rerun()
