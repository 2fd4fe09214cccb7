"""The alerts of the briefing: the open ones, what was decided on others, and the form to decide.

Each element is a message in every run, so there are few: one for the open ones, and two that are
filled when they are opened.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from leverage import words
from leverage.figures import alerts as said
from leverage.figures import listed
from leverage.figures.alerts import MOST_SHOWN, OPEN, Alert, Alerts
from leverage.frame.edits import act, is_ready, offer_change, who
from leverage.frame.parts import plain, rows_of_text
from leverage.store.alerts import STATES


def alerts(found: Alerts) -> None:
    """Draw the alerts of a month, with what was checked where nothing is open."""
    lines = ["## Alerts"]
    if found.hidden is not None:
        st.markdown("\n\n".join([*lines, plain(found.hidden)]))
        return
    lines += [_line(alert) for alert in found.open[:MOST_SHOWN]]
    if not found.open:
        lines += _nothing_open(found)
    st.markdown("\n\n".join(lines))
    if found.all:
        what = "each alert can be given an owner and a state"
        offer_change("Set owner and state", "decide_alert", what, partial(_decide, found.all))
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


def _decide(held: Sequence[Alert]) -> bool:
    """Give one alert an owner, a state and a note; tells whether they were saved."""
    by_id = {alert.id: alert for alert in held}
    chosen = st.selectbox(
        "Alert",
        list(by_id),
        index=None,
        key="alert_chosen",
        placeholder="Choose one",
        format_func=lambda name: by_id[name].sentence,
    )
    return chosen is not None and _form(by_id[chosen])


def _form(alert: Alert) -> bool:
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
        is_saved = st.form_submit_button("Save", type="primary")
        decided = (alert.company, alert.name, alert.month, state or OPEN, owner, note)
        return is_saved and is_ready(by) and act("decide_alert", by, *decided)
