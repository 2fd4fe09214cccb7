"""What has no owner or price: whose accounts may be whose, and services of no department."""

import polars as pl
import streamlit as st

from leverage import words
from leverage.ask import Asker
from leverage.figures.matches import matches
from leverage.figures.trust import Trust
from leverage.frame import edits
from leverage.frame.parts import plain

MOST_SERVICES = 20


def without_owner(state: Trust, asker: Asker, by: str) -> None:
    """Draw what nobody answers for, with the ways to name who does."""
    st.header("What has no owner or price")
    told_apart = matches(asker)
    if not state.points and state.services.is_empty() and not told_apart:
        st.markdown(f"Nothing: in {state.period} all use has an owner and a price.")
    for point in state.points:
        st.markdown(f"**{plain(point.lead)}.** {plain(point.text)}.")
    for number, match in enumerate(told_apart):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(match.lead)}:** {plain(match.why)}.", width="stretch")
            label = "Take back" if match.is_confirmed else "Confirm"
            if st.button(label, key=f"match_{number}", type="tertiary"):
                settled = (match.company, match.vendor, match.reason, not match.is_confirmed)
                if not by:
                    st.warning("Say who you are above first.")
                elif edits.act("settle_matches", by, *settled):
                    st.rerun()
    if len(state.services):
        many = len(state.services)
        verb = "service account or key has" if many == 1 else "service accounts or keys have"
        st.markdown(f"**{words.count(many)} {verb} no department.** {state.period}, by tokens:")
        st.dataframe(
            state.services.head(MOST_SERVICES).select(
                pl.col("service").alias("Service"),
                pl.col("vendor").alias("Vendor"),
                pl.col("company").alias("Company"),
                pl.col("tokens")
                .map_elements(words.tokens, return_dtype=pl.String, skip_nulls=False)
                .alias("Tokens"),
            ),
            hide_index=True,
            alt="Service accounts and keys without a department, the largest first",
        )
        names = state.services.select("company", "service").unique(maintain_order=True).rows()
        with st.form("service_owner", border=False):
            first, second, third = st.columns([2, 2, 1], vertical_alignment="bottom")
            service = first.selectbox(
                "Service", names, index=None, format_func=lambda pair: f"{pair[1]}, {pair[0]}"
            )
            department = second.selectbox(
                "Department that answers for it",
                asker.filter_values()["department"],
                index=None,
                accept_new_options=True,
            )
            if third.form_submit_button("Assign"):
                if not (service and department and by):
                    st.warning("Choose a service and its department, and say who you are above.")
                elif edits.act("give_department", by, *service, department):
                    st.rerun()
