"""The kinds of monthly export: how a file is called, who writes it, and what it does not say."""

from collections.abc import Callable
from dataclasses import dataclass

from leverage.sample import programs, tools
from leverage.sample.companies import Plan
from leverage.sample.desk import Desk


@dataclass(frozen=True)
class Kind:
    """One sort of monthly export.

    `account` names the vendor whose account must be given beside the file, None where its rows
    name it; `says_period` is false where neither name nor rows state which days the file covers.
    """

    file_name: str
    text: Callable[[Desk], str]
    account: str | None
    says_period: bool


KINDS = {
    "openai_usage": Kind("openai_usage_{}.json", programs.openai_usage, "OpenAI", True),
    "openai_cost": Kind("openai_cost_{}.csv", programs.openai_cost, None, False),
    "anthropic_tokens": Kind(
        "claude_api_tokens_{}.csv", programs.anthropic_tokens, "Anthropic", True
    ),
    "anthropic_cost": Kind("claude_api_cost_{}.csv", programs.anthropic_cost, "Anthropic", True),
    "github_billing": Kind("github_billing_{}.csv", tools.github_billing, None, False),
    "cursor_events": Kind("cursor_events_{}.csv", tools.cursor_events, "Cursor", False),
    "litellm_daily": Kind("litellm_daily_{}.csv", tools.litellm_daily, "LiteLLM", False),
    "chatgpt_users": Kind("chatgpt_users_{}.csv", tools.chatgpt_users, None, True),
    "focus": Kind("focus_{}.csv", programs.focus, None, False),
}

OF_PROGRAMS = {
    "OpenAI": {"openai_usage", "openai_cost"},
    "Anthropic": {"anthropic_tokens", "anthropic_cost"},
    "AWS": {"focus"},
}
"""The kinds that exist because a company runs programs at a vendor."""


def kinds_of(plan: Plan) -> list[str]:
    """Return the kinds of monthly export a company has, in the order of KINDS."""
    held = {tool.kind for tool in plan.tools}
    for program in plan.programs:
        held |= OF_PROGRAMS[program.vendor]
    return [kind for kind in KINDS if kind in held]
