"""What does each number mean, and how is it computed?"""

import streamlit as st

from leverage import frame, queries
from leverage.figures.confidence import rule
from leverage.intake.prices import PRICE_LIST
from leverage.privacy import SMALL_GROUPS, K

frame.head("What the numbers mean, and how they are computed")

st.header("Metrics")
for metric in queries.folder("metrics").values():
    label = frame.plain(metric.header["label"])
    st.subheader(label)
    frame.definition(metric)
    with st.expander(f"{label} as SQL"):
        st.code(metric.sql, language="sql", wrap_lines=True)

st.header("Rules")
st.subheader("Which file counts where several tell of the same use")
st.markdown(frame.plain(queries.get("marts", "authority").header["meaning"]))
st.subheader("What is never shown of people")
st.markdown(
    f"People are pseudonyms from the moment a file is loaded. Of a group split or filtered by "
    f"department or role, nothing is shown on its own where fewer than {K} people used AI or one "
    f"person used most of it: such groups stand together as {frame.plain(SMALL_GROUPS)}, and "
    "others join them until no subtraction of what is shown isolates a few people. Where even "
    "that cannot be had, the split is not shown. The company's money and tokens by vendor, model "
    "and month are always shown, and so is its count of active people."
)
st.subheader("How far a figure can be trusted")
st.markdown(frame.plain(rule()))
st.subheader("Days, weeks, months and prices")
st.markdown(
    "Days are those of UTC, weeks start on Monday, months are calendar months. "
    + frame.plain(queries.get("questions", "months").header["meaning"])
    + " What no vendor billed is estimated from list prices, those of "
    + frame.plain(PRICE_LIST)
    + " in this version of the program."
)

st.subheader("The currency money is told in")
st.markdown(
    "Money is worked out in US dollars; what was paid in another currency counts by the rate of "
    "its own month, and stands apart where none is loaded. The currency chosen as a filter is "
    "another matter: it divides every amount of a page by one rate, that of the newest month shown "
    "or else of the newest before it, so that sums stay sums and no change is one of exchange "
    "rates. Where companies in view share no rate, US dollars are told, and the page says why."
)

st.header("Questions")
st.markdown("Every figure is the answer to one of these, under the filters of the page.")
asked = queries.folder("questions")
name = st.selectbox(
    "Question", list(asked), format_func=lambda stem: str(asked[stem].header["title"])
)
frame.question(asked[name])
