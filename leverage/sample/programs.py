"""Exports of what runs under keys: OpenAI's and Anthropic's API, and the cloud bill (FOCUS)."""

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from leverage.sample.desk import (
    CENT,
    DISPLAY_NAMES,
    NEWER_COLUMNS_FROM,
    Desk,
    ProgramDay,
    account_of,
    columns,
    csv_text,
    digest,
    number,
    program_days,
)
from leverage.sample.people import Row
from leverage.sample.tools import github_rows
from leverage.sample.use import MILLION, days_of, price

DATED_IDS = {
    "gpt-4o": "gpt-4o-2024-08-06",
    "gpt-4o-mini": "gpt-4o-mini-2024-07-18",
    "gpt-5": "gpt-5-2025-08-07",
    "gpt-5-mini": "gpt-5-mini-2025-08-07",
}
"""OpenAI's usage names the dated model, its bill the undated one."""

OPENAI_COST = columns(
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,"
    "quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,"
    "organization_name,user_email,api_source"
)
ANTHROPIC_TOKENS = columns(
    "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,"
    "usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"
    "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,"
    "web_search_count,inference_geo,speed"
)
ANTHROPIC_TOKENS_OLDER = [
    name for name in ANTHROPIC_TOKENS if name not in ("context_window", "inference_geo", "speed")
]
ANTHROPIC_COST = columns(
    "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,"
    "list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status"
)
ANTHROPIC_COST_OLDER = columns(
    "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd"
)
FOCUS = columns(
    "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,"
    "BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,"
    "ChargePeriodEnd,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,ContractedCost,EffectiveCost,"
    "InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,PricingQuantity,PricingUnit,"
    "ProviderName,PublisherName,RegionId,ResourceId,ServiceCategory,ServiceName,SkuId,"
    "SkuPriceDetails,SkuPriceId,SubAccountId,SubAccountName,Tags"
)


def openai_usage(desk: Desk) -> str:
    """Return one page of the usage API on one line: a bucket a day, cached tokens inside input."""
    newer = desk.month >= NEWER_COLUMNS_FROM
    results: dict[date, list[dict[str, Any]]] = {day: [] for day in days_of(desk.month)}
    for day, program, model, tokens in program_days(desk, "OpenAI"):
        parts = {
            "input_tokens": tokens.uncached + tokens.cache_read,
            "output_tokens": tokens.output,
            "input_cached_tokens": tokens.cache_read,
        }
        if newer:
            parts |= {"input_cache_write_tokens": 0, "input_uncached_tokens": tokens.uncached}
        results[day].append(
            {
                "object": "organization.usage.completions.result",
                **parts,
                "input_audio_tokens": 0,
                "output_audio_tokens": 0,
                "num_model_requests": tokens.requests,
                "project_id": program.workspace or None,
                "user_id": None,
                "api_key_id": program.key,
                "model": DATED_IDS[model],
                "batch": False,
                "service_tier": "default",
            }
        )
    buckets = [
        {
            "object": "bucket",
            "start_time": _epoch_seconds(day),
            "end_time": _epoch_seconds(day + timedelta(days=1)),
            "results": records,
        }
        for day, records in results.items()
    ]
    page = {"object": "page", "data": buckets, "has_more": False, "next_page": None}
    return json.dumps(page) + "\n"


