"""Which work the use belongs to, how much of it is unassigned, and the rules that say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from leverage import words
from leverage.ask import Asker
from leverage.figures.scope import listed
from leverage.figures.trust import SETTLED_MONTHS
from leverage.rules import UNASSIGNED, Rule
from leverage.view import View, shift

SUBJECTS = {
    "workflow": "Workflow",
    "workload_class": "Workload class",
    "autonomy": "Autonomy",
    "role_family": "Role family",
}
"""The subjects of rules, as people name them."""

FIELD_NAMES = {
    "workspace": "Workspace",
    "service": "Service",
    "key_name": "Key name",
    "tags": "Tags",
    "trace": "Trace",
    "account": "Account",
    "surface": "Surface",
    "vendor": "Vendor",
    "model": "Model",
    "kind": "Export",
    "workflow": "Workflow",
    "role": "Role",
    "job_title": "Job title",
    "department": "Department",
}
"""The fields that rules look at, as people name them."""


_WRITTEN = ("field", "pattern", "result")


@dataclass(frozen=True)
class Work:
    """What the Data page says of the work behind the use of `period`.

    `workflows` are ready to show. `rules` and `candidates` hold a table for each of SUBJECTS: the
    rules with the columns priority, field, pattern, result, catches and by, and the largest values
    that no rule has caught.
    """

    finding: str
    beside: tuple[str, ...]
    period: str
    workflows: pl.DataFrame
    rules: Mapping[str, pl.DataFrame]
    candidates: Mapping[str, pl.DataFrame]


def work(asker: Asker, company: str | None) -> Work | None:
    """Return what the newest months' use was for, of one company or all; None without any use."""
    held: list[str] = asker.months(View())["month"].to_list()
    if not held:
        return None
    months = (max(shift(held[-1], 1 - SETTLED_MONTHS), held[0]), held[-1])
    view = View(months=months, company=(company,) if company else ())

    def ask(question: str) -> pl.DataFrame:
        return asker.ask(question, view).frame

    unassigned = {row["subject"]: row for row in ask("unassigned").to_dicts()}
    if "workflow" not in unassigned:
        return None
    rules, candidates = ask("rule_list"), ask("rule_candidates")
    period = words.period(*months)
    return Work(
        finding=_finding(unassigned["workflow"], period),
        beside=_beside(unassigned),
        period=period,
        workflows=_workflows(ask("workflows")),
        rules={subject: _rules(rules, subject) for subject in SUBJECTS},
        candidates={subject: _candidates(candidates, subject) for subject in SUBJECTS},
    )


def rules_of(rows: pl.DataFrame, company: str, subject: str) -> list[Rule]:
    """Return the rules of an edited table; rows that nobody wrote into are left out."""
    return [
        Rule(company, subject, field or "", pattern or "", result or "", priority)
        for priority, field, pattern, result in rows.select(
            pl.col("priority").cast(pl.Int64), *_WRITTEN
        ).iter_rows()
        if pattern or result
    ]


# ---- sentences ---------------------------------------------------------------------------------


def _finding(row: Mapping[str, float | None], period: str) -> str:
    shares = _shares(row)
    if not shares:
        return f"The use of {period} holds neither tokens nor cost that could be assigned"
    if not (row["token_share"] or row["cost_share"]):
        return f"All use of {period} belongs to a workflow"
    return f"{listed(shares)} of {period} belong to no workflow"


def _beside(unassigned: Mapping[str, Mapping[str, float | None]]) -> tuple[str, ...]:
    """Say what else is unassigned, always, also where it is nothing."""
    said = []
    for subject, lack in (
        ("workload_class", "No workload class"),
        ("autonomy", "No level of autonomy"),
    ):
        said.append(f"{lack}: {listed(_shares(unassigned[subject])) or words.UNKNOWN}")
    staff = unassigned.get("role_family")
    if staff is None:
        said.append("No role family: unknown, because no roster or headcount is loaded")
    elif staff["employee_share"] is None:
        said.append(
            "No role family: the share is not told, because fewer than 5 employees have one, or "
            "have none"
        )
    else:
        share, all_of_them = words.share(staff["employee_share"]), words.count(staff["employees"])
        said.append(f"No role family: {share} of {all_of_them} employees")
    return tuple(said)


def _shares(row: Mapping[str, float | None]) -> list[str]:
    named = (("token_share", "tokens"), ("cost_share", "cost"))
    return [f"{words.share(row[name])} of {of}" for name, of in named if row[name] is not None]


# ---- tables ------------------------------------------------------------------------------------


def _workflows(rows: pl.DataFrame) -> pl.DataFrame:
    shown = rows.select(
        pl.col("company").alias("Company"),
        _capital("workflow").alias("Workflow"),
        _capital("workload_class").alias("Workload class"),
        pl.col("autonomy").cast(pl.String).fill_null(words.UNKNOWN).alias("Autonomy"),
        _said("tokens", words.tokens).alias("Tokens"),
        _said("token_share", words.share).alias("Share of tokens"),
        _said("cost_usd", words.money).alias("Cost"),
        pl.concat_str("workflow_rules", "class_rules", separator="; ", ignore_nulls=True).alias(
            "Rules that fired"
        ),
    )
    return shown if rows["company"].n_unique() > 1 else shown.drop("Company")


def _capital(name: str) -> pl.Expr:
    """Return names as they are written, but for use that has none."""
    return pl.col(name).replace({UNASSIGNED: UNASSIGNED.capitalize()})


def _rules(rows: pl.DataFrame, subject: str) -> pl.DataFrame:
    mine = rows.filter(pl.col("subject") == subject)
    return mine.select(
        # As text: a new row without a number would break an empty column of numbers.
        pl.col("priority").cast(pl.String),
        *_WRITTEN,
        catches=pl.Series([_catches(row) for row in mine.to_dicts()], dtype=pl.String),
        by=pl.col("author").fill_null(""),
    )


def _catches(row: Mapping[str, Any]) -> str:
    if not row["is_firing"]:
        return "nothing"
    if row["subject"] == "role_family":
        known = row["employees"] is not None
        return f"{words.count(row['employees'])} people" if known else "fewer than 5"
    if row["tokens"] is not None:
        return f"{words.tokens(row['tokens'])} tokens"
    return words.money(row["cost_usd"])


def _candidates(rows: pl.DataFrame, subject: str) -> pl.DataFrame:
    mine = rows.filter(pl.col("subject") == subject)
    amounts = (
        [_said("employees", words.count).alias("Employees")]
        if subject == "role_family"
        else [
            _said("tokens", words.tokens).alias("Tokens"),
            _said("cost_usd", words.money).alias("Cost"),
        ]
    )
    looks_at = pl.col("field").replace_strict(FIELD_NAMES, return_dtype=pl.String)
    return mine.select(looks_at.alias("Looks at"), pl.col("value").alias("Value"), *amounts)


def _said(name: str, say: words.Say) -> pl.Expr:
    return pl.col(name).map_elements(say, return_dtype=pl.String, skip_nulls=False)
