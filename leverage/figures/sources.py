"""Which source counts where several tell of the same use, and what the others say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from leverage import words
from leverage.ask import Asker
from leverage.figures.scope import kind_title, listed
from leverage.store.changes import USUAL

EVERY_ACCOUNT = "*"
MEASURES = ("tokens", "cost")
REASONS = {
    "usage_file": "a usage file",
    "bill": "a bill",
    "partial_report": "a report of some of it, and nothing better",
    "vendor_estimate": "the vendor's estimate, without a bill",
    "list_price": "the list price, without a bill",
    "partial_estimate": "an estimate of some of it, and nothing better",
    "chosen": "chosen",
    "own_export": "the vendor's own export goes first",
    "better_source": "a better source goes first",
    "names_people": "one that names people goes first",
    "later_load": "one that was loaded later goes first",
    "other_chosen": "another was chosen",
    "told_by_day": "the same month is told by day",
}
NAMES = {
    "month": "Month",
    "company": "Company",
    "vendor": "Vendor",
    "account": "Account",
    "kind": "Source",
    "counts_for": "Counts for",
    "tokens": "Tokens",
    "tokens_off": "Tokens off by",
    "cost_usd": "Cost in USD",
    "cost_off": "Cost off by",
    "why": "Why",
}


@dataclass(frozen=True)
class Choice:
    """The tokens or the cost of a vendor's account, with the kinds that could count for them.

    `kind` is the one that was chosen, USUAL where the usual rule decides. `account` may be
    EVERY_ACCOUNT.
    """

    company: str
    vendor: str
    account: str
    measure: str
    kinds: tuple[str, ...]
    kind: str

    @property
    def said(self) -> str:
        """Name it as people do: “Tokens of OpenAI, all accounts”."""
        account = "all accounts" if self.account == EVERY_ACCOUNT else f"account {self.account}"
        return f"{self.measure.capitalize()} of {self.vendor}, {account}, {self.company}"


@dataclass(frozen=True)
class Sources:
    """The finding in a sentence, a row a month, vendor, account and source, and what to choose.

    The columns of `rows` are those of NAMES, without company and account where nothing is told
    apart by them. How far a source is off is said in words, against what counts on the days on
    which it does not; NULL where all of it counts or nothing is known.
    """

    finding: str
    rows: pl.DataFrame
    choices: tuple[Choice, ...]


def sources(asker: Asker) -> Sources | None:
    """Return which source counts in every month; None where no use is loaded."""
    values = {"from_month": "0000-00", "to_month": "9999-99", "companies": None, "vendors": None}
    rows = asker.rows("sources_by_month", values)
    if rows.is_empty():
        return None
    chosen = asker.rows("chosen_sources", {}).rows()
    return Sources(_finding(rows), _shown(rows), tuple(_choices(rows, chosen)))


def source_title(kind: str) -> str:
    """Name a kind, or the usual rule."""
    return "the usual rule" if kind == USUAL else kind_title(kind)


def _finding(rows: pl.DataFrame) -> str:
    newest = rows.filter(pl.col("month") == pl.col("month").max())
    name = words.month_name(newest["month"][0])
    held = pl.any_horizontal(
        pl.col("uncounted_tokens").is_not_null(), pl.col("uncounted_cost_usd").is_not_null()
    )
    beside = newest.filter(held)
    vendors = beside["vendor"].unique().sort().to_list()
    if not vendors:
        return f"In {name} no two sources tell of the same use, so everything loaded counts"
    one = "of each, one counts a day" if len(vendors) > 1 else "one of them counts a day"
    return f"In {name} more than one source tells of {listed(vendors)}; {one}{_furthest(beside)}"


def _furthest(beside: pl.DataFrame) -> str:
    """Name the source that is furthest from what counts, with the measure it differs in."""
    far = [
        (abs(float(held) / float(instead) - 1), measure, row)
        for row in beside.iter_rows(named=True)
        for measure, (held, instead) in _uncounted(row).items()
        if held is not None and instead
    ]
    if not far:
        return ""
    size, measure, row = max(far, key=lambda found: found[0])
    if size == 0:
        return ". The others agree with what counts"
    off = words.change(*_uncounted(row)[measure])
    return f". Furthest off is {kind_title(row['kind'])} of {row['vendor']}: {measure} {off}"


def _uncounted(row: dict[str, Any]) -> dict[str, tuple[words.Number | None, words.Number | None]]:
    """Return what a source holds that does not count, and what counts instead, by measure."""
    return {
        "tokens": (row["uncounted_tokens"], row["tokens_counted_instead"]),
        "cost": (row["uncounted_cost_usd"], row["cost_counted_instead_usd"]),
    }


def _off(rows: pl.DataFrame, measure: str) -> pl.Series:
    said = [
        None if None in pair else words.change(*pair)
        for pair in (_uncounted(row)[measure] for row in rows.iter_rows(named=True))
    ]
    return pl.Series(said, dtype=pl.String)


def _shown(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as people read them."""
    counted = [
        pl.when(pl.col(f"days_counted_for_{measure}") > 0).then(pl.lit(measure))
        for measure in MEASURES
    ]
    shown = rows.with_columns(
        kind=pl.col("kind").map_elements(kind_title, return_dtype=pl.String),
        counts_for=pl.concat_str(counted, separator=" and ", ignore_nulls=True).replace("", None),
        tokens=pl.col("tokens").cast(pl.Int64),
        tokens_off=_off(rows, "tokens"),
        cost_usd=pl.col("cost_usd").round(2),
        cost_off=_off(rows, "cost"),
        why=pl.Series([_why(row) for row in rows.iter_rows(named=True)], dtype=pl.String),
    )
    of = ["month", "company", "vendor", "kind"]
    alone = {"company"} if rows["company"].n_unique() == 1 else set()
    alone |= {"account"} if not rows.select(of).is_duplicated().any() else set()
    return shown.select(
        pl.col(name).alias(said) for name, said in NAMES.items() if name not in alone
    )


def _why(row: dict[str, Any]) -> str:
    """Say why a source counts, or why not, for both measures at once where it is the same."""
    said = {
        measure: REASONS[row[f"{measure}_reason"]]
        for measure in MEASURES
        if row[f"{measure}_reason"] is not None
    }
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{measure}: {why}" for measure, why in said.items())


def _choices(rows: pl.DataFrame, chosen: Sequence[tuple[str, str, str, str, str]]) -> list[Choice]:
    """Return what can be chosen: wherever two kinds hold the measure, or a choice was made."""
    now = {tuple(row[:4]): row[4] for row in chosen}
    holders = {"tokens": rows.filter(pl.col("tokens").is_not_null())}
    holders["cost"] = rows.filter(pl.col("cost_usd").is_not_null())
    found = []
    for company, vendor in (
        rows.select("company", "vendor").unique().sort("company", "vendor").rows()
    ):
        for measure in MEASURES:
            held = holders[measure].filter(
                (pl.col("company") == company) & (pl.col("vendor") == vendor)
            )
            own = held.filter(~pl.col("is_foreign"))
            accounts = own["account"].unique().sort().to_list()
            offered = [(EVERY_ACCOUNT, held)]
            if len(accounts) > 1:
                offered += [(name, own.filter(pl.col("account") == name)) for name in accounts]
            for account, those in offered:
                kinds = tuple(those["kind"].unique().sort().to_list())
                kind = now.get((company, vendor, account, measure), USUAL)
                if len(kinds) > 1 or kind != USUAL:
                    found.append(Choice(company, vendor, account, measure, kinds, kind))
    return found