def _epoch_seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def openai_cost(desk: Desk) -> str:
    """Return the dashboard's cost CSV: a line per day, key and line item; idle days are blank."""
    used: dict[date, list[ProgramDay]] = {day: [] for day in days_of(desk.month)}
    for use in program_days(desk, "OpenAI"):
        used[use.day].append(use)
    rows: list[Row] = []
    for day, uses in used.items():
        after = day + timedelta(days=1)
        times = {
            "start_time": str(_epoch_seconds(day)),
            "end_time": str(_epoch_seconds(after)),
            "start_time_iso": f"{day}T00:00:00+00:00",
            "end_time_iso": f"{after}T00:00:00+00:00",
        }
        if not uses:
            rows.append(times)
        for _, program, model, tokens in uses:
            listed = price(model, day)
            for item, count, rate in (
                ("input_tokens", tokens.uncached, listed.uncached),
                ("cached_input_tokens", tokens.cache_read, listed.cache_read),
                ("output_tokens", tokens.output, listed.output),
            ):
                project = program.workspace.removeprefix("proj_").replace("_", " ")
                rows.append(
                    times
                    | {
                        # The dashboard prints many more decimals than a price has.
                        "amount_value": f"{rate * count / MILLION:.20f}",
                        "amount_currency": "usd",
                        "quantity": str(count),
                        "quantity_unit": "tokens",
                        "line_item": f"{model}, {item}",
                        "api_key_id": program.key,
                        "project_id": program.workspace,
                        "organization_id": account_of(desk.plan, "OpenAI"),
                        "project_name": project.capitalize(),
                        "organization_name": desk.plan.company.name,
                    }
                )
    return csv_text(OPENAI_COST, rows)


def anthropic_tokens(desk: Desk) -> str:
    """Return the Console's token CSV: disjoint parts, no money; older files lack three columns."""
    rows = [
        {
            "usage_date_utc": str(day),
            "model_version": model,
            "api_key": program.key,
            "workspace": program.workspace,
            "usage_type": "standard",
            "context_window": "≤ 200k",
            "usage_input_tokens_no_cache": str(tokens.uncached),
            "usage_input_tokens_cache_write_5m": str(tokens.cache_write),
            "usage_input_tokens_cache_write_1h": "0",
            "usage_input_tokens_cache_read": str(tokens.cache_read),
            "usage_output_tokens": str(tokens.output),
            "web_search_count": "0",
            "inference_geo": "not_available",
        }
        for day, program, model, tokens in program_days(desk, "Anthropic")
    ]
    newer = desk.month >= NEWER_COLUMNS_FROM
    return csv_text(ANTHROPIC_TOKENS if newer else ANTHROPIC_TOKENS_OLDER, rows)


def anthropic_cost(desk: Desk) -> str:
    """Return the Console's cost CSV: a line per token type, dollars rounded to the cent."""
    rows = []
    for day, program, model, tokens in program_days(desk, "Anthropic"):
        listed = price(model, day)
        for token_type, count, rate in (
            ("input_no_cache", tokens.uncached, listed.uncached),
            ("input_cache_write_5m", tokens.cache_write, listed.cache_write),
            ("input_cache_read", tokens.cache_read, listed.cache_read),
            ("output", tokens.output, listed.output),
        ):
            amount = str((rate * count / MILLION).quantize(CENT, ROUND_HALF_UP))
            rows.append(
                {
                    "usage_date_utc": str(day),
                    "model": DISPLAY_NAMES[model],
                    "workspace": program.workspace,
                    "api_key": program.key,
                    "usage_type": "message",
                    "context_window": "≤ 200k",
                    "token_type": token_type,
                    "cost_usd": amount,
                    "list_price_usd": amount,
                    "cost_type": "token",
                    "inference_geo": "not_available",
                    "api_key_id": f"apikey_{digest(desk.plan.slug, program.key)[:10]}",
                    "api_key_status": "active",
                }
            )
    newer = desk.month >= NEWER_COLUMNS_FROM
    return csv_text(ANTHROPIC_COST if newer else ANTHROPIC_COST_OLDER, rows)


def focus(desk: Desk) -> str:
    """Return the cloud bill in FOCUS columns: model tokens, a prepayment, and what is not AI.

    One sub-account draws down the prepayment (billed 0), the other pays as it goes. Copilot's
    overage appears here a second time, through the cloud marketplace.
    """
    rows = [*_model_charges(desk), *_other_charges(desk), *_copilot_charges(desk)]
    if desk.month.endswith("-01"):
        prepaid = {
            "ChargeCategory": "Purchase",
            "ChargeDescription": "Model use, prepaid for twelve months",
            "ChargeFrequency": "One-Time",
            "ServiceName": "Amazon Bedrock",
            "SubAccountId": "network-triage",
            "SubAccountName": "Network triage",
        }
        first = days_of(desk.month)[0]
        rows.append(_charge(desk, first, effective=Decimal(0), billed=Decimal(18_000)) | prepaid)
    rows.sort(key=lambda row: (row["ChargePeriodStart"], row["SubAccountId"]))
    return csv_text(FOCUS, rows)


