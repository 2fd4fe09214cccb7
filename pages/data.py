"""Hand in this month's exports; can I trust what is loaded?"""

from datetime import date

import polars as pl
import streamlit as st

from leverage import frame, words
from leverage.ask import Asker
from leverage.figures import kind_title
from leverage.figures.matches import matches
from leverage.figures.reconciled import Reconciled, reconciled
from leverage.figures.sources import Sources, source_title, sources
from leverage.figures.trust import Trust, trust, undo_in_words
from leverage.frame import hand_in, plain
from leverage.frame.quality import trusted
from leverage.frame.work import which_work
from leverage.intake.kinds import kinds
from leverage.store import Store
from leverage.store.changes import USUAL

MOST_SERVICES = 20
# A month is as wide whether there are three of them or twenty-four.
MONTH_PX, NAME_PX = 36, 320
UNKNOWN = "–"
DONE = {"load": "Load", "undo": "Undo", "edit": "Edit", "migrate": "Migration"}


def real_asker() -> Asker | None:
    """Return what answers on the real store, never on the sample's; None where there is none."""
    root = frame.data_root() / "store"
    here = frame.here()
    if here is None or not (root / "store.json").is_file():
        return None
    store = Store(root) if here.opened.is_sample else here.opened.asker.store
    return Asker(here.opened.asker.engine, store, store.newest())


@st.cache_data(max_entries=20, show_spinner=False)
def told(store_id: str, number: int, today: date, _asker: Asker) -> Trust | None:
    """Return what there is to say of a data version, worked out once."""
    return trust(_asker, today)


@st.cache_data(max_entries=20, show_spinner=False)
def held_against_use(store_id: str, number: int, _asker: Asker) -> Reconciled | None:
    """Return how invoices stand to use in a data version, worked out once."""
    return reconciled(_asker)


@st.cache_data(max_entries=20, show_spinner=False)
def counted(store_id: str, number: int, _asker: Asker) -> Sources | None:
    """Return which source counts in a data version, worked out once."""
    return sources(_asker)


def choose_source(found: Sources, by: str) -> None:
    """Offer another source in place of the one that counts, and the way back."""
    places = range(len(found.choices))
    place = st.selectbox(
        "What shall be counted from another source?",
        places,
        index=None,
        key="source_of",
        placeholder="Choose one",
        format_func=lambda place: found.choices[place].said,
    )
    if place is None:
        return
    choice = found.choices[place]
    offered = [USUAL, *choice.kinds]
    with st.form("source", border=False):
        first, second = st.columns([4, 1], vertical_alignment="bottom")
        kind = first.selectbox(
            "Count it from",
            offered,
            index=offered.index(choice.kind) if choice.kind in offered else 0,
            format_func=source_title,
            help="On days on which that source holds nothing, the usual rule decides.",
        )
        if second.form_submit_button("Count it so"):
            to = (choice.company, choice.vendor, choice.account, choice.measure, kind)
            if not by:
                st.warning("Say who you are above first.")
            elif hand_in.act("choose_source", by, *to):
                st.rerun()


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


asker = real_asker()
state = told(*asker.pin, date.today(), asker) if asker else None
companies = asker.rows("company_list", {}).to_dicts() if asker else []
hand_in.enter_created()

# ---- the finding -------------------------------------------------------------------------------

if asker is None:
    st.caption("Your own data; the other pages show invented sample data until some are loaded")
elif frame.here():
    st.caption(
        f"Your own data, version {words.count(asker.number)} of store {asker.store.id} · "
        "everything that is loaded, whatever the filters say"
    )
st.title(plain(state.title) if state else "Nothing of your own is loaded yet", anchor=False)
hand_in.who_loads()
hand_in.answered()

left, right = st.columns([3, 2], gap="large")
with left:
    st.header("Hand in exports")
    by, company = hand_in.who_and_company(companies)
    hand_in.hand_in(by, company)

with right:
    if state is None:
        st.header("How to start")
        st.markdown(
            "1. Say who you are, and create your company.\n"
            "2. Drop the exports of last month: one vendor is enough to begin.\n"
            "3. Look at what was found in them, then load it. Every load can be taken back."
        )
    else:
        st.header("Missing exports")
        if not state.missing:
            name = words.month_name(state.month)
            st.markdown(f"None: every source seen before goes up to {name}.")
        for lack in state.missing:
            st.markdown(f"**{plain(lack.source)}** {plain(lack.said)}")
            st.caption(plain(lack.how))
        for note in (state.partly, state.rosters):
            if note:
                st.caption(plain(note))
        if state.ended:
            st.caption(f"Quiet for long, perhaps ended: {plain('; '.join(state.ended))}")
    with st.expander("Which exports can be loaded, and how to get them"):
        how_to_get()

if asker is None:
    st.stop()

# ---- can it be trusted? ------------------------------------------------------------------------

if state is not None:
    st.header("What is loaded")
    for number, calendar in enumerate(state.calendars):
        with st.container(width=NAME_PX + MONTH_PX * calendar.months):
            st.vega_lite_chart(
                calendar.rows, calendar.spec, alt=calendar.alt, key=f"calendar_{number}"
            )

    trusted(asker)
    told_by = counted(*asker.pin, asker)
    if told_by is not None:
        st.header("Which source counts")
        st.markdown(f"**{plain(told_by.finding)}.**")
        st.dataframe(
            told_by.rows,
            hide_index=True,
            column_config={
                "Tokens": st.column_config.NumberColumn(format="localized"),
                "Cost in USD": st.column_config.NumberColumn(format="%.2f"),
            },
            placeholder=UNKNOWN,
            alt="What each source holds of a month and vendor, whether it counts, and why",
        )
        st.caption(
            "Day by day one source counts for tokens and one for cost; the others are kept and "
            "compared. Cost is a bill, else the vendor's estimate, else the list price. Tokens are "
            "those of a usage file, else of a bill. A gateway counts where the vendor's own "
            "exports hold nothing. “Off by” is against what counts on the days on which the source "
            f"does not; “{UNKNOWN}” is not reported, or nothing to compare."
        )
        if told_by.choices:
            choose_source(told_by, by)

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
                elif hand_in.act("settle_matches", by, *settled):
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
                elif hand_in.act("give_department", by, *service, department):
                    st.rerun()

# ---- what is it used for? ----------------------------------------------------------------------

which_work(asker, by, company)

# ---- do the invoices agree? --------------------------------------------------------------------

agreed = held_against_use(*asker.pin, asker)
if agreed is not None:
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
        placeholder=UNKNOWN,
        alt="Tokens at list price, metered use, seats and invoices by month, company and vendor",
    )
    st.caption(
        "Unexplained is what was invoiced for use or seats, less the use metered or estimated and "
        f"the seats that it covers. “{UNKNOWN}” is not loaded, or in a currency without a rate. "
        "The list price stands beside it and is added to nothing."
    )

# ---- the history -------------------------------------------------------------------------------

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
            if st.button(f"Take back load {words.count(chosen)}", key="undo_now", type="primary"):
                if not by:
                    st.warning("Say who you are above first.")
                elif hand_in.act("undo", by, chosen):
                    st.rerun()
