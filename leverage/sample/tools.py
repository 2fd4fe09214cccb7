"""Exports of what people use: GitHub Copilot, Cursor, the LiteLLM gateway and ChatGPT."""

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from leverage.sample.companies import PLANTED
from leverage.sample.desk import (
    CENT,
    DISPLAY_NAMES,
    NEWER_COLUMNS_FROM,
    Desk,
    account_of,
    columns,
    csv_text,
    digest,
    number,
    person_days,
    printed_email,
    program_days,
)
from leverage.sample.people import Row, active_days, may_use
from leverage.sample.use import AGENT, CHAT, Tokens, cost_usd, days_of

GITHUB = columns(
    "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,"
    "discount_amount,net_amount,total_monthly_quota,organization,repository,cost_center_name,"
    "aic_quantity,aic_gross_amount"
)
GITHUB_TOKENS = ["input", "output", "cache_read", "cache_write"]
CURSOR = columns(
    "Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),"
    "Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost"
)
LITELLM = columns(
    "user_id,date,api_key,model,model_group,custom_llm_provider,mcp_namespaced_tool_name,endpoint,"
    "prompt_tokens,completion_tokens,cache_read_input_tokens,cache_creation_input_tokens,spend,"
    "api_requests,successful_requests,failed_requests"
)
CHATGPT = columns(
    "cadence,period_start,period_end,account_id,public_id,name,email,role,user_role,department,"
    "groups,user_status,created_or_invited_date,is_active,first_day_active_in_period,"
    "last_day_active_in_period,messages,messages_rank,model_to_messages,gpt_messages,"
    "gpts_messaged,gpt_to_messages,tool_messages,tools_messaged,tool_to_messages,"
    "project_messages,projects_messaged,project_to_messages,projects_created,last_day_active,"
    "credits_used"
)

CURSOR_NAMES = {
    "claude-3-5-sonnet-20241022": "claude-3.5-sonnet",
    "claude-sonnet-4-5-20250929": "claude-4.5-sonnet",
}
CURSOR_INCLUDED_USD = 20
PROVIDERS = {"gpt": "openai", "claude": "anthropic", "gemini": "gemini", "mistral": "mistral"}


def in_credits(desk: Desk) -> bool:
    """Say whether GitHub bills this month in credits (and prints tokens) or in requests."""
    return days_of(desk.month)[0] >= PLANTED.unit_change_date


def github_billing(desk: Desk) -> str:
    """Return the billing CSV: BOM, every cell quoted; token columns from the unit change on."""
    header = GITHUB + GITHUB_TOKENS if in_credits(desk) else GITHUB
    return csv_text(header, github_rows(desk), quote_all=True, bom=True)


def github_rows(desk: Desk) -> list[Row]:
    """Return the billing lines: net is 0 until a person's monthly quota is used up."""
    organization = account_of(desk.plan, "GitHub")
    rate, quota = Decimal("0.04"), Decimal(300)
    if in_credits(desk):
        rate, quota = CENT, Decimal(3900)
    random = desk.stream("github details")
    used: dict[int, Decimal] = defaultdict(Decimal)
    rows = []
    for day, person, model, tokens in person_days(desk, "github_billing", AGENT):
        automatic = random.random() < 0.2
        agent = random.random() < 0.15
        worth = cost_usd(model, day, tokens)
        if in_credits(desk):
            quantity, unit, shadow = worth / CENT, "ai-credits", Decimal(0)
            sku = "coding_agent_ai_credit" if agent else "copilot_ai_credit"
        else:
            quantity = tokens.requests * (Decimal("0.9") if automatic else Decimal(1))
            unit, shadow, sku = "requests", worth / CENT, "copilot_premium_request"
        before = max(used[person.number] - quota, Decimal(0))
        used[person.number] += quantity
        over = max(used[person.number] - quota, Decimal(0)) - before
        rows.append(
            {
                "date": str(day),
                "username": "" if random.random() < 0.015 else person.login,
                "product": "copilot",
                "sku": sku,
                "model": ("Auto: " if automatic else "") + DISPLAY_NAMES[model],
                "quantity": number(quantity),
                "unit_type": unit,
                "applied_cost_per_quantity": str(rate),
                "gross_amount": number(quantity * rate),
                "discount_amount": number((quantity - over) * rate),
                "net_amount": number(over * rate),
                "total_monthly_quota": str(quota),
                "organization": organization,
                "repository": f"{organization}/core" if agent else "",
                "cost_center_name": person.department,
                "aic_quantity": number(shadow),
                "aic_gross_amount": number(shadow * CENT),
                "input": str(tokens.uncached),
                "output": str(tokens.output),
                "cache_read": str(tokens.cache_read),
                "cache_write": str(tokens.cache_write),
            }
        )
    return sorted(rows, key=lambda row: (row["date"], row["username"]))