def _model_charges(desk: Desk) -> list[Row]:
    rows = []
    for day, program, model, tokens in program_days(desk, "AWS"):
        listed = price(model, day)
        for direction, cache, count, rate in (
            ("Input", "Uncached", tokens.uncached, listed.uncached),
            ("Input", "Read", tokens.cache_read, listed.cache_read),
            ("Output", "", tokens.output, listed.output),
        ):
            detail = {"ModelId": model, "ModelDeveloper": "Anthropic", "TokenDirection": direction}
            if cache:
                detail["TokenCacheAction"] = cache
            amount = rate * count / MILLION
            billed = Decimal(0) if program.prepaid else amount
            rows.append(
                _charge(desk, day, effective=amount, billed=billed)
                | {
                    "ChargeDescription": f"{DISPLAY_NAMES[model]} {direction.lower()} tokens",
                    "ConsumedQuantity": str(count),
                    "ConsumedUnit": "Tokens",
                    "ListUnitPrice": str(rate),
                    "PricingQuantity": number(count / MILLION),
                    "PricingUnit": "1000000 Tokens",
                    "PublisherName": "Anthropic",
                    "ServiceName": "Amazon Bedrock",
                    "SkuId": f"{model}-{direction}-{cache}".rstrip("-"),
                    "SkuPriceDetails": json.dumps(detail),
                    "SubAccountId": program.key,
                    "SubAccountName": program.workspace,
                    "Tags": json.dumps({"application": program.workspace}),
                }
            )
    return rows


def _other_charges(desk: Desk) -> list[Row]:
    random = desk.stream("focus storage")
    rows = []
    for day in days_of(desk.month):
        amount = Decimal(random.randrange(320_000, 480_000)) / 10_000
        storage = {
            "ChargeDescription": "Block storage",
            "ConsumedQuantity": "24",
            "ConsumedUnit": "Hours",
            "ServiceCategory": "Storage",
            "ServiceName": "Amazon Elastic Block Store",
            "SubAccountId": "platform",
            "SubAccountName": "Platform",
        }
        rows.append(_charge(desk, day, effective=amount, billed=amount) | storage)
    return rows


def _copilot_charges(desk: Desk) -> list[Row]:
    net_usd: dict[str, Decimal] = defaultdict(Decimal)
    for row in github_rows(desk):
        net_usd[row["date"]] += Decimal(row["net_amount"])
    overage = {
        "ChargeDescription": "Copilot overage through the marketplace",
        "ProviderName": "GitHub",
        "PublisherName": "GitHub",
        "ServiceName": "GitHub Copilot",
        "SubAccountId": "platform",
        "SubAccountName": "Platform",
    }
    return [
        _charge(desk, date.fromisoformat(day), effective=amount, billed=amount) | overage
        for day, amount in net_usd.items()
        if amount
    ]


def _charge(desk: Desk, day: date, *, effective: Decimal, billed: Decimal) -> Row:
    days = days_of(desk.month)
    return {
        "BilledCost": number(billed, 10),
        "BillingAccountId": account_of(desk.plan, "AWS"),
        "BillingAccountName": desk.plan.company.name,
        "BillingCurrency": "USD",
        "BillingPeriodStart": f"{days[0]}T00:00:00Z",
        "BillingPeriodEnd": f"{days[-1] + timedelta(days=1)}T00:00:00Z",
        "ChargeCategory": "Usage",
        "ChargeFrequency": "Usage-Based",
        "ChargePeriodStart": f"{day}T00:00:00Z",
        "ChargePeriodEnd": f"{day + timedelta(days=1)}T00:00:00Z",
        "ContractedCost": number(effective, 10),
        "EffectiveCost": number(effective, 10),
        "InvoiceIssuerName": "AWS",
        "ListCost": number(effective, 10),
        "PricingCategory": "Standard",
        "ProviderName": "AWS",
        "PublisherName": "AWS",
        "RegionId": "eu-central-1",
        "ServiceCategory": "AI and Machine Learning",
    }
