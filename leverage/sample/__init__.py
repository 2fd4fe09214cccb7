"""Invented exports of six invented companies, each file in its vendor's own format.

`write` makes 24 months (2024-11 to 2026-10 unless told otherwise) of usage, cost, roster, headcount
and seat files, of outcomes, targets, budgets and events: the material of the sample store, of the
demonstration and of the tests. The same arguments give the same bytes on every machine, and what a
file says of a month does not depend on the window around it. Nobody in it exists: names are made of
invented syllables, addresses end in `.example`, and prices are a small table of round figures like
those of public lists.

What can be found again in the files (`PLANTED` holds the names and dates):

- **Growth and seasons.** Use per person and the share of people with use grow every month; August
  and December dip, weekends and holidays are low. People's appetite is log-normal, so few people
  burn most tokens. People join and leave; Legal holds two to five people.
- **A new model.** `claude-sonnet-5` appears in 2026-05 at Kitsorra Tools and Nimbaro Agents and
  takes over from its predecessor at two thirds of the price. Older models were followed by newer
  ones everywhere between July and November 2025.
- **A price cut.** From 2026-07-01 `gpt-5` costs 0.6 of what it did, in every billed file.
- **A changed definition.** From 2026-06-01 GitHub bills `ai-credits` instead of `requests`, and
  its file starts to hold tokens: they were unknown before, not zero.
- **A missing file.** Pellumo Health has no Anthropic token file for 2026-03, only the cost file.
- **A second witness.** Gateway rows of OpenAI (Tramello Market) and Anthropic (Nimbaro Agents) and
  Copilot rows in the FOCUS file (Zorvane Telecom) repeat what the vendors' own files hold.
  Nimbaro's own Anthropic files begin in 2025-06: before, the gateway is the only witness.
- **A prepayment.** Zorvane's cloud bill buys model use each January; what draws it down is
  billed 0.
- **Messy identities.** Programs run under keys without an owner (one under no project), some
  addresses come in other case, people who left appear in Cursor as a bare number, some Copilot
  rows have no user name, ChatGPT lists idle and pending members.

Planted in the outcomes (`tests/unit/test_sample_effects.py` finds them again in the files):

- **More tokens, more done.** What a department gets accepted per employee goes with the 0.33rd
  power of its people's price-weighted tokens per employee, times log-normal noise of 0.06, at
  Tramello, Kitsorra, Nimbaro and Zorvane. Zorvane's engineers follow what they use through the
  gateway only: Copilot's tokens, unknown before 2026-06, are no part of it. Ombravo's files do not
  tell tokens by department, and its work follows none. Nowhere does more use get less done, so no
  sweet spot is to be found, within departments or across them.
- **Leverage ahead of oversight.** When Kitsorra's use passes 24 million price-weighted tokens per
  employee and month (since 2026-02), coverage of reviews falls by 0.22 and escaped defects per
  accepted piece rise by 0.05 for each factor of e above it; reviewers have that much more to review
  each. Acceptance holds, and so does the load of reviewers elsewhere.
- **An intervention.** On 2026-04-01 the six Support teams of Zorvane begin to draft answers from
  solved tickets: their hours to resolution fall by 4.0. The six Operations teams, whose tickets
  are counted as well, are not touched. A team is called after its department and a place.
- **Delivery stands still.** Deployments, lead time, failures, incidents and time to restore
  follow the number of engineers and no use of AI.
- **Every verdict on reviews.** Of the 19 workflows with outcomes three are ready for fewer
  reviews, others are to be held or tightened, are too few to tell or have no reviews counted.
- **What nobody counted.** Pellumo hands in no outcomes, Tramello counts no reviews. Targets are
  those of Zorvane and Tramello, budgets theirs and Kitsorra's, approved models Kitsorra's.
- **Other money.** Zorvane counts in euros: it states what one was worth in every month, so that its
  cost can be told in EUR.
- **What is believed.** Zorvane, Kitsorra and Nimbaro assume what an hour costs and how many minutes
  are saved, Tramello the hour alone, Ombravo and Pellumo nothing; every source says “invented”.
  Zorvane also states what an hour is worth by which Support answers sooner, chooses by hand what
  one workflow is counted by, and says where three quarters of the freed time went.
"""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from leverage.sample import goals, outcomes, people
from leverage.sample.companies import COMPANIES, PLANS, PLANTED, Plan, Planted, SampleCompany
from leverage.sample.desk import Desk, account_of, csv_text
from leverage.sample.kinds import KINDS, kinds_of
from leverage.sample.use import days_of, shift

__all__ = ["COMPANIES", "PLANTED", "Planted", "SampleCompany", "SampleFile", "write"]

QUARTER_STARTS = ("01", "04", "07", "10")


