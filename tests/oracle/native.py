"""The briefing's headline figures a second way: polars over the vendors' own files, nothing else.

Nothing here goes through the store, a mapping or a metric of the product, so that a figure which
both ways agree on is right for two reasons. The rules are written out again on purpose:

- price-weighted tokens = input + 5 × output + 0.1 × cache read + 1.25 × cache write, the parts
  disjoint; fresh tokens leave cache reads out;
- per vendor, account and day tokens come from a usage file, else from a bill that holds tokens, and
  cost from a bill, else from the vendor's estimate;
- gateway and FOCUS rows count only on days on which the vendor's own files hold no row;
- a FOCUS row costs its effective cost, and what was bought ahead is no usage cost;
- a person is an address in any case, a Copilot login that the roster joins to an address, or, where
  nothing joins, the name as printed;
- a person's department is that of the roster in force on the day of their last use in the month: a
  roster holds from its date to the next, and the first also back to each hire date.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from leverage.sample import SampleFile

TOKEN_PARTS = ("uncached", "cache_read", "cache_write", "output")

USE_SCHEMA = pl.Schema(
    {
        "kind": pl.String,
        "day": pl.Date,
        "vendor": pl.String,
        "account": pl.String,
        "is_foreign": pl.Boolean,
        "person": pl.String,
        "is_use": pl.Boolean,
        **dict.fromkeys(TOKEN_PARTS, pl.Int64),
        "token_rank": pl.Int64,
        "billed_usd": pl.Float64,
        "estimated_usd": pl.Float64,
        "cost_rank": pl.Int64,
    }
)
"""One native row each. Ranks say how good a witness is: 1 before 2; NULL is none."""

USAGE_FILE, BILL_WITH_TOKENS = 1, 2
BILL, ESTIMATE = 1, 2

GATEWAY_VENDORS = {
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "gemini": "Google",
    "mistral": "Mistral AI",
}


@dataclass(frozen=True)
class Tokens:
    """The tokens of a company and month on the three bases; None where no file holds any."""

    raw: int | None
    fresh: int | None
    price_weighted: float | None


class Native:
    """The figures of written sample files; `month` is 'YYYY-MM' everywhere, money US dollars."""

    def __init__(self, folder: Path, files: Iterable[SampleFile]) -> None:
        self._folder = folder
        self._files = tuple(files)
        self._use: dict[str, pl.DataFrame] = {}

    def tokens(self, company: str, month: str) -> Tokens:
        """Return raw, fresh and price-weighted tokens."""
        return _tokens(self._witnesses(company, month, "token_rank"))

    def billed_usage_cost_usd(self, company: str, month: str) -> float | None:
        """Return what bills say the use cost; None where there is no bill."""
        return _sum(self._witnesses(company, month, "cost_rank")["billed_usd"])

    def estimated_usage_cost_usd(self, company: str, month: str) -> float | None:
        """Return the vendors' estimates of what no bill covers; None where there are none."""
        return _sum(self._witnesses(company, month, "cost_rank")["estimated_usd"])

    def seat_cost_usd(self, company: str, month: str) -> float | None:
        """Return seats × price; None where no seat file holds the month."""
        seats = self._read(company, "seats").filter(pl.col("month") == month)
        return _sum(seats["seats"].cast(pl.Float64) * seats["price"].cast(pl.Float64))

    def rate(self, company: str, month: str, currency: str) -> float:
        """Return what one unit of a currency was worth in US dollars."""
        rows = self._read(company, "rates").filter(month=month, currency=currency)
        return float(rows["usd_per_unit"].item())

    def cost_by_vendor(self, company: str, month: str) -> dict[str, float]:
        """Return what use and seats of each vendor cost, billed before estimated."""
        rows = self._witnesses(company, month, "cost_rank")
        seats = self._read(company, "seats").filter(pl.col("month") == month)
        spent = rows.select("vendor", usd=pl.coalesce("billed_usd", "estimated_usd").fill_null(0.0))
        paid = seats.select("vendor", usd=_money("seats") * _money("price"))
        return dict(pl.concat([spent, paid]).group_by("vendor").agg(pl.col("usd").sum()).rows())

    def heads(self, company: str, month: str) -> int | None:
        """Return the employees of the headcount file; None where it lacks the month."""
        rows = self._read(company, "headcount").filter(pl.col("month") == month)
        return None if rows.is_empty() else int(rows["employees"].cast(pl.Int64).sum())

    def active_people(self, company: str, month: str) -> int:
        """Return the distinct people with any use in the month."""
        rows = self._counted(company, month).filter(pl.col("is_use"))
        return int(rows["person"].drop_nulls().n_unique())

    def outcomes(self, company: str) -> pl.DataFrame:
        """Return the outcomes the company handed in, as text; no row where it handed in none."""
        if all((file.company, file.kind) != (company, "outcomes") for file in self._files):
            columns = ("month", "scope", "workflow", "metric", "value")
            return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
        return self._read(company, "outcomes")

    def assumptions(self, company: str) -> pl.DataFrame:
        """Return what the company believes, as text; no row where it handed in none."""
        if all((file.company, file.kind) != (company, "assumptions") for file in self._files):
            columns = ("effective_date", "assumption", "low", "mode", "high")
            return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
        return self._read(company, "assumptions")

    def days_of_use(self, company: str, month: str) -> dict[str, set[date]]:
        """Return the days each active person used AI on; none where only a period is known."""
        rows = self._counted(company, month).filter(
            pl.col("is_use") & pl.col("person").is_not_null()
        )
        found: dict[str, set[date]] = {}
        for person, day, kind in rows.select("person", "day", "kind").iter_rows():
            days = found.setdefault(person, set())
            if kind != "chatgpt_users":
                days.add(day)
        return found

    def tokens_of_people(self, company: str, month: str) -> dict[str, float]:
        """Return the price-weighted tokens of each person of whom a file holds any."""
        rows = self._witnesses(company, month, "token_rank").drop_nulls("person")
        return {
            str(person): _tokens(of).price_weighted or 0.0
            for (person,), of in rows.group_by("person")
        }

    def tokens_by_person(self, company: str, month: str) -> list[float]:
        """Return the price-weighted tokens of each person who used any, least first."""
        return sorted(value for value in self.tokens_of_people(company, month).values() if value)

    def people_by_vendor(self, company: str, month: str) -> dict[str, int]:
        """Return the distinct people with any use of each vendor."""
        rows = self._counted(company, month).filter("is_use").drop_nulls("person")
        return dict(rows.group_by("vendor").agg(pl.col("person").n_unique()).rows())

    def seats_by_vendor(self, company: str, month: str) -> dict[str, tuple[float, float]]:
        """Return the seats of each vendor and what they cost."""
        seats = self._read(company, "seats").filter(pl.col("month") == month)
        sums = seats.group_by("vendor").agg(
            n=_money("seats").sum(), usd=(_money("seats") * _money("price")).sum()
        )
        return {vendor: (n, usd) for vendor, n, usd in sums.iter_rows()}

    def cost_by_department(self, company: str, month: str) -> dict[str, float]:
        """Return what the use of the people of each department cost, under “” that of all others.

        A department with use that cost nothing stands with 0.
        """
        owners = self._owners(company, month).select("person", "department")
        rows = self._witnesses(company, month, "cost_rank").join(owners, on="person", how="left")
        spent = rows.select(
            pl.col("department").fill_null(""), usd=pl.coalesce("billed_usd", "estimated_usd")
        )
        return dict(spent.group_by("department").agg(pl.col("usd").sum()).rows())

    def known_owner_share(self, company: str, month: str) -> float | None:
        """Return the share of price-weighted tokens whose person a roster gives a department.

        None where no file holds tokens. What runs under a key has no owner.
        """
        counted = self._witnesses(company, month, "token_rank")
        everything = _tokens(counted).price_weighted
        known = list(self.departments(company, month))
        owned = _tokens(counted.filter(pl.col("person").is_in(known)))
        return (owned.price_weighted or 0) / everything if everything else None

    def people_without_owner(self, company: str, month: str) -> int:
        """Return how many people with use stand in no roster in force on their last day of use."""
        owners = self._owners(company, month)
        return int(owners.filter(pl.col("department").is_null()).height)

    def departments(self, company: str, month: str) -> dict[str, str]:
        """Return the department of each person with use whom a roster in force knows."""
        known = self._owners(company, month).drop_nulls("department")
        return dict(known.select("person", "department").iter_rows())

    def _owners(self, company: str, month: str) -> pl.DataFrame:
        """Return each person with use in the month, and the department a roster has for them."""
        used = self._counted(company, month).filter(
            pl.col("is_use") & pl.col("person").is_not_null()
        )
        last_use = used.group_by("person").agg(pl.col("day").max())
        rosters = self._read(company, "roster").select(
            pl.col("work_email").str.to_lowercase().alias("person"),
            "department",
            *(pl.col(name).str.to_date() for name in ("effective_date", "hire_date")),
        )
        dates = sorted(set(rosters["effective_date"]))
        until = dict(zip(dates, [*dates[1:], date.max], strict=True))
        listed = rosters.with_columns(
            first=pl.when(pl.col("effective_date") == dates[0])
            .then("hire_date")
            .otherwise("effective_date"),
            until=pl.col("effective_date").replace_strict(until, return_dtype=pl.Date),
        )
        known = last_use.join(listed, on="person").filter(
            (pl.col("day") >= pl.col("first")) & (pl.col("day") < pl.col("until"))
        )
        return last_use.join(known.select("person", "department"), on="person", how="left")

    def _counted(self, company: str, month: str) -> pl.DataFrame:
        """Return a month's rows, foreign ones only where their tokens or their cost count."""
        rows = self._month(company, month)
        foreign = [
            _unshadowed(rows, rank).filter("is_foreign") for rank in ("token_rank", "cost_rank")
        ]
        return pl.concat([rows.filter(~pl.col("is_foreign")), *foreign])

    def _witnesses(self, company: str, month: str, rank: str) -> pl.DataFrame:
        """Return the rows that count for tokens or for cost, by the rank that says so."""
        best = pl.col(rank).min().over("vendor", "rivals", "day")
        return _unshadowed(self._month(company, month), rank).filter(pl.col(rank) == best)

    def _month(self, company: str, month: str) -> pl.DataFrame:
        rows = self._rows(company).filter(pl.col("day").dt.strftime("%Y-%m") == month)
        # What knows no account of the vendor's is a rival of everything else that does not.
        return rows.with_columns(
            rivals=pl.when("is_foreign").then(pl.lit("foreign")).otherwise("account")
        )

    def _rows(self, company: str) -> pl.DataFrame:
        if company not in self._use:
            logins = self._read(company, "roster").drop_nulls("github_login")
            address = dict(
                zip(
                    logins["github_login"].str.to_lowercase(),
                    logins["work_email"].str.to_lowercase(),
                    strict=True,
                )
            )
            parts = [USE_SCHEMA.to_frame()]
            for file in self._files:
                if file.company == company and file.kind in READERS:
                    rows = READERS[file.kind](self._folder / file.path)
                    said = rows.with_columns(
                        kind=pl.lit(file.kind),
                        account=pl.coalesce("account", pl.lit(file.account))
                        if "account" in rows.columns
                        else pl.lit(file.account),
                    )
                    parts.append(
                        said.select(pl.col(name).cast(USE_SCHEMA[name]) for name in said.columns)
                    )
            use = pl.concat(parts, how="diagonal")
            person = pl.col("person").str.to_lowercase()
            self._use[company] = use.with_columns(
                person=person.replace(address), is_foreign=pl.col("is_foreign").fill_null(False)
            )
        return self._use[company]

    def _read(self, company: str, kind: str) -> pl.DataFrame:
        paths = [
            self._folder / file.path
            for file in self._files
            if file.company == company and file.kind == kind
        ]
        return pl.concat([_csv(path) for path in paths])


