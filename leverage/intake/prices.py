"""List prices from genai-prices, by model and day, each with the list's version.

Most entries of the list carry no date of validity: they are today's price, and a use in the past
that is priced with one says so.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from importlib.metadata import version

import polars as pl
from genai_prices import Usage, calc_price
from genai_prices.types import ModelPrice, StartDateConstraint

PRICE_LIST = f"genai-prices {version('genai-prices')}"
# Few enough that no price tier for long contexts is reached: the exports do not say how long the
# context of each request was, so the first tier is the one that can be vouched for.
PRICED_TOKENS = 1000
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "vendor": pl.String,
    "model_name": pl.String,
    "day": pl.Date,
    "input_usd_per_token": pl.Decimal(38, 12),
    "cache_read_usd_per_token": pl.Decimal(38, 12),
    "cache_write_usd_per_token": pl.Decimal(38, 12),
    "output_usd_per_token": pl.Decimal(38, 12),
    "price_list": pl.String,
    "is_undated": pl.Boolean,
}
# The list knows models by provider; our vendors are proper names.
PROVIDERS = {
    "AWS": "aws",
    "Anthropic": "anthropic",
    "Cursor": None,
    "DeepSeek": "deepseek",
    "GitHub": None,
    "Google": "google",
    "Groq": "groq",
    "Microsoft": "azure",
    "Mistral": "mistral",
    "OpenAI": "openai",
    "xAI": "x-ai",
}


def unit_prices(vendor: str, model: str, day: date) -> tuple[Decimal, ...] | None:
    """Return USD per token of input, cache read, cache write and output; None where unknown.

    The fifth value is 1 where the list gives the price no date of validity.
    """
    # Looked up once for all days: a model that is unknown, or has one undated price, on one day is
    # so on every other.
    current = _prices_at(vendor, model, None)
    if current is None or current[4]:
        return current
    return _prices_at(vendor, model, max(d for d in _starts(vendor, model) if d <= day))


@cache
def _starts(vendor: str, model: str) -> tuple[date, ...]:
    """Return the days from which a model of the list has another price, the first day of all first.

    Between them its price is one, so that it is worked out once for each and not for every day.
    """
    provider = PROVIDERS.get(vendor, vendor.lower())
    found = calc_price(Usage(input_tokens=PRICED_TOKENS), model, provider_id=provider).model.prices
    constraints = [] if isinstance(found, ModelPrice) else [price.constraint for price in found]
    starts = {c.start_date for c in constraints if isinstance(c, StartDateConstraint)}
    return (date.min, *sorted(starts))


@cache
def _prices_at(vendor: str, model: str, day: date | None) -> tuple[Decimal, ...] | None:
    """Return the prices as of a day, None for now."""
    at = None if day is None else datetime.combine(day, time(12), tzinfo=UTC)
    provider = PROVIDERS.get(vendor, vendor.lower())
    parts = (
        Usage(input_tokens=PRICED_TOKENS),
        Usage(input_tokens=PRICED_TOKENS, cache_read_tokens=PRICED_TOKENS),
        Usage(input_tokens=PRICED_TOKENS, cache_write_tokens=PRICED_TOKENS),
        Usage(output_tokens=PRICED_TOKENS),
    )
    try:
        priced = [
            calc_price(part, model, provider_id=provider, genai_request_timestamp=at)
            for part in parts
        ]
    except LookupError:
        return None
    undated = isinstance(priced[0].model.prices, ModelPrice)
    per_token = [Decimal(price.total_price) / PRICED_TOKENS for price in priced]
    return (*per_token, Decimal(int(undated)))


def price_table(used: Iterable[tuple[str, str, str, date]]) -> pl.DataFrame:
    """Return the list prices of (vendor, name as exported, canonical model, day) as SCHEMA.

    The name as exported is looked up first, because it may carry a version; unknown models are
    left out.
    """
    rows = []
    for vendor, name, model, day in used:
        prices = unit_prices(vendor, name, day) or unit_prices(vendor, model, day)
        if prices is not None:
            *per_token, undated = prices
            rows.append((vendor, name, day, *per_token, PRICE_LIST, bool(undated)))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")
