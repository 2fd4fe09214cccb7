"""Do the invoices agree with what was metered?"""

import streamlit as st

from leverage import words
from leverage.ask import Asker
from leverage.figures.reconciled import Reconciled, reconciled
from leverage.frame.parts import plain


@st.cache_data(max_entries=20, show_spinner=False)
def _held_against_use(store_id: str, number: int, _asker: Asker) -> Reconciled | None:
    """Return how invoices stand to use in a data version, worked out once."""
    return reconciled(_asker)


def invoices_against_use(asker: Asker) -> None:
    """Draw estimate, metered and invoiced side by side, with what is left unexplained."""
    agreed = _held_against_use(*asker.pin, asker)
    if agreed is None:
        return
    st.header("Invoices against use")
    st.markdown(f"**{plain(agreed.finding)}.** In US dollars, by the rates loaded:")
    st.dataframe(
        agreed.rows,
        hide_index=True,
        column_config={
            name: st.column_config.NumberColumn(format="%.2f")
            for name, dtype in agreed.rows.schema.items()
            if dtype.is_decimal()
        },
        placeholder=words.DASH,
        alt="Tokens at list price, metered use, seats and invoices by month, company and vendor",
    )
    st.caption(
        "Unexplained is what was invoiced for use or seats, less the use metered or estimated and "
        f"the seats that it covers. “{words.DASH}” is not loaded, or in a currency without a rate. "
        "The list price stands beside it and is added to nothing."
    )
