"""The form by which the owner of a workflow chooses what its value is counted by."""

from functools import partial

import streamlit as st

from leverage.figures.roi import BASES, Choice, Way
from leverage.frame.edits import act, is_ready, offer_change, who
from leverage.frame.parts import plain
from leverage.store.assumptions import CHOICE

BEST = "The best evidence there is"


def choose_basis(choice: Choice | None) -> None:
    """Offer to choose what a workflow is counted by, where there is anything to choose."""
    if choice is None:
        st.caption("Choose one company to say what its workflows are counted by.")
        return
    ways = {way.workflow: way for way in choice.ways if way.lines or way.chosen is not None}
    if not ways:
        st.caption("Once a workflow has a value, what counts can be chosen here.")
        return
    what = "what a workflow is counted by is chosen"
    offer_change("Choose what counts", "choose_basis", what, partial(_choose, choice, ways))


def _choose(choice: Choice, ways: dict[str, Way]) -> bool:
    """Ask which workflow, then draw its form; tells whether it was saved."""
    name = st.selectbox("Workflow", list(ways), key="basis_workflow")
    return name is not None and _form(choice, ways[name])


def _form(choice: Choice, way: Way) -> bool:
    names = {BEST: None} | {name: basis for basis, name in BASES.items() if basis in way.bases}
    now = BEST if way.chosen is None else BASES[way.chosen.basis]
    first_day = choice.holds_from(way)
    with st.form("basis_form", border=False):
        named = st.selectbox(
            "Counted by",
            list(names),
            index=list(names).index(now),
            key=f"basis_{way.workflow}",
        )
        why = st.text_input(
            "Why", key=f"basis_why_{way.workflow}", placeholder="What makes it the better account"
        )
        st.caption(
            plain(
                f"It holds for {choice.company} from {first_day:%Y-%m-%d} and is saved as a data "
                "version that links pin. What is left aside is not lost."
            )
        )
        by = who()
        is_saved = st.form_submit_button("Save", type="primary")
    if not is_saved or named is None:
        return False
    basis = names[named]
    if not is_ready(by, "It is counted by that already." if named == now else None):
        return False
    taken_back = way.chosen.basis if way.chosen is not None else ""
    return act(
        "assume",
        by,
        choice.company,
        CHOICE,
        first_day,
        None if basis is None else 1.0,
        basis or taken_back,
        why,
        workflow=way.workflow,
    )
