"""How each export is got, and the templates to fill in."""

import streamlit as st

from leverage.frame.parts import plain
from leverage.intake.kinds import kinds


def how_to_get() -> None:
    """Say of a kind of file how it is got, and offer the template where people write it."""
    known = {kind.title: kind for kind in sorted(kinds().values(), key=lambda kind: kind.title)}
    title = st.selectbox(
        "Export or template", known, index=None, key="how", placeholder=f"One of {len(known)}"
    )
    if title is None:
        return
    kind = known[title]
    st.markdown(plain(kind.how))
    if not kind.template:
        st.caption(plain(f"Known by its columns {', '.join(kind.header['signature'])}."))
        return
    st.caption(
        "  \n".join(
            f"**{plain(column)}** {plain(meaning)}" for column, meaning in kind.template.items()
        )
    )
    st.download_button(
        "Download the template",
        ",".join(kind.template) + "\n",
        f"{kind.name}.csv",
        "text/csv",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