@dataclass(frozen=True)
class SampleFile:
    """One written file, and what loading it needs beside it.

    `path` is relative to the folder written to. `account` and `period` ('YYYY-MM', or
    'YYYY-MM-DD..YYYY-MM-DD') are given where the file itself says neither; roster, headcount and
    seats need none of them, nor do outcomes and what a company decided.
    """

    path: Path
    company: str
    kind: str
    account: str | None = None
    period: str | None = None


def write(
    folder: Path, *, months: int = 24, last_month: str = "2026-10", scale: float = 1.0
) -> list[SampleFile]:
    """Write the sample's files under a folder and return them in the order they should be loaded.

    One folder per company; one file per kind and month or, where the vendor's export takes a longer
    range, per calendar half-year; a roster per half-year with a snapshot a quarter (and one of the
    first month); one file each of headcount, seats, outcomes and what was decided. `scale`
    multiplies the number of people and the programs' tokens; departments keep at least two people.
    Files of the same name are replaced.
    """
    if months < 1 or scale <= 0:
        msg = f"months must be 1 or more and scale above 0, got {months} and {scale}"
        raise ValueError(msg)
    window = [shift(last_month, offset) for offset in range(1 - months, 1)]
    files = []
    for plan in PLANS:
        (folder / plan.slug).mkdir(parents=True, exist_ok=True)
        staff = people.staff(plan, last_month, scale)
        desks = {month: Desk(plan, staff, month, scale) for month in window}
        for file, text in [
            *_people_files(plan, staff, window),
            *_use_files(plan, desks),
            *_result_files(plan, desks),
        ]:
            (folder / file.path).write_text(text, encoding="utf-8", newline="")
            files.append(file)
    return files


def _people_files(
    plan: Plan, staff: list[people.Person], window: list[str]
) -> list[tuple[SampleFile, str]]:
    snapshots = [month for month in window if month == window[0] or month[5:] in QUARTER_STARTS]
    tables = [
        (
            f"roster_{_dates(months)}.csv",
            "roster",
            [row for month in months for row in people.roster(plan, staff, month)],
        )
        for months in _half_years(snapshots)
    ]
    tables.append(("headcount.csv", "headcount", people.headcount(staff, window)))
    tables.append(("seats.csv", "seats", people.seats(plan, staff, window)))
    return [_table(plan, name, kind, rows) for name, kind, rows in tables]


def _result_files(plan: Plan, desks: dict[str, Desk]) -> list[tuple[SampleFile, str]]:
    """Return what came out of the work, and what the company decided; empty files are left out."""
    months = list(desks)
    has_outcomes = plan.company.name != PLANTED.silent_company
    tables = {
        "outcomes": outcomes.outcomes(list(desks.values())) if has_outcomes else [],
        "targets": goals.targets(plan, months),
        "budgets": goals.budgets(plan, months),
        "rates": goals.rates(plan, months),
        "events": goals.events(plan, months),
        "approved_models": goals.approved_models(plan),
        "assumptions": goals.assumptions(plan, months),
    }
    return [_table(plan, f"{kind}.csv", kind, rows) for kind, rows in tables.items() if rows]


def _table(plan: Plan, name: str, kind: str, rows: list[people.Row]) -> tuple[SampleFile, str]:
    return (
        SampleFile(Path(plan.slug) / name, plan.company.name, kind),
        csv_text(list(rows[0]), rows),
    )


def _use_files(plan: Plan, desks: dict[str, Desk]) -> list[tuple[SampleFile, str]]:
    company = plan.company.name
    files = []
    for name in kinds_of(plan):
        kind = KINDS[name]
        account = account_of(plan, kind.account) if kind.account else None
        present = [month for month in desks if not _is_absent(company, name, month)]
        for months in _half_years(present) if kind.half_yearly else [[month] for month in present]:
            path = Path(plan.slug) / kind.file_name.format(_dates(months))
            period = None if kind.says_period else _period(months)
            text = kind.written([desks[month] for month in months])
            files.append((SampleFile(path, company, name, account, period), text))
    return files


def _half_years(months: list[str]) -> list[list[str]]:
    """Split months in order into those of one calendar half-year each."""
    halves = groupby(months, key=lambda month: (month[:4], month[5:] > "06"))
    return [list(half) for _, half in halves]


def _dates(months: list[str]) -> str:
    """Return what a file's name says of its months."""
    first, last = months[0].replace("-", "_"), months[-1].replace("-", "_")
    return first if first == last else f"{first}_to_{last}"


def _period(months: list[str]) -> str:
    if len(months) == 1:
        return months[0]
    return f"{days_of(months[0])[0]}..{days_of(months[-1])[-1]}"


def _is_absent(company: str, kind: str, month: str) -> bool:
    """Say whether a file was never handed in: the planted hole, or before an account existed."""
    missing = (PLANTED.missing_company, PLANTED.missing_kind, PLANTED.missing_month)
    late = company == PLANTED.late_company and kind in PLANTED.late_kinds
    return (company, kind, month) == missing or (late and month < PLANTED.late_first_month)