def _csv(path: Path) -> pl.DataFrame:
    """Read a CSV as text, blank cells as NULL."""
    return pl.read_csv(path, infer_schema=False).with_columns(pl.all().replace({"": None}))


def _unshadowed(rows: pl.DataFrame, rank: str) -> pl.DataFrame:
    """Return the rows with a rank; foreign ones only where no own one of the vendor has any."""
    ranked = rows.filter(pl.col(rank).is_not_null())
    own = ranked.filter(~pl.col("is_foreign"))
    foreign = ranked.filter("is_foreign").join(own, on=["vendor", "day"], how="anti")
    return pl.concat([own, foreign])


def _tokens(rows: pl.DataFrame) -> Tokens:
    if rows.is_empty():
        return Tokens(None, None, None)
    uncached, read, write, output = (int(rows[part].sum()) for part in TOKEN_PARTS)
    fresh = uncached + write + output
    return Tokens(fresh + read, fresh, uncached + 5 * output + 0.1 * read + 1.25 * write)


def _sum(values: pl.Series) -> float | None:
    return None if values.drop_nulls().is_empty() else float(values.sum())


def _count(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int64)


def _money(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Float64)


def _openai_usage(path: Path) -> pl.DataFrame:
    records: list[dict[str, Any]] = []
    pages = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    for bucket in (bucket for page in pages for bucket in page["data"]):
        for result in bucket["results"]:
            cached = result.get("input_cached_tokens", 0)
            written = result.get("input_cache_write_tokens", 0)
            records.append(
                {
                    "start": bucket["start_time"],
                    "uncached": result["input_tokens"] - cached - written,
                    "cache_read": cached,
                    "cache_write": written,
                    "output": result["output_tokens"],
                    "person": result["user_id"],
                }
            )
    schema = {"start": pl.Int64, **dict.fromkeys(TOKEN_PARTS, pl.Int64), "person": pl.String}
    return pl.DataFrame(records, schema=schema).select(
        pl.from_epoch("start").dt.date().alias("day"),
        *TOKEN_PARTS,
        "person",
        vendor=pl.lit("OpenAI"),
        is_use=pl.lit(True),
        token_rank=pl.lit(USAGE_FILE),
    )


