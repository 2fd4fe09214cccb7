"""The rules of work: how much is unassigned, what each rule catches, and the table to edit them."""

from typing import Any, cast

import polars as pl
import streamlit as st

from leverage import rules, uploads, words
from leverage.ask import Asker
from leverage.errors import ReportError
from leverage.figures import trial
from leverage.figures.work import FIELD_NAMES, SUBJECTS, Work, rules_of, work
from leverage.frame import edits
from leverage.frame.data import data_root
from leverage.frame.parts import plain

_ABOUT = {
    "workflow": "A workflow is one piece of work that use is for, as “Claims triage”.",
    "workload_class": "The class says what sort of work it is: "
    f"{', '.join(rules.CLASSES)}, or your own word.",
    "autonomy": "The level is set by the owner of the workflow: 0 people do the work, 1 AI assists "
    "them, 2 AI does it and people review it, 3 it runs without people. Without a rule it is "
    "unknown.",
    "role_family": "A role family joins roles, job titles or departments that do the same sort of "
    "work.",
}
_MOST = 10


@st.cache_data(max_entries=20, show_spinner=False)
def _told(store_id: str, number: int, company: str | None, _asker: Asker) -> Work | None:
    return work(_asker, company)


def which_work(asker: Asker, by: str, company: str | None) -> None:
    """Draw the section: the finding, the workflows, and the rules of one company to edit."""
    told = _told(*asker.pin, company, asker)
    if told is None:
        return
    st.header("Which work the use belongs to")
    st.markdown("  \n".join([f"**{plain(told.finding)}.**", *map(plain, told.beside)]))
    st.dataframe(
        told.workflows,
        hide_index=True,
        alt=f"The workflows of {told.period}, by tokens, with the rules that fired",
    )
    if company is None:
        st.caption("Choose a company above to see and change its rules.")
        return
    subject = st.radio(
        "Rules for",
        list(SUBJECTS),
        format_func=SUBJECTS.__getitem__,
        horizontal=True,
        key="rule_subject",
    )
    st.caption(
        f"{plain(_ABOUT[subject])} A pattern is compared whole and without regard to case; "
        "\\* stands for any text, ? for one character. Of the rules that match, the one with the "
        "lowest priority fires, else the one with the longest pattern. Write a new rule into the "
        "empty row; mark a row at its left edge to delete it."
    )
    left, right = st.columns([5, 3], gap="medium")
    with left:
        _edit(asker, told.rules[subject], by, company, subject)
    with right:
        _open(told.candidates[subject], told.period)


def _edit(asker: Asker, held: pl.DataFrame, by: str, company: str, subject: str) -> None:
    """Draw the table of a subject's rules; what was changed in it is one change of the data."""
    # With the data version in its key the table starts anew from what was saved.
    with st.form(f"rules_of_{subject}", border=False, enter_to_submit=False):
        edited: pl.DataFrame = st.data_editor(
            cast("Any", held),  # its stubs know pandas alone
            alt=f"The rules of {company} for {SUBJECTS[subject].lower()}, to edit",
            key=f"rules_{subject}_{company}_{asker.number}",
            num_rows="dynamic",
            hide_index=True,
            placeholder=words.DASH,
            disabled=["catches", "by"],
            column_config={
                "priority": st.column_config.TextColumn(
                    "Priority", validate=r"^-?\d{1,9}$", width="small"
                ),
                "field": st.column_config.SelectboxColumn(
                    "Looks at",
                    options=list(rules.FIELDS[subject]),
                    format_func=lambda field: FIELD_NAMES[str(field)],
                    default=rules.FIELDS[subject][0],
                ),
                "pattern": st.column_config.TextColumn("Pattern"),
                "result": st.column_config.SelectboxColumn("Level", options=list(rules.LEVELS))
                if subject == "autonomy"
                else st.column_config.TextColumn(SUBJECTS[subject]),
                "catches": st.column_config.TextColumn("Catches"),
                "by": st.column_config.TextColumn("Decided by", width="small"),
            },
        )
        with st.container(horizontal=True):
            is_saved = st.form_submit_button("Save rules")
            is_tried = st.form_submit_button("See what would move", type="tertiary")
    if is_saved or is_tried:
        changed = _changed(held, edited, company, subject)
        if is_tried and changed:
            _try(changed, company)
        elif changed and not by:
            st.warning("Say who you are above first.")
        elif changed and edits.act("decide_rules", by, company, changed):
            st.rerun()


def _changed(
    held: pl.DataFrame, edited: pl.DataFrame, company: str, subject: str
) -> list[rules.Rule]:
    """Return the rules that were changed in the table; where it is none, or cannot be, say so."""
    try:
        after = [rules.checked(rule) for rule in rules_of(edited, company, subject)]
    except ReportError as error:
        edits.say_refused(error)
        return []
    changed = list(rules.differences(rules_of(held, company, subject), after))
    if not changed:
        st.warning("No rule was changed.")
    return changed


def _try(changed: list[rules.Rule], company: str) -> None:
    """Show what the changed rules would move, worked out by the loader; nothing is stored."""
    try:
        with st.spinner("Working out what would move"):
            found = uploads.try_rules(data_root(), company, changed)
    except ReportError as error:
        edits.say_refused(error)
        return
    if found is None:
        st.warning("The rules stand so already.")
        return
    many = "1 changed rule" if found.rules == 1 else f"{words.count(found.rules)} changed rules"
    finding, *beside = (f"{plain(line)}." for line in trial.sentences(found))
    told = f"With {many}, over all months. Nothing is stored yet."
    st.markdown("  \n".join([f"**{finding}**", *beside, told]))
    moves = trial.moves(found)
    if len(moves):
        shown = moves.head(_MOST)
        st.dataframe(shown, hide_index=True, alt="What the changed rules would move, and to where")
        if len(moves) > _MOST:
            st.caption(f"The {_MOST} first of {words.count(len(moves))}.")


def _open(candidates: pl.DataFrame, period: str) -> None:
    """Show what the next rule could catch."""
    if candidates.is_empty():
        st.markdown("**Nothing is left without a rule** that could be named here.")
        return
    st.markdown(f"**The largest without a rule**, {plain(period)}")
    st.dataframe(
        candidates.head(_MOST),
        hide_index=True,
        alt="The largest values that no rule has caught",
    )
    st.caption(
        "The same use stands under each of its fields. Values that speak of fewer than 5 people "
        "are left out."
    )
