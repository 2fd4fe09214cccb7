"""The parts a page is drawn from: its head, cards, charts, explanations and source line."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Final, Literal
from zlib import crc32

import polars as pl
import streamlit as st

from leverage import figures, queries, words
from leverage.charts.house import PICK
from leverage.figures import (
    Ask,
    Badge,
    Caption,
    Chart,
    Details,
    Figure,
    Hidden,
    Table,
    ToSettle,
)
from leverage.figures.sectors import Published
from leverage.frame import filters, links
from leverage.frame.data import answer, built, here
from leverage.frame.style import stacked
from leverage.queries import Query

_ARROWS: Final[dict[bool | None, Literal["up", "down", "off"]]] = {
    True: "up",
    False: "down",
    None: "off",
}
_ADDRESS: Final = re.compile(r"(:(?=[\w/])|@|\bwww(?=\.))")
MOST_COLUMNS_ON_A_PHONE: Final = 4
_NUMBER: Final = re.compile(r"[−+]?\d[\d,.]*( ?(%|k|M|bn|[A-Z]{3}|h|points?)){0,2}")
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~^=&@])")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return text that Markdown leaves as it is: names of files and of the URL go through here.

    A backslash does not keep what looks like an icon's name or an address from becoming one; an
    invisible joiner inside it does. A number keeps its unit on its line.
    """
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub("\\1\u2060", words.unbroken(text)))


def head(title: str) -> None:
    """Draw the filters in force, the link to exactly this view, and the title."""
    at = here()
    if at is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(figures.scope(at.view, at.window)), width="stretch")
            shown = st.popover(
                "Copy link",
                icon=":material/link:",
                type="tertiary",
                key="copy_link",
                on_change="rerun",
            )
        if shown.open:
            with shown:
                st.caption("This exact view, with every filter and the data as they are now.")
                st.code(links.link_to_view(at), language=None, wrap_lines=True)
    st.title(plain(title), anchor=False)


def badges(shown: Sequence[Badge], captions: Sequence[Caption]) -> None:
    """Draw what the page rests on: short facts in a row, and below them what needs more words."""
    st.markdown(
        " ".join(
            f":{'orange' if badge.is_attention else 'gray'}-badge"
            f"[:material/{badge.icon}: {plain(badge.text)}]"
            for badge in shown
        )
    )
    if captions:
        st.caption("  \n".join(f"{plain(part.lead)}: {plain(part.text)}" for part in captions))


def cards(figures_shown: Sequence[Figure]) -> None:
    """Draw figures side by side, one card each."""
    for column, figure in zip(
        st.columns(len(figures_shown), border=True), figures_shown, strict=True
    ):
        with column:
            _card(figure)


def _card(figure: Figure) -> None:
    """Draw one figure: its value, how it moved, what stands beside it, and how it is computed."""
    if figure.text is None:
        st.markdown(plain(figure.name))
        st.caption(plain(figure.reason))
    else:
        st.metric(
            figure.name,
            figure.text,
            figure.change,
            delta_color="blue",
            delta_arrow=_ARROWS[figure.is_rise],
            help=f"n = {figure.n}" + _confidence(figure),
            chart_data=figure.trend or None,
        )
        graded = (figure.confidence.short,) if figure.confidence else ()
        st.caption("  \n".join(plain(line) for line in (*figure.beside, *graded)))
    explain(figure, figure.n)


def _confidence(figure: Figure) -> str:
    return f"  \nConfidence: {plain(figure.confidence.said)}" if figure.confidence else ""


def chart(drawn: Chart | Hidden) -> None:
    """Draw a chart, or say why there is none."""
    if isinstance(drawn, Hidden):
        _hidden(drawn)
        return
    key = f"chart_{drawn.name}"
    if drawn.filters is None:
        st.vega_lite_chart(drawn.rows, drawn.spec, alt=drawn.alt, key=key)
    else:
        st.vega_lite_chart(
            drawn.rows,
            drawn.spec,
            alt=drawn.alt,
            key=key,
            selection_mode=PICK,
            on_select=partial(filters.picked, drawn.filters, key),
        )
    if drawn.note:
        st.caption(plain(drawn.note))
    explain(drawn)


def table(drawn: Table | Hidden) -> None:
    """Draw a table under its finding, or say why there is none."""
    if isinstance(drawn, Hidden):
        _hidden(drawn)
        return
    st.markdown(f"**{plain(drawn.finding)}**")
    st.caption(plain(drawn.name))
    rows_of_text(drawn.rows, f"{drawn.name}. {drawn.finding}")
    if drawn.note:
        st.caption(plain(drawn.note))
    explain(drawn)


def details(drawn: Details) -> None:
    """Draw what one tab shows: what there is to say, then its charts and tables."""
    if drawn.said:
        st.markdown(plain(drawn.said))
    for one in drawn.shown:
        draw(one)


def draw(drawn: Chart | Table | Hidden) -> None:
    """Draw a chart or a table, or say why there is none."""
    if isinstance(drawn, Chart):
        chart(drawn)
    else:
        table(drawn)


def side_by_side(*drawn: Chart | Table | Hidden, widths: Sequence[int] = (1, 1)) -> None:
    """Draw charts or tables beside each other; a single one leaves the other places free."""
    for column, one in zip(st.columns(widths, gap="large"), drawn, strict=False):
        with column:
            draw(one)