def _openai_cost(path: Path) -> pl.DataFrame:
    return (
        _csv(path)
        .drop_nulls("amount_value")
        .select(
            pl.from_epoch(_count("start_time")).dt.date().alias("day"),
            vendor=pl.lit("OpenAI"),
            account="organization_id",
            person=pl.col("user_email"),
            is_use=_money("amount_value") > 0,
            billed_usd=_money("amount_value"),
            cost_rank=pl.lit(BILL),
        )
    )


def _anthropic_tokens(path: Path) -> pl.DataFrame:
    return _csv(path).select(
        pl.col("usage_date_utc").str.slice(0, 10).str.to_date().alias("day"),
        vendor=pl.lit("Anthropic"),
        is_use=pl.lit(True),
        uncached=_count("usage_input_tokens_no_cache"),
        cache_read=_count("usage_input_tokens_cache_read"),
        cache_write=_count("usage_input_tokens_cache_write_5m")
        + _count("usage_input_tokens_cache_write_1h"),
        output=_count("usage_output_tokens"),
        token_rank=pl.lit(USAGE_FILE),
    )


def _anthropic_cost(path: Path) -> pl.DataFrame:
    return _csv(path).select(
        pl.col("usage_date_utc").str.slice(0, 10).str.to_date().alias("day"),
        vendor=pl.lit("Anthropic"),
        is_use=_money("cost_usd") > 0,
        billed_usd=_money("cost_usd"),
        cost_rank=pl.lit(BILL),
    )


