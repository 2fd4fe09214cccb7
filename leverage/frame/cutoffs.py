"""The form by which a company puts its own cut-off of maturity in place of the one proposed."""

from functools import partial

import streamlit as st

from leverage.figures.adoption import Cutoffs
from leverage.frame.edits import act, is_ready, offer_change, who
from leverage.frame.parts import plain
from leverage.maturity import SCORES, Dimension, proposed, why_no_cutoff


def change_cutoff(offered: Cutoffs | None) -> None:
    """Offer to change a cut-off of the one company in view, or say to choose one."""
    if offered is None:
        st.caption("Choose one company to change its cut-offs.")
        return
    what = "a company can put its own cut-offs in place of these"
    offer_change("Change a cut-off", "change_cutoff", what, partial(_choose, offered))


def _choose(offered: Cutoffs) -> bool:
    """Ask which cut-off, then draw its form; tells whether it was saved."""
    by_name = {dimension.name: dimension for dimension in offered.rule}
    chosen = st.selectbox("Dimension", list(by_name), format_func=lambda name: by_name[name].label)
    score = st.segmented_control("Score that begins there", SCORES, default=50, required=True)
    return chosen is not None and score is not None and _form(offered, by_name[chosen], score)


def _form(offered: Cutoffs, dimension: Dimension, score: int) -> bool:
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
        return False
    if not is_ready(by, why_no_cutoff(dimension, score, value) if is_saved else None):
        return False
    assume = partial(act, "assume", by, offered.company, f"maturity.{dimension.name}.{score}")
    return assume(offered.first_day, value if is_saved else None, dimension.unit, why)