def rows_of_text(rows: pl.DataFrame, alt: str) -> None:
    """Draw a table of text that Markdown leaves as it is, a number never over two lines.

    A table of many columns stands on a phone row below row, each value behind its column's name.
    """
    shown = rows.select(pl.all().map_elements(_cell, return_dtype=pl.String))
    draw_table = partial(st.table, shown, border="horizontal", hide_index=True, alt=alt)
    if rows.width <= MOST_COLUMNS_ON_A_PHONE:
        draw_table()
        return
    key = f"wide_{crc32(alt.encode()):x}"
    with st.container(key=key):
        st.html(stacked(key, rows.columns))
        draw_table()


def _cell(text: str) -> str:
    """Return a cell as Markdown; a number is marked, which the style keeps on one line."""
    return f":small[{plain(text)}]" if _NUMBER.fullmatch(text) else plain(text)


def _hidden(drawn: Hidden) -> None:
    st.markdown(f"**{plain(drawn.name)}**")
    st.caption(plain(drawn.reason))


def published(drawn: Published | Hidden) -> None:
    """Draw what others have published, with its caveat, or say why there is nothing beside it."""
    if isinstance(drawn, Hidden):
        _hidden(drawn)
        return
    st.markdown(f"**{plain(drawn.finding)}**")
    st.caption(plain(drawn.name))
    rows_of_text(drawn.rows, f"{drawn.name}. {drawn.finding}")
    st.caption(plain(drawn.caveat))


def tabs(key: str, parts: Mapping[str, tuple[Callable[[Ask], Any], Callable[[Any], None]]]) -> None:
    """Draw tabs under their names, each what it is built by and what then draws it.

    What stands in a tab is asked for when it is opened; a link opens the tab it was made on.
    """
    opened = st.tabs(list(parts), key=key, on_change="rerun", bind="query-params")
    for tab, (build, drawn) in zip(opened, parts.values(), strict=True):
        if tab.open:
            with tab:
                found = built(build)
                if found is not None:
                    drawn(found)


def explain(drawn: Figure | Chart | Table, n: str = "") -> None:
    """Offer how a number is computed: definition, window, loads and SQL, read when it is opened."""
    metric, asked, confidence = drawn.metric, drawn.question, drawn.confidence
    shown = st.popover(
        "How is this computed?",
        type="tertiary",
        key=f"explain_{type(drawn).__name__}_{drawn.name}",
        on_change="rerun",
    )
    at = here()
    if at is None or not shown.open:
        return
    with shown:
        defined = queries.get("metrics", metric)
        st.markdown(f"**{plain(defined.header['label'])}**")
        definition(defined)
        facts = [f"**Window** {plain(figures.scope(at.view, at.window))}"]
        if n:
            facts.append(f"**n** {plain(n)}")
        if confidence is not None:
            facts.append(f"**Confidence** {plain(confidence.said)}")
        facts.append(f"**Data version** {words.count(at.pin.number)} ({at.pin})")
        st.markdown("  \n".join(facts))
        st.markdown("**Source loads**")
        lines = figures.loads_in_words(answer("source_loads").frame)
        st.caption("  \n".join(plain(line) for line in lines))
        st.markdown("**Formula and question as SQL**")
        sql = f"{defined.sql}\n{queries.get('questions', asked).sql}"
        st.code(sql, language="sql", wrap_lines=True)


def definition(metric: Query) -> None:
    """Draw what a metric means, from the header of its file."""
    header = {key: str(text).replace("NULL", "unknown") for key, text in metric.header.items()}
    numerator, over, denominator = header["formula"].partition(" ÷ ")
    formula = [("Numerator", numerator), ("Denominator", denominator)] if over else []
    rows = [
        ("Unit", header["unit"]),
        *(formula or [("Formula", header["formula"])]),
        *([("Cost", header["cost"])] if "cost" in header else []),
        ("Where something is missing", header["null_rule"]),
        ("Mind", header["caveat"]),
    ]
    st.markdown("  \n".join(f"**{name}** {plain(text)}" for name, text in rows))


def question(asked: Query) -> None:
    """Draw what a question answers, from the header of its file, and its SQL."""
    header = asked.header
    st.markdown(f"{plain(header['meaning'])} {plain(str(header['grain']).capitalize())}.")
    st.code(asked.sql, language="sql", wrap_lines=True)


def source_line(text: str) -> None:
    """Draw what the page rests on, and the way to what its numbers mean."""
    st.caption(plain(text))
    links.page_link("methods", "What do these numbers mean?")


def sentences(heading: str, said: Sequence[words.Sentence]) -> None:
    """Draw sentences under their heading, the main clause of each in bold."""
    lines = [
        f"## {plain(heading)}",
        *(
            f"**{plain(sentence.lead)}**{plain(sentence.text.removeprefix(sentence.lead))}"
            for sentence in said
        ),
    ]
    st.markdown("\n\n".join(lines))


def to_settle(heading: str, points: Sequence[ToSettle]) -> None:
    """Draw what someone can bring, and the way to where it is handed in."""
    lines = [
        f":material/arrow_forward: **{plain(point.lead)}:** {plain(point.text)}" for point in points
    ]
    if not points:
        lines = ["No kind of file is missing for this page."]
    st.markdown("\n\n".join([f"## {plain(heading)}", *lines]))
    if points:
        links.page_link("data", "Go to the Data page")


def notes(said: Sequence[str]) -> None:
    """Draw what was hidden and why."""
    if said:
        st.caption("  \n".join(plain(note) for note in said))


def download(label: str, file_name: str, text: str) -> None:
    """Offer a table as a file that spreadsheets open."""
    st.download_button(
        label,
        text.encode(),
        file_name=file_name,
        mime="text/csv",
        icon=":material/download:",
        key=f"download_{file_name}",
        on_click="ignore",
    )
