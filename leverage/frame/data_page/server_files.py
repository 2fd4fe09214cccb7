"""Handing in files that lie on the server: the inbox, chosen from a list and never typed."""

import streamlit as st

from leverage import inbox, uploads, words
from leverage.errors import ReportError
from leverage.frame.data import data_root
from leverage.frame.parts import plain
from leverage.uploads import Upload


def server_files(round_: int, is_ready: bool) -> tuple[list[Upload], ReportError | None]:
    """Offer what lies in the inbox; returns the files that were chosen, or why they cannot be.

    `round_` makes it a new choice with nothing chosen.
    """
    found = {one.name: one for one in inbox.listed(data_root())}
    if not found:
        return [], None

    def label(name: str) -> str:
        one = found[name]
        many = f"{words.count(one.files)} file{'s' * (one.files != 1)}, "
        many = many if name.endswith("/") else ""
        return f"{name} ({many}{words.size(one.size_bytes)})"

    with st.form(f"inbox_{round_}", border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        chosen = left.multiselect(
            "Or files that lie on the server",
            found,
            format_func=label,
            placeholder="None",
            disabled=not is_ready,
            key=f"inbox_files_{round_}",
            help="However large. Each is read where it lies; the page does not wait for it.",
        )
        right.form_submit_button("Check", disabled=not is_ready, width="stretch")
    if sum(not name.endswith("/") for name in found) == inbox.MOST_FILES:
        st.caption(f"The first {words.count(inbox.MOST_FILES)} files of the folder are listed.")
    try:
        paths = [path for name in chosen for path in inbox.resolved(data_root(), name)]
    except ReportError as error:
        return [], error
    return [
        Upload(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}", path.name, path)
        for path in dict.fromkeys(paths)
    ], None


def too_large(company: str, by: str) -> None:
    """Say what to do with a file that the page does not take."""
    with st.popover(f"A file of more than {uploads.PAGE_MB} MB?", type="tertiary"):
        st.markdown(
            f"Have it put into the folder {plain(str(inbox.folder(data_root())))} on the server; "
            "then it can be chosen here. Or whoever runs the server loads it there, with this "
            "command and the file’s own name:"
        )
        command = uploads.command_line(data_root(), company, by, "export.csv")
        st.code(command, language="bash", wrap_lines=True)
