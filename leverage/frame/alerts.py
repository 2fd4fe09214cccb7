"""The alerts of the briefing: the open ones, what was decided on others, and the form to decide.

Each element is a message in every run, so there are few: one for the open ones, and two that are
filled when they are opened.
"""

from collections.abc import Sequence

import streamlit as st

from leverage import words
from leverage.figures import alerts as said
from leverage.figures import listed
from leverage.figures.alerts import MOST_SHOWN, OPEN, Alert, Alerts
from leverage.frame.data import Here, here
from leverage.frame.edits import act, answered, may_change, who
from leverage.frame.parts import plain, rows_of_text
from leverage.store.alerts import STATES


def alerts(found: Alerts) -> None:
    """Draw the alerts of a month, with what was checked where nothing is open."""
    at = here()
    if at is None:
        return
    lines = ["## Alerts"]
    if found.hidden is not None:
        st.markdown("\n\n".join([*lines, plain(found.hidden)]))
        return
    lines += [_line(alert) for alert in found.open[:MOST_SHOWN]]
    if not found.open:
        lines += _nothing_open(found)
    st.markdown("\n\n".join(lines))
    answered()
    if found.all:
        _decide(found.all, at)
    _others(found)


def _line(alert: Alert) -> str:
    return f":orange-badge[{alert.area}] **{plain(alert.sentence)}**, {plain(said.line(alert))}"


def _nothing_open(found: Alerts) -> list[str]:
    """Say that nothing is open, and what was looked at to say so."""
    month = plain(words.month_name(found.month))
    lead = f"**No alert is open for {month}.**"
    if not found.checked:
        lead = f"**Nothing could be checked for {month}.**"
    return [lead, *(f"{plain(line)}." for line in said.what_was_checked(found))]


def _others(found: Alerts) -> None:
    """Offer the alerts that are not shown above, what was checked, and the floors."""
    others = [*found.open[MOST_SHOWN:], *found.settled]
    counts = ((len(found.open[MOST_SHOWN:]), "more open"), (len(found.settled), "accepted or done"))
    parts = [f"{words.count(many)} {what}" for many, what in counts if many]
    label = listed([*parts, "what was checked"])
    shown = st.expander(label[0].upper() + label[1:], key="other_alerts", on_change="rerun")
    if not shown.open:
        return
    with shown:
        lines = [_line(alert) for alert in others]
        lines += [f"{plain(line)}." for line in said.what_was_checked(found)]
        st.markdown("\n\n".join([*lines, "**From which floors on a figure becomes an alert**"]))
        rows_of_text(said.floors_table(), "The floors of every rule")
        st.caption(
            "Proposals, each a row of data/reference/alert\\_rules.csv. Only whole months and "
            "whole companies are looked at. The page Methods shows how each question is answered: "
            f"{plain(said.where_from())}"
        )


def _decide(held: Sequence[Alert], at: Here) -> None:
    """Offer to give one alert an owner, a state and a note."""
    shown = st.popover(
        "Set owner and state",
        icon=":material/edit:",
        type="tertiary",
        key=f"decide_alert_{_decisions()}",
        on_change="rerun",
    )
    if not shown.open:
        return
    with shown:
        if not may_change(at, "each alert can be given an owner and a state"):
            return
        by_id = {alert.id: alert for alert in held}
        chosen = st.selectbox(
            "Alert",
            list(by_id),
            index=None,
            key=f"alert_chosen_{_decisions()}",
            placeholder="Choose one",
            format_func=lambda name: by_id[name].sentence,
        )
        if chosen is not None:
            _form(by_id[chosen])


def _form(alert: Alert) -> None:
    with st.form("alert_form", border=False):
        state = st.segmented_control(
            "State",
            STATES,
            default=alert.state,
            required=True,
            key=f"state_{alert.id}",
            help="Accepted: known, and it may stay so. Done: settled; it opens again if it holds "
            "in a later month.",
        )
        owner = st.text_input(
            "Owner", alert.owner or "", key=f"owner_{alert.id}", placeholder="An office or a role"
        )
        note = st.text_input("Note", alert.note or "", key=f"note_{alert.id}")
        by = who()
        if st.form_submit_button("Save", type="primary"):
            decided = (alert.company, alert.name, alert.month, state or OPEN, owner, note)
            if not by:
                st.warning("Say who you are first.")
            elif act("decide_alert", by, *decided):
                st.session_state["decisions"] = _decisions() + 1
                st.rerun()


def _decisions() -> int:
    """Return how many this session has made; by it the form is a new, closed one after each."""
    return int(st.session_state.get("decisions", 0))
