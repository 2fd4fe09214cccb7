"""The form by which a company says what it believes of one thing it has not measured."""

from functools import partial

import streamlit as st

from leverage.figures.roi import INPUTS, Input, Offered, Preset, presets, why_not
from leverage.frame.data import here
from leverage.frame.edits import act, answered, may_change, who
from leverage.frame.parts import plain
from leverage.store.assumptions import GRADES

OWN = "My own values"
BOUNDS = (
    "Give the lowest and the highest you would still believe at all, not those you expect: people "
    "who are asked for what they expect make ranges far too narrow."
)


def change_belief(offered: Offered | None) -> None:
    """Offer to change an assumption of the one company in view, or say to choose one."""
    at = here()
    if at is None:
        return
    answered()
    if offered is None:
        st.caption("Choose one company to change what it assumes.")
        return
    made = int(st.session_state.get("beliefs_changed", 0))
    shown = st.popover(
        "Change an assumption",
        icon=":material/edit:",
        type="tertiary",
        key=f"change_belief_{made}",
        on_change="rerun",
    )
    if not shown.open:
        return
    with shown:
        if not may_change(at, "what your company assumes is changed"):
            return
        by_name = {known.name: known for known in INPUTS}
        chosen = st.selectbox(
            "What", list(by_name), format_func=lambda name: by_name[name].label, key="belief_name"
        )
        if chosen is not None:
            _prepare(offered, by_name[chosen])


def _prepare(offered: Offered, known: Input) -> None:
    """Ask what the form is filled with and for which workflow, then draw it."""
    workflow = None
    if known.is_of_work:
        workflow = st.text_input("Workflow, as its outcomes name it", key="belief_workflow").strip()
        if not workflow:
            st.caption("It is said of one workflow at a time.")
            return
    found, minutes = None, 1.0
    from_studies = {preset.label: preset for preset in presets(known.name)}
    if from_studies:
        label = st.selectbox("Start from", [OWN, *from_studies], key=f"belief_preset_{known.name}")
        found = from_studies.get(label or OWN)
    if found is not None and found.per_minute_of_work:
        minutes = st.number_input(
            "Minutes of such work on an active day",
            min_value=1.0,
            max_value=600.0,
            value=60.0,
            format="%g",
            key="belief_minutes",
        )
        st.caption(plain(f"Studies: {found.studies}. Populations differ from yours."))
    _form(offered, known, workflow, found, minutes)


def _form(
    offered: Offered, known: Input, workflow: str | None, found: Preset | None, minutes: float
) -> None:
    now = (
        offered.believed.of_work.get((known.name, workflow))
        if workflow
        else offered.believed.get(known.name)
    )
    first_day = offered.holds_from(now)
    start = found or now
    ends = (start.low, start.mode, start.high) if start else (0.0, 0.0, 0.0)
    factor = minutes if found is not None and found.per_minute_of_work else 1.0
    filled = f"{known.name}_{workflow}_{found.label if found else ''}_{minutes:g}"
    with st.form("belief_form", border=False):
        st.caption(plain(f"In {known.unit}. {BOUNDS}"))
        columns = st.columns(3)
        low, mode, high = (
            column.number_input(name, value=value * factor, format="%g", key=f"{name}_{filled}")
            for column, name, value in zip(
                columns, ("Lowest", "Likeliest", "Highest"), ends, strict=True
            )
        )
        why = st.text_input(
            "Why",
            value=found.source if found else "",
            key=f"why_{filled}",
            placeholder="A study, a measurement, a judgement",
        )
        grade = st.segmented_control(
            "Evidence, from A (experiment) to D (judgement)",
            GRADES,
            default=found.grade if found else "D",
            required=True,
            key=f"grade_{filled}",
        )
        st.caption(
            plain(
                f"It holds for {offered.company} from {first_day:%Y-%m-%d} and is saved as a data "
                "version that links pin."
            )
        )
        by = who()
        is_saved = st.form_submit_button("Save", type="primary")
        is_own = now is not None and known.name not in offered.believed.proposed
        is_taken_back = is_own and st.form_submit_button("Take back")
    if not (is_saved or is_taken_back):
        return
    problem = why_not(known.name, low, high) if is_saved else None
    if not by:
        st.warning("Say who you are first.")
    elif problem:
        st.warning(plain(problem))
    else:
        assume = partial(act, "assume", by, offered.company, known.name, first_day)
        done = (
            assume(
                mode,
                known.unit,
                why,
                low=low,
                high=high,
                grade=grade or "D",
                workflow=workflow,
            )
            if is_saved
            else assume(None, known.unit, why, workflow=workflow)
        )
        if done:
            st.session_state["beliefs_changed"] = st.session_state.get("beliefs_changed", 0) + 1
            st.rerun()
