"""What the loader says of a file, in the words of the Data page."""

import re
from collections.abc import Sequence
from datetime import date

from leverage import words
from leverage.errors import ReportError
from leverage.figures.scope import listed
from leverage.uploads import FileResult, Progress

MONEY = {
    "net_cost_usd": "billed",
    "amortised_cost_usd": "amortised",
    "estimated_cost_usd": "estimated by the vendor",
    "gross_cost_usd": "before discounts",
    "list_cost_usd": "at list prices",
}
PHASES = {
    "reading bytes": "Reading it",
    "mapping lines": "Mapping its lines",
    "rolling up lines": "Rolling up and pricing its lines",
    "writing rows": "Writing rows",
    "building months": "Adding up months",
}
QUOTED = re.compile("“[^”]*”")
MOST_REASONS = 5
# What the command line tells its user to type, as the page's reader does it.
STEPS = {
    "--account": "Say below which account it is from",
    "--dates": "Say below which comes first in its dates",
    "--period": "Say below which days it covers",
    "--rejects": "Export it again without opening it in a spreadsheet",
    "--company": "Choose the company above, or create it there",
    "leverage company": "Choose the company above, or create it there",
    "leverage kinds": "See “Which exports can be loaded, and how to get them” on this page, or "
    "describe its columns below",
    "leverage mapping": "Describe its columns below",
    "leverage mark": "Mark below what of it is AI use",
}


def origin(file: FileResult) -> str:
    """Say what a file is: “OpenAI API usage of Acme, org-1, 1 to 30 June 2026”."""
    parts = [f"{file.title} of {file.company}" if file.title else "Not recognised"]
    accounts = sorted({account for account, _, _ in file.days} - {"main"})
    if accounts:
        parts.append(listed(accounts))
    if file.days:
        first = min(first for _, first, _ in file.days)
        last = max(last for _, _, last in file.days)
        parts.append(words.days(first, last))
    return ", ".join(parts)


def lines(file: FileResult) -> str:
    """Say what became of its lines; the parts add up to the whole."""
    return (
        f"{words.count(file.rows_in)} lines = {words.count(file.rows_taken)} taken + "
        f"{words.count(file.rows_set_aside)} set aside + {words.count(file.rows_rejected)} rejected"
    )


def reasons(file: FileResult) -> list[str]:
    """Say why lines were not taken: “9 lines set aside: blank day”.

    Reasons that differ in the cell they quote alone are one, with the first cell as example.
    """
    alike: dict[str, tuple[str, int, int]] = {}
    for reason, number in file.reasons.items():
        kind = QUOTED.sub("“…”", reason)
        example, lines, cells = alike.get(kind, (reason, 0, 0))
        alike[kind] = (example, lines + number, cells + 1)
    told = []
    for example, number, cells in sorted(alike.values(), key=lambda held: -held[1]):
        reason = QUOTED.sub(r"\g<0> and the like", example, count=1) if cells > 1 else example
        told.append(f"{words.count(number)} line{'s' * (number != 1)} {reason}")
    if len(told) > MOST_REASONS:
        rest = words.count(len(told) - MOST_REASONS)
        told[MOST_REASONS:] = [f"and {rest} other reasons; every line is in the download"]
    return told


def totals(file: FileResult) -> str:
    """Say what the lines taken hold: tokens, money and credits, each by its own unit."""
    parts = []
    tokens = file.tokens()
    if tokens is not None:
        parts.append(f"{words.tokens(tokens)} tokens")
    for name, said in MONEY.items():
        amount = file.total(name)
        if amount is not None:
            parts.append(f"{words.money(amount)} {said}")
    billed = file.total("billed_in_currency")
    if billed is not None:
        parts.append(f"{words.count(billed)} in another currency")
    for name in ("requests", "messages"):
        number = file.total(name)
        if number is not None:
            parts.append(f"{words.count(number)} {name}")
    parts += [
        f"{words.count(number)} {unit.replace('_', ' ')}s"
        for unit, number in file.credits().items()
    ]
    return " · ".join(parts)


def which_file(progress: Progress) -> str:
    """Say which file is under way: “file 2 of 7”."""
    at = min(progress.files_done + 1, progress.files)
    return f"file {words.count(at)} of {words.count(progress.files)}"


def phase(progress: Progress) -> str:
    """Say what is being done and how far it is: “Mapping its lines: 1,200 of 30,000”."""
    doing = PHASES.get(progress.phase)
    if doing is None:
        return ""
    of = words.size if progress.phase == "reading bytes" else words.count
    return f"{doing}: {of(progress.done)} of {of(progress.of)}"


def change(file: FileResult, files: Sequence[FileResult] = ()) -> str:
    """Say what loading it does: “Loading it adds 30 rows”.

    Of several among `files` that are one replacement the first says it for all of them.
    """
    together = file.together(files)
    if not file.change:
        return "There is nothing to store"
    if len(together) > 1 and together[0] != file:
        return f"Counted with {together[0].name} above"
    it = "it" if len(together) < 2 else f"these {words.count(len(together))} files together"
    return f"Loading {it} {file.change}"


def refusal(file: FileResult) -> ReportError:
    """Return why it was refused, with a next step that the page offers."""
    refused = file.refused or {}
    step = refused.get("next_step", "")
    said = next((ours for theirs, ours in STEPS.items() if theirs in step), step)
    found = refused.get("found", "")
    # The accounts to choose from stand in the question, and the reasons of lines below.
    if file.asks == "account" or found.startswith(f"{file.rows_in} lines: "):
        found = ""
    return ReportError(refused.get("title", ""), found, said)


def outcome(file: FileResult) -> str:
    """Say what became of a file that was to be loaded."""
    if file.refused:
        error = refusal(file)
        return f"was not loaded: {error.title}"
    if file.number is None:
        return file.change or "holds nothing to store"
    return f"{file.change}; load {words.count(file.number)}"


def period_of(chosen: tuple[date, ...]) -> str | None:
    """Return the days a person chose as the command line takes them, None unless both are there."""
    if not chosen:
        return None
    return f"{min(chosen).isoformat()}..{max(chosen).isoformat()}"
