"""What changed rules would move, in words: for the rule editor and the command line alike."""

from collections.abc import Mapping

import polars as pl

from leverage import words
from leverage.rules import UNASSIGNED
from leverage.store.trial import Amount, Move, Trial

_OTHER = {
    "workflow": "another workflow",
    "workload_class": "another workload class",
    "autonomy": "another level of autonomy",
    "role_family": "another role family",
}
_NAMES = {
    "workflow": "Workflow",
    "workload_class": "Workload class",
    "autonomy": "Autonomy",
}


def sentences(trial: Trial) -> list[str]:
    """Say of each subject how much would get another result, and of how much; the finding first.

    Subjects that no rule was changed of are left out where nothing of them would move.
    """
    moved = {move.subject: move.amount for move in trial.moves if move.before is None}
    said = [
        _said(subject, moved.get(subject), trial.everything)
        for subject in _NAMES
        if subject in moved or subject in trial.subjects
    ]
    if "role_family" in trial.subjects:
        said.append(_of_roles(trial))
    return said


def moves(trial: Trial) -> pl.DataFrame:
    """Return what would become what, ready to show, the largest first within its subject."""
    parts = [move for move in trial.moves if move.before is not None]
    parts.sort(key=lambda move: list(_NAMES).index(move.subject))
    return pl.DataFrame(
        [_row(move, trial.everything) for move in parts],
        schema=dict.fromkeys(
            ("Rules for", "Now", "Then", "Rows", "Months", "Tokens", "Cost"), pl.String
        ),
    )


def _said(subject: str, moved: Amount | None, everything: Amount) -> str:
    if moved is None:
        return f"No use would get {_OTHER[subject]}"
    rows = f"{words.count(moved.rows)} {'row' if moved.rows == 1 else 'rows'}"
    months = f"{moved.months} {'month' if moved.months == 1 else 'months'}"
    tokens, cost = _amounts(moved, everything, " price-weighted tokens", " of all")
    amounts = [amount for amount in (tokens, cost) if amount != words.DASH]
    holding = f", with {' and '.join(amounts)}," if amounts else ""
    return f"{rows} of use in {months}{holding} would get {_OTHER[subject]}"


def _of_roles(trial: Trial) -> str:
    if trial.employees is None:
        return "No roster or headcount is loaded, so nobody would get another role family"
    if trial.employees_moved is None:
        return (
            "How many employees would get another role family is not told, because fewer than 5 "
            "would, or would not"
        )
    if trial.employees_moved == 0:
        return "No employee would get another role family"
    share = words.share(trial.employees_moved / trial.employees)
    return (
        f"{words.count(trial.employees_moved)} of {words.count(trial.employees)} employees "
        f"({share}) would get another role family"
    )


def _row(move: Move, everything: Amount) -> Mapping[str, str]:
    tokens, cost = _amounts(move.amount, everything)
    return {
        "Rules for": _NAMES[move.subject],
        "Now": _named(move.subject, move.before),
        "Then": _named(move.subject, move.after),
        "Rows": words.count(move.amount.rows),
        "Months": words.count(move.amount.months),
        "Tokens": tokens,
        "Cost": cost,
    }


def _named(subject: str, result: str | None) -> str:
    if result not in (None, UNASSIGNED):
        return str(result)
    return (words.UNKNOWN if subject == "autonomy" else UNASSIGNED).capitalize()


def _amounts(part: Amount, whole: Amount, noun: str = "", of: str = "") -> tuple[str, str]:
    """Say tokens and cost with their shares of the whole; a dash where one is not known."""
    tokens = cost = words.DASH
    if part.tokens is not None:
        tokens = f"{words.tokens(part.tokens)}{noun}"
        tokens += f" ({words.share(part.tokens / whole.tokens)}{of})" if whole.tokens else ""
    if part.cost_usd is not None:
        cost = words.money(part.cost_usd)
        cost += f" ({words.share(part.cost_usd / whole.cost_usd)}{of})" if whole.cost_usd else ""
    return tokens, cost
