"""Rules an analyst writes: which work use is for, how far it runs alone, what people do.

A rule says that where a field matches a pattern the result holds. Patterns are compared without
regard to case; * stands for any text and ? for one character. Of the rules that match, the one with
the lowest priority fires, else the one with the longest pattern, else the first by alphabet.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from leverage.errors import ChangeRefused, FileRefused

if TYPE_CHECKING:
    import polars as pl

UNASSIGNED = "unassigned"
LEVELS = ("0", "1", "2", "3")
CLASSES = (
    "retrieval",
    "reasoning",
    "summarisation",
    "mediation",
    "debugging",
    "generation",
    "decisioning",
)
"""The classes of work that sector patterns are told in; others may be named as well."""
COLUMNS = ("subject", "field", "pattern", "result", "priority")

_USE = (
    "workspace",
    "service",
    "key_name",
    "tags",
    "trace",
    "account",
    "surface",
    "vendor",
    "model",
    "kind",
)
FIELDS = {
    "workflow": _USE,
    "workload_class": ("workflow", *_USE),
    "autonomy": ("workflow",),
    "role_family": ("role", "job_title", "department"),
}
"""The fields that rules of each subject may look at."""


@dataclass(frozen=True)
class Rule:
    """One rule; a `result` of None takes the rule for that field and pattern away."""

    company: str
    subject: str
    field: str
    pattern: str
    result: str | None
    priority: int | None = None


def checked(rule: Rule) -> Rule:
    """Return a rule without blanks around its text; one that can never fire is refused."""
    if rule.subject not in FIELDS:
        return rule
    fields = FIELDS[rule.subject]
    pattern = rule.pattern.strip()
    result = None if rule.result is None else rule.result.strip()
    said = rule.subject.replace("_", " ")
    if rule.field not in fields:
        raise ChangeRefused(
            title=f"A rule of {said} cannot look at “{rule.field}”",
            found=f"It can look at {', '.join(fields)}",
            next_step="Choose one of them",
        )
    if not pattern:
        raise ChangeRefused(
            title=f"A rule of {said} needs a pattern",
            found=f"The pattern for {rule.field} is empty",
            next_step="Write the text it must match, with * for any text",
        )
    if result == "" or (result or "").casefold() == UNASSIGNED:
        raise ChangeRefused(
            title=f"The rule for {rule.field} {pattern} needs a result",
            found=f"It says “{result}”" if result else "It has none",
            next_step=f"Write the name of the {said}, or take the rule away",
        )
    if rule.subject == "autonomy" and result is not None and result not in LEVELS:
        raise ChangeRefused(
            title=f"“{result}” is no level of autonomy",
            found="Levels are 0 (people do the work) to 3 (it runs without people)",
            next_step="Write a whole number from 0 to 3, or take the rule away for unknown",
        )
    return Rule(rule.company, rule.subject, rule.field, pattern, result, rule.priority)


def read(file: TextIO, company: str) -> list[Rule]:
    """Read rules from a CSV file with the columns COLUMNS.

    A line without a result takes the rule of its field and pattern away.
    """
    lines = csv.DictReader(file)
    header = [name.strip().lower() for name in lines.fieldnames or ()]
    lines.fieldnames = header
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise FileRefused(
            title="This is not a file of rules",
            found=f"Its header has no {', '.join(missing)}",
            next_step=f"Write the columns {', '.join(COLUMNS)}",
        )
    return [_read(row, number, company) for number, row in enumerate(lines, start=2)]


def _read(row: dict[str, str | None], number: int, company: str) -> Rule:
    held = {name: (row[name] or "").strip() for name in COLUMNS}
    if held["subject"] not in FIELDS:
        raise FileRefused(
            title=f"There are no rules of “{held['subject']}”",
            found=f"Line {number} of the file says so; there are {', '.join(FIELDS)}",
            next_step="Correct the line; nothing was changed",
        )
    if held["priority"] and not held["priority"].removeprefix("-").isdecimal():
        raise FileRefused(
            title=f"“{held['priority']}” is no priority",
            found=f"Line {number} of the file says so",
            next_step="Write a whole number or leave it empty; nothing was changed",
        )
    return Rule(
        company,
        held["subject"],
        held["field"],
        held["pattern"],
        held["result"] or None,
        int(held["priority"]) if held["priority"] else None,
    )


def write(file: TextIO, rules: Iterable[Rule]) -> None:
    """Write rules as `read` reads them."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for rule in rules:
        writer.writerow([getattr(rule, name) for name in COLUMNS])


def of(stored: "pl.DataFrame", company: str) -> list[Rule]:
    """Return a company's rules from rows of the table `rules`, as they rank within a subject."""
    rows = stored.filter(
        stored["company"] == company, stored["subject"].is_in(list(FIELDS))
    ).to_dicts()
    held = [Rule(company, *(row[name] for name in COLUMNS)) for row in rows]
    return sorted(held, key=_rank)


def _rank(rule: Rule) -> tuple[str, bool, int, int, str]:
    """Return what rules are sorted by: the subject, then as ranked_rule has it."""
    is_unnumbered = rule.priority is None
    return (rule.subject, is_unnumbered, rule.priority or 0, -len(rule.pattern), rule.pattern)


def differences(before: Iterable[Rule], after: Iterable[Rule]) -> Iterator[Rule]:
    """Yield what turns the rules of before into those of after: new, changed and taken away."""
    old = {(rule.company, rule.subject, rule.field, rule.pattern): rule for rule in before}
    new = {(rule.company, rule.subject, rule.field, rule.pattern): rule for rule in after}
    for place in old:
        if place not in new:
            yield Rule(*place, None)
    for place, rule in new.items():
        if old.get(place) != rule:
            yield rule
