"""The form by which a company says what it believes of one thing it has not measured."""

from functools import partial

import streamlit as st

from leverage.figures.roi import INPUTS, Input, Offered, Preset, presets
from leverage.frame.edits import act, is_ready, offer_change, who
from leverage.frame.parts import plain
from leverage.store.assumptions import GRADES

OWN = "My own values"
ALL_ROLES = "All roles"
BOUNDS = (
    "Give the lowest and the highest you would still believe at all, not those you expect: people "
    "who are asked for what they expect make ranges far too narrow."
)


def change_belief(offered: Offered | None) -> None:
    """Offer to change an assumption of the one company in view, or say to choose one."""
    if offered is None:
        st.caption("Choose one company to change what it assumes.")
        return
    what = "what your company assumes is changed"
    offer_change("Change an assumption", "change_belief", what, partial(_choose, offered))


def _choose(offered: Offered) -> bool:
    """Ask which assumption, then what its form is filled with; tells whether it was saved."""
    by_name = {known.name: known for known in INPUTS}
    chosen = st.selectbox(
        "What", list(by_name), format_func=lambda name: by_name[name].label, key="belief_name"
    )
    return chosen is not None and _prepare(offered, by_name[chosen])


def _prepare(offered: Offered, known: Input) -> bool:
    """Ask what the form is filled with and for which workflow, then draw it."""
    workflow = None
    if known.is_of_work:
        workflow = st.text_input(
            "Workflow as its outcomes name it, else department", key="belief_workflow"
        ).strip()
        if not workflow:
            st.caption("It is said of one workflow at a time.")
            return False
    role = None
    if known.is_of_role and offered.roles:
        chosen = st.selectbox("Of whom", [ALL_ROLES, *offered.roles], key="belief_role")
        role = None if chosen == ALL_ROLES else chosen
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
    return _form(offered, known, found, minutes, workflow=workflow, role=role)


def _form(
    offered: Offered,
    known: Input,
    found: Preset | None,
    minutes: float,
    *,
    workflow: str | None,
    role: str | None,
) -> bool:
    now = offered.believed.said_of(known.name, workflow, role)
    first_day = offered.holds_from(now)
    start = found or now
    ends = (start.low, start.mode, start.high) if start else (0.0, 0.0, 0.0)
    factor = minutes if found is not None and found.per_minute_of_work else 1.0
    filled = f"{known.name}_{workflow}_{role}_{found.label if found else ''}_{minutes:g}"
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
        is_own = now is not None and (bool(role) or known.name not in offered.believed.proposed)
        is_taken_back = is_own and st.form_submit_button("Take back")
    if not (is_saved or is_taken_back):
        return False
    if not is_ready(by, offered.why_not(known.name, low, mode, high) if is_saved else None):
        return False
    of = {"workflow": workflow, "role": role}
    assume = partial(act, "assume", by, offered.company, known.name, first_day, **of)
    if is_taken_back:
        return assume(None, known.unit, why)
    return assume(mode, known.unit, why, low=low, high=high, grade=grade or "D")