def _github_billing(path: Path) -> pl.DataFrame:
    rows = _csv(path)
    if "input" not in rows.columns:
        rows = rows.with_columns(
            pl.lit(None, pl.String).alias(name)
            for name in ("input", "output", "cache_read", "cache_write")
        )
    return rows.select(
        pl.col("date").str.to_date().alias("day"),
        vendor=pl.lit("GitHub"),
        account="organization",
        person="username",
        is_use=_money("quantity") > 0,
        uncached=_count("input"),
        cache_read=_count("cache_read"),
        cache_write=_count("cache_write"),
        output=_count("output"),
        token_rank=pl.when(pl.col("input").is_not_null()).then(BILL_WITH_TOKENS),
        billed_usd=_money("net_amount"),
        cost_rank=pl.lit(BILL),
    )


def _cursor_events(path: Path) -> pl.DataFrame:
    charge = pl.col("Cost").str.strip_prefix("$")
    return _csv(path).select(
        pl.col("Date").str.slice(0, 10).str.to_date().alias("day"),
        vendor=pl.lit("Cursor"),
        person="User",
        is_use=pl.lit(True),
        uncached=_count("Input (w/o Cache Write)"),
        cache_read=_count("Cache Read"),
        cache_write=_count("Input (w/ Cache Write)"),
        output=_count("Output Tokens"),
        token_rank=pl.when(pl.col("Output Tokens").is_not_null()).then(USAGE_FILE),
        billed_usd=charge.replace({"Included": "0", "Free": "0"}).cast(pl.Float64),
        cost_rank=pl.lit(BILL),
    )


