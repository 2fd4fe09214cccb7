"""Every change to the data, and the way to take a load back."""

import polars as pl
import streamlit as st

from leverage import words
from leverage.ask import Asker
from leverage.figures import kind_title
from leverage.figures.trust import undo_in_words
from leverage.frame import edits

DONE = {"load": "Load", "undo": "Undo", "edit": "Edit", "migrate": "Migration"}


def history(asker: Asker, by: str) -> None:
    """Draw the changes, the newest first."""
    st.header("History")
    log = asker.rows("load_log", {})
    st.dataframe(
        log.select(
            pl.col("n").alias("No."),
            pl.col("changed_at").alias("When (UTC)"),
            pl.col("loaded_by").alias("Who"),
            pl.col("action").replace(DONE).alias("What"),
            pl.col("kind").map_elements(kind_title, return_dtype=pl.String).alias("Of"),
            pl.col("company").alias("Company"),
            pl.col("summary").alias("What it did"),
            pl.when(pl.col("is_in_effect"))
            .then(pl.lit("in effect"))
            .when(pl.col("action") == "load")
            .then(pl.lit("taken back"))
            .alias("State"),
        ).with_columns(pl.col(pl.String).fill_null("")),
        hide_index=True,
        column_config={
            "When (UTC)": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm"),
            "What it did": st.column_config.Column(width="large"),
        },
        alt="Every change to the data, the newest first",
    )
    loads = {row["n"]: row for row in asker.rows("undoable_loads", {}).iter_rows(named=True)}
    if loads:
        chosen = st.selectbox(
            "Take back a load",
            loads,
            index=None,
            key="undo",
            placeholder="Choose one",
            format_func=lambda n: (
                f"{words.count(n)}: {kind_title(loads[n]['kind'])} of {loads[n]['company']}, "
                f"loaded by {loads[n]['loaded_by']}"
            ),
        )
        if chosen is not None:
            blocked_by = loads[chosen]["undo_first"]
            if blocked_by is not None:
                st.warning(
                    f"Load {words.count(blocked_by)} has replaced rows of the same days since. "
                    "Take that one back first."
                )
            else:
                st.markdown(undo_in_words(loads[chosen]))
                if st.button(
                    f"Take back load {words.count(chosen)}", key="undo_now", type="primary"
                ):
                    if not by:
                        st.warning("Say who you are above first.")
                    elif edits.act("undo", by, chosen):
                        st.rerun()