def cursor_events(desk: Desk) -> str:
    """Return the team's usage events: $20 a person and month included, the rest on demand."""
    random = desk.stream("cursor details")
    month_end = days_of(desk.month)[-1]
    spent: dict[int, Decimal] = defaultdict(Decimal)
    rows: list[Row] = []
    for day, person, model, tokens in person_days(desk, "cursor_events", AGENT):
        # Whoever has left by the time of the export is printed as a bare number.
        gone = person.left is not None and person.left <= month_end
        second = random.randrange(8 * 3600, 18 * 3600)
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=second)
        worth = cost_usd(model, day, tokens)
        spent[person.number] += worth
        included = spent[person.number] <= CURSOR_INCLUDED_USD
        agent = random.random()
        event = {
            "Date": f"{moment:%Y-%m-%dT%H:%M:%S}.{random.randrange(1000):03d}Z",
            "User": str(90_000_000 + person.number) if gone else printed_email(person, day),
            "Cloud Agent ID": f"bc-{random.getrandbits(32):08x}" if agent < 0.10 else "",
            "Automation ID": f"au-{random.getrandbits(32):08x}" if agent < 0.04 else "",
            "Kind": "Included" if included else "On-Demand",
            "Model": CURSOR_NAMES.get(model, model),
            "Max Mode": "Yes" if agent > 0.8 else "No",
            "Input (w/ Cache Write)": str(tokens.cache_write),
            "Input (w/o Cache Write)": str(tokens.uncached),
            "Cache Read": str(tokens.cache_read),
            "Output Tokens": str(tokens.output),
            "Total Tokens": str(tokens.total),
            "Cost": "Included" if included else f"${worth.quantize(CENT, ROUND_HALF_UP)}",
        }
        rows.append(event)
        if random.random() < 0.03:
            later = f"{moment + timedelta(minutes=4):%Y-%m-%dT%H:%M:%S}.000Z"
            failed = {"Kind": "Errored, No Charge", "Max Mode": "No", "Cost": "Free"}
            kept = {"Date": later, "User": event["User"], "Model": event["Model"]}
            rows.append(kept | failed)
    return csv_text(CURSOR, sorted(rows, key=lambda row: row["Date"]), quote_all=True)


def litellm_daily(desk: Desk) -> str:
    """Return the gateway's daily spend: people under their address, programs under a bare key."""
    rows = [
        _gateway_row(desk, day, printed_email(person, day), person.email, model, tokens)
        for day, person, model, tokens in person_days(desk, "litellm_daily", CHAT)
    ]
    for vendor, user in (("OpenAI", ""), ("Anthropic", "default_user_id")):
        for day, program, model, tokens in program_days(desk, vendor):
            if program.gateway:
                rows.append(_gateway_row(desk, day, user, program.key, model, tokens))
    rows.sort(key=lambda row: (row["date"], row["user_id"], row["api_key"]))
    return csv_text(LITELLM, rows)


def _gateway_row(desk: Desk, day: date, user: str, key: str, model: str, tokens: Tokens) -> Row:
    family = model.split("-")[0]
    provider = PROVIDERS[family]
    failed = tokens.requests // 40
    return {
        "user_id": user,
        "date": str(day),
        "api_key": digest(desk.plan.slug, key),
        "model": f"{provider}/{model}" if provider in ("gemini", "mistral") else model,
        "model_group": family,
        "custom_llm_provider": provider,
        "endpoint": "/v1/messages" if provider == "anthropic" else "/v1/chat/completions",
        "prompt_tokens": str(tokens.uncached + tokens.cache_read + tokens.cache_write),
        "completion_tokens": str(tokens.output),
        "cache_read_input_tokens": str(tokens.cache_read),
        "cache_creation_input_tokens": str(tokens.cache_write),
        "spend": number(cost_usd(model, day, tokens), 10),
        "api_requests": str(tokens.requests),
        "successful_requests": str(tokens.requests - failed),
        "failed_requests": str(failed),
    }


def chatgpt_users(desk: Desk) -> str:
    """Return the monthly member list, most messages first: no tokens and no dollars.

    Members hired in the month are still pending; some members of longer standing are idle.
    """
    tool = desk.tool("chatgpt_users")
    random = desk.stream("chatgpt_users")
    first, last = days_of(desk.month)[0], days_of(desk.month)[-1]
    members: list[tuple[int, Row]] = []
    for person in desk.people:
        seated = may_use(desk.plan, tool, person, desk.month, slack=0.12)
        if not (seated and person.employed(last)):
            continue
        member = {
            "cadence": "Monthly",
            "period_start": str(first),
            "period_end": str(last),
            "account_id": account_of(desk.plan, "ChatGPT"),
            "public_id": f"user-{digest(desk.plan.slug, person.email)[:12]}",
            "email": person.email.title() if person.number % 17 == 5 else person.email,
            "created_or_invited_date": str(max(person.hired, date(2024, 9, 2))),
        }
        if person.hired >= first:
            members.append((-1, member | {"user_status": "pending"}))
            continue
        active = active_days(desk.plan, tool, person, desk.month, random)
        messages = sum(1 + int(6 * person.appetite * random.lognormvariate(0, 0.5)) for _ in active)
        member |= {
            "name": f"{person.first} {person.family}",
            "user_role": "standard-user",
            "department": json.dumps([person.department]),
            "groups": "[]",
            "user_status": "enabled",
        }
        members.append((messages, member | _chatgpt_use(desk.month, active, messages)))
    members.sort(key=lambda pair: (-pair[0], pair[1]["public_id"]))
    return csv_text(CHATGPT, (member for _, member in members))


def _chatgpt_use(month: str, active: list[date], messages: int) -> Row:
    name = "gpt-5" if month >= "2025-09" else "gpt-4o"
    small, searches = messages // 3, messages // 7
    models = json.dumps({name: messages - small, f"{name}-mini": small})
    return {
        "is_active": "1" if active else "0",
        "first_day_active_in_period": str(active[0]) if active else "",
        "last_day_active_in_period": str(active[-1]) if active else "",
        "messages": str(messages),
        "model_to_messages": models if messages else "",
        "gpt_messages": "0",
        "gpts_messaged": "0",
        "tool_messages": str(searches),
        "tools_messaged": "1" if searches else "0",
        "tool_to_messages": json.dumps({"web": searches}) if searches else "",
        "project_messages": "0",
        "projects_messaged": "0",
        "projects_created": "0",
        "last_day_active": str(active[-1]) if active else "",
        # Credits are the newest column: older files have none to report.
        "credits_used": f"{0.4 * messages:.1f}" if month >= NEWER_COLUMNS_FROM else "",
    }
