"""The form by which a company puts its own cut-off of maturity in place of the one proposed."""

from functools import partial

import streamlit as st

from leverage.figures.adoption import Cutoffs
from leverage.frame.data import here
from leverage.frame.edits import act, answered, may_change, who
from leverage.frame.parts import plain
from leverage.maturity import SCORES, Dimension, proposed, why_no_cutoff


def change_cutoff(offered: Cutoffs | None) -> None:
    """Offer to change a cut-off of the one company in view, or say to choose one."""
    at = here()
    if at is None:
        return
    answered()
    if offered is None:
        st.caption("Choose one company to change its cut-offs.")
        return
    made = int(st.session_state.get("cutoffs_changed", 0))
    shown = st.popover(
        "Change a cut-off",
        icon=":material/edit:",
        type="tertiary",
        key=f"change_cutoff_{made}",
        on_change="rerun",
    )
    if not shown.open:
        return
    with shown:
        if not may_change(at, "a company can put its own cut-offs in place of these"):
            return
        by_name = {dimension.name: dimension for dimension in offered.rule}
        chosen = st.selectbox(
            "Dimension", list(by_name), format_func=lambda name: by_name[name].label
        )
        score = st.segmented_control("Score that begins there", SCORES, default=50, required=True)
        if chosen is not None and score is not None:
            _form(offered, by_name[chosen], score)


def _form(offered: Cutoffs, dimension: Dimension, score: int) -> None:
    place = SCORES.index(score)
    now = dimension.cuts[place]
    first = next(known for known in proposed() if known.name == dimension.name).cuts[place]
    with st.form("cutoff_form", border=False):
        value = st.number_input(
            f"Value, {dimension.unit}", value=now, format="%g", key=f"cut_{dimension.name}_{score}"
        )
        st.caption(
            plain(
                f"Proposed: {first:g}. It holds for {offered.company} from "
                f"{offered.first_day:%Y-%m-%d}, the first day in view."
            )
        )
        why = st.text_input(
            "Why", key="cutoff_why", placeholder="A study, a measurement, a decision"
        )
        by = who()
        is_saved = st.form_submit_button("Save", type="primary")
        is_taken_back = now != first and st.form_submit_button("Take back to the proposal")
    if not (is_saved or is_taken_back):
        return
    problem = why_no_cutoff(dimension, score, value) if is_saved else None
    if not by:
        st.warning("Say who you are first.")
    elif problem:
        st.warning(plain(problem))
    else:
        assume = partial(act, "assume", by, offered.company, f"maturity.{dimension.name}.{score}")
        if assume(offered.first_day, value if is_saved else None, dimension.unit, why):
            st.session_state["cutoffs_changed"] = st.session_state.get("cutoffs_changed", 0) + 1
            st.rerun()