def _litellm_daily(path: Path) -> pl.DataFrame:
    cached = _count("cache_read_input_tokens") + _count("cache_creation_input_tokens")
    return _csv(path).select(
        pl.col("date").str.to_date().alias("day"),
        vendor=pl.col("custom_llm_provider").replace_strict(GATEWAY_VENDORS),
        is_foreign=pl.lit(True),
        person=pl.when(pl.col("user_id") != "default_user_id").then("user_id"),
        is_use=_count("api_requests") > 0,
        uncached=(_count("prompt_tokens") - cached).clip(lower_bound=0),
        cache_read=_count("cache_read_input_tokens"),
        cache_write=_count("cache_creation_input_tokens"),
        output=_count("completion_tokens"),
        token_rank=pl.lit(USAGE_FILE),
        estimated_usd=_money("spend"),
        cost_rank=pl.lit(ESTIMATE),
    )


def _chatgpt_users(path: Path) -> pl.DataFrame:
    return (
        _csv(path)
        .filter(pl.col("user_status") != "pending")
        .select(
            pl.col("period_start").str.to_date().alias("day"),
            vendor=pl.lit("OpenAI"),
            account="account_id",
            person="email",
            is_use=_count("messages") > 0,
        )
    )


def _focus(path: Path) -> pl.DataFrame:
    rows = _csv(path).filter(
        (pl.col("ServiceCategory") == "AI and Machine Learning")
        & (pl.col("ChargeCategory") != "Purchase")
    )
    detail = pl.col("SkuPriceDetails")
    direction = detail.str.json_path_match("$.TokenDirection")
    cache = detail.str.json_path_match("$.TokenCacheAction")
    is_tokens = pl.col("ConsumedUnit").eq_missing("Tokens")

    def part(condition: pl.Expr) -> pl.Expr:
        return pl.when(is_tokens & condition).then(_count("ConsumedQuantity"))

    return rows.select(
        pl.col("ChargePeriodStart").str.slice(0, 10).str.to_date().alias("day"),
        vendor="ProviderName",
        account="BillingAccountId",
        is_foreign=pl.lit(True),
        is_use=pl.lit(True),
        uncached=part((direction == "Input") & cache.eq_missing("Uncached")),
        cache_read=part(cache.eq_missing("Read")),
        cache_write=part(cache.eq_missing("Write")),
        output=part(direction == "Output"),
        token_rank=pl.when(is_tokens).then(BILL_WITH_TOKENS),
        billed_usd=_money("EffectiveCost"),
        cost_rank=pl.lit(BILL),
    )


READERS: dict[str, Callable[[Path], pl.DataFrame]] = {
    "openai_usage": _openai_usage,
    "openai_cost": _openai_cost,
    "anthropic_tokens": _anthropic_tokens,
    "anthropic_cost": _anthropic_cost,
    "github_billing": _github_billing,
    "cursor_events": _cursor_events,
    "litellm_daily": _litellm_daily,
    "chatgpt_users": _chatgpt_users,
    "focus": _focus,
}
